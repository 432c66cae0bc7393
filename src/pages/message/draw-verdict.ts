// Belongs here: «Perché»: the verdict, its reasons and its remarks. Does NOT belong here: which (see describe-verdict.ts).
import { drawSentence, drawValue } from "../draw-sentence.ts";
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { Comparison, Reason, VerdictView } from "./describe-verdict.ts";

export function drawVerdict(verdict: VerdictView, translate: Translate): (VNode | null)[] {
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
          verdict.remarks.map((remark) => drawReason(remark, translate)),
        ),
  ];
}

export function drawReason(reason: Reason, translate: Translate): VNode {
  return h("li", [
    ...drawSentence(reason.sentence, translate),
    ...reason.comparisons.map((comparison) => drawComparison(comparison, translate)),
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
