// Belongs here: runtime messages from `unknown` to their type, checked once at the border.
// Does NOT belong here: who may send them (see thunderbird/runtime.ts), answering them (see answer-page.ts).
import type { MessageAction, MessageTarget, PageMessage } from "../messages.ts";
import { parseAccountRequest } from "./accounts/parse-account-request.ts";
import { parseBatchRequest } from "./batch/parse-batch-request.ts";
import { parseComposeRequest } from "./sending/parse-compose-request.ts";
import { parseEvidenceRequest } from "./evidence/parse-evidence-request.ts";
import { parseLedgerRequest } from "./receipts/parse-ledger-request.ts";
import { parseOptionsRequest } from "./options/parse-options-request.ts";
import { isRecord } from "./plain-values.ts";

/** Deeper nesting than any mail has (see core/mime/mime-limits.ts for what is read at all). */
const MAX_PATH = 200;

/** A header field may be long; a longer one is in no receipt that is kept. */
const MAX_MESSAGE_ID = 100_000;

/** `null`: none of ours. */
export function parsePageMessage(value: unknown): PageMessage | null {
  if (!isRecord(value)) return null;
  const { type } = value;
  if (type === "get-displayed-message") return { type };
  if (type === "get-appearance") return isId(value["tabId"]) ? { type, tabId: value["tabId"] } : null;
  if (type === "options") {
    const request = parseOptionsRequest(value["request"]);
    return request && { type, request };
  }
  if (type === "ledger") {
    const request = parseLedgerRequest(value["request"]);
    return request && { type, request };
  }
  if (type === "batch") {
    const request = parseBatchRequest(value["request"]);
    return request && { type, request };
  }
  if (type === "evidence") {
    const request = parseEvidenceRequest(value["request"]);
    return request && { type, request };
  }
  if (type === "accounts") {
    const request = parseAccountRequest(value["request"]);
    return request && { type, request };
  }
  if (type === "compose") {
    const request = parseComposeRequest(value["request"]);
    return request && { type, request };
  }
  if (type === "open-message") {
    const { messageId } = value;
    return isText(messageId) ? { type, messageId } : null;
  }
  if (type === "compare-content") {
    const { link, receipt } = value;
    return isText(link) && isText(receipt) ? { type, link, receipt } : null;
  }
  if (type === "restore-original") {
    const { link, how } = value;
    return isText(link) && (how === "open" || how === "save") ? { type, link, how } : null;
  }
  const target = parseTarget(value["target"]);
  if (target === null) return null;
  switch (type) {
    case "get-report": {
      const { view } = value;
      return view === "pane" || view === "popup" ? { type, target, view } : null;
    }
    case "get-printable":
      return { type, target };
    case "look-into-attachment": {
      const { question } = value;
      const attachment = parsePath(value["attachment"]);
      const isKnown = question === "sha256" || question === "signature";
      return attachment !== null && isKnown ? { type, target, attachment, question } : null;
    }
    case "run-action": {
      const action = parseAction(value["action"]);
      return action && { type, target, action };
    }
    default:
      return null;
  }
}

function parseTarget(value: unknown): MessageTarget | null {
  if (!isRecord(value)) return null;
  const { tabId, messageId } = value;
  const path = parsePath(value["path"]);
  return isId(tabId) && isId(messageId) && path !== null ? { tabId, messageId, path } : null;
}

function parseAction(value: unknown): MessageAction | null {
  if (!isRecord(value)) return null;
  const { name } = value;
  switch (name) {
    case "open-original":
    case "save-original":
    case "save-message":
    case "save-all-attachments":
    case "reply":
    case "reply-all":
    case "forward":
    case "print":
    case "open-evidence":
    case "check-revocation":
    case "open-options":
    case "open-ledger":
      return { name };
    case "open-attachment":
    case "save-attachment":
    case "save-signed-content": {
      const attachment = parsePath(value["attachment"]);
      return attachment && { name, attachment };
    }
    default:
      return null;
  }
}

function parsePath(value: unknown): readonly number[] | null {
  if (!Array.isArray(value) || value.length > MAX_PATH) return null;
  const steps: readonly unknown[] = value;
  return steps.every(isIndex) ? steps : null;
}

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_MESSAGE_ID;
const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1;
