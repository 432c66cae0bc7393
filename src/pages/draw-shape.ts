// Belongs here: the small shapes beside a state: told apart without colour (ui.md: shape, word, colour, in that order).
import { h, type VNode } from "./view.ts";

export type Shape = "good" | "late" | "bad" | "note" | "now" | "todo";

/** Strokes on a field of 16 × 16. */
const STROKES: Readonly<Record<Shape, readonly string[]>> = {
  good: ["M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z", "M5 8.2l2.2 2.2L11.2 6"],
  late: ["M8 1.8L15 14H1z", "M8 6v4", "M8 12v.1"],
  bad: ["M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z", "M8 4.6v4.2", "M8 11.2v.1"],
  note: ["M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z", "M8 7.2v4", "M8 4.8v.1"],
  now: ["M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z", "M8 4.4v4l2.6 1.5"],
  todo: ["M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z"],
};

export function drawShape(shape: Shape): VNode {
  return h(
    "svg",
    {
      attrs: {
        class: `shape ${shape}`,
        viewBox: "0 0 16 16",
        width: 16,
        height: 16,
        "aria-hidden": "true",
        focusable: "false",
      },
    },
    STROKES[shape].map((d) => h("path", { attrs: { d } })),
  );
}
