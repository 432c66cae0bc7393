// Belongs here: the parts of a message that carry content, and the fingerprint by which two of them count as the same.
// Does NOT belong here: comparing messages (see compare-content.ts).
import { canonicalContent } from "../cms/canonical-content.ts";
import { decodeBody } from "../mime/decode-body.ts";
import type { MimePart } from "../mime/mime-part.ts";
import { hexadecimal } from "../pki/asn1-values.ts";
import { digest } from "../pki/digest.ts";

const LF = 0x0a;
const CR = 0x0d;

export interface ContentPart {
  /** File name; `null` for what has none, such as the text. */
  readonly name: string | null;
  readonly contentType: string;
  readonly part: MimePart;
}

/** Parts that are no `multipart/*`, in order. An attached message is one part: what it holds belongs to it. */
export function contentParts(root: MimePart): readonly ContentPart[] {
  if (root.contentType.value.startsWith("multipart/")) return root.children.flatMap(contentParts);
  return [{ name: root.fileName, contentType: root.contentType.value, part: root }];
}

/** Hash of a part's decoded content. In text and in what travels unencoded, line ends and final empty lines do not count: relays and stores change them. */
export async function fingerprint(bytes: Uint8Array, { part, contentType }: ContentPart): Promise<string> {
  const content = decodeBody(bytes, part);
  const encoded = part.transferEncoding === "base64" || part.transferEncoding === "quoted-printable";
  const exact = encoded && !contentType.startsWith("text/");
  return hexadecimal(await digest("SHA-256", exact ? content : plainLines(content)));
}

function plainLines(content: Uint8Array): Uint8Array {
  let end = content.length;
  while (end > 0 && (content[end - 1] === LF || content[end - 1] === CR)) end--;
  return canonicalContent(content, { start: 0, end });
}
