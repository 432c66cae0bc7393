// Belongs here: wiring of the page of a window to write in: which window, rendering, focus. A popup below its button, or a window of its own.
// Does NOT belong here: state (see compose-session.ts), drawing (see draw-compose.ts).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient, composeTab } from "../background-client.ts";
import { patch, type VNode } from "../view.ts";
import { createComposeSession, type ComposeSession } from "./compose-session.ts";
import type { ComposeState } from "./compose-state.ts";
import { drawCompose } from "./draw-compose.ts";

/** How often the message is looked at anew, milliseconds: Thunderbird does not tell of what is typed. */
const REFRESH_MS = 1_000;

const locale = translate("locale_tag");
let drawn: Element | VNode = mainElement();

const namedTab = new URLSearchParams(location.search).get("tab");

document.documentElement.lang = locale;
document.documentElement.dataset["view"] = namedTab === null ? "popup" : "window";
document.title = translate("compose_title");
void start();

async function start(): Promise<void> {
  const session = createComposeSession(await ownTab(), {
    background: backgroundClient,
    close: () => window.close(),
    render: (state) => render(state, session),
  });
  render(session.state, session);
  document.addEventListener("keydown", (event) => {
    // A popup closes on Escape by itself; the window in its place does not.
    if (event.key === "Escape") session.deeds.leave();
  });
  await session.open();
  setInterval(() => {
    if (document.visibilityState === "visible") void session.refresh();
  }, REFRESH_MS);
}

/** The address names the tab when this is a window of its own. */
async function ownTab(): Promise<number | null> {
  if (namedTab === null) return composeTab().catch(() => null);
  return /^[1-9]\d{0,14}$/.test(namedTab) ? Number(namedTab) : null;
}

function render(state: ComposeState, { deeds }: Pick<ComposeSession, "deeds">): void {
  drawn = patch(drawn, drawCompose(state, { translate, locale, deeds }));
  // Whoever is asked can answer by keyboard, and Enter never sends what should be looked at. A way out that was taken is gone, and the
  // focus with it.
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (state.shown !== "report" || !isLost) return;
  document.querySelector<HTMLElement>(state.isQuestion ? "button.primary" : "h1")?.focus();
}

function mainElement(): Element {
  const element = document.getElementById("compose");
  if (element === null) throw new Error("The page has no #compose.");
  return element;
}
