// Belongs here: the bytes that an S/MIME signature covers: line ends as CRLF (RFC 8551 §3.1.1). Does NOT belong here: finding the part (core/mime).
import type { ByteRange } from "../mime/mime-part.ts";

const LF = 0x0a;
const CR = 0x0d;

/**
 * The bytes of `range` with every line end as CRLF. A bare LF becomes CRLF; a bare CR stays, since no mail system writes it as a line end.
 * When nothing has to change the result is a view of `bytes`, not a copy: a message of 100 MB is held once.
 */
export function canonicalContent(bytes: Uint8Array, range: ByteRange): Uint8Array {
  const content = bytes.subarray(range.start, range.end);
  const bareLineFeeds = countBareLineFeeds(content);
  if (bareLineFeeds === 0) return content;
  const result = new Uint8Array(content.length + bareLineFeeds);
  let target = 0;
  let lineStart = 0;
  for (let lineFeed = content.indexOf(LF); lineFeed !== -1; lineFeed = content.indexOf(LF, lineStart)) {
    const isBare = content[lineFeed - 1] !== CR;
    result.set(content.subarray(lineStart, isBare ? lineFeed : lineFeed - 1), target);
    target += (isBare ? lineFeed : lineFeed - 1) - lineStart;
    result[target] = CR;
    result[target + 1] = LF;
    target += 2;
    lineStart = lineFeed + 1;
  }
  result.set(content.subarray(lineStart), target);
  return result;
}

function countBareLineFeeds(content: Uint8Array): number {
  let count = 0;
  for (let position = content.indexOf(LF); position !== -1; position = content.indexOf(LF, position + 1)) {
    if (content[position - 1] !== CR) count += 1;
  }
  return count;
}
