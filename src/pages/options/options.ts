// Belongs here: wiring of the options page: rendering, focus. Does NOT belong here: state (see options-session.ts), drawing (see draw-options.ts).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient, listenToBackground } from "../background-client.ts";
import { listsPermitted, requestListPermission } from "../list-permission.ts";
import { requestMailPermission } from "../mail-permission.ts";
import { patch, type VNode } from "../view.ts";
import { drawOptions } from "./draw-options.ts";
import { createOptionsSession } from "./options-session.ts";
import type { OptionsState } from "./options-state.ts";

const locale = translate("locale_tag");
let drawn: Element | VNode = mainElement();
let asked: string | null = null;

const session = createOptionsSession({
  background: backgroundClient,
  listsPermitted,
  requestListPermission,
  requestMailPermission,
  locale,
  render,
});

document.documentElement.lang = locale;
document.title = translate("options_title");
render(session.state);
// A message read in another tab may have written a record; what this page did itself is told as well.
listenToBackground((message) => {
  if (message.type === "verdicts-changed" && session.state.busy === null) void session.refresh();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && session.state.busy === null) void session.refresh();
});
void session.refresh();

function render(state: OptionsState): void {
  drawn = patch(drawn, drawOptions(state, { translate, locale, now: Date.now(), deeds: session.deeds }));
  moveFocus(state.asking);
}

/** A question stands where the button was: whoever works by keyboard must land on it, and come back. */
function moveFocus(asking: string | null): void {
  if (asking === asked) return;
  const before = asked;
  asked = asking;
  const at = asking === null ? before : `no ${asking}`;
  if (at !== null) document.querySelector<HTMLElement>(`button[data-at="${CSS.escape(at)}"]`)?.focus();
}

function mainElement(): Element {
  const element = document.getElementById("options");
  if (element === null) throw new Error("The page has no #options.");
  return element;
}
