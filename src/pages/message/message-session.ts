// Belongs here: how the page's state changes: another message, an answer, what a person does. No DOM.
// Does NOT belong here: drawing (see draw-report.ts), wiring to window and runtime (see message.ts).
import type {
  ActionResult,
  AttachmentAnswer,
  AttachmentQuestion,
  ContentReport,
  MessageAction,
  MessageReport,
  MessageTarget,
} from "../../messages.ts";
import type { BackgroundClient } from "../background-client.ts";
import { describeReport } from "./describe-report.ts";
import { describeSent } from "../sent/describe-sent.ts";
import type { Deeds } from "./drawing.ts";
import { placeOf, questionKey, type Notice, type PageState, type Shown } from "./page-state.ts";
import { foreign, keyOf, sentence } from "../values.ts";

export interface SessionPorts {
  readonly background: {
    readonly report: (target: MessageTarget) => Promise<MessageReport>;
    readonly run: BackgroundClient["run"];
    readonly openMessage: BackgroundClient["openMessage"];
    readonly compareContent: BackgroundClient["compareContent"];
    readonly lookIntoAttachment: BackgroundClient["lookIntoAttachment"];
  };
  /** Milliseconds UTC: how long something has been missing. */
  readonly now: () => number;
  /** BCP 47 tag of the user interface. */
  readonly locale: string;
  /** Called after every change. */
  readonly render: (state: PageState) => void;
  /** Whether the person last left the pane open; for the session only. */
  readonly recallExpanded: () => boolean;
  readonly keepExpanded: (expanded: boolean) => void;
  /** Rejects when the clipboard refuses. */
  readonly copy: (text: string) => Promise<void>;
}

export interface MessageSession extends Deeds {
  readonly state: PageState;
  /** Another message: the old one's content is gone at once. */
  readonly open: (target: MessageTarget) => void;
  /** A report that was not asked for: it is shown if its message is open and waits for one, or if that is what is opened next. */
  readonly offer: (report: MessageReport) => void;
  /** There is no message to show. */
  readonly close: (reason: "gone" | "stepped-back") => void;
  /** The background could not be asked which message is shown. */
  readonly fail: (code: string) => void;
  readonly collapse: () => void;
  /** What verdicts rest on has changed (authorities, revocation data). */
  readonly refresh: () => void;
}

/**
 * State of one page. Every answer belongs to a question; it is dropped unless that question is still the last one asked, so that
 * a slow answer can never be shown for another message.
 */
export function createMessageSession(view: PageState["view"], ports: SessionPorts): MessageSession {
  let state: PageState = {
    view,
    target: null,
    shown: { state: "checking" },
    attached: [],
    expanded: false,
    technicalOpen: false,
    allRecipients: false,
    recipientsOpen: false,
    comparisons: new Map(),
    attachments: new Map(),
    notice: null,
    busy: null,
  };
  let question = 0;
  /** Of the questions that refresh what is shown, the last asked: a slow answer to an earlier one is older than what came since. */
  let refreshing = 0;
  /** Offered ahead of its message; what is opened next takes it or lets it go, so that it never gets old. */
  let offered: MessageReport | null = null;

  function change(next: Partial<PageState>): void {
    state = { ...state, ...next };
    ports.render(state);
  }

  function blank(): Partial<PageState> {
    return {
      shown: { state: "checking" },
      expanded: false,
      technicalOpen: false,
      allRecipients: false,
      recipientsOpen: false,
      comparisons: new Map(),
      attachments: new Map(),
      notice: null,
      busy: null,
    };
  }

  function open(target: MessageTarget): void {
    const report = offered;
    offered = null;
    if (report === null || !sameTarget(report.target, target)) {
      change({ attached: [] });
      void inspect(target);
      return;
    }
    question += 1;
    show(report, { ...blank(), target });
  }

  function offer(report: MessageReport): void {
    if (state.target === null || !sameTarget(report.target, state.target)) {
      offered = report;
    } else if (state.shown.state === "checking") {
      question += 1;
      show(report, {});
    }
  }

  async function inspect(target: MessageTarget): Promise<void> {
    question += 1;
    const asked = question;
    change({ ...blank(), target });
    const report = await ports.background.report(target).catch((): MessageReport => {
      return { state: "internal-error", target, code: "no-answer" };
    });
    if (asked === question && sameTarget(report.target, target)) show(report, {});
  }

  /** Shows the report of what is open, or is opened by `opening`. */
  function show(report: MessageReport, opening: Partial<PageState>): void {
    const { target } = report;
    const shown = shownOf(report, ports);
    if (target.path.length > 0) {
      change({ ...opening, shown, expanded: expandedFor(shown) });
      return;
    }
    const attached = shown.state === "inspected" && shown.inspection.kind === null ? shown.report.attached : [];
    change({ ...opening, shown, attached, expanded: expandedFor(shown) });
    const only = attached.length === 1 ? attached[0] : undefined;
    if (only !== undefined) void inspect({ ...target, path: only.path });
  }

  function expandedFor(shown: Shown): boolean {
    if (shown.state !== "inspected") return false;
    // A popup was asked for by a click: it has no reason to hold back.
    return view === "popup" || shown.report.look === "not-valid" || ports.recallExpanded();
  }

  function setExpanded(expanded: boolean): void {
    if (view === "popup" || state.shown.state !== "inspected" || expanded === state.expanded) return;
    // A pane that opened by itself, being not valid, says nothing about what the person prefers.
    if (state.shown.report.look !== "not-valid") ports.keepExpanded(expanded);
    change({ expanded });
  }

  async function run(action: MessageAction): Promise<void> {
    const { target } = state;
    if (target === null || state.busy !== null) return;
    const asked = question;
    const at = placeOf(action);
    change({ busy: at, notice: null });
    const result = await ports.background.run(target, action).catch((): ActionResult => {
      return { state: "failed", code: "internal" };
    });
    if (asked !== question) return;
    change({ busy: null, notice: noticeOf(action, at, result) });
  }

  async function openMessage(messageId: string, at: string): Promise<void> {
    if (state.busy !== null) return;
    const asked = question;
    change({ busy: at, notice: null });
    const result = await ports.background.openMessage(messageId).catch((): ActionResult => {
      return { state: "failed", code: "internal" };
    });
    // Where it was opened in place of this message, nothing is left to say here.
    if (asked === question) change({ busy: null, notice: openNotice(at, result) });
  }

  async function compareContent(receipt: string): Promise<void> {
    const { shown } = state;
    if (shown.state !== "inspected" || shown.sent === null || state.comparisons.get(receipt) === "busy") return;
    const asked = question;
    const put = (report: ContentReport | "busy"): void =>
      change({ comparisons: new Map([...state.comparisons, [receipt, report]]) });
    put("busy");
    const report = await ports.background.compareContent(shown.sent.link, receipt).catch((): ContentReport => {
      return { state: "not-comparable", code: "internal" };
    });
    if (asked === question) put(report);
  }

  async function lookInto(attachment: readonly number[], asking: AttachmentQuestion): Promise<void> {
    const { target } = state;
    const key = questionKey(attachment, asking);
    const known = state.attachments.get(key);
    if (target === null || known === "busy") return;
    if (known !== undefined) {
      change({ attachments: new Map([...state.attachments].filter(([each]) => each !== key)), notice: null });
      return;
    }
    const asked = question;
    const put = (answer: AttachmentAnswer | "busy"): void =>
      change({ attachments: new Map([...state.attachments, [key, answer]]) });
    put("busy");
    const answer = await ports.background
      .lookIntoAttachment(target, attachment, asking)
      .catch((): AttachmentAnswer => ({ state: "failed", code: "internal" }));
    if (asked === question) put(answer);
  }

  /** Asks again about the shown message and leaves everything else as it stands. What was handed over before is older. */
  async function refresh(): Promise<void> {
    const { target } = state;
    offered = null;
    if (target === null) return;
    if (state.shown.state === "checking") {
      // The answer under way may still rest on what was known before.
      await inspect(target);
      return;
    }
    if (state.shown.state !== "inspected") return;
    const asked = question;
    refreshing += 1;
    const turn = refreshing;
    const report = await ports.background.report(target).catch(() => null);
    if (report === null || asked !== question || turn !== refreshing || !sameTarget(report.target, target)) return;
    change({ shown: shownOf(report, ports) });
  }

  async function copy(text: string, at: string): Promise<void> {
    const asked = question;
    const notice: Notice = await ports.copy(text).then(
      () => ({ at, sentence: sentence("copied"), failed: false }),
      () => ({ at, sentence: sentence("action_error_copy"), failed: true }),
    );
    if (asked === question) change({ notice });
  }

  return {
    get state() {
      return state;
    },
    open,
    offer,
    close: (reason) => {
      question += 1;
      change({ ...blank(), target: null, attached: [], shown: { state: reason } });
    },
    fail: (code) => {
      question += 1;
      change({ ...blank(), target: null, attached: [], shown: { state: "internal-error", code } });
    },
    choose: (path) => {
      if (state.target !== null) void inspect({ ...state.target, path });
    },
    toggle: () => setExpanded(!state.expanded),
    collapse: () => setExpanded(false),
    toggleTechnical: () => change({ technicalOpen: !state.technicalOpen }),
    showAllRecipients: () => change({ allRecipients: true }),
    toggleRecipients: () => change({ recipientsOpen: !state.recipientsOpen }),
    openMessage: (messageId, at) => void openMessage(messageId, at),
    compareContent: (receipt) => void compareContent(receipt),
    lookInto: (attachment, asking) => void lookInto(attachment, asking),
    refresh: () => void refresh(),
    run: (action) => void run(action),
    copy: (text, at) => void copy(text, at),
  };
}

function shownOf(report: MessageReport, { locale, now }: Pick<SessionPorts, "locale" | "now">): Shown {
  switch (report.state) {
    case "inspected":
      return {
        state: "inspected",
        inspection: report.inspection,
        report: describeReport(report.inspection, locale),
        sent:
          report.sent === null
            ? null
            : describeSent(report.sent, { now: now(), locale, shownMessageId: report.inspection.header.messageId }),
      };
    case "internal-error":
      return { state: "internal-error", code: report.code };
    case "gone":
      return { state: "gone" };
  }
}

function openNotice(at: string, result: ActionResult): Notice | null {
  if (result.state !== "failed") return null;
  const key = result.code === "gone" ? "sent_open_error" : keyOf("action_error", result.code);
  return { at, sentence: sentence(key), failed: true };
}

/** Only what cannot be seen otherwise is said: a saved file, or a failure. */
function noticeOf(action: MessageAction, at: string, result: ActionResult): Notice | null {
  switch (result.state) {
    case "cancelled":
      return null;
    case "failed":
      return { at, sentence: sentence(keyOf("action_error", result.code)), failed: true };
    case "done":
      if (result.folder !== undefined) {
        return { at, sentence: sentence("action_saved_in", foreign(result.folder)), failed: false };
      }
      return action.name.startsWith("save-") ? { at, sentence: sentence("action_saved"), failed: false } : null;
  }
}

function sameTarget(a: MessageTarget, b: MessageTarget): boolean {
  return a.tabId === b.tabId && a.messageId === b.messageId && a.path.join(".") === b.path.join(".");
}
