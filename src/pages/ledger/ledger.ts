// Belongs here: wiring of the ledger page: rendering, the background's news, focus.
// Does NOT belong here: state (see ledger-session.ts), drawing (see draw-ledger.ts), the table's scroll and keys (see ../table).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient, listenToBackground } from "../background-client.ts";
import { requestMailPermission } from "../mail-permission.ts";
import { createGridWindow } from "../table/grid-window.ts";
import { patch, type VNode } from "../view.ts";
import { drawLedger } from "./draw-ledger.ts";
import { createLedgerSession } from "./ledger-session.ts";
import type { ListedRow } from "./listed-row.ts";

const locale = translate("locale_tag");
let drawn: Element | VNode = mainElement();
let asked: string | null = null;
/** The ledger changed while nobody looked. */
let isStale = false;

const session = createLedgerSession({
  background: backgroundClient,
  requestMarkRead: () => requestMailPermission("mark-read"),
  locale,
  now: () => Date.now(),
  later: (delay, work) => void setTimeout(work, delay),
  render,
});
const table = createGridWindow<ListedRow>({
  keyOf: ({ row }) => row.link,
  content: () => {
    const { shown, selected, details, filter, order } = session.state;
    const isOpenReady = details !== null && (details.sent !== null || details.isGone);
    return { rows: shown, selected, open: details?.link ?? null, isOpenReady, question: [filter, order] };
  },
  draw: (view) => {
    drawn = patch(drawn, drawLedger(session.state, view, { translate, locale, deeds: session.deeds }));
  },
  deeds: session.deeds,
});

document.documentElement.lang = locale;
document.title = translate("ledger_title");
render();
listenToBackground((message) => {
  if (message.type === "walk-changed") session.walkChanged(message.walk);
  // A mailbox without an account can be forgotten.
  if (message.type !== "ledger-changed" && message.type !== "accounts-changed") return;
  if (document.visibilityState === "visible") session.ledgerChanged();
  else isStale = true;
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || !isStale) return;
  isStale = false;
  session.ledgerChanged();
});
void session.refresh();

function render(): void {
  table.render();
  moveFocus(session.state.asking);
}

/** A question stands where the button was: whoever works by keyboard must land on it, and come back. */
function moveFocus(asking: string | null): void {
  if (asking === asked) return;
  const last = asked;
  asked = asking;
  const at = asking === null ? last : `no ${asking}`;
  if (at !== null) document.querySelector<HTMLElement>(`button[data-at="${CSS.escape(at)}"]`)?.focus();
}

function mainElement(): Element {
  const element = document.getElementById("ledger");
  if (element === null) throw new Error("The page has no #ledger.");
  return element;
}
