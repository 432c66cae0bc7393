// Belongs here: how the state of the page for checking many messages changes: answers, what a person does. No DOM.
// Does NOT belong here: drawing (see draw-batch.ts), wiring to window and runtime (see batch.ts).
import type {
  BatchAnswer,
  BatchRequest,
  BatchSource,
  BatchStep,
  EvidenceAnswer,
  EvidenceRequest,
  EvidenceSource,
} from "../../messages.ts";
import type { BatchDeeds, BatchState } from "./batch-state.ts";
import { type CheckedRow, checkedRow } from "./checked-row.ts";
import { countMore, filterRows, NO_ANSWERS, NO_FILTER } from "./filter-rows.ts";
import { keyOf } from "../values.ts";
import { AS_FOUND, nextOrder, sortRows } from "./sort-rows.ts";

export interface BatchPorts {
  readonly ask: (request: BatchRequest) => Promise<BatchAnswer>;
  readonly evidence: (request: EvidenceRequest) => Promise<EvidenceAnswer>;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
  /** Called after every change. */
  readonly render: () => void;
}

export interface BatchSession {
  readonly state: BatchState;
  readonly deeds: BatchDeeds;
  /** Asks anew what can be chosen: at the start, and when the person comes back from the message list. */
  readonly refresh: () => Promise<void>;
  /** The page goes away: no more is asked. */
  readonly leave: () => void;
}

/** Before so much was done, how long the rest takes is a guess. */
const ESTIMATE_AFTER_MS = 3_000;

/** While rows come in they are put in order again when there are that many times more of them, and at the end. */
const GROWTH = 1.2;

export function createBatchSession({ ask: askBackground, evidence, now, render }: BatchPorts): BatchSession {
  let state: BatchState = {
    places: null,
    folder: "",
    run: { state: "choosing" },
    sources: [],
    rows: [],
    shown: [],
    answers: NO_ANSWERS,
    filter: NO_FILTER,
    order: AS_FOUND,
    selected: null,
    open: null,
    busy: null,
    notice: null,
  };
  /** The check under way; another one, or none, makes its late answers nobody's. */
  let current: symbol | null = null;
  /** What was chosen from disk: a row of theirs is opened from there. */
  let files: readonly File[] = [];

  function change(next: Partial<BatchState>): void {
    state = { ...state, ...next };
    render();
  }

  /** A background that does not answer is a failure like any other. */
  const ask = (request: BatchRequest): Promise<BatchAnswer> =>
    askBackground(request).catch((): BatchAnswer => ({ state: "failed", code: "internal" }));

  async function refresh(): Promise<void> {
    const answer = await ask({ name: "places" });
    if (answer.state === "places") change({ places: answer });
    else change({ notice: { at: "places", key: failureKey(answer), failed: true } });
  }

  async function start(source: BatchSource): Promise<void> {
    if (state.run.state === "running") return;
    const mine = Symbol("check");
    current = mine;
    files = source.type === "files" ? source.files : [];
    change({
      run: { state: "running", total: { unit: "messages", amount: null }, done: 0, at: "", timeLeft: null },
      sources: sourceNames(source, state),
      rows: [],
      shown: [],
      answers: NO_ANSWERS,
      filter: NO_FILTER,
      order: AS_FOUND,
      selected: null,
      open: null,
      notice: null,
    });
    const begun = await ask({ name: "begin", source });
    if (begun.state !== "begun") {
      if (current === mine) change({ run: { state: "ended", how: "failed" } });
      return;
    }
    const { job, total } = begun;
    const startedAt = now();
    let sortedAt = 0;
    for (;;) {
      const answer: BatchAnswer = await ask({ name: "next", job });
      if (current !== mine) {
        await ask({ name: "end", job });
        return;
      }
      if (answer.state !== "step") {
        change({ ...arranged(state.rows), run: { state: "ended", how: "failed" } });
        return;
      }
      const { step } = answer;
      const rows = withStep(step);
      const isOrdered = step.ended !== null || rows.length >= sortedAt * GROWTH || state.order.column === "found";
      if (isOrdered) sortedAt = rows.length;
      change({
        rows,
        answers: countMore(state.answers, rows.slice(state.rows.length)),
        ...(isOrdered ? arranged(rows) : {}),
        run:
          step.ended === null
            ? { state: "running", total, done: step.done, at: step.at, timeLeft: timeLeft(step.done) }
            : { state: "ended", how: step.ended },
      });
      if (step.ended !== null) return;
    }

    function timeLeft(done: number): number | null {
      const elapsed = now() - startedAt;
      if (total.amount === null || done === 0 || elapsed < ESTIMATE_AFTER_MS) return null;
      return Math.max(0, Math.round((elapsed / done) * (total.amount - done)));
    }
  }

  function withStep({ rows }: BatchStep): readonly CheckedRow[] {
    if (rows.length === 0) return state.rows;
    return [...state.rows, ...rows.map((row, index) => checkedRow(row, state.rows.length + index + 1))];
  }

  const arranged = (rows: readonly CheckedRow[], changed: Partial<BatchState> = {}): Partial<BatchState> => {
    const { order, filter } = { ...state, ...changed };
    return { ...changed, shown: filterRows(sortRows(rows, order), filter) };
  };

  /** Carries out what the control `at` stands for, and says beside it what came of it. */
  async function run(at: string, request: BatchRequest, doneKey: string | null): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const answer = await ask(request);
    const notice =
      answer.state === "failed"
        ? { at, key: failureKey(answer), failed: true }
        : answer.state === "done" && doneKey !== null
          ? { at, key: doneKey, failed: false }
          : null;
    change({ busy: null, notice });
  }

  /** Another page makes it: here only that it could not be opened is said. */
  async function makeEvidence(at: string, source: EvidenceSource): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const answer = await evidence({ name: "open", source }).catch((): EvidenceAnswer => {
      return { state: "failed", code: "open-failed" };
    });
    const failed = answer.state === "failed";
    change({ busy: null, notice: failed ? { at, key: keyOf("evidence_error", answer.code), failed } : null });
  }

  const deeds: BatchDeeds = {
    chooseFolder: (folder) => change({ folder, notice: null }),
    missFolder: () => change({ notice: { at: "start-folder", key: "batch_error_no_folder", failed: true } }),
    start: (source) => void start(source),
    cancel: () => {
      current = null;
      change({ ...arranged(state.rows), run: { state: "ended", how: "cancelled" } });
    },
    again: () => {
      change({ run: { state: "choosing" } });
      void refresh();
    },
    filterBy: (filtered) => change(arranged(state.rows, { filter: { ...state.filter, ...filtered }, notice: null })),
    clearFilter: () => change(arranged(state.rows, { filter: NO_FILTER, notice: null })),
    sortBy: (column) => change(arranged(state.rows, { order: nextOrder(state.order, column) })),
    select: (selected) => change({ selected }),
    toggle: (key) => change({ selected: key, open: state.open === key ? null : key, notice: null }),
    close: () => change({ open: null, notice: null }),
    openMessage: (at, { row: { place } }) => {
      const file = place.source === "file" ? (files[place.index] ?? null) : null;
      void run(at, { name: "open", place, file }, null);
    },
    makeEvidence: (at, of) => {
      if (of === "selection") void makeEvidence(at, { type: "selection" });
      else void makeEvidence(at, { type: "messages", ids: messageIds(state.shown) });
    },
    save: (at) => {
      const { rows, shown, sources, run: how } = state;
      const isPartial = how.state === "running" || (how.state === "ended" && how.how !== "finished");
      const summary = { rows: shown.map(({ row }) => row), sources, inspected: rows.length, isPartial };
      void run(at, { name: at, ...summary }, "batch_saved");
    },
  };

  return {
    get state() {
      return state;
    },
    deeds,
    refresh,
    leave: () => (current = null),
  };
}

/** Of those that lie in the mailbox; what was chosen from disk is in the person's hands already. */
export function messageIds(rows: readonly CheckedRow[]): readonly number[] {
  return rows.flatMap(({ row: { place } }) => (place.source === "mailbox" ? [place.id] : []));
}

/** As the report names them. */
function sourceNames(source: BatchSource, { places }: BatchState): readonly string[] {
  switch (source.type) {
    case "folder": {
      const folder = places?.folders.find(({ id }) => id === source.id);
      return [folder === undefined ? source.name : [folder.account, ...folder.path].join(" / ")];
    }
    case "selection":
      return [];
    case "files":
      return source.files.map(({ name }) => name);
  }
}

function failureKey(answer: BatchAnswer): string {
  const code = answer.state === "failed" ? answer.code : "internal";
  return `batch_error_${code.replaceAll("-", "_")}`;
}
