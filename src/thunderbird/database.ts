// Belongs here: the one import of the IndexedDB library, and the schema of our database with its history.
// Does NOT belong here: what is read and written (see record-store.ts and revocation-store.ts).
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import type { LocalRecord, Receipt } from "../core/index.ts";
import type { KeptEntry, KeptProblem } from "../ports/ledger-store.ts";
import type { MovedMail } from "../ports/move-memory.ts";
import type { StoredRevocationData } from "../ports/revocation-store.ts";
import type { StorageError, StorageTrouble } from "../ports/storage-error.ts";

const NAME = "sigillo-pec";

/** Raised by one with every change of the schema; `UPGRADES` has one step for each. */
const VERSION = 2;

/** A database that another page keeps from being upgraded, or a damaged one, may let an opening wait for ever; verdicts wait for it. */
const OPENING_LIMIT_MS = 3_000;

/** After an opening that failed the next is tried so much later: no verdict has to wait for each attempt. */
const RETRY_MS = 60_000;

export interface Schema extends DBSchema {
  readonly records: {
    readonly key: string;
    readonly value: LocalRecord;
    readonly indexes: { readonly firstVerifiedAt: number };
  };
  readonly revocation: { readonly key: string; readonly value: StoredRevocationData };
  /** Sent messages and their fate, each under its first link. */
  readonly entries: {
    readonly key: string;
    readonly value: StoredEntry;
    readonly indexes: { readonly links: string; readonly dueAt: number };
  };
  /** Addresses of whose messages a receipt speaks. */
  readonly senders: { readonly key: string; readonly value: true };
  readonly unverified: {
    readonly key: string;
    readonly value: StoredUnverified;
    readonly indexes: { readonly links: string };
  };
  readonly problems: { readonly key: string; readonly value: KeptProblem };
  /** Messages that need not be read again. */
  readonly seen: { readonly key: string; readonly value: true };
  /** `began`: since when there is a ledger, milliseconds UTC. */
  readonly ledgerTimes: { readonly key: "began"; readonly value: number };
  /** Receipts that were moved on the person's order, so that the order can be taken back; by account and Message-ID. */
  readonly moved: { readonly key: [string, string]; readonly value: MovedMail };
}

export interface StoredEntry extends KeptEntry {
  /** Milliseconds UTC; missing: never due by the clock (an index leaves out what has no key). */
  readonly dueAt?: number;
}

export interface StoredUnverified {
  readonly id: string;
  /** Of the entry that it claims to belong to. */
  readonly links: readonly string[];
  readonly receipt: Receipt;
}

export type Database = IDBPDatabase<Schema>;

export const LEDGER_STORES = ["entries", "senders", "unverified", "seen", "problems", "ledgerTimes"] as const;

export type LedgerWriting = IDBPTransaction<Schema, (typeof LEDGER_STORES)[number][], "readwrite">;

/** What each version added to the one before it; a step that was released never changes. */
const UPGRADES: readonly ((database: Database) => void)[] = [
  (database) => {
    database
      .createObjectStore("records", { keyPath: "signatureSha256" })
      .createIndex("firstVerifiedAt", "firstVerifiedAt");
    database.createObjectStore("revocation", { keyPath: "id" });
  },
  (database) => {
    const entries = database.createObjectStore("entries");
    entries.createIndex("links", "entry.links", { multiEntry: true });
    entries.createIndex("dueAt", "dueAt");
    database.createObjectStore("unverified", { keyPath: "id" }).createIndex("links", "links", { multiEntry: true });
    database.createObjectStore("problems", { keyPath: "id" });
    for (const name of ["senders", "seen", "ledgerTimes"] as const) database.createObjectStore(name);
    database.createObjectStore("moved", { keyPath: ["accountId", "messageId"] });
  },
];

let opened: Promise<Database> | null = null;
let failedAt = -RETRY_MS;

/** Carries out `work` on the database. Rejects with a `StorageError`. */
export async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await connection());
  } catch (error) {
    throw storageError(error);
  }
}

/** Closes the connection; the next use opens another. */
export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = null;
  await closing?.then(
    (database) => database.close(),
    () => undefined,
  );
}

function connection(): Promise<Database> {
  if (opened !== null) return opened;
  if (performance.now() - failedAt < RETRY_MS)
    return Promise.reject(new Error("The database did not open a while ago"));
  const opening = open();
  opened = opening;
  opening.catch(() => {
    failedAt = performance.now();
    if (opened === opening) opened = null;
  });
  return opening;
}

async function open(): Promise<Database> {
  let late = false;
  const opening = openDB<Schema>(NAME, VERSION, {
    upgrade: (database, from) => {
      for (const upgrade of UPGRADES.slice(from)) upgrade(database);
    },
    // A newer version of the add-on must not have to wait for us.
    blocking: () => void closeDatabase(),
    terminated: () => (opened = null),
  });
  // Opened too late, nobody would ever close it.
  opening.then(
    (database) => (late ? database.close() : undefined),
    () => undefined,
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late = true;
      reject(new Error("The database did not open"));
    }, OPENING_LIMIT_MS);
    opening.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function storageError(error: unknown): StorageError {
  const trouble: StorageTrouble =
    error instanceof Error && error.name === "QuotaExceededError" ? "full" : "unavailable";
  return Object.assign(new Error(error instanceof Error ? error.name : "unknown", { cause: error }), { trouble });
}
