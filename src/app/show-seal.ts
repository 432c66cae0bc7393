// Belongs here: the way from "this tab shows that message" to button and pane.
// Does NOT belong here: how they are drawn (see thunderbird/), what the report says (see pages/message).
import type { Inspection } from "../core/index.ts";
import type { MessageReport, MessageTarget } from "../messages.ts";
import type { ButtonEffect, ButtonState, HeaderButton } from "../ports/header-button.ts";
import type { HeaderPane } from "../ports/header-pane.ts";
import type { SelectedMessage, ShownMessages } from "../ports/shown-messages.ts";
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
      if (report.state === "gone" || questions.get(tabId) !== question) return;
      const inPane = pane !== null && hasPane(report) && (await pane.open(report));
      const state = buttonState(report);
      await show(state, state === "none" ? "nothing" : inPane ? "toggle-pane" : "open-popup");
    } catch (error) {
      await show("internal-error", "open-popup");
      throw error;
    }
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

  return { messageShown, selectionChanged, showEverywhere };
}

/** A pane is for what presents itself as PEC, and for what stopped us from finding out. */
function hasPane(report: MessageReport): boolean {
  return report.state === "internal-error" || (report.state === "inspected" && claimsAnything(report.inspection));
}

function claimsAnything({ kind, look }: Inspection): boolean {
  return kind !== null || look !== "none";
}

function buttonState(report: MessageReport): ButtonState {
  if (report.state !== "inspected") return "internal-error";
  const { inspection } = report;
  if (inspection.kind === "rem") return "rem";
  if (claimsAnything(inspection)) return inspection.look;
  return inspection.attached.length > 0 ? "attached" : "none";
}
