// Belongs here: the text that a person reads, for quoting and printing. Does NOT belong here: any use of it by machines.
import { decodeText } from "./decode-body.ts";
import { htmlToText } from "./html-to-text.ts";
import { MAX_TEXT_LENGTH } from "./mime-limits.ts";
import type { MimePart } from "./mime-part.ts";

/** Text of the body with LF line ends, at most `MAX_TEXT_LENGTH` characters: `text/plain` if there, else HTML as text, else empty. */
export function bestTextBody(bytes: Uint8Array, root: MimePart): string {
  const part = bodyPart(root);
  if (part === null) return "";
  const text = decodeText(bytes, part).slice(0, MAX_TEXT_LENGTH);
  return part.contentType.value === "text/html" ? htmlToText(text) : text.replace(/\r\n?/g, "\n");
}

/** Of alternatives the plain one, else the last (RFC 2046 §5.1.4); of other multiparts the first part that has text. */
function bodyPart(part: MimePart): MimePart | null {
  const type = part.contentType.value;
  if (type.startsWith("multipart/")) {
    if (type !== "multipart/alternative") {
      for (const child of part.children) {
        const found = bodyPart(child);
        if (found !== null) return found;
      }
      return null;
    }
    const found = part.children.map(bodyPart).filter((child) => child !== null);
    return found.find((child) => child.contentType.value === "text/plain") ?? found.at(-1) ?? null;
  }
  const readable = type === "text/plain" || type === "text/html";
  return readable && part.disposition?.value !== "attachment" ? part : null;
}
