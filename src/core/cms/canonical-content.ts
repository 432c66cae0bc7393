// Belongs here: the bytes that an S/MIME signature covers: line ends as CRLF (RFC 8551 §3.1.1). Does NOT belong here: finding the part (core/mime).
import type { ByteRange } from "../mime/mime-part.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Bytes rewritten at a time: short enough for the strings in between to be reused memory, long enough for few calls. */
const CHUNK = 32 * 1024;
/** Of the content's beginning, by which the number of its lines is estimated. */
const SAMPLE = 64 * 1024;

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The bytes of `range` with every line end as CRLF. A bare LF becomes CRLF; a bare CR stays, since no mail system writes it as a line end.
 * When nothing has to change the result is a view of `bytes`, not a copy: a message of 100 MB is held once.
 */
export function canonicalContent(bytes: Uint8Array, range: ByteRange): Uint8Array {
  const content = bytes.subarray(range.start, range.end);
  return hasBareLineFeed(content) ? new Rewriting(content).run() : content;
}

/**
 * Rewrites in chunks, as text where that is possible: where scripts are only interpreted (Debian's Thunderbird) a call for each line takes
 * several seconds for 100 MB, and elsewhere it is twice as slow.
 */
class Rewriting {
  readonly #content: Uint8Array;
  #result: Uint8Array;
  #written = 0;

  constructor(content: Uint8Array) {
    this.#content = content;
    const sample = content.subarray(0, SAMPLE);
    // Somewhat more than the sample promises: what is never written to takes no memory, and to grow costs a copy.
    const lineFeeds = Math.ceil((countBareLineFeeds(sample) / sample.length) * content.length * 1.05) + SAMPLE;
    this.#result = new Uint8Array(content.length + lineFeeds);
  }

  run(): Uint8Array {
    for (let start = 0; start < this.#content.length; start += CHUNK) this.#add(start, start + CHUNK);
    return this.#result.subarray(0, this.#written);
  }

  #add(start: number, end: number): void {
    const content = this.#content;
    // The LF of a CRLF that the chunks divide.
    const isDivided = content[start] === LF && content[start - 1] === CR;
    if (isDivided) this.#result[this.#written++] = LF;
    const chunk = content.subarray(isDivided ? start + 1 : start, end);
    const lines = linesOf(chunk);
    this.#reserve(chunk.length + (lines === null ? countBareLineFeeds(chunk) : lines.length - 1), end);
    const free = this.#result.subarray(this.#written);
    this.#written += lines === null ? rewriteLines(chunk, free) : encoder.encodeInto(lines.join("\r\n"), free).written;
  }

  /** Room for so many octets more, and for all that comes after `end`. Exact from then on: one copy at most. */
  #reserve(octets: number, end: number): void {
    const rest = this.#content.subarray(end);
    if (this.#written + octets + rest.length <= this.#result.length) return;
    const larger = new Uint8Array(this.#written + octets + rest.length + countBareLineFeeds(rest));
    larger.set(this.#result.subarray(0, this.#written));
    this.#result = larger;
  }
}

/** What stands between the line ends, CRLF or LF; `null` when the bytes are not UTF-8, and so not those of their text. */
function linesOf(bytes: Uint8Array): readonly string[] | null {
  try {
    const text = strictUtf8.decode(bytes);
    return (text.includes("\r") ? text.replaceAll("\r\n", "\n") : text).split("\n");
  } catch (error) {
    // A fatal decoder throws TypeError for malformed UTF-8 and for nothing else.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Writes `bytes` with CRLF; gives the number of octets written. */
function rewriteLines(bytes: Uint8Array, result: Uint8Array): number {
  let written = 0;
  let lineStart = 0;
  for (let lineFeed = bytes.indexOf(LF); lineFeed !== -1; lineFeed = bytes.indexOf(LF, lineStart)) {
    const lineEnd = bytes[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
    result.set(bytes.subarray(lineStart, lineEnd), written);
    written += lineEnd - lineStart;
    result[written++] = CR;
    result[written++] = LF;
    lineStart = lineFeed + 1;
  }
  result.set(bytes.subarray(lineStart), written);
  return written + bytes.length - lineStart;
}

function hasBareLineFeed(content: Uint8Array): boolean {
  for (let position = content.indexOf(LF); position !== -1; position = content.indexOf(LF, position + 1)) {
    if (content[position - 1] !== CR) return true;
  }
  return false;
}

function countBareLineFeeds(content: Uint8Array): number {
  let count = 0;
  for (let position = content.indexOf(LF); position !== -1; position = content.indexOf(LF, position + 1)) {
    if (content[position - 1] !== CR) count += 1;
  }
  return count;
}
