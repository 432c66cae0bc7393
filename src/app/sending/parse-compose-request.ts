// Belongs here: requests of the page of a window to write in, from `unknown` to their type. Does NOT belong here: answering them (see answer-compose.ts).
import { deliveryReceiptKind, SENDING_FIXES } from "../../core/index.ts";
import type { ComposeRequest } from "../../messages.ts";
import { isRecord } from "../plain-values.ts";

/** Longer than any key of an identity, and than a digest. */
const MAX_TEXT = 1_000;

/** `null`: none of ours. */
export function parseComposeRequest(value: unknown): ComposeRequest | null {
  if (!isRecord(value)) return null;
  const { name, tabId } = value;
  if (typeof tabId !== "number" || !Number.isSafeInteger(tabId) || tabId < 1) return null;
  switch (name) {
    case "read": {
      const { opened } = value;
      return typeof opened === "boolean" ? { name, tabId, opened } : null;
    }
    case "set-kind":
    case "set-default-kind": {
      const kind = deliveryReceiptKind(value["kind"]);
      return kind && { name, tabId, kind };
    }
    case "set-pec": {
      const { isPec } = value;
      return isPec === null || typeof isPec === "boolean" ? { name, tabId, isPec } : null;
    }
    case "set-quiet": {
      const { isQuiet } = value;
      return typeof isQuiet === "boolean" ? { name, tabId, isQuiet } : null;
    }
    case "fix": {
      const fix = SENDING_FIXES.find((each) => each === value["fix"]);
      return fix === undefined ? null : { name, tabId, fix };
    }
    case "switch-identity": {
      const { identity } = value;
      return isText(identity) ? { name, tabId, identity } : null;
    }
    case "send-anyway": {
      const { shown } = value;
      return isText(shown) ? { name, tabId, shown } : null;
    }
    default:
      return null;
  }
}

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_TEXT;
