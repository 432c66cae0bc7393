// Belongs here: the fate of a sent message in the opened pane: sum, table of recipients, what is missing, what does not count.
// Does NOT belong here: which sentences (see describe-sent.ts), the row (see draw-report.ts).
import type { ContentReport } from "../../messages.ts";
import { drawSentence, drawValue } from "../draw-sentence.ts";
import { plainText, type Sentence } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import { describeContent } from "./describe-content.ts";
import { drawAction } from "./draw-action.ts";
import type { ReceiptLink, RecipientNote, SentRecipientView } from "../sent/describe-recipient.ts";
import type { SentView } from "../sent/describe-sent.ts";
import { drawDisclosure, drawNotice, type Drawing } from "./drawing.ts";
import { drawGlyph } from "../glyph.ts";
import { openPlace, type PageState } from "./page-state.ts";

/** So many are seen without asking; a message may have hundreds. */
const RECIPIENTS_AT_FIRST = 8;

/** In a receipt's pane the table is folded: the receipt comes first. */
export function drawSent(sent: SentView, state: PageState, drawing: Drawing): VNode {
  const { translate } = drawing;
  const ofReceipt = sent.role === "receipt";
  return h("section.sent", [
    h("h2", translate(ofReceipt ? "sent_title_of_receipt" : "sent_title")),
    h("p.sum", drawSentence(sent.sum, translate)),
    drawNotes(sent.sumNotes, "sum", state, drawing),
    h("div.buttons", [
      ...sent.links.map(({ messageId, labelKey }) =>
        drawOpen(labelKey, translate(labelKey), { messageId, spoken: null }, state, drawing, "small"),
      ),
      drawAction({ name: "open-evidence" }, "action_open_evidence", null, state, drawing, true),
      drawAction({ name: "open-ledger" }, "sent_open_ledger", null, state, drawing),
    ]),
    ofReceipt ? drawFold(sent, state, drawing) : null,
    !ofReceipt || state.recipientsOpen ? drawTable(sent, state, drawing) : null,
    drawList("missing", "sent_missing_title", sent.missing, drawing),
    ...sent.remarks.map((remark) => h("p.muted", drawSentence(remark, translate))),
    drawUnverified(sent, state, drawing),
    ofReceipt ? null : h("p.muted.meaning", translate("sent_meaning")),
  ]);
}

function drawFold(sent: SentView, state: PageState, { translate, deeds }: Drawing): VNode {
  return h(
    "button.link.recipients-toggle",
    {
      attrs: { type: "button", "aria-expanded": String(state.recipientsOpen), "aria-controls": "sent-recipients" },
      on: { click: deeds.toggleRecipients },
    },
    [drawDisclosure(state.recipientsOpen), translate("sent_show_table", [String(sent.recipients.length)])],
  );
}

/** Roles are written out: in a narrow pane rows are laid out as blocks, and a table that is none to the eye would be none to the ear. */
function drawTable({ recipients }: SentView, state: PageState, drawing: Drawing): VNode {
  const { translate, deeds } = drawing;
  const shown = state.allRecipients ? recipients : recipients.slice(0, RECIPIENTS_AT_FIRST);
  return h("div#sent-recipients", [
    h("table.fates", { attrs: { role: "table", "aria-label": translate("sent_table") } }, [
      h("thead", { attrs: { role: "rowgroup" } }, [
        h(
          "tr",
          { attrs: { role: "row" } },
          HEADS.map((key) => h("th", { attrs: { scope: "col", role: "columnheader" } }, translate(key))),
        ),
      ]),
      h(
        "tbody",
        { attrs: { role: "rowgroup" } },
        shown.map((recipient) => drawRecipient(recipient, state, drawing)),
      ),
    ]),
    recipients.length === shown.length
      ? null
      : h(
          "button.link",
          { attrs: { type: "button" }, on: { click: deeds.showAllRecipients } },
          translate("recipients_show_all", [String(recipients.length)]),
        ),
  ]);
}

const HEADS = [
  "sent_head_recipient",
  "sent_head_kind",
  "sent_head_state",
  "sent_head_when",
  "sent_head_provider",
  "sent_head_receipt",
] as const;

function drawRecipient(recipient: SentRecipientView, state: PageState, drawing: Drawing): VNode {
  const { translate } = drawing;
  const { key, address, kindKey, glyph, tone, stateKey, when, provider, receipt } = recipient;
  const none = () => [h("span.muted", { attrs: { "aria-hidden": "true" } }, translate("sent_none"))];
  const cell = (content: (VNode | string | null)[], empty = false): VNode =>
    h("td", { class: { empty }, attrs: { role: "cell" } }, content);
  return h("tr", { key, attrs: { role: "row", "data-state": stateKey } }, [
    h("th", { attrs: { scope: "row", role: "rowheader" } }, drawValue(address, translate)),
    cell([h(`span.tag.${kindKey}`, translate(kindKey))]),
    cell([
      h("span.fate", [h(`span.glyph-box.${tone}`, [drawGlyph(glyph)]), h(`span.${tone}`, translate(stateKey))]),
      drawNotes(recipient.notes, key, state, drawing),
      drawContent(recipient, state, drawing),
    ]),
    cell(when === null ? none() : drawValue(when, translate), when === null),
    cell(provider === null ? none() : drawValue(provider, translate), provider === null),
    cell([
      h("span.receipt-buttons", [
        receipt === null ? null : drawReceiptLink(receipt, key, state, drawing),
        drawCompare(recipient, state, drawing),
      ]),
    ]),
  ]);
}

function drawNotes(notes: readonly RecipientNote[], place: string, state: PageState, drawing: Drawing): VNode | null {
  if (notes.length === 0) return null;
  return h(
    "ul.notes",
    notes.map((note, index) =>
      h(`li.${note.look}`, [
        ...drawSentence(note.sentence, drawing.translate),
        note.receipt === null ? null : " ",
        note.receipt === null ? null : drawReceiptLink(note.receipt, `${place} ${String(index)}`, state, drawing),
      ]),
    ),
  );
}

function drawReceiptLink(
  { messageId, labelKey, spoken, isShown }: ReceiptLink,
  place: string,
  state: PageState,
  drawing: Drawing,
) {
  const { translate } = drawing;
  if (isShown) return h("span.muted", translate("sent_shown_receipt"));
  return drawOpen(place, translate(labelKey), { messageId, spoken }, state, drawing, "small");
}

/** `place` tells apart the buttons that open one message. */
function drawOpen(
  place: string,
  label: string,
  { messageId, spoken }: { readonly messageId: string; readonly spoken: Sentence | null },
  state: PageState,
  { translate, deeds }: Drawing,
  size?: "small",
): VNode {
  const at = openPlace(place, messageId);
  const busy = state.busy === at;
  const name = spoken === null ? null : plainText(spoken, translate);
  return h("span.action", { key: at }, [
    h(
      "button.open-message",
      {
        class: { small: size === "small" },
        attrs: {
          type: "button",
          "aria-disabled": String(busy),
          ...(name === null ? {} : { "aria-label": name, title: name }),
        },
        on: { click: () => (busy ? undefined : deeds.openMessage(messageId, at)) },
      },
      label,
    ),
    drawNotice(at, state, translate),
  ]);
}

function drawCompare({ comparable }: SentRecipientView, state: PageState, { translate, deeds }: Drawing): VNode | null {
  if (comparable === null) return null;
  const { receipt, spoken } = comparable;
  const busy = state.comparisons.get(receipt) === "busy";
  const name = plainText(spoken, translate);
  return h(
    "button.small.compare",
    {
      attrs: { type: "button", "aria-disabled": String(busy), "aria-label": name, title: name },
      on: { click: () => (busy ? undefined : deeds.compareContent(receipt)) },
    },
    translate("sent_compare"),
  );
}

function drawContent({ comparable }: SentRecipientView, state: PageState, { translate }: Drawing): VNode | null {
  const report: ContentReport | "busy" | undefined =
    comparable === null ? undefined : state.comparisons.get(comparable.receipt);
  if (report === undefined || report === "busy") return null;
  const { outcome, sentence, differences, hint } = describeContent(report);
  return h(`div.content.${outcome}`, { attrs: { role: "status" } }, [
    h("p", drawSentence(sentence, translate)),
    differences.length === 0
      ? null
      : h(
          "ul",
          differences.map((difference) => h("li", drawSentence(difference, translate))),
        ),
    hint === null ? null : h("p.muted", drawSentence(hint, translate)),
  ]);
}

function drawList(
  name: string,
  titleKey: string,
  sentences: readonly Sentence[],
  { translate }: Drawing,
): VNode | null {
  if (sentences.length === 0) return null;
  return h(`div.${name}`, [
    h("h3", translate(titleKey)),
    h(
      "ul",
      sentences.map((said) => h("li", drawSentence(said, translate))),
    ),
  ]);
}

function drawUnverified({ unverified }: SentView, state: PageState, drawing: Drawing): VNode | null {
  if (unverified.length === 0) return null;
  const { translate } = drawing;
  return h("div.unverified", [
    h("h3", translate("sent_unverified_title")),
    h(
      "ul",
      unverified.map(({ id, sentence, messageId }, index) =>
        h("li", { key: id }, [
          ...drawSentence(sentence, translate),
          " ",
          drawOpen(
            `unverified ${String(index)}`,
            translate("sent_open_receipt"),
            { messageId, spoken: null },
            state,
            drawing,
            "small",
          ),
        ]),
      ),
    ),
  ]);
}
