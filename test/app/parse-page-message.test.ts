import { describe, expect, it } from "vitest";
import { parsePageMessage } from "../../src/app/parse-page-message.ts";
import { failedRow } from "../../src/core/index.ts";
import { TARGET } from "./fakes.ts";

const BATCH_ROW = failedRow(
  { source: "file", file: "a.mbox", index: 0, start: 0, length: 3, position: 1 },
  "unreadable",
);

describe("parsePageMessage", () => {
  it.each([
    { type: "get-displayed-message" },
    { type: "get-report", target: { ...TARGET, path: [1, 0] }, view: "pane" },
    { type: "get-report", target: TARGET, view: "popup" },
    { type: "get-printable", target: TARGET },
    { type: "get-appearance", tabId: 3 },
    { type: "run-action", target: TARGET, action: { name: "reply-all" } },
    { type: "run-action", target: TARGET, action: { name: "save-message" } },
    { type: "run-action", target: TARGET, action: { name: "open-options" } },
    { type: "run-action", target: TARGET, action: { name: "open-ledger" } },
    { type: "run-action", target: TARGET, action: { name: "save-attachment", attachment: [2] } },
    { type: "run-action", target: TARGET, action: { name: "save-signed-content", attachment: [2] } },
    { type: "look-into-attachment", target: TARGET, attachment: [1, 0], question: "signature" },
    { type: "evidence", request: { name: "open", source: { type: "sent", links: ["l"] } } },
    { type: "evidence", request: { name: "open", source: { type: "messages", ids: [1, 2] } } },
    { type: "evidence", request: { name: "open", source: { type: "selection" } } },
    { type: "evidence", request: { name: "begin", job: 1 } },
    { type: "evidence", request: { name: "hold", job: 1 } },
    { type: "evidence", request: { name: "save", job: 1 } },
    { type: "restore-original", link: "l", how: "open" },
    { type: "batch", request: { name: "places" } },
    { type: "batch", request: { name: "next", job: 3 } },
    { type: "batch", request: { name: "begin", source: { type: "folder", id: "a://b", name: "PEC" } } },
    { type: "batch", request: { name: "begin", source: { type: "selection" } } },
    { type: "batch", request: { name: "begin", source: { type: "files", files: [new File(["x"], "a.eml")] } } },
    { type: "batch", request: { name: "open", place: BATCH_ROW.place, file: null } },
    {
      type: "batch",
      request: { name: "save-report", rows: [BATCH_ROW], sources: ["a"], inspected: 1, isPartial: false },
    },
  ])("takes $type", (message) => {
    expect(parsePageMessage(message)).toEqual(message);
  });

  it("drops what does not belong to a message", () => {
    expect(parsePageMessage({ type: "get-appearance", tabId: 3, extra: 1 })).toEqual({
      type: "get-appearance",
      tabId: 3,
    });
  });

  it("lets through a comparison", () => {
    expect(parsePageMessage({ type: "compare-content", link: "l", receipt: "r", extra: 1 })).toEqual({
      type: "compare-content",
      link: "l",
      receipt: "r",
    });
  });

  it.each([
    null,
    undefined,
    "get-displayed-message",
    [],
    {},
    { type: "toggle-pane", tabId: 3 },
    { type: "get-report", view: "pane" },
    { type: "get-report", target: TARGET },
    { type: "get-report", target: TARGET, view: "print" },
    { type: "get-printable" },
    { type: "get-printable", target: { ...TARGET, tabId: "3" } },
    { type: "get-printable", target: { ...TARGET, tabId: 0 } },
    { type: "get-printable", target: { ...TARGET, messageId: 1.5 } },
    { type: "get-printable", target: { ...TARGET, path: [-1] } },
    { type: "get-printable", target: { ...TARGET, path: new Array(1000).fill(0) } },
    { type: "get-printable", target: { tabId: 3, messageId: 17 } },
    { type: "run-action", target: TARGET, action: { name: "delete-everything" } },
    { type: "run-action", target: TARGET, action: { name: "open-attachment" } },
    { type: "look-into-attachment", target: TARGET, attachment: [1], question: "content" },
    { type: "look-into-attachment", target: TARGET, question: "sha256" },
    { type: "evidence", request: { name: "open", source: { type: "messages", ids: ["1"] } } },
    { type: "evidence", request: { name: "open", source: { type: "sent", links: [1] } } },
    { type: "evidence", request: { name: "next", job: -1 } },
    { type: "restore-original", link: "l", how: "delete" },
    { type: "batch", request: { name: "begin", source: { type: "files", files: ["/etc/passwd"] } } },
    { type: "batch", request: { name: "begin", source: { type: "folder", id: 3, name: "PEC" } } },
    { type: "batch", request: { name: "next" } },
    { type: "batch", request: { name: "open", place: { source: "file" }, file: null } },
    { type: "batch", request: { name: "save-table", rows: [{}], sources: [], inspected: 1, isPartial: false } },
    {
      type: "batch",
      request: {
        name: "save-table",
        rows: [{ ...BATCH_ROW, outcome: { state: "failed", why: "<b>" } }],
        sources: [],
        inspected: 1,
        isPartial: false,
      },
    },
    { type: "compare-content", link: "l" },
    { type: "compare-content", link: "l", receipt: 3 },
    { type: "compare-content", link: "l".repeat(200_000), receipt: "r" },
    { type: "constructor", target: TARGET },
  ])("refuses %j", (value) => {
    expect(parsePageMessage(value)).toBeNull();
  });
});
