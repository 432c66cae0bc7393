import { describe, expect, it } from "vitest";
import { type BatchRow, failedRow } from "../../../src/core/index.ts";
import type { BatchAnswer, BatchRequest, BatchStep, EvidenceAnswer, EvidenceRequest } from "../../../src/messages.ts";
import { createBatchSession } from "../../../src/pages/batch/batch-session.ts";

const PLACE = { source: "mailbox", id: 1, folder: "PEC" } as const;
const FOLDER = { type: "folder", id: "f", name: "PEC" } as const;

const row = (subject: string, look: "sealed" | "not-valid" | "none" = "none", date = 0): BatchRow => ({
  place: PLACE,
  from: "anna@pec.test",
  subject,
  date,
  messageId: "",
  isDoubtful: false,
  outcome: {
    state: "inspected",
    kind: look === "none" ? null : "posta-certificata",
    unrecognized: null,
    look,
    indication: "NONE",
    subIndication: null,
    reason: look === "not-valid" ? "HASH_FAILURE" : null,
    remarks: [],
    attached: 0,
    sha256: "ab",
    certified: null,
  },
});

const step = (rows: readonly BatchRow[], ended: BatchStep["ended"] = null, done = rows.length): BatchAnswer => ({
  state: "step",
  step: { rows, done, at: "PEC", ended },
});

function setUp() {
  const requests: BatchRequest[] = [];
  const bundles: EvidenceRequest[] = [];
  let bundle: EvidenceAnswer = { state: "done" };
  /** Answers to `next`, given by hand. */
  const asked: ((answer: BatchAnswer) => void)[] = [];
  const others = new Map<BatchRequest["name"], BatchAnswer>([
    [
      "places",
      {
        state: "places",
        folders: [{ id: "f", account: "Studio", path: ["PEC"] }],
        selected: { count: 2, isMore: false },
      },
    ],
    ["begin", { state: "begun", job: 4, total: { unit: "messages", amount: 100 } }],
    ["end", { state: "done" }],
    ["open", { state: "done" }],
    ["save-report", { state: "done" }],
    ["save-table", { state: "failed", code: "save-failed" }],
  ]);
  let clock = 0;
  const session = createBatchSession({
    ask: (request) => {
      requests.push(request);
      if (request.name === "next") return new Promise((answer) => asked.push(answer));
      const answer = others.get(request.name);
      return answer === undefined ? Promise.reject(new Error("asleep")) : Promise.resolve(answer);
    },
    evidence: (request) => {
      bundles.push(request);
      return Promise.resolve(bundle);
    },
    now: () => clock,
    render: () => undefined,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return {
    session,
    requests,
    bundles,
    setBundle: (next: EvidenceAnswer) => void (bundle = next),
    others,
    settle,
    wait: (milliseconds: number) => void (clock += milliseconds),
    async answer(answer: BatchAnswer) {
      asked.shift()?.(answer);
      await settle();
    },
    subjects: () => session.state.shown.map((each) => each.row.subject),
  };
}

async function started(texts: readonly BatchRow[] = []) {
  const page = setUp();
  await page.session.refresh();
  page.session.deeds.start(FOLDER);
  await page.settle();
  if (texts.length > 0) await page.answer(step(texts, "finished"));
  return page;
}

describe("a check", () => {
  it("asks for one step after the other, counts, and says how long it still takes", async () => {
    const page = await started();
    expect(page.session.state.run).toMatchObject({ state: "running", done: 0 });
    page.wait(10_000);
    await page.answer(step([row("a", "sealed"), row("b", "not-valid")], null, 20));
    expect(page.session.state.run).toMatchObject({ done: 20, at: "PEC", timeLeft: 40_000 });
    expect(page.session.state.answers.words).toEqual(
      new Map([
        ["sealed", 1],
        ["not-valid", 1],
      ]),
    );
    await page.answer(step([row("c")], "finished"));
    expect(page.session.state.run).toEqual({ state: "ended", how: "finished" });
    expect(page.subjects()).toEqual(["a", "b", "c"]);
    expect(page.session.state.sources).toEqual(["Studio / PEC"]);
  });

  it("that is stopped keeps what it found, and asks for no more", async () => {
    const page = await started();
    await page.answer(step([row("a")]));
    page.session.deeds.cancel();
    expect(page.session.state.run).toEqual({ state: "ended", how: "cancelled" });
    await page.answer(step([row("late")]));
    expect(page.subjects()).toEqual(["a"]);
    expect(page.requests.at(-1)).toEqual({ name: "end", job: 4 });
  });

  it.each<[string, BatchAnswer]>([
    ["the folder is gone", step([row("b")], "failed")],
    ["the background does not know it any more", { state: "failed", code: "interrupted" }],
  ])("keeps what it found when %s", async (_, answer) => {
    const page = await started();
    await page.answer(step([row("a")]));
    await page.answer(answer);
    expect(page.session.state.run).toEqual({ state: "ended", how: "failed" });
    expect(page.subjects()[0]).toBe("a");
  });

  it("that cannot begin ends as failed", async () => {
    const page = setUp();
    page.others.set("begin", { state: "failed", code: "internal" });
    page.session.deeds.start(FOLDER);
    await page.settle();
    expect(page.session.state.run).toEqual({ state: "ended", how: "failed" });
  });

  it("does not begin twice, nor without a folder", async () => {
    const page = await started();
    page.session.deeds.start(FOLDER);
    await page.settle();
    expect(page.requests.filter(({ name }) => name === "begin")).toHaveLength(1);
    page.session.deeds.missFolder();
    expect(page.session.state.notice).toMatchObject({ key: "batch_error_no_folder", failed: true });
  });
});

describe("the table", () => {
  const ROWS = [row("Beta", "sealed", 2), row("àlfa", "not-valid", 1), row("Gamma", "none", 3)];

  it("is filtered by verdict, kind and words", async () => {
    const { session, subjects } = await started(ROWS);
    session.deeds.filterBy({ word: "not-valid" });
    expect(subjects()).toEqual(["àlfa"]);
    session.deeds.clearFilter();
    session.deeds.filterBy({ kind: "none" });
    expect(subjects()).toEqual(["Gamma"]);
    session.deeds.clearFilter();
    session.deeds.filterBy({ text: "ALFA anna" });
    expect(subjects()).toEqual(["àlfa"]);
  });

  it("is sorted by any column, and again the other way", async () => {
    const { session, subjects } = await started(ROWS);
    session.deeds.sortBy("verdict");
    expect(subjects()).toEqual(["àlfa", "Beta", "Gamma"]);
    session.deeds.sortBy("date");
    expect(subjects()).toEqual(["Gamma", "Beta", "àlfa"]);
    session.deeds.sortBy("date");
    expect(subjects()).toEqual(["àlfa", "Beta", "Gamma"]);
    session.deeds.sortBy("subject");
    expect(subjects()).toEqual(["àlfa", "Beta", "Gamma"]);
  });

  it("is saved as it is shown, and what came of it is said", async () => {
    const { session, requests, settle } = await started(ROWS);
    session.deeds.filterBy({ word: "sealed" });
    session.deeds.save("save-report");
    await settle();
    expect(requests.at(-1)).toMatchObject({ name: "save-report", inspected: 3, isPartial: false });
    expect(requests.at(-1)).toHaveProperty("rows", [ROWS[0]]);
    expect(session.state.notice).toEqual({ at: "save-report", key: "batch_saved", failed: false });
    session.deeds.save("save-table");
    await settle();
    expect(session.state.notice).toEqual({ at: "save-table", key: "batch_error_save_failed", failed: true });
  });

  it("goes into a bundle of evidence as it is shown; files from disk are in the person's hands already", async () => {
    const fromDisk = { source: "file", file: "b.mbox", index: 1, start: 0, length: 1, position: 1 } as const;
    const { session, bundles, settle, setBundle } = await started([...ROWS, failedRow(fromDisk, "unreadable")]);
    session.deeds.makeEvidence("evidence", "shown");
    await settle();
    expect(bundles).toEqual([{ name: "open", source: { type: "messages", ids: [1, 1, 1] } }]);
    expect(session.state).toMatchObject({ busy: null, notice: null });
    setBundle({ state: "failed", code: "open-failed" });
    session.deeds.makeEvidence("evidence-selection", "selection");
    await settle();
    expect(bundles.at(-1)).toEqual({ name: "open", source: { type: "selection" } });
    expect(session.state.notice).toEqual({
      ...{ at: "evidence-selection", key: "evidence_error_open_failed", failed: true },
    });
  });

  it("opens the message of a row: in its folder, or from the file it was found in", async () => {
    const page = setUp();
    const files = [new File(["a"], "a.eml"), new File(["b"], "b.mbox")];
    page.session.deeds.start({ type: "files", files });
    await page.settle();
    const place = { source: "file", file: "b.mbox", index: 1, start: 0, length: 1, position: 1 } as const;
    await page.answer(step([failedRow(place, "unreadable")], "finished"));
    const [first] = page.session.state.rows;
    if (first !== undefined) page.session.deeds.openMessage("open 1", first);
    await page.settle();
    expect(page.requests.at(-1)).toEqual({ name: "open", place, file: files[1] });
  });
});
