// Belongs here: reading ASN.1 elements from bytes as byte ranges (X.690), and the little writing that verification needs.
// Does NOT belong here: what an element means (see parse-certificate.ts, src/core/cms).
//
// Elements are read one level at a time, only where the caller descends: nothing recurses with the input, so a value nested a
// million deep costs nothing, and every element keeps the exact bytes it was read from. That is why this is ours: a general decoder
// builds the whole tree first (measured: 7 ms for one issue of AgID CA1, 4.8 KB with 70 name constraints; here a tenth of that, hashes included).
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
/** Nesting of what is re-encoded (signed attributes). Real ones have four levels. */
const MAX_REENCODE_DEPTH = 16;

interface Header {
  readonly tag: number;
  readonly contentStart: number;
  /** `null`: indefinite. */
  readonly length: number | null;
}

function readHeader(bytes: Uint8Array, offset: number, rules: EncodingRules): Header {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw new MalformedError("TRUNCATED");
  if ((tag & 0x1f) === 0x1f) throw new MalformedError("TAG_NUMBER");
  if (first < 0x80) return { tag, contentStart: offset + 2, length: first };
  if (first === 0x80) {
    if (rules === "DER") throw new MalformedError("NOT_DER", "indefinite length");
    if ((tag & 0x20) === 0) throw new MalformedError("LENGTH", "indefinite primitive");
    return { tag, contentStart: offset + 2, length: null };
  }
  const octets = first & 0x7f;
  // Four octets reach 4 GB; more is an overflow attempt or BER padding that nobody writes.
  if (octets > 4) throw new MalformedError("LENGTH");
  let length = 0;
  for (let index = 0; index < octets; index++) {
    const octet = bytes[offset + 2 + index];
    if (octet === undefined) throw new MalformedError("TRUNCATED");
    length = length * 256 + octet;
  }
  if (rules === "DER" && (length < 0x80 || length < 256 ** (octets - 1))) {
    throw new MalformedError("NOT_DER", "length not shortest");
  }
  return { tag, contentStart: offset + 2 + octets, length };
}

/** Offset of the end-of-contents octets that close the indefinite element whose content starts at `offset`. One linear pass. */
function findEndOfContents(bytes: Uint8Array, offset: number): number {
  let position = offset;
  let open = 1;
  for (;;) {
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
  const segments: Uint8Array[] = [];
  collectSegments(element, segments, 0);
  return joinBytes(segments);
}

function collectSegments(element: Asn1Element, into: Uint8Array[], depth: number): void {
  if (element.tag === TAG.octetString) {
    into.push(element.content);
    return;
  }
  if (element.tag !== TAG.constructedOctetString) throw new MalformedError("UNEXPECTED_TAG");
  if (depth >= MAX_SEGMENT_DEPTH) throw new MalformedError("TOO_DEEP");
  for (const child of children(element, "BER")) collectSegments(child, into, depth + 1);
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
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const octets: number[] = [];
  if (length >= 0x80) {
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  }
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets];
  return joinBytes([Uint8Array.from(header), ...contents]);
}

/** DER of a BER element: shortest definite lengths, joined octet strings, SET OF in order (X.690 §§10.1, 10.2, 11.6). @throws MalformedError */
export function encodeAsDer(element: Asn1Element, depth = 0): Uint8Array {
  if (depth > MAX_REENCODE_DEPTH) throw new MalformedError("TOO_DEEP");
  if (element.tag === TAG.constructedOctetString) return encodeElement(TAG.octetString, octetStringBytes(element));
  if ((element.tag & 0x20) === 0) return encodeElement(element.tag, element.content);
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
