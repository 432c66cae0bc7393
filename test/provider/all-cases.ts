// Belongs here: the list of all test cases. Does NOT belong here: any case itself.
import { forgeries } from "./forgeries.ts";
import { signerCases } from "./signer-cases.ts";
import type { TestCase } from "./test-case.ts";
import { validCases } from "./valid-cases.ts";

/** Every message the test provider makes, right and wrong, with the verdict it deserves; the same bytes at each call. */
export function allCases(): readonly TestCase[] {
  return [...validCases(), ...signerCases(), ...forgeries()];
}

/** One case by name; throws when there is none. */
export function caseNamed(name: string): TestCase {
  const found = allCases().find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no test case ${name}`);
  return found;
}
