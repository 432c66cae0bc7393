// Belongs here: the rows of sent messages, each as its cells. Does NOT belong here: the table around them (see ../table), the details of
// the open one (see draw-details.ts).
import { drawGrid, drawGridRow } from "../table/draw-grid.ts";
import type { GridView } from "../table/grid-window.ts";
import { type RowGeometry, rowTop } from "../table/row-geometry.ts";
import { foreignText, number, shortTime } from "../table/table-values.ts";
import { h, type VNode } from "../view.ts";
import { drawConditionIcon } from "./condition-icon.ts";
import { drawDetails } from "./draw-details.ts";
import type { LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";
import type { ListedRow } from "./listed-row.ts";
import { type Column, COLUMNS } from "./sort-rows.ts";

export function drawTable(state: LedgerState, view: GridView, drawing: LedgerDrawing): VNode {
  const { translate, deeds } = drawing;
  const { details } = state;
  const grid = {
    label: translate("ledger_title"),
    columns: COLUMNS,
    columnLabel: (column: Column) => translate(`ledger_column_${column}`),
    columnTitle: (column: Column) => (column === "date" ? translate("ledger_column_date_title") : null),
    order: state.order,
    sortBy: deeds.sortBy,
    rows: state.shown,
    keyOf: ({ row }: ListedRow) => row.link,
    selected: state.selected,
    isBusy: state.loading,
    drawRow: (listed: ListedRow, index: number) => drawRow(listed, index, state, view.geometry, drawing),
    drawDetails: (open: ListedRow) => (details === null ? null : drawDetails(details, open, state, drawing)),
  };
  return drawGrid(grid, view);
}

function drawRow(
  listed: ListedRow,
  index: number,
  { selected }: LedgerState,
  geometry: RowGeometry,
  { translate, locale, deeds }: LedgerDrawing,
): VNode {
  const { row, condition, word } = listed;
  const cells = [
    [drawConditionIcon(condition), h("span.word", translate(`ledger_word_${word.replaceAll("-", "_")}`))],
    [
      row.at === null
        ? h("span.muted", "—")
        : h("span", { class: { muted: row.acceptedAt === null } }, shortTime(row.at, locale)),
    ],
    [row.subject.trim() === "" ? h("span.muted", translate("ledger_no_subject")) : foreignText(row.subject)],
    drawRecipients(listed, translate, locale),
    [foreignText(row.sender)],
  ];
  const look = {
    key: row.link,
    index,
    name: ["condition", condition],
    classes: {},
    isSelected: selected === row.link,
    isOpen: geometry.open === index,
    top: rowTop(geometry, index),
  } as const;
  return drawGridRow(look, COLUMNS, cells, () => deeds.toggle(row.link));
}

/** Whom it went to, and to how many of them it was delivered. */
function drawRecipients(
  { row, delivered, awaited }: ListedRow,
  translate: LedgerDrawing["translate"],
  locale: string,
): (VNode | string)[] {
  const [first] = row.recipients;
  if (first === undefined) return [h("span.muted", "—")];
  if (row.recipients.length === 1) return [foreignText(first.address)];
  const counts = [number(delivered, locale), number(awaited, locale)];
  return [
    // Of ordinary mail alone no delivery is ever certified.
    ...(awaited === 0 ? [] : [h("span.sum", translate("ledger_delivered_of", counts)), " "]),
    h("span.muted", [foreignText(first.address), ` +${number(row.recipients.length - 1, locale)}`]),
  ];
}
