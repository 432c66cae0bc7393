// Belongs here: simple ASN.1 values as plain ones: identifiers, integers, times, strings, bit strings. Does NOT belong here: structures.
import { TAG, type Asn1Element } from "./asn1.ts";
import { MalformedError } from "./malformed-error.ts";

/** Longest object identifier that is decoded. Real ones have under 20 octets; the attack is a megabyte of arcs turned into text. */
const MAX_IDENTIFIER_OCTETS = 64;

function contentOf(element: Asn1Element, tag: number): Uint8Array {
  if (element.tag !== tag) throw new MalformedError("UNEXPECTED_TAG");
  return element.content;
}

export function hexadecimal(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += octet.toString(16).padStart(2, "0");
  return text;
}

/** Dotted form. @throws MalformedError */
export function readObjectIdentifier(element: Asn1Element): string {
  return decodeObjectIdentifier(contentOf(element, TAG.objectIdentifier));
}

function decodeObjectIdentifier(octets: Uint8Array): string {
  const last = octets.at(-1);
  if (last === undefined || last >= 0x80 || octets.length > MAX_IDENTIFIER_OCTETS) {
    throw new MalformedError("OBJECT_IDENTIFIER");
  }
  let text = "";
  let value = 0;
  let start = true;
  for (const octet of octets) {
    // X.690 §8.19.2: an arc has no leading zero groups; two spellings of one identifier would slip past a duplicate check.
    if (start && octet === 0x80) throw new MalformedError("OBJECT_IDENTIFIER");
    value = value * 128 + (octet & 0x7f);
    // Arcs beyond 2^53 exist only in UUID-based identifiers (2.25), which nothing here knows.
    if (value > Number.MAX_SAFE_INTEGER) throw new MalformedError("OBJECT_IDENTIFIER");
    start = octet < 0x80;
    if (start) {
      text += text === "" ? firstArcs(value) : `.${value}`;
      value = 0;
    }
  }
  return text;
}

/** The first two arcs share one number (X.690 §8.19.4). */
function firstArcs(value: number): string {
  const root = Math.min(2, Math.floor(value / 40));
  return `${root}.${value - root * 40}`;
}

export function readBoolean(element: Asn1Element): boolean {
  const content = contentOf(element, TAG.boolean);
  if (content.length !== 1) throw new MalformedError("BOOLEAN");
  return content[0] !== 0;
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
  return content.reduce((value, octet) => value * 256 + octet, 0);
}

/** Hexadecimal of an INTEGER, upper case, without leading zero octets: how serial numbers are shown and compared. Negative ones, which some CAs issued, keep their sign. */
export function readSerial(element: Asn1Element): string {
  const content = readIntegerBytes(element);
  const digits = hexadecimal(content.length > 1 && content[0] === 0 ? content.subarray(1) : content).toUpperCase();
  return (content[0] ?? 0) < 0x80 ? digits : `-${digits}`;
}

/** Octets of a BIT STRING whose length is a whole number of octets: keys and signatures. */
export function readBitStringBytes(element: Asn1Element): Uint8Array {
  const content = contentOf(element, TAG.bitString);
  if (content[0] !== 0) throw new MalformedError("BIT_STRING");
  return content.subarray(1);
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
  const text = latin1(element.content);
  let digits: string;
  if (element.tag === TAG.utcTime && /^\d{12}Z$/.test(text)) {
    digits = `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`;
  } else if (element.tag === TAG.generalizedTime && /^\d{14}Z$/.test(text)) {
    digits = text;
  } else {
    throw new MalformedError("TIME");
  }
  const iso = digits.replace(/^(....)(..)(..)(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6.000Z");
  const time = Date.parse(iso);
  // Date.parse turns 30 February into 1 March; such a date is no date.
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso) throw new MalformedError("TIME");
  return time;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One character per octet, as IA5String, PrintableString and (in practice) TeletexString are read. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += String.fromCharCode(octet);
  return text;
}

/** Text of a string type of X.520; `null` for a type that is not text. @throws MalformedError for octets that are no text of that type. */
export function readText(element: Asn1Element): string | null {
  const { tag, content } = element;
  switch (tag) {
    case 0x0c: // UTF8String
      try {
        return utf8.decode(content);
      } catch (error) {
        throw new MalformedError("TEXT", String(error));
      }
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x14: // TeletexString
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      return latin1(content);
    case 0x1e: // BMPString
      return readWideText(content, 2);
    case 0x1c: // UniversalString
      return readWideText(content, 4);
    default:
      return null;
  }
}

function readWideText(content: Uint8Array, width: number): string {
  if (content.length % width !== 0) throw new MalformedError("TEXT");
  let text = "";
  for (let offset = 0; offset < content.length; offset += width) {
    const code = content.subarray(offset, offset + width).reduce((value, octet) => value * 256 + octet, 0);
    if (code > 0x10ffff) throw new MalformedError("TEXT");
    text += String.fromCodePoint(code);
  }
  return text;
}
