// Belongs here: which "From " line of an mbox file parts two messages, and which is text that nobody quoted.
// Does NOT belong here: what stands between two separators (see split-mbox.ts).
//
// RFC 4155 says less than the files that exist need: some programs leave the blank line out, some the date, and many do not quote such a
// line in a body. A wrong cut would make a genuine seal look broken, so a line counts only if what follows it is the header of a message.

const LF = 0x0a;
const CR = 0x0d;
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];

/** Longer ones are no separators: an address has 254 at most, and a date some 40. The attack is a line that never ends. */
const MAX_SEPARATOR_LINE = 400;
/** The name of the first field: RFC 5322 §2.1.1 allows 998 in a line, and none has 100. */
const MAX_FIELD_NAME = 100;

export type FoundLine =
  /** Lines before `until` are looked at; what follows can be judged only with more of the file. */
  | { readonly kind: "none"; readonly until: number }
  /** Looks like a separator and is none; the search goes on at `next`. */
  | { readonly kind: "line"; readonly next: number }
  /** `start`: of the line; `next`: of the message after it. `isRegular`: with a blank line before it and a date in it. */
  | { readonly kind: "separator"; readonly start: number; readonly next: number; readonly isRegular: boolean };

/**
 * The first "From " line at or after `from`.
 *
 * @param isWhole nothing follows `bytes`
 * @param isAtStart `bytes` begin where a line does
 */
export function findSeparator(bytes: Uint8Array, from: number, isWhole: boolean, isAtStart: boolean): FoundLine {
  for (let at = from; ;) {
    const start = lineStart(bytes, at, isAtStart);
    if (start < 0) {
      // The last octets may be the beginning of such a line, and the line before must still be seen then.
      return { kind: "none", until: isWhole ? bytes.length : Math.max(from, bytes.length - FROM.length) };
    }
    if (bytes.length - start < FROM.length && !isWhole) return { kind: "none", until: start };
    if (FROM.every((octet, index) => bytes[start + index] === octet)) return judge(bytes, start, isWhole, isAtStart);
    at = start + 1;
  }
}

/** Where the next line begins, at or after `at`; −1: none does. */
function lineStart(bytes: Uint8Array, at: number, isAtStart: boolean): number {
  if (at === 0 && isAtStart) return bytes.length > 0 ? 0 : -1;
  const end = bytes.indexOf(LF, Math.max(0, at - 1));
  return end < 0 || end + 1 >= bytes.length ? -1 : end + 1;
}

function judge(bytes: Uint8Array, start: number, isWhole: boolean, isAtStart: boolean): FoundLine {
  const end = bytes.subarray(0, start + MAX_SEPARATOR_LINE).indexOf(LF, start);
  if (end < 0) {
    const isTooLong = isWhole || bytes.length - start >= MAX_SEPARATOR_LINE;
    return isTooLong ? { kind: "line", next: start + 1 } : { kind: "none", until: start };
  }
  const next = end + 1;
  if (!isWhole && bytes.length - next < MAX_FIELD_NAME) return { kind: "none", until: start };
  const line = String.fromCharCode(...bytes.subarray(start, bytes[end - 1] === CR ? end - 1 : end));
  const isFirst = start === 0 && isAtStart;
  const isAfterBlank = isFirst || isBlankLineBefore(bytes, start);
  const hasDate = DATE.test(line);
  const isSeparator = beginsMessage(bytes, next) && (hasDate || (isAfterBlank && BARE.test(line)));
  if (!isSeparator) return { kind: "line", next: start + 1 };
  return { kind: "separator", start, next, isRegular: isAfterBlank && hasDate };
}

/** An hour and a year, as `ctime` writes them, and some others with a zone after or before the year. */
const DATE = /\d{1,2}:\d{2}(?::\d{2})?\b.*\b\d{4}\b|\b\d{4}\b.*\d{1,2}:\d{2}/;

/** At most the sender, as programs write it that leave the date out. */
const BARE = /^From \S*\s*$/;

/** A field, or the end: a message without a header is none. Mozilla's own fields come first in its files. */
function beginsMessage(bytes: Uint8Array, start: number): boolean {
  const name = String.fromCharCode(...bytes.subarray(start, start + MAX_FIELD_NAME));
  // RFC 5322 §2.2; some relays write a second, quoted separator first.
  return /^(?:[!-9;-~]+[ \t]*:|>From )/.test(name);
}

/** Whether the line that ends before `start` has nothing in it. */
export function isBlankLineBefore(bytes: Uint8Array, start: number): boolean {
  if (bytes[start - 1] !== LF) return false;
  const before = bytes[start - 2] === CR ? start - 3 : start - 2;
  return before < 0 || bytes[before] === LF;
}
