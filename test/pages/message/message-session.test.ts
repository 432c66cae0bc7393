import { describe, expect, it } from "vitest";
import type {
  ActionResult,
  AttachmentAnswer,
  ContentReport,
  MessageReport,
  MessageTarget,
} from "../../../src/messages.ts";
import { createMessageSession } from "../../../src/pages/message/message-session.ts";
import type { PageState } from "../../../src/pages/message/page-state.ts";
import type { Value } from "../../../src/pages/sentence.ts";
import { sentStatus, withEvent } from "../../../src/core/index.ts";
import { after, copy } from "../../core/receipts/a-receipt.ts";
import { anInspection } from "./an-inspection.ts";

const first: MessageTarget = { tabId: 1, messageId: 10, path: [] };
const second: MessageTarget = { tabId: 1, messageId: 20, path: [] };

const report = (target: MessageTarget, inspection = anInspection("posta-certificata")): MessageReport => ({
  state: "inspected",
  target,
  inspection,
  sent: null,
});
const said = (key: string, ...values: readonly Value[]) => ({ key, values });
const notValid = anInspection("posta-certificata", {
  look: "not-valid",
  seal: { indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] },
});
const ordinary = (attached: number) =>
  anInspection(null, {
    look: "none",
    seal: { indication: "NONE", subIndication: null, remarks: [] },
    attached: Array.from({ length: attached }, (_, index) => ({
      path: [index + 1],
      kind: "accettazione" as const,
      fileName: null,
      subject: "",
    })),
  });

/** A session whose questions are answered by hand, in any order. */
function setUp(view: PageState["view"] = "pane", expanded = false) {
  const asked: { target: MessageTarget; answer: (report: MessageReport) => void; fail: (error: Error) => void }[] = [];
  const acted: { answer: (result: ActionResult) => void; fail: (error: Error) => void }[] = [];
  const compared: { answer: (report: ContentReport) => void; fail: (error: Error) => void }[] = [];
  const looked: { answer: (answer: AttachmentAnswer) => void; fail: (error: Error) => void }[] = [];
  const kept: boolean[] = [];
  const seen: PageState[] = [];
  let clipboardRefuses = false;
  const session = createMessageSession(view, {
    background: {
      report: (target) => new Promise((answer, fail) => asked.push({ target, answer, fail })),
      run: () => new Promise((answer, fail) => acted.push({ answer, fail })),
      openMessage: () => new Promise((answer, fail) => acted.push({ answer, fail })),
      compareContent: () => new Promise((answer, fail) => compared.push({ answer, fail })),
      lookIntoAttachment: () => new Promise((answer, fail) => looked.push({ answer, fail })),
    },
    now: () => after(14),
    locale: "it",
    render: (state) => seen.push(state),
    recallExpanded: () => expanded,
    keepExpanded: (value) => kept.push(value),
    copy: () => (clipboardRefuses ? Promise.reject(new Error("refused")) : Promise.resolve()),
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const answer = async (index: number, given: MessageReport) => {
    asked[index]?.answer(given);
    await settle();
  };
  return {
    session,
    asked,
    acted,
    compared,
    looked,
    kept,
    seen,
    settle,
    answer,
    refuseClipboard: () => (clipboardRefuses = true),
  };
}

describe("another message", () => {
  it("clears the old one at once", async () => {
    const { session, answer } = setUp("pane", true);
    session.open(first);
    await answer(0, report(first));
    expect(session.state).toMatchObject({ shown: { state: "inspected" }, expanded: true });
    session.open(second);
    expect(session.state).toMatchObject({
      target: second,
      shown: { state: "checking" },
      expanded: false,
      technicalOpen: false,
    });
  });

  it("is never shown the answer for the one before, however late it comes", async () => {
    const { session, answer } = setUp();
    session.open(first);
    session.open(second);
    await answer(0, report(first, notValid));
    expect(session.state.shown).toEqual({ state: "checking" });
    await answer(1, report(second));
    await answer(0, report(first, notValid));
    expect(session.state).toMatchObject({ target: second, shown: { inspection: { look: "sealed" } } });
  });

  it("is not confused with itself shown earlier", async () => {
    const { session, answer } = setUp();
    session.open(first);
    session.open(second);
    session.open(first);
    await answer(0, report(first, notValid));
    expect(session.state.shown).toEqual({ state: "checking" });
  });

  it("does not take an answer that names another message", async () => {
    const { session, answer } = setUp();
    session.open(first);
    await answer(0, report(second));
    expect(session.state.shown).toEqual({ state: "checking" });
  });

  it("is shown at once with the report that was offered ahead of it, without asking", () => {
    const { session, asked, seen } = setUp();
    session.open(first);
    session.offer(report(second));
    expect(session.state).toMatchObject({ target: first, shown: { state: "checking" } });
    seen.length = 0;
    session.open(second);
    expect(seen).toHaveLength(1);
    expect(session.state).toMatchObject({ target: second, shown: { state: "inspected" } });
    expect(asked.map(({ target }) => target)).toEqual([first]);
  });

  it("takes an offer that comes late, and then no answer", async () => {
    const { session, answer } = setUp();
    session.open(first);
    session.offer(report(first));
    expect(session.state.shown).toMatchObject({ state: "inspected", inspection: { look: "sealed" } });
    await answer(0, report(first, notValid));
    expect(session.state.shown).toMatchObject({ inspection: { look: "sealed" } });
  });

  it("never gets an offer for the one before, nor one that has become old", async () => {
    const { session, asked, answer } = setUp();
    session.offer(report(first, notValid));
    session.open(second);
    expect(session.state).toMatchObject({ target: second, shown: { state: "checking" } });
    await answer(0, report(second));
    // Not waiting for one: what is shown stays.
    session.offer(report(second, notValid));
    expect(session.state.shown).toMatchObject({ inspection: { look: "sealed" } });
    session.open(first);
    session.open(second);
    expect(session.state.shown).toEqual({ state: "checking" });
    expect(asked).toHaveLength(3);
  });

  it("does not get the notice of an action on the one before", async () => {
    const { session, acted, answer, settle } = setUp();
    session.open(first);
    await answer(0, report(first));
    session.run({ name: "save-original" });
    session.open(second);
    acted[0]?.answer({ state: "failed", code: "save-failed" });
    await settle();
    expect(session.state).toMatchObject({ notice: null, busy: null });
  });
});

describe("a page that gets no verdict", () => {
  it("says so when the background fails, and never shows a verdict", async () => {
    const { session, asked, settle } = setUp();
    session.open(first);
    asked[0]?.fail(new Error("no receiver"));
    await settle();
    expect(session.state.shown).toEqual({ state: "internal-error", code: "no-answer" });
    expect(session.state.expanded).toBe(false);
  });

  it.each<MessageReport>([
    { state: "internal-error", target: first, code: "bug" },
    { state: "gone", target: first },
  ])("shows $state", async (given) => {
    const { session, answer } = setUp("popup");
    session.open(first);
    await answer(0, given);
    expect(session.state.shown.state).toBe(given.state);
  });

  it("drops answers after it was closed", async () => {
    const { session, answer } = setUp();
    session.open(first);
    session.close("gone");
    await answer(0, report(first));
    expect(session.state).toMatchObject({ target: null, shown: { state: "gone" } });
  });
});

describe("opening the pane", () => {
  it("is left to the person for a seal that holds, and remembered", async () => {
    const { session, answer, kept } = setUp();
    session.open(first);
    await answer(0, report(first));
    expect(session.state.expanded).toBe(false);
    session.toggle();
    expect(session.state.expanded).toBe(true);
    session.collapse();
    session.collapse();
    expect(kept).toEqual([true, false]);
  });

  it("happens by itself when the seal is not valid, and changes no habit", async () => {
    const { session, answer, kept } = setUp();
    session.open(first);
    await answer(0, report(first, notValid));
    expect(session.state.expanded).toBe(true);
    session.toggle();
    expect(session.state.expanded).toBe(false);
    expect(kept).toEqual([]);
  });

  it("is not possible while checking", () => {
    const { session } = setUp();
    session.open(first);
    session.toggle();
    expect(session.state.expanded).toBe(false);
  });

  it("is the only state of a popup", async () => {
    const { session, answer } = setUp("popup");
    session.open(first);
    await answer(0, report(first));
    session.toggle();
    session.collapse();
    expect(session.state.expanded).toBe(true);
  });
});

describe("attached messages", () => {
  it("are inspected at once when there is only one, and marked by their path", async () => {
    const { session, asked, answer } = setUp("popup");
    session.open(first);
    await answer(0, report(first, ordinary(1)));
    expect(asked[1]?.target).toEqual({ ...first, path: [1] });
    await answer(1, report({ ...first, path: [1] }));
    expect(session.state).toMatchObject({
      target: { path: [1] },
      shown: { inspection: { kind: "posta-certificata" } },
    });
  });

  it("are chosen from a list that stays when there are several", async () => {
    const { session, asked, answer } = setUp("popup");
    session.open(first);
    await answer(0, report(first, ordinary(2)));
    expect(asked).toHaveLength(1);
    session.choose([2]);
    await answer(1, report({ ...first, path: [2] }));
    expect(session.state.attached).toHaveLength(2);
    session.open(second);
    expect(session.state.attached).toEqual([]);
  });
});

describe("news about what verdicts rest on", () => {
  it("changes the verdict and nothing else", async () => {
    const { session, answer, asked } = setUp("pane", true);
    session.open(first);
    await answer(0, report(first));
    session.toggleTechnical();
    session.refresh();
    expect(session.state.shown).toMatchObject({ inspection: { look: "sealed" } });
    await answer(1, report(first, notValid));
    expect(asked[1]?.target).toEqual(first);
    expect(session.state).toMatchObject({
      shown: { inspection: { look: "not-valid" } },
      technicalOpen: true,
      expanded: true,
    });
  });

  it("is dropped when another message came meanwhile, or no answer", async () => {
    const { session, answer, asked, settle } = setUp();
    session.refresh();
    expect(asked).toEqual([]);
    session.open(first);
    await answer(0, report(first));
    session.refresh();
    asked[1]?.fail(new Error("no receiver"));
    await settle();
    expect(session.state.shown).toMatchObject({ inspection: { look: "sealed" } });
    session.refresh();
    session.open(second);
    await answer(2, report(first, notValid));
    expect(session.state.shown).toEqual({ state: "checking" });
  });
});

describe("answers that news has overtaken", () => {
  it("a slow answer to an earlier piece of news does not replace a later one", async () => {
    const { session, answer } = setUp();
    session.open(first);
    await answer(0, report(first));
    session.refresh();
    session.refresh();
    await answer(2, report(first, notValid));
    await answer(1, report(first));
    expect(session.state.shown).toMatchObject({ inspection: { look: "not-valid" } });
  });

  it("an answer that was under way is asked for anew", async () => {
    const { session, answer } = setUp();
    session.open(first);
    session.refresh();
    await answer(0, report(first));
    expect(session.state.shown).toEqual({ state: "checking" });
    await answer(1, report(first, notValid));
    expect(session.state.shown).toMatchObject({ inspection: { look: "not-valid" } });
  });

  it("what was handed over ahead is let go", async () => {
    const { session, answer } = setUp();
    session.open(first);
    await answer(0, report(first));
    session.offer(report(second));
    session.refresh();
    session.open(second);
    expect(session.state.shown).toEqual({ state: "checking" });
    await answer(2, report(second, notValid));
    expect(session.state.shown).toMatchObject({ inspection: { look: "not-valid" } });
  });
});

describe("what became of a sent message", () => {
  const entry = withEvent([], { type: "sent", copy });
  const sentReport = (target: MessageTarget): MessageReport => ({
    state: "inspected",
    target,
    inspection: ordinary(0),
    sent: { role: "sent-copy", entry, status: sentStatus(entry, after(1)), unverified: [] },
  });
  const shown = async () => {
    const setup = setUp("pane", true);
    setup.session.open(first);
    await setup.answer(0, sentReport(first));
    return setup;
  };

  it("opens one message at a time, and says beside the button that it is gone", async () => {
    const { session, acted, settle } = await shown();
    session.openMessage("receipt@pec.test", "here");
    session.openMessage("other@pec.test", "there");
    expect(acted).toHaveLength(1);
    expect(session.state).toMatchObject({ busy: "here", notice: null });
    acted[0]?.answer({ state: "failed", code: "gone" });
    await settle();
    expect(session.state).toMatchObject({
      busy: null,
      notice: { at: "here", sentence: said("sent_open_error"), failed: true },
    });
    session.openMessage("other@pec.test", "there");
    acted[1]?.fail(new Error("no answer"));
    await settle();
    expect(session.state.notice).toEqual({ at: "there", sentence: said("action_error_internal"), failed: true });
  });

  it("says nothing when the message was opened, nor of another message than the one shown now", async () => {
    const { session, acted, settle } = await shown();
    session.openMessage("receipt@pec.test", "here");
    acted[0]?.answer({ state: "done" });
    await settle();
    expect(session.state).toMatchObject({ busy: null, notice: null });
    session.openMessage("receipt@pec.test", "here");
    session.open(second);
    acted[1]?.answer({ state: "failed", code: "gone" });
    await settle();
    expect(session.state).toMatchObject({ target: second, busy: null, notice: null });
  });

  const same: ContentReport = { state: "compared", comparison: { outcome: "same", parts: [] } };

  it("compares each receipt once at a time, several beside each other", async () => {
    const { session, compared, settle } = await shown();
    session.compareContent("one");
    session.compareContent("one");
    session.compareContent("two");
    expect(compared).toHaveLength(2);
    compared[1]?.fail(new Error("no answer"));
    await settle();
    compared[0]?.answer(same);
    await settle();
    expect(Object.fromEntries(session.state.comparisons)).toEqual({
      one: same,
      two: { state: "not-comparable", code: "internal" },
    });
  });

  it("never shows a comparison with another message, nor compares what nothing is known of", async () => {
    const { session, compared, answer, settle } = await shown();
    session.compareContent("one");
    session.open(second);
    compared[0]?.answer(same);
    await settle();
    expect(session.state.comparisons.size).toBe(0);
    await answer(1, report(second));
    session.compareContent("one");
    expect(compared).toHaveLength(1);
  });
});

describe("actions", () => {
  it.each<readonly [ActionResult, PageState["notice"]]>([
    [{ state: "done" }, { at: "save-original", sentence: said("action_saved"), failed: false }],
    [
      { state: "done", folder: "Con\u202etratto" },
      {
        at: "save-original",
        sentence: said("action_saved_in", { type: "foreign", text: "Con⟨U+202E⟩tratto", full: null }),
        failed: false,
      },
    ],
    [{ state: "cancelled" }, null],
    [
      { state: "failed", code: "save-failed" },
      { at: "save-original", sentence: said("action_error_save_failed"), failed: true },
    ],
  ])("say what came of them: %o", async (result, notice) => {
    const { session, acted, answer, settle } = setUp();
    session.open(first);
    await answer(0, report(first));
    session.run({ name: "save-original" });
    expect(session.state.busy).toBe("save-original");
    acted[0]?.answer(result);
    await settle();
    expect(session.state).toMatchObject({ busy: null, notice });
  });

  it("run one at a time, and a crash is said beside the button", async () => {
    const { session, acted, answer, settle } = setUp();
    session.open(first);
    await answer(0, report(first));
    session.run({ name: "open-attachment", attachment: [1, 2] });
    session.run({ name: "reply" });
    expect(acted).toHaveLength(1);
    acted[0]?.fail(new Error("bug"));
    await settle();
    expect(session.state.notice).toEqual({
      at: "open-attachment 1.2",
      sentence: said("action_error_internal"),
      failed: true,
    });
  });

  it("confirm a copy, or say that it failed", async () => {
    const { session, answer, settle, refuseClipboard } = setUp();
    session.open(first);
    await answer(0, report(first));
    session.copy("id", "copy identifier");
    await settle();
    expect(session.state.notice).toEqual({ at: "copy identifier", sentence: said("copied"), failed: false });
    refuseClipboard();
    session.copy("id", "copy identifier");
    await settle();
    expect(session.state.notice).toEqual({ at: "copy identifier", sentence: said("action_error_copy"), failed: true });
  });
});

describe("looking into an attachment", () => {
  const HASHED: AttachmentAnswer = { state: "hashed", sha256: "ab" };

  it("asks once, shows the answer, and takes it away at the next press", async () => {
    const { session, answer, looked, settle } = setUp("popup");
    session.open(first);
    await answer(0, report(first));
    session.lookInto([1], "sha256");
    session.lookInto([1], "sha256");
    expect(looked).toHaveLength(1);
    expect(session.state.attachments.get("sha256 1")).toBe("busy");
    looked[0]?.answer(HASHED);
    await settle();
    expect(session.state.attachments.get("sha256 1")).toEqual(HASHED);
    session.lookInto([1], "sha256");
    expect(session.state.attachments.has("sha256 1")).toBe(false);
    expect(looked).toHaveLength(1);
  });

  it("a failure is an answer; of another message nothing is shown", async () => {
    const { session, answer, looked, settle } = setUp("popup");
    session.open(first);
    await answer(0, report(first));
    session.lookInto([0], "signature");
    looked[0]?.fail(new Error("asleep"));
    await settle();
    expect(session.state.attachments.get("signature 0")).toEqual({ state: "failed", code: "internal" });
    session.lookInto([1], "signature");
    session.open(second);
    looked[1]?.answer(HASHED);
    await settle();
    expect(session.state.attachments.size).toBe(0);
  });
});
