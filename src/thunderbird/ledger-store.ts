// Belongs here: the ledger of sent messages in the database of this profile.
// Does NOT belong here: how entries come together (core/receipts).
import { linksOf, withEvent, type LedgerEntry, type LedgerEvent } from "../core/index.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import { inDatabase, type LedgerWriting } from "./database.ts";

export const ledgerStore: LedgerStore = {
  add: ({ events, unverified, seen }) =>
    inDatabase(async (database) => {
      const transaction = database.transaction(["entries", "senders", "unverified", "seen"], "readwrite");
      try {
        // One after the other: each may join entries that the one before has made.
        for (const event of events) await addEvent(transaction, event);
        for (const receipt of unverified) await transaction.objectStore("unverified").put(receipt);
        for (const key of seen) await transaction.objectStore("seen").put(true, key);
        await transaction.done;
      } catch (error) {
        abort(transaction);
        throw error;
      }
    }),

  seen: (keys) =>
    inDatabase(async (database) => {
      const { store } = database.transaction("seen");
      const known = await Promise.all(keys.map((key) => store.getKey(key)));
      return new Set(keys.filter((_, index) => known[index] !== undefined));
    }),

  find: (links) => inDatabase((database) => findEntries(database.transaction("entries").store.index("links"), links)),

  isKnownSender: (address) =>
    inDatabase(async (database) => (await database.getKey("senders", address.toLowerCase())) !== undefined),
};

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
  const entry = withEvent(former, event);
  const key = keyOf(entry);
  if (key === undefined) return;
  for (const formerKey of former.map(keyOf)) {
    if (formerKey !== undefined) await entries.delete(formerKey);
  }
  await entries.put(entry, key);
  if (event.type === "receipt") await transaction.objectStore("senders").put(true, event.receipt.sender);
}

/** The same for an entry whatever the order in which it grew. */
const keyOf = ({ links }: LedgerEntry): string | undefined => links[0];

interface ByLink {
  get(link: string): Promise<LedgerEntry | undefined>;
}

async function findEntries(byLink: ByLink, links: readonly string[]): Promise<readonly LedgerEntry[]> {
  const found = await Promise.all(links.map((link) => byLink.get(link)));
  const once = new Map(found.filter((entry) => entry !== undefined).map((entry) => [keyOf(entry), entry]));
  return [...once.values()];
}
