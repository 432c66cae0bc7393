// Belongs here: the ledger of sent messages in the database of this profile.
// Does NOT belong here: how entries come together (core/receipts), what follows from them (app/).
import {
  claimedLinks,
  linksOf,
  unverifiedId,
  withEvent,
  type LedgerEntry,
  type LedgerEvent,
  type Receipt,
} from "../core/index.ts";
import type { KeptProblem, LedgerStore } from "../ports/ledger-store.ts";
import {
  forgetRebuilding,
  inDatabase,
  LEDGER_STORES,
  rebuiltDatabase,
  type Database,
  type LedgerWriting,
  type StoredEntry,
  type StoredProblem,
} from "./database.ts";

/** Due before everything that the clock makes due. */
const AT_ONCE = 0;

/** Keys of what is an entry: links are JSON arrays. What only an unsigned notice speaks of is kept under a key beyond them. */
const [FIRST_KEY, LAST_KEY] = ["[", "[\uffff"];
const NO_ENTRY = "~";

export const ledgerStore: LedgerStore = {
  add: ({ events, unverified, seen, postponed = [] }) =>
    writing(async (transaction) => {
      // One after the other: each may join entries that the one before has made.
      for (const event of events) await addEvent(transaction, event);
      for (const receipt of unverified) await keepApart(transaction, receipt);
      for (const each of postponed) await transaction.objectStore("postponed").put(each);
      for (const key of seen) {
        await transaction.objectStore("seen").put(true, key);
        await transaction.objectStore("postponed").delete(key);
      }
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
      const range = IDBKeyRange.bound(key ?? FIRST_KEY, LAST_KEY, true);
      return (await database.getAll("entries", range, limit)).map(({ entry }) => entry);
    }),

  count: () => inDatabase((database) => database.count("entries", IDBKeyRange.bound(FIRST_KEY, LAST_KEY))),

  unverifiedFor: (links) =>
    inDatabase(async (database) => {
      const byLink = database.transaction("unverified").store.index("links");
      const found = (await Promise.all(links.map((link) => byLink.getAll(link)))).flat();
      return [...new Map(found.map(({ id, receipt }) => [id, receipt])).values()];
    }),

  unverified: () => inDatabase(async (database) => (await database.getAll("unverified")).map(({ receipt }) => receipt)),

  unverifiedCount: () => inDatabase((database) => database.count("unverified")),

  postponed: () => inDatabase((database) => database.getAll("postponed")),

  forgetPostponed: (key) => inDatabase((database) => database.delete("postponed", key)),

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

  problems: () =>
    inDatabase(async (database) => (await database.getAllFromIndex("problems", "open")).map(withoutIndexKey)),

  mark: (ids, what) =>
    writing(async (transaction) => {
      const problems = transaction.objectStore("problems");
      for (const id of ids) {
        const problem = await problems.get(id);
        if (problem !== undefined) await problems.put(withIndexKey({ ...problem, [what]: true }));
      }
    }),

  forgetSender: (address) =>
    writing(async (transaction) => {
      const sender = address.toLowerCase();
      const entries = transaction.objectStore("entries");
      for (const key of await entries.index("sender").getAllKeys(sender)) {
        const kept = await entries.get(key);
        if (kept !== undefined) await keepProblems(transaction, kept.entry, []);
        await entries.delete(key);
      }
      const unverified = transaction.objectStore("unverified");
      for (const id of await unverified.index("sender").getAllKeys(sender)) await unverified.delete(id);
      await transaction.objectStore("senders").delete(sender);
      await transaction.objectStore("seen").clear();
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
      const times = transaction.objectStore("ledgerTimes");
      const revision = await times.get("revision");
      for (const name of LEDGER_STORES) await transaction.objectStore(name).clear();
      // Goes on: an entry that somebody still holds must not pass for one that comes later.
      if (revision !== undefined) await times.put(revision, "revision");
    }),

  // Opened first: only then is it known whether it is damaged.
  rebuilt: () => inDatabase(rebuiltDatabase),
  refilled: forgetRebuilding,
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
      // What ended the transaction says more than the request that was waiting then.
      throw transaction.error ?? error;
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
  if (links.length === 0) return;
  const entries = transaction.objectStore("entries");
  const former = await findEntries(entries.index("links"), links);
  const entry = withEvent(
    former.map((kept) => kept.entry),
    event,
  );
  const key = keyOf(entry);
  // The same event again changes nothing, and makes nothing due.
  if (key === undefined || entry === former[0]?.entry) return;
  for (const kept of former) {
    const formerKey = keyOf(kept.entry);
    if (formerKey !== undefined && formerKey !== key) await entries.delete(formerKey);
  }
  const revision = await nextRevision(transaction);
  await entries.put(key.startsWith(NO_ENTRY) ? { entry, revision } : { entry, revision, dueAt: AT_ONCE }, key);
  if (event.type !== "receipt") return;
  const { receipt } = event;
  await transaction.objectStore("senders").put(true, receipt.sender);
  const unverified = transaction.objectStore("unverified");
  for (const id of [receipt.id, unverifiedId(receipt)]) await unverified.delete(id);
}

/** Never twice the same, whatever was removed meanwhile. */
async function nextRevision(transaction: LedgerWriting): Promise<number> {
  const times = transaction.objectStore("ledgerTimes");
  const revision = ((await times.get("revision")) ?? 0) + 1;
  await times.put(revision, "revision");
  return revision;
}

/** Not what is verified already, and not over what is there: a restored one never takes the place of one from the mailbox. */
async function keepApart(transaction: LedgerWriting, receipt: Receipt): Promise<void> {
  const unverified = transaction.objectStore("unverified");
  if ((await unverified.getKey(receipt.id)) !== undefined) return;
  const links = claimedLinks(receipt);
  const entries = await findEntries(transaction.objectStore("entries").index("links"), links);
  const claim = unverifiedId(receipt);
  const isVerified = entries.some(({ entry }) =>
    entry.receipts.some((known) => known.id === receipt.id || unverifiedId(known) === claim),
  );
  if (!isVerified) await unverified.put({ id: receipt.id, links, receipt });
}

/** Known problems stay as they are: what the person was told of them is not to be forgotten. */
async function keepProblems(
  transaction: LedgerWriting,
  { links }: LedgerEntry,
  problems: readonly KeptProblem[],
): Promise<void> {
  const store = transaction.objectStore("problems");
  const wanted = new Set(problems.map(({ id }) => id));
  for (const link of links) {
    for (const id of await store.index("links").getAllKeys(link)) if (!wanted.has(id)) await store.delete(id);
  }
  for (const problem of problems) {
    if ((await store.getKey(problem.id)) === undefined) await store.put(withIndexKey(problem));
  }
}

function withIndexKey(problem: KeptProblem): StoredProblem {
  const plain = withoutIndexKey(problem);
  return plain.acknowledged ? plain : { ...plain, open: 1 };
}

function withoutIndexKey({ id, kind, recipient, since, links, told, acknowledged }: KeptProblem): KeptProblem {
  return { id, kind, recipient, since, links, told, acknowledged };
}

/** The same for an entry whatever the order in which it grew. `undefined`: it has no link. */
function keyOf({ links, copies, receipts }: LedgerEntry): string | undefined {
  const [first] = links;
  return first === undefined || copies.length + receipts.length > 0 ? first : NO_ENTRY + first;
}

interface ByLink {
  get(link: string): Promise<StoredEntry | undefined>;
}

async function findEntries(byLink: ByLink, links: readonly string[]): Promise<readonly StoredEntry[]> {
  const found = await Promise.all(links.map((link) => byLink.get(link)));
  const once = new Map(found.filter((kept) => kept !== undefined).map((kept) => [keyOf(kept.entry), kept]));
  return [...once.values()];
}
