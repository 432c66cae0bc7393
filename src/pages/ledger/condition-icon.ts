// Belongs here: the shapes of conditions, in the colour of the text: the state is told without colour too.
import { h, type VNode } from "../view.ts";
import type { Condition } from "./listed-row.ts";

/** Strokes on a field of 16 × 16. */
const CIRCLE = "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4z";
const OCTAGON = "M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z";
const STROKES = {
  failed: [OCTAGON, "M8 4.8v3.8", "M8 11v.1"],
  late: [CIRCLE, "M8 4.4v4l2.8 1.6"],
  waiting: [CIRCLE, "M5 8v.1M8 8v.1M11 8v.1"],
  delivered: [CIRCLE, "M4.9 8.3l2.2 2.3 4-4.8"],
  forwarded: ["M1.8 8h11.6", "M9.8 4.4L13.6 8l-3.8 3.6"],
  "no-outcome": ["M6.2 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.6-.7 1.2", "M8 11.4v.1"],
} as const;
type Shape = keyof typeof STROKES;

const OF_CONDITION: Readonly<Record<Condition, Shape>> = {
  failed: "failed",
  late: "late",
  waiting: "waiting",
  delivered: "delivered",
  forwarded: "forwarded",
  "past-failed": "failed",
  "no-outcome": "no-outcome",
};

export function drawConditionIcon(condition: Condition): VNode {
  return drawShape(OF_CONDITION[condition]);
}

function drawShape(shape: Shape): VNode {
  const dashes = shape === "no-outcome" ? [h("path", { attrs: { d: CIRCLE, "stroke-dasharray": "2.4 2.4" } })] : [];
  return h(
    "svg",
    {
      attrs: { class: "shape", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" },
    },
    [...dashes, ...STROKES[shape].map((d) => h("path", { attrs: { d } }))],
  );
}
