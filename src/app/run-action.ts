// Belongs here: what the buttons of the report do with the original message inside an envelope.
// Does NOT belong here: windows and dialogs (see ports/), the text of a draft (see draft.ts).
import { type Inspection, plainTextBody, readSignedFile } from "../core/index.ts";
import type { ActionResult, EvidenceSource, MessageAction, MessageTarget } from "../messages.ts";
import type { Composer } from "../ports/composer.ts";
import type { FileSaver } from "../ports/file-saver.ts";
import type { Opener } from "../ports/opener.ts";
import type { Translate } from "../ports/translate.ts";
import { forwardDraft, replyDraft } from "./message/draft.ts";
import type { EvidenceJobs } from "./evidence/evidence-jobs.ts";
import type { MessageReports } from "./message/message-reports.ts";
import { listAddresses, type RevocationData } from "./trust/revocation-data.ts";
import {
  attachmentFile,
  attachmentFiles,
  emlFile,
  messageFile,
  type Original,
  originalOf,
} from "./message/original-files.ts";
import { safeFileName } from "./safe-file-name.ts";
import { signedContentFile } from "./message/signed-content-file.ts";

export interface RunActionDependencies {
  readonly reports: MessageReports;
  readonly saver: FileSaver;
  readonly opener: Opener;
  readonly composer: Composer;
  readonly translate: Translate;
  readonly revocation: Pick<RevocationData, "fetchOncePermitted">;
  readonly evidence: { readonly jobs: Pick<EvidenceJobs, "prepare"> };
  /** Called when a verdict may be another. */
  readonly verdictsChanged: () => void;
}

type FailureCode = Extract<ActionResult, { state: "failed" }>["code"];

/** Carries out an action on the message of the target. Never rejects. */
export async function runAction(
  target: MessageTarget,
  action: MessageAction,
  dependencies: RunActionDependencies,
): Promise<ActionResult> {
  try {
    return await run(target, action, dependencies);
  } catch {
    return failed(failureOf(action));
  }
}

async function run(
  target: MessageTarget,
  action: MessageAction,
  dependencies: RunActionDependencies,
): Promise<ActionResult> {
  const { reports, saver, opener, composer, translate } = dependencies;
  if (action.name === "open-options") {
    await opener.openOptionsPage();
    return done;
  }
  if (action.name === "open-ledger") {
    await opener.openLedgerPage();
    return done;
  }
  const report = await reports.report(target);
  if (report.state !== "inspected") return failed(report.state === "gone" ? "gone" : "internal");
  if (action.name === "print") {
    await opener.openPrintPage(target);
    return done;
  }
  if (action.name === "open-evidence") {
    const link = report.sent?.entry.links[0];
    const source: EvidenceSource =
      link === undefined ? { type: "messages", ids: [target.messageId] } : { type: "sent", links: [link] };
    await opener.openEvidencePage(dependencies.evidence.jobs.prepare(source));
    return done;
  }
  if (action.name === "check-revocation") return checkRevocation(report.inspection, dependencies);
  if (action.name === "save-message") {
    const bytes = await reports.bytes(target);
    if (bytes === null) return failed("gone");
    return saved(await saver.saveAs(emlFile(bytes, report.inspection.header.subject, "PEC")));
  }
  const original = await originalOf(target, report.inspection, reports);
  if (original === null) return failed("no-original");
  switch (action.name) {
    case "open-original":
      await opener.openMessage(messageFile(original));
      return done;
    case "save-original":
      return saved(await saver.saveAs(messageFile(original)));
    case "open-attachment":
      return openAttachment(original, action.attachment, target.tabId, opener);
    case "save-attachment": {
      const file = attachmentFile(original, action.attachment);
      return file === null ? failed("save-failed") : saved(await saver.saveAs(file));
    }
    case "save-signed-content": {
      const file = attachmentFile(original, action.attachment);
      const content = file && signedContentFile(file, await readSignedFile(file.bytes));
      return content === null ? failed("no-content") : saved(await saver.saveAs(content));
    }
    case "save-all-attachments":
      return saveAll(original, saver);
    case "reply":
    case "reply-all": {
      const ownAddresses = await composer.ownAddresses();
      const options = { all: action.name === "reply-all", ownAddresses, translate };
      await composer.reply(target.messageId, replyDraft(original.summary, plainTextBody(original.bytes), options));
      return done;
    }
    case "forward": {
      const draft = forwardDraft(original.summary, plainTextBody(original.bytes), attachmentFiles(original), translate);
      await composer.forward(target.messageId, draft);
      return done;
    }
  }
}

async function checkRevocation(
  inspection: Inspection,
  { revocation, verdictsChanged }: RunActionDependencies,
): Promise<ActionResult> {
  const failure = await revocation.fetchOncePermitted(listAddresses(inspection));
  if (failure !== null) return failed(failure);
  verdictsChanged();
  return done;
}

async function openAttachment(
  original: Original,
  path: readonly number[],
  tabId: number,
  opener: Opener,
): Promise<ActionResult> {
  const file = attachmentFile(original, path);
  if (file === null) return failed("open-failed");
  if (file.contentType === "message/rfc822") await opener.openMessage(file);
  else await opener.openAttachment(messageFile(original), path, tabId);
  return done;
}

async function saveAll(original: Original, saver: FileSaver): Promise<ActionResult> {
  const files = attachmentFiles(original);
  const [only] = files;
  if (only === undefined) return failed("save-failed");
  if (files.length === 1) return saved(await saver.saveAs(only));
  const folder = safeFileName(original.summary.subject, "PEC");
  await saver.saveAll(folder, files);
  return { state: "done", folder };
}

const done: ActionResult = { state: "done" };

function saved(outcome: "saved" | "cancelled"): ActionResult {
  return { state: outcome === "saved" ? "done" : "cancelled" };
}

function failed(code: FailureCode): ActionResult {
  return { state: "failed", code };
}

function failureOf(action: MessageAction): FailureCode {
  switch (action.name) {
    case "open-original":
    case "open-attachment":
    case "open-evidence":
      return "open-failed";
    case "save-original":
    case "save-message":
    case "save-attachment":
    case "save-signed-content":
    case "save-all-attachments":
      return "save-failed";
    case "reply":
    case "reply-all":
    case "forward":
      return "compose-failed";
    case "print":
    case "check-revocation":
    case "open-options":
    case "open-ledger":
      return "internal";
  }
}
