// Belongs here: sent messages as a table for spreadsheets: CSV (RFC 4180) as Italian Excel reads it, a line for each recipient.
// Does NOT belong here: which messages (see answer-ledger.ts), wording (see _locales).
import { type CertifiedTime, type LedgerEntry, type RecipientStatus, ledgerRow, sentStatus } from "../core/index.ts";
import type { Translate } from "../ports/translate.ts";

/** Without it Excel takes UTF-8 for the system's own encoding. */
const BYTE_ORDER_MARK = "\ufeff";
/** Excel reads what the system separates lists by; in Italy that is this. */
const SEPARATOR = ";";
const LINE_END = "\r\n";

const COLUMNS = [
  "state",
  "recipient",
  "recipient_type",
  "state_time",
  "state_provider",
  "reason",
  "subject",
  "sender",
  "accepted",
  "accepted_provider",
  "sent",
  "identifier",
  "message_id",
] as const;

/** The first line of the table. */
export function sentTableHead(translate: Translate): string {
  return BYTE_ORDER_MARK + tableLine(COLUMNS.map((column) => translate(`table_${column}`)));
}

/** The lines of one message; `now`: milliseconds UTC. */
export function sentTableLines(entry: LedgerEntry, now: number, translate: Translate): string {
  const status = sentStatus(entry, now);
  const { subject, sender, sentAt } = ledgerRow(entry, now);
  const { acceptance } = status;
  const receipt = acceptance ?? entry.receipts[0] ?? null;
  const common = [
    subject,
    sender,
    acceptance === null ? "" : timeText(acceptance.time),
    acceptance?.provider ?? "",
    sentAt === null ? "" : `${new Date(sentAt).toISOString().slice(0, 19).replace("T", " ")} +0000`,
    receipt?.identifier ?? "",
    receipt?.msgid ?? entry.copies[0]?.messageId ?? "",
  ];
  // An address that only a receipt names is left out: the sender did not write to it, and a line of a table cannot say so.
  return status.recipients
    .filter(({ isExpected }) => isExpected)
    .map((recipient) => tableLine([...recipientCells(recipient, status.acceptanceMissing, translate), ...common]))
    .join("");
}

function recipientCells(
  { address, certified, state, decidedBy }: RecipientStatus,
  acceptanceMissing: boolean,
  translate: Translate,
): readonly string[] {
  return [
    translate(acceptanceMissing ? "recipient_state_no_acceptance" : `recipient_state_${state.replaceAll("-", "_")}`),
    address,
    certified === null ? "" : translate(certified ? "recipient_certificato" : "recipient_esterno"),
    decidedBy === null ? "" : timeText(decidedBy.time),
    decidedBy?.provider ?? "",
    decidedBy?.errorText ?? "",
  ];
}

/** As certified, in its own offset: a spreadsheet that took it for a time of its own would move it. */
function timeText({ local, offset }: CertifiedTime): string {
  return `${local.replace("T", " ")} ${offset ?? ""}`.trim();
}

function tableLine(cells: readonly string[]): string {
  return cells.map(tableCell).join(SEPARATOR) + LINE_END;
}

/**
 * Attack (CSV injection): a subject such as `=HYPERLINK(…)` is a formula to a spreadsheet, which runs it. With an apostrophe before
 * it, it is text. Also after blanks, which some programs skip, and in the wide forms, which some take for the narrow ones. Line
 * breaks would make lines of their own in programs that do not know quotes.
 */
function tableCell(text: string): string {
  const flat = text.replace(/[\p{Cc}\u2028\u2029]+/gu, (found) => (found === "\t" ? found : " "));
  const harmless = /^\s*[=+\-@\t\uff1d\uff0b\uff0d\uff20]/u.test(flat) ? `'${flat}` : flat;
  return `"${harmless.replaceAll('"', '""')}"`;
}
