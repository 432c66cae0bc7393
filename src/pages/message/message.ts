// Belongs here: wiring of the page: address, keyboard, theme, height, rendering. One page for pane and popup.
// Does NOT belong here: state (see message-session.ts), drawing (see draw-report.ts), words (see _locales).
import { translate } from "../../thunderbird/i18n.ts";
import type { ActionResult, MessageAction, MessageTarget } from "../../messages.ts";
import { backgroundClient, listenToBackground } from "../background-client.ts";
import { requestListPermission } from "../list-permission.ts";
import { messageLocation } from "../message-location.ts";
import { onReportHanded, setPaneHeight } from "../pane-client.ts";
import { applyAppearance, isDark } from "../theme.ts";
import { patch, type VNode } from "../view.ts";
import { drawReport } from "./draw-report.ts";
import { createMessageSession } from "./message-session.ts";
import type { PageState } from "./page-state.ts";

const EXPANDED = "expanded";

const root = document.documentElement;
const place = messageLocation(location);
let drawn: Element | VNode = mainElement();
/** What tellHeight told last. */
let told = "";
/** In Thunderbird's own look. */
let isDressed = false;

const view = place.view === "pane" ? "pane" : "popup";
const session = createMessageSession(view, {
  background: {
    report: (target) => backgroundClient.report(target, view),
    run: runPermitted,
    openMessage: (messageId) => backgroundClient.openMessage(messageId),
    compareContent: (link, receipt) => backgroundClient.compareContent(link, receipt),
    lookIntoAttachment: (target, attachment, question) =>
      backgroundClient.lookIntoAttachment(target, attachment, question),
  },
  now: () => Date.now(),
  locale: translate("locale_tag"),
  render,
  recallExpanded: () => sessionStorage.getItem(EXPANDED) === "true",
  keepExpanded: (expanded) => sessionStorage.setItem(EXPANDED, String(expanded)),
  copy: (text) => navigator.clipboard.writeText(text),
});

root.lang = translate("locale_tag");
root.dataset["view"] = session.state.view;
document.title = translate("page_title");
render(session.state);
void start();

/**
 * The only action that needs a permission asks for it here, in the handler of the click. A popup closes, and this page with it, when the person
 * answers elsewhere in the window: so the background has the order already, and waits for the permission itself.
 */
async function runPermitted(target: MessageTarget, action: MessageAction): Promise<ActionResult> {
  const { shown } = session.state;
  if (action.name !== "check-revocation" || shown.state !== "inspected") return backgroundClient.run(target, action);
  const permitted = requestListPermission(shown.inspection.signature?.signer?.crlDistributionPoints ?? []);
  const running = backgroundClient.run(target, action);
  const refused = permitted.then((isPermitted): Promise<ActionResult> | ActionResult =>
    isPermitted ? running : { state: "failed", code: "not-permitted" },
  );
  return Promise.race([running, refused]);
}

function mainElement(): Element {
  const element = document.getElementById("report");
  if (element === null) throw new Error("The page has no #report.");
  return element;
}

function render(state: PageState): void {
  drawn = patch(drawn, drawReport(state, { translate, dark: isDark(root), deeds: session }));
  tellHeight();
}

async function start(): Promise<void> {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render(session.state));
  document.addEventListener("keydown", onKey);
  listenToBackground((message) => {
    if (message.type === "appearance-changed") void dress();
    else if (message.type === "verdicts-changed" || message.type === "ledger-changed") session.refresh();
    else if (!("tabId" in message)) return;
    else if (message.tabId !== session.state.target?.tabId) return;
    else if (message.type === "toggle-pane") session.toggle();
    // The pane is told by its address; a popup asks again.
    else if (session.state.view === "popup") void openDisplayed();
  });
  new ResizeObserver(tellHeight).observe(mainElement());
  if (place.view === "stepped-back") {
    session.close("stepped-back");
  } else if (place.target !== null || place.view === "pane") {
    addEventListener("hashchange", openAddressed);
    if (view === "pane") onReportHanded(session.offer);
    openAddressed();
  } else {
    await openDisplayed();
  }
}

/** The address names the message; it changes without a reload. */
function openAddressed(): void {
  const { target } = messageLocation(location);
  if (target === null) {
    session.close("gone");
    return;
  }
  session.open(target);
  // Thunderbird's look is the same for every message, and a change of it is told.
  if (!isDressed) void dress();
}

async function openDisplayed(): Promise<void> {
  try {
    const target = await backgroundClient.displayedMessage();
    if (target === null) session.close("gone");
    else session.open(target);
  } catch (error) {
    session.fail("no-answer");
    console.error("Sigillo PEC: the background did not say which message is shown.", error);
  }
}

async function dress(): Promise<void> {
  const tabId = session.state.target?.tabId;
  if (tabId === undefined) return;
  // Without Thunderbird's colours the page's own are good enough.
  const appearance = await backgroundClient.appearance(tabId).catch(() => null);
  isDressed = appearance !== null;
  applyAppearance(root, appearance);
  render(session.state);
}

function onKey(event: KeyboardEvent): void {
  // A popup closes on Escape by itself.
  if (event.key !== "Escape" || session.state.view !== "pane" || !session.state.expanded) return;
  event.preventDefault();
  session.collapse();
  document.querySelector<HTMLElement>(".toggle")?.focus();
}

/** The pane is as high as its content; the first call makes it visible. It waits for the report, which is ready when a pane is opened. */
function tellHeight(): void {
  const { target, shown } = session.state;
  if (view !== "pane" || target === null || shown.state === "checking") return;
  const height = Math.ceil(mainElement().getBoundingClientRect().height);
  const news = [target.tabId, target.messageId, target.path.join("."), shown.state, height].join(" ");
  if (news === told) return;
  told = news;
  setPaneHeight(target, height).catch((error: unknown) => {
    // Tried again at the next change; until then the pane keeps its former height.
    told = "";
    console.error("Sigillo PEC: the height of the pane could not be handed over.", error);
  });
}
