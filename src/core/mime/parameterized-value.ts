// Belongs here: structured fields of the form `value; name=value; …` (RFC 2045 §5.1, RFC 2231, and RFC 2047 where it does not
// belong but is found). Does NOT belong here: what a value means.
import { decodeCharset, decodeUnlabelled, lowerCaseAscii } from "./charset.ts";
import { concatenate, decodeEncodedWords } from "./encoded-words.ts";
import type { ParameterizedValue } from "./mime-part.ts";
import { MAX_PARAMETERS } from "./mime-limits.ts";
import { hexadecimalByte } from "./quoted-printable.ts";

export interface ParameterizedValueResult extends ParameterizedValue {
  /** There were more than `MAX_PARAMETERS`; the rest was not read. */
  readonly limitReached: boolean;
}

interface RawParameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads a structured field. Never fails: what does not fit the syntax is passed over. Of several parameters of one name the
 * first wins, and an RFC 2231 form wins over the plain one, as in Thunderbird: what is verified must be what is shown.
 */
export function parseParameterizedValue(text: string): ParameterizedValueResult {
  const valueStart = skipCommentsAndBlanks(text, 0);
  const valueEnd = endOfToken(text, valueStart);
  const value = lowerCaseAscii(text.slice(valueStart, valueEnd));

  const raw: RawParameter[] = [];
  let limitReached = false;
  let index = nextSemicolon(text, valueEnd);
  while (index < text.length) {
    index = skipCommentsAndBlanks(text, index + 1);
    const nameStart = index;
    while (index < text.length && !"=; \t\r\n".includes(text.charAt(index))) index++;
    const name = lowerCaseAscii(text.slice(nameStart, index));
    index = skipBlanks(text, index);
    if (text[index] === "=" && name !== "") {
      if (raw.length === MAX_PARAMETERS) {
        limitReached = true;
        break;
      }
      const parameter = readParameterValue(text, skipBlanks(text, index + 1));
      raw.push({ name, value: parameter.value });
      index = parameter.end;
    }
    index = nextSemicolon(text, index);
  }
  return { value, parameters: combineParameters(raw), limitReached };
}

function readParameterValue(text: string, start: number): { value: string; end: number } {
  if (text[start] !== '"') {
    const end = endOfToken(text, start);
    return { value: text.slice(start, end), end };
  }
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  // A quote that is never closed reaches to the end.
  const value = text.slice(start + 1, index).replace(/\\([^])/g, "$1");
  return { value, end: index + 1 };
}

/**
 * Parameters in which encoded words are decoded: RFC 2047 §5 forbids them and many write them. Nowhere else: a boundary that is
 * decoded here and not elsewhere divides the message in two ways.
 */
const FILE_NAMES: ReadonlySet<string> = new Set(["name", "filename"]);

/** Joins RFC 2231 sections and decodes. */
function combineParameters(raw: readonly RawParameter[]): ReadonlyMap<string, string> {
  const plain = new Map<string, string>();
  const extended = new Map<string, string>();
  const sections = new Map<string, Map<number, { value: string; encoded: boolean }>>();
  for (const { name, value } of raw) {
    const [base = "", section, mark] = name.split("*");
    if (section === undefined) {
      if (!plain.has(name)) plain.set(name, FILE_NAMES.has(name) ? decodeEncodedWords(value) : value);
    } else if (section === "" && mark === undefined) {
      if (!extended.has(base)) extended.set(base, decodeSections([{ value, encoded: true }]));
    } else if (/^\d{1,4}$/.test(section)) {
      const known = sections.get(base) ?? new Map<number, { value: string; encoded: boolean }>();
      sections.set(base, known);
      if (!known.has(Number(section))) known.set(Number(section), { value, encoded: mark !== undefined });
    }
  }
  const combined = new Map(plain);
  for (const [base, known] of sections) {
    const ordered: { value: string; encoded: boolean }[] = [];
    // A missing section ends the value (RFC 2231 §3 numbers them without gaps).
    for (let next = known.get(0); next !== undefined; next = known.get(ordered.length)) ordered.push(next);
    if (ordered.length > 0) combined.set(base, decodeSections(ordered));
  }
  for (const [base, value] of extended) combined.set(base, value);
  return combined;
}

function decodeSections(sections: readonly { value: string; encoded: boolean }[]): string {
  let charset = "";
  const chunks = sections.map(({ value, encoded }, index) => {
    let text = value;
    if (encoded && index === 0) {
      const [label, , rest] = splitAtApostrophes(value);
      charset = label;
      text = rest;
    }
    const bytes = new TextEncoder().encode(text);
    return encoded ? decodePercent(bytes) : bytes;
  });
  const bytes = concatenate(chunks);
  return (charset === "" ? null : decodeCharset(bytes, charset)) ?? decodeUnlabelled(bytes);
}

/** `charset'language'text` (RFC 2231 §4); without both apostrophes it is all text. */
function splitAtApostrophes(value: string): readonly [string, string, string] {
  const first = value.indexOf("'");
  const second = first < 0 ? -1 : value.indexOf("'", first + 1);
  return second < 0
    ? ["", "", value]
    : [value.slice(0, first), value.slice(first + 1, second), value.slice(second + 1)];
}

function decodePercent(encoded: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index++) {
    const byte = encoded[index] ?? 0;
    const value = byte === 0x25 ? hexadecimalByte(encoded, index + 1) : -1;
    if (value >= 0) index += 2;
    decoded[length++] = value >= 0 ? value : byte;
  }
  return decoded.subarray(0, length);
}

function skipBlanks(text: string, start: number): number {
  let index = start;
  while (index < text.length && " \t\r\n".includes(text.charAt(index))) index++;
  return index;
}

function skipCommentsAndBlanks(text: string, start: number): number {
  let index = skipBlanks(text, start);
  while (text[index] === "(") index = skipBlanks(text, endOfComment(text, index));
  return index;
}

/** Index after the comment that opens at `start`; comments nest (RFC 5322 §3.2.2). One that is never closed reaches to the end. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return index + 1;
  }
  return text.length;
}

/** End of an unquoted value. Only a blank or a semicolon ends it: writers leave out the quotes around other special characters. */
function endOfToken(text: string, start: number): number {
  let index = start;
  while (index < text.length && !"; \t\r\n".includes(text.charAt(index))) index++;
  return index;
}

/** Index of the next semicolon that is not inside a comment; the text's length when there is none. */
function nextSemicolon(text: string, start: number): number {
  let index = start;
  while (index < text.length && text[index] !== ";") {
    index = text[index] === "(" ? endOfComment(text, index) : index + 1;
  }
  return index;
}
