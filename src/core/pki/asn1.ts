// Belongs here: ASN.1 elements as byte ranges (X.690), read and written with asn1js, one level at a time.
// Does NOT belong here: simple values (see asn1-values.ts); what an element means (see parse-certificate.ts, src/core/cms).
//
// asn1js reads identifiers, lengths and (in asn1-values.ts) values; the walk from element to element is ours, because asn1js knows only whole
// trees: one broken certificate would make the whole CMS unreadable, depth and memory would be the sender's choice (a revocation list of
// 1 MB took 2.3 s and 100 MB), and the parts that nobody asks for would be decoded as well. Here nothing recurses with the input, and every
// element keeps the exact bytes it was read from.
import { Primitive } from "asn1js";
import { MalformedError } from "./malformed-error.ts";

export interface Asn1Element {
  /** The identifier octet: class, constructed bit and tag number. Tag numbers above 30 are refused: no format read here has them. */
  readonly tag: number;
  /** The complete element as encoded. */
  readonly bytes: Uint8Array;
  /** Without identifier, length and (indefinite form) end-of-contents octets. */
  readonly content: Uint8Array;
  readonly indefinite: boolean;
}

/** `DER`: definite, shortest lengths only (X.690 §10.1). `BER`: also indefinite and long lengths, as CMS may have (RFC 5652 §3). */
export type EncodingRules = "BER" | "DER";

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  constructedOctetString: 0x24,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** `[number]` constructed and `[number]` primitive of the context class. */
export const constructed = (number: number): number => 0xa0 | number;
export const primitive = (number: number): number => 0x80 | number;

/** Nesting of indefinite lengths inside one element. CMS in streaming form has five; the attack is a deep nest that is scanned again at each level. */
const MAX_INDEFINITE_DEPTH = 32;
/** Nesting of segmented octet strings. Encoders make one level; the attack is the stack. */
const MAX_SEGMENT_DEPTH = 4;
/** Elements on one level. Lists measured have some hundred; the attack is a message that is nothing but empty elements, each an object here. */
const MAX_CHILDREN = 16_384;
/** Larger lists than MAX_CHILDREN are only walked through. Streaming encoders write segments of 1,000 octets and more; the attack is one octet in each. */
const MIN_AVERAGE_STEP = 512;
/** Lengths of four octets reach 4 GB; more is an overflow attempt or BER padding that nobody writes. */
const MAX_LENGTH_OCTETS = 4;
/** Nesting of what is re-encoded (signed attributes). Real ones have four levels. */
const MAX_REENCODE_DEPTH = 16;

interface Header {
  readonly tag: number;
  readonly contentStart: number;
  /** `null`: indefinite. */
  readonly length: number | null;
}

/** Decoders of identifier and length, used again for every element: a new pair costs 6 µs, reading one element with it 1 µs. */
const { idBlock, lenBlock } = new Primitive();
/** Identifier octets that asn1js takes, which refuses constructed forms of types that have none. Asked once for each of the 256. */
const IDENTIFIERS: readonly boolean[] = Array.from(
  { length: 256 },
  (_, octet) => idBlock.fromBER(Uint8Array.of(octet, 0), 0, 2) !== -1,
);

function readHeader(bytes: Uint8Array, offset: number, rules: EncodingRules): Header {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw new MalformedError("TRUNCATED");
  if ((tag & 0x1f) === 0x1f) throw new MalformedError("TAG_NUMBER");
  if (first > (0x80 | MAX_LENGTH_OCTETS)) throw new MalformedError("LENGTH");
  if (IDENTIFIERS[tag] !== true) throw new MalformedError("IDENTIFIER");
  // The short form (X.690 §8.1.3.4), as nearly all elements have: asn1js takes 1 µs more for it, and an authority has thousands.
  if (first < 0x80) return { tag, contentStart: offset + 2, length: first };
  lenBlock.warnings = [];
  const contentStart = lenBlock.fromBER(bytes, offset + 1, bytes.length - offset - 1);
  if (contentStart === -1) throw new MalformedError("TRUNCATED", lenBlock.error);
  // asn1js warns of every length that is not the shortest (X.690 §10.1).
  if (rules === "DER" && (lenBlock.isIndefiniteForm || lenBlock.warnings.length > 0)) {
    throw new MalformedError("NOT_DER", "length");
  }
  if (lenBlock.isIndefiniteForm && (tag & 0x20) === 0) throw new MalformedError("LENGTH", "indefinite primitive");
  return { tag, contentStart, length: lenBlock.isIndefiniteForm ? null : lenBlock.length };
}

/** How many elements a walk through so many octets may meet. */
const maxSteps = (octets: number): number => MAX_CHILDREN + octets / MIN_AVERAGE_STEP;

/** Offset of the end-of-contents octets that close the indefinite element whose content starts at `offset`. One linear pass. */
function findEndOfContents(bytes: Uint8Array, offset: number): number {
  let position = offset;
  let open = 1;
  for (let steps = maxSteps(bytes.length - offset); steps > 0; steps--) {
    if (bytes[position] === 0 && bytes[position + 1] === 0) {
      open -= 1;
      if (open === 0) return position;
      position += 2;
      continue;
    }
    const header = readHeader(bytes, position, "BER");
    if (header.length === null) {
      open += 1;
      if (open > MAX_INDEFINITE_DEPTH) throw new MalformedError("TOO_DEEP");
      position = header.contentStart;
    } else {
      position = header.contentStart + header.length;
    }
  }
  throw new MalformedError("TOO_MANY_ELEMENTS");
}

/** The element that starts at `offset`. @throws MalformedError */
export function readElement(bytes: Uint8Array, offset: number, rules: EncodingRules): Asn1Element {
  const { tag, contentStart, length } = readHeader(bytes, offset, rules);
  const contentEnd = length === null ? findEndOfContents(bytes, contentStart) : contentStart + length;
  if (contentEnd > bytes.length) throw new MalformedError("TRUNCATED");
  return {
    tag,
    bytes: bytes.subarray(offset, length === null ? contentEnd + 2 : contentEnd),
    content: bytes.subarray(contentStart, contentEnd),
    indefinite: length === null,
  };
}

/** The only element of `bytes`. @throws MalformedError `TRAILING_BYTES` when more follows. */
export function readOnly(bytes: Uint8Array, rules: EncodingRules): Asn1Element {
  const element = readElement(bytes, 0, rules);
  if (element.bytes.length !== bytes.length) throw new MalformedError("TRAILING_BYTES");
  return element;
}

/** The elements inside a constructed one, in order. @throws MalformedError */
export function children(element: Asn1Element, rules: EncodingRules): readonly Asn1Element[] {
  if ((element.tag & 0x20) === 0) throw new MalformedError("NOT_CONSTRUCTED");
  const list: Asn1Element[] = [];
  for (let offset = 0; offset < element.content.length;) {
    const child = readElement(element.content, offset, rules);
    list.push(child);
    if (list.length > MAX_CHILDREN) throw new MalformedError("TOO_MANY_ELEMENTS");
    offset += child.bytes.length;
  }
  return list;
}

/** Elements of a SEQUENCE taken one by one, as a grammar with OPTIONAL fields is read. */
export class ElementReader {
  readonly #elements: readonly Asn1Element[];
  #position = 0;

  constructor(elements: readonly Asn1Element[]) {
    this.#elements = elements;
  }

  /** Reader over the children of an element that must have this tag. */
  static of(element: Asn1Element | undefined, tag: number, rules: EncodingRules): ElementReader {
    if (element?.tag !== tag) throw new MalformedError("UNEXPECTED_TAG");
    return new ElementReader(children(element, rules));
  }

  /** The next element when it has one of these tags (any tag when none is given). */
  optional(...tags: readonly number[]): Asn1Element | null {
    const element = this.#elements[this.#position];
    if (element === undefined || (tags.length > 0 && !tags.includes(element.tag))) return null;
    this.#position += 1;
    return element;
  }

  required(...tags: readonly number[]): Asn1Element {
    const element = this.optional(...tags);
    if (element === null) throw new MalformedError("UNEXPECTED_TAG");
    return element;
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#position !== this.#elements.length) throw new MalformedError("TRAILING_BYTES", "extra fields");
  }
}

/** Bytes of an OCTET STRING; the segments of a constructed one (BER, streaming encoders) are joined. */
export function octetStringBytes(element: Asn1Element): Uint8Array {
  if (element.tag === TAG.octetString) return element.content;
  // Segments are shorter than what holds them: one buffer, whatever their number.
  const joined = new Joined(element.content.length);
  joinSegments(element, joined, 0);
  return joined.bytes();
}

class Joined {
  readonly #buffer: Uint8Array;
  #length = 0;
  #remaining: number;

  constructor(capacity: number) {
    this.#buffer = new Uint8Array(capacity);
    this.#remaining = maxSteps(capacity);
  }

  add(segment: Uint8Array): void {
    this.#remaining -= 1;
    if (this.#remaining < 0) throw new MalformedError("TOO_MANY_ELEMENTS");
    this.#buffer.set(segment, this.#length);
    this.#length += segment.length;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}

function joinSegments(element: Asn1Element, into: Joined, depth: number): void {
  if (element.tag === TAG.octetString) {
    into.add(element.content);
    return;
  }
  if (element.tag !== TAG.constructedOctetString) throw new MalformedError("UNEXPECTED_TAG");
  if (depth >= MAX_SEGMENT_DEPTH) throw new MalformedError("TOO_DEEP");
  for (let offset = 0; offset < element.content.length;) {
    const segment = readElement(element.content, offset, "BER");
    joinSegments(segment, into, depth + 1);
    offset += segment.bytes.length;
  }
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** Writes one element with the shortest definite length. */
export function encodeElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const block = new Primitive({
    idBlock: { tagClass: (tag >> 6) + 1, tagNumber: tag & 0x1f, isConstructed: false },
    valueHex: joinBytes(contents),
  });
  // Its content is encoded already, which asn1js has for primitive elements alone.
  block.idBlock.isConstructed = (tag & 0x20) !== 0;
  return new Uint8Array(block.toBER(false));
}

/** DER of a BER element: shortest definite lengths, joined octet strings, SET OF in order (X.690 §§10.1, 10.2, 11.6). @throws MalformedError */
export function encodeAsDer(element: Asn1Element, depth = 0): Uint8Array {
  if (depth > MAX_REENCODE_DEPTH) throw new MalformedError("TOO_DEEP");
  if (element.tag === TAG.constructedOctetString) return encodeElement(TAG.octetString, octetStringBytes(element));
  if ((element.tag & 0x20) === 0) {
    // With one octet of length it is in DER as it is; writing thousands of empty elements anew would take a second.
    return element.bytes.length === element.content.length + 2
      ? element.bytes
      : encodeElement(element.tag, element.content);
  }
  const parts = children(element, "BER").map((child) => encodeAsDer(child, depth + 1));
  return encodeElement(element.tag, ...(element.tag === TAG.set ? parts.sort(compareBytes) : parts));
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}
