// Belongs here: where the ledger of sent messages is kept. Does NOT belong here: what a set of receipts means (core/receipts), what follows from it (app/).
//
// Entries that have changed, and entries whose state the clock changes, are *due*: somebody still has to look at what follows (notices,
// tags, the order of the inbox). An entry stays due until it is settled, so a crash between the two repeats work and forgets none.
import type { DaticertRecipient, LedgerEntry, LedgerEvent, PostponedReceipt, Problem, Receipt } from "../core/index.ts";

/** What one step of collecting found, kept as a whole or not at all. */
export interface LedgerBatch {
  readonly events: readonly LedgerEvent[];
  /** Receipts whose seal did not pass: kept apart, never part of an entry. Left out where the same receipt is verified already, and gone once it is. */
  readonly unverified: readonly Receipt[];
  /** Keys of messages that need not be read again; what was postponed under one of them no longer is. */
  readonly seen: readonly string[];
  /** Left for later because of their size. Missing: none. */
  readonly postponed?: readonly PostponedReceipt[];
}

export interface KeptEntry {
  readonly entry: LedgerEntry;
  /** Differs after every change of the entry. */
  readonly revision: number;
}

/** A problem of an entry, with what the person was told of it. */
export interface KeptProblem extends Problem {
  /** Any of them finds the entry, even after it was joined with another. */
  readonly links: readonly string[];
  /** A notice was shown, or none was due: nobody is to be told again. */
  readonly told: boolean;
  /** The person has seen it, or it is older than the ledger: it no longer counts on the button. */
  readonly acknowledged: boolean;
}

/** What follows from an entry is done. */
export interface LookedAt {
  readonly kept: KeptEntry;
  /** When it is due again, milliseconds UTC; `null`: never by the clock. */
  readonly nextLook: number | null;
  /** Exactly these are kept of it: known ones as they are, new ones as handed in, former ones gone. */
  readonly problems: readonly KeptProblem[];
}

/** Every call rejects with a `StorageError` when the store cannot do it. */
export interface LedgerStore {
  /** In one transaction: after a crash the batch is there whole, or is collected again. Every entry it changes is due at once. */
  add(batch: LedgerBatch): Promise<void>;
  /** Those of `keys` that were seen before. */
  seen(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Entries kept under any of the links, each once. */
  find(links: readonly string[]): Promise<readonly LedgerEntry[]>;
  /** Whether any receipt speaks of a message of that address: then it is a PEC mailbox. */
  isKnownSender(address: string): Promise<boolean>;
  /** All of those addresses, sorted. */
  senders(): Promise<readonly string[]>;
  /**
   * What the last acceptance that named the address said of it, for those of `addresses` that any named. In lower case.
   */
  recipientKinds(addresses: readonly string[]): Promise<ReadonlyMap<string, RecipientKind>>;
  /**
   * At most `limit` entries in the order of their keys (the first of their links), beginning after `key`; `null`: from the first.
   * What only an unsigned notice speaks of is no entry yet: anybody may send one.
   */
  entriesAfter(key: string | null, limit: number): Promise<readonly LedgerEntry[]>;
  /** How many entries there are. */
  count(): Promise<number>;
  /** Receipts that claim to speak of a message under any of the links, and were not verified. */
  unverifiedFor(links: readonly string[]): Promise<readonly Receipt[]>;
  /** All of them. */
  unverified(): Promise<readonly Receipt[]>;
  unverifiedCount(): Promise<number>;
  /** What was not read because of its size, and was not seen since. */
  postponed(): Promise<readonly PostponedReceipt[]>;
  /** It is no longer in the mailbox. */
  forgetPostponed(key: string): Promise<void>;
  /**
   * Mails under these Message-IDs are in no folder any more: what was noted of them (not verified, or postponed) goes, and with it what was
   * seen under keys that begin so. What was restored from a file stays, and so does every entry: what was verified is known without its mail.
   */
  forgetMails(messageIds: readonly string[], seenBeginnings: readonly string[]): Promise<void>;
  /** At most `limit` entries that are due at `now` (milliseconds UTC). */
  due(now: number, limit: number): Promise<readonly KeptEntry[]>;
  /** In one transaction. An entry that has changed meanwhile stays due, and nothing of it is written. Resolves to how many had not. */
  settle(looked: readonly LookedAt[]): Promise<number>;
  /** When the next entry is due, milliseconds UTC; `null`: none ever by the clock. */
  nextDue(): Promise<number | null>;
  /** Those that are not acknowledged. */
  problems(): Promise<readonly KeptProblem[]>;
  /** Sets `told` or `acknowledged` on those that are still there. */
  mark(ids: readonly string[], what: "told" | "acknowledged"): Promise<void>;
  /**
   * Removes every entry, receipt and problem of that sender: the person has removed the account and wants them gone. What was seen is
   * forgotten as a whole, so that nothing is passed over should the account come back; the next walk reads again.
   */
  forgetSender(address: string): Promise<void>;
  /** Since when there is a ledger on this computer, milliseconds UTC; the first call sets it to `now`. What is older is shown, not announced. */
  began(now: number): Promise<number>;
  /** Removes everything, `began` too. */
  clear(): Promise<void>;
  /** Set when the database was found damaged and made anew, until a walk has filled it again (see `refilled`). */
  rebuilt(): Promise<Rebuilt | null>;
  /** A walk over every folder has come to its end: the ledger knows again what the mailbox tells. */
  refilled(): Promise<void>;
}

/** What providers call a recipient (RFC 6109 §4.4): with PEC, or with ordinary mail. */
export type RecipientKind = DaticertRecipient["tipo"];

export interface Rebuilt {
  /** Milliseconds UTC. */
  readonly at: number;
  /** The local records could be read from the damaged database, and are all there. */
  readonly recordsKept: boolean;
}
