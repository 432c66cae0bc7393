// Belongs here: how the state of the page that makes a bundle of evidence changes: answers, what a person does. No DOM.
// Does NOT belong here: drawing (see draw-evidence.ts), wiring to window and runtime (see evidence.ts).
import type { EvidenceAnswer, EvidenceRequest } from "../../messages.ts";
import { keyOf } from "../values.ts";
import type { EvidenceDeeds, EvidenceState, Making } from "./evidence-state.ts";

export interface EvidencePorts {
  readonly ask: (request: EvidenceRequest) => Promise<EvidenceAnswer>;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
  /** Calls back once, after so many milliseconds. */
  readonly later: (delay: number, work: () => void) => void;
  /** Called after every change. */
  readonly render: () => void;
}

export interface EvidenceSession {
  readonly state: EvidenceState;
  readonly deeds: EvidenceDeeds;
  /** Makes the bundle, then asks where to save it. */
  readonly start: () => Promise<void>;
  /** The page goes away: nothing of the bundle is kept. */
  readonly leave: () => void;
}

/** Before so much was done, how long the rest takes is a guess. */
const ESTIMATE_AFTER_MS = 3_000;

/** The background rests after half a minute without work, and what it holds is gone then. */
const HOLD_MS = 15_000;

/** @param job as the page's address names it; `null`: it names none */
export function createEvidenceSession(
  job: number | null,
  { ask: askBackground, now, later, render }: EvidencePorts,
): EvidenceSession {
  let state: EvidenceState = {
    making: { state: "making", total: null, done: 0, at: "", timeLeft: null },
    gaps: [],
  };
  let isStopped = false;

  function change(next: Partial<EvidenceState>): void {
    state = { ...state, ...next };
    render();
  }

  /** A background that does not answer is a failure like any other. */
  const ask = (request: EvidenceRequest): Promise<EvidenceAnswer> =>
    askBackground(request).catch((): EvidenceAnswer => ({ state: "failed", code: "internal" }));

  function fail(answer: EvidenceAnswer): void {
    const code = answer.state === "failed" ? answer.code : "internal";
    change({ making: { state: "failed", key: keyOf("evidence_error", code) } });
  }

  async function start(): Promise<void> {
    if (job === null) return fail({ state: "failed", code: "interrupted" });
    const begun = await ask({ name: "begin", job });
    if (isStopped) return;
    if (begun.state === "too-large") return change({ making: begun });
    if (begun.state !== "begun") return fail(begun);
    const { total } = begun;
    const startedAt = now();
    change({ making: { state: "making", total, done: 0, at: "", timeLeft: null } });
    for (;;) {
      const answer = await ask({ name: "next", job });
      if (isStopped) return;
      if (answer.state !== "step") return fail(answer);
      const { done, at, gaps, finished } = answer.step;
      if (finished !== null) {
        change({ gaps, making: { state: "finished", ...finished, saving: null } });
        break;
      }
      change({ gaps, making: { state: "making", total, done, at, timeLeft: timeLeft(done) } });
    }
    hold();
    await save();

    function timeLeft(done: number): number | null {
      const elapsed = now() - startedAt;
      if (done === 0 || elapsed < ESTIMATE_AFTER_MS) return null;
      return Math.max(0, Math.round((elapsed / done) * (total - done)));
    }
  }

  /** As long as the page is there: the person may take their time to choose a place, or want another copy. */
  function hold(): void {
    later(HOLD_MS, () => {
      if (isStopped || job === null || state.making.state !== "finished") return;
      void ask({ name: "hold", job });
      hold();
    });
  }

  async function save(): Promise<void> {
    const { making } = state;
    if (job === null || making.state !== "finished" || making.saving === "asking") return;
    change({ making: { ...making, saving: "asking" } });
    const answer = await ask({ name: "save", job });
    change({ making: savedOf(making, answer) });
  }

  function stop(): void {
    isStopped = true;
    if (job !== null) void ask({ name: "end", job });
  }

  return {
    get state() {
      return state;
    },
    deeds: {
      cancel: () => {
        stop();
        change({ making: { state: "cancelled" }, gaps: [] });
      },
      save: () => void save(),
    },
    start,
    leave: stop,
  };
}

/** What is finished stays until it is saved, unless the background has lost it. */
function savedOf(making: Extract<Making, { readonly state: "finished" }>, answer: EvidenceAnswer): Making {
  if (answer.state === "saved" || answer.state === "cancelled") return { ...making, saving: answer.state };
  if (answer.state === "failed" && answer.code !== "save-failed") {
    return { state: "failed", key: keyOf("evidence_error", answer.code) };
  }
  return { ...making, saving: "failed" };
}
