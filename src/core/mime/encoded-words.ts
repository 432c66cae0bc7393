// Belongs here: RFC 2047 encoded words in unstructured text. Does NOT belong here: addresses (see address-list.ts).
import { decodeBase64 } from "./base64.ts";
import { decodeCharset, trimBlanks } from "./charset.ts";
import { decodeQ } from "./quoted-printable.ts";

/** An encoded word. Blanks inside are not allowed but common; a question mark inside never is. */
const ENCODED_WORD = /=\?([^?]*)\?([BbQq])\?([^?]*)\?=/g;
const BAD_BASE64 = /[^A-Za-z0-9+/= ]/;

/** Consecutive words of one charset, whose bytes are decoded together. */
interface Run {
  readonly charset: string;
  readonly chunks: Uint8Array[];
}

/**
 * Text with its encoded words decoded (RFC 2047 §6). Blanks between adjacent words vanish; the bytes of adjacent words in one
 * charset are joined first, since many writers split a character between words. What cannot be decoded stays verbatim.
 * Control characters that come out of a word become blanks: no line break may enter a header this way.
 */
export function decodeEncodedWords(text: string): string {
  if (!text.includes("=?")) return text;
  // Asked once per name: an unknown one costs an exception. Attack: a field of a hundred thousand words.
  const known = new Map<string, boolean>();
  const isKnown = (charset: string): boolean => {
    const answer = known.get(charset) ?? decodeCharset(new Uint8Array(0), charset) !== null;
    known.set(charset, answer);
    return answer;
  };
  let output = "";
  let run: Run | null = null;
  let last = 0;
  for (const match of text.matchAll(ENCODED_WORD)) {
    const [word, label = "", encoding = "", encodedText = ""] = match;
    // RFC 2231 §5: a language may follow the charset.
    const charset = (label.split("*", 1)[0] ?? "").toLowerCase();
    const decoded = isKnown(charset) ? decodeWord(encoding, encodedText) : null;
    // A word that cannot be decoded is text like any other.
    if (decoded === null) continue;
    const between = text.slice(last, match.index);
    last = match.index + word.length;
    const adjacent: boolean = run !== null && trimBlanks(between) === "";
    if (run !== null && adjacent && run.charset === charset) {
      run.chunks.push(decoded);
      continue;
    }
    if (run !== null) output += decodeRun(run);
    if (!adjacent) output += between;
    run = { charset, chunks: [decoded] };
  }
  if (run !== null) output += decodeRun(run);
  return output + text.slice(last);
}

function decodeWord(encoding: string, text: string): Uint8Array | null {
  const bytes = new TextEncoder().encode(text);
  if (encoding === "Q" || encoding === "q") return decodeQ(bytes);
  return BAD_BASE64.test(text) ? null : decodeBase64(bytes);
}

function decodeRun(run: Run): string {
  const text = decodeCharset(concatenate(run.chunks), run.charset) ?? "";
  return text.replace(/[\u0000-\u001f\u007f]/g, " ");
}

/** One array of the bytes of all. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const only = chunks[0];
  if (chunks.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
