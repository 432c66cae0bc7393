import { describe, expect, it } from "vitest";
import { parsePageMessage } from "../../src/app/parse-page-message.ts";
import { TARGET } from "./fakes.ts";

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
    { type: "compare-content", link: "l" },
    { type: "compare-content", link: "l", receipt: 3 },
    { type: "compare-content", link: "l".repeat(200_000), receipt: "r" },
    { type: "constructor", target: TARGET },
  ])("refuses %j", (value) => {
    expect(parsePageMessage(value)).toBeNull();
  });
});
