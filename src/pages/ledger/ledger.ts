// Belongs here: wiring of the ledger page: rendering, measuring, scrolling, keys, focus.
// Does NOT belong here: state (see ledger-session.ts), drawing (see draw-ledger.ts), where rows stand (see row-geometry.ts).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient, listenToBackground } from "../background-client.ts";
import { requestMailPermission } from "../mail-permission.ts";
import { patch, type VNode } from "../view.ts";
import { drawLedger } from "./draw-ledger.ts";
import { createLedgerSession } from "./ledger-session.ts";
import type { LedgerState } from "./ledger-state.ts";
import type { ListedRow } from "./listed-row.ts";
import { drawnRange, rowAt, type RowGeometry, type RowRange, rowTop, scrollTo, visibleRange } from "./row-geometry.ts";

const locale = translate("locale_tag");
let drawn: Element | VNode = mainElement();
/** What was drawn last. */
let before: LedgerState | null = null;
let drawnRows: RowRange = { first: 0, end: 0 };
/** In CSS pixels, until they are measured. */
let rowHeight = 34;
let openHeight = 0;
/** The row whose details are still to be brought into view: they come later than the click. */
let revealing: string | null = null;
let asked: string | null = null;
let isFrameAsked = false;
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
const sizes = new ResizeObserver(measure);

document.documentElement.lang = locale;
document.title = translate("ledger_title");
render(session.state);
listenToBackground((message) => {
  if (message.type === "walk-changed") session.walkChanged(message.walk);
  if (message.type !== "ledger-changed") return;
  if (document.visibilityState === "visible") session.ledgerChanged();
  else isStale = true;
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || !isStale) return;
  isStale = false;
  session.ledgerChanged();
});
void session.refresh();

function render(state: LedgerState): void {
  const scroll = scrollFor(state);
  draw(state, scroll ?? grid()?.scrollTop ?? 0);
  if (scroll !== null) grid()?.scrollTo({ top: scroll, behavior: "instant" });
  if (state.details?.link !== before?.details?.link) revealing = state.details?.link ?? null;
  before = state;
  observe();
  measure();
  moveFocus(state.asking);
}

function draw(state: LedgerState, top: number): void {
  const geometry = geometryOf(state);
  drawnRows = drawnRange(geometry, top, viewHeight());
  const table = { geometry, range: drawnRows, onKey };
  drawn = patch(drawn, drawLedger(state, table, { translate, locale, deeds: session.deeds }));
}

/** Again, when what can be seen of the table is another part of it. */
function drawSoon(): void {
  if (isFrameAsked) return;
  isFrameAsked = true;
  requestAnimationFrame(() => {
    isFrameAsked = false;
    draw(session.state, grid()?.scrollTop ?? 0);
    observe();
    measure();
  });
}

/** Where the list has to be scrolled to because its rows are others; `null`: it stays where it is. */
function scrollFor(state: LedgerState): number | null {
  const element = grid();
  if (element === null || before === null || before.shown === state.shown) return null;
  // Another question: its answer is read from the top.
  if (before.filter !== state.filter || before.order !== state.order) return 0;
  if (element.scrollTop === 0) return null;
  // The same question: the row at the top stays where it is, whatever came in above it.
  const old = geometryOf(before);
  const index = rowAt(old, element.scrollTop);
  const link = before.shown[index]?.row.link;
  const place = link === undefined ? -1 : indexOf(state.shown, link);
  return place < 0 ? null : rowTop(geometryOf(state), place) + element.scrollTop - rowTop(old, index);
}

function geometryOf({ shown, details }: LedgerState): RowGeometry {
  const open = details === null ? -1 : indexOf(shown, details.link);
  return { count: shown.length, rowHeight, open: open < 0 ? null : open, openHeight };
}

const places = new WeakMap<readonly ListedRow[], Map<string, number>>();

/** Asked at every frame while a list of 100,000 rows is scrolled. */
function indexOf(rows: readonly ListedRow[], link: string): number {
  const known = places.get(rows) ?? new Map<string, number>();
  const index = known.get(link) ?? rows.findIndex(({ row }) => row.link === link);
  places.set(rows, known.set(link, index));
  return index;
}

function observe(): void {
  for (const element of [grid(), openElement()]) if (element !== null) sizes.observe(element);
}

/** Heights follow fonts, zoom and the width of the window; the arithmetic follows them. */
function measure(): void {
  const row = document.querySelector<HTMLElement>(".grid .row");
  const open = openElement();
  const measured = { row: row?.getBoundingClientRect().height ?? 0, open: open?.getBoundingClientRect().height ?? 0 };
  const isOther = (measured.row > 0 && measured.row !== rowHeight) || measured.open !== openHeight;
  if (measured.row > 0) rowHeight = measured.row;
  openHeight = measured.open;
  const { details } = session.state;
  if (revealing !== null && details?.link === revealing && (details.sent !== null || details.isGone)) {
    revealing = null;
    bringIntoView(details.link);
    // In a small window the table itself may be out of sight.
    grid()?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
  const element = grid();
  if (isOther || (element !== null && element.clientHeight !== seenHeight)) {
    seenHeight = element?.clientHeight ?? 0;
    drawSoon();
  }
}

let seenHeight = 0;

function bringIntoView(link: string): void {
  const element = grid();
  const index = indexOf(session.state.shown, link);
  if (element === null || index < 0) return;
  const top = scrollTo(geometryOf(session.state), index, element.scrollTop, viewHeight());
  if (top === element.scrollTop) return;
  draw(session.state, top);
  element.scrollTo({ top, behavior: "instant" });
}

/** Of the rows alone: the head of the table stays above them. */
function viewHeight(): number {
  const element = grid();
  if (element === null) return window.innerHeight;
  return element.clientHeight - (element.querySelector<HTMLElement>(".head")?.offsetHeight ?? 0);
}

/** The table is one stop of the Tab key; within it the arrows move. */
function onKey(event: KeyboardEvent): void {
  const { shown, selected, details } = session.state;
  if (event.key === "Escape" && details !== null) {
    session.deeds.close();
    grid()?.focus();
    return;
  }
  // Buttons within the table have keys of their own.
  if (event.target !== grid() || event.altKey || event.metaKey || event.ctrlKey) return;
  const at = selected === null ? -1 : indexOf(shown, selected);
  const to = (index: number): void => {
    event.preventDefault();
    const row = shown[Math.max(0, Math.min(shown.length - 1, index))]?.row;
    if (row === undefined) return;
    session.deeds.select(row.link);
    bringIntoView(row.link);
  };
  const page = Math.max(1, Math.floor(viewHeight() / rowHeight) - 1);
  switch (event.key) {
    case "ArrowDown":
      return to(at + 1);
    case "ArrowUp":
      return to(at < 0 ? 0 : at - 1);
    case "PageDown":
      return to(Math.max(at, 0) + page);
    case "PageUp":
      return to(at - page);
    case "Home":
      return to(0);
    case "End":
      return to(shown.length - 1);
    case "Enter":
    case " ":
      event.preventDefault();
      if (selected !== null && at >= 0) session.deeds.toggle(selected);
  }
}

/** A question stands where the button was: whoever works by keyboard must land on it, and come back. */
function moveFocus(asking: string | null): void {
  if (asking === asked) return;
  const last = asked;
  asked = asking;
  const at = asking === null ? last : `no ${asking}`;
  if (at !== null) document.querySelector<HTMLElement>(`button[data-at="${CSS.escape(at)}"]`)?.focus();
}

document.addEventListener(
  "scroll",
  (event) => {
    const element = grid();
    if (element === null || event.target !== element) return;
    // Most of the time what comes into sight is drawn already.
    const { first, end } = visibleRange(geometryOf(session.state), element.scrollTop, viewHeight());
    if (first < drawnRows.first || end > drawnRows.end) drawSoon();
  },
  { capture: true, passive: true },
);

function grid(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".grid");
}

function openElement(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".grid .open");
}

function mainElement(): Element {
  const element = document.getElementById("ledger");
  if (element === null) throw new Error("The page has no #ledger.");
  return element;
}
