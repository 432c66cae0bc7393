// Belongs here: everything that cannot be had again from the mailbox alone, saved to one file and restored with distrust.
// Does NOT belong here: storing (ports/), the form of the file (see backup-file.ts).
//
// Whoever hands somebody a file must not gain anything by it. Local records are merged as from their own file: they tell that a seal
// existed, which makes up for the age of a certificate and for nothing else. Receipts come back as receipts that nobody has verified: they move no state, are marked
// as restored, and give way as soon as this computer verifies the mail itself. Authorities are only proposed: each is added as from
// any other file, after the person has compared its fingerprint. Sent copies and returned mail are saved and not restored: the mailbox
// has them, or they are claims that nobody sealed. What a person was told or has seen is not saved: problems older than the ledger of
// this computer are never announced.
import {
  type AnchorCandidate,
  claimedLinks,
  type LedgerEntry,
  type Receipt,
  type UserAnchor,
} from "../../core/index.ts";
import type { RestoredAnchor, RestoredBackup } from "../../messages.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import { BACKUP_END, backupEntry, backupHead, parseBackup } from "./backup-file.ts";
import type { LocalRecordBook } from "../trust/local-record-book.ts";
import { readSettings } from "../settings.ts";
import type { Trouble } from "../trouble.ts";

/** Entries that are in memory together while the file is written, and receipts that are kept in one go. */
const ENTRIES_AT_ONCE = 500;
const RECEIPTS_AT_ONCE = 500;

export type RestoreOutcome =
  | ({ readonly state: "restored" } & RestoredBackup)
  /** `unreadable`: none of ours, or damaged; `newer`: made by a later version of the add-on. Nothing was changed. */
  | { readonly state: "failed"; readonly code: "unreadable" | "newer" };

export interface Backup {
  /** Text of a file. Rejects with a `StorageError` when something of it cannot be read. */
  save(): Promise<string>;
  /** Rejects with a `StorageError` when it cannot be kept. Restoring the same file again changes nothing more. */
  restore(text: string): Promise<RestoreOutcome>;
}

export interface BackupDependencies {
  readonly ledger: Pick<LedgerStore, "entriesAfter" | "unverified" | "find" | "unverifiedFor" | "add">;
  readonly book: Pick<LocalRecordBook, "exportAll" | "importAll">;
  readonly settings: SettingsStore;
  /** What a certificate is, and whether it can be added (see user-anchors.ts). */
  readonly readAnchor: (pem: Uint8Array) => Promise<readonly AnchorCandidate[]>;
  readonly trouble: Trouble;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export function createBackup(dependencies: BackupDependencies): Backup {
  const { ledger, book, settings, readAnchor, trouble, now } = dependencies;

  async function* entries(): AsyncGenerator<LedgerEntry> {
    for (let after: string | null = null; ;) {
      const page: readonly LedgerEntry[] = await trouble.watch(ledger.entriesAfter(after, ENTRIES_AT_ONCE));
      yield* page;
      after = page.at(-1)?.links[0] ?? null;
      if (after === null) return;
    }
  }

  /** Those that this computer has neither verified nor kept apart. */
  async function unknownOf(receipts: readonly Receipt[]): Promise<readonly Receipt[]> {
    const unknown: Receipt[] = [];
    for (const receipt of receipts) {
      const links = claimedLinks(receipt);
      const [found, apart] = await Promise.all([ledger.find(links), ledger.unverifiedFor(links)]);
      const known = [...found.flatMap((entry) => entry.receipts), ...apart];
      if (!known.some(({ id }) => id === receipt.id)) unknown.push(receipt);
    }
    return unknown;
  }

  async function restoreReceipts(receipts: readonly Receipt[]): Promise<number> {
    let count = 0;
    for (let at = 0; at < receipts.length; at += RECEIPTS_AT_ONCE) {
      const unverified = await unknownOf(receipts.slice(at, at + RECEIPTS_AT_ONCE));
      if (unverified.length > 0) await ledger.add({ events: [], unverified, seen: [] });
      count += unverified.length;
    }
    return count;
  }

  async function proposals(anchors: readonly UserAnchor[]): Promise<readonly RestoredAnchor[]> {
    const trusted = new Set((await readSettings(settings)).anchors.map(({ sha256 }) => sha256));
    const proposed: RestoredAnchor[] = [];
    for (const { base64, source, domains, notAfter } of anchors) {
      for (const candidate of await readAnchor(new TextEncoder().encode(toPem(base64)))) {
        if (candidate.certificate !== null && trusted.has(candidate.certificate.sha256)) continue;
        proposed.push({ candidate, source, domains, notAfter });
      }
    }
    return proposed;
  }

  return {
    async save() {
      const [{ anchors }, records, unverified] = await Promise.all([
        readSettings(settings),
        book.exportAll(),
        trouble.watch(ledger.unverified()),
      ]);
      const pieces = [...backupHead({ savedAt: now(), anchors, records, unverified })];
      let isFirst = true;
      for await (const entry of entries()) {
        pieces.push(backupEntry(entry, isFirst));
        isFirst = false;
      }
      return pieces.join("") + BACKUP_END;
    },

    async restore(text) {
      const parsed = parseBackup(text, now());
      if (typeof parsed === "string") return { state: "failed", code: parsed };
      // Refused as a whole before anything is kept.
      const records = await book.importAll(parsed.records);
      if (records === null) return { state: "failed", code: "unreadable" };
      const receipts = await trouble.watch(restoreReceipts(parsed.receipts));
      return { state: "restored", records, receipts, anchors: await proposals(parsed.anchors) };
    },
  };
}

const toPem = (base64: string): string => `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
