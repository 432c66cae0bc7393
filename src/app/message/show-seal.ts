// Belongs here: the way from "this tab shows that message" to button and pane.
// Does NOT belong here: how they are drawn (see thunderbird/), what the report says (see pages/message).
import type { Inspection, RecipientState, SentStatus } from "../../core/index.ts";
import type { MessageReport, MessageTarget } from "../../messages.ts";
import type { ButtonEffect, ButtonState, HeaderButton } from "../../ports/header-button.ts";
import type { HeaderPane } from "../../ports/header-pane.ts";
import type { SelectedMessage, ShownMessage, ShownMessages } from "../../ports/shown-messages.ts";
import type { MessageReports } from "./message-reports.ts";

export interface ShowSeal {
  /** The tab shows this one message now. */
  messageShown(tabId: number, messageId: number): Promise<void>;
  /**
   * Another message was selected in the tab and will be shown; until then, nothing of the former one may be said.
   *
   * @param selected `null`: not one message
   */
  selectionChanged(tabId: number, selected: SelectedMessage | null): Promise<void>;
  /** Installed, started, reloaded, or the theme changed: every message on the screen. */
  showEverywhere(): Promise<void>;
  /** Sent messages on the screen may have met another fate by now, and one that nothing was known of may get its pane. */
  ledgerChanged(): Promise<void>;
}

export interface ShowSealDependencies {
  readonly reports: Pick<MessageReports, "prepare" | "report">;
  readonly shown: ShownMessages;
  readonly button: HeaderButton;
  /** `null` in a package without it. */
  readonly pane: HeaderPane | null;
  /** Whether the other package of this add-on is active, and this one has to step back. */
  readonly otherIsActive: () => Promise<boolean>;
}

export function createShowSeal({ reports, shown, button, pane, otherIsActive }: ShowSealDependencies): ShowSeal {
  /** What each tab was asked to show last: an answer to an earlier question is dropped. */
  const questions = new Map<number, symbol>();
  /** What each tab's button says: going through many messages must not keep Thunderbird busy painting the same thing. */
  const said = new Map<number, string>();

  async function say(tabId: number, state: ButtonState, effect: ButtonEffect): Promise<void> {
    const saying = `${state} ${effect}`;
    if (said.get(tabId) === saying) return;
    said.set(tabId, saying);
    await button.show(tabId, state, effect);
  }

  async function messageShown(tabId: number, messageId: number): Promise<void> {
    const question = Symbol("question");
    questions.set(tabId, question);
    const show = async (state: ButtonState, effect: ButtonEffect): Promise<void> => {
      if (questions.get(tabId) === question) await say(tabId, state, effect);
    };
    const target: MessageTarget = { tabId, messageId, path: [] };
    try {
      // The verdict need not wait until the button says that it is being looked for.
      const checking = show("checking", "nothing");
      if (await otherIsActive()) return await show("stepped-back", "open-popup");
      const [report] = await Promise.all([reports.report(target), checking]);
      if (questions.get(tabId) === question) await showReport(report, show);
    } catch (error) {
      await show("internal-error", "open-popup");
      throw error;
    }
  }

  async function showReport(
    report: MessageReport,
    show: (state: ButtonState, effect: ButtonEffect) => Promise<void>,
  ): Promise<void> {
    if (report.state === "gone") return;
    const inPane = pane !== null && hasPane(report) && (await pane.open(report));
    const state = buttonState(report);
    await show(state, state === "none" ? "nothing" : inPane ? "toggle-pane" : "open-popup");
  }

  async function selectionChanged(tabId: number, selected: SelectedMessage | null): Promise<void> {
    const question = Symbol("question");
    questions.set(tabId, question);
    const showShown = async (): Promise<void> => {
      await say(tabId, "checking", "nothing");
      // Selecting the message that is shown already loads nothing, so nothing else would end the checking.
      const messageId = await shown.current(tabId);
      if (messageId !== null) await messageShown(tabId, messageId);
    };
    await Promise.all([showShown(), selected === null ? null : openAhead(tabId, selected, question)]);
  }

  /** Draws the pane while Thunderbird loads the message, so that it appears together with the header. */
  async function openAhead(tabId: number, selected: SelectedMessage, question: symbol): Promise<void> {
    const report = await reports.prepare(tabId, selected);
    // What went wrong is told when the message is shown; until then it may have gone well.
    if (pane === null || report?.state !== "inspected" || !hasPane(report) || (await otherIsActive())) return;
    if (questions.get(tabId) === question) await pane.open(report);
  }

  async function showEverywhere(): Promise<void> {
    // After a change of theme the same words need another icon.
    said.clear();
    const messages = await shown.everywhere();
    await Promise.all(messages.map(({ tabId, messageId }) => messageShown(tabId, messageId)));
  }

  async function ledgerChanged(): Promise<void> {
    const before = new Map(questions);
    if (await otherIsActive()) return;
    const messages = await shown.everywhere();
    const again = ({ tabId, messageId }: ShownMessage): Promise<void> =>
      showAgain({ tabId, messageId, path: [] }, () => questions.get(tabId) === before.get(tabId));
    await Promise.all(messages.map(again));
  }

  /** Without a word of checking, and only if nothing else was asked of the tab meanwhile. */
  async function showAgain(target: MessageTarget, isStillAsked: () => boolean): Promise<void> {
    const report = await reports.report(target);
    if (report.state !== "inspected" || !isStillAsked()) return;
    await showReport(report, async (state, effect) => {
      if (isStillAsked()) await say(target.tabId, state, effect);
    });
  }

  return { messageShown, selectionChanged, showEverywhere, ledgerChanged };
}

/** A pane is for what presents itself as PEC, and for what stopped us from finding out. */
function hasPane(report: MessageReport): boolean {
  return (
    report.state === "internal-error" ||
    (report.state === "inspected" && (claimsAnything(report.inspection) || report.sent !== null))
  );
}

function claimsAnything({ kind, look }: Inspection): boolean {
  return kind !== null || look !== "none";
}

function buttonState(report: MessageReport): ButtonState {
  if (report.state !== "inspected") return "internal-error";
  const { inspection, sent } = report;
  if (inspection.kind === "rem") return "rem";
  if (claimsAnything(inspection)) return inspection.look;
  if (sent?.role === "sent-copy") return sentState(sent.status);
  return inspection.attached.length > 0 ? "attached" : "none";
}

/** The worst that any recipient met. */
function sentState({ recipients, acceptanceMissing }: SentStatus): ButtonState {
  const met = (...states: readonly RecipientState[]): boolean => recipients.some(({ state }) => states.includes(state));
  const isContradicted = recipients.some(({ contradictions }) => contradictions.length > 0);
  if (acceptanceMissing || isContradicted || met("refused", "not-delivered", "timed-out", "overdue")) {
    return "sent-problem";
  }
  if (met("late")) return "sent-late";
  return met("sent", "accepted") ? "sent-waiting" : "sent-delivered";
}
