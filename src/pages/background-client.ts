// Belongs here: the pages' only way to the rest of the add-on: the runtime messages of messages.ts, as typed functions.
// Does NOT belong here: answering them (see background/), words (see thunderbird/i18n.ts).
import type {
  AccountAnswer,
  AccountRequest,
  ActionResult,
  Appearance,
  AttachmentAnswer,
  AttachmentQuestion,
  BackgroundMessage,
  BatchAnswer,
  BatchRequest,
  ComposeAnswer,
  ComposeRequest,
  ContentReport,
  EvidenceAnswer,
  EvidenceRequest,
  LedgerAnswer,
  LedgerRequest,
  MessageAction,
  MessageReport,
  MessageTarget,
  OptionsAnswer,
  OptionsRequest,
  PageMessage,
  PrintableMessage,
} from "../messages.ts";
import { messenger } from "../thunderbird/messenger.ts";

/** Each rejects when the background fails or is not there. */
export interface BackgroundClient {
  displayedMessage(): Promise<MessageTarget | null>;
  report(target: MessageTarget, view: "pane" | "popup"): Promise<MessageReport>;
  run(target: MessageTarget, action: MessageAction): Promise<ActionResult>;
  lookIntoAttachment(
    target: MessageTarget,
    attachment: readonly number[],
    question: AttachmentQuestion,
  ): Promise<AttachmentAnswer>;
  printable(target: MessageTarget): Promise<PrintableMessage | null>;
  appearance(tabId: number): Promise<Appearance | null>;
  options(request: OptionsRequest): Promise<OptionsAnswer>;
  ledger(request: LedgerRequest): Promise<LedgerAnswer>;
  batch(request: BatchRequest): Promise<BatchAnswer>;
  accounts(request: AccountRequest): Promise<AccountAnswer>;
  evidence(request: EvidenceRequest): Promise<EvidenceAnswer>;
  /** The message as it was delivered, from a complete delivery receipt of the entry under `link`. */
  restoreOriginal(link: string, how: "open" | "save"): Promise<ActionResult>;
  compose(request: ComposeRequest): Promise<ComposeAnswer>;
  /** Shows the message under that Message-ID in Thunderbird. */
  openMessage(messageId: string): Promise<ActionResult>;
  /** `link`: of the entry; `receipt`: id of a delivery receipt of it. */
  compareContent(link: string, receipt: string): Promise<ContentReport>;
}

export const backgroundClient: BackgroundClient = {
  displayedMessage: () => ask({ type: "get-displayed-message" }),
  report: (target, view) => ask({ type: "get-report", target, view }),
  run: (target, action) => ask({ type: "run-action", target, action }),
  lookIntoAttachment: (target, attachment, question) =>
    ask({ type: "look-into-attachment", target, attachment, question }),
  printable: (target) => ask({ type: "get-printable", target }),
  appearance: (tabId) => ask({ type: "get-appearance", tabId }),
  options: (request) => ask({ type: "options", request }),
  ledger: (request) => ask({ type: "ledger", request }),
  batch: (request) => ask({ type: "batch", request }),
  accounts: (request) => ask({ type: "accounts", request }),
  evidence: (request) => ask({ type: "evidence", request }),
  restoreOriginal: (link, how) => ask({ type: "restore-original", link, how }),
  compose: (request) => ask({ type: "compose", request }),
  openMessage: (messageId) => ask({ type: "open-message", messageId }),
  compareContent: (link, receipt) => ask({ type: "compare-content", link, receipt }),
};

/** The tab of the window to write in that a popup hangs from; `null`: it hangs from another window. */
export async function composeTab(): Promise<number | null> {
  const [tab] = await messenger.tabs.query({ active: true, currentWindow: true });
  return tab?.type === "messageCompose" ? (tab.id ?? null) : null;
}

/** Calls `listener` for every message that the background sends to pages. */
export function listenToBackground(listener: (message: BackgroundMessage) => void): void {
  messenger.runtime.onMessage.addListener((message: unknown) => {
    if (isBackgroundMessage(message)) listener(message);
    // Pages answer nothing; a promise here would take the answer away from the background.
    return undefined;
  });
}

/** The answer is taken as it is: both ends are compiled from messages.ts, and only this add-on can answer. */
function ask<Answer>(message: PageMessage): Promise<Answer> {
  return messenger.runtime.sendMessage(message) as Promise<Answer>;
}

/** Pages hear each other's questions too (runtime messages go everywhere): those are not for them. */
function isBackgroundMessage(message: unknown): message is BackgroundMessage {
  if (typeof message !== "object" || message === null || !("type" in message)) return false;
  const alone: readonly unknown[] = ["appearance-changed", "verdicts-changed", "ledger-changed", "accounts-changed"];
  if (alone.includes(message.type)) return true;
  if (message.type === "walk-changed") return "walk" in message;
  if (message.type === "account-progress") return "step" in message;
  return (message.type === "toggle-pane" || message.type === "message-shown") && "tabId" in message;
}
