// Belongs here: receipts that belong to no message: their seal did not pass, or they name none. Does NOT belong here: those that count (see draw-details.ts).
import type { Receipt } from "../../core/index.ts";
import { drawSentence } from "../draw-sentence.ts";
import { certifiedTimeSentence } from "../message/certified-time.ts";
import { h, type VNode } from "../view.ts";
import { drawButton, drawOutcome, foreignText, type LedgerDrawing, number } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";

/** Anybody can send thousands of false receipts. */
const SHOWN_AT_MOST = 500;

export function drawApart(state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { apart } = state;
  const shown = (apart ?? []).slice(0, SHOWN_AT_MOST);
  return h("section.apart", { attrs: { "aria-labelledby": "apart-title" } }, [
    drawButton("back", translate("ledger_apart_back"), () => deeds.show("sent"), state, { kind: "link" }),
    h("h2#apart-title", translate("ledger_apart_title")),
    h("p", translate("ledger_apart_intro")),
    apart === null ? h("p.muted", translate("ledger_busy")) : null,
    apart !== null && apart.length === 0 ? h("p.muted", translate("ledger_apart_none")) : null,
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
    (apart ?? []).length <= SHOWN_AT_MOST
      ? null
      : h("p.muted", translate("ledger_apart_more", [number((apart ?? []).length - SHOWN_AT_MOST, locale)])),
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
