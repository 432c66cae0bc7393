// Belongs here: the visible part of a long table on a page: which rows are drawn, measuring them, scrolling, keys, the open row in view.
// Does NOT belong here: where rows stand (see row-geometry.ts), drawing, what the keys lead to.
//
// The table is `.grid`, a scroll of its own with a `.head` that stays, `.row` for each row and `.open` for the details of one.
import { drawnRange, rowAt, type RowGeometry, type RowRange, rowTop, scrollTo, visibleRange } from "./row-geometry.ts";

export interface GridContent<Row> {
  readonly rows: readonly Row[];
  /** Key of the row whose details are shown; `null`: none. */
  readonly open: string | null;
  /** The details are there, and not still on their way. */
  readonly isOpenReady: boolean;
  /** Key of the row that the keyboard is on. */
  readonly selected: string | null;
  /** What the rows are the answer to (filter, order): when one of these is another value, the table is read from its top. */
  readonly question: readonly unknown[];
}

export interface GridView {
  readonly geometry: RowGeometry;
  readonly range: RowRange;
  /** The table is one stop of the Tab key; within it the arrows move. */
  readonly onKey: (event: KeyboardEvent) => void;
}

export interface GridPorts<Row> {
  readonly keyOf: (row: Row) => string;
  /** As it is now. */
  readonly content: () => GridContent<Row>;
  readonly draw: (view: GridView) => void;
  readonly deeds: {
    readonly select: (key: string) => void;
    /** Opens or closes the details. */
    readonly toggle: (key: string) => void;
    readonly close: () => void;
  };
}

export interface GridWindow {
  /** The content, or anything else on the page, has changed: draws all of it. */
  readonly render: () => void;
}

export function createGridWindow<Row>({ keyOf, content, draw, deeds }: GridPorts<Row>): GridWindow {
  /** What was drawn last. */
  let before: GridContent<Row> | null = null;
  let drawnRows: RowRange = { first: 0, end: 0 };
  /** In CSS pixels, until they are measured. */
  let rowHeight = 34;
  let openHeight = 0;
  let seenHeight = 0;
  /** The row whose details are still to be brought into view: they come later than the click. */
  let revealing: string | null = null;
  let isFrameAsked = false;
  const places = new WeakMap<readonly Row[], Map<string, number>>();
  const sizes = new ResizeObserver(measure);

  function render(): void {
    const now = content();
    const scroll = scrollFor(now);
    drawAt(now, scroll ?? grid()?.scrollTop ?? 0);
    if (scroll !== null) grid()?.scrollTo({ top: scroll, behavior: "instant" });
    if (now.open !== before?.open) revealing = now.open;
    before = now;
    observe();
    measure();
  }

  function drawAt(now: GridContent<Row>, top: number): void {
    const geometry = geometryOf(now);
    drawnRows = drawnRange(geometry, top, viewHeight());
    draw({ geometry, range: drawnRows, onKey });
  }

  /** Again, when what can be seen of the table is another part of it. */
  function drawSoon(): void {
    if (isFrameAsked) return;
    isFrameAsked = true;
    requestAnimationFrame(() => {
      isFrameAsked = false;
      drawAt(content(), grid()?.scrollTop ?? 0);
      observe();
      measure();
    });
  }

  /** Where the list has to be scrolled to because its rows are others; `null`: it stays where it is. */
  function scrollFor(now: GridContent<Row>): number | null {
    const element = grid();
    const last = before;
    if (element === null || last === null || last.rows === now.rows) return null;
    // Another question: its answer is read from the top.
    if (last.question.some((each, index) => each !== now.question[index])) return 0;
    if (element.scrollTop === 0) return null;
    // The same question: the row at the top stays where it is, whatever came in above it.
    const old = geometryOf(last);
    const index = rowAt(old, element.scrollTop);
    const row = last.rows[index];
    const place = row === undefined ? -1 : indexOf(now.rows, keyOf(row));
    return place < 0 ? null : rowTop(geometryOf(now), place) + element.scrollTop - rowTop(old, index);
  }

  function geometryOf({ rows, open }: GridContent<Row>): RowGeometry {
    const index = open === null ? -1 : indexOf(rows, open);
    return { count: rows.length, rowHeight, open: index < 0 ? null : index, openHeight };
  }

  /** Asked at every frame while a list of 100,000 rows is scrolled. */
  function indexOf(rows: readonly Row[], key: string): number {
    const known = places.get(rows) ?? new Map<string, number>();
    const index = known.get(key) ?? rows.findIndex((row) => keyOf(row) === key);
    places.set(rows, known.set(key, index));
    return index;
  }

  function observe(): void {
    for (const element of [grid(), openElement()]) if (element !== null) sizes.observe(element);
  }

  /** Heights follow fonts, zoom and the width of the window; the arithmetic follows them. */
  function measure(): void {
    const row = document.querySelector<HTMLElement>(".grid .row")?.getBoundingClientRect().height ?? 0;
    const open = openElement()?.getBoundingClientRect().height ?? 0;
    const isOther = (row > 0 && row !== rowHeight) || open !== openHeight;
    if (row > 0) rowHeight = row;
    openHeight = open;
    const now = content();
    if (revealing !== null && now.open === revealing && now.isOpenReady) {
      revealing = null;
      bringIntoView(now.open);
      // In a small window the table itself may be out of sight.
      grid()?.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
    const element = grid();
    if (isOther || (element !== null && element.clientHeight !== seenHeight)) {
      seenHeight = element?.clientHeight ?? 0;
      drawSoon();
    }
  }

  function bringIntoView(key: string): void {
    const element = grid();
    const now = content();
    const index = indexOf(now.rows, key);
    if (element === null || index < 0) return;
    const top = scrollTo(geometryOf(now), index, element.scrollTop, viewHeight());
    if (top === element.scrollTop) return;
    drawAt(now, top);
    element.scrollTo({ top, behavior: "instant" });
  }

  function onKey(event: KeyboardEvent): void {
    const { rows, selected, open } = content();
    if (event.key === "Escape" && open !== null) {
      deeds.close();
      grid()?.focus();
      return;
    }
    // Buttons within the table have keys of their own.
    if (event.target !== grid() || event.altKey || event.metaKey || event.ctrlKey) return;
    const at = selected === null ? -1 : indexOf(rows, selected);
    const to = (index: number): void => {
      event.preventDefault();
      const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (row === undefined) return;
      deeds.select(keyOf(row));
      bringIntoView(keyOf(row));
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
        return to(rows.length - 1);
      case "Enter":
      case " ":
        event.preventDefault();
        if (selected !== null && at >= 0) deeds.toggle(selected);
    }
  }

  document.addEventListener(
    "scroll",
    (event) => {
      const element = grid();
      if (element === null || event.target !== element) return;
      // Most of the time what comes into sight is drawn already.
      const { first, end } = visibleRange(geometryOf(content()), element.scrollTop, viewHeight());
      if (first < drawnRows.first || end > drawnRows.end) drawSoon();
    },
    { capture: true, passive: true },
  );

  return { render };
}

/** Of the rows alone: the head of the table stays above them. */
function viewHeight(): number {
  const element = grid();
  if (element === null) return window.innerHeight;
  return element.clientHeight - (element.querySelector<HTMLElement>(".head")?.offsetHeight ?? 0);
}

function grid(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".grid");
}

function openElement(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".grid .open");
}
