// Belongs here: PEC and REM messages attached to, or forwarded inside, a message that claims nothing itself.
// Does NOT belong here: reading them; each is inspected as a message of its own.
import { decodeBodyStart } from "../mime/decode-body.ts";
import { decodeEncodedWords } from "../mime/encoded-words.ts";
import { fieldValue } from "../mime/field-value.ts";
import type { MimePart } from "../mime/mime-part.ts";
import { parseMime } from "../mime/parse-mime.ts";
import type { AttachedMessage } from "./envelope.ts";
import { looksLikeMessage } from "./original-message-bytes.ts";
import { readClaim } from "./read-claim.ts";

/** Messages inside messages that are gone into. Attack: a chain of forwarded mails that takes long to walk and to show. */
const MAX_ATTACHED_DEPTH = 8;
/** Attached claims that are listed. Attack: thousands of attached headers, each a row to show. */
const MAX_ATTACHED = 50;
/** Encoded attachments whose beginning is decoded, and how much of it. Attack: thousands of large `*.eml` parts in base64. */
const MAX_DECODED = 50;
const HEADER_LENGTH = 64 * 1024;

/** Attached messages that claim PEC or REM at their own top level, in order. What is inside such a one is its own affair. */
export function findAttachedMessages(bytes: Uint8Array, root: MimePart): readonly AttachedMessage[] {
  const found: AttachedMessage[] = [];
  let decodedCount = 0;

  const headerOf = (part: MimePart): MimePart | null => {
    if (!isMessage(part) && part.fileName?.trim().toLowerCase().endsWith(".eml") !== true) return null;
    const [child] = part.children;
    if (child !== undefined) return child;
    if (decodedCount >= MAX_DECODED) return null;
    decodedCount++;
    const start = decodeBodyStart(bytes, part, HEADER_LENGTH);
    return looksLikeMessage(start) ? parseMime(start).root : null;
  };

  const walk = (part: MimePart, path: readonly number[], depth: number): void => {
    if (found.length >= MAX_ATTACHED || depth > MAX_ATTACHED_DEPTH) return;
    const isMultipart = part.contentType.value.startsWith("multipart/");
    const message = isMultipart ? null : headerOf(part);
    const kind = message === null ? null : readClaim(message).kind;
    if (message !== null && kind !== null) {
      const subject = decodeEncodedWords(fieldValue(message, "Subject") ?? "");
      found.push({ path, part, fileName: part.fileName, kind, subject });
      return;
    }
    part.children.forEach((child, index) => {
      walk(child, [...path, index], isMultipart ? depth : depth + 1);
    });
  };
  walk(root, [], 0);
  return found;
}

function isMessage(part: MimePart): boolean {
  return part.contentType.value === "message/rfc822" || part.contentType.value === "message/global";
}
