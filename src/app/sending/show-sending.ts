// Belongs here: what the button of a window to write in says of the message in it. Does NOT belong here: its page (see answer-compose.ts).
import type { ComposeReport } from "../../messages.ts";
import type { ComposeButton, ComposeButtonState } from "../../ports/compose-button.ts";
import type { OutgoingMessage, OutgoingMessages } from "../../ports/outgoing-messages.ts";
import type { CheckedMessage } from "./check-sending.ts";

export interface ShowSendingDependencies {
  readonly check: (tabId: number, message: OutgoingMessage) => Promise<CheckedMessage>;
  readonly messages: Pick<OutgoingMessages, "read">;
  readonly button: Pick<ComposeButton, "show">;
  readonly otherIsActive: () => Promise<boolean>;
}

/** @returns shows it for one window, as its message is now; of several calls at once the last one counts */
export function createShowSending({
  check,
  messages,
  button,
  otherIsActive,
}: ShowSendingDependencies): (tabId: number) => Promise<void> {
  const turns = new Map<number, number>();
  return async (tabId) => {
    const turn = (turns.get(tabId) ?? 0) + 1;
    turns.set(tabId, turn);
    if (await otherIsActive()) {
      await button.show(tabId, "stepped-back");
      return;
    }
    const message = await messages.read(tabId);
    if (message === null) {
      turns.delete(tabId);
      return;
    }
    const { report } = await check(tabId, message);
    if (turns.get(tabId) !== turn) return;
    await button.show(tabId, buttonOf(report));
  };
}

function buttonOf({ sender, findings, ordinary }: ComposeReport): ComposeButtonState {
  if (!sender.isPec) return ordinary === null ? "ordinary" : "ordinary-to-pec";
  // Nobody has written to anybody yet in a window that has just opened.
  const told = findings.filter(({ id, weight }) => weight !== "note" && id !== "no-to" && id !== "no-subject");
  if (told.some(({ weight }) => weight === "stop")) return "pec-stop";
  return told.length > 0 ? "pec-warning" : "pec";
}
