// The page that makes a bundle of evidence: what it asks for, what a person sees of it, and that nothing is left when it goes.
import { describe, expect, it, vi } from "vitest";
import type { EvidenceGap } from "../../../src/core/index.ts";
import type { EvidenceAnswer, EvidenceRequest, EvidenceStep } from "../../../src/messages.ts";
import { drawEvidence } from "../../../src/pages/evidence/draw-evidence.ts";
import { createEvidenceSession } from "../../../src/pages/evidence/evidence-session.ts";
import { translator } from "../messages.ts";
import { nodeText } from "../node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

const GAP: EvidenceGap = {
  ...{ role: "receipt", why: "unreadable", kind: "avvenuta-consegna", subject: "Diffida", messageId: "a@b", date: 0 },
};
const step = (difference: Partial<EvidenceStep> = {}): EvidenceAnswer => ({
  state: "step",
  step: { done: 1, at: "Diffida", gaps: [], finished: null, ...difference },
});
const FINISHED = step({ done: 4, finished: { messages: 4, bytes: 1_500_000 } });
const BEGUN: EvidenceAnswer = { state: "begun", total: 4 };

function setUp(job: number | null = 7) {
  const requests: EvidenceRequest[] = [];
  const waiting: ((answer: EvidenceAnswer) => void)[] = [];
  const timers: (() => void)[] = [];
  let clock = 0;
  const session = createEvidenceSession(job, {
    ask: (request) => {
      requests.push(request);
      if (request.name === "end" || request.name === "hold") return Promise.resolve({ state: "done" });
      return new Promise((resolve) => waiting.push(resolve));
    },
    now: () => clock,
    later: (_delay, work) => void timers.push(work),
    render: () => undefined,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  void session.start();
  return {
    session,
    requests,
    time: () => timers.shift()?.(),
    wait: (milliseconds: number) => void (clock += milliseconds),
    async answer(...answers: readonly EvidenceAnswer[]) {
      for (const each of answers) {
        waiting.shift()?.(each);
        await settle();
      }
    },
    names: () => requests.map(({ name }) => name),
    words: (language: "it" | "en" = "it") => {
      const translate = translator(language);
      return nodeText(drawEvidence(session.state, { translate, locale: language, deeds: session.deeds }));
    },
  };
}

describe("a bundle", () => {
  it("is made step by step, says how far it is, and then asks where it is to be saved", async () => {
    const page = setUp();
    await page.answer(BEGUN);
    page.wait(6_000);
    await page.answer(step());
    expect(page.session.state.making).toEqual({ state: "making", total: 4, done: 1, at: "Diffida", timeLeft: 18_000 });
    await page.answer(FINISHED);
    expect(page.names()).toEqual(["begin", "next", "next", "save"]);
    expect(page.session.state.making).toMatchObject({ state: "finished", messages: 4, saving: "asking" });
    await page.answer({ state: "saved" });
    expect(page.session.state.making).toMatchObject({ state: "finished", saving: "saved" });
    expect(page.words()).toContain("Salvato.");
    expect(page.words("en")).toContain("Saved.");
  });

  it("names what is missing in it", async () => {
    const page = setUp();
    await page.answer(BEGUN, step({ gaps: [GAP], done: 4, finished: { messages: 3, bytes: 9 } }), { state: "saved" });
    expect(page.words()).toContain("Ricevuta di avvenuta consegna · Diffida: non si può leggere");
  });

  it("that could not be saved says so, and can be saved again", async () => {
    const page = setUp();
    await page.answer(BEGUN, FINISHED, { state: "failed", code: "save-failed" });
    expect(page.words()).toContain("non è rimasto niente a metà");
    page.session.deeds.save();
    await page.answer({ state: "cancelled" });
    expect(page.words()).toContain("Non ancora salvato");
    page.session.deeds.save();
    await page.answer({ state: "saved" });
    expect(page.names().filter((name) => name === "save")).toHaveLength(3);
  });

  it("is held for as long as the page is there: the background would be put to rest, and lose it", async () => {
    const page = setUp();
    await page.answer(BEGUN, FINISHED, { state: "cancelled" });
    page.time();
    page.time();
    expect(page.names().filter((name) => name === "hold")).toHaveLength(2);
    page.session.leave();
    page.time();
    expect(page.names().slice(-2)).toEqual(["hold", "end"]);
  });

  it("is asked about once at a time", async () => {
    const page = setUp();
    await page.answer(BEGUN, FINISHED);
    page.session.deeds.save();
    page.session.deeds.save();
    expect(page.names().filter((name) => name === "save")).toHaveLength(1);
  });

  it("is nobody's after it was cancelled, or the page closed", async () => {
    const cancelled = setUp();
    await cancelled.answer(BEGUN);
    cancelled.session.deeds.cancel();
    await cancelled.answer(step());
    expect(cancelled.session.state.making).toEqual({ state: "cancelled" });
    expect(cancelled.names()).toEqual(["begin", "next", "end"]);
    expect(cancelled.words()).toContain("non è stato salvato niente");
    const closed = setUp();
    closed.session.leave();
    await closed.answer(BEGUN);
    expect(closed.names()).toEqual(["begin", "end"]);
  });

  it.each(["interrupted", "nothing", "too-many", "internal"] as const)("says in words: %s", async (code) => {
    const page = setUp();
    await page.answer({ state: "failed", code });
    expect(page.session.state.making).toMatchObject({ state: "failed" });
    expect(page.words()).not.toBe("");
    expect(page.words("en")).not.toBe("");
  });

  it("of more than one holds is not begun, and the page says how much would fit", async () => {
    const page = setUp();
    await page.answer({ state: "too-large", bytes: 2_050_000_000, fitting: 42 });
    expect(page.names()).toEqual(["begin"]);
    expect(page.words()).toMatch(/occupano 2,1\sGB in tutto.* i più vecchi di quelli scelti \(42\)/);
    expect(page.words("en")).toMatch(/take up 2\.1\sGB in all.* the oldest of these \(42\)/);
  });

  it("that the address does not name is told like one that is gone", () => {
    const page = setUp(null);
    expect(page.session.state.making).toEqual({ state: "failed", key: "evidence_error_interrupted" });
    expect(page.requests).toEqual([]);
  });
});
