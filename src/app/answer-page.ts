// Belongs here: the one place where messages of our pages are answered. Does NOT belong here: the work itself (see the use cases).
import type { MessageTarget, PageMessage } from "../messages.ts";
import type { HeaderPane } from "../ports/header-pane.ts";
import type { Mailbox } from "../ports/mailbox.ts";
import type { ShownMessages } from "../ports/shown-messages.ts";
import { answerAccounts, type AnswerAccountsDependencies } from "./accounts/answer-accounts.ts";
import { answerBatch, type AnswerBatchDependencies } from "./batch/answer-batch.ts";
import { answerCompose, type AnswerComposeDependencies } from "./sending/answer-compose.ts";
import { answerEvidence, type AnswerEvidenceDependencies } from "./evidence/answer-evidence.ts";
import { answerLedger, type AnswerLedgerDependencies } from "./receipts/answer-ledger.ts";
import { answerOptions, type AnswerOptionsDependencies } from "./options/answer-options.ts";
import { compareContent, type CompareContentDependencies } from "./receipts/compare-content.ts";
import { lookIntoAttachment } from "./message/look-into-attachment.ts";
import { openMessage } from "./message/open-message.ts";
import { printableMessage } from "./message/printable-message.ts";
import { restoreOriginal } from "./receipts/restore-original.ts";
import { runAction, type RunActionDependencies } from "./run-action.ts";

export interface AnswerPageDependencies extends RunActionDependencies {
  readonly shown: Pick<ShownMessages, "inActiveTab">;
  /** `null` in a package without it. */
  readonly pane: HeaderPane | null;
  readonly options: AnswerOptionsDependencies;
  readonly ledger: AnswerLedgerDependencies;
  readonly batch: AnswerBatchDependencies;
  readonly accounts: AnswerAccountsDependencies;
  readonly compose: AnswerComposeDependencies;
  readonly evidence: AnswerEvidenceDependencies;
  readonly mailbox: Pick<Mailbox, "find" | "open">;
  readonly comparison: CompareContentDependencies;
}

/** The answer to each message, with the type that messages.ts names beside it. */
export async function answerPage(message: PageMessage, dependencies: AnswerPageDependencies): Promise<unknown> {
  const { reports, shown, pane } = dependencies;
  switch (message.type) {
    case "get-displayed-message": {
      const found = await shown.inActiveTab();
      const target: MessageTarget | null = found && { ...found, path: [] };
      return target;
    }
    case "get-report":
      return message.view === "pane" ? reports.reportAnywhere(message.target) : reports.report(message.target);
    case "run-action":
      return runAction(message.target, message.action, dependencies);
    case "look-into-attachment":
      return lookIntoAttachment(message.target, message.attachment, message.question, dependencies);
    case "get-printable":
      return printableMessage(message.target, reports);
    case "options":
      return answerOptions(message.request, dependencies.options);
    case "open-message":
      return openMessage(message.messageId, { ...dependencies.comparison, mailbox: dependencies.mailbox });
    case "compare-content":
      return compareContent(message, dependencies.comparison);
    case "accounts":
      return answerAccounts(message.request, dependencies.accounts);
    case "evidence":
      return answerEvidence(message.request, dependencies.evidence);
    case "restore-original":
      return restoreOriginal(message.link, message.how, { ...dependencies, ...dependencies.comparison });
    case "batch":
      return answerBatch(message.request, dependencies.batch);
    case "compose":
      return answerCompose(message.request, dependencies.compose);
    case "ledger":
      return answerLedger(message.request, dependencies.ledger);
    case "get-appearance":
      return pane === null ? null : pane.appearance(message.tabId);
  }
}
