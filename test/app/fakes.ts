// Belongs here: stand-ins that the tests of src/app share.
import type { Inspection } from "../../src/core/index.ts";
import type { MessageTarget } from "../../src/messages.ts";
import type { StorageError, StorageTrouble } from "../../src/ports/storage-error.ts";

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

/** Settings that last as long as the test. */
export function memorySettings(values: Record<string, unknown> = {}): {
  read: () => Promise<Readonly<Record<string, unknown>>>;
  write: (changes: Readonly<Record<string, unknown>>) => Promise<void>;
} {
  return {
    read: () => Promise.resolve({ ...values }),
    write: (changes) => {
      Object.assign(values, changes);
      return Promise.resolve();
    },
  };
}

export function storageTrouble(trouble: StorageTrouble): StorageError {
  return Object.assign(new Error(trouble), { trouble });
}
