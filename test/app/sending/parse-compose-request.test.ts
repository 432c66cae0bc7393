import { expect, test } from "vitest";
import { parsePageMessage } from "../../../src/app/parse-page-message.ts";

const parsed = (request: unknown) => {
  const message = parsePageMessage({ type: "compose", request });
  return message?.type === "compose" ? message.request : null;
};

test.each([
  { name: "read", tabId: 7, opened: true },
  { name: "set-kind", tabId: 7, kind: "breve" },
  { name: "set-default-kind", tabId: 7, kind: "sintetica" },
  { name: "set-pec", tabId: 7, isPec: null },
  { name: "set-pec", tabId: 7, isPec: false },
  { name: "set-quiet", tabId: 7, isQuiet: true },
  { name: "fix", tabId: 7, fix: "bcc-to-recipients" },
  { name: "switch-identity", tabId: 7, identity: "id3" },
  { name: "send-anyway", tabId: 7, shown: "a1" },
])("takes $name, and drops what does not belong to it", (request) => {
  expect(parsed({ ...request, extra: 1 })).toEqual(request);
});

test.each([
  null,
  { name: "read", tabId: 7 },
  { name: "read", tabId: 0, opened: true },
  { name: "read", tabId: "7", opened: true },
  { name: "set-kind", tabId: 7, kind: "ridotta" },
  { name: "set-pec", tabId: 7, isPec: "yes" },
  { name: "set-quiet", tabId: 7 },
  { name: "fix", tabId: 7, fix: "remove-everything" },
  { name: "switch-identity", tabId: 7, identity: 3 },
  { name: "send-anyway", tabId: 7, shown: "a".repeat(1_001) },
  { name: "send", tabId: 7 },
])("refuses %j", (request) => {
  expect(parsed(request)).toBeNull();
});
