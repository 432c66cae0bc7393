// Belongs here: the ledger of sent messages in the database of this profile.
// Does NOT belong here: how entries come together (core/receipts), what follows from them (app/).
import { claimedLinks, linksOf, withEvent, type LedgerEntry, type LedgerEvent } from "../core/index.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import { inDatabase, LEDGER_STORES, type Database, type LedgerWriting, type StoredEntry } from "./database.ts";

/** Due before everything that the clock makes due. */
const AT_ONCE = 0;

export const ledgerStore: LedgerStore = {
  add: ({ events, unverified, seen }) =>
    writing(async (transaction) => {
      // One after the other: each may join entries that the one before has made.
      for (const event of events) await addEvent(transaction, event);
      for (const receipt of unverified) {
        const stored = { id: receipt.id, links: claimedLinks(receipt), receipt };
        await transaction.objectStore("unverified").put(stored);
      }
      for (const key of seen) await transaction.objectStore("seen").put(true, key);
    }),

  seen: (keys) =>
    inDatabase(async (database) => {
      const { store } = database.transaction("seen");
      const known = await Promise.all(keys.map((key) => store.getKey(key)));
      return new Set(keys.filter((_, index) => known[index] !== undefined));
    }),

  find: (links) =>
    inDatabase(async (database) =>
      (await findEntries(database.transaction("entries").store.index("links"), links)).map(({ entry }) => entry),
    ),

  isKnownSender: (address) =>
    inDatabase(async (database) => (await database.getKey("senders", address.toLowerCase())) !== undefined),

  senders: () => inDatabase((database) => database.getAllKeys("senders")),

  entriesAfter: (key, limit) =>
    inDatabase(async (database) => {
      const range = key === null ? undefined : IDBKeyRange.lowerBound(key, true);
      return (await database.getAll("entries", range, limit)).map(({ entry }) => entry);
    }),

  count: () => inDatabase((database) => database.count("entries")),

  unverifiedFor: (links) =>
    inDatabase(async (database) => {
      const byLink = database.transaction("unverified").store.index("links");
      const found = (await Promise.all(links.map((link) => byLink.getAll(link)))).flat();
      return [...new Map(found.map(({ id, receipt }) => [id, receipt])).values()];
    }),

  unverified: () => inDatabase(async (database) => (await database.getAll("unverified")).map(({ receipt }) => receipt)),

  due: (now, limit) =>
    inDatabase((database) => database.getAllFromIndex("entries", "dueAt", IDBKeyRange.upperBound(now), limit)),

  settle: ({ entry, revision }, nextLook, problems) =>
    writing(async (transaction) => {
      const entries = transaction.objectStore("entries");
      const key = keyOf(entry);
      const stored = key === undefined ? undefined : await entries.get(key);
      if (key === undefined || stored?.revision !== revision) return false;
      await entries.put(nextLook === null ? { entry, revision } : { entry, revision, dueAt: nextLook }, key);
      await keepProblems(transaction, entry, problems);
      return true;
    }),

  nextDue: () =>
    inDatabase(
      async (database) => (await database.transaction("entries").store.index("dueAt").openKeyCursor())?.key ?? null,
    ),

  problems: () => inDatabase((database) => database.getAll("problems")),

  mark: (ids, what) =>
    writing(async (transaction) => {
      const problems = transaction.objectStore("problems");
      for (const id of ids) {
        const problem = await problems.get(id);
        if (problem !== undefined) await problems.put({ ...problem, [what]: true });
      }
    }),

  forgetSender: (address) =>
    writing(async (transaction) => {
      const sender = address.toLowerCase();
      await transaction.objectStore("senders").delete(sender);
    }),

  began: (now) =>
    writing(async (transaction) => {
      const times = transaction.objectStore("ledgerTimes");
      const began = (await times.get("began")) ?? now;
      await times.put(began, "began");
      return began;
    }),

  clear: () =>
    writing(async (transaction) => {
      for (const name of LEDGER_STORES) await transaction.objectStore(name).clear();
    }),
};

/** Carries out `work` as a whole or not at all. */
function writing<T>(work: (transaction: LedgerWriting) => Promise<T>): Promise<T> {
  return inDatabase(async (database: Database) => {
    const transaction = database.transaction([...LEDGER_STORES], "readwrite");
    try {
      const result = await work(transaction);
      await transaction.done;
      return result;
    } catch (error) {
      abort(transaction);
      throw error;
    }
  });
}

/** A value that cannot be stored throws before it becomes a request, and would leave the rest of its batch behind. */
function abort(transaction: LedgerWriting): void {
  // What `done` says now is the error that is being thrown already.
  transaction.done.catch(() => undefined);
  try {
    transaction.abort();
  } catch (error) {
    // A failed request has aborted it before.
    if (!(error instanceof DOMException && error.name === "InvalidStateError")) throw error;
  }
}

async function addEvent(transaction: LedgerWriting, event: LedgerEvent): Promise<void> {
  const links = linksOf(event);
  const entries = transaction.objectStore("entries");
  const former = await findEntries(entries.index("links"), links);
  const entry = withEvent(
    former.map((kept) => kept.entry),
    event,
  );
  const key = keyOf(entry);
  if (key === undefined) return;
  const [only] = former;
  // The same event again changes nothing, and makes nothing due.
  if (former.length === 1 && JSON.stringify(only?.entry) === JSON.stringify(entry)) return;
  for (const kept of former) {
    const formerKey = keyOf(kept.entry);
    if (formerKey !== undefined) await entries.delete(formerKey);
  }
  const revision = Math.max(0, ...former.map((kept) => kept.revision)) + 1;
  await entries.put({ entry, revision, dueAt: AT_ONCE }, key);
  if (event.type === "receipt") await transaction.objectStore("senders").put(true, event.receipt.sender);
}

/** Known problems stay as they are: what the person was told of them is not to be forgotten. */
async function keepProblems(
  transaction: LedgerWriting,
  entry: LedgerEntry,
  problems: Parameters<LedgerStore["settle"]>[2],
): Promise<void> {
  const store = transaction.objectStore("problems");
  const wanted = new Set(problems.map(({ id }) => id));
  for (const kept of await store.getAll()) {
    const isOfEntry = kept.links.some((link) => entry.links.includes(link));
    if (isOfEntry && !wanted.has(kept.id)) await store.delete(kept.id);
  }
  for (const problem of problems) {
    if ((await store.getKey(problem.id)) === undefined) await store.put(problem);
  }
}

/** The same for an entry whatever the order in which it grew. */
const keyOf = ({ links }: LedgerEntry): string | undefined => links[0];

interface ByLink {
  get(link: string): Promise<StoredEntry | undefined>;
}

async function findEntries(byLink: ByLink, links: readonly string[]): Promise<readonly StoredEntry[]> {
  const found = await Promise.all(links.map((link) => byLink.get(link)));
  const once = new Map(found.filter((kept) => kept !== undefined).map((kept) => [keyOf(kept.entry), kept]));
  return [...once.values()];
}
