// Belongs here: stand-ins that the tests of src/app share.
import { createAccountHelper } from "../../src/app/accounts/account-helper.ts";
import type { AnswerAccountsDependencies } from "../../src/app/accounts/answer-accounts.ts";
import type { AnswerBatchDependencies } from "../../src/app/batch/answer-batch.ts";
import type { AnswerComposeDependencies } from "../../src/app/sending/answer-compose.ts";
import type { AnswerEvidenceDependencies } from "../../src/app/evidence/answer-evidence.ts";
import type { AnswerLedgerDependencies } from "../../src/app/receipts/answer-ledger.ts";
import type { AnswerOptionsDependencies } from "../../src/app/options/answer-options.ts";
import { createSentReports } from "../../src/app/receipts/sent-reports.ts";
import { createTrouble } from "../../src/app/trouble.ts";
import type { Inspection } from "../../src/core/index.ts";
import type { MessageTarget } from "../../src/messages.ts";
import type { StorageError, StorageTrouble } from "../../src/ports/storage-error.ts";
import { memoryLedger } from "./receipts/memory-ledger.ts";

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
    noticeStage: null,
    checks: [],
    unrecognized: null,
    header: { from: "", fromAddress: "", subject: "", date: "", messageId: "", wasReceived: false },
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

/** What the options page asks for, where a test does not look at it. */
export function optionsFake(difference: Partial<AnswerOptionsDependencies> = {}): AnswerOptionsDependencies {
  const unused = (): Promise<never> => Promise.reject(new Error("Not part of this test"));
  const data = {
    forInspection: unused,
    fetchFirst: unused,
    fetchOncePermitted: unused,
    fetchIfNeeded: unused,
    addFile: unused,
    forget: unused,
  };
  const anchors = { authorities: unused, readFile: unused, add: unused, restore: unused, remove: unused };
  const book = {
    records: { find: unused },
    keep: unused,
    keepAll: unused,
    deleteAll: unused,
    exportAll: unused,
    importAll: unused,
  };
  return {
    anchors: { ...anchors, report: () => Promise.resolve({ shipped: [], issuingKeys: [], added: [] }) },
    revocation: { ...data, report: () => Promise.resolve([]) },
    book: { ...book, summary: () => Promise.resolve({ count: 0, since: null }) },
    settings: memorySettings(),
    backup: { save: unused, restore: unused },
    follow: { switchWork: unused, works: () => Promise.resolve([]) },
    saver: { saveAs: unused },
    trouble: createTrouble(),
    verdictsChanged: () => undefined,
    ...difference,
  };
}

/** What the ledger page asks for, where a test does not look at it: an empty ledger. */
export function ledgerFake(difference: Partial<AnswerLedgerDependencies> = {}): AnswerLedgerDependencies {
  const ledger = memoryLedger();
  return {
    ledger,
    sentReports: createSentReports({ ledger, folders: { at: () => Promise.resolve(null) }, now: () => 0 }),
    mailbox: { find: () => Promise.resolve([]), markRead: () => Promise.resolve() },
    ownAddresses: () => Promise.resolve([]),
    walk: {
      start: () => Promise.resolve(),
      cancel: () => Promise.resolve(),
      report: () => Promise.resolve({ state: "never" }),
    },
    collector: { verifyPostponed: () => Promise.resolve("gone") },
    saver: { saveAs: () => Promise.resolve("saved") },
    translate: (key) => key,
    trouble: createTrouble(),
    now: () => 0,
    changed: () => undefined,
    ...difference,
  };
}

/** What the page for checking many messages asks for, where a test does not look at it. */
export function batchFake(difference: Partial<AnswerBatchDependencies> = {}): AnswerBatchDependencies {
  const unused = (): Promise<never> => Promise.reject(new Error("Not part of this test"));
  return {
    jobs: { begin: unused, next: unused, end: () => undefined },
    places: { folders: () => Promise.resolve([]), selectedCount: () => Promise.resolve({ count: 0, isMore: false }) },
    mailbox: { open: unused },
    opener: { openMessage: unused },
    saver: { saveAs: unused },
    translate: (key) => key,
    authorities: unused,
    revocationData: () => Promise.resolve(0),
    now: () => 0,
    ...difference,
  };
}

/** What is asked about bundles of evidence, where a test does not look at it. */
export function evidenceFake(difference: Partial<AnswerEvidenceDependencies> = {}): AnswerEvidenceDependencies {
  const unused = (): Promise<never> => Promise.reject(new Error("Not part of this test"));
  return {
    jobs: { prepare: () => 1, begin: unused, next: unused, has: () => true, save: unused, end: () => undefined },
    opener: { openEvidencePage: () => Promise.resolve() },
    ...difference,
  };
}

/** What the account page asks for, in a package that can only show settings. */
export function accountsFake(difference: Partial<AnswerAccountsDependencies> = {}): AnswerAccountsDependencies {
  return {
    helper: createAccountHelper({ making: null, progress: () => undefined }),
    accounts: null,
    plainAccounts: { list: () => Promise.resolve([]) },
    reminders: { all: () => Promise.resolve([]), set: () => Promise.resolve() },
    settings: { read: () => Promise.resolve({}), write: () => Promise.resolve() },
    folders: {
      all: () => Promise.resolve([]),
      list: () => {
        throw new Error("Not part of this test");
      },
    },
    receiptAddresses: () => Promise.resolve([]),
    now: () => 0,
    ...difference,
  };
}

/** What the page of a window to write in asks for, where a test does not look at it: no such window is open. */
export function composeFake(difference: Partial<AnswerComposeDependencies> = {}): AnswerComposeDependencies {
  const unused = (): Promise<never> => Promise.reject(new Error("Not part of this test"));
  return {
    check: unused,
    messages: { read: () => Promise.resolve(null), change: unused },
    guard: { sendAnyway: () => Promise.resolve("gone"), takeQuestion: () => Promise.resolve(false) },
    settings: memorySettings(),
    accounts: null,
    opener: { openAccountPage: unused },
    otherIsActive: () => Promise.resolve(false),
    changed: () => undefined,
    failed: () => undefined,
    ...difference,
  };
}
