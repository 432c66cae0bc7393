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
import type { KeptEntry, KeptProblem, LedgerStore, RecipientKind } from "../ports/ledger-store.ts";
import {
  forgetRebuilding,
  inDatabase,
  LEDGER_STORES,
  rebuiltDatabase,
  type Database,
  type LedgerWriting,
  type StoredEntry,
  type StoredProblem,
  type StoredRecipient,
} from "./database.ts";

/** Due before everything that the clock makes due. */
const AT_ONCE = 0;

/** Keys of what is an entry: links are JSON arrays. What only an unsigned notice speaks of is kept under a key beyond them. */
const [FIRST_KEY, LAST_KEY] = ["[", "[\uffff"];
const NO_ENTRY = "~";

export const ledgerStore: LedgerStore = {
  add: ({ events, unverified, seen, postponed = [] }) =>
    writing(async (transaction) => {
      await addEvents(transaction, events);
      for (const receipt of unverified) await keepApart(transaction, receipt);
      await allOf(postponed, (each) => transaction.objectStore("postponed").put(each));
      await allOf(seen, (key) => transaction.objectStore("seen").put(true, key));
      const hasPostponed = (await transaction.objectStore("postponed").count()) > 0;
      if (hasPostponed) await allOf(seen, (key) => transaction.objectStore("postponed").delete(key));
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

  recipientKinds: (addresses) =>
    inDatabase(async (database) => {
      const byAddress = database.transaction("recipients").store.index("address");
      const kinds = new Map<string, RecipientKind>();
      await allOf(new Set(addresses.map((address) => address.toLowerCase())), async (address) => {
        const last = (await byAddress.getAll(address)).toSorted((left, right) => right.at - left.at)[0];
        if (last !== undefined) kinds.set(address, last.kind);
      });
      return kinds;
    }),

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

  forgetMails: (messageIds, seenBeginnings) =>
    writing(async (transaction) => {
      const gone = new Set(messageIds);
      const unverified = transaction.objectStore("unverified");
      for (const { id, receipt } of await unverified.getAll()) {
        if (gone.has(receipt.messageId) && receipt.restored !== true) await unverified.delete(id);
      }
      const postponed = transaction.objectStore("postponed");
      for (const { key, messageId } of await postponed.getAll()) if (gone.has(messageId)) await postponed.delete(key);
      const seen = transaction.objectStore("seen");
      await allOf(seenBeginnings, (beginning) => seen.delete(IDBKeyRange.bound(beginning, `${beginning}\uffff`)));
    }),

  due: (now, limit) =>
    inDatabase((database) => database.getAllFromIndex("entries", "dueAt", IDBKeyRange.upperBound(now), limit)),

  settle: (looked) =>
    writing(async (transaction) => {
      const entries = transaction.objectStore("entries");
      const hasProblems = (await transaction.objectStore("problems").count()) > 0;
      const settled = await allOf(looked, async ({ kept: { entry, revision }, nextLook, problems }) => {
        const key = keyOf(entry);
        const stored = key === undefined ? undefined : await entries.get(key);
        if (key === undefined || stored?.revision !== revision) return false;
        await entries.put(nextLook === null ? { entry, revision } : { entry, revision, dueAt: nextLook }, key);
        if (hasProblems || problems.length > 0) await keepProblems(transaction, entry, problems);
        return true;
      });
      return settled.filter(Boolean).length;
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
      await transaction.objectStore("recipients").delete(IDBKeyRange.bound([sender, ""], [sender, "\uffff"]));
      await transaction.objectStore("seen").clear();
    }),

  began: async (now) =>
    // Asked for every page of a walk: written once.
    (await inDatabase((database) => database.get("ledgerTimes", "began"))) ??
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

/** Entries are read together and written together: what takes time is waiting for the database, not what it does. */
async function addEvents(transaction: LedgerWriting, events: readonly LedgerEvent[]): Promise<void> {
  const entries = transaction.objectStore("entries");
  const former = await findEntries(entries.index("links"), [...new Set(events.flatMap(linksOf))]);
  const { changed, receipts } = withEvents(
    former.map(({ entry }) => entry),
    events,
  );
  const keys = new Set(changed.map(keyOf));
  const links = new Set(changed.flatMap((entry) => entry.links));
  // Joined with others, or become an entry.
  await allOf(former, async ({ entry }) => {
    const key = keyOf(entry);
    const isReplaced = entry.links.some((link) => links.has(link));
    if (isReplaced && key !== undefined && !keys.has(key)) await entries.delete(key);
  });
  const first = await takeRevisions(transaction, changed.length);
  await allOf([...changed.entries()], ([index, entry]) => {
    const key = keyOf(entry);
    const kept: KeptEntry = { entry, revision: first + index };
    return entries.put(key?.startsWith(NO_ENTRY) === true ? kept : { ...kept, dueAt: AT_ONCE }, key);
  });
  await allOf(new Set(receipts.map(({ sender }) => sender)), (sender) =>
    transaction.objectStore("senders").put(true, sender),
  );
  await keepRecipients(transaction, receipts);
  const unverified = transaction.objectStore("unverified");
  if (receipts.length === 0 || (await unverified.count()) === 0) return;
  await allOf(
    receipts.flatMap((receipt) => [receipt.id, unverifiedId(receipt)]),
    (id) => unverified.delete(id),
  );
}

/** An acceptance says of each recipient whether it has PEC; nothing else does before a delivery (pec-messages §4.5). */
async function keepRecipients(transaction: LedgerWriting, receipts: readonly Receipt[]): Promise<void> {
  const store = transaction.objectStore("recipients");
  const last = new Map<string, StoredRecipient>();
  for (const { kind: receiptKind, sender, time, recipients } of receipts) {
    if (receiptKind !== "accettazione") continue;
    for (const { indirizzo, tipo } of recipients) {
      const address = indirizzo.trim().toLowerCase();
      const known = last.get(JSON.stringify([sender, address]));
      const named = { sender, address, kind: tipo, at: time.instant };
      if (known === undefined || known.at <= named.at) last.set(JSON.stringify([sender, address]), named);
    }
  }
  await allOf(last.values(), async (named) => {
    const known = await store.get([named.sender, named.address]);
    if (known === undefined || known.at <= named.at) await store.put(named);
  });
}

/**
 * What `former` become by the events: entries that are new or changed, and the receipts that made them so.
 *
 * @param former every entry that is kept under a link of any of the events
 */
function withEvents(
  former: readonly LedgerEntry[],
  events: readonly LedgerEvent[],
): { readonly changed: readonly LedgerEntry[]; readonly receipts: readonly Receipt[] } {
  const receipts: Receipt[] = [];
  const byLink = new Map<string, LedgerEntry>();
  const changed = new Set<LedgerEntry>();
  const put = (entry: LedgerEntry): void => {
    for (const link of entry.links) byLink.set(link, entry);
  };
  former.forEach(put);
  // One after the other: each may join entries that the one before has made.
  for (const event of events) {
    const links = linksOf(event);
    const found = [...new Set(links.map((link) => byLink.get(link)).filter((entry) => entry !== undefined))];
    const entry = links.length === 0 ? undefined : withEvent(found, event);
    // The same event again changes nothing, and makes nothing due.
    if (entry === undefined || entry === found[0]) continue;
    for (const each of found) changed.delete(each);
    changed.add(entry);
    put(entry);
    if (event.type === "receipt") receipts.push(event.receipt);
  }
  return { changed: [...changed], receipts };
}

/** The first of `count` revisions in a row; never twice the same, whatever was removed meanwhile. */
async function takeRevisions(transaction: LedgerWriting, count: number): Promise<number> {
  const times = transaction.objectStore("ledgerTimes");
  const last = (await times.get("revision")) ?? 0;
  if (count > 0) await times.put(last + count, "revision");
  return last + 1;
}

/** Requests at once; what throws before it becomes a request is a rejection like any other, so that none is left unheard. */
function allOf<Item, Result>(
  items: Iterable<Item>,
  request: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  return Promise.all([...items].map(async (item) => request(item)));
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
