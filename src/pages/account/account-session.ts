// Belongs here: how the state of the account page changes: an answer, what a person does. No DOM.
// Does NOT belong here: drawing (see draw-account.ts), wiring to window and runtime (see account.ts), filling the form (see account-form.ts).
import type {
  AccountAnswer,
  AccountChange,
  AccountCreation,
  AccountFinding,
  AccountRepair,
  AccountRequest,
  BackgroundMessage,
  LedgerAnswer,
} from "../../messages.ts";
import type { BackgroundClient } from "../background-client.ts";
import { EMPTY_ADDING, formOf, withProposal, withServers } from "./account-form.ts";
import type { AccountDeeds, AccountFields, AccountNotice, AccountState, AccountView, Adding } from "./account-state.ts";
import { isOwn, repairAt, undoAt } from "./repair-names.ts";

export interface AccountPorts {
  readonly background: Pick<BackgroundClient, "accounts" | "ledger">;
  readonly copy: (text: string) => Promise<void>;
  readonly openLink: (url: string) => Promise<void>;
  /** Called after every change. */
  readonly render: (state: AccountState) => void;
}

export interface AccountSession {
  readonly state: AccountState;
  readonly deeds: AccountDeeds;
  /** Looks at the accounts that are there: at the start, and when they are others. Asks no server. */
  readonly refresh: () => Promise<void>;
  readonly told: (message: BackgroundMessage) => void;
}

const INTERNAL = { key: "account_error_internal", values: [], failed: true } as const;

/** @param part how the page was opened: `welcome`, `accounts` or `add` */
export function createAccountSession(part: string, ports: AccountPorts): AccountSession {
  const { background } = ports;
  let state: AccountState = {
    view: part === "add" ? "add" : "accounts",
    welcome: part === "welcome",
    depth: null,
    audits: null,
    spaces: {},
    walk: null,
    broken: false,
    busy: null,
    notice: null,
    repaired: [],
    adding: EMPTY_ADDING,
    focus: null,
  };
  let turn = 0;
  /** Answers may come in another order than they were asked for: how often the accounts were asked for, and up to which time all are older than what is shown. */
  let looks = 0;
  let outdated = 0;
  /** Accounts whose receipts were, or are being, measured. */
  const measured = new Set<string>();

  function change(next: Partial<AccountState>): void {
    state = { ...state, ...next };
    ports.render(state);
  }
  const changeAdding = (next: Partial<Adding>, more: Partial<AccountState> = {}): void =>
    change({ ...more, adding: { ...state.adding, ...next } });
  const focusOn = (at: string): Pick<AccountState, "focus"> => ({ focus: { at, turn: (turn += 1) } });

  /** One request; `null` when the background did not answer as it should. */
  async function ask<State extends AccountAnswer["state"]>(
    wanted: State,
    request: AccountRequest,
  ): Promise<Extract<AccountAnswer, { readonly state: State }> | null> {
    const answer = await background.accounts(request).catch(() => null);
    return answer !== null && isState(answer, wanted) ? answer : null;
  }

  /** What follows was for another address; the password of one mailbox must not be tried at the servers of another. */
  function withAddress(address: string): Pick<AccountState, "notice" | "adding"> {
    return { notice: null, adding: { ...EMPTY_ADDING, address, fields: withoutPassword(state.adding.fields) } };
  }

  /** An address that has been typed, and is known to be one. */
  function namedAddress(): string | null {
    const { suggestion } = state.adding;
    return suggestion === null || suggestion.kind === "not-an-address" ? null : suggestion.address.address;
  }

  async function refresh(): Promise<void> {
    looks += 1;
    const mine = looks;
    const [answer, ledger] = await Promise.all([
      ask("audit", { name: "audit", also: namedAddress() }),
      background.ledger({ name: "overview" }).catch(() => null),
    ]);
    if (mine <= outdated) return;
    outdated = mine;
    const walk = walkOf(ledger) ?? state.walk;
    if (answer === null) change({ broken: true, walk });
    else {
      const { depth, accounts: audits, repaired } = answer;
      change({ broken: false, depth, audits, repaired, walk });
      for (const { account, findings } of audits) if (findings.some(isAboutSpace)) void measure(account);
    }
  }

  /** Once: the lists of a full mailbox are long. */
  async function measure(account: string): Promise<void> {
    if (measured.has(account)) return;
    measured.add(account);
    const answer = await ask("receipts-space", { name: "receipts-space", account });
    if (answer !== null) change({ spaces: { ...state.spaces, [account]: answer.space } });
  }

  /** Work for which one control stands; `null`: there is nothing to say. */
  async function run(at: string, work: () => Promise<Omit<AccountNotice, "at"> | null>): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const said = await work();
    change({ busy: null, notice: said && { at, ...said } });
  }

  async function takeAddress(): Promise<void> {
    const { address } = state.adding;
    if (state.busy !== null) return;
    change({ busy: "address", notice: null });
    let answer = await ask("suggestion", { name: "suggest", address, askMx: false });
    if (answer !== null && state.depth === "full" && isUnsettled(answer.suggestion)) {
      // One question for the domain, as the page says beside the button.
      answer = (await ask("suggestion", { name: "suggest", address, askMx: true })) ?? answer;
    }
    if (answer === null) {
      change({ busy: null, notice: { at: "address", ...INTERNAL } });
      return;
    }
    const { suggestion, proposal } = answer;
    const { fields } = state.adding;
    const next: Adding = {
      ...EMPTY_ADDING,
      address,
      suggestion,
      fields: { ...fields, login: "", incoming: 0, outgoing: 0 },
    };
    if (suggestion.kind === "not-an-address") {
      const problem = { field: "address", code: suggestion.problem } as const;
      change({ busy: null, adding: { ...next, problem }, ...focusOn("address") });
      return;
    }
    const at = proposal === null ? "search" : "person-name";
    change({ busy: null, adding: proposal === null ? next : withProposal(next, proposal), ...focusOn(at) });
    if (suggestion.kind === "choose") await search("");
  }

  async function search(text: string): Promise<void> {
    const { byPerson } = state.adding;
    changeAdding({ list: { text, choices: state.adding.list?.choices ?? [] }, byPerson });
    const answer = await ask("choices", { name: "search", text });
    // What was typed meanwhile has an answer of its own.
    if (state.adding.list?.text !== text) return;
    if (answer !== null) changeAdding({ list: { text, choices: answer.choices } });
  }

  async function choose(operator: string, service: string): Promise<void> {
    const { address } = state.adding;
    const answer = await ask("proposal", { name: "propose", address, operator, service });
    if (answer === null || answer.proposal === null) {
      change({ notice: { at: "list", ...INTERNAL } });
      return;
    }
    const adding = { ...withProposal(state.adding, answer.proposal), byPerson: true };
    change({ notice: null, adding, ...focusOn("person-name") });
  }

  async function fillFromTemplate(template: "operator" | "aruba-agreement"): Promise<void> {
    const { manual } = state.adding;
    if (manual === null) return;
    const answer = await ask("servers", { name: "template", template, domain: manual.domain });
    if (answer === null || state.adding.manual === null) return;
    const filled = answer.servers === null ? null : withServers(state.adding.manual, answer.servers);
    changeAdding({ manual: filled ?? { ...state.adding.manual, domainRefused: true }, problem: null });
  }

  /** In the package that makes no accounts: what is to be typed elsewhere. */
  async function prepare(): Promise<void> {
    change({ busy: "create", notice: null });
    const answer = await ask("prepared", { name: "prepare", form: formOf(state.adding) });
    const problem = answer?.problem ?? null;
    const steps = answer === null || problem !== null ? null : { username: answer.username };
    const notice = answer === null ? { at: "create", ...INTERNAL } : null;
    change({
      busy: null,
      notice,
      adding: { ...state.adding, problem, steps },
      ...focusOn(problem === null ? "steps" : problem.field),
    });
    if (steps !== null) await refresh();
  }

  async function create(): Promise<void> {
    if (state.busy !== null) return;
    if (state.depth !== "full") return prepare();
    change({ busy: "create", notice: null });
    changeAdding({ problem: null, outcome: null, step: "starting" });
    const answer = await ask("creation", { name: "create", form: formOf(state.adding) });
    const outcome: AccountCreation = answer?.outcome ?? { state: "failed" };
    const { fields } = state.adding;
    const problem = outcome.state === "invalid" ? outcome.problem : null;
    // What was stored needs not be kept here as well, and what will not be tried not at all.
    const isOver = outcome.state === "created" || outcome.state === "exists";
    const kept = isOver ? withoutPassword(fields) : fields;
    change({
      busy: null,
      adding: { ...state.adding, step: null, outcome, problem, fields: kept },
      ...focusOn(problem === null ? "outcome" : problem.field),
    });
    if (outcome.state === "created") await refresh();
  }

  /** @returns what came of it, in words; `null`: it is done */
  async function applied(
    account: string,
    asked: AccountChange,
    undo: boolean,
  ): Promise<Omit<AccountNotice, "at"> | null> {
    const answer = await ask("change", { name: "change", account, change: asked, undo });
    if (answer === null) return INTERNAL;
    if (answer.outcome === "done") return null;
    return { key: answer.outcome === "stale" ? "account_error_stale" : "account_error_gone", values: [], failed: true };
  }

  /** One after the other, up to the first that does not go. */
  async function repair(account: string, findings: readonly AccountFinding[]): ReturnType<typeof applied> {
    let said: Awaited<ReturnType<typeof applied>> = null;
    for (const finding of findings) {
      const { repair: asked } = finding;
      if (asked === null) continue;
      said = await applied(account, asked, false);
      if (said !== null) break;
    }
    await refresh();
    return said;
  }

  async function undo(all: readonly AccountRepair[]): ReturnType<typeof applied> {
    let said: Awaited<ReturnType<typeof applied>> = null;
    // The last one first: two of them may concern the same setting.
    for (const { account, change: made } of all.toReversed()) {
      const { owner, setting, from, to } = made;
      said = await applied(account, { owner, setting, from: to, to: from }, true);
      if (said !== null) break;
    }
    await refresh();
    return said;
  }

  async function remind(address: string, operator: string, day: string | null): ReturnType<typeof applied> {
    const madeAt = day === null ? null : Date.parse(`${day}T12:00:00Z`);
    if (madeAt !== null && Number.isNaN(madeAt)) return { key: "account_error_day", values: [], failed: true };
    const answer = await ask("done", { name: "remind", address, operator, madeAt });
    await refresh();
    return answer === null ? INTERNAL : null;
  }

  const deeds: AccountDeeds = {
    show: (view: AccountView) => change({ view, notice: null, ...focusOn(view === "add" ? "address" : "title") }),
    findServers: (address) => change({ view: "add", ...withAddress(address), ...focusOn("take-address") }),
    typeAddress: (address) => change(withAddress(address)),
    takeAddress: () => void takeAddress(),
    openList: () => {
      changeAdding({ proposal: null, manual: null, outcome: null, steps: null, byPerson: true }, focusOn("search"));
      void search("");
    },
    search: (text) => void search(text),
    choose: (operator, service) => void choose(operator, service),
    enterByHand: () => {
      const manual = withServers(null, null);
      const fields = { ...state.adding.fields, login: namedAddress() ?? "" };
      changeAdding({ proposal: null, list: null, outcome: null, steps: null, manual, fields }, focusOn("person-name"));
    },
    fillManual: (filled) => {
      const { manual } = state.adding;
      if (manual !== null)
        changeAdding({ manual: { ...manual, ...filled, domainRefused: false }, problem: null, steps: null });
    },
    fillFromTemplate: (template) => void fillFromTemplate(template),
    fillIn: (filled) => changeAdding({ fields: { ...state.adding.fields, ...filled }, problem: null, steps: null }),
    create: () => void create(),
    cancel: () => void background.accounts({ name: "cancel" }).catch(() => null),
    another: () => {
      const { personName } = state.adding.fields;
      change({
        notice: null,
        adding: { ...EMPTY_ADDING, fields: { ...EMPTY_ADDING.fields, personName } },
        ...focusOn("address"),
      });
    },
    repair: (account, finding) => void run(repairAt(account, finding), () => repair(account, [finding])),
    repairAll: (account) => {
      const found = state.audits?.find((each) => each.account === account)?.findings ?? [];
      void run(`repair-all ${account}`, () => repair(account, found.filter(isOwn)));
    },
    undo: (repaired) => void run(undoAt(repaired), () => undo([repaired])),
    undoAll: (account) =>
      void run(`undo-all ${account}`, () => undo(state.repaired.filter((each) => each.account === account))),
    remind: ({ address, operator }, day) =>
      void run(`remind ${address}`, () => remind(address, operator?.id ?? "", day)),
    copy: (at, text) =>
      void run(at, () =>
        ports.copy(text).then(
          () => ({ key: "account_copied", values: [], failed: false }),
          () => ({ key: "account_not_copied", values: [], failed: true }),
        ),
      ),
    openLink: (url) => void ports.openLink(url).catch(() => change({ notice: { at: "link", ...INTERNAL } })),
    startWalk: () =>
      void run("start-walk", async () => {
        const walk = walkOf(await background.ledger({ name: "start-walk" }).catch(() => null));
        if (walk === null) return INTERNAL;
        state = { ...state, walk };
        return null;
      }),
  };

  return {
    get state() {
      return state;
    },
    deeds,
    refresh,
    told: (message) => {
      if (message.type === "account-progress") changeAdding({ step: message.step });
      if (message.type === "walk-changed") change({ walk: message.walk });
      // What this page does itself it looks at itself, when it is done.
      if (message.type === "accounts-changed" && state.busy === null) void refresh();
    },
  };
}

function isState<State extends AccountAnswer["state"]>(
  answer: AccountAnswer,
  state: State,
): answer is Extract<AccountAnswer, { readonly state: State }> {
  return answer.state === state;
}

const isAboutSpace = ({ id }: AccountFinding): boolean => id === "quota-nearly-full";

const withoutPassword = (fields: AccountFields): AccountFields => ({ ...fields, password: "", showPassword: false });

const walkOf = (answer: LedgerAnswer | null) => (answer?.state === "overview" ? answer.overview.walk : null);

/** Whether the domain alone does not say enough. */
function isUnsettled(suggestion: NonNullable<Adding["suggestion"]>): boolean {
  if (suggestion.kind === "choose") return true;
  // Well-known ordinary mail is what its name says.
  if (suggestion.kind === "not-an-address" || suggestion.kind === "ordinary-mail") return false;
  return suggestion.confidence !== "documented";
}
