// Belongs here: the accounts that are there, and what follows for a person who has just installed this: a new one, the receipts.
// Does NOT belong here: what is found in an account (see draw-audit.ts), a new account (see draw-adding.ts).
import type { WalkReport } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { h, type VNode } from "../view.ts";
import { type AccountDrawing, drawOutcome, longDay } from "./account-drawing.ts";
import type { AccountState } from "./account-state.ts";
import { drawAudit } from "./draw-audit.ts";

/** The folders of pages stand beside each other in the package. */
const LEDGER_PAGE = "../ledger/ledger.html";
const OPTIONS_PAGE = "../options/options.html";

export function drawAccounts(state: AccountState, drawing: AccountDrawing): VNode {
  const { audits, depth } = state;
  const { translate, deeds } = drawing;
  return h("div.accounts", { key: "part-accounts" }, [
    audits === null ? h("p.muted", translate("account_looking")) : null,
    audits?.length === 0
      ? h("section.empty", [
          h("p.empty-title", translate("account_none")),
          h("p.muted", translate(depth === "full" ? "account_none_explained" : "account_none_explained_plain")),
          h("p.buttons", [
            drawButton("to-add", translate("account_add_first"), () => deeds.show("add"), state, { kind: "primary" }),
          ]),
        ])
      : null,
    ...(audits ?? []).map((audit) => drawAudit(audit, state, drawing)),
    state.walk === null ? null : drawReceipts(state.walk, state, drawing),
    h("p.elsewhere", [
      h("a", { attrs: { href: LEDGER_PAGE } }, translate("options_open_ledger")),
      h("a", { attrs: { href: OPTIONS_PAGE } }, translate("account_open_options")),
    ]),
  ]);
}

/** What became of sent mail is in the receipts that are there already. */
function drawReceipts(walk: WalkReport, state: AccountState, drawing: AccountDrawing): VNode {
  const { translate, deeds } = drawing;
  return h("section.receipts", { attrs: { "data-walk": walk.state } }, [
    h("h2", translate("account_receipts_title")),
    h("p", receiptsText(walk, drawing)),
    walk.state === "never" || (walk.state === "ended" && walk.how !== "finished")
      ? h("p.buttons", [
          drawButton("start-walk", translate("ledger_walk_start"), deeds.startWalk, state),
          drawOutcome("start-walk", state, drawing),
        ])
      : null,
  ]);
}

function receiptsText(walk: WalkReport, { translate, locale }: AccountDrawing): string {
  const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
  switch (walk.state) {
    case "never":
      return translate("ledger_walk_never");
    case "running":
      return translate("account_receipts_running", [
        number(Math.min(walk.foldersDone + 1, Math.max(walk.folderCount, 1))),
        number(Math.max(walk.folderCount, 1)),
      ]);
    case "ended":
      return walk.how === "finished"
        ? translate("account_receipts_found", [number(walk.receipts), longDay(walk.at, locale)])
        : translate("account_receipts_stopped", [number(walk.receipts)]);
  }
}
