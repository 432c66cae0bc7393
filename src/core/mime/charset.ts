// Belongs here: bytes to text in a named or guessed charset. Does NOT belong here: where the charset's name comes from.

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");

/**
 * Text in a charset by its MIME or WHATWG name; malformed sequences become U+FFFD.
 * `null` when the name is not known to the platform.
 */
export function decodeCharset(bytes: Uint8Array, charset: string): string | null {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset.trim());
  } catch (error) {
    // The only way in which the platform says that it does not know the name (Encoding Standard, TextDecoder constructor).
    if (error instanceof RangeError) return null;
    throw error;
  }
  const text = decoder.decode(bytes);
  return decoder.encoding === "windows-1252" ? withoutC1(text) : text;
}

/** Windows-1252 from 0x80 to 0x9f; the five that it does not define stay as they are (Encoding Standard, index windows-1252). */
const UPPER_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Node before 23 decodes windows-1252 as ISO-8859-1; what is right already has nothing to replace. */
function withoutC1(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (character) => UPPER_1252.charAt(character.charCodeAt(0) - 0x80));
}

/** Text of unlabelled bytes: UTF-8 when valid (RFC 6532), else windows-1252, a superset of ISO-8859-1. Keeps a BOM. */
export function decodeUnlabelled(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch (error) {
    // A fatal decoder throws TypeError for malformed UTF-8 and for nothing else.
    if (error instanceof TypeError) return withoutC1(windows1252.decode(bytes));
    throw error;
  }
}

/**
 * Lower case of A–Z only. Names in mail are ASCII (RFC 5322 §2.2): the full mapping would turn a KELVIN SIGN into `k`, and
 * so a field that other readers do not know into one that they do.
 */
export function lowerCaseAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Without the blanks, tabs and line breaks around it. By hand: a regular expression would be quadratic in a run of blanks. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}
