import { describe, expect, it } from "vitest";
import { createShowSeal } from "../../../src/app/message/show-seal.ts";
import { type LedgerEvent, sentStatus, withEvent } from "../../../src/core/index.ts";
import type { MessageReport, SentReport } from "../../../src/messages.ts";
import { aReceipt, after, ANNA, BRUNO, copy } from "../../core/receipts/a-receipt.ts";
import { deferred, inspection, TARGET, type Deferred } from "../fakes.ts";

const PEC = inspection({ kind: "posta-certificata", look: "sealed" });
const { tabId, messageId } = TARGET;
/** What the list says of a message. */
const selected = (id: number) => ({ messageId: id, author: "posta-certificata@pec.test", size: 9_000 });

function setUp(options: { withPane?: boolean; otherIsActive?: boolean; paneAgrees?: boolean } = {}) {
  const shown: string[] = [];
  const opened: number[] = [];
  const answers = new Map<number, Deferred<MessageReport>>();
  const prepared = new Map<number, Deferred<MessageReport | null>>();
  const screen: { messageId: number; loading?: Promise<number> } = { messageId };
  const answer = (id: number): Deferred<MessageReport> => {
    const known = answers.get(id) ?? deferred<MessageReport>();
    answers.set(id, known);
    return known;
  };
  const seal = createShowSeal({
    reports: {
      prepare: (_tabId, { messageId: id }) => prepared.get(id)?.promise ?? Promise.resolve(null),
      report: (target) => answer(target.messageId).promise,
    },
    shown: {
      current: () => screen.loading ?? Promise.resolve(screen.messageId),
      inActiveTab: () => Promise.resolve(null),
      everywhere: () =>
        Promise.resolve([
          { tabId, messageId },
          { tabId: 8, messageId: 80 },
        ]),
    },
    button: {
      show: (tab, state, effect) => {
        shown.push(`${tab} ${state} ${effect}`);
        return Promise.resolve();
      },
    },
    pane:
      options.withPane === false
        ? null
        : {
            open: ({ target }) => {
              opened.push(target.messageId);
              return Promise.resolve(options.paneAgrees ?? true);
            },
            appearance: () => Promise.resolve(null),
          },
    otherIsActive: () => Promise.resolve(options.otherIsActive ?? false),
  });
  const resolveWith = (id: number, found = PEC, sent: SentReport | null = null): void =>
    answer(id).resolve({
      state: "inspected",
      target: { tabId, messageId: id, path: [] },
      inspection: found,
      sent,
    });
  /** The report is another one the next time it is asked for. */
  const forget = (id: number): void => void answers.delete(id);
  const prepare = (id: number): Deferred<MessageReport | null> => {
    const preparing = deferred<MessageReport | null>();
    prepared.set(id, preparing);
    return preparing;
  };
  return { seal, shown, opened, answer, resolveWith, forget, screen, prepare };
}

describe("showing the seal", () => {
  it("says checking first, then opens the pane and has the button toggle it", async () => {
    const { seal, shown, opened, resolveWith } = setUp();
    resolveWith(messageId);
    await seal.messageShown(tabId, messageId);
    expect(shown).toEqual(["3 checking nothing", "3 sealed toggle-pane"]);
    expect(opened).toEqual([messageId]);
  });

  it("has the button open a popup where there is no pane", async () => {
    for (const options of [{ withPane: false }, { paneAgrees: false }]) {
      const { seal, shown, resolveWith } = setUp(options);
      resolveWith(messageId);
      await seal.messageShown(tabId, messageId);
      expect(shown.at(-1)).toBe("3 sealed open-popup");
    }
  });

  it("shows no pane on ordinary mail and disables the button, unless a PEC is attached", async () => {
    const plain = setUp();
    plain.resolveWith(messageId, inspection());
    await plain.seal.messageShown(tabId, messageId);
    expect(plain.shown.at(-1)).toBe("3 none nothing");
    const carrier = setUp();
    const attached = [{ path: [1], kind: "posta-certificata", fileName: null, subject: "" }] as const;
    carrier.resolveWith(messageId, inspection({ attached }));
    await carrier.seal.messageShown(tabId, messageId);
    expect(carrier.shown.at(-1)).toBe("3 attached open-popup");
    expect([...plain.opened, ...carrier.opened]).toEqual([]);
  });

  it("never calls REM anything but REM", async () => {
    const { seal, shown, resolveWith } = setUp();
    resolveWith(messageId, inspection({ kind: "rem", look: "cannot-be-verified" }));
    await seal.messageShown(tabId, messageId);
    expect(shown.at(-1)).toBe("3 rem toggle-pane");
  });

  it("drops an answer that comes after another message was shown or selected in the tab", async () => {
    const { seal, shown, opened, resolveWith, screen } = setUp();
    const first = seal.messageShown(tabId, 1);
    const second = seal.messageShown(tabId, 2);
    resolveWith(2, inspection({ kind: "accettazione", look: "not-valid" }));
    await second;
    resolveWith(1);
    await first;
    expect(shown.at(-1)).toBe("3 not-valid toggle-pane");
    expect(opened).toEqual([2]);

    const third = seal.messageShown(tabId, 3);
    screen.messageId = 4;
    const selected = seal.selectionChanged(tabId, null);
    resolveWith(3);
    await third;
    expect(shown.at(-1)).toBe("3 checking nothing");
    resolveWith(4);
    await selected;
    expect(shown.at(-1)).toBe("3 sealed toggle-pane");
    expect(opened).toEqual([2, 4]);
  });

  it("opens the pane ahead of a message that is being loaded, and says nothing else of it yet", async () => {
    const { seal, shown, opened, resolveWith, screen, prepare } = setUp();
    const loading = deferred<number>();
    screen.loading = loading.promise;
    const preparing = prepare(5);
    const done = seal.selectionChanged(tabId, selected(5));
    preparing.resolve({ state: "inspected", target: { ...TARGET, messageId: 5 }, inspection: PEC, sent: null });
    await expect.poll(() => opened).toEqual([5]);
    expect(shown).toEqual(["3 checking nothing"]);
    loading.resolve(5);
    resolveWith(5);
    await done;
    expect(shown.at(-1)).toBe("3 sealed toggle-pane");
    expect(opened).toEqual([5, 5]);
  });

  it.each([
    ["after another message was selected", PEC, {}, true],
    ["without a pane", PEC, { withPane: false }, false],
    ["on ordinary mail", inspection(), {}, false],
    ["beside the other package", PEC, { otherIsActive: true }, false],
  ] as const)("opens no pane ahead %s", async (_when, found, options, another) => {
    const { seal, opened, screen, prepare } = setUp(options);
    // Nothing ends the loading in this test.
    screen.loading = deferred<number>().promise;
    const preparing = prepare(5);
    void seal.selectionChanged(tabId, selected(5));
    if (another) void seal.selectionChanged(tabId, selected(6));
    preparing.resolve({ state: "inspected", target: { ...TARGET, messageId: 5 }, inspection: found, sent: null });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(opened).toEqual([]);
  });

  it("tells a failure only of a message that is shown", async () => {
    const { seal, opened, screen, prepare } = setUp();
    screen.loading = deferred<number>().promise;
    prepare(5).resolve({ state: "internal-error", target: { ...TARGET, messageId: 5 }, code: "TypeError" });
    void seal.selectionChanged(tabId, selected(5));
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(opened).toEqual([]);
  });

  it("paints the button only when it has something else to say, and anew when all is shown anew", async () => {
    const { seal, shown, resolveWith } = setUp();
    resolveWith(messageId);
    resolveWith(80);
    await Promise.all([seal.selectionChanged(tabId, null), seal.messageShown(tabId, messageId)]);
    expect(shown).toEqual(["3 checking nothing", "3 sealed toggle-pane"]);
    await seal.showEverywhere();
    expect(shown.filter((each) => each === "3 sealed toggle-pane")).toHaveLength(2);
  });

  it("leaves the button alone when the message is gone", async () => {
    const { seal, shown, answer } = setUp();
    answer(messageId).resolve({ state: "gone", target: TARGET });
    await seal.messageShown(tabId, messageId);
    expect(shown).toEqual(["3 checking nothing"]);
  });

  it("shows a bug as internal error, in the pane too", async () => {
    const { seal, shown, opened, answer } = setUp();
    answer(messageId).resolve({ state: "internal-error", target: TARGET, code: "TypeError" });
    await seal.messageShown(tabId, messageId);
    expect(shown.at(-1)).toBe("3 internal-error toggle-pane");
    expect(opened).toEqual([messageId]);
  });

  it("steps back before the other package, and says so", async () => {
    const { seal, shown, opened } = setUp({ otherIsActive: true });
    await seal.messageShown(tabId, messageId);
    expect(shown.at(-1)).toBe("3 stepped-back open-popup");
    expect(opened).toEqual([]);
  });

  it("shows every message on the screen when asked to", async () => {
    const { seal, shown, resolveWith } = setUp();
    resolveWith(messageId);
    resolveWith(80, inspection());
    await seal.showEverywhere();
    expect(shown).toContain("3 sealed toggle-pane");
    expect(shown).toContain("8 none nothing");
  });
});

describe("a sent message", () => {
  const ORDINARY = inspection({ kind: null, look: "none" });
  const sent = (now: number, ...receipts: readonly ReturnType<typeof aReceipt>[]): SentReport => {
    const events = receipts.map((receipt): LedgerEvent => ({ type: "receipt", receipt }));
    const entry = events.reduce((known, event) => withEvent([known], event), withEvent([], { type: "sent", copy }));
    return { role: "sent-copy", entry, status: sentStatus(entry, now), unverified: [] };
  };
  const ACCEPTED = aReceipt("accettazione", 0);
  const DELIVERED = [aReceipt("avvenuta-consegna", 1, ANNA), aReceipt("avvenuta-consegna", 1, BRUNO)];

  it.each([
    ["is waited for", sent(after(0)), "sent-waiting"],
    ["was not accepted in time", sent(after(1)), "sent-problem"],
    ["is accepted", sent(after(1), ACCEPTED), "sent-waiting"],
    ["is late", sent(after(13), ACCEPTED), "sent-late"],
    ["is overdue", sent(after(25), ACCEPTED), "sent-problem"],
    ["is delivered, and forwarded as ordinary mail", sent(after(25), ACCEPTED, ...DELIVERED), "sent-delivered"],
    [
      "failed for one recipient",
      sent(after(1), ACCEPTED, ...DELIVERED.slice(1), aReceipt("errore-consegna", 1, ANNA)),
      "sent-problem",
    ],
    [
      "bears contradictory receipts",
      sent(after(1), ACCEPTED, ...DELIVERED, aReceipt("errore-consegna", 1, ANNA)),
      "sent-problem",
    ],
  ])("that %s", async (_, report, state) => {
    const { seal, shown, opened, resolveWith } = setUp();
    resolveWith(messageId, ORDINARY, report);
    await seal.messageShown(tabId, messageId);
    expect(shown).toEqual(["3 checking nothing", `3 ${state} toggle-pane`]);
    expect(opened).toEqual([messageId]);
  });

  it("gets its pane and its button when the ledger comes to know of it, without a word of checking", async () => {
    const { seal, shown, opened, resolveWith, forget } = setUp();
    resolveWith(80);
    resolveWith(messageId, ORDINARY);
    await seal.messageShown(tabId, messageId);
    expect(opened).toEqual([]);
    forget(messageId);
    resolveWith(messageId, ORDINARY, sent(after(1), ACCEPTED));
    await seal.ledgerChanged();
    expect(shown.filter((each) => each.startsWith("3 "))).toEqual([
      "3 checking nothing",
      "3 none nothing",
      "3 sent-waiting toggle-pane",
    ]);
    expect(opened).toContain(messageId);
  });

  it("is not shown again when another message was selected meanwhile", async () => {
    const { seal, shown, answer, resolveWith } = setUp();
    resolveWith(80);
    const again = seal.ledgerChanged();
    const next = seal.messageShown(tabId, 99);
    resolveWith(messageId, ORDINARY, sent(after(1), ACCEPTED));
    await again;
    answer(99).resolve({ state: "inspected", target: TARGET, inspection: ORDINARY, sent: null });
    await next;
    expect(shown.filter((each) => each.startsWith("3 "))).toEqual(["3 checking nothing", "3 none nothing"]);
  });
});
