// Belongs here: the rows of checked messages, and the open one's details. Does NOT belong here: the table around them (see ../table).
import { certifiedTimeSentence } from "../certified-time.ts";
import { drawSentence } from "../draw-sentence.ts";
import { drawGrid, drawGridRow } from "../table/draw-grid.ts";
import type { GridView } from "../table/grid-window.ts";
import { type RowGeometry, rowTop } from "../table/row-geometry.ts";
import { foreignText, shortTime } from "../table/table-values.ts";
import { foreign, keyOf, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type BatchDrawing, drawButton, drawOutcome, drawWordIcon } from "./batch-drawing.ts";
import type { BatchState } from "./batch-state.ts";
import { type CheckedRow, isVouchedFor, kindKey } from "./checked-row.ts";
import { type Column, COLUMNS } from "./sort-rows.ts";

export function drawRows(state: BatchState, view: GridView, drawing: BatchDrawing): VNode {
  const { translate, deeds } = drawing;
  const grid = {
    label: translate("batch_title"),
    columns: COLUMNS,
    columnLabel: (column: Column) => translate(`batch_column_${column}`),
    columnTitle: () => null,
    order: state.order,
    sortBy: deeds.sortBy,
    rows: state.shown,
    keyOf: ({ key }: CheckedRow) => key,
    selected: state.selected,
    isBusy: state.run.state === "running",
    drawRow: (row: CheckedRow, index: number) => drawRow(row, index, state, view.geometry, drawing),
    drawDetails: (row: CheckedRow) => drawDetails(row, state, drawing),
  };
  return drawGrid(grid, view);
}

function drawRow(
  checked: CheckedRow,
  index: number,
  { selected }: BatchState,
  geometry: RowGeometry,
  { translate, locale, dark, deeds }: BatchDrawing,
): VNode {
  const { row, word, kind, key } = checked;
  const kindText = translate(kindKey(kind));
  const cells = [
    [drawWordIcon(word, dark), h("span.word", translate(`look_${word.replaceAll("-", "_")}`))],
    [word === "failed" ? h("span.muted", "—") : h("span", { attrs: { title: kindText } }, kindText)],
    [row.date === null ? h("span.muted", "—") : shortTime(row.date, locale)],
    [row.subject === "" ? h("span.muted", translate("batch_no_subject")) : foreignText(row.subject)],
    [row.from === "" ? h("span.muted", translate("batch_no_sender")) : foreignText(row.from)],
    [foreignText(placeText(checked, translate))],
  ];
  const look = {
    key,
    index,
    name: ["word", word],
    classes: { declared: !isVouchedFor(checked) },
    isSelected: selected === key,
    isOpen: geometry.open === index,
    top: rowTop(geometry, index),
  } as const;
  return drawGridRow(look, COLUMNS, cells, () => deeds.toggle(key));
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
          drawSentence(
            sentence("batch_certified_by", foreign(certified.provider), {
              type: "sentence",
              sentence: certifiedTimeSentence(certified.time, locale),
            }),
            translate,
          ),
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
