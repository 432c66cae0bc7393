// Belongs here: everything that is known of one sent message, below its row.
// Does NOT belong here: which words (see sent/describe-sent.ts), what it means (core/receipts).
import { drawSentence, drawValue } from "../draw-sentence.ts";
import { drawGlyph } from "../glyph.ts";
import type { ReceiptLink, RecipientNote, SentRecipientView } from "../sent/describe-recipient.ts";
import type { SentView } from "../sent/describe-sent.ts";
import { plainText } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import { foreignText } from "../table/table-values.ts";
import { type Child, drawButton, drawOutcome, type LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";
import type { ListedRow } from "./listed-row.ts";

export function drawDetails(
  { sent, isGone }: NonNullable<LedgerState["details"]>,
  listed: ListedRow,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode {
  const { translate } = drawing;
  if (sent === null) {
    return h("div.details", [h("p.muted", translate(isGone ? "ledger_details_gone" : "ledger_busy"))]);
  }
  const { condition, row } = listed;
  // What is long past, or happened before the add-on was there, is told calmly: nobody has to do anything about it today.
  const isCalm = condition === "no-outcome" || condition === "past-failed";
  return h("div.details", { class: { calm: isCalm }, attrs: { "data-link": row.link } }, [
    h("h3", [row.subject.trim() === "" ? translate("ledger_no_subject") : foreignText(row.subject)]),
    h("p.sum", drawSentence(sent.sum, translate)),
    ...drawNotes(sent.sumNotes, "sum", state, drawing),
    drawMissing(sent, condition, drawing),
    drawRecipients(sent, state, drawing),
    ...sent.remarks.map((remark) => h("p.muted", drawSentence(remark, translate))),
    drawUnverified(sent, state, drawing),
    drawRestore(sent, listed, state, drawing),
    drawActions(sent, listed, state, drawing),
  ]);
}

function drawMissing({ missing }: SentView, condition: ListedRow["condition"], { translate }: LedgerDrawing): Child {
  if (condition === "no-outcome") return h("p.muted", translate("ledger_details_no_outcome"));
  if (missing.length === 0) return null;
  return h("div.missing", [...missing.map((said) => h("p", drawSentence(said, translate)))]);
}

const COLUMNS = ["recipient", "state", "when", "provider", "receipt"] as const;

function drawRecipients({ recipients }: SentView, state: LedgerState, drawing: LedgerDrawing): VNode | null {
  const { translate } = drawing;
  if (recipients.length === 0) return null;
  return h("table.recipients", { attrs: { role: "table", "aria-label": translate("sent_table") } }, [
    h("thead", { attrs: { role: "rowgroup" } }, [
      h(
        "tr",
        { attrs: { role: "row" } },
        COLUMNS.map((column) =>
          h("th", { attrs: { scope: "col", role: "columnheader" } }, translate(`sent_head_${column}`)),
        ),
      ),
    ]),
    h(
      "tbody",
      { attrs: { role: "rowgroup" } },
      recipients.map((recipient) => drawRecipient(recipient, state, drawing)),
    ),
  ]);
}

/** Roles are written out: in a narrow page rows are laid out as blocks, and a table that is none to the eye would be none to the ear. */
function drawRecipient(recipient: SentRecipientView, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate } = drawing;
  const { key, address, kindKey, glyph, tone, stateKey, when, provider, receipt, notes } = recipient;
  const cell = (name: string, content: Child[]): VNode => h(`td${name}`, { attrs: { role: "cell" } }, content);
  return h("tr", { key, attrs: { role: "row", "data-state": stateKey } }, [
    h("th", { attrs: { scope: "row", role: "rowheader" } }, [
      ...drawValue(address, translate),
      h("span.tag", translate(kindKey)),
    ]),
    cell(`.fate.${tone}.is-${glyph}`, [
      drawGlyph(glyph),
      h("div", [h("span.word", translate(stateKey)), ...drawNotes(notes, key, state, drawing)]),
    ]),
    cell("", when === null ? [translate("sent_none")] : drawValue(when, translate)),
    cell("", provider === null ? [] : drawValue(provider, translate)),
    cell("", receipt === null ? [] : [drawReceiptLink(receipt, key, state, drawing)]),
  ]);
}

function drawNotes(
  notes: readonly RecipientNote[],
  place: string,
  state: LedgerState,
  drawing: LedgerDrawing,
): readonly VNode[] {
  return notes.map(({ sentence, look, receipt }, index) =>
    h(`p.note.${look}`, [
      ...drawSentence(sentence, drawing.translate),
      ...(receipt === null ? [] : [" ", drawReceiptLink(receipt, `${place} ${String(index)}`, state, drawing)]),
    ]),
  );
}

/** `place` tells apart the links that open one receipt. */
function drawReceiptLink(
  { messageId, labelKey, spoken }: ReceiptLink,
  place: string,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  return drawOpen(
    `receipt ${place}`,
    messageId,
    drawing.translate(labelKey),
    plainText(spoken, drawing.translate),
    state,
    drawing,
  );
}

function drawOpen(
  place: string,
  messageId: string,
  label: string,
  name: string,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  if (messageId === "") return null;
  const at = `${place} ${messageId}`;
  return h("span.receipt", [
    drawButton(at, label, () => drawing.deeds.openMessage(at, messageId), state, { kind: "link", name }),
    drawOutcome(at, state, drawing),
  ]);
}

function drawUnverified({ unverified }: SentView, state: LedgerState, drawing: LedgerDrawing): VNode | null {
  if (unverified.length === 0) return null;
  const { translate } = drawing;
  const label = translate("sent_open_receipt");
  return h("div.unverified", [
    h("h4", translate("sent_unverified_title")),
    ...unverified.map(({ id, sentence, messageId }, index) =>
      h("p", { key: id }, [
        ...drawSentence(sentence, translate),
        " ",
        drawOpen(`unverified ${String(index)}`, messageId, label, label, state, drawing),
      ]),
    ),
  ]);
}

/** The copy may be gone, which is known only when somebody looks for it. */
function drawRestore(
  { isRestorable }: SentView,
  { row }: ListedRow,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  if (!isRestorable) return null;
  const { translate, deeds } = drawing;
  return h("div.restore", [
    h("h4", translate("restore_title")),
    h("p.muted", translate("restore_meaning")),
    h("p.buttons", [
      ...(["open", "save"] as const).flatMap((how) => [
        drawButton(
          `restore-${how}`,
          translate(`restore_${how}`),
          () => deeds.restore(`restore-${how}`, row.link, how),
          state,
        ),
        drawOutcome(`restore-${how}`, state, drawing),
      ]),
    ]),
  ]);
}

function drawActions({ links, receipts }: SentView, { row }: ListedRow, state: LedgerState, drawing: LedgerDrawing) {
  const { translate, deeds } = drawing;
  const problems = (state.overview?.openProblems ?? []).filter(({ link }) => link === row.link).map(({ id }) => id);
  return h("p.buttons", [
    ...links.flatMap(({ messageId, labelKey }) => [
      drawButton(labelKey, translate(labelKey), () => deeds.openMessage(labelKey, messageId), state),
      drawOutcome(labelKey, state, drawing),
    ]),
    drawButton("evidence", translate("ledger_evidence"), () => deeds.makeEvidence("evidence", [row.link]), state),
    drawOutcome("evidence", state, drawing),
    ...(receipts === 0
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
