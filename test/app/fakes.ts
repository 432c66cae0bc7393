// Belongs here: stand-ins that the tests of src/app share.
import type { Inspection } from "../../src/core/index.ts";
import type { MessageTarget } from "../../src/messages.ts";

export const TARGET: MessageTarget = { tabId: 3, messageId: 17, path: [] };

/** An inspection of ordinary mail, with what a test needs to differ. */
export function inspection(difference: Partial<Inspection> = {}): Inspection {
  return {
    kind: null,
    look: "none",
    seal: { indication: "NONE", subIndication: null, remarks: [] },
    signature: null,
    daticert: null,
    daticertXml: null,
    checks: [],
    unrecognized: null,
    header: { from: "", fromAddress: "", subject: "", date: "", messageId: "" },
    original: null,
    attached: [],
    record: null,
    ...difference,
  };
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

/** A promise that the test settles when it wants to. */
export function deferred<T>(): Deferred<T> {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, resolve: (value) => settle(value) };
}
