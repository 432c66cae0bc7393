// Belongs here: how the state of the ledger page changes: answers, what a person does, what the background tells. No DOM.
// Does NOT belong here: drawing (see draw-ledger.ts), wiring to window and runtime (see ledger.ts).
import type { LedgerRow } from "../../core/index.ts";
import type {
  ActionResult,
  EvidenceAnswer,
  EvidenceRequest,
  LedgerAnswer,
  LedgerRequest,
  WalkReport,
} from "../../messages.ts";
import { describeSent } from "../sent/describe-sent.ts";
import { keyOf } from "../values.ts";
import { countRows, filterRows, NO_FILTER } from "./filter-rows.ts";
import type { LedgerDeeds, LedgerNotice, LedgerState } from "./ledger-state.ts";
import { type ListedRow, listedRow } from "./listed-row.ts";
import { FIRST_ORDER, nextOrder, sortRows } from "./sort-rows.ts";

export interface LedgerPorts {
  readonly background: {
    readonly ledger: (request: LedgerRequest) => Promise<LedgerAnswer>;
    readonly openMessage: (messageId: string) => Promise<ActionResult>;
    readonly evidence: (request: EvidenceRequest) => Promise<EvidenceAnswer>;
    readonly restoreOriginal: (link: string, how: "open" | "save") => Promise<ActionResult>;
  };
  /** Asks Thunderbird's permission to mark mail as read; to be called in the handler of a click. */
  readonly requestMarkRead: () => Promise<boolean>;
  /** BCP 47 tag of the user interface. */
  readonly locale: string;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Calls back once, after so many milliseconds. */
  readonly later: (delay: number, work: () => void) => void;
  /** Called after every change. */
  readonly render: (state: LedgerState) => void;
}

export interface LedgerSession {
  readonly state: LedgerState;
  readonly deeds: LedgerDeeds;
  /** Asks for everything anew: at the start. */
  readonly refresh: () => Promise<void>;
  /** The background said that the ledger has changed: asks anew soon, and not at every single change. */
  readonly ledgerChanged: () => void;
  readonly walkChanged: (walk: WalkReport) => void;
}

/** Between two loads: changes come in swarms while receipts are collected. */
const PAUSE = 1_500;
/** A long ledger takes long to load: the background does other things for most of the time. */
const PAUSE_FACTOR = 8;
/** While rows come in for the first time they are put in order again when there are that many times more of them. */
const GROWTH = 2;

export function createLedgerSession(ports: LedgerPorts): LedgerSession {
  const { background, now } = ports;
  let state: LedgerState = {
    overview: null,
    trouble: null,
    view: "sent",
    sorted: [],
    shown: [],
    counts: countRows([]),
    loading: true,
    filter: NO_FILTER,
    order: FIRST_ORDER,
    selected: null,
    details: null,
    apart: null,
    allProblemsShown: false,
    busy: null,
    notice: null,
    asking: null,
  };
  let refreshing: Promise<void> | null = null;
  let isWaiting = false;
  let isStale = false;
  let pause = PAUSE;

  function change(next: Partial<LedgerState>): void {
    state = { ...state, ...next };
    ports.render(state);
  }

  /** One request; a background that does not answer is a failure like any other. */
  function ask(request: LedgerRequest): Promise<LedgerAnswer> {
    return background.ledger(request).catch((): LedgerAnswer => ({ state: "failed", code: "internal" }));
  }

  function list(rows: readonly ListedRow[]): Partial<LedgerState> {
    const sorted = sortRows(rows, state.order);
    return { sorted, shown: filterRows(sorted, state.filter, now()), counts: countRows(rows) };
  }

  async function load(): Promise<void> {
    const started = now();
    const answer = await ask({ name: "overview" });
    if (answer.state !== "overview") {
      change({ trouble: troubleKey(answer), loading: false });
      return;
    }
    const { overview } = answer;
    change({ overview, trouble: null });
    const [rows, apart] = await Promise.all([
      loadRows(overview.began),
      state.view === "apart" ? loadApart() : null,
      refreshDetails(),
    ]);
    if (rows !== null) change({ ...list(rows), loading: false });
    else change({ trouble: "ledger_error_internal", loading: false });
    if (apart !== null) change({ apart });
    pause = Math.max(PAUSE, PAUSE_FACTOR * (now() - started));
  }

  /** Piece by piece; the first time what is there is shown at once. `null`: they did not come. */
  async function loadRows(began: number): Promise<readonly ListedRow[] | null> {
    const rows: ListedRow[] = [];
    let published = 0;
    let after: string | null = null;
    do {
      const answer: LedgerAnswer = await ask({ name: "rows", after });
      if (answer.state !== "rows") return null;
      rows.push(...answer.rows.map((row: LedgerRow) => listedRow(row, began)));
      after = answer.next;
      if (state.loading && after !== null && rows.length >= published * GROWTH) {
        published = rows.length;
        change(list(rows));
      }
    } while (after !== null);
    return rows;
  }

  async function loadApart(): Promise<LedgerState["apart"]> {
    const answer = await ask({ name: "apart" });
    return answer.state === "apart" ? answer : null;
  }

  async function refreshDetails(): Promise<void> {
    const link = state.details?.link;
    if (link === undefined) return;
    const answer = await ask({ name: "entry", link });
    // Others may be open by now.
    if (state.details?.link !== link) return;
    const report = answer.state === "entry" ? answer.report : null;
    const sent = report && describeSent(report, { now: now(), locale: ports.locale, shownMessageId: "" });
    change({ details: { link, sent, isGone: sent === null } });
  }

  /** One load at a time; what changes meanwhile is asked for by another one. */
  async function refresh(): Promise<void> {
    if (refreshing !== null) {
      isStale = true;
      return refreshing;
    }
    isStale = false;
    refreshing = load();
    await refreshing;
    refreshing = null;
    if (isStale) ledgerChanged();
  }

  function ledgerChanged(): void {
    if (refreshing !== null) {
      isStale = true;
      return;
    }
    if (isWaiting) return;
    isWaiting = true;
    ports.later(pause, () => {
      isWaiting = false;
      void refresh();
    });
  }

  /**
   * Carries out what the control `at` stands for, and says beside it what came of it.
   *
   * @param done says of success in words; `null`: it can be seen
   */
  async function run(
    at: string,
    request: LedgerRequest,
    done: ((answer: LedgerAnswer) => Pick<LedgerNotice, "key" | "values"> | null) | null = null,
  ): Promise<LedgerAnswer | null> {
    if (state.busy !== null) return null;
    change({ busy: at, notice: null, asking: null });
    const answer = await ask(request);
    const words = answer.state === "failed" ? failureWords(answer.code) : (done?.(answer) ?? null);
    change({
      busy: null,
      overview: answer.state === "overview" ? answer.overview : state.overview,
      notice: words === null ? null : { at, failed: answer.state === "failed", ...words },
    });
    return answer;
  }

  async function open(link: string): Promise<void> {
    change({ selected: link, details: { link, sent: null, isGone: false }, notice: null });
    await refreshDetails();
  }

  async function reveal(link: string): Promise<void> {
    if (!state.shown.some(({ row }) => row.link === link)) change({ filter: NO_FILTER, shown: state.sorted });
    change({ view: "sent" });
    await open(link);
  }

  async function openMessage(at: string, messageId: string): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const result = await background
      .openMessage(messageId)
      .catch((): ActionResult => ({ state: "failed", code: "internal" }));
    const failed = result.state === "failed";
    const key = failed && result.code === "gone" ? "ledger_error_message_gone" : "ledger_error_open_failed";
    change({ busy: null, notice: failed ? { at, key, values: [], failed } : null });
  }

  /** Another page makes it: here only that it could not be opened is said. */
  async function makeEvidence(at: string, links: readonly string[]): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const answer = await background
      .evidence({ name: "open", source: { type: "sent", links } })
      .catch((): EvidenceAnswer => ({ state: "failed", code: "open-failed" }));
    const failed = answer.state === "failed";
    change({
      busy: null,
      notice: failed ? { at, key: keyOf("evidence_error", answer.code), values: [], failed } : null,
    });
  }

  async function restore(at: string, link: string, how: "open" | "save"): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const result = await background
      .restoreOriginal(link, how)
      .catch((): ActionResult => ({ state: "failed", code: "internal" }));
    change({ busy: null, notice: restoreNotice(at, how, result) });
  }

  async function showView(view: LedgerState["view"]): Promise<void> {
    change({ view, notice: null });
    if (view === "apart") change({ apart: await loadApart() });
  }

  async function verifyPostponed(at: string, key: string): Promise<void> {
    await run(at, { name: "verify-postponed", key }, (answer) =>
      answer.state === "checked"
        ? { key: `ledger_postponed_${answer.outcome.replaceAll("-", "_")}`, values: [] }
        : null,
    );
    if (state.view === "apart") change({ apart: await loadApart() });
  }

  async function forgetSender(at: string, address: string): Promise<void> {
    const answer = await run(at, { name: "forget-sender", address });
    if (answer?.state !== "overview") return;
    // Gone at once; what else follows from it comes with the next load.
    const rows = state.sorted.filter(({ row }) => row.sender !== address);
    const { sender } = state.filter;
    change({ filter: { ...state.filter, sender: sender === address ? null : sender }, details: null, selected: null });
    change(list(rows));
    ledgerChanged();
  }

  async function markReceiptsRead(at: string, link: string): Promise<void> {
    if (!(await ports.requestMarkRead().catch(() => false))) {
      change({ notice: { at, key: "ledger_error_not_permitted", values: [], failed: true } });
      return;
    }
    await run(at, { name: "mark-receipts-read", links: [link] }, (answer) => {
      const count = answer.state === "done" ? (answer.count ?? 0) : 0;
      return count === 0
        ? { key: "ledger_all_read", values: [] }
        : { key: "ledger_marked_read", values: [number(count)] };
    });
  }

  const number = (value: number): string => new Intl.NumberFormat(ports.locale).format(value);

  const deeds: LedgerDeeds = {
    filterBy: (filtered) => {
      const filter = { ...state.filter, ...filtered };
      change({ filter, shown: filterRows(state.sorted, filter, now()), notice: null });
    },
    clearFilter: () => change({ filter: NO_FILTER, shown: state.sorted, notice: null }),
    sortBy: (column) => {
      const order = nextOrder(state.order, column);
      const sorted = sortRows(state.sorted, order);
      change({ order, sorted, shown: filterRows(sorted, state.filter, now()) });
    },
    select: (link) => change({ selected: link }),
    toggle: (link) => {
      if (state.details?.link === link) change({ details: null, selected: link, notice: null });
      else void open(link);
    },
    reveal: (link) => void reveal(link),
    close: () => change({ details: null, notice: null }),
    show: (view) => void showView(view),
    toggleProblems: () => change({ allProblemsShown: !state.allProblemsShown }),
    acknowledge: (at, problems) => void run(at, { name: "acknowledge", problems }),
    markReceiptsRead: (at, link) => void markReceiptsRead(at, link),
    openMessage: (at, messageId) => void openMessage(at, messageId),
    makeEvidence: (at, links) =>
      void makeEvidence(at, links === "shown" ? state.shown.map(({ row }) => row.link) : links),
    restore: (at, link, how) => void restore(at, link, how),
    verifyPostponed: (at, key) => void verifyPostponed(at, key),
    saveTable: (at) =>
      void run(at, { name: "save-table", links: state.shown.map(({ row }) => row.link) }, (answer) =>
        answer.state === "done" ? { key: "ledger_saved", values: [] } : null,
      ),
    startWalk: (at) => void run(at, { name: "start-walk" }),
    cancelWalk: (at) => void run(at, { name: "cancel-walk" }),
    forgetSender: (at, address) => void forgetSender(at, address),
    ask: (asking) => change({ asking, notice: null }),
  };

  return {
    get state() {
      return state;
    },
    deeds,
    refresh,
    ledgerChanged,
    walkChanged: (walk) => {
      if (state.overview === null) return;
      const hasEnded = walk.state === "ended" && state.overview.walk.state === "running";
      change({ overview: { ...state.overview, walk } });
      if (hasEnded) ledgerChanged();
    },
  };
}

function restoreNotice(at: string, how: "open" | "save", result: ActionResult): LedgerNotice | null {
  if (result.state === "failed") return { at, key: keyOf("restore_error", result.code), values: [], failed: true };
  if (result.state === "cancelled" || how === "open") return null;
  return { at, key: "restore_saved", values: [], failed: false };
}

function failureWords(code: string): Pick<LedgerNotice, "key" | "values"> {
  return { key: `ledger_error_${code.replaceAll("-", "_")}`, values: [] };
}

function troubleKey(answer: LedgerAnswer): string {
  return failureWords(answer.state === "failed" ? answer.code : "internal").key;
}
