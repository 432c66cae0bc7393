// Belongs here: where rows of one height stand in a list of which only the visible part is drawn; one of them may be open, with its
// details below it. Pure arithmetic. Does NOT belong here: measuring (see grid-window.ts), drawing (see the pages).

/** Lengths in CSS pixels. */
export interface RowGeometry {
  readonly count: number;
  readonly rowHeight: number;
  /** Index of the row whose details are shown; `null`: none. */
  readonly open: number | null;
  readonly openHeight: number;
}

/** First and one past the last. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows above and below what can be seen: a fast wheel shows no gap. */
const BEYOND = 20;

export function rowTop({ rowHeight, open, openHeight }: RowGeometry, index: number): number {
  return index * rowHeight + (open !== null && index > open ? openHeight : 0);
}

export function totalHeight(geometry: RowGeometry): number {
  return geometry.count * geometry.rowHeight + (geometry.open === null ? 0 : geometry.openHeight);
}

/** The row at that height; the open row when it is within its details. */
export function rowAt({ count, rowHeight, open, openHeight }: RowGeometry, top: number): number {
  const below = open === null ? Infinity : (open + 1) * rowHeight;
  const index = top < below ? top / rowHeight : Math.max((top - openHeight) / rowHeight, open ?? 0);
  return Math.max(0, Math.min(count - 1, Math.floor(index)));
}

/** What can be seen of a list that is scrolled by `top` in a view of `height`. */
export function visibleRange(geometry: RowGeometry, top: number, height: number): RowRange {
  if (geometry.count === 0) return { first: 0, end: 0 };
  return { first: rowAt(geometry, top), end: rowAt(geometry, top + height) + 1 };
}

/** What is drawn of it. */
export function drawnRange(geometry: RowGeometry, top: number, height: number): RowRange {
  const { first, end } = visibleRange(geometry, top, height);
  return { first: Math.max(0, first - BEYOND), end: Math.min(geometry.count, end + BEYOND) };
}

/** How the list has to be scrolled so that a row, with its details when it is open, can be seen; the least that is needed. */
export function scrollTo(geometry: RowGeometry, index: number, top: number, height: number): number {
  const start = rowTop(geometry, index);
  const end = start + geometry.rowHeight + (geometry.open === index ? geometry.openHeight : 0);
  if (start < top) return start;
  // Details longer than the view: their beginning counts.
  return end > top + height ? Math.min(start, end - height) : top;
}
