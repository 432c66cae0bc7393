// Belongs here: the bytes that an S/MIME signature covers: line ends as CRLF (RFC 8551 §3.1.1). Does NOT belong here: finding the part (core/mime).
import type { ByteRange } from "../mime/mime-part.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Of the content's beginning, by which the number of its lines is estimated. */
const SAMPLE = 64 * 1024;
/** Lines of mail are longer on the average. Where a sample promises more, all of them are counted: a few short lines before 100 MB would cost twice the memory. */
const SHORT_LINE = 16;

/**
 * The bytes of `range` with every line end as CRLF. A bare LF becomes CRLF; a bare CR stays, since no mail system writes it as a line end.
 * When nothing has to change the result is a view of `bytes`, not a copy: a message of 100 MB is held once.
 */
export function canonicalContent(bytes: Uint8Array, range: ByteRange): Uint8Array {
  const content = bytes.subarray(range.start, range.end);
  const first = nextBareLineFeed(content, 0);
  return first < 0 ? content : rewriteLineEnds(content, first);
}

/**
 * The content is put at the end of the result, and moves from there to its place line by line, each with a CR added: two calls of the
 * platform for a line, and no loop over bytes. Where scripts are only interpreted (Debian's Thunderbird) such a loop takes eight seconds
 * for 100 MB; text in between (split and join) takes twice as long there, and leaves garbage of twice the size.
 */
function rewriteLineEnds(content: Uint8Array, first: number): Uint8Array {
  const room = roomForReturns(content, first);
  let result: Uint8Array = new Uint8Array(room + content.length);
  result.set(content, room);
  let written = 0;
  let read = room;
  for (let lineFeed = room + first; lineFeed >= 0; lineFeed = nextBareLineFeed(result, read)) {
    if (written === read) {
      // More lines than the sample promised. Exact from here on, so this happens once at most.
      const larger = withMoreRoom(result, read);
      const moved = larger.length - result.length;
      result = larger;
      read += moved;
      lineFeed += moved;
    }
    result.copyWithin(written, read, lineFeed);
    written += lineFeed - read;
    result[written++] = CR;
    result[written++] = LF;
    read = lineFeed + 1;
  }
  result.copyWithin(written, read);
  return result.subarray(0, written + result.length - read);
}

/** Somewhat more than the sample promises: to grow costs a copy. */
function roomForReturns(content: Uint8Array, first: number): number {
  const sample = content.subarray(first, first + SAMPLE);
  const perOctet = countBareLineFeeds(sample) / sample.length;
  if (perOctet > 1 / SHORT_LINE) return countBareLineFeeds(content);
  return Math.ceil(perOctet * content.length * 1.05) + SAMPLE;
}

/** The same bytes with a gap before `position`, as large as what follows has need of. */
function withMoreRoom(bytes: Uint8Array, position: number): Uint8Array {
  const rest = bytes.subarray(position);
  const larger = new Uint8Array(bytes.length + countBareLineFeeds(rest));
  larger.set(bytes.subarray(0, position));
  larger.set(rest, larger.length - rest.length);
  return larger;
}

/** Index of the first LF at or after `start` that has no CR before it; -1 when there is none. */
function nextBareLineFeed(bytes: Uint8Array, start: number): number {
  let lineFeed = bytes.indexOf(LF, start);
  while (lineFeed >= 0 && bytes[lineFeed - 1] === CR) lineFeed = bytes.indexOf(LF, lineFeed + 1);
  return lineFeed;
}

function countBareLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = nextBareLineFeed(bytes, 0); at >= 0; at = nextBareLineFeed(bytes, at + 1)) count += 1;
  return count;
}
