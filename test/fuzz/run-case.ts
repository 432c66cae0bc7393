// Belongs here: one case, made from seed and number alone, and what is wrong with the answer. Does NOT belong here: hangs and memory (see run-fuzz.ts).
import type { Corpus } from "./corpus.ts";
import { Random } from "./random.ts";
import { TARGETS, type FuzzCase } from "./targets.ts";

export interface Violation {
  readonly seed: number;
  readonly caseNumber: number;
  readonly target: string;
  readonly message: string;
  readonly input: Uint8Array;
}

const TOTAL_WEIGHT = TARGETS.reduce((sum, { weight }) => sum + weight, 0);

/** The case of that number. */
export function makeCase(seed: number, caseNumber: number, corpus: Corpus): FuzzCase & { readonly target: string } {
  const random = new Random(seed, caseNumber);
  let rest = random.below(TOTAL_WEIGHT);
  const target = TARGETS.find(({ weight }) => (rest -= weight) < 0);
  if (target === undefined) throw new Error("weights do not add up");
  return { target: target.name, ...target.make(random, corpus) };
}

/** `null`: all is well. */
export async function runCase(seed: number, caseNumber: number, corpus: Corpus): Promise<Violation | null> {
  const { target, input, violation } = makeCase(seed, caseNumber, corpus);
  const found = (message: string): Violation => ({ seed, caseNumber, target, message, input });
  try {
    const message = await violation();
    return message === null ? null : found(message);
  } catch (error) {
    return found(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
