// Belongs here: the small line drawings at the head of the row: what happened to the message, in the colour of the text.
// Does NOT belong here: the icons of the seal's state, which are files in icons/.
import { h, type VNode } from "./view.ts";
import type { Glyph } from "./row-view.ts";

/** Strokes on a field of 16 × 16. */
const STROKES: Readonly<Record<Glyph, readonly string[]>> = {
  envelope: ["M1.5 3.5h13v9h-13z", "M2 4.5l6 4.5 6-4.5"],
  accepted: ["M8 10.5V2.5", "M4.8 5.5L8 2.3l3.2 3.2", "M1.8 9.5v4h12.4v-4"],
  delivered: ["M1.8 9v4.5h12.4V9h-3.6l-1 2H6.4l-1-2z", "M4.6 4.6L7 7l4.6-5"],
  waiting: ["M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z", "M8 4.4v4l2.6 1.5"],
  refused: ["M1.8 9v4.5h12.4V9h-3.6l-1 2H6.4l-1-2z", "M5.6 2l4.8 4.8", "M10.4 2L5.6 6.8"],
  relayed: ["M1.5 8h12.5", "M10.4 4.4L14 8l-3.6 3.6", "M1.5 4.4v7.2"],
  virus: [
    "M8 4.2a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 1 1 0-7.6z",
    "M8 1v3M8 12v3M1 8h3M12 8h3M3 3l2.2 2.2M13 13l-2.2-2.2M3 13l2.2-2.2M13 3l-2.2 2.2",
  ],
  plain: ["M2.5 1.8h7.6l3.4 3.4v9H2.5z", "M5 8h6M5 11h6"],
  "document-intact": ["M2.5 1.8h7.6l3.4 3.4v9H2.5z", "M5.2 9.2l2.1 2.1 3.6-4.2"],
  "document-broken": ["M2.5 1.8h7.6l3.4 3.4v9H2.5z", "M5.6 7l4.8 4.8", "M10.4 7l-4.8 4.8"],
  fault: ["M10.6 2a3.8 3.8 0 0 0-4.7 5L1.8 11.1l3.1 3.1L9 10.1a3.8 3.8 0 0 0 5-4.7l-2.4 2.4-2.4-1-1-2.4z"],
  unknown: ["M1.5 3.5h13v9h-13z", "M6.6 6.6a1.5 1.5 0 1 1 2 1.4c-.5.2-.6.5-.6 1", "M8 10.9v.1"],
};

export function drawGlyph(glyph: Glyph): VNode {
  return h(
    "svg",
    {
      attrs: { class: "glyph", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" },
    },
    STROKES[glyph].map((d) => h("path", { attrs: { d } })),
  );
}
