// Belongs here: the frame of a long table on a page: its head with the columns to sort by, the visible rows, the details of the open one.
// Does NOT belong here: where rows stand, keys and scrolling (see grid-window.ts), what stands in a row or in its details.
import { h, type VNode } from "../view.ts";
import type { GridView } from "./grid-window.ts";
import { rowTop, totalHeight } from "./row-geometry.ts";

export interface Grid<Row, Column extends string> {
  /** For screen readers. */
  readonly label: string;
  readonly columns: readonly Column[];
  readonly columnLabel: (column: Column) => string;
  /** Told beside the label where it needs a word; `null`: nothing. */
  readonly columnTitle: (column: Column) => string | null;
  readonly order: { readonly column: string; readonly descending: boolean };
  readonly sortBy: (column: Column) => void;
  /** Those that are shown, of which the visible ones are drawn. */
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Key of the row that the keyboard is on. */
  readonly selected: string | null;
  /** More rows may still come. */
  readonly isBusy: boolean;
  readonly drawRow: (row: Row, index: number) => VNode;
  /** `null`: not there yet. */
  readonly drawDetails: (row: Row) => VNode | null;
}

/** Of the row at an index of what is shown. */
export const rowId = (index: number): string => `row-${String(index)}`;

export function drawGrid<Row, Column extends string>(
  grid: Grid<Row, Column>,
  { geometry, range, onKey }: GridView,
): VNode {
  const { rows, keyOf, selected, columns, drawRow } = grid;
  const visible = rows.slice(range.first, range.end);
  const active = visible.findIndex((row) => keyOf(row) === selected);
  const open = geometry.open === null ? undefined : rows[geometry.open];
  const details = open === undefined ? null : grid.drawDetails(open);
  return h(
    "div.grid",
    {
      attrs: {
        role: "grid",
        tabindex: "0",
        "aria-label": grid.label,
        "aria-rowcount": String(rows.length + 1),
        "aria-colcount": String(columns.length),
        "aria-busy": String(grid.isBusy),
        ...(active < 0 ? {} : { "aria-activedescendant": rowId(range.first + active) }),
      },
      on: { keydown: onKey },
    },
    [
      drawHead(grid),
      h(
        "div.rows",
        { attrs: { role: "rowgroup" }, props: { style: `block-size: ${String(totalHeight(geometry))}px` } },
        [
          ...visible.map((row, index) => drawRow(row, range.first + index)),
          open === undefined || details === null || geometry.open === null
            ? null
            : h(
                "div.open",
                {
                  key: `open ${keyOf(open)}`,
                  attrs: { role: "row" },
                  props: {
                    style: `inset-block-start: ${String(rowTop(geometry, geometry.open) + geometry.rowHeight)}px`,
                  },
                },
                [h("div", { attrs: { role: "gridcell", "aria-colspan": String(columns.length) } }, [details])],
              ),
        ],
      ),
    ],
  );
}

function drawHead<Row, Column extends string>(grid: Grid<Row, Column>): VNode {
  const { columns, order, sortBy, columnLabel, columnTitle } = grid;
  return h(
    "div.head",
    { attrs: { role: "row", "aria-rowindex": "1" } },
    columns.map((column, index) => {
      const sorted = order.column === column ? (order.descending ? "descending" : "ascending") : "none";
      const title = columnTitle(column);
      return h(
        `div.${column}`,
        { attrs: { role: "columnheader", "aria-sort": sorted, "aria-colindex": String(index + 1) } },
        [
          h(
            "button.sort",
            {
              attrs: { type: "button", "data-at": `sort ${column}`, ...(title === null ? {} : { title }) },
              on: { click: () => sortBy(column) },
            },
            [
              columnLabel(column),
              h(
                "span.arrow",
                { attrs: { "aria-hidden": "true" } },
                { none: "", ascending: "▲", descending: "▼" }[sorted],
              ),
            ],
          ),
        ],
      );
    }),
  );
}

/** A row of the table: one cell for each column, in their order. */
export function drawGridRow(
  {
    key,
    index,
    name,
    classes,
    isSelected,
    isOpen,
    top,
  }: {
    readonly key: string;
    readonly index: number;
    /** Of what it comes to: a class, and `data-<name>` for whoever looks for it. */
    readonly name: readonly [attribute: string, value: string];
    readonly classes: Readonly<Record<string, boolean>>;
    readonly isSelected: boolean;
    readonly isOpen: boolean;
    readonly top: number;
  },
  columns: readonly string[],
  cells: readonly (VNode | string)[][],
  press: () => void,
): VNode {
  const [attribute, value] = name;
  return h(
    `div.row.${value}`,
    {
      key,
      class: { selected: isSelected, opened: isOpen, odd: index % 2 === 1, ...classes },
      attrs: {
        id: rowId(index),
        role: "row",
        "aria-rowindex": String(index + 2),
        "aria-selected": String(isSelected),
        "aria-expanded": String(isOpen),
        [`data-${attribute}`]: value,
      },
      props: { style: `inset-block-start: ${String(top)}px` },
      on: { click: press },
    },
    cells.map((children, column) =>
      h(`div.${columns[column] ?? ""}`, { attrs: { role: "gridcell", "aria-colindex": String(column + 1) } }, children),
    ),
  );
}
