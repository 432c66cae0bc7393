// Belongs here: the ledger page as a function of its state. Does NOT belong here: its sections (see draw-*.ts).
import type { LedgerOverview } from "../../messages.ts";
import type { GridView } from "../table/grid-window.ts";
import { h, type VNode } from "../view.ts";
import { foreignText, number } from "../table/table-values.ts";
import { drawApart } from "./draw-apart.ts";
import { drawCounters, drawFilter } from "./draw-filter.ts";
import { drawProblems } from "./draw-problems.ts";
import { drawTable } from "./draw-table.ts";
import { drawWalk } from "./draw-walk.ts";
import { drawAskedButton, drawButton, drawOutcome, type LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";

/** The folders of pages stand beside each other in the package. */
const ACCOUNT_PAGE = "../account/account.html";
const BATCH_PAGE = "../batch/batch.html";

export function drawLedger(state: LedgerState, table: GridView, drawing: LedgerDrawing): VNode {
  const { overview, trouble, view, busy } = state;
  const { translate } = drawing;
  return h("main#ledger", { attrs: { "data-state": stateOf(state), "data-view": view, "data-busy": busy ?? "" } }, [
    h("h1", translate("ledger_title")),
    trouble === null ? null : h("p.failed", { attrs: { role: "alert" } }, translate(trouble)),
    overview === null || overview.storage === "available"
      ? null
      : h("p.storage", { attrs: { role: "alert" } }, translate(`ledger_storage_${overview.storage}`)),
    ...(overview === null ? [] : drawView(overview, state, table, drawing)),
    drawAnnouncement(state, drawing),
  ]);
}

function drawView(
  overview: LedgerOverview,
  state: LedgerState,
  table: GridView,
  drawing: LedgerDrawing,
): (VNode | null)[] {
  if (state.view === "apart") return [drawApart(state, drawing)];
  const isEmpty = state.sorted.length === 0;
  return [
    drawProblems(overview, state, drawing),
    isEmpty ? null : drawCounters(state, drawing),
    isEmpty ? null : drawFilter(overview, state, drawing),
    isEmpty ? drawEmpty(overview, state, drawing) : null,
    !isEmpty && state.shown.length === 0 ? drawNoMatch(state, drawing) : null,
    state.shown.length === 0 ? null : drawTable(state, table, drawing),
    drawWalk(overview.walk, state, drawing),
    drawFoot(overview, state, drawing),
  ];
}

function stateOf({ overview, trouble, loading }: LedgerState): string {
  if (trouble !== null) return "broken";
  return overview === null || loading ? "loading" : "shown";
}

/** Why there is nothing, and what brings something. */
function drawEmpty({ walk }: LedgerOverview, { loading }: LedgerState, { translate }: LedgerDrawing): VNode {
  const key = loading
    ? "loading"
    : walk.state !== "ended"
      ? walk.state
      : walk.how === "finished"
        ? "nothing"
        : "unfinished";
  return h("section.empty", { attrs: { "data-empty": key } }, [
    h("p.empty-title", translate(`ledger_empty_${key}`)),
    loading ? null : h("p.muted", translate("ledger_empty_explained")),
  ]);
}

function drawNoMatch(state: LedgerState, { translate, deeds }: LedgerDrawing): VNode {
  return h("section.empty", { attrs: { "data-empty": "no-match" } }, [
    h("p.empty-title", translate("ledger_empty_no_match")),
    drawButton("clear-filter-below", translate("ledger_clear_filter"), deeds.clearFilter, state),
  ]);
}

/** What is seldom needed: receipts apart, and mailboxes that are no longer there. */
function drawFoot(overview: LedgerOverview, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const strangers = overview.senders.filter(({ isOwn }) => !isOwn);
  const apart = overview.unverified + overview.postponed;
  return h("footer", [
    h("a.to-account", { attrs: { href: ACCOUNT_PAGE } }, translate("ledger_open_accounts")),
    h("a.to-batch", { attrs: { href: BATCH_PAGE } }, translate("batch_link")),
    apart === 0
      ? null
      : drawButton("apart", translate("ledger_apart_link", [number(apart, locale)]), () => deeds.show("apart"), state, {
          kind: "link",
        }),
    strangers.length === 0
      ? null
      : h("details.strangers", [
          h("summary", translate("ledger_strangers", [number(strangers.length, locale)])),
          h("p.muted", translate("ledger_strangers_explained")),
          h(
            "ul",
            strangers.map(({ address }) => drawStranger(address, state, drawing)),
          ),
        ]),
  ]);
}

function drawStranger(address: string, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const at = `forget ${address}`;
  const count = state.sorted.filter(({ row }) => row.sender === address).length;
  return h("li", { key: address }, [
    foreignText(address),
    " ",
    drawAskedButton(
      at,
      {
        label: translate("ledger_forget"),
        question: translate("ledger_forget_question", [number(count, locale)]),
        yes: translate("ledger_forget_yes"),
        about: address,
      },
      () => deeds.forgetSender(at, address),
      state,
      drawing,
    ),
    drawOutcome(at, state, drawing),
  ]);
}

/** What came of using a control, and how many rows a filter leaves, read aloud. */
function drawAnnouncement({ notice, shown, sorted }: LedgerState, { translate, locale }: LedgerDrawing): VNode {
  const filtered =
    shown.length === sorted.length
      ? ""
      : translate("ledger_shown_of", [number(shown.length, locale), number(sorted.length, locale)]);
  return h(
    "div.spoken",
    { attrs: { role: "status", "aria-live": "polite" } },
    notice === null ? filtered : translate(notice.key, notice.values),
  );
}
