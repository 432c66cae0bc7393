// Belongs here: the counters and the line of filters above the table. Does NOT belong here: what they leave (see filter-rows.ts).
import type { LedgerOverview } from "../../messages.ts";
import { drawField, drawInput, drawSelect } from "../table/filter-fields.ts";
import { h, type VNode } from "../view.ts";
import { visibleText } from "../visible-text.ts";
import { longDay, number } from "../table/table-values.ts";
import { drawConditionIcon } from "./condition-icon.ts";
import { isFiltering, type Period } from "./filter-rows.ts";
import { drawButton, drawOutcome, type LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";
import { type Condition, CONDITIONS } from "./listed-row.ts";

/** What a person has to look after; the rest is normal. */
const COUNTED = ["waiting", "late", "failed"] as const;

/** Periods to choose from, in days. */
const DAYS = [7, 30, 365] as const;

export function drawCounters(state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { counts, filter, sorted } = state;
  const counter = (condition: Condition | null, count: number): VNode => {
    const pressed = filter.condition === condition;
    return h(
      `button.counter.${condition ?? "all"}`,
      {
        key: condition ?? "all",
        class: { nought: count === 0 },
        attrs: { type: "button", "data-at": `count ${condition ?? "all"}`, "aria-pressed": String(pressed) },
        on: { click: () => deeds.filterBy({ condition: pressed ? null : condition }) },
      },
      [
        condition === null ? null : drawConditionIcon(condition),
        h("span.count", number(count, locale)),
        h("span", translate(`ledger_count_${condition ?? "all"}`)),
      ],
    );
  };
  return h("div.counters", { attrs: { role: "group", "aria-label": translate("ledger_counters") } }, [
    ...COUNTED.map((condition) => counter(condition, counts[condition])),
    counter(null, sorted.length),
  ]);
}

export function drawFilter(overview: LedgerOverview, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { filter, counts, shown } = state;
  const before = longDay(overview.began, locale);
  const conditionName = (condition: Condition): string =>
    translate(`ledger_condition_${condition.replaceAll("-", "_")}`, [before]);
  const conditions = CONDITIONS.filter((condition) => counts[condition] > 0 || filter.condition === condition);
  return h("form.filter", { attrs: { role: "search" }, on: { submit: (event) => event.preventDefault() } }, [
    drawField("text", translate("ledger_filter_text"), [
      drawInput("text", filter.text, (text) => deeds.filterBy({ text })),
    ]),
    drawField("condition", translate("ledger_filter_state"), [
      drawSelect(
        "condition",
        [
          { value: "", label: translate("ledger_any_state"), isChosen: filter.condition === null },
          ...conditions.map((condition) => ({
            value: condition,
            label: conditionName(condition),
            isChosen: filter.condition === condition,
          })),
        ],
        (value) => deeds.filterBy({ condition: CONDITIONS.find((condition) => condition === value) ?? null }),
      ),
    ]),
    overview.senders.length < 2
      ? null
      : drawField("sender", translate("ledger_filter_mailbox"), [
          drawSelect(
            "sender",
            [
              { value: "", label: translate("ledger_any_mailbox"), isChosen: filter.sender === null },
              ...overview.senders.map(({ address }) => ({
                value: address,
                label: visibleText(address).shown,
                isChosen: filter.sender === address,
              })),
            ],
            (value) => deeds.filterBy({ sender: value === "" ? null : value }),
          ),
        ]),
    drawField("recipient", translate("ledger_filter_recipient"), [
      drawInput("recipient", filter.recipient, (recipient) => deeds.filterBy({ recipient })),
    ]),
    drawPeriod(filter.period, drawing),
    h("div.filter-end", [
      isFiltering(filter)
        ? drawButton("clear-filter", translate("ledger_clear_filter"), deeds.clearFilter, state)
        : null,
      shown.length === 0
        ? null
        : drawButton(
            "save-table",
            translate("ledger_save_table", [number(shown.length, locale)]),
            () => deeds.saveTable("save-table"),
            state,
          ),
      drawOutcome("save-table", state, drawing),
      shown.length === 0
        ? null
        : drawButton(
            "evidence-shown",
            translate("ledger_evidence_shown", [number(shown.length, locale)]),
            () => deeds.makeEvidence("evidence-shown", "shown"),
            state,
          ),
      drawOutcome("evidence-shown", state, drawing),
    ]),
  ]);
}

function drawPeriod(period: Period, { translate, deeds }: LedgerDrawing): VNode {
  const chosen = period.name === "days" ? String(period.days) : period.name;
  const choice = (value: string, label: string) => ({ value, label, isChosen: value === chosen });
  return drawField("period", translate("ledger_filter_period"), [
    h("span.dates", [
      drawSelect(
        "period",
        [
          choice("always", translate("ledger_period_always")),
          ...DAYS.map((days) => choice(String(days), translate(`ledger_period_${String(days)}`))),
          choice("between", translate("ledger_period_between")),
        ],
        (value) => deeds.filterBy({ period: periodOf(value) }),
      ),
      ...(period.name === "between"
        ? [
            drawDay("from", translate("ledger_period_from"), period.from, (from) =>
              deeds.filterBy({ period: { ...period, from } }),
            ),
            drawDay("to", translate("ledger_period_to"), period.to, (to) =>
              deeds.filterBy({ period: { ...period, to } }),
            ),
          ]
        : []),
    ]),
  ]);
}

function periodOf(value: string): Period {
  const days = DAYS.find((each) => String(each) === value);
  if (days !== undefined) return { name: "days", days };
  return value === "between" ? { name: "between", from: "", to: "" } : { name: "always" };
}

function drawDay(name: string, label: string, value: string, change: (value: string) => void): VNode {
  return h("input", {
    key: name,
    attrs: { id: `filter-${name}`, type: "date", "aria-label": label, title: label },
    props: { value },
    on: {
      change: (event: Event) => (event.target instanceof HTMLInputElement ? change(event.target.value) : undefined),
    },
  });
}
