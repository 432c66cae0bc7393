import { describe, expect, it } from "vitest";
import { answerOptions, type AnswerOptionsDependencies } from "../../src/app/answer-options.ts";
import { parseOptionsRequest } from "../../src/app/parse-options-request.ts";
import { createUserAnchors } from "../../src/app/user-anchors.ts";
import type { UserAnchor } from "../../src/core/index.ts";
import type { OptionsRequest } from "../../src/messages.ts";
import { memorySettings, optionsFake } from "./fakes.ts";

const NOTHING = new Uint8Array([1]);
const ANCHOR: UserAnchor = {
  base64: "MAA=",
  sha256: "ab",
  source: "file.pem",
  addedAt: 5,
  system: "PEC",
  domains: ["pec.esempio.test"],
  notAfter: null,
};

const REQUESTS: readonly OptionsRequest[] = [
  { name: "read" },
  { name: "read-anchor-file", bytes: NOTHING },
  { name: "add-anchor", base64: "MAA=", fingerprint: "ab", source: "f", domains: ["a.it"], notAfter: 7 },
  { name: "remove-anchor", sha256: "ab" },
  { name: "restore-anchor", anchor: ANCHOR },
  { name: "set-always-ask", on: true },
  { name: "fetch-list", url: "http://a.test/" },
  { name: "add-revocation-file", fileName: "a.crl", bytes: NOTHING },
  { name: "forget-revocation-data", id: "x" },
  { name: "set-keep-records", on: false },
  { name: "delete-records" },
  { name: "export-records" },
  { name: "import-records", text: "{}" },
];

describe("requests of the options page", () => {
  it.each(REQUESTS)("take $name, and nothing beside it", (request) => {
    expect(parseOptionsRequest({ ...request, extra: 1 })).toEqual(request);
  });

  it.each([
    null,
    [],
    "read",
    { name: "format-disk" },
    { name: "read-anchor-file", bytes: [1] },
    { name: "add-anchor", base64: "MAA=", fingerprint: "ab", source: "f", domains: "a.it", notAfter: null },
    { name: "add-anchor", base64: "MAA=", fingerprint: "ab", source: "f", domains: [1], notAfter: null },
    { name: "add-anchor", base64: "MAA=", fingerprint: "ab", source: "f", domains: [], notAfter: "2030" },
    { name: "restore-anchor", anchor: { ...ANCHOR, system: "ROOT" } },
    { name: "restore-anchor", anchor: { ...ANCHOR, domains: [null] } },
    { name: "set-always-ask", on: "yes" },
    { name: "fetch-list", url: 5 },
    { name: "fetch-list", url: "h".repeat(3_000) },
    { name: "import-records", text: {} },
  ])("refuse %j", (value) => {
    expect(parseOptionsRequest(value)).toBeNull();
  });
});

/** Every call that a request makes, in order. */
function setUp(difference: Partial<AnswerOptionsDependencies> = {}) {
  const calls: string[] = [];
  const fake = optionsFake();
  const done = (name: string) => (): Promise<null> => {
    calls.push(name);
    return Promise.resolve(null);
  };
  const settled = (name: string) => async (): Promise<void> => {
    await done(name)();
  };
  const dependencies: AnswerOptionsDependencies = {
    ...fake,
    anchors: { ...fake.anchors, add: done("add"), remove: settled("remove"), restore: settled("restore") },
    revocation: {
      ...fake.revocation,
      fetchFirst: done("fetch"),
      addFile: done("file"),
      forget: settled("forget"),
    },
    book: {
      ...fake.book,
      deleteAll: settled("delete"),
      exportAll: () => Promise.resolve("{}"),
      importAll: (text) => Promise.resolve(text === "{}" ? 3 : null),
    },
    saver: { saveAs: () => Promise.resolve("saved") },
    verdictsChanged: () => calls.push("changed"),
    ...difference,
  };
  return { calls, dependencies };
}

describe("answers to the options page", () => {
  it.each([
    ["add-anchor", ["add", "changed"]],
    ["remove-anchor", ["remove", "changed"]],
    ["restore-anchor", ["restore", "changed"]],
    ["fetch-list", ["fetch", "changed"]],
    ["add-revocation-file", ["file", "changed"]],
    ["forget-revocation-data", ["forget", "changed"]],
    ["delete-records", ["delete", "changed"]],
    ["set-always-ask", ["changed"]],
    ["set-keep-records", []],
    ["export-records", []],
    ["read", []],
  ])("%s is carried out, and verdicts made anew where they may differ", async (name, expected) => {
    const { calls, dependencies } = setUp();
    const request = REQUESTS.find((each) => each.name === name) ?? { name: "read" };
    const { outcome, options } = await answerOptions(request, dependencies);
    expect(outcome).toEqual({ state: "done" });
    expect(options.storage).toBe("available");
    expect(calls).toEqual(expected);
  });

  it("tell the state as it is after the request", async () => {
    const { dependencies } = setUp();
    const { options } = await answerOptions({ name: "set-always-ask", on: true }, dependencies);
    expect(options.revocation.alwaysAsk).toBe(true);
    expect(options.records.keep).toBe(true);
  });

  it("say how many records came in, or that there were none to read", async () => {
    const { dependencies, calls } = setUp();
    const taken = await answerOptions({ name: "import-records", text: "{}" }, dependencies);
    expect(taken.outcome).toEqual({ state: "imported", count: 3 });
    const refused = await answerOptions({ name: "import-records", text: "?" }, dependencies);
    expect(refused.outcome).toEqual({ state: "failed", code: "records-file-unreadable" });
    expect(calls).toEqual(["changed"]);
  });

  it("say what failed, and change nothing", async () => {
    const refusing = setUp({
      revocation: { ...optionsFake().revocation, fetchFirst: () => Promise.resolve("offline") },
      saver: { saveAs: () => Promise.reject(new Error("disk")) },
      book: optionsFake().book,
    });
    const outcomeOf = async (request: OptionsRequest) => (await answerOptions(request, refusing.dependencies)).outcome;
    expect(await outcomeOf({ name: "fetch-list", url: "http://a.test/" })).toEqual({
      state: "failed",
      code: "offline",
    });
    expect(await outcomeOf({ name: "delete-records" })).toEqual({ state: "failed", code: "records-unavailable" });
    expect(await outcomeOf({ name: "forget-revocation-data", id: "x" })).toEqual({ state: "failed", code: "internal" });
    expect(refusing.calls).toEqual([]);
    const full = setUp({ saver: { saveAs: () => Promise.reject(new Error("disk")) } });
    const unsaved = await answerOptions({ name: "export-records" }, full.dependencies);
    expect(unsaved.outcome).toEqual({ state: "failed", code: "save-failed" });
  });

  it("say that the database does not work", async () => {
    const { dependencies } = setUp();
    await dependencies.trouble.watch(Promise.reject(new Error("blocked"))).catch(() => undefined);
    expect((await answerOptions({ name: "read" }, dependencies)).options.storage).toBe("unavailable");
  });
});

describe("stored authorities that are none of ours", () => {
  it("are left aside, and the rest is read", async () => {
    const settings = memorySettings({ anchors: [null, { sha256: 5 }, ANCHOR] });
    const anchors = createUserAnchors({
      shipped: () => Promise.resolve({ anchors: [], issuingKeys: [], intermediates: [], denied: [] }),
      settings,
      now: () => 0,
    });
    expect((await anchors.authorities()).anchors).toEqual([]);
    expect((await anchors.report()).added).toEqual([
      { anchor: ANCHOR, certificate: null, problem: "NOT_A_CERTIFICATE" },
    ]);
  });
});
