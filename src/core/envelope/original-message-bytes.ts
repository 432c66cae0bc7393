// Belongs here: getting an embedded message's own bytes out of its part. Does NOT belong here: which part (see read-signed-parts.ts).
import { decodeBody } from "../mime/decode-body.ts";
import type { MimePart } from "../mime/mime-part.ts";
import { partAt } from "../mime/part-at.ts";

/**
 * Bytes of the message that a part carries (`postacert.eml`, or any attached message). A view without copy in an identity
 * encoding. `message/rfc822` in base64 or quoted-printable is illegal (RFC 2046 §5.2.1) but found: it is decoded when that
 * gives something that begins like a message, and left as it is otherwise.
 */
export function originalMessageBytes(bytes: Uint8Array, part: MimePart): Uint8Array {
  const decoded = decodeBody(bytes, part);
  return looksLikeMessage(decoded) ? decoded : bytes.subarray(part.body.start, part.body.end);
}

/** Bytes of the attached message at a path of child indexes from `root`; `null` when there is no such part. */
export function attachedMessageBytes(bytes: Uint8Array, root: MimePart, path: readonly number[]): Uint8Array | null {
  const part = partAt(root, path);
  return part === null ? null : originalMessageBytes(bytes, part);
}

/** Whether bytes begin with a header field (RFC 5322 §2.2), possibly after an mbox separator line or a UTF-8 byte order mark. */
export function looksLikeMessage(bytes: Uint8Array): boolean {
  // Field names are short; more is not worth looking at.
  const start = String.fromCharCode(...bytes.subarray(0, 400));
  return /^(?:\xef\xbb\xbf)?(?:>?From [^\n]*\n)?[!-9;-~]+[ \t]*:/.test(start);
}
