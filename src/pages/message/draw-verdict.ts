// Belongs here: «Perché»: the verdict, its reasons and its remarks. Does NOT belong here: which (see describe-verdict.ts).
import { drawSentence, drawValue } from "../draw-sentence.ts";
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { Comparison, Reason, VerdictView } from "./describe-verdict.ts";
import { drawAction } from "./draw-action.ts";
import type { Drawing } from "./drawing.ts";
import type { PageState } from "./page-state.ts";
import { keyOf } from "../values.ts";

export function drawVerdict(verdict: VerdictView, state: PageState, drawing: Drawing): (VNode | null)[] {
  const { translate } = drawing;
  return [
    h("h2", translate("why_title")),
    h("p.verdict", drawSentence(verdict.sentence, translate)),
    verdict.reasons.length === 0
      ? null
      : h(
          "ul.reasons",
          verdict.reasons.map((reason) => drawReason(reason, translate)),
        ),
    verdict.remarks.length === 0
      ? null
      : h(
          "ul.remarks",
          { attrs: { "aria-label": translate("remarks_title") } },
          verdict.remarks.map((remark) => drawReason(remark, translate, drawOffer(remark, state, drawing))),
        ),
  ];
}

function drawOffer({ offers }: Reason, state: PageState, drawing: Drawing): VNode | null {
  return offers === null ? null : drawAction({ name: offers }, keyOf("action", offers), null, state, drawing);
}

export function drawReason(reason: Reason, translate: Translate, offer: VNode | null = null): VNode {
  return h("li", [
    ...drawSentence(reason.sentence, translate),
    ...reason.comparisons.map((comparison) => drawComparison(comparison, translate)),
    offer === null ? null : " ",
    offer,
  ]);
}

function drawComparison(comparison: Comparison, translate: Translate): VNode {
  return h("dl.comparison", { attrs: { "aria-label": translate(comparison.fieldKey) } }, [
    h("dt.field", translate(comparison.fieldKey)),
    ...comparison.sides.map(({ labelKey, value }) =>
      h("dd", [h("span.side", `${translate(labelKey)}: `), ...drawValue(value, translate)]),
    ),
  ]);
}
