// Belongs here: the list of all test cases. Does NOT belong here: any case itself.
import { forgeries } from "./forgeries.ts";
import { signerCases } from "./signer-cases.ts";
import type { TestCase } from "./test-case.ts";
import { validCases } from "./valid-cases.ts";

/** Every message the test provider makes, right and wrong, with the verdict it deserves; the same bytes at each call. */
export function allCases(): readonly TestCase[] {
  return [...validCases(), ...signerCases(), ...forgeries()];
}

let byName: ReadonlyMap<string, TestCase> | null = null;

/** One case by name; throws when there is none. */
export function caseNamed(name: string): TestCase {
  byName ??= new Map(allCases().map((testCase) => [testCase.name, testCase]));
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no test case ${name}`);
  return found;
}
