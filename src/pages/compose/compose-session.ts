// Belongs here: how the state of the page of a window to write in changes: an answer, what a person does. No DOM.
// Does NOT belong here: drawing (see draw-compose.ts), wiring to window and runtime (see compose.ts).
import type { ComposeAnswer, ComposeRequest } from "../../messages.ts";
import type { BackgroundClient } from "../background-client.ts";
import type { ComposeDeeds, ComposeState } from "./compose-state.ts";

export interface ComposePorts {
  readonly background: Pick<BackgroundClient, "compose">;
  /** Closes the page. */
  readonly close: () => void;
  /** Called after every change. */
  readonly render: (state: ComposeState) => void;
}

export interface ComposeSession {
  readonly state: ComposeState;
  readonly deeds: ComposeDeeds;
  /** Asks for everything: at the start. */
  readonly open: () => Promise<void>;
  /** The same again, while the person writes: the page may stay open beside the message. */
  readonly refresh: () => Promise<void>;
}

/** @param tabId of the window to write in; `null`: it is not known */
export function createComposeSession(tabId: number | null, ports: ComposePorts): ComposeSession {
  let state: ComposeState = {
    shown: tabId === null ? "gone" : "loading",
    report: null,
    isQuestion: false,
    busy: null,
    notice: null,
  };

  /** Answers may come in another order than they were asked for: how often the message was looked at, and up to which look all are older than what is shown. */
  let looks = 0;
  let outdated = 0;

  function change(next: Partial<ComposeState>): void {
    state = { ...state, ...next };
    ports.render(state);
  }

  const ask = (request: ComposeRequest): Promise<ComposeAnswer | null> =>
    ports.background.compose(request).catch(() => null);

  async function read(opened: boolean): Promise<void> {
    if (tabId === null) return;
    looks += 1;
    const mine = looks;
    const answer = await ask({ name: "read", tabId, opened });
    // What a button began knows better, also when it is over.
    if (state.busy !== null || mine <= outdated) return;
    if (answer === null || answer.state === "failed") change({ shown: "broken" });
    else take(answer);
  }

  function take(answer: Exclude<ComposeAnswer, { readonly state: "failed" }>): void {
    switch (answer.state) {
      case "shown":
        change({ shown: "report", report: answer.report, isQuestion: state.isQuestion || answer.isQuestion });
        return;
      case "sending":
        ports.close();
        return;
      case "gone":
      case "stepped-back":
        change({ shown: answer.state });
    }
  }

  /** Carries out what the control `at` stands for, and says beside it when it did not work. */
  async function run(at: string, request: ComposeRequest): Promise<void> {
    if (state.busy !== null) return;
    change({ busy: at, notice: null });
    const answer = (await ask(request)) ?? ({ state: "failed", code: "internal" } as const);
    change({ busy: null });
    if (answer.state !== "failed") {
      outdated = looks;
      take(answer);
      return;
    }
    change({ notice: { at, key: `compose_error_${answer.code}`, values: [], failed: true } });
    if (answer.code === "changed") await read(false);
  }

  const order = (at: string, request: (tabId: number) => ComposeRequest): void => {
    if (tabId !== null) void run(at, request(tabId));
  };

  return {
    get state() {
      return state;
    },
    open: () => read(true),
    async refresh() {
      if (state.busy === null && state.shown !== "gone") await read(false);
    },
    deeds: {
      fix: (fix) => order(`fix ${fix}`, (id) => ({ name: "fix", tabId: id, fix })),
      setKind: (kind) => order(`kind ${kind}`, (id) => ({ name: "set-kind", tabId: id, kind })),
      makeDefault: () => {
        const kind = state.report?.receiptKind;
        if (kind !== undefined) order("default", (id) => ({ name: "set-default-kind", tabId: id, kind }));
      },
      setPec: (isPec) => order("pec", (id) => ({ name: "set-pec", tabId: id, isPec })),
      setQuiet: (isQuiet) => order("quiet", (id) => ({ name: "set-quiet", tabId: id, isQuiet })),
      writeFrom: (identity) => order(`from ${identity}`, (id) => ({ name: "switch-identity", tabId: id, identity })),
      leave: () => ports.close(),
      send: () => {
        const shown = state.report?.state;
        if (shown !== undefined) order("send", (id) => ({ name: "send-anyway", tabId: id, shown }));
      },
    },
  };
}
