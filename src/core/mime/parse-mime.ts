// Belongs here: bytes to a tree of MIME parts (RFC 2045, 2046, 5322) in one pass over the bytes, lines being looked at once.
// Does NOT belong here: decoding of bodies (see decode-body.ts), meaning of the parts (see core/envelope).
import { decodeUnlabelled, lowerCaseAscii, trimBlanks } from "./charset.ts";
import { parseParameterizedValue } from "./parameterized-value.ts";
import { isPlainContentType } from "./plain-content-type.ts";
import {
  MAX_BOUNDARY_LENGTH,
  MAX_DEPTH,
  MAX_FIELDS,
  MAX_HEADER_BYTES,
  MAX_OUTER_PARTS,
  MAX_PARTS,
  OUTER_DEPTH,
} from "./mime-limits.ts";
import type { HeaderField, MimeAmbiguity, MimeLimit, MimeParse, MimePart, ParameterizedValue } from "./mime-part.ts";

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const HYPHEN = 0x2d;
const COLON = 0x3a;
const VERTICAL_TAB = 0x0b;
const FORM_FEED = 0x0c;
const DELETE = 0x7f;

/** Depth of the parts whose header decides how the message is divided: the root, the signed content, the signature. */
const FRAME_DEPTH = 1;

/** From this length on, the platform's search is worth the view that it needs. */
const LONG_LINE = 80;

/** Encodings in which an embedded message's bytes stand as they are (RFC 2046 §5.2.1). */
const IDENTITY_ENCODINGS: ReadonlySet<string> = new Set(["7bit", "8bit", "binary"]);

/** A part whose end has not been reached. */
interface OpenPart {
  readonly start: number;
  readonly fields: HeaderField[];
  readonly children: MimePart[];
  inHeader: boolean;
  headerBytes: number;
  headerEnd: number;
  bodyStart: number;
  contentType: ParameterizedValue;
  transferEncoding: string;
  /** Set once the header is read, for `multipart/*` only. */
  multipart: { boundary: Uint8Array | null; firstDelimiter: number; epilogueStart: number } | null;
}

/** A boundary that can still occur. */
interface Boundary {
  readonly bytes: Uint8Array;
  /** Index into the stack of the outermost open part that declares it. */
  readonly owner: number;
}

interface Delimiter {
  /** Which open part it belongs to, as an index into the stack. */
  readonly owner: number;
  readonly closing: boolean;
}

/**
 * Parses a message. Never throws: whatever the bytes are, they are some message. Lines end with LF or CRLF, mixed as they
 * come; a CR alone does not end a line. A delimiter of an outer multipart always ends the parts inside.
 * Cost: linear in the bytes, whatever the number or depth of parts; memory: the tree only.
 */
export function parseMime(bytes: Uint8Array): MimeParse {
  return new Parser(bytes).parse();
}

class Parser {
  readonly #bytes: Uint8Array;
  readonly #limits = new Set<MimeLimit>();
  readonly #outerLimits = new Set<MimeLimit>();
  readonly #ambiguities = new Set<MimeAmbiguity>();
  readonly #stack: OpenPart[] = [];
  /**
   * Boundaries that can still occur, by hash, so that the cost of a line does not grow with depth. Attack: a hundred open
   * boundaries that differ in their last byte only, and a million lines that are compared with each.
   */
  readonly #boundaries = new Map<number, Boundary[]>();
  #partCount = 0;
  /** The first LF at or after the last place asked for, so that a message without any is not searched again each time. */
  #nextFeed = -1;
  /** Start of the header field being read; -1 when there is none. */
  #fieldStart = -1;
  #root: MimePart | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  parse(): MimeParse {
    const bytes = this.#bytes;
    const length = bytes.length;
    let lineStart = this.#afterMailboxLine();
    this.#open(lineStart, "text/plain");
    while (lineStart < length) {
      const inHeader = this.#stack.at(-1)?.inHeader === true;
      // Nothing left to find: no header is open, no boundary can occur.
      if (!inHeader && this.#boundaries.size === 0) break;
      // Nothing can be opened any more: the rest is opaque.
      if (!inHeader && this.#partCount >= MAX_OUTER_PARTS) {
        this.#reach("PARTS");
        break;
      }
      if (!inHeader) lineStart = this.#nextHyphens(lineStart);
      const lineEnd = this.#endOfLine(lineStart);
      const next = lineEnd < length ? lineEnd + 1 : length;
      if (this.#hyphensAt(lineStart)) {
        const delimiter = this.#delimiterAt(lineStart, lineEnd);
        if (delimiter !== null) {
          this.#endParts(delimiter, lineStart, next);
          lineStart = next;
          continue;
        }
        this.#noteStrayDelimiter(lineStart);
      }
      if (inHeader) this.#readHeaderLine(lineStart, lineEnd, next);
      lineStart = next;
    }
    while (this.#stack.length > 0) this.#finishInnermost(length);
    // The root is opened before the loop and every open part was finished.
    if (this.#root === null) throw new Error("the root part was not finished");
    return {
      root: this.#root,
      limitsReached: [...this.#limits],
      outerLimitsReached: [...this.#outerLimits],
      ambiguities: [...this.#ambiguities],
    };
  }

  // Bytes are searched by the platform, not in loops: where scripts are only interpreted (Debian's Thunderbird) a loop takes 8 s for 100 MB.

  /**
   * Start of the first line at or after `lineStart` that begins with two hyphens, or the end of the bytes; notes delimiters after a
   * CR alone on the way. Only hyphens are looked for: base64, which nearly all of a large message is, has none.
   */
  #nextHyphens(lineStart: number): number {
    const bytes = this.#bytes;
    for (let hyphen = bytes.indexOf(HYPHEN, lineStart); hyphen >= 0;) {
      if (bytes[hyphen + 1] === HYPHEN) {
        if (hyphen === lineStart || bytes[hyphen - 1] === LF) return hyphen;
        if (bytes[hyphen - 1] === CR) this.#noteStrayDelimiter(hyphen);
      }
      // Not the next hyphen: a line may be full of them.
      hyphen = bytes.indexOf(HYPHEN, this.#returnBetween(hyphen + 1, this.#feedFrom(hyphen + 1)));
    }
    return bytes.length;
  }

  /** Index of the LF that ends the line, or of the end of the bytes; notes delimiters after a CR alone on the way. */
  #endOfLine(lineStart: number): number {
    const lineEnd = this.#feedFrom(lineStart);
    for (let at = this.#returnBetween(lineStart, lineEnd); at < lineEnd; at = this.#returnBetween(at + 1, lineEnd)) {
      if (this.#hyphensAt(at + 1)) this.#noteStrayDelimiter(at + 1);
    }
    return lineEnd;
  }

  /** Index of the first LF at or after `index`, which never goes back; the end of the bytes when there is none. */
  #feedFrom(index: number): number {
    if (this.#nextFeed < index) {
      const found = this.#bytes.indexOf(LF, index);
      this.#nextFeed = found < 0 ? this.#bytes.length : found;
    }
    return this.#nextFeed;
  }

  /** Index of the first CR from `start` on; `end` when there is none before it. */
  #returnBetween(start: number, end: number): number {
    const bytes = this.#bytes;
    if (end - start > LONG_LINE) {
      const found = bytes.subarray(start, end).indexOf(CR);
      return found < 0 ? end : start + found;
    }
    let index = start;
    while (index < end && bytes[index] !== CR) index++;
    return index;
  }

  #hyphensAt(index: number): boolean {
    return this.#bytes[index] === HYPHEN && this.#bytes[index + 1] === HYPHEN;
  }

  /**
   * Notes text that is no delimiter here but one to libmime, which ends lines at a CR alone and strips VT and FF like blanks.
   * Attack: delimiters of this kind before the genuine ones, with a part between them that is shown and never verified.
   */
  #noteStrayDelimiter(start: number): void {
    const bytes = this.#bytes;
    // Longer text is no delimiter.
    const furthest = Math.min(bytes.length, start + MAX_BOUNDARY_LENGTH + 4);
    let end = start;
    while (end < furthest && bytes[end] !== LF && bytes[end] !== CR) end++;
    while (end > start && isWhiteSpace(bytes[end - 1])) end--;
    const delimiter = this.#delimiterAt(start, end);
    if (delimiter !== null && delimiter.owner <= OUTER_DEPTH) this.#ambiguities.add("STRAY_DELIMITER");
  }

  #reach(limit: MimeLimit): void {
    this.#limits.add(limit);
    // The root is at the bottom of the stack, and at depth 0.
    if (this.#stack.length - 1 <= OUTER_DEPTH) this.#outerLimits.add(limit);
  }

  /** An mbox separator before the header (RFC 4155) is no field; old exports begin with one. */
  #afterMailboxLine(): number {
    const bytes = this.#bytes;
    const separator = [0x46, 0x72, 0x6f, 0x6d, SPACE];
    if (!separator.every((byte, index) => bytes[index] === byte)) return 0;
    const lineFeed = bytes.indexOf(LF);
    return lineFeed < 0 ? bytes.length : lineFeed + 1;
  }

  #open(start: number, defaultType: string): void {
    this.#partCount++;
    this.#fieldStart = -1;
    this.#stack.push({
      start,
      fields: [],
      children: [],
      inHeader: true,
      headerBytes: 0,
      headerEnd: start,
      bodyStart: start,
      contentType: { value: defaultType, parameters: new Map() },
      transferEncoding: "7bit",
      multipart: null,
    });
  }

  /** Whether one more part may be opened below the innermost open one. */
  #mayOpen(): boolean {
    const depth = this.#stack.length;
    if (depth > MAX_DEPTH) {
      this.#reach("DEPTH");
      return false;
    }
    if (this.#partCount >= (depth <= OUTER_DEPTH ? MAX_OUTER_PARTS : MAX_PARTS)) {
      this.#reach("PARTS");
      return false;
    }
    return true;
  }

  #readHeaderLine(lineStart: number, lineEnd: number, next: number): void {
    const part = this.#stack.at(-1);
    if (part === undefined) return;
    const bytes = this.#bytes;
    const first = bytes[lineStart];
    const blank = lineEnd === lineStart || (first === CR && lineEnd === lineStart + 1);
    // At the end of the bytes, a CR alone is no empty line; a line that is really empty ends the header.
    if (blank && (lineEnd < bytes.length || lineEnd === lineStart)) {
      this.#endField(part, lineStart);
      part.headerEnd = lineStart;
      part.bodyStart = next;
      this.#endHeader(part);
      return;
    }
    part.headerEnd = next;
    part.bodyStart = next;
    const continuation = first === SPACE || first === TAB;
    if (continuation) return;
    this.#endField(part, lineStart);
    this.#fieldStart = lineStart;
  }

  /** Records the field that ends before `end` (its line break included). A line without a colon is no field. */
  #endField(part: OpenPart, end: number): void {
    const start = this.#fieldStart;
    this.#fieldStart = -1;
    if (start < 0 || start >= end) return;
    const fieldEnd = this.#withoutLineBreak(start, end);
    if (part.headerBytes + (fieldEnd - start) > MAX_HEADER_BYTES) {
      this.#reach("HEADER_SIZE");
      return;
    }
    if (part.fields.length >= MAX_FIELDS) {
      this.#reach("FIELDS");
      return;
    }
    const raw = this.#bytes.subarray(start, fieldEnd);
    const colon = raw.indexOf(COLON);
    const name = colon <= 0 ? "" : fieldNameOf(raw.subarray(0, colon));
    if (name === "") return;
    part.headerBytes += fieldEnd - start;
    part.fields.push({
      name,
      value: trimBlanks(unfold(decodeUnlabelled(raw.subarray(colon + 1)))),
      range: { start, end: fieldEnd },
    });
  }

  /** The header is complete: what it says decides whether there are parts inside. */
  #endHeader(part: OpenPart): void {
    this.#closeHeader(part);
    const type = part.contentType.value;
    if (type.startsWith("multipart/")) {
      const boundary = this.#boundaryOf(part.contentType);
      part.multipart = { boundary, firstDelimiter: -1, epilogueStart: -1 };
      if (boundary === null || this.#stack.length > MAX_DEPTH) {
        if (boundary !== null) this.#reach("DEPTH");
        return;
      }
      this.#remember(boundary, this.#stack.length - 1);
    } else if (isMessageType(type) && IDENTITY_ENCODINGS.has(part.transferEncoding) && this.#mayOpen()) {
      this.#open(part.bodyStart, "text/plain");
    }
  }

  #closeHeader(part: OpenPart): void {
    part.inHeader = false;
    part.contentType = this.#contentTypeOf(part);
    part.transferEncoding = transferEncodingOf(part.fields);
    if (this.#stack.length - 1 <= FRAME_DEPTH) this.#noteAmbiguousHeader(part);
  }

  #noteAmbiguousHeader({ start, headerEnd, fields, contentType, transferEncoding }: OpenPart): void {
    const bytes = this.#bytes;
    for (let index = start; index < headerEnd; index++) {
      const byte = bytes[index] ?? 0;
      if (byte >= SPACE && byte !== DELETE) continue;
      if (byte === CR) {
        if (bytes[index + 1] !== LF) this.#ambiguities.add("STRAY_CARRIAGE_RETURN");
      } else if (byte !== LF && byte !== TAB) {
        this.#ambiguities.add("CONTROL_CHARACTER_IN_HEADER");
      }
    }
    const contentTypes = fields.filter(({ name }) => name === "content-type");
    if (contentTypes.length > 1 || contentTypes.some(({ value }) => !isPlainContentType(value))) {
      this.#ambiguities.add("CONTENT_TYPE_AMBIGUOUS");
    }
    const encodings = fields.filter(({ name }) => name === "content-transfer-encoding");
    const encodedMultipart = contentType.value.startsWith("multipart/") && !IDENTITY_ENCODINGS.has(transferEncoding);
    if (encodings.length > 1 || encodedMultipart) this.#ambiguities.add("TRANSFER_ENCODING_AMBIGUOUS");
  }

  #contentTypeOf(part: OpenPart): ParameterizedValue {
    const field = part.fields.find(({ name }) => name === "content-type");
    if (field === undefined) return part.contentType;
    const { value, parameters, limitReached } = parseParameterizedValue(field.value);
    if (limitReached) this.#reach("PARAMETERS");
    const wellFormed = /^[^\s/;]+\/[^\s/;]+$/.test(value);
    return { value: wellFormed ? value : "text/plain", parameters };
  }

  #boundaryOf(contentType: ParameterizedValue): Uint8Array | null {
    // RFC 2046 §5.1.1: a boundary is ASCII and does not end with a blank.
    const boundary = new TextEncoder().encode(trimBlanks(contentType.parameters.get("boundary") ?? ""));
    if (boundary.length > MAX_BOUNDARY_LENGTH) {
      this.#reach("BOUNDARY_LENGTH");
      return null;
    }
    return boundary.length === 0 ? null : boundary;
  }

  /**
   * Reads a line that begins with two hyphens as a delimiter (RFC 2046 §5.1.1): the boundary, two hyphens if it is the last,
   * then blanks only. A line that goes on otherwise is none, so `--AB` is no delimiter of `A`.
   */
  #delimiterAt(lineStart: number, lineEnd: number): Delimiter | null {
    const bytes = this.#bytes;
    let end = lineEnd;
    if (end > lineStart && bytes[end - 1] === CR) end--;
    while (end > lineStart && (bytes[end - 1] === SPACE || bytes[end - 1] === TAB)) end--;
    const start = lineStart + 2;
    if (end <= start || end - start > MAX_BOUNDARY_LENGTH + 2) return null;
    const last = Math.max(start, end - 2);
    const lastHash = hashOf(bytes, start, last, EMPTY_HASH);
    const open = this.#ownerOf(hashOf(bytes, last, end, lastHash), start, end);
    const hyphens = bytes[last] === HYPHEN && bytes[last + 1] === HYPHEN && last + 2 === end;
    const closed = hyphens ? this.#ownerOf(lastHash, start, last) : -1;
    // Both only when one boundary is another plus `--`: the outer part's reading holds.
    if (closed >= 0 && (open < 0 || closed < open)) return { owner: closed, closing: true };
    return open < 0 ? null : { owner: open, closing: false };
  }

  /** Index of the open part to which a boundary belongs; -1 when it is none. */
  #ownerOf(hash: number, start: number, end: number): number {
    const candidates = this.#boundaries.get(hash);
    if (candidates === undefined) return -1;
    for (const { bytes, owner } of candidates) if (equals(bytes, this.#bytes, start, end)) return owner;
    return -1;
  }

  /** An inner part that declares a boundary of an outer one never gets it: the outer part's delimiter ends the inner one. */
  #remember(boundary: Uint8Array, owner: number): void {
    const hash = hashOf(boundary, 0, boundary.length, EMPTY_HASH);
    const known = this.#boundaries.get(hash) ?? [];
    if (known.some(({ bytes }) => equals(bytes, boundary, 0, boundary.length))) return;
    this.#boundaries.set(hash, [...known, { bytes: boundary, owner }]);
  }

  #endParts(delimiter: Delimiter, lineStart: number, next: number): void {
    // The line break before a delimiter belongs to it (RFC 2046 §5.1.1), and so is not signed.
    const end = this.#withoutLineBreak(0, lineStart);
    while (this.#stack.length - 1 > delimiter.owner) this.#finishInnermost(end);
    const owner = this.#stack.at(-1);
    if (owner === undefined || owner.multipart === null) return;
    if (owner.multipart.firstDelimiter < 0) owner.multipart.firstDelimiter = Math.max(end, owner.bodyStart);
    if (delimiter.closing) {
      owner.multipart.epilogueStart = next;
      this.#forget(delimiter.owner);
    } else if (this.#mayOpen()) {
      // RFC 2046 §5.1.5: parts of a digest are messages unless they say otherwise.
      this.#open(next, owner.contentType.value === "multipart/digest" ? "message/rfc822" : "text/plain");
    }
  }

  /** The boundary of the part at this index of the stack can occur no more. */
  #forget(owner: number): void {
    const boundary = this.#stack[owner]?.multipart?.boundary ?? null;
    if (boundary === null) return;
    const hash = hashOf(boundary, 0, boundary.length, EMPTY_HASH);
    const left = this.#boundaries.get(hash)?.filter((candidate) => candidate.owner !== owner) ?? [];
    if (left.length === 0) this.#boundaries.delete(hash);
    else this.#boundaries.set(hash, left);
  }

  #finishInnermost(boundaryEnd: number): void {
    const part = this.#stack.at(-1);
    if (part === undefined) return;
    if (part.inHeader) {
      this.#endField(part, Math.max(boundaryEnd, part.start));
      part.headerEnd = Math.max(boundaryEnd, part.start);
      part.bodyStart = part.headerEnd;
      this.#closeHeader(part);
      if (part.contentType.value.startsWith("multipart/")) {
        part.multipart = { boundary: null, firstDelimiter: -1, epilogueStart: -1 };
      }
    }
    this.#forget(this.#stack.length - 1);
    this.#stack.pop();
    const finished = finish(part, boundaryEnd);
    const parent = this.#stack.at(-1);
    if (parent === undefined) this.#root = finished;
    else parent.children.push(finished);
  }

  /** `end` without the line break before it, but not before `start`. */
  #withoutLineBreak(start: number, end: number): number {
    if (end <= start || this.#bytes[end - 1] !== LF) return end;
    return end - 1 > start && this.#bytes[end - 2] === CR ? end - 2 : end - 1;
  }
}

/** As `isspace` of C, which libmime asks. */
function isWhiteSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === VERTICAL_TAB || byte === FORM_FEED || byte === CR || byte === LF;
}

/**
 * Name of a field from the bytes before its colon, as Thunderbird reads it: white space before the colon, folds included, is no
 * part of it (RFC 5322 §4.5.1 has blanks only), and NUL ends it. So a second `From` in disguise is a second `From`. Empty when it
 * is none: a line without a colon whose continuation has one.
 */
function fieldNameOf(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  let end = nul < 0 ? bytes.length : nul;
  while (end > 0 && isWhiteSpace(bytes[end - 1])) end--;
  const name = lowerCaseAscii(trimBlanks(decodeUnlabelled(bytes.subarray(0, end))));
  return name.includes("\n") ? "" : name;
}

/** FNV-1a, cut to what engines keep as a small integer: only tells which boundaries are worth comparing. */
const EMPTY_HASH = 0x011c9dc5;
function hashOf(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193) & 0x3fffffff;
  return hash;
}

function equals(expected: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (expected.length !== end - start) return false;
  for (let index = 0; index < expected.length; index++) if (expected[index] !== bytes[start + index]) return false;
  return true;
}

function finish(part: OpenPart, boundaryEnd: number): MimePart {
  const { start, fields, children, contentType, transferEncoding, multipart } = part;
  const end = Math.max(boundaryEnd, start);
  const bodyStart = Math.min(part.bodyStart, end);
  const disposition = fields.find(({ name }) => name === "content-disposition");
  const parsedDisposition = disposition === undefined ? null : parseParameterizedValue(disposition.value);
  return {
    range: { start, end },
    header: { start, end: Math.min(part.headerEnd, end) },
    body: { start: bodyStart, end },
    fields,
    contentType,
    disposition:
      parsedDisposition === null ? null : { value: parsedDisposition.value, parameters: parsedDisposition.parameters },
    transferEncoding,
    fileName: parsedDisposition?.parameters.get("filename") ?? contentType.parameters.get("name") ?? null,
    children,
    multipart:
      multipart === null
        ? null
        : {
            preamble: { start: bodyStart, end: multipart.firstDelimiter < 0 ? end : multipart.firstDelimiter },
            epilogue: { start: multipart.epilogueStart < 0 ? end : Math.min(multipart.epilogueStart, end), end },
            closed: multipart.epilogueStart >= 0,
          },
  };
}

/** The first word of the field, so that a comment after it does no harm; `7bit` when absent (RFC 2045 §6.1). */
function transferEncodingOf(fields: readonly HeaderField[]): string {
  const field = fields.find(({ name }) => name === "content-transfer-encoding");
  const value = field === undefined ? "" : parseParameterizedValue(field.value).value;
  return value === "" ? "7bit" : value;
}

/** RFC 6532 §3.7 adds `message/global`. */
function isMessageType(type: string): boolean {
  return type === "message/rfc822" || type === "message/global";
}

/** Removes the line breaks of folding and keeps the blanks after them (RFC 5322 §2.2.3). */
function unfold(text: string): string {
  return text.includes("\n") ? text.replace(/\r?\n/g, "") : text;
}
