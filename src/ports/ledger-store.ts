import type { LedgerEntry, LedgerEvent, Receipt } from "../core/index.ts";

/** What one step of collecting found, kept as a whole or not at all. */
export interface LedgerBatch {
  readonly events: readonly LedgerEvent[];
  /** Receipts whose seal did not pass: kept apart, never part of an entry. */
  readonly unverified: readonly Receipt[];
  /** Keys of messages that need not be read again. */
  readonly seen: readonly string[];
}

export interface LedgerStore {
  /** In one transaction: after a crash the batch is there whole, or is collected again. */
  add(batch: LedgerBatch): Promise<void>;
  /** Those of `keys` that were seen before. */
  seen(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Entries kept under any of the links. */
  find(links: readonly string[]): Promise<readonly LedgerEntry[]>;
  /** Whether any receipt speaks of a message of that address: then it is a PEC mailbox. */
  isKnownSender(address: string): Promise<boolean>;
}
