import { describe, expect, it } from "vitest";
import { parsePageMessage } from "../../src/app/parse-page-message.ts";
import { TARGET } from "./fakes.ts";

describe("parsePageMessage", () => {
  it.each([
    { type: "get-displayed-message" },
    { type: "get-report", target: { ...TARGET, path: [1, 0] } },
    { type: "get-printable", target: TARGET },
    { type: "get-appearance", tabId: 3 },
    { type: "pane-rendered", target: TARGET, height: 36.5 },
    { type: "run-action", target: TARGET, action: { name: "reply-all" } },
    { type: "run-action", target: TARGET, action: { name: "save-message" } },
    { type: "run-action", target: TARGET, action: { name: "open-options" } },
    { type: "run-action", target: TARGET, action: { name: "save-attachment", attachment: [2] } },
  ])("takes $type", (message) => {
    expect(parsePageMessage(message)).toEqual(message);
  });

  it("drops what does not belong to a message", () => {
    expect(parsePageMessage({ type: "get-appearance", tabId: 3, extra: 1 })).toEqual({
      type: "get-appearance",
      tabId: 3,
    });
  });

  it.each([
    null,
    undefined,
    "get-displayed-message",
    [],
    {},
    { type: "toggle-pane", tabId: 3 },
    { type: "get-report" },
    { type: "get-report", target: { ...TARGET, tabId: "3" } },
    { type: "get-report", target: { ...TARGET, tabId: 0 } },
    { type: "get-report", target: { ...TARGET, messageId: 1.5 } },
    { type: "get-report", target: { ...TARGET, path: [-1] } },
    { type: "get-report", target: { ...TARGET, path: new Array(1000).fill(0) } },
    { type: "get-report", target: { tabId: 3, messageId: 17 } },
    { type: "run-action", target: TARGET, action: { name: "delete-everything" } },
    { type: "run-action", target: TARGET, action: { name: "open-attachment" } },
    { type: "pane-rendered", target: TARGET, height: Number.NaN },
    { type: "pane-rendered", target: TARGET, height: Number.POSITIVE_INFINITY },
    { type: "constructor", target: TARGET },
  ])("refuses %j", (value) => {
    expect(parsePageMessage(value)).toBeNull();
  });
});
