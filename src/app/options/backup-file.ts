// Belongs here: the form of the file that holds ledger, local records and added authorities, and reading it with distrust.
// Does NOT belong here: what a file is worth (see backup.ts), the form of local records (see records-file.ts).
import type { DaticertRecipient, LedgerEntry, Receipt, ReceiptKind, UserAnchor } from "../../core/index.ts";
import { isRecord, isTime } from "../plain-values.ts";
import { parseUserAnchor } from "../settings.ts";

const FORMAT = "sigillo-pec-backup";
const VERSION = 1;

/** Far more than anybody has. Attack: a file that fills the disk. */
const MAX_RECEIPTS = 1_000_000;
const MAX_ANCHORS = 100;
/** Of one receipt. Providers allow hundreds. */
const MAX_RECIPIENTS = 5_000;
/**
 * Of any text of a receipt: what a header block or certification data may hold, for what the ledger keeps must be read again. Attack: one
 * forged receipt with a long subject, and every file that is saved from then on is refused as a whole.
 */
const MAX_TEXT = 1_100_000;
/** Of the id of a receipt that was never verified: all it claims, in JSON, where quotes take twice as much room. */
const MAX_ID = 10 * MAX_TEXT;

export interface BackupContent {
  readonly savedAt: number;
  readonly anchors: readonly UserAnchor[];
  /** Text of a file of local records. */
  readonly records: string;
  readonly unverified: readonly Receipt[];
}

export interface ParsedBackup {
  readonly anchors: readonly UserAnchor[];
  /** Text of a file of local records, unchecked. */
  readonly records: string;
  /** Whatever the file says of them, not verified, and marked as restored. Each once. */
  readonly receipts: readonly Receipt[];
}

/** Text in pieces: one entry a line, so that people can look through it. */
export function* backupHead({ savedAt, anchors, records, unverified }: BackupContent): Generator<string> {
  yield `{"format":"${FORMAT}","version":${String(VERSION)},"savedAt":${String(savedAt)},\n`;
  yield `"anchors":${JSON.stringify(anchors)},\n"records":${records.trim()},\n"unverified":[`;
  for (const [index, receipt] of unverified.entries()) yield `${index === 0 ? "\n" : ",\n"}${JSON.stringify(receipt)}`;
  yield '\n],\n"entries":[';
}

export function backupEntry(entry: LedgerEntry, isFirst: boolean): string {
  return `${isFirst ? "\n" : ",\n"}${JSON.stringify(entry)}`;
}

export const BACKUP_END = "\n]}\n";

/** Half a file is no file: `unreadable` unless everything in it is whole. */
export function parseBackup(text: string, now: number): ParsedBackup | "unreadable" | "newer" {
  const value = parseJson(text);
  if (!isRecord(value) || value["format"] !== FORMAT) return "unreadable";
  if (typeof value["version"] === "number" && value["version"] > VERSION) return "newer";
  const { version, savedAt, anchors, records, unverified, entries } = value;
  if (version !== VERSION || !isTime(savedAt) || savedAt > now) return "unreadable";
  if (!Array.isArray(anchors) || anchors.length > MAX_ANCHORS || !isRecord(records)) return "unreadable";
  if (!Array.isArray(unverified) || !Array.isArray(entries)) return "unreadable";
  const found: unknown[] = unverified.slice();
  for (const entry of entries) {
    const receipts: unknown = isRecord(entry) ? entry["receipts"] : null;
    if (!Array.isArray(receipts)) return "unreadable";
    for (const receipt of receipts) found.push(receipt);
    if (found.length > MAX_RECEIPTS) return "unreadable";
  }
  const parsedAnchors = anchors.map(parseUserAnchor);
  const receipts = found.map(parseReceipt);
  if (!parsedAnchors.every((anchor) => anchor !== null)) return "unreadable";
  if (!receipts.every((receipt) => receipt !== null)) return "unreadable";
  return {
    anchors: parsedAnchors,
    records: JSON.stringify(records),
    receipts: [...new Map(receipts.map((receipt) => [receipt.id, receipt])).values()],
  };
}

const KINDS: readonly ReceiptKind[] = [
  "accettazione",
  "non-accettazione",
  "presa-in-carico",
  "avvenuta-consegna",
  "errore-consegna",
  "preavviso-errore-consegna",
  "rilevazione-virus",
];
const ERRORS = ["nessuno", "no-dest", "no-dominio", "virus", "altro"] as const;
const REQUESTED = ["completa", "breve", "sintetica"] as const;

function parseReceipt(value: unknown): Receipt | null {
  if (!isRecord(value)) return null;
  const { id, messageId, sender, msgid, identifier, provider, subject, recipient, errorText } = value;
  const kind = oneOf(KINDS, value["kind"]);
  const error = oneOf(ERRORS, value["error"]);
  const requested = value["requested"] === null ? null : oneOf(REQUESTED, value["requested"]);
  const time = parseTime(value["time"]);
  const recipients = parseRecipients(value["recipients"]);
  if (!isId(id) || !isText(messageId) || !isText(sender) || !isText(identifier) || !isText(provider)) return null;
  if (!isTextOrNull(msgid) || !isTextOrNull(subject) || !isTextOrNull(recipient) || !isTextOrNull(errorText))
    return null;
  if (kind === undefined || error === undefined || requested === undefined) return null;
  if (time === null || recipients === null) return null;
  return {
    id,
    kind,
    messageId,
    verified: false,
    restored: true,
    sender: sender.toLowerCase(),
    msgid,
    identifier: identifier.toLowerCase(),
    provider,
    time,
    subject,
    recipients,
    recipient: recipient?.toLowerCase() ?? null,
    requested,
    error,
    errorText,
  };
}

function parseTime(value: unknown): Receipt["time"] | null {
  if (!isRecord(value)) return null;
  const { instant, local, offset } = value;
  return isTime(instant) && isText(local) && isTextOrNull(offset) ? { instant, local, offset } : null;
}

function parseRecipients(value: unknown): readonly DaticertRecipient[] | null {
  if (!Array.isArray(value) || value.length > MAX_RECIPIENTS) return null;
  const recipients = value.map((each: unknown): DaticertRecipient | null => {
    if (!isRecord(each)) return null;
    const { indirizzo, tipo } = each;
    return isText(indirizzo) && (tipo === "certificato" || tipo === "esterno") ? { indirizzo, tipo } : null;
  });
  return recipients.every((each) => each !== null) ? recipients : null;
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((each) => each === value);

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_TEXT;
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isId = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_ID;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not ours.
    return null;
  }
}
