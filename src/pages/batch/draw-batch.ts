// Belongs here: the page for checking many messages as a function of its state. Does NOT belong here: its table (see draw-rows.ts), its
// choices (see draw-choices.ts).
import type { GridView } from "../table/grid-window.ts";
import { drawField, drawInput, drawSelect } from "../table/filter-fields.ts";
import { number } from "../table/table-values.ts";
import { timeLeftText } from "../table/time-left.ts";
import { foreignText } from "../table/table-values.ts";
import { h, type VNode } from "../view.ts";
import { type BatchDrawing, drawButton, drawOutcome, drawWordIcon } from "./batch-drawing.ts";
import type { BatchState, Run } from "./batch-state.ts";
import { type Kind, kindKey, type Word, WORDS } from "./checked-row.ts";
import { drawChoices } from "./draw-choices.ts";
import { drawRows } from "./draw-rows.ts";
import { isFiltering } from "./filter-rows.ts";

/** The folders of pages stand beside each other in the package. */
const LEDGER_PAGE = "../ledger/ledger.html";

export function drawBatch(state: BatchState, table: GridView, drawing: BatchDrawing): VNode {
  const { run, rows, shown, busy } = state;
  const { translate } = drawing;
  const data = { "data-state": run.state, "data-how": run.state === "ended" ? run.how : "", "data-busy": busy ?? "" };
  const hasRows = rows.length > 0;
  return h("main#batch", { attrs: { ...data, "data-rows": String(rows.length) } }, [
    h("header", [
      h("h1", translate("batch_title")),
      h("a.to-ledger", { attrs: { href: LEDGER_PAGE } }, translate("ledger_title")),
    ]),
    run.state === "choosing" ? drawChoices(state, drawing) : null,
    run.state === "running" ? drawRunning(run, state, drawing) : null,
    run.state === "ended" ? drawEnd(run.how, state, drawing) : null,
    hasRows ? drawCounters(state, drawing) : null,
    hasRows ? drawFilter(state, drawing) : null,
    shown.length > 0 ? drawRows(state, table, drawing) : null,
    hasRows && shown.length === 0 ? drawNothing("batch_no_match") : null,
    !hasRows && run.state === "ended" && run.how === "finished" ? drawNothing("batch_empty") : null,
    drawAnnouncement(state, drawing),
  ]);

  function drawNothing(key: string): VNode {
    return h("section.empty", [h("p.empty-title", translate(key))]);
  }
}

function drawRunning(
  run: Extract<Run, { readonly state: "running" }>,
  { rows }: BatchState,
  { translate, locale, deeds }: BatchDrawing,
): VNode {
  const { total, done, at, timeLeft } = run;
  const share = total.amount === null || total.amount === 0 ? null : Math.min(1, done / total.amount);
  const label = translate("batch_running");
  const checked = number(rows.length, locale);
  const far =
    share === null || total.amount === null
      ? translate("batch_progress_unknown", [checked])
      : total.unit === "messages"
        ? translate("batch_progress", [checked, number(total.amount, locale)])
        : translate("batch_progress_bytes", [
            checked,
            new Intl.NumberFormat(locale, { style: "percent" }).format(share),
          ]);
  return h("section.walk", [
    h("div.grow", [
      h("p.walk-label", [h("strong", label), ...(at === "" ? [] : [" ", foreignText(at)])]),
      h("progress", { attrs: { max: 1, "aria-label": label }, ...(share === null ? {} : { props: { value: share } }) }),
      h("p.muted", [far, timeLeft === null ? "" : ` · ${timeLeftText(timeLeft, { translate, locale })}`]),
    ]),
    drawButton("cancel", translate("batch_cancel"), deeds.cancel),
  ]);
}

function drawEnd(
  how: "finished" | "cancelled" | "failed",
  { rows, answers }: BatchState,
  { translate, locale, deeds }: BatchDrawing,
): VNode {
  const unread = answers.words.get("failed") ?? 0;
  return h("section.walk", [
    h("p.grow", { class: { failed: how === "failed" } }, [
      translate(`batch_${how}`, [number(rows.length, locale)]),
      unread === 0 ? "" : ` ${translate("batch_unread", [number(unread, locale)])}`,
    ]),
    drawButton("again", translate("batch_again"), deeds.again),
  ]);
}

function drawCounters({ answers, filter, rows }: BatchState, { translate, locale, dark, deeds }: BatchDrawing): VNode {
  const counter = (word: Word | null, count: number): VNode => {
    const pressed = filter.word === word;
    return h(
      `button.counter.${word ?? "all"}`,
      {
        key: word ?? "all",
        attrs: { type: "button", "data-at": `count ${word ?? "all"}`, "aria-pressed": String(pressed) },
        on: { click: () => deeds.filterBy({ word: pressed ? null : word }) },
      },
      [
        word === null ? null : drawWordIcon(word, dark),
        h("span.count", number(count, locale)),
        h("span", translate(word === null ? "batch_count_all" : `look_${word.replaceAll("-", "_")}`)),
      ],
    );
  };
  return h("div.counters", { attrs: { role: "group", "aria-label": translate("batch_counters") } }, [
    ...WORDS.filter((word) => (answers.words.get(word) ?? 0) > 0 || filter.word === word).map((word) =>
      counter(word, answers.words.get(word) ?? 0),
    ),
    counter(null, rows.length),
  ]);
}

function drawFilter(state: BatchState, drawing: BatchDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { filter, answers, shown, busy, run } = state;
  const kinds = [...answers.kinds.keys()].sort((one, other) =>
    translate(kindKey(one)).localeCompare(translate(kindKey(other)), locale),
  );
  const inMailbox = run.state === "running" ? 0 : shown.filter(({ row }) => row.place.source === "mailbox").length;
  const choice = (kind: Kind | null, label: string) => ({ value: kind ?? "", label, isChosen: filter.kind === kind });
  return h("form.filter", { attrs: { role: "search" }, on: { submit: (event) => event.preventDefault() } }, [
    drawField("text", translate("batch_filter_text"), [
      drawInput("text", filter.text, (text) => deeds.filterBy({ text })),
    ]),
    drawField("kind", translate("batch_filter_kind"), [
      drawSelect(
        "kind",
        [
          choice(null, translate("batch_any_kind")),
          ...kinds.map((kind) =>
            choice(kind, `${translate(kindKey(kind))} (${number(answers.kinds.get(kind) ?? 0, locale)})`),
          ),
        ],
        (value) => deeds.filterBy({ kind: kinds.find((kind) => kind === value) ?? null }),
      ),
    ]),
    h("div.filter-end", [
      isFiltering(filter) ? drawButton("clear-filter", translate("batch_clear_filter"), deeds.clearFilter) : null,
      ...(shown.length === 0
        ? []
        : [
            drawButton(
              "save-table",
              translate("batch_save_table", [number(shown.length, locale)]),
              () => deeds.save("save-table"),
              "plain",
              busy !== null,
            ),
            drawOutcome("save-table", state, drawing),
            drawButton(
              "save-report",
              translate("batch_save_report"),
              () => deeds.save("save-report"),
              "plain",
              busy !== null,
            ),
            drawOutcome("save-report", state, drawing),
            ...(inMailbox === 0
              ? []
              : [
                  drawButton(
                    "evidence",
                    translate("batch_evidence", [number(inMailbox, locale)]),
                    () => deeds.makeEvidence("evidence", "shown"),
                    "plain",
                    busy !== null,
                  ),
                  drawOutcome("evidence", state, drawing),
                ]),
          ]),
    ]),
  ]);
}

/** What came of using a control, how it ended, and how many rows a filter leaves, read aloud. */
function drawAnnouncement(state: BatchState, { translate, locale }: BatchDrawing): VNode {
  const { notice, shown, rows, run, filter } = state;
  const text =
    notice !== null
      ? translate(notice.key)
      : isFiltering(filter)
        ? translate("batch_shown_of", [number(shown.length, locale), number(rows.length, locale)])
        : run.state === "ended"
          ? translate(`batch_${run.how}`, [number(rows.length, locale)])
          : "";
  return h("div.spoken", { attrs: { role: "status", "aria-live": "polite" } }, text);
}
