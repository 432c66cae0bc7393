import { describe, expect, it } from "vitest";
import { answerOptions, type AnswerOptionsDependencies } from "../../../src/app/options/answer-options.ts";
import { parseOptionsRequest } from "../../../src/app/options/parse-options-request.ts";
import { createUserAnchors } from "../../../src/app/trust/user-anchors.ts";
import type { UserAnchor } from "../../../src/core/index.ts";
import type { OptionsRequest } from "../../../src/messages.ts";
import { memorySettings, optionsFake } from "../fakes.ts";

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
  { name: "save-backup" },
  { name: "restore-backup", text: "{}" },
  { name: "set-notice", kind: "late", on: false },
  { name: "set-mail-work", work: "order", on: true },
  { name: "set-receipt-size-limit", bytes: 5_000_000 },
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
    { name: "set-notice", kind: "timed-out", on: true },
    { name: "set-mail-work", work: "delete", on: true },
    { name: "set-mail-work", work: "tags", on: 1 },
    { name: "set-receipt-size-limit", bytes: -1 },
    { name: "set-receipt-size-limit", bytes: "5" },
    { name: "restore-backup", text: null },
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

  it("keep which notices are wanted, each by itself, and the size that is read unasked", async () => {
    const { dependencies } = setUp();
    await answerOptions({ name: "set-notice", kind: "late", on: false }, dependencies);
    await answerOptions({ name: "set-notice", kind: "overdue", on: false }, dependencies);
    await answerOptions({ name: "set-notice", kind: "late", on: true }, dependencies);
    const { options } = await answerOptions({ name: "set-receipt-size-limit", bytes: 5_000_000 }, dependencies);
    expect(options.receipts.notices.filter(({ on }) => !on)).toEqual([{ kind: "overdue", on: false }]);
    expect(options.receipts.sizeLimit).toBe(5_000_000);
  });

  it("tell work on mail that is not permitted from work that is not done yet", async () => {
    const state = { name: "tags", on: false, permitted: false, unfinished: false } as const;
    const answerWith = async (permitted: boolean) => {
      const works = () => Promise.resolve([{ ...state, permitted }]);
      const { dependencies } = setUp({ follow: { switchWork: () => Promise.resolve(false), works } });
      return (await answerOptions({ name: "set-mail-work", work: "tags", on: true }, dependencies)).outcome;
    };
    expect(await answerWith(false)).toEqual({ state: "failed", code: "work-not-permitted" });
    expect(await answerWith(true)).toEqual({ state: "failed", code: "work-unfinished" });
  });

  it("restore a file and look at everything anew, or say why not", async () => {
    const restored = { state: "restored", records: 1, receipts: 2, anchors: [] } as const;
    const backup = {
      save: () => Promise.resolve("{}"),
      restore: (text: string) =>
        Promise.resolve(text === "{}" ? restored : ({ state: "failed", code: "newer" } as const)),
    };
    const { dependencies, calls } = setUp({ backup });
    const good = await answerOptions({ name: "restore-backup", text: "{}" }, dependencies);
    expect(good.outcome).toEqual(restored);
    const bad = await answerOptions({ name: "restore-backup", text: "?" }, dependencies);
    expect(bad.outcome).toEqual({ state: "failed", code: "backup-newer" });
    expect(calls).toEqual(["changed"]);
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
