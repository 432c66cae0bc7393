// Belongs here: the content of a part (RFC 2045 §6). Does NOT belong here: signed bytes, which are never decoded (see core/cms).
import { decodeBase64 } from "./base64.ts";
import { decodeCharset, decodeUnlabelled } from "./charset.ts";
import type { MimePart } from "./mime-part.ts";
import { decodeQuotedPrintable } from "./quoted-printable.ts";

/**
 * Content of a part without its transfer encoding. Identity encodings, and ones that are not known, give a view of the
 * message's own bytes: no copy.
 */
export function decodeBody(bytes: Uint8Array, part: MimePart): Uint8Array {
  const body = bytes.subarray(part.body.start, part.body.end);
  if (part.transferEncoding === "base64") return decodeBase64(body);
  if (part.transferEncoding === "quoted-printable") return decodeQuotedPrintable(body);
  return body;
}

/** The first bytes of a part's content, at least `length` of them if there are as many: for telling what it is. */
export function decodeBodyStart(bytes: Uint8Array, part: MimePart, length: number): Uint8Array {
  // Quoted-printable takes at most three bytes for one, plus soft line breaks; base64 less.
  const end = Math.min(part.body.end, part.body.start + length * 4);
  return decodeBody(bytes, { ...part, body: { start: part.body.start, end } });
}

/** Text of a part in its charset; without one UTF-8 if valid; windows-1252 when neither fits or the name is not known. */
export function decodeText(bytes: Uint8Array, part: MimePart): string {
  const content = decodeBody(bytes, part);
  const charset = part.contentType.parameters.get("charset") ?? "";
  return (charset === "" ? null : decodeCharset(content, charset)) ?? decodeUnlabelled(content);
}

/**
 * Size of the content in bytes without decoding it: exact for identity encodings, from the length of the first line for
 * base64, an upper bound for quoted-printable.
 */
export function estimateSize(bytes: Uint8Array, part: MimePart): number {
  const { start, end } = part.body;
  if (part.transferEncoding !== "base64") return end - start;
  let last = end;
  while (last > start && (bytes[last - 1] === 0x0d || bytes[last - 1] === 0x0a)) last--;
  const firstBreak = bytes.subarray(start, last).indexOf(0x0a);
  let characters = last - start;
  if (firstBreak > 0) {
    const breakLength = bytes[start + firstBreak - 1] === 0x0d ? 2 : 1;
    characters -= Math.floor((last - start) / (firstBreak + 1)) * breakLength;
  }
  let padding = 0;
  while (padding < 2 && last - 1 - padding >= start && bytes[last - 1 - padding] === 0x3d) padding++;
  return Math.max(0, Math.floor(((characters - padding) * 3) / 4));
}
