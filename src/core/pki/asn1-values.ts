// Belongs here: simple ASN.1 values as plain ones, read with asn1js (but for times): identifiers, integers, times, strings, bit strings.
// Does NOT belong here: structures.
//
// asn1js is laxer than X.690 and RFC 5280 in what it takes for a value, so these checks are ours: shortest integers and arcs, arcs that fit a
// number, bit strings with their first octet, times in the only form allowed and of days that exist, texts that are texts.
import {
  BitString,
  BmpString,
  Boolean as BooleanValue,
  fromBER,
  IA5String,
  Integer,
  NumericString,
  PrintableString,
  TeletexString,
  UniversalString,
  Utf8String,
  VisibleString,
  type BaseBlock,
  type BaseStringBlock,
} from "asn1js";
import { TAG, type Asn1Element } from "./asn1.ts";
import { MalformedError } from "./malformed-error.ts";

/** Longest object identifier that is decoded. Real ones have under 20 octets; the attack is a megabyte of arcs turned into text. */
const MAX_IDENTIFIER_OCTETS = 64;
/** `YYYYMMDDhhmmssZ`. */
const MAX_TIME_OCTETS = 15;
/** Longest text of a name. X.520 allows some hundred characters; the attack is a text so long that asn1js, which makes a call with one argument for each octet, runs out of stack. */
const MAX_TEXT_OCTETS = 16_384;
/** Keys and signatures have under 2 KB; the bound is that of a certificate. */
const MAX_BIT_STRING_OCTETS = 256 * 1024;

/** One primitive element as asn1js reads it. @throws MalformedError with `code` when it is of another type, too long, or cannot be read. */
function decode<Value extends BaseBlock>(
  element: Asn1Element,
  type: new () => Value,
  maxContentLength: number,
  code: string,
): Value {
  const { offset, result } = fromBER(element.bytes, {
    copyInput: false,
    parseEmbedded: false,
    maxDepth: 1,
    maxNodes: 1,
    maxContentLength,
  });
  if (offset === -1 || !(result instanceof type)) throw new MalformedError(code, result.error);
  return result;
}

function contentOf(element: Asn1Element, tag: number): Uint8Array {
  if (element.tag !== tag) throw new MalformedError("UNEXPECTED_TAG");
  return element.content;
}

export function hexadecimal(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += octet.toString(16).padStart(2, "0");
  return text;
}

/** Identifiers read before: a certificate has a hundred, of some thirty kinds, and asn1js takes 10 µs for one. */
const knownIdentifiers = new Map<string, string>();
/** Names of attributes, extensions, algorithms and policies are under a hundred; the attack is a mail of new ones that stay in memory. */
const MAX_KNOWN_IDENTIFIERS = 256;

/** Dotted form. @throws MalformedError */
export function readObjectIdentifier(element: Asn1Element): string {
  const octets = contentOf(element, TAG.objectIdentifier);
  if (octets.length > MAX_IDENTIFIER_OCTETS) throw new MalformedError("OBJECT_IDENTIFIER");
  const key = latin1(octets);
  const known = knownIdentifiers.get(key);
  if (known !== undefined) return known;
  const text = decodeObjectIdentifier(octets);
  if (knownIdentifiers.size < MAX_KNOWN_IDENTIFIERS) knownIdentifiers.set(key, text);
  return text;
}

/** Ours, not asn1js's: that takes 10 µs for one, and a mail can carry ten thousand different ones. */
function decodeObjectIdentifier(octets: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  let begins = true;
  for (const octet of octets) {
    // X.690 §8.19.2: an arc has no leading zero groups; two spellings of one identifier would slip past a duplicate check.
    if (begins && octet === 0x80) throw new MalformedError("OBJECT_IDENTIFIER");
    arc = arc * 128 + (octet & 0x7f);
    // Larger ones exist only in UUID-based identifiers (2.25), which nothing here knows.
    if (arc > Number.MAX_SAFE_INTEGER) throw new MalformedError("OBJECT_IDENTIFIER");
    begins = octet < 0x80;
    if (begins) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first, ...rest] = arcs;
  if (first === undefined || !begins) throw new MalformedError("OBJECT_IDENTIFIER");
  // The first two arcs share one number (X.690 §8.19.4).
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join(".");
}

export function readBoolean(element: Asn1Element): boolean {
  if (contentOf(element, TAG.boolean).length !== 1) throw new MalformedError("BOOLEAN");
  return decode(element, BooleanValue, 1, "BOOLEAN").getValue();
}

/** Content octets of an INTEGER in shortest form. */
export function readIntegerBytes(element: Asn1Element): Uint8Array {
  const content = contentOf(element, TAG.integer);
  const [first, second] = content;
  if (first === undefined) throw new MalformedError("INTEGER");
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new MalformedError("INTEGER", "not shortest");
  }
  return content;
}

/** A small non-negative INTEGER or ENUMERATED; anything else is refused. */
export function readSmallInteger(content: Uint8Array): number {
  const [first] = content;
  if (first === undefined || first >= 0x80 || content.length > 4) throw new MalformedError("INTEGER");
  return Number(new Integer({ valueHex: content.slice() }).toBigInt());
}

/** Hexadecimal of an INTEGER, upper case, without leading zero octets: how serial numbers are shown and compared. Negative ones, which some CAs issued, keep their sign. */
export function readSerial(element: Asn1Element): string {
  const content = readIntegerBytes(element);
  const digits = hexadecimal(content.length > 1 && content[0] === 0 ? content.subarray(1) : content).toUpperCase();
  return (content[0] ?? 0) < 0x80 ? digits : `-${digits}`;
}

/** Octets of a BIT STRING whose length is a whole number of octets: keys and signatures. */
export function readBitStringBytes(element: Asn1Element): Uint8Array {
  // asn1js takes no octets at all for an empty string.
  if (contentOf(element, TAG.bitString).length === 0) throw new MalformedError("BIT_STRING");
  const { unusedBits, valueHexView } = decode(element, BitString, MAX_BIT_STRING_OCTETS, "BIT_STRING").valueBlock;
  if (unusedBits !== 0) throw new MalformedError("BIT_STRING");
  return valueHexView;
}

/** Positions of the bits that are set in the content octets of a named BIT STRING. */
export function readNamedBits(content: Uint8Array): readonly number[] {
  const unused = content[0];
  if (unused === undefined || unused > 7 || (unused > 0 && content.length === 1))
    throw new MalformedError("BIT_STRING");
  const bits: number[] = [];
  for (let index = 0; index < (content.length - 1) * 8 - unused; index++) {
    if (((content[1 + (index >> 3)] ?? 0) & (0x80 >> (index & 7))) !== 0) bits.push(index);
  }
  return bits;
}

/** UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5 (seconds, `Z`), in milliseconds since 1970. @throws MalformedError */
export function readTime(element: Asn1Element): number {
  if (element.content.length > MAX_TIME_OCTETS) throw new MalformedError("TIME");
  // Not with asn1js: it takes the first digits that fit, reads zones and fractions in the other type, and throws for some overflows.
  const form = TIME_FORMS.get(element.tag)?.exec(latin1(element.content));
  if (!form) throw new MalformedError("TIME");
  const [, yearText = "", ...rest] = form;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number);
  const year = Number(yearText) + (yearText.length === 4 ? 0 : Number(yearText) < 50 ? 2000 : 1900);
  const time = new Date(0);
  // Years below 100 would be taken for 19xx by Date.UTC.
  time.setUTCFullYear(year, month - 1, day);
  // A day that does not exist (30 February) becomes another one.
  const exists = time.getUTCFullYear() === year && time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) throw new MalformedError("TIME");
  return time.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

const TIME_FORMS: ReadonlyMap<number, RegExp> = new Map<number, RegExp>([
  [TAG.utcTime, /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/],
  [TAG.generalizedTime, /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/],
]);

/** One character per octet, as IA5String, PrintableString and (in practice) TeletexString are read. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += String.fromCharCode(octet);
  return text;
}

const TEXT_TYPES: ReadonlyMap<number, new () => BaseStringBlock> = new Map<number, new () => BaseStringBlock>([
  [0x0c, Utf8String],
  [0x12, NumericString],
  [0x13, PrintableString],
  [0x14, TeletexString],
  [0x16, IA5String],
  [0x1a, VisibleString],
  [0x1c, UniversalString],
  [0x1e, BmpString],
]);

/** Types in which a printable ASCII character is one octet. */
const OCTET_TEXT: ReadonlySet<number> = new Set([0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a]);

/** The text of octets that are printable ASCII, which read alike in all these types; `null` for other ones. */
function printableText({ tag, content }: Asn1Element): string | null {
  if (!OCTET_TEXT.has(tag) || content.length > MAX_TEXT_OCTETS) return null;
  let text = "";
  for (const octet of content) {
    if (octet < 0x20 || octet > 0x7e) return null;
    text += String.fromCharCode(octet);
  }
  return text;
}

/** Text of a string type of X.520; `null` for a type that is not text. @throws MalformedError for octets that are no text of that type. */
export function readText(element: Asn1Element): string | null {
  const type = TEXT_TYPES.get(element.tag);
  if (type === undefined) return null;
  // Nearly every name. asn1js takes 20 µs for each, and the authorities shipped have thousands.
  const printable = printableText(element);
  if (printable !== null) return printable;
  const block = decode(element, type, MAX_TEXT_OCTETS, "TEXT");
  // asn1js warns of octets that are no text, and puts others in their place.
  if (block.warnings.length > 0) throw new MalformedError("TEXT", block.warnings[0]);
  return block.getValue();
}
