import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../../../src/core/index.ts";
import type {
  ActionResult,
  EvidenceAnswer,
  EvidenceRequest,
  LedgerAnswer,
  LedgerOverview,
  LedgerRequest,
  SentReport,
} from "../../../src/messages.ts";
import { createLedgerSession } from "../../../src/pages/ledger/ledger-session.ts";
import { readMessages } from "../messages.ts";
import { aRow, BEGAN, NOW } from "./a-row.ts";

const OVERVIEW: LedgerOverview = {
  entries: 3,
  began: BEGAN,
  senders: [{ address: "studio@pec.test", isOwn: true }],
  unverified: 0,
  postponed: 0,
  openProblems: [],
  openProblemCount: 0,
  walk: { state: "never" },
  storage: "available",
};
const overview = (difference: Partial<LedgerOverview> = {}): LedgerAnswer => ({
  state: "overview",
  overview: { ...OVERVIEW, ...difference },
});
const REPORT: SentReport = {
  role: "listed",
  entry: { links: ["b"], sender: "studio@pec.test", copies: [], receipts: [], returned: [] },
  status: { acceptance: null, refusal: null, sends: 0, acceptanceMissing: false, recipients: [], changesAt: null },
  unverified: [],
};
const row = (link: string, changes: Partial<LedgerRow> = {}): LedgerRow => aRow(["delivered"], { link, ...changes });

function setUp() {
  const requests: LedgerRequest[] = [];
  const opened: string[] = [];
  const later: { delay: number; work: () => void }[] = [];
  const renders: number[] = [];
  /** Pieces in which the rows come. */
  let pieces: LedgerRow[][] = [[row("a"), row("b")], [row("c", { subject: "Fattura" })]];
  const answers = new Map<LedgerRequest["name"], LedgerAnswer>([
    ["overview", overview()],
    ["entry", { state: "entry", report: REPORT }],
    ["apart", { state: "apart", unverified: [], postponed: [] }],
    ["verify-postponed", { state: "checked", outcome: "no-receipt" }],
  ]);
  let open: ActionResult = { state: "done" };
  const bundles: EvidenceRequest[] = [];
  let bundle: EvidenceAnswer = { state: "done" };
  const restored: string[] = [];
  let restoring: ActionResult = { state: "done" };
  let permitted = true;
  const session = createLedgerSession({
    background: {
      ledger: (request) => {
        requests.push(request);
        if (request.name === "rows") {
          const at = request.after === null ? 0 : Number(request.after);
          const next = at + 1 < pieces.length ? String(at + 1) : null;
          return Promise.resolve({ state: "rows", rows: pieces[at] ?? [], next });
        }
        const answer = answers.get(request.name);
        return answer === undefined ? Promise.reject(new Error("asleep")) : Promise.resolve(answer);
      },
      openMessage: (messageId) => {
        opened.push(messageId);
        return Promise.resolve(open);
      },
      evidence: (request) => {
        bundles.push(request);
        return Promise.resolve(bundle);
      },
      restoreOriginal: (link, how) => {
        restored.push(`${how} ${link}`);
        return Promise.resolve(restoring);
      },
    },
    requestMarkRead: () => Promise.resolve(permitted),
    locale: "it",
    now: () => NOW,
    later: (delay, work) => void later.push({ delay, work }),
    render: ({ shown }) => void renders.push(shown.length),
  });
  return {
    session,
    requests,
    opened,
    bundles,
    setBundle: (next: EvidenceAnswer) => void (bundle = next),
    restored,
    setRestoring: (next: ActionResult) => void (restoring = next),
    later,
    renders,
    answers,
    setPieces: (next: LedgerRow[][]) => void (pieces = next),
    setOpen: (next: ActionResult) => void (open = next),
    setPermitted: (next: boolean) => void (permitted = next),
    names: () => requests.map(({ name }) => name),
    links: () => session.state.shown.map(({ row: { link } }) => link),
  };
}

/** Lets everything run that waits for nothing but answers. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe("loading", () => {
  it("asks for the rows piece by piece, shows the first at once and all at the end", async () => {
    const { session, names, links, renders } = setUp();
    expect(session.state).toMatchObject({ loading: true, overview: null });
    await session.refresh();
    expect(names()).toEqual(["overview", "rows", "rows"]);
    expect(links()).toEqual(["a", "b", "c"]);
    expect(renders).toContain(2);
    expect(session.state).toMatchObject({ loading: false, trouble: null, counts: { delivered: 3 } });
  });

  it("says in words that the store or the background does not answer", async () => {
    const { session, answers } = setUp();
    for (const code of ["storage-unavailable", "storage-full", "storage-newer", "internal"] as const) {
      answers.set("overview", { state: "failed", code });
      await session.refresh();
      expect(Object.keys(readMessages("it"))).toContain(session.state.trouble);
    }
    answers.delete("overview");
    await session.refresh();
    expect(session.state.trouble).toBe("ledger_error_internal");
    answers.set("overview", overview());
    await session.refresh();
    expect(session.state.trouble).toBeNull();
  });
});

describe("what the background tells", () => {
  it("is asked for anew once for a swarm of changes, and keeps filter, selection and open details", async () => {
    const { session, later, names, requests, links, setPieces } = setUp();
    await session.refresh();
    session.deeds.filterBy({ text: "diffida" });
    session.deeds.toggle("b");
    await settled();
    requests.length = 0;
    setPieces([[row("new", { at: NOW })], [row("a"), row("b"), row("c", { subject: "Fattura" })]]);
    for (let change = 0; change < 50; change++) session.ledgerChanged();
    expect(later).toHaveLength(1);
    expect(requests).toEqual([]);
    later[0]?.work();
    await settled();
    expect(names().filter((name) => name === "overview")).toHaveLength(1);
    expect(links()).toEqual(["new", "a", "b"]);
    expect(session.state).toMatchObject({ selected: "b", details: { link: "b", sent: { link: "b" } } });
  });

  it("while a load is under way leads to another one, later", async () => {
    const { session, later } = setUp();
    const loading = session.refresh();
    session.ledgerChanged();
    session.ledgerChanged();
    expect(later).toHaveLength(0);
    await loading;
    expect(later).toHaveLength(1);
  });

  it("does not empty the table while it is asked for anew", async () => {
    const { session, renders } = setUp();
    await session.refresh();
    renders.length = 0;
    await session.refresh();
    expect(Math.min(...renders)).toBe(3);
  });

  it("of the walk is shown at once; its end brings a load", async () => {
    const { session, later } = setUp();
    await session.refresh();
    const running = { folder: "", done: 1, total: 9, foldersDone: 0, folderCount: 2, timeLeft: null };
    session.walkChanged({ state: "running", ...running });
    expect(session.state.overview?.walk).toMatchObject({ state: "running", done: 1 });
    expect(later).toHaveLength(0);
    const found = { receipts: 1, unverified: 0, tooLarge: 0, unreadable: 0 };
    session.walkChanged({ state: "ended", how: "finished", at: NOW, ...found });
    expect(session.state.overview?.walk).toMatchObject({ state: "ended" });
    expect(later).toHaveLength(1);
  });
});

describe("what a person does", () => {
  it("opens one row at a time, and closes it again", async () => {
    const { session } = setUp();
    await session.refresh();
    session.deeds.toggle("a");
    expect(session.state.details).toEqual({ link: "a", sent: null, isGone: false });
    await settled();
    expect(session.state.details).toMatchObject({ link: "a", sent: { link: "b", recipients: [] }, isGone: false });
    session.deeds.toggle("b");
    expect(session.state).toMatchObject({ selected: "b", details: { link: "b" } });
    await settled();
    session.deeds.toggle("b");
    expect(session.state).toMatchObject({ selected: "b", details: null });
  });

  it("closes details before they came: they stay closed", async () => {
    const { session } = setUp();
    await session.refresh();
    session.deeds.toggle("a");
    session.deeds.close();
    await settled();
    expect(session.state.details).toBeNull();
  });

  it("goes from a problem to its row even when the filter hides it", async () => {
    const { session, links } = setUp();
    await session.refresh();
    session.deeds.filterBy({ text: "fattura" });
    session.deeds.reveal("a");
    await settled();
    expect(links()).toEqual(["a", "b", "c"]);
    expect(session.state).toMatchObject({ selected: "a", details: { link: "a" } });
  });

  it("saves what the filter shows, in the order shown", async () => {
    const { session, requests, answers } = setUp();
    await session.refresh();
    answers.set("save-table", { state: "done" });
    session.deeds.sortBy("subject");
    session.deeds.filterBy({ text: "studio" });
    session.deeds.saveTable("save-table");
    await settled();
    expect(requests.at(-1)).toEqual({ name: "save-table", links: ["a", "b", "c"] });
    expect(session.state.notice).toMatchObject({ key: "ledger_saved", failed: false });
    answers.set("save-table", { state: "cancelled" });
    session.deeds.saveTable("save-table");
    await settled();
    expect(session.state.notice).toBeNull();
    answers.set("save-table", { state: "failed", code: "save-failed" });
    session.deeds.saveTable("save-table");
    await settled();
    expect(session.state.notice).toMatchObject({ key: "ledger_error_save_failed", failed: true });
  });

  it("takes note of problems, which are gone from the top at once", async () => {
    const { session, requests, answers } = setUp();
    const problem = { id: "p", kind: "late", recipient: "x@y.test", since: NOW, link: "a", subject: "S" } as const;
    answers.set("overview", overview({ openProblems: [problem], openProblemCount: 1 }));
    await session.refresh();
    answers.set("acknowledge", overview());
    session.deeds.acknowledge("seen", ["p"]);
    await settled();
    expect(requests.at(-1)).toEqual({ name: "acknowledge", problems: ["p"] });
    expect(session.state.overview?.openProblemCount).toBe(0);
  });

  it("hears how many receipts were marked, and that a message is gone", async () => {
    const { session, answers, opened, setOpen, setPermitted, names } = setUp();
    await session.refresh();
    answers.set("mark-receipts-read", { state: "done", count: 3 });
    session.deeds.markReceiptsRead("mark-read", "a");
    await settled();
    expect(session.state.notice).toMatchObject({ key: "ledger_marked_read", values: ["3"] });
    answers.set("mark-receipts-read", { state: "done", count: 0 });
    session.deeds.markReceiptsRead("mark-read", "a");
    await settled();
    expect(session.state.notice).toMatchObject({ key: "ledger_all_read" });
    setPermitted(false);
    const asked = names().length;
    session.deeds.markReceiptsRead("mark-read", "a");
    await settled();
    expect(session.state.notice).toMatchObject({ key: "ledger_error_not_permitted", failed: true });
    expect(names()).toHaveLength(asked);
    setOpen({ state: "failed", code: "gone" });
    session.deeds.openMessage("open-sent", "id@x");
    await settled();
    expect(opened).toEqual(["id@x"]);
    expect(session.state.notice).toMatchObject({ at: "open-sent", key: "ledger_error_message_gone", failed: true });
  });

  it("forgets a mailbox: its rows are gone at once, and a filter by it too", async () => {
    const { session, answers, links, setPieces } = setUp();
    setPieces([[row("a"), row("b", { sender: "altra@pec.test" })]]);
    await session.refresh();
    session.deeds.filterBy({ sender: "altra@pec.test" });
    answers.set("forget-sender", overview());
    session.deeds.forgetSender("forget", "altra@pec.test");
    await settled();
    expect(links()).toEqual(["a"]);
    answers.set("forget-sender", { state: "failed", code: "storage-unavailable" });
    session.deeds.forgetSender("forget", "studio@pec.test");
    await settled();
    expect(links()).toEqual(["a"]);
  });

  it("verifies what was postponed, says what came of it, and asks for the rest anew", async () => {
    const { session, requests } = setUp();
    await session.refresh();
    session.deeds.show("apart");
    await settled();
    session.deeds.verifyPostponed("postponed k", "k");
    await settled();
    expect(requests.slice(-2)).toEqual([{ name: "verify-postponed", key: "k" }, { name: "apart" }]);
    expect(session.state.notice).toMatchObject({
      at: "postponed k",
      key: "ledger_postponed_no_receipt",
      failed: false,
    });
    expect(readMessages("it")).toHaveProperty("ledger_postponed_no_receipt");
  });

  it("asks for a bundle of evidence of one message, or of all that are shown", async () => {
    const { session, bundles, setBundle } = setUp();
    await session.refresh();
    session.deeds.makeEvidence("evidence", ["b"]);
    await settled();
    session.deeds.filterBy({ text: "fattura" });
    session.deeds.makeEvidence("evidence-shown", "shown");
    await settled();
    expect(bundles).toEqual([
      { name: "open", source: { type: "sent", links: ["b"] } },
      { name: "open", source: { type: "sent", links: ["c"] } },
    ]);
    expect(session.state).toMatchObject({ busy: null, notice: null });
    setBundle({ state: "failed", code: "open-failed" });
    session.deeds.makeEvidence("evidence", ["b"]);
    await settled();
    expect(session.state.notice).toMatchObject({ at: "evidence", key: "evidence_error_open_failed", failed: true });
  });

  it("gives the sent message back from a receipt, and says why it could not", async () => {
    const { session, restored, setRestoring } = setUp();
    await session.refresh();
    session.deeds.restore("restore-open", "b", "open");
    await settled();
    expect(session.state.notice).toBeNull();
    session.deeds.restore("restore-save", "b", "save");
    await settled();
    expect(session.state.notice).toMatchObject({ at: "restore-save", key: "restore_saved", failed: false });
    expect(restored).toEqual(["open b", "save b"]);
    for (const code of ["gone", "no-original", "open-failed", "save-failed", "internal"] as const) {
      setRestoring({ state: "failed", code });
      session.deeds.restore("restore-open", "b", "open");
      await settled();
      expect(session.state.notice).toMatchObject({ at: "restore-open", failed: true });
      expect(readMessages("it")).toHaveProperty(session.state.notice?.key ?? "");
    }
    setRestoring({ state: "cancelled" });
    session.deeds.restore("restore-save", "b", "save");
    await settled();
    expect(session.state.notice).toBeNull();
  });
});
