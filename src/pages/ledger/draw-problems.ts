// Belongs here: problems that the person has not seen yet, each with what can be done. Does NOT belong here: what a problem is (core/receipts).
import type { LedgerOverview, OpenProblem } from "../../messages.ts";
import { drawSentence } from "../draw-sentence.ts";
import type { Sentence } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import { visibleText } from "../visible-text.ts";
import { number, shortTime } from "../table/table-values.ts";
import { drawConditionIcon } from "./condition-icon.ts";
import { drawButton, drawOutcome, type LedgerDrawing } from "./ledger-drawing.ts";
import type { LedgerState } from "./ledger-state.ts";

/** The worst one: more would push the table out of sight in a small window, or with large letters. */
const SHOWN_AT_FIRST = 1;

export function drawProblems(
  { openProblems, openProblemCount }: LedgerOverview,
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode | null {
  if (openProblemCount === 0) return null;
  const { translate, locale, deeds } = drawing;
  const shown = state.allProblemsShown ? openProblems : openProblems.slice(0, SHOWN_AT_FIRST);
  return h("section.problems", { attrs: { "aria-labelledby": "problems-title" } }, [
    h("div.problems-head", [
      h("h2#problems-title", translate("ledger_problems_title", [number(openProblemCount, locale)])),
      drawOutcome("acknowledge all", state, drawing),
      drawButton(
        "acknowledge all",
        translate("ledger_acknowledge_all"),
        () => deeds.acknowledge("acknowledge all", "all"),
        state,
      ),
    ]),
    h(
      "ul",
      shown.map((problem) => drawProblem(problem, state, drawing)),
    ),
    openProblems.length <= SHOWN_AT_FIRST
      ? null
      : drawButton(
          "all-problems",
          state.allProblemsShown
            ? translate("ledger_problems_worst")
            : translate("ledger_problems_all", [number(openProblems.length, locale)]),
          deeds.toggleProblems,
          state,
          { kind: "link" },
        ),
    openProblemCount > openProblems.length && state.allProblemsShown
      ? h("p.muted", translate("ledger_problems_more", [number(openProblemCount - openProblems.length, locale)]))
      : null,
  ]);
}

function drawProblem(problem: OpenProblem, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { id, kind, subject, since, link } = problem;
  const condition = kind === "late" ? "late" : "failed";
  const at = `acknowledge ${id}`;
  return h(`li.problem.${condition}`, { key: id, attrs: { "data-kind": kind } }, [
    drawConditionIcon(condition),
    h("div.grow", [
      h("p.problem-title", drawSentence(problemSentence(problem), translate)),
      h("p.muted", [shortTime(since, locale), " · ", translate(`ledger_remedy_${kind.replaceAll("-", "_")}`)]),
    ]),
    h("div.problem-buttons", [
      drawOutcome(at, state, drawing),
      drawButton(`reveal ${id}`, translate("ledger_details"), () => deeds.reveal(link), state, { about: subject }),
      drawButton(at, translate("ledger_acknowledge"), () => deeds.acknowledge(at, [id]), state, { about: subject }),
    ]),
  ]);
}

function problemSentence({ kind, recipient, subject }: OpenProblem): Sentence {
  const values = recipient === null ? [subject] : [recipient, subject];
  return {
    key: `ledger_problem_${kind.replaceAll("-", "_")}`,
    values: values.map((text) => {
      const { shown, full } = visibleText(text, 120);
      return { type: "foreign", text: shown, full };
    }),
  };
}
