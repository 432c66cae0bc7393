// Belongs here: wiring of the account page: rendering, focus. Does NOT belong here: state (see account-session.ts), drawing (see draw-account.ts).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient, listenToBackground } from "../background-client.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { patch, type VNode } from "../view.ts";
import { createAccountSession } from "./account-session.ts";
import type { AccountState } from "./account-state.ts";
import { drawAccount } from "./draw-account.ts";

const locale = translate("locale_tag");
let drawn: Element | VNode = mainElement();
let focused = 0;

const session = createAccountSession(location.hash.slice(1), {
  background: backgroundClient,
  copy: (text) => navigator.clipboard.writeText(text),
  openLink: openInBrowser,
  render,
});

document.documentElement.lang = locale;
document.title = translate("account_title");
render(session.state);
listenToBackground((message) => session.told(message));
document.addEventListener("visibilitychange", () => {
  // Settings may have been changed in Thunderbird's own windows meanwhile.
  if (document.visibilityState === "visible" && session.state.busy === null) void session.refresh();
});
void session.refresh();

function render(state: AccountState): void {
  drawn = patch(drawn, drawAccount(state, { translate, locale, now: Date.now(), deeds: session.deeds }));
  moveFocus(state.focus);
}

/** What was asked for appears further down: whoever works by keyboard must land on it. */
function moveFocus(focus: AccountState["focus"]): void {
  if (focus === null || focus.turn === focused) return;
  focused = focus.turn;
  const element = document.querySelector<HTMLElement>(`[data-at="${CSS.escape(focus.at)}"]`);
  element?.focus();
  // Focus alone brings the first line of a long message into view.
  element?.scrollIntoView({ block: "nearest" });
}

function mainElement(): Element {
  const element = document.getElementById("account");
  if (element === null) throw new Error("The page has no #account.");
  return element;
}
