// Belongs here: sent messages as a table for spreadsheets, a line for each recipient.
// Does NOT belong here: which messages (see answer-ledger.ts), wording (see _locales), how such a table is written (core/text).
import {
  type CertifiedTime,
  type LedgerEntry,
  ledgerRow,
  type RecipientStatus,
  sentStatus,
  TABLE_START,
  tableLine,
} from "../../core/index.ts";
import type { Translate } from "../../ports/translate.ts";

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
  "note",
] as const;

/** The first line of the table. */
export function sentTableHead(translate: Translate): string {
  return TABLE_START + tableLine(COLUMNS.map((column) => translate(`table_${column}`)));
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
    .map((recipient) =>
      tableLine([
        ...recipientCells(recipient, status.acceptanceMissing, translate),
        ...common,
        contradictionsText(recipient, translate),
      ]),
    )
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

/** What says otherwise than the state, which in a table too is not resolved in silence. */
function contradictionsText({ contradictions }: RecipientStatus, translate: Translate): string {
  return contradictions
    .map(({ kind, time, provider }) => {
      const said = [translate(`kind_phrase_${kind.replaceAll("-", "_")}`), timeText(time), provider].join(", ");
      return translate("table_contradicted", [said]);
    })
    .join("; ");
}

/** As certified, in its own offset: a spreadsheet that took it for a time of its own would move it. */
function timeText({ local, offset }: CertifiedTime): string {
  return `${local.replace("T", " ")} ${offset ?? ""}`.trim();
}
