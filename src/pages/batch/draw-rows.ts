// Belongs here: the table of checked messages: its head, the rows that can be seen, the open one's details.
// Does NOT belong here: where rows stand, keys and scrolling (see ../table).
import { certifiedTimeSentence } from "../certified-time.ts";
import { plainText } from "../sentence.ts";
import type { GridView } from "../table/grid-window.ts";
import { type RowGeometry, rowTop, totalHeight } from "../table/row-geometry.ts";
import { foreignText, shortTime } from "../table/table-values.ts";
import { keyOf } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type BatchDrawing, drawButton, drawOutcome, drawWordIcon } from "./batch-drawing.ts";
import type { BatchState } from "./batch-state.ts";
import { type CheckedRow, isVouchedFor, kindKey } from "./checked-row.ts";
import { COLUMNS } from "./sort-rows.ts";

/** Of the row at an index of what is shown. */
const rowId = (index: number): string => `row-${String(index)}`;

export function drawRows(state: BatchState, { geometry, range, onKey }: GridView, drawing: BatchDrawing): VNode {
  const { translate } = drawing;
  const { shown, selected, run } = state;
  const rows = shown.slice(range.first, range.end);
  const active = rows.findIndex(({ key }) => key === selected);
  const open = geometry.open === null ? undefined : shown[geometry.open];
  return h(
    "div.grid",
    {
      attrs: {
        role: "grid",
        tabindex: "0",
        "aria-label": translate("batch_title"),
        "aria-rowcount": String(shown.length + 1),
        "aria-colcount": String(COLUMNS.length),
        "aria-busy": String(run.state === "running"),
        ...(active < 0 ? {} : { "aria-activedescendant": rowId(range.first + active) }),
      },
      on: { keydown: onKey },
    },
    [
      drawHead(state, drawing),
      h(
        "div.rows",
        { attrs: { role: "rowgroup" }, props: { style: `block-size: ${String(totalHeight(geometry))}px` } },
        [
          ...rows.map((row, index) => drawRow(row, range.first + index, state, geometry, drawing)),
          open === undefined || geometry.open === null
            ? null
            : h(
                "div.open",
                {
                  key: `open ${open.key}`,
                  attrs: { role: "row" },
                  props: {
                    style: `inset-block-start: ${String(rowTop(geometry, geometry.open) + geometry.rowHeight)}px`,
                  },
                },
                [
                  h("div", { attrs: { role: "gridcell", "aria-colspan": String(COLUMNS.length) } }, [
                    drawDetails(open, state, drawing),
                  ]),
                ],
              ),
        ],
      ),
    ],
  );
}

function drawHead({ order }: BatchState, { translate, deeds }: BatchDrawing): VNode {
  return h(
    "div.head",
    { attrs: { role: "row", "aria-rowindex": "1" } },
    COLUMNS.map((column, index) => {
      const sorted = order.column === column ? (order.descending ? "descending" : "ascending") : "none";
      return h(
        `div.${column}`,
        { attrs: { role: "columnheader", "aria-colindex": String(index + 1), "aria-sort": sorted } },
        [
          h(
            "button.sort",
            { attrs: { type: "button", "data-at": `sort ${column}` }, on: { click: () => deeds.sortBy(column) } },
            [
              translate(`batch_column_${column}`),
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

function drawRow(
  checked: CheckedRow,
  index: number,
  { selected }: BatchState,
  geometry: RowGeometry,
  { translate, locale, dark, deeds }: BatchDrawing,
): VNode {
  const { row, word, kind, key } = checked;
  const isOpen = geometry.open === index;
  const kindText = translate(kindKey(kind));
  const cells = [
    [drawWordIcon(word, dark), h("span.word", translate(`look_${word.replaceAll("-", "_")}`))],
    [word === "failed" ? h("span.muted", "—") : h("span", { attrs: { title: kindText } }, kindText)],
    [row.date === null ? h("span.muted", "—") : shortTime(row.date, locale)],
    [row.subject === "" ? h("span.muted", translate("batch_no_subject")) : foreignText(row.subject)],
    [row.from === "" ? h("span.muted", translate("batch_no_sender")) : foreignText(row.from)],
    [foreignText(placeText(checked, translate))],
  ];
  return h(
    `div.row.${word}`,
    {
      key,
      class: { selected: selected === key, opened: isOpen, odd: index % 2 === 1, declared: !isVouchedFor(checked) },
      attrs: {
        id: rowId(index),
        role: "row",
        "aria-rowindex": String(index + 2),
        "aria-selected": String(selected === key),
        "aria-expanded": String(isOpen),
        "data-word": word,
      },
      props: { style: `inset-block-start: ${String(rowTop(geometry, index))}px` },
      on: { click: () => deeds.toggle(key) },
    },
    cells.map((children, column) =>
      h(`div.${COLUMNS[column] ?? ""}`, { attrs: { role: "gridcell", "aria-colindex": String(column + 1) } }, children),
    ),
  );
}

/** File and number in it, or folder. */
function placeText({ row: { place } }: CheckedRow, translate: BatchDrawing["translate"]): string {
  if (place.source === "mailbox") return place.folder;
  return place.position === null ? place.file : translate("batch_position", [place.file, String(place.position)]);
}

function drawDetails(checked: CheckedRow, state: BatchState, drawing: BatchDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { row, word, reasonKey } = checked;
  const { outcome } = row;
  const inspected = outcome.state === "inspected" ? outcome : null;
  const certified = isVouchedFor(checked) ? (inspected?.certified ?? null) : null;
  const at = `open ${checked.key}`;
  const facts: readonly (readonly [string, VNode])[] = [
    ...(certified === null ? [] : ([[translate("batch_identifier"), foreignText(certified.identifier)]] as const)),
    ...(inspected === null ? [] : ([[translate("batch_sha256"), h("code", inspected.sha256)]] as const)),
    [translate("batch_where"), foreignText(placeText(checked, translate))],
  ];
  return h("section.details", { attrs: { "aria-label": translate("batch_details") } }, [
    h("h3", row.subject === "" ? translate("batch_no_subject") : [foreignText(row.subject)]),
    reasonKey === null
      ? null
      : h("p.reason", [
          h("strong", translate(reasonKey)),
          inspected === null ? "." : `. ${translate("batch_unseen_reason")}`,
        ]),
    certified === null
      ? null
      : h(
          "p",
          translate("batch_certified_by", [
            certified.provider,
            plainText(certifiedTimeSentence(certified.time, locale), translate),
          ]),
        ),
    inspected === null || inspected.remarks.length === 0
      ? null
      : h("p.muted", [
          `${translate("batch_remarks")}: `,
          inspected.remarks.map((remark) => translate(keyOf("batch_remark", remark))).join("; "),
        ]),
    inspected === null || inspected.attached === 0
      ? null
      : h("p", translate("batch_attached", [String(inspected.attached)])),
    row.isDoubtful ? h("p.missing", translate("batch_doubtful")) : null,
    word !== "failed" && !isVouchedFor(checked) ? h("p.muted", translate("batch_declared")) : null,
    h(
      "dl",
      facts.flatMap(([label, value]) => [h("dt", label), h("dd", [value])]),
    ),
    h("div.buttons", [
      outcome.state === "failed" && (outcome.why === "gone" || outcome.why === "empty")
        ? null
        : drawButton(at, translate("batch_open"), () => deeds.openMessage(at, checked), "primary", state.busy !== null),
      drawButton("close", translate("batch_close"), deeds.close),
      drawOutcome(at, state, drawing),
    ]),
  ]);
}
