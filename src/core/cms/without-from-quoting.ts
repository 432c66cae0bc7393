// Belongs here: undoing what mbox files do to lines that begin with "From ". Does NOT belong here: whether that is what was signed
// (the digest tells).

const LF = 0x0a;
const QUOTE = 0x3e;
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];

/**
 * `mboxrd`: every line that begins with any number of `>` and then "From " was given one more. `mboxo`: only lines beginning with "From "
 * were; those that had a `>` already stand as they were.
 */
export type FromQuoting = "mboxrd" | "mboxo";

/** Nobody writes as many such lines. Attack: 30 MB of nothing else, taken apart line by line in both variants, which takes six seconds. */
const MAX_QUOTED_LINES = 100_000;

/** Where a line begins with one or more `>` and then "From ": those that were quoted; empty when they are too many. */
function quotedLines(bytes: Uint8Array, quoting: FromQuoting): readonly number[] {
  const starts: number[] = [];
  let end = 0;
  for (let quote = bytes.indexOf(QUOTE); quote >= 0; quote = bytes.indexOf(QUOTE, end)) {
    end = quote + 1;
    while (bytes[end] === QUOTE) end++;
    if (quote > 0 && bytes[quote - 1] !== LF) continue;
    if (quoting === "mboxo" && end > quote + 1) continue;
    if (!FROM.every((octet, index) => bytes[end + index] === octet)) continue;
    if (starts.length === MAX_QUOTED_LINES) return [];
    starts.push(quote);
  }
  return starts;
}

/** The bytes with one `>` less on each such line; `null` when there is none, or too many. */
export function withoutFromQuoting(bytes: Uint8Array, quoting: FromQuoting): Uint8Array | null {
  const starts = quotedLines(bytes, quoting);
  if (starts.length === 0) return null;
  const unquoted = new Uint8Array(bytes.length - starts.length);
  let written = 0;
  let read = 0;
  for (const start of [...starts, bytes.length]) {
    unquoted.set(bytes.subarray(read, start), written);
    written += start - read;
    read = start + 1;
  }
  return unquoted;
}
