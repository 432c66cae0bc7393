import { describe, expect, it } from "vitest";
import { createShowSeal } from "../../src/app/show-seal.ts";
import type { MessageReport } from "../../src/messages.ts";
import { deferred, inspection, TARGET, type Deferred } from "./fakes.ts";

const PEC = inspection({ kind: "posta-certificata", look: "sealed" });
const { tabId, messageId } = TARGET;

function setUp(options: { withPane?: boolean; otherIsActive?: boolean; paneAgrees?: boolean } = {}) {
  const shown: string[] = [];
  const opened: number[] = [];
  const answers = new Map<number, Deferred<MessageReport>>();
  const screen = { messageId };
  const answer = (id: number): Deferred<MessageReport> => {
    const known = answers.get(id) ?? deferred<MessageReport>();
    answers.set(id, known);
    return known;
  };
  const seal = createShowSeal({
    reports: { report: (target) => answer(target.messageId).promise },
    shown: {
      current: () => Promise.resolve(screen.messageId),
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
            open: (target) => {
              opened.push(target.messageId);
              return Promise.resolve(options.paneAgrees ?? true);
            },
            setHeight: () => Promise.resolve(true),
            appearance: () => Promise.resolve(null),
          },
    otherIsActive: () => Promise.resolve(options.otherIsActive ?? false),
  });
  const resolveWith = (id: number, found = PEC): void =>
    answer(id).resolve({
      state: "inspected",
      target: { tabId, messageId: id, path: [] },
      inspection: found,
      sent: null,
    });
  return { seal, shown, opened, answer, resolveWith, screen };
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
    const selected = seal.selectionChanged(tabId);
    resolveWith(3);
    await third;
    expect(shown.at(-1)).toBe("3 checking nothing");
    resolveWith(4);
    await selected;
    expect(shown.at(-1)).toBe("3 sealed toggle-pane");
    expect(opened).toEqual([2, 4]);
  });

  it("paints the button only when it has something else to say, and anew when all is shown anew", async () => {
    const { seal, shown, resolveWith } = setUp();
    resolveWith(messageId);
    resolveWith(80);
    await Promise.all([seal.selectionChanged(tabId), seal.messageShown(tabId, messageId)]);
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
