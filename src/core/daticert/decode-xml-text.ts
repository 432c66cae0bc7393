// Belongs here: the bytes of an XML document to text (XML 1.0 §4.3.3, App. F). Does NOT belong here: its syntax.
import { decodeCharset } from "../mime/charset.ts";

export interface XmlText {
  /** Without BOM. */
  readonly text: string;
  /** `BOM`, `ENCODING_NOT_UTF8`, `INVALID_UTF8`. */
  readonly deviations: readonly string[];
}

/** Bytes of certification data that are read. Thousands of recipients fit. Attack: 5 MB of XML to parse and to show. */
export const MAX_DATICERT_BYTES = 512 * 1024;

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text of the document for display, whether well-formed or not; `null` when too large or in an unknown encoding. */
export function decodeXmlText(bytes: Uint8Array): string | null {
  return bytes.length > MAX_DATICERT_BYTES ? null : (readXmlText(bytes)?.text ?? null);
}

/** Follows BOM, then declaration, then UTF-8; text that is not the UTF-8 it says to be is read as windows-1252. `null`: unknown encoding. */
export function readXmlText(bytes: Uint8Array): XmlText | null {
  const bom = byteOrderMark(bytes);
  const declared = bom ?? declaredEncoding(bytes) ?? "utf-8";
  const deviations: string[] = bom === null ? [] : ["BOM"];
  if (!/^utf-?8$/i.test(declared)) {
    const text = decodeCharset(bytes, declared);
    return text === null ? null : { text, deviations: [...deviations, "ENCODING_NOT_UTF8"] };
  }
  const content = bom === null ? bytes : bytes.subarray(3);
  try {
    return { text: strictUtf8.decode(content), deviations };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const text = decodeCharset(content, "windows-1252");
    return text === null ? null : { text, deviations: [...deviations, "INVALID_UTF8"] };
  }
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 512));
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(start)?.[1] ?? null;
}
