// Belongs here: which messages go into a bundle of evidence, in a fixed order, and how each is found and read.
// Does NOT belong here: the bundle (core/evidence), the pace (see evidence-jobs.ts).
import {
  type EvidenceGap,
  type EvidenceOfSent,
  type EvidenceRole,
  type LedgerEntry,
  MAX_EVIDENCE_MESSAGES,
  MAX_MBOX_MESSAGE,
  type Receipt,
  type SentCopy,
  sentStatus,
} from "../../core/index.ts";
import type { EvidenceSource } from "../../messages.ts";
import type { BatchPlaces } from "../../ports/batch-places.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { ListedMessage, MailFolders } from "../../ports/mail-folders.ts";
import type { FoundMessage, Mailbox } from "../../ports/mailbox.ts";
import {
  MAX_CANDIDATES,
  readable,
  type ReadMessage,
  readReceipt,
  type ReadReceiptDependencies,
} from "../receipts/read-receipt.ts";

export interface EvidenceItemsDependencies extends ReadReceiptDependencies {
  readonly mailbox: Pick<Mailbox, "find">;
  readonly ledger: Pick<LedgerStore, "find">;
  readonly folders: Pick<MailFolders, "at">;
  readonly places: Pick<BatchPlaces, "selected">;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export type EvidenceRead = ReadMessage | { readonly state: "too-large" | "absent" };

export interface EvidenceItem {
  readonly role: EvidenceRole;
  /** By what it is named where it is missing. */
  readonly known: Omit<EvidenceGap, "role" | "why">;
  /** Bytes, as its folder's list says; `null`: not known before it is found. */
  readonly size: number | null;
  /** Rejects only for a bug. */
  readonly read: () => Promise<EvidenceRead>;
}

export interface EvidenceItems {
  readonly items: readonly EvidenceItem[];
  readonly sent: readonly EvidenceOfSent[];
}

/** Entries looked up together. */
const ENTRIES_AT_ONCE = 200;

export async function evidenceItems(
  source: EvidenceSource,
  dependencies: EvidenceItemsDependencies,
): Promise<EvidenceItems> {
  switch (source.type) {
    case "sent":
      return itemsOfSent(source.links, dependencies);
    case "messages": {
      const items: EvidenceItem[] = [];
      for (const id of new Set(source.ids)) {
        items.push(mailItem(id, (await dependencies.folders.at(id))?.message ?? null, dependencies));
      }
      return { items: inOrder(items), sent: [] };
    }
    case "selection": {
      const items: EvidenceItem[] = [];
      for await (const page of dependencies.places.selected()) {
        items.push(...page.map(({ message }) => mailItem(message.id, message, dependencies)));
        if (items.length > MAX_EVIDENCE_MESSAGES) break;
      }
      return { items: inOrder(items), sent: [] };
    }
  }
}

/** By date, whatever order they are selected or shown in: the same messages give the same bundle. */
function inOrder(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  const keyOf = ({ known, size }: EvidenceItem): string => JSON.stringify([known.messageId, known.subject, size]);
  return [...items].sort(
    (left, right) => (left.known.date ?? 0) - (right.known.date ?? 0) || (keyOf(left) < keyOf(right) ? -1 : 1),
  );
}

function mailItem(
  id: number,
  listed: ListedMessage | null,
  { source, folders, inspect }: EvidenceItemsDependencies,
): EvidenceItem {
  return {
    role: "message",
    known: {
      kind: null,
      subject: listed?.subject ?? "",
      messageId: listed?.headerMessageId ?? "",
      date: listed?.date ?? null,
    },
    size: listed?.size ?? null,
    async read() {
      // One that lies in no folder, as an opened file, is read like any other.
      if (listed !== null && listed.size > MAX_MBOX_MESSAGE) return { state: "too-large" };
      const bytes = await readable(source, id, listed?.size);
      if (bytes !== null) return { state: "read", bytes, inspection: await inspect(bytes) };
      return { state: (await folders.at(id).catch(() => null)) === null ? "gone" : "unreadable" };
    },
  };
}

async function itemsOfSent(links: readonly string[], dependencies: EvidenceItemsDependencies): Promise<EvidenceItems> {
  const entries: LedgerEntry[] = [];
  for (let at = 0; at < links.length; at += ENTRIES_AT_ONCE) {
    entries.push(...(await dependencies.ledger.find(links.slice(at, at + ENTRIES_AT_ONCE))));
  }
  const distinct = [...new Map(entries.map((entry) => [entry.links[0] ?? "", entry])).values()].sort(
    (left, right) => timeOf(left) - timeOf(right) || ((left.links[0] ?? "") < (right.links[0] ?? "") ? -1 : 1),
  );
  const now = dependencies.now();
  return {
    items: distinct.flatMap((entry) => itemsOfEntry(entry, dependencies)),
    sent: distinct.map((entry) => ({ entry, status: sentStatus(entry, now) })),
  };
}

const timeOf = ({ copies, receipts }: LedgerEntry): number =>
  Math.min(...copies.map(({ sentAt }) => sentAt ?? Infinity), ...receipts.map(({ time }) => time.instant));

/** The message first, then what came back, by certified time. */
function itemsOfEntry(entry: LedgerEntry, dependencies: EvidenceItemsDependencies): readonly EvidenceItem[] {
  const receipts = [...entry.receipts].sort(
    (left, right) => left.time.instant - right.time.instant || (left.id < right.id ? -1 : 1),
  );
  const copies = entry.copies.map((copy) => copyItem(copy, dependencies));
  return [
    ...(copies.length === 0 ? [absentCopy(receipts)] : copies),
    ...receipts.map((receipt) => receiptItem(receipt, dependencies)),
  ];
}

/** Sent from elsewhere: there never was a copy here. */
function absentCopy(receipts: readonly Receipt[]): EvidenceItem {
  const subject = receipts[0]?.subject ?? "";
  const messageId = receipts.find(({ msgid }) => msgid !== null)?.msgid ?? "";
  return {
    role: "sent-copy",
    known: { kind: null, subject, messageId, date: null },
    size: null,
    read: () => Promise.resolve({ state: "absent" }),
  };
}

function receiptItem(receipt: Receipt, dependencies: EvidenceItemsDependencies): EvidenceItem {
  const { kind, subject, messageId, time } = receipt;
  return {
    role: "receipt",
    known: { kind, subject: subject ?? "", messageId, date: time.instant },
    size: null,
    read: () => readReceipt(receipt, dependencies),
  };
}

function copyItem(copy: SentCopy, dependencies: EvidenceItemsDependencies): EvidenceItem {
  const { messageId, subject, sentAt } = copy;
  return {
    role: "sent-copy",
    known: { kind: null, subject, messageId, date: sentAt },
    size: null,
    read: () => readCopy(messageId, dependencies),
  };
}

/** The copy in Sent; or one that the person filed, which no server has passed on: everybody who got the message knows its Message-ID. */
async function readCopy(
  messageId: string,
  { mailbox, source, inspect }: EvidenceItemsDependencies,
): Promise<EvidenceRead> {
  const found = messageId === "" ? [] : await mailbox.find(messageId);
  const inSent = found.filter(({ isSentCopy }) => isSentCopy);
  const candidates: readonly FoundMessage[] = inSent.length > 0 ? inSent : found;
  let state: "gone" | "unreadable" = "gone";
  for (const { id } of candidates.slice(0, MAX_CANDIDATES)) {
    const bytes = await readable(source, id);
    if (bytes === null) {
      state = "unreadable";
      continue;
    }
    const inspection = await inspect(bytes);
    if (inSent.length > 0 || !inspection.header.wasReceived) return { state: "read", bytes, inspection };
  }
  return { state };
}
