// Belongs here: the one import of the IndexedDB library, the schema of our database with its history, and what becomes of a damaged one.
// Does NOT belong here: what is read and written (see record-store.ts, revocation-store.ts and ledger-store.ts).
//
// A database that cannot be opened although the storage itself works, that lacks a part, or that repeatedly fails to read, is damaged.
// It is deleted and made anew: the ledger is built again from the mailbox, and local records are taken along when they can be read.
// Thunderbird itself may have replaced a damaged file by an empty one; a second, tiny database remembers that there was one. One that a
// later version of the add-on made is not damaged: it is left as it is.
import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import type { LocalRecord, PostponedReceipt, Receipt } from "../core/index.ts";
import type { KeptEntry, KeptProblem, Rebuilt, RecipientKind } from "../ports/ledger-store.ts";
import type { MovedMail } from "../ports/move-memory.ts";
import type { StoredRevocationData } from "../ports/revocation-store.ts";
import type { StorageError, StorageTrouble } from "../ports/storage-error.ts";

const NAME = "sigillo-pec";

/** What is remembered of the database itself; also where it is tried whether the storage works at all. */
const GUARD_NAME = "sigillo-pec-guard";

/** Raised by one with every change of the schema; `UPGRADES` has one step for each. */
const VERSION = 4;

/**
 * A database that another page keeps from being upgraded, or a damaged one, may let an opening wait for ever; verdicts wait for it, and so
 * they wait once. While Thunderbird starts on a busy computer with a slow disk a sound one takes seconds: given up too soon, it
 * would be called unavailable for a minute, and the walk over the folders would not begin.
 */
const OPENING_LIMIT_MS = 15_000;

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
    readonly indexes: { readonly links: string; readonly dueAt: number; readonly sender: string };
  };
  /** Addresses of whose messages a receipt speaks. */
  readonly senders: { readonly key: string; readonly value: true };
  /** What an acceptance said of each recipient of a sender; a later one takes its place. */
  readonly recipients: {
    readonly key: [string, string];
    readonly value: StoredRecipient;
    readonly indexes: { readonly address: string };
  };
  readonly unverified: {
    readonly key: string;
    readonly value: StoredUnverified;
    readonly indexes: { readonly links: string; readonly sender: string };
  };
  readonly problems: {
    readonly key: string;
    readonly value: StoredProblem;
    readonly indexes: { readonly links: string; readonly open: number };
  };
  /** Not read because of their size. */
  readonly postponed: { readonly key: string; readonly value: PostponedReceipt };
  /** Messages that need not be read again. */
  readonly seen: { readonly key: string; readonly value: true };
  /** `began`: since when there is a ledger, milliseconds UTC; `revision`: the last that was given to an entry. */
  readonly ledgerTimes: { readonly key: "began" | "revision"; readonly value: number };
  /** Receipts that were moved on the person's order, so that the order can be taken back; by account and Message-ID. */
  readonly moved: { readonly key: [string, string]; readonly value: MovedMail };
}

export interface StoredEntry extends KeptEntry {
  /** Milliseconds UTC; missing: never due by the clock (an index leaves out what has no key). */
  readonly dueAt?: number;
}

export interface StoredProblem extends KeptProblem {
  /** Missing: acknowledged (an index leaves out what has no key). */
  readonly open?: 1;
}

export interface StoredRecipient {
  readonly sender: string;
  /** In lower case. */
  readonly address: string;
  readonly kind: RecipientKind;
  /** Certified time, milliseconds UTC. */
  readonly at: number;
}

export interface StoredUnverified {
  readonly id: string;
  /** Of the entry that it claims to belong to. */
  readonly links: readonly string[];
  readonly receipt: Receipt;
}

export type Database = IDBPDatabase<Schema>;

export const LEDGER_STORES = [
  "entries",
  "senders",
  "recipients",
  "unverified",
  "postponed",
  "seen",
  "problems",
  "ledgerTimes",
] as const;

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
    entries.createIndex("sender", "entry.sender");
    const unverified = database.createObjectStore("unverified", { keyPath: "id" });
    unverified.createIndex("links", "links", { multiEntry: true });
    unverified.createIndex("sender", "receipt.sender");
    const problems = database.createObjectStore("problems", { keyPath: "id" });
    problems.createIndex("links", "links", { multiEntry: true });
    problems.createIndex("open", "open");
    for (const name of ["senders", "seen", "ledgerTimes"] as const) database.createObjectStore(name);
    database.createObjectStore("moved", { keyPath: ["accountId", "messageId"] });
  },
  (database) => {
    database.createObjectStore("postponed", { keyPath: "key" });
  },
  (database) => {
    database.createObjectStore("recipients", { keyPath: ["sender", "address"] }).createIndex("address", "address");
  },
];

/** Every object store of the present version. */
const STORES = ["records", "revocation", "moved", ...LEDGER_STORES] as const;

interface GuardSchema extends DBSchema {
  readonly facts: {
    readonly key: "made" | "rebuilt" | "trial";
    readonly value: Rebuilt | true;
  };
}

let opened: Promise<Database> | null = null;
let failed: { readonly at: number; readonly error: Error } | null = null;

/**
 * Carries out `work` on the database; a second time on another connection when it could not read. Rejects with a `StorageError`.
 *
 * @param work one transaction, so that nothing is left of an attempt that failed
 */
export async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  let using = connection();
  try {
    try {
      return await work(await using);
    } catch (error) {
      if (!isFailedRead(error) || opened !== using) throw error;
      await closeDatabase();
      using = connection();
      return await work(await using);
    }
  } catch (error) {
    // Not when another call has replaced it already.
    if (isFailedRead(error) && opened === using) await replaceDamaged();
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

/** What `LedgerStore.rebuilt` says. */
export async function rebuiltDatabase(): Promise<Rebuilt | null> {
  const fact = await inGuard((guard) => guard.get("facts", "rebuilt"));
  return fact === undefined || fact === true ? null : fact;
}

export async function forgetRebuilding(): Promise<void> {
  await inGuard((guard) => guard.delete("facts", "rebuilt"));
}

function connection(): Promise<Database> {
  if (opened !== null) return opened;
  if (failed !== null && performance.now() - failed.at < RETRY_MS) return Promise.reject(failed.error);
  return keep(open());
}

function keep(opening: Promise<Database>): Promise<Database> {
  opened = opening;
  opening.then(
    () => (failed = null),
    (error: unknown) => {
      failed = { at: performance.now(), error: error instanceof Error ? error : new Error("unknown") };
      if (opened === opening) opened = null;
    },
  );
  return opening;
}

async function replaceDamaged(): Promise<void> {
  if (!(await storageWorks())) return;
  await closeDatabase();
  // What it fails with is remembered, and said at the next use.
  await keep(rebuild()).catch(() => undefined);
}

async function open(): Promise<Database> {
  let database: Database;
  let former = VERSION;
  try {
    database = await openOurs((from) => (former = from));
  } catch (error) {
    if (!isSignOfDamage(error) || !(await storageWorks())) throw error;
    // What works now was a passing trouble.
    return openOurs(() => undefined).catch(rebuild);
  }
  if (!STORES.every((name) => database.objectStoreNames.contains(name))) {
    database.close();
    return rebuild();
  }
  if (former < VERSION) await rememberMade(former);
  return database;
}

/** An empty database where there was one before: Thunderbird found its file damaged and took it away. */
async function rememberMade(former: number): Promise<void> {
  try {
    await inGuard(async (guard) => {
      if (former === 0 && (await guard.get("facts", "made")) !== undefined) await guard.put("facts", lost(), "rebuilt");
      await guard.put("facts", true, "made");
    });
  } catch (error) {
    // Without its guard the database works as well; only a later damage would go unsaid.
    console.warn("Sigillo PEC: the guard of the database cannot be written", error);
  }
}

const lost = (): Rebuilt => ({ at: Date.now(), recordsKept: false });

async function rebuild(): Promise<Database> {
  const kept = await readableRest();
  await withinLimit(deleteDB(NAME));
  const database = await openOurs(() => undefined);
  const transaction = database.transaction(["records", "revocation"], "readwrite");
  for (const record of kept?.records ?? []) await transaction.objectStore("records").put(record);
  for (const data of kept?.revocation ?? []) await transaction.objectStore("revocation").put(data);
  await transaction.done;
  await inGuard((guard) => guard.put("facts", { ...lost(), recordsKept: kept !== null }, "rebuilt"));
  return database;
}

/** What cannot be had again from the mailbox; `null`: it cannot be read. */
async function readableRest(): Promise<{
  readonly records: readonly LocalRecord[];
  readonly revocation: readonly StoredRevocationData[];
} | null> {
  try {
    // In whatever version it is.
    const database = await withinLimit(openDB<Schema>(NAME));
    try {
      const [records, revocation] = await Promise.all([database.getAll("records"), database.getAll("revocation")]);
      // Damaged values may lack what they are kept under.
      return {
        records: records.filter(({ signatureSha256 }) => typeof signatureSha256 === "string"),
        revocation: revocation.filter(({ id }) => typeof id === "string"),
      };
    } finally {
      database.close();
    }
  } catch (error) {
    console.warn("Sigillo PEC: nothing can be read from the damaged database", error);
    return null;
  }
}

/** Whether databases can be opened and written at all: if not, ours may be sound, and is not to be deleted. */
async function storageWorks(): Promise<boolean> {
  try {
    await inGuard((guard) => guard.put("facts", true, "trial"));
    return true;
  } catch {
    // What is wrong with ours is said by the error that led here.
    return false;
  }
}

/** Rejects with a `StorageError`. */
async function inGuard<T>(work: (guard: IDBPDatabase<GuardSchema>) => Promise<T>): Promise<T> {
  try {
    const opening = openDB<GuardSchema>(GUARD_NAME, 1, {
      upgrade: (guard) => {
        guard.createObjectStore("facts");
      },
    });
    const guard = await withinLimit(opening);
    try {
      return await work(guard);
    } finally {
      guard.close();
    }
  } catch (error) {
    throw storageError(error);
  }
}

/** `upgraded`: called with the version there was before, when it is not the present one; 0: there was none. */
async function openOurs(upgraded: (from: number) => void): Promise<Database> {
  return withinLimit(
    openDB<Schema>(NAME, VERSION, {
      upgrade: (database, from, _to, transaction) => {
        // The opening fails as well, and says why.
        transaction.done.catch(() => undefined);
        upgraded(from);
        for (const upgrade of UPGRADES.slice(from)) upgrade(database);
      },
      // A newer version of the add-on must not have to wait for us.
      blocking: () => void closeDatabase(),
      terminated: () => (opened = null),
    }),
  );
}

/** Rejects with a `TimeoutError` when it takes too long. */
function withinLimit<T extends { close(): void } | void>(opening: Promise<T>): Promise<T> {
  let late = false;
  // Opened too late, nobody would ever close it.
  opening.then(
    (database) => (late ? database?.close() : undefined),
    () => undefined,
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late = true;
      reject(new DOMException("The database did not open", "TimeoutError"));
    }, OPENING_LIMIT_MS);
    opening.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What an opening fails with when the file cannot be read, or is not what its version says, so that the upgrade breaks off. */
const isSignOfDamage = (error: unknown): boolean => isFailedRead(error) || isNamed(error, "AbortError");

/** What Thunderbird says of a file that it cannot read, and of an index that is not there. May be a passing trouble. */
const isFailedRead = (error: unknown): boolean => isNamed(error, "UnknownError", "NotFoundError");

const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

function storageError(error: unknown): StorageError {
  const trouble: StorageTrouble = isNamed(error, "QuotaExceededError")
    ? "full"
    : isNamed(error, "VersionError")
      ? "newer"
      : "unavailable";
  return Object.assign(new Error(error instanceof Error ? error.name : "unknown", { cause: error }), { trouble });
}
