// A short run of the fuzzing at each `npm test`, always the same; `npm run fuzz` is the long one.
import { describe, expect, it } from "vitest";
import { checkRevocation } from "../../src/core/chain/check-revocation.ts";
import { DEMO_NOW } from "../provider/test-case.ts";
import { makeCorpus } from "./corpus.ts";
import { mutateDer } from "./mutate-der.ts";
import { Random } from "./random.ts";
import { makeCase, type Violation } from "./run-case.ts";
import { runFuzz } from "./run-fuzz.ts";
import { TARGETS } from "./targets.ts";

const LIMIT = 180_000;

describe("no input breaks the core", { timeout: LIMIT }, () => {
  it.each([
    [1, 1_200],
    [20261122, 600],
  ])("seed %d, %d cases", async (seed, count) => {
    const violations: Violation[] = [];
    await runFuzz({ seed, first: 0, count, workers: 2, onViolation: (violation) => violations.push(violation) });
    expect(violations.map(({ input, ...rest }) => ({ ...rest, bytes: input.length }))).toEqual([]);
  });
});

describe("the fuzzing itself", { timeout: LIMIT }, () => {
  it("makes the same case from the same seed and number, another from others", async () => {
    const corpus = await makeCorpus();
    const input = (seed: number, caseNumber: number): string =>
      Buffer.from(makeCase(seed, caseNumber, corpus).input).toString("latin1");
    expect(input(7, 11)).toBe(input(7, 11));
    expect(input(7, 11)).not.toBe(input(7, 12));
    expect(input(7, 11)).not.toBe(input(8, 11));
  });

  it("reaches every target", async () => {
    const corpus = await makeCorpus();
    const reached = new Set(Array.from({ length: 1_000 }, (_, caseNumber) => makeCase(1, caseNumber, corpus).target));
    expect([...reached].toSorted()).toEqual(TARGETS.map(({ name }) => name).toSorted());
  });

  it("begins with responses that decide something, but for a refusal", async () => {
    const { leaf, issuer, ocspResponses } = await makeCorpus();
    const answers = ocspResponses.map((der) =>
      checkRevocation(leaf, issuer, { crls: [], ocspResponses: [der], at: DEMO_NOW }),
    );
    const found = (await Promise.all(answers)).map(({ status }) => status);
    expect(found).toEqual(["good", "revoked", "good", "unknown"]);
  });

  it("finds what it looks for: a right message that tells what no message of the corpus tells", async () => {
    const corpus = await makeCorpus();
    const nothingKnown = { ...corpus, told: new Set<string>() };
    const violations = await Promise.all(
      Array.from({ length: 300 }, (_, caseNumber) => makeCase(1, caseNumber, nothingKnown))
        .filter(({ target }) => target === "envelope-bytes" || target === "message-structure")
        .map(({ violation }) => violation()),
    );
    expect(violations).toContain("passed, and tells other things than what was signed");
  });

  it("keeps most of damaged ASN.1 readable", async () => {
    const { certificates } = await makeCorpus();
    const lengths = Array.from({ length: 200 }, (_, index) =>
      mutateDer(certificates[0], new Random(1, index), certificates[1] ?? certificates[0]),
    );
    expect(lengths.filter((der) => der[0] === 0x30).length).toBeGreaterThan(100);
  });
});
