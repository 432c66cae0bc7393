// Belongs here: which direct child of the signed content is the daticert, which the original message (pec-messages §2.6).
// Does NOT belong here: what is in them. A deeper daticert is never looked for: it would be another message's.
import { decodeUnlabelled } from "../mime/charset.ts";
import { decodeBodyStart } from "../mime/decode-body.ts";
import { fieldValue } from "../mime/field-value.ts";
import type { MimePart } from "../mime/mime-part.ts";
import type { MessageKind, SignedParts } from "./envelope.ts";

/** Bytes in which the root element of an unnamed XML part must stand. Attack: megabytes of comments before it. */
const XML_START_LENGTH = 4096;

/** The kinds that exist to carry a message, whatever its name (RFC 6109 §§3.2.1, 3.2.2), and those that PEC has no word on. */
const CARRIERS: ReadonlySet<MessageKind | null> = new Set<MessageKind | null>([
  "posta-certificata",
  "anomalia",
  "rem",
  null,
]);

/**
 * Finds PEC's own parts among the direct children of `content`, which must be a `multipart/mixed` (RFC 6109 §4.3).
 *
 * @param kind what the outer header claims: a receipt may carry other messages, such as a bounce, beside the original or without it.
 * @param bytes what the ranges of `content` point into: the message, or for an opaque signature the content of the CMS.
 * An anomaly envelope has no daticert (RFC 6109 §3.2.2); one that is there shows that the header was changed, so it is looked for in any kind.
 */
export function readSignedParts(bytes: Uint8Array, content: MimePart, kind: MessageKind | null): SignedParts {
  const parts = content.contentType.value === "multipart/mixed" ? content.children : [];
  const daticerts = findDaticerts(bytes, parts);
  return {
    parts,
    daticert: daticerts[0] ?? null,
    daticertCount: daticerts.length,
    postacert: findOriginal(parts, kind),
  };
}

/** Named `daticert.xml`, in any case; when none is, XML with the root `postacert` (copies without a name are reported). */
function findDaticerts(bytes: Uint8Array, parts: readonly MimePart[]): readonly MimePart[] {
  const named = parts.filter((part) => isNamed(part, "daticert.xml"));
  return named.length > 0 ? named : parts.filter((part) => isXml(part) && hasDaticertRoot(bytes, part));
}

/** By name or by REM's section type (EN 319 532-3 §6), else, where one must be, the first message among the children. */
function findOriginal(parts: readonly MimePart[], kind: MessageKind | null): MimePart | null {
  const messages = parts.filter((part) => part.contentType.value === "message/rfc822");
  const sectionType = "rem_message/original";
  return (
    messages.find((part) => isNamed(part, "postacert.eml")) ??
    messages.find((part) => fieldValue(part, "REM-Section-Type")?.toLowerCase() === sectionType) ??
    (CARRIERS.has(kind) ? messages[0] : undefined) ??
    parts.find((part) => isNamed(part, "postacert.eml") && !part.contentType.value.startsWith("multipart/")) ??
    null
  );
}

/** Either of the two places for a name is enough: providers fill one, the other, or both. */
function isNamed(part: MimePart, name: string): boolean {
  const names = [part.disposition?.parameters.get("filename"), part.contentType.parameters.get("name")];
  return names.some((candidate) => candidate?.trim().toLowerCase() === name);
}

function isXml(part: MimePart): boolean {
  return ["application/xml", "text/xml"].includes(part.contentType.value);
}

function hasDaticertRoot(bytes: Uint8Array, part: MimePart): boolean {
  const start = decodeUnlabelled(decodeBodyStart(bytes, part, XML_START_LENGTH).subarray(0, XML_START_LENGTH));
  // The first tag that is neither declaration, instruction, nor comment.
  const tag = /<([A-Za-z_][^\s/>]*)/.exec(start.replace(/<!--[^]*?-->/g, ""));
  return tag?.[1] === "postacert";
}
