// Belongs here: the table of sent messages: its head, the rows that can be seen, the open one's details.
// Does NOT belong here: where rows stand, keys and scrolling (see ../table), the details (see draw-details.ts).
import { h, type VNode } from "../view.ts";
import { drawConditionIcon } from "./condition-icon.ts";
import { drawDetails } from "./draw-details.ts";
import { type LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";
import type { ListedRow } from "./listed-row.ts";
import type { GridView } from "../table/grid-window.ts";
import { type RowGeometry, rowTop, totalHeight } from "../table/row-geometry.ts";
import { foreignText, number, shortTime } from "../table/table-values.ts";
import { COLUMNS } from "./sort-rows.ts";

/** Of the row at an index of what is shown. */
export const rowId = (index: number): string => `row-${String(index)}`;

export function drawTable(state: LedgerState, view: GridView, drawing: LedgerDrawing): VNode {
  const { translate } = drawing;
  const { shown, selected, details, loading } = state;
  const { geometry, range } = view;
  const rows = shown.slice(range.first, range.end);
  const active = rows.findIndex(({ row }) => row.link === selected);
  const open = geometry.open === null ? undefined : shown[geometry.open];
  return h(
    "div.grid",
    {
      attrs: {
        role: "grid",
        tabindex: "0",
        "aria-label": translate("ledger_title"),
        "aria-rowcount": String(shown.length + 1),
        "aria-colcount": String(COLUMNS.length),
        "aria-busy": String(loading),
        ...(active < 0 ? {} : { "aria-activedescendant": rowId(range.first + active) }),
      },
      on: { keydown: view.onKey },
    },
    [
      drawHead(state, drawing),
      h(
        "div.rows",
        { attrs: { role: "rowgroup" }, props: { style: `block-size: ${String(totalHeight(geometry))}px` } },
        [
          ...rows.map((listed, index) => drawRow(listed, range.first + index, state, geometry, drawing)),
          open === undefined || details === null || geometry.open === null
            ? null
            : h(
                "div.open",
                {
                  key: `open ${open.row.link}`,
                  attrs: { role: "row" },
                  props: {
                    style: `inset-block-start: ${String(rowTop(geometry, geometry.open) + geometry.rowHeight)}px`,
                  },
                },
                [
                  h("div", { attrs: { role: "gridcell", "aria-colspan": String(COLUMNS.length) } }, [
                    drawDetails(details, open, state, drawing),
                  ]),
                ],
              ),
        ],
      ),
    ],
  );
}

function drawHead({ order }: LedgerState, { translate, deeds }: LedgerDrawing): VNode {
  return h("div.head", { attrs: { role: "row", "aria-rowindex": "1" } }, [
    ...COLUMNS.map((column, index) => {
      const sorted = order.column === column ? (order.descending ? "descending" : "ascending") : "none";
      return h(
        `div.${column}`,
        { attrs: { role: "columnheader", "aria-sort": sorted, "aria-colindex": String(index + 1) } },
        [
          h(
            "button.sort",
            {
              attrs: {
                type: "button",
                "data-at": `sort ${column}`,
                ...(column === "date" ? { title: translate("ledger_column_date_title") } : {}),
              },
              on: { click: () => deeds.sortBy(column) },
            },
            [
              translate(`ledger_column_${column}`),
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
  ]);
}

function drawRow(
  listed: ListedRow,
  index: number,
  state: LedgerState,
  geometry: RowGeometry,
  { translate, locale, deeds }: LedgerDrawing,
): VNode {
  const { row, condition, word } = listed;
  const isOpen = geometry.open === index;
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
  return h(
    `div.row.${condition}`,
    {
      key: row.link,
      class: { selected: state.selected === row.link, opened: isOpen, odd: index % 2 === 1 },
      attrs: {
        id: rowId(index),
        role: "row",
        "aria-rowindex": String(index + 2),
        "aria-selected": String(state.selected === row.link),
        "aria-expanded": String(isOpen),
        "data-condition": condition,
      },
      props: { style: `inset-block-start: ${String(rowTop(geometry, index))}px` },
      on: { click: () => deeds.toggle(row.link) },
    },
    cells.map((children, column) =>
      h(`div.${COLUMNS[column] ?? ""}`, { attrs: { role: "gridcell", "aria-colindex": String(column + 1) } }, children),
    ),
  );
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
