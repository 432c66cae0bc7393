// Belongs here: the command `npm run fuzz`: how long, what is printed, the exit status. Does NOT belong here: what is tried and what must hold.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../lab/project-root.ts";
import { runCommand, UserError } from "../lab/user-error.ts";
import type { Violation } from "./run-case.ts";
import { runFuzz } from "./run-fuzz.ts";

const USAGE = `Usage: npm run fuzz -- [--seed N] [--count N] [--first N] [--workers N]

Tries mutated messages, signatures, certificates, revocation lists and certification data on the core.
A case is made from seed and number alone: --seed S --first N --count 1 makes one again.

  --seed N     default: drawn and printed
  --count N    number of cases (default: 100000)
  --first N    number of the first case (default: 0)
  --workers N  threads (default: 1)`;

const REPORT_INTERVAL = 30_000;
/** More say nothing new. */
const MOST_REPORTED = 50;

function numberOf(value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!/^\d{1,9}$/.test(value)) throw new UserError(`No such number: ${value}\n\n${USAGE}`, 2);
  return Number(value);
}

function options(): {
  readonly seed: number;
  readonly count: number;
  readonly first: number;
  readonly workers: number;
} {
  try {
    const string = { type: "string" } as const;
    const { values } = parseArgs({ options: { seed: string, count: string, first: string, workers: string } });
    return {
      seed: numberOf(values.seed, Math.floor(Math.random() * 1_000_000_000)),
      count: numberOf(values.count, 100_000),
      first: numberOf(values.first, 0),
      workers: Math.max(1, numberOf(values.workers, 1)),
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, 2);
  }
}

await runCommand(async () => {
  const { seed, count, first, workers } = options();
  const start = performance.now();
  const rate = (done: number): string =>
    `${Math.round((done * 1000) / Math.max(1, performance.now() - start))} a second`;
  const violations: Violation[] = [];
  let reportedAt = start;
  console.log(`${count} cases from ${first} on, seed ${seed}, ${workers} thread(s)`);
  await runFuzz({
    seed,
    first,
    count,
    workers,
    onViolation: (violation) => {
      violations.push(violation);
      if (violations.length <= MOST_REPORTED) console.log(describe(violation));
    },
    onProgress: (done) => {
      if (performance.now() - reportedAt < REPORT_INTERVAL) return;
      reportedAt = performance.now();
      console.log(`${Math.round(done)} cases, ${rate(done)}, ${violations.length} violations`);
    },
  });
  for (const violation of violations.slice(0, MOST_REPORTED)) console.log(`input: ${await save(violation)}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${count} cases, seed ${seed}, ${seconds} s, ${rate(count)}, ${violations.length} violations`);
  return violations.length === 0 ? 0 : 1;
});

function describe({ seed, caseNumber, target, message }: Violation): string {
  return `VIOLATION ${target}: ${message}\n  again: npm run fuzz -- --seed ${seed} --first ${caseNumber} --count 1`;
}

async function save({ seed, caseNumber, target, input }: Violation): Promise<string> {
  const folder = join(projectRoot, "dist", "fuzz");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${seed}-${caseNumber}-${target}`);
  await writeFile(file, input);
  return file;
}
