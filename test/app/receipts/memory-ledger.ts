// Belongs here: a ledger store that forgets everything, for tests and benches of src/app.
import {
  claimedLinks,
  type LedgerEntry,
  linksOf,
  type PostponedReceipt,
  type Receipt,
  unverifiedId,
  withEvent,
} from "../../../src/core/index.ts";
import type { KeptProblem, LedgerBatch, LedgerStore, LookedAt } from "../../../src/ports/ledger-store.ts";

export interface MemoryLedger extends LedgerStore {
  readonly entries: () => readonly LedgerEntry[];
  readonly apart: () => readonly Receipt[];
  /** The next `add` fails as a full disk would, and keeps nothing. */
  readonly failOnce: () => void;
}

interface Kept {
  readonly entry: LedgerEntry;
  readonly revision: number;
  dueAt: number | null;
}

export function memoryLedger(): MemoryLedger {
  const byLink = new Map<string, Kept>();
  const seenKeys = new Set<string>();
  const senders = new Set<string>();
  const apart = new Map<string, Receipt>();
  const problems = new Map<string, KeptProblem>();
  const postponed = new Map<string, PostponedReceipt>();
  let began: number | null = null;
  let failing = false;
  let revision = 0;

  const found = (links: readonly string[]): readonly Kept[] => [
    ...new Set(links.map((link) => byLink.get(link)).filter((kept) => kept !== undefined)),
  ];
  const all = (): readonly Kept[] => [...new Set(byLink.values())];
  const listed = (): readonly Kept[] =>
    all().filter(({ entry: { copies, receipts } }) => copies.length + receipts.length > 0);
  const keyOf = ({ entry }: Kept): string => entry.links[0] ?? "";

  function add({ events, unverified, seen, postponed: late = [] }: LedgerBatch): void {
    if (failing) {
      failing = false;
      throw new Error("the disk is full");
    }
    for (const event of events) {
      const former = found(linksOf(event));
      const entry = withEvent(
        former.map((kept) => kept.entry),
        event,
      );
      if (entry === former[0]?.entry) continue;
      const isEntry = entry.copies.length + entry.receipts.length > 0;
      const kept = { entry, revision: ++revision, dueAt: isEntry ? 0 : null };
      for (const link of entry.links) byLink.set(link, kept);
      if (event.type !== "receipt" || !event.receipt.verified) continue;
      senders.add(event.receipt.sender);
      for (const id of [event.receipt.id, unverifiedId(event.receipt)]) apart.delete(id);
    }
    for (const receipt of unverified) {
      const claim = unverifiedId(receipt);
      const isVerified = found(claimedLinks(receipt)).some(({ entry }) =>
        entry.receipts.some((known) => known.id === receipt.id || unverifiedId(known) === claim),
      );
      if (!isVerified && !apart.has(receipt.id)) apart.set(receipt.id, receipt);
    }
    for (const each of late) postponed.set(each.key, each);
    for (const key of seen) {
      seenKeys.add(key);
      postponed.delete(key);
    }
  }

  function settle({ kept: { entry, revision: seen }, nextLook, problems: wanted }: LookedAt): boolean {
    const [kept] = found(entry.links);
    if (kept?.revision !== seen) return false;
    kept.dueAt = nextLook;
    for (const problem of [...problems.values()]) {
      const isOfEntry = problem.links.some((link) => entry.links.includes(link));
      if (isOfEntry && !wanted.some(({ id }) => id === problem.id)) problems.delete(problem.id);
    }
    for (const problem of wanted) if (!problems.has(problem.id)) problems.set(problem.id, problem);
    return true;
  }

  function forget(address: string): void {
    const sender = address.toLowerCase();
    senders.delete(sender);
    for (const kept of all().filter(({ entry }) => entry.sender === sender)) {
      for (const link of kept.entry.links) byLink.delete(link);
      for (const problem of [...problems.values()]) {
        if (problem.links.some((link) => kept.entry.links.includes(link))) problems.delete(problem.id);
      }
    }
    for (const receipt of [...apart.values()]) if (receipt.sender === sender) apart.delete(receipt.id);
    seenKeys.clear();
  }

  return {
    add: (batch) => new Promise((resolve) => resolve(add(batch))),
    seen: (keys) => Promise.resolve(new Set(keys.filter((key) => seenKeys.has(key)))),
    find: (links) => Promise.resolve(found(links).map(({ entry }) => entry)),
    isKnownSender: (address) => Promise.resolve(senders.has(address.toLowerCase())),
    senders: () => Promise.resolve([...senders].sort()),
    recipientKinds: (addresses) => {
      const named = listed()
        .flatMap(({ entry }) => entry.receipts)
        .filter(({ kind }) => kind === "accettazione")
        .toSorted((left, right) => left.time.instant - right.time.instant)
        .flatMap(({ recipients }) => recipients)
        .map(({ indirizzo, tipo }) => [indirizzo.toLowerCase(), tipo] as const);
      const wanted = new Set(addresses.map((address) => address.toLowerCase()));
      return Promise.resolve(new Map(named.filter(([address]) => wanted.has(address))));
    },
    entriesAfter: (key, limit) =>
      Promise.resolve(
        [...listed()]
          .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
          .filter((kept) => key === null || keyOf(kept) > key)
          .slice(0, limit)
          .map(({ entry }) => entry),
      ),
    count: () => Promise.resolve(listed().length),
    unverifiedFor: (links) =>
      Promise.resolve(
        [...apart.values()].filter((receipt) => claimedLinks(receipt).some((link) => links.includes(link))),
      ),
    unverified: () => Promise.resolve([...apart.values()]),
    unverifiedCount: () => Promise.resolve(apart.size),
    postponed: () => Promise.resolve([...postponed.values()]),
    forgetPostponed: (key) => Promise.resolve(void postponed.delete(key)),
    forgetMails: (messageIds, seenBeginnings) => {
      for (const [id, { messageId, restored }] of [...apart]) {
        if (messageIds.includes(messageId) && restored !== true) apart.delete(id);
      }
      for (const [key, { messageId }] of [...postponed]) if (messageIds.includes(messageId)) postponed.delete(key);
      for (const key of [...seenKeys]) if (seenBeginnings.some((each) => key.startsWith(each))) seenKeys.delete(key);
      return Promise.resolve();
    },
    due: (now, limit) =>
      Promise.resolve(
        all()
          .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
          .slice(0, limit)
          .map((kept) => ({ entry: kept.entry, revision: kept.revision })),
      ),
    settle: (looked) => Promise.resolve(looked.filter(settle).length),
    nextDue: () => {
      const times = all()
        .map(({ dueAt }) => dueAt)
        .filter((time) => time !== null);
      return Promise.resolve(times.length === 0 ? null : Math.min(...times));
    },
    problems: () => Promise.resolve([...problems.values()].filter(({ acknowledged }) => !acknowledged)),
    mark: (ids, what) => {
      for (const id of ids) {
        const problem = problems.get(id);
        if (problem !== undefined) problems.set(id, { ...problem, [what]: true });
      }
      return Promise.resolve();
    },
    forgetSender: (address) => Promise.resolve(forget(address)),
    began: (now) => Promise.resolve((began ??= now)),
    clear: () => {
      for (const kept of [byLink, seenKeys, senders, apart, problems, postponed]) kept.clear();
      began = null;
      return Promise.resolve();
    },
    rebuilt: () => Promise.resolve(null),
    refilled: () => Promise.resolve(),
    entries: () => listed().map(({ entry }) => entry),
    apart: () => [...apart.values()],
    failOnce: () => {
      failing = true;
    },
  };
}
