import { expect, it, vi } from "vitest";
import type { BatchRow } from "../../../src/core/index.ts";
import type { BatchDrawing } from "../../../src/pages/batch/batch-drawing.ts";
import type { BatchState } from "../../../src/pages/batch/batch-state.ts";
import { checkedRow } from "../../../src/pages/batch/checked-row.ts";
import { drawRows } from "../../../src/pages/batch/draw-rows.ts";
import { NO_ANSWERS, NO_FILTER } from "../../../src/pages/batch/filter-rows.ts";
import { nodeText } from "../node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

it("what a message says turns no sentence of ours around", () => {
  const row: BatchRow = {
    place: { source: "mailbox", id: 1, folder: "PEC\u202e" },
    from: "anna\u202e@pec.test",
    subject: "Diffida\u202e",
    date: 0,
    messageId: "",
    isDoubtful: false,
    outcome: {
      state: "inspected",
      kind: "posta-certificata",
      unrecognized: null,
      look: "sealed",
      indication: "TOTAL-PASSED",
      subIndication: null,
      reason: null,
      remarks: [],
      attached: 0,
      sha256: "ab",
      certified: {
        time: { instant: 0, local: "1970-01-01T01:00:00", offset: "+0100" },
        provider: "Gestore\u202e",
        identifier: "id\u202e",
        messageId: "",
      },
    },
  };
  const checked = checkedRow(row, 1);
  const state: BatchState = {
    places: null,
    folder: "",
    run: { state: "choosing" },
    sources: [],
    rows: [checked],
    shown: [checked],
    answers: NO_ANSWERS,
    filter: NO_FILTER,
    order: { column: "date", descending: true },
    selected: null,
    open: checked.key,
    busy: null,
    notice: null,
  };
  const drawing: BatchDrawing = {
    translate: (key, values = []) => [key, ...values].join(" "),
    locale: "it",
    dark: false,
    deeds: {} as BatchDrawing["deeds"],
  };
  const view = {
    geometry: { count: 1, rowHeight: 20, open: 0, openHeight: 100 },
    range: { first: 0, end: 1 },
    onKey: () => undefined,
  };
  const text = nodeText(drawRows(state, view, drawing));
  expect(text).toContain("Gestore⟨U+202E⟩");
  expect(text).not.toContain("\u202e");
});
