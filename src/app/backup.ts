// Belongs here: everything that cannot be had again from the mailbox alone, saved to one file and restored with distrust.
// Does NOT belong here: storing (ports/), the records' own file (see records-file.ts).
//
// Whoever hands somebody a file must not gain anything by it. Local records are merged as from their own file: they show that a seal
// existed, and prove nothing by themselves. Receipts come back as receipts that nobody has verified: they move no state, are marked
// as restored, and give way as soon as this computer verifies the mail itself. Authorities are only proposed: each is added as from
// any other file, after the person has compared its fingerprint. What a person was told or has seen is not restored at all: problems
// older than the ledger of this computer are never announced.
import type { RestoredBackup } from "../messages.ts";

export type RestoreOutcome =
  | ({ readonly state: "restored" } & RestoredBackup)
  /** `unreadable`: none of ours, or damaged; `newer`: made by a later version of the add-on. Nothing was changed. */
  | { readonly state: "failed"; readonly code: "unreadable" | "newer" };

export interface Backup {
  /** Text of a file. Rejects with a `StorageError` when something of it cannot be read. */
  save(): Promise<string>;
  /** Rejects with a `StorageError` when it cannot be kept. */
  restore(text: string): Promise<RestoreOutcome>;
}
