// Belongs here: a ledger store that forgets everything, for tests and benches of src/app.
import { type LedgerEntry, linksOf, type Receipt, withEvent } from "../../src/core/index.ts";
import type { LedgerBatch, LedgerStore } from "../../src/ports/ledger-store.ts";

export interface MemoryLedger extends LedgerStore {
  readonly entries: () => readonly LedgerEntry[];
  readonly unverified: () => readonly Receipt[];
  /** The next `add` fails as a full disk would, and keeps nothing. */
  readonly failOnce: () => void;
}

export function memoryLedger(): MemoryLedger {
  const byLink = new Map<string, LedgerEntry>();
  const seenKeys = new Set<string>();
  const senders = new Set<string>();
  const apart = new Map<string, Receipt>();
  let failing = false;

  const found = (links: readonly string[]): readonly LedgerEntry[] => [
    ...new Set(links.map((link) => byLink.get(link)).filter((entry) => entry !== undefined)),
  ];

  function add({ events, unverified, seen }: LedgerBatch): void {
    if (failing) {
      failing = false;
      throw new Error("the disk is full");
    }
    for (const event of events) {
      const entry = withEvent(found(linksOf(event)), event);
      for (const link of entry.links) byLink.set(link, entry);
      if (event.type === "receipt") senders.add(event.receipt.sender);
    }
    for (const receipt of unverified) apart.set(receipt.id, receipt);
    for (const key of seen) seenKeys.add(key);
  }

  return {
    add: (batch) => new Promise((resolve) => resolve(add(batch))),
    seen: (keys) => Promise.resolve(new Set(keys.filter((key) => seenKeys.has(key)))),
    find: (links) => Promise.resolve(found(links)),
    isKnownSender: (address) => Promise.resolve(senders.has(address.toLowerCase())),
    entries: () => [...new Set(byLink.values())],
    unverified: () => [...apart.values()],
    failOnce: () => {
      failing = true;
    },
  };
}
