// Belongs here: the demo mailbox of `npm start`: one message of every kind, and the wrong ones a person should have seen once.
// Does NOT belong here: how messages are made (see valid-cases.ts, signer-cases.ts, forgeries.ts), Thunderbird profiles (test/lab).
import { allCases } from "./all-cases.ts";
import { type Expected, DEMO_NOW, type TestCase } from "./test-case.ts";

export { DEMO_NOW };

export interface DemoMessage {
  /** Letters, digits and dashes; unique. */
  readonly id: string;
  /** What it shows, for people. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

/** Name of the test case, title. */
const CHOICE: readonly (readonly [name: string, title: string])[] = [
  ["envelope", "Transport envelope"],
  ["anomaly-ordinary-mail", "Anomaly envelope around ordinary mail"],
  ["acceptance", "Acceptance"],
  ["non-acceptance-formal", "Non-acceptance, formal fault"],
  ["non-acceptance-virus", "Non-acceptance, virus"],
  ["take-charge", "Take-charge"],
  ["delivery-complete", "Delivery, complete receipt"],
  ["non-delivery-mailbox-full", "Non-delivery, mailbox full"],
  ["non-delivery-virus", "Non-delivery, virus"],
  ["late-notice-12h", "Late notice after 12 hours"],
  ["late-notice-24h", "Late notice after 24 hours"],
  ["virus-detection", "Virus detection"],
  ["body-altered-by-one-byte", "Altered envelope"],
  ["header-only-forgery", "Forged envelope without a signature"],
  ["signer-of-unknown-authority", "Envelope signed under an unknown authority"],
  ["signature-sha1-digest", "Envelope with a SHA-1 digest"],
  ["signer-expired-since", "Envelope whose certificate has expired since"],
  ["ordinary-mail", "Ordinary mail"],
  ["ordinary-signed-mail", "Ordinary S/MIME mail"],
  ["ordinary-mail-with-attached-pec", "Ordinary mail with an attached PEC"],
  ["rem-dispatch", "REM dispatch"],
];

/** The demo mailbox, in the order in which it is filled; judged as of `DEMO_NOW`. */
export function demoMessages(): readonly DemoMessage[] {
  const cases = new Map<string, TestCase>(allCases().map((testCase) => [testCase.name, testCase]));
  return CHOICE.map(([name, title]) => {
    const found = cases.get(name);
    if (found === undefined) throw new Error(`no test case ${name}`);
    return { id: name, title, bytes: found.bytes, expected: found.expected };
  });
}
