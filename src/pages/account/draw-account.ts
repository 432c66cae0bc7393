// Belongs here: the account page as a function of its state. Does NOT belong here: its sections (see draw-*.ts).
import { drawAnnouncement } from "../controls.ts";
import { h, type VNode } from "../view.ts";
import type { AccountDrawing } from "./account-drawing.ts";
import type { AccountState, AccountView } from "./account-state.ts";
import { drawAdding } from "./draw-adding.ts";
import { drawAccounts } from "./draw-accounts.ts";

const VIEWS: readonly AccountView[] = ["accounts", "add"];

export function drawAccount(state: AccountState, drawing: AccountDrawing): VNode {
  const { view, busy, broken, welcome, depth } = state;
  const { translate } = drawing;
  const data = {
    "data-state": stateOf(state),
    "data-view": view,
    "data-busy": busy ?? "",
    "data-depth": depth ?? "",
    "data-outcome": state.adding.outcome?.state ?? "",
  };
  return h("main#account", { attrs: data }, [
    h("h1", { attrs: { tabindex: "-1", "data-at": "title" } }, translate("account_title")),
    welcome && view === "accounts" ? drawGreeting(drawing) : null,
    broken ? h("p.failed", { attrs: { role: "alert" } }, translate("options_broken")) : null,
    drawViews(state, drawing),
    view === "add" ? drawAdding(state, drawing) : drawAccounts(state, drawing),
    drawAnnouncement(state, translate),
  ]);
}

function stateOf({ audits, broken }: AccountState): string {
  if (broken) return "broken";
  return audits === null ? "loading" : "shown";
}

function drawGreeting({ translate }: AccountDrawing): VNode {
  return h("section.greeting", [
    h("p", [h("strong", translate("account_welcome_title")), " ", translate("account_welcome")]),
    h("p.muted", translate("account_welcome_network")),
  ]);
}

/** The two views; which one is shown is said as of a current page. */
function drawViews({ view }: AccountState, { translate, deeds }: AccountDrawing): VNode {
  return h("nav.views", { attrs: { "aria-label": translate("account_views") } }, [
    ...VIEWS.map((each) =>
      h(
        "button.view",
        {
          key: each,
          class: { current: each === view },
          attrs: {
            type: "button",
            "data-at": `view ${each}`,
            ...(each === view ? { "aria-current": "page" } : {}),
          },
          on: { click: () => deeds.show(each) },
        },
        translate(`account_view_${each}`),
      ),
    ),
  ]);
}
