// Belongs here: everything that is known of one sent message, below its row. Does NOT belong here: what it means (core/receipts).
import type { CertifiedTime, Receipt, RecipientStatus } from "../../core/index.ts";
import type { SentReport } from "../../messages.ts";
import { drawSentence } from "../draw-sentence.ts";
import { certifiedTimeSentence } from "../certified-time.ts";
import { h, type VNode } from "../view.ts";
import { conditionOfState, drawConditionIcon } from "./condition-icon.ts";
import { type Child, drawButton, drawOutcome, foreignText, type LedgerDrawing, shortTime } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";
import type { ListedRow } from "./listed-row.ts";

export function drawDetails(
  { report, isGone }: NonNullable<LedgerState["details"]>,
  listed: ListedRow,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode {
  const { translate } = drawing;
  if (report === null) {
    return h("div.details", [h("p.muted", translate(isGone ? "ledger_details_gone" : "ledger_busy"))]);
  }
  return h("div.details", { attrs: { "data-link": listed.row.link } }, [
    h("h3", [listed.row.subject.trim() === "" ? translate("ledger_no_subject") : foreignText(listed.row.subject)]),
    ...drawTimes(report, listed, drawing),
    drawRecipients(report, listed, state, drawing),
    report.unverified.length === 0 ? null : h("p.muted", translate("ledger_details_unverified")),
    drawActions(report, listed, state, drawing),
  ]);
}

function drawTimes(
  { entry, status: { acceptance, refusal } }: SentReport,
  { row, condition }: ListedRow,
  { translate, locale }: LedgerDrawing,
): Child[] {
  const certified = acceptance ?? refusal;
  return [
    certified === null
      ? null
      : h("p", [
          translate(acceptance === null ? "ledger_refused_at" : "ledger_accepted_at"),
          " ",
          ...drawTime(certified.time, translate, locale),
          " · ",
          foreignText(certified.provider),
        ]),
    certified !== null || row.sentAt === null
      ? null
      : h("p", translate("ledger_sent_at", [shortTime(row.sentAt, locale)])),
    refusal !== null && refusal.errorText !== null && acceptance === null
      ? h("p.reason", foreignText(refusal.errorText))
      : null,
    condition === "no-outcome" ? h("p.muted", translate("ledger_details_no_outcome")) : null,
    entry.copies.length === 0 ? h("p.muted", translate("ledger_details_no_copy")) : null,
  ];
}

function drawTime(time: CertifiedTime, translate: LedgerDrawing["translate"], locale: string): (VNode | string)[] {
  return drawSentence(certifiedTimeSentence(time, locale), translate);
}

function drawRecipients(
  { status, entry }: SentReport,
  listed: ListedRow,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  const { translate } = drawing;
  if (status.recipients.length === 0) return null;
  const isCalm = listed.condition === "no-outcome" || listed.condition === "past-failed";
  return h("table.recipients", { class: { calm: isCalm } }, [
    h("thead", [
      h(
        "tr",
        ["recipient", "state", "time", "provider", "receipt"].map((column) =>
          h("th", { attrs: { scope: "col" } }, translate(`ledger_details_${column}`)),
        ),
      ),
    ]),
    h(
      "tbody",
      status.recipients.map((recipient) =>
        drawRecipient(recipient, status.acceptanceMissing, entry.links[0] ?? "", state, drawing),
      ),
    ),
  ]);
}

function drawRecipient(
  { address, certified, state: fate, decidedBy, contradictions, returned }: RecipientStatus,
  acceptanceMissing: boolean,
  link: string,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode {
  const { translate, locale } = drawing;
  const receipts = [...(decidedBy === null ? [] : [decidedBy]), ...contradictions];
  const word = acceptanceMissing ? "no_acceptance" : fate.replaceAll("-", "_");
  return h("tr", { key: address, attrs: { "data-state": fate } }, [
    h("th", { attrs: { scope: "row" } }, [
      foreignText(address),
      certified === null ? null : h("span.tag", translate(certified ? "recipient_certificato" : "recipient_esterno")),
    ]),
    h(`td.fate.${conditionOfState(fate)}`, [
      drawConditionIcon(conditionOfState(fate)),
      h("div", [
        h("span.word", translate(`recipient_state_${word}`)),
        // The reason of a refusal is the same for all, and stands above the table.
        decidedBy?.errorText && fate !== "refused" ? h("p.reason", foreignText(decidedBy.errorText)) : null,
        contradictions.length === 0 ? null : h("p.reason", translate("ledger_contradicted")),
        returned === null
          ? null
          : h("p.reason", [translate("ledger_returned"), " ", foreignText(returned.recipient.diagnostic)]),
      ]),
    ]),
    h("td", decidedBy === null ? "—" : drawTime(decidedBy.time, translate, locale)),
    h("td", decidedBy === null ? "" : foreignText(decidedBy.provider)),
    h(
      "td",
      receipts.map((receipt) => drawReceiptLink(receipt, `${link} ${address} ${receipt.id}`, state, drawing)),
    ),
  ]);
}

function drawReceiptLink(
  { messageId, kind }: Receipt,
  name: string,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  const { translate, deeds } = drawing;
  if (messageId === "") return null;
  const at = `receipt ${name}`;
  return h("span.receipt", [
    drawButton(at, translate("ledger_open_receipt"), () => deeds.openMessage(at, messageId), state, {
      kind: "link",
      about: translate(`kind_${kind.replaceAll("-", "_")}`),
    }),
    drawOutcome(at, state, drawing),
  ]);
}

function drawActions(report: SentReport, { row }: ListedRow, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, deeds } = drawing;
  const { entry, status } = report;
  const [copy] = entry.copies;
  const problems = (state.overview?.openProblems ?? []).filter(({ link }) => link === row.link).map(({ id }) => id);
  const { acceptance } = status;
  return h("p.buttons", [
    ...(copy === undefined
      ? []
      : [
          drawButton(
            "open-sent",
            translate("ledger_open_sent"),
            () => deeds.openMessage("open-sent", copy.messageId),
            state,
          ),
          drawOutcome("open-sent", state, drawing),
        ]),
    ...(acceptance === null || acceptance.messageId === ""
      ? []
      : [
          drawButton(
            "open-acceptance",
            translate("ledger_open_acceptance"),
            () => deeds.openMessage("open-acceptance", acceptance.messageId),
            state,
          ),
          drawOutcome("open-acceptance", state, drawing),
        ]),
    ...(entry.receipts.length === 0
      ? []
      : [
          drawButton(
            "mark-read",
            translate("ledger_mark_read"),
            () => deeds.markReceiptsRead("mark-read", row.link),
            state,
          ),
          drawOutcome("mark-read", state, drawing),
        ]),
    ...(problems.length === 0
      ? []
      : [
          drawButton("seen", translate("ledger_acknowledge"), () => deeds.acknowledge("seen", problems), state, {
            kind: "primary",
          }),
          drawOutcome("seen", state, drawing),
        ]),
    drawButton("close", translate("ledger_close"), deeds.close, state),
  ]);
}
