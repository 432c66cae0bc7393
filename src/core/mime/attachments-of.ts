// Belongs here: which parts a mail client lists as attachments. Does NOT belong here: PEC's own parts (see core/envelope).
import { estimateSize } from "./decode-body.ts";
import type { MimePart } from "./mime-part.ts";

export interface AttachmentEntry {
  /** Child indexes from the root. */
  readonly path: readonly number[];
  readonly part: MimePart;
  /** As the message says, decoded; for display only: it may hold separators or any other character. */
  readonly name: string | null;
  readonly contentType: string;
  /** Decoded size in bytes (see estimateSize). */
  readonly size: number;
}

const SIGNATURE_TYPES: ReadonlySet<string> = new Set([
  "application/pkcs7-signature",
  "application/x-pkcs7-signature",
  "application/pgp-signature",
]);

/**
 * Parts that a mail client lists as attachments, in order: marked so or named, and everything that is neither text nor
 * multipart. Not the pictures of a `multipart/related` body, nor the signature of a `multipart/signed`. An attached message
 * is one attachment; what it holds is not listed.
 */
export function attachmentsOf(bytes: Uint8Array, root: MimePart): readonly AttachmentEntry[] {
  const entries: AttachmentEntry[] = [];
  const walk = (part: MimePart, path: readonly number[], parent: MimePart | null): void => {
    if (part.contentType.value.startsWith("multipart/")) {
      part.children.forEach((child, index) => {
        walk(child, [...path, index], part);
      });
      return;
    }
    if (!isAttachment(part, parent)) return;
    const size = estimateSize(bytes, part);
    entries.push({ path, part, name: part.fileName, contentType: part.contentType.value, size });
  };
  walk(root, [], null);
  return entries;
}

function isAttachment(part: MimePart, parent: MimePart | null): boolean {
  const container = parent?.contentType.value;
  if (container === "multipart/signed" && SIGNATURE_TYPES.has(part.contentType.value)) return false;
  if (part.disposition?.value === "attachment") return true;
  const ofBody = container === "multipart/related" && part.fields.some((field) => field.name === "content-id");
  if (ofBody) return false;
  return part.fileName !== null || !part.contentType.value.startsWith("text/");
}
