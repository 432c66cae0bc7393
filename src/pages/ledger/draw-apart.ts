// Belongs here: receipts that belong to no message: their seal did not pass, they name none, or they were not read yet. Does NOT belong here: those that count (see draw-details.ts).
import type { PostponedReceipt, Receipt } from "../../core/index.ts";
import { drawSentence } from "../draw-sentence.ts";
import { certifiedTimeSentence } from "../certified-time.ts";
import { h, type VNode } from "../view.ts";
import { foreignText, number, shortTime } from "../table/table-values.ts";
import { drawButton, drawOutcome, type LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";

/** Anybody can send thousands of false receipts. */
const SHOWN_AT_MOST = 500;

export function drawApart(state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, deeds } = drawing;
  const { apart } = state;
  const unverified = apart?.unverified ?? [];
  const shown = unverified.slice(0, SHOWN_AT_MOST);
  return h("section.apart", { attrs: { "aria-labelledby": "apart-title" } }, [
    drawButton("back", translate("ledger_apart_back"), () => deeds.show("sent"), state, { kind: "link" }),
    h("h2#apart-title", translate("ledger_apart_title")),
    drawPostponed(apart?.postponed ?? [], state, drawing),
    h("p", translate("ledger_apart_intro")),
    apart === null ? h("p.muted", translate("ledger_busy")) : null,
    apart !== null && unverified.length === 0 ? h("p.muted", translate("ledger_apart_none")) : null,
    shown.length === 0
      ? null
      : h("table", [
          h("thead", [
            h(
              "tr",
              ["kind", "subject", "time", "why"].map((column) =>
                h("th", { attrs: { scope: "col" } }, translate(`ledger_apart_${column}`)),
              ),
            ),
          ]),
          h(
            "tbody",
            shown.map((receipt) => drawReceipt(receipt, state, drawing)),
          ),
        ]),
    drawMore(unverified.length, drawing),
  ]);
}

function drawMore(count: number, { translate, locale }: LedgerDrawing): VNode | null {
  if (count <= SHOWN_AT_MOST) return null;
  return h("p.muted", translate("ledger_apart_more", [number(count - SHOWN_AT_MOST, locale)]));
}

/** What came of reading one is said here: its own line is gone by then. */
const AT_POSTPONED = "postponed ";

function drawPostponed(
  postponed: readonly PostponedReceipt[],
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  const { translate } = drawing;
  const at = state.busy ?? state.notice?.at ?? "";
  const outcome = at.startsWith(AT_POSTPONED) ? drawOutcome(at, state, drawing) : null;
  if (postponed.length === 0 && outcome === null) return null;
  return h("div.postponed", [
    h("h3", translate("ledger_postponed_title")),
    h("p", translate("ledger_postponed_intro")),
    h(
      "ul",
      postponed.slice(0, SHOWN_AT_MOST).map((receipt) => drawPostponedReceipt(receipt, state, drawing)),
    ),
    drawMore(postponed.length, drawing),
    outcome === null ? null : h("p", [outcome]),
  ]);
}

function drawPostponedReceipt(receipt: PostponedReceipt, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { key, subject, author, date, size } = receipt;
  const at = AT_POSTPONED + key;
  const megabytes = new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  return h("li", { key }, [
    h("div", [foreignText(subject)]),
    h("div.muted", [
      foreignText(author),
      ` · ${date === null ? "—" : shortTime(date, locale)} · ${megabytes.format(size / 1_000_000)}`,
    ]),
    drawButton(at, translate("ledger_postponed_verify"), () => deeds.verifyPostponed(at, key), state, {
      about: subject,
    }),
  ]);
}

function drawReceipt(receipt: Receipt, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { id, kind, subject, sender, provider, recipient, time, verified, messageId } = receipt;
  const at = `apart ${id}`;
  return h("tr", { key: id, attrs: { "data-kind": kind } }, [
    h("td", translate(`kind_${kind.replaceAll("-", "_")}`)),
    h("td", [
      h("div", [foreignText(subject ?? translate("ledger_no_subject"))]),
      h("div.muted", [foreignText(sender), ...(recipient === null ? [] : [" → ", foreignText(recipient)])]),
    ]),
    h("td", [
      h("div", drawSentence(certifiedTimeSentence(time, locale), translate)),
      h("div.muted", foreignText(provider)),
    ]),
    h("td", [
      h("div", translate(verified ? "ledger_apart_names_nothing" : "ledger_apart_unverified")),
      messageId === ""
        ? null
        : drawButton(at, translate("ledger_open"), () => deeds.openMessage(at, messageId), state, {
            kind: "link",
            about: subject ?? "",
          }),
      drawOutcome(at, state, drawing),
    ]),
  ]);
}
