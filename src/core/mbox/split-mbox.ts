// Belongs here: the messages of an mbox file (RFC 4155), found piece by piece, each with the very bytes that stand in the file.
// Does NOT belong here: reading files, what is in a message; undoing the quoting of "From " lines (see core/cms/without-from-quoting.ts):
// which of its variants a file has, only the digest of what was signed tells.
import { findSeparator, isBlankLineBefore } from "./find-separator.ts";

/**
 * Largest message that is handed out. Providers take 100 MB, which base64 makes 137; the attack is a file without separators that is held in
 * memory whole.
 */
export const MAX_MBOX_MESSAGE = 256 * 1024 * 1024;

export interface MboxMessage {
  /** In the file, counted from 1. */
  readonly position: number;
  /** Offset in the file of its first byte. */
  readonly start: number;
  /** Bytes. */
  readonly length: number;
  /** Its bytes in the file; `null`: larger than allowed. */
  readonly bytes: Uint8Array | null;
  /** Where it begins or ends is a guess: a separator is not as it should be, or a line inside it looks like one. */
  readonly isDoubtful: boolean;
}

/**
 * The messages of an mbox file that comes in pieces of any size. Bytes before the first separator are a message too, unless they are blank.
 * What is held at a time is one message and one piece.
 *
 * @param maxBytes of one message; a larger one is told without its bytes
 */
export async function* splitMbox(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_MBOX_MESSAGE,
): AsyncGenerator<MboxMessage> {
  const unread = new Unread(maxBytes);
  let position = 0;
  let isDoubtful = false;

  /** The message up to `end`, before a separator or the end of the file. `null`: there is nothing. */
  function take(end: number, isOpenEnded: boolean): MboxMessage | null {
    const { start, length, bytes } = unread.message(end);
    const isNothing = bytes !== null && bytes.every((octet) => octet === CR || octet === LF);
    // A file may begin with its separator, or with blank lines before it.
    if (isNothing && position === 0) return null;
    position += 1;
    return { position, start, length, bytes, isDoubtful: isDoubtful || isOpenEnded };
  }

  for await (const piece of pieces) {
    unread.add(piece);
    yield* scan(false);
  }
  yield* scan(true);
  if (unread.isEmpty) return;
  const last = take(unread.end, false);
  if (last !== null) yield last;

  function* scan(isWhole: boolean): Generator<MboxMessage> {
    for (;;) {
      const found = findSeparator(unread.bytes, unread.scanFrom, isWhole, unread.isAtStart);
      if (found.kind === "none") {
        unread.scanned(found.until);
        return;
      }
      if (found.kind === "line") {
        isDoubtful = true;
        unread.scanned(found.next);
        continue;
      }
      const message = take(found.start, !found.isRegular);
      if (message !== null) yield message;
      isDoubtful = !found.isRegular;
      unread.drop(found.next);
    }
  }
}

const LF = 0x0a;
const CR = 0x0d;

/** What was read and not handed out yet: at most one message and one piece. */
class Unread {
  readonly #maxBytes: number;
  #buffer = new Uint8Array(0);
  /** The part of the buffer that is in use. */
  #from = 0;
  #to = 0;
  /** Offset in the file of `#from`. */
  #offset = 0;
  #scanned = 0;
  /** Bytes of the message under way that were too many to be kept. */
  #lost = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  get end(): number {
    return this.#to - this.#from;
  }

  get scanFrom(): number {
    return this.#scanned;
  }

  get isEmpty(): boolean {
    return this.end === 0 && this.#lost === 0;
  }

  /** It begins where a line, and a message, does. */
  get isAtStart(): boolean {
    return this.#lost === 0;
  }

  add(piece: Uint8Array): void {
    if (this.#to + piece.length > this.#buffer.length) {
      const needed = this.end + piece.length;
      // A long message, once it is gone, leaves no room behind that nothing needs.
      const isOther = needed > this.#buffer.length || this.#buffer.length > needed * 8;
      const room = isOther ? new Uint8Array(needed * 2) : this.#buffer;
      room.set(this.bytes, 0);
      [this.#buffer, this.#from, this.#to] = [room, 0, this.end];
    }
    this.#buffer.set(piece, this.#to);
    this.#to += piece.length;
  }

  /** Up to there nothing is a separator. */
  scanned(until: number): void {
    this.#scanned = until;
    if (this.#lost + until - LONGEST_BLANK_LINE <= this.#maxBytes) return;
    // It cannot be handed out any more; the line before is what a separator is known by.
    const gone = Math.max(0, until - KEPT_BEFORE);
    this.#lost += gone;
    this.#move(gone);
  }

  message(end: number): { readonly start: number; readonly length: number; readonly bytes: Uint8Array | null } {
    const start = this.#offset - this.#lost;
    const length = this.#lost + end - blankLineLength(this.bytes, end);
    const isKept = this.#lost === 0 && length <= this.#maxBytes;
    return { start, length, bytes: isKept ? this.bytes.slice(0, length) : null };
  }

  /** The next message begins there. */
  drop(until: number): void {
    this.#move(until);
    this.#lost = 0;
    this.#scanned = 0;
  }

  #move(by: number): void {
    this.#from += by;
    this.#offset += by;
    this.#scanned = Math.max(0, this.#scanned - by);
  }
}

/** Enough to see whether the line before is blank. */
const KEPT_BEFORE = 4;

/** CR LF: what was scanned may end with it, and it belongs to no message. */
const LONGEST_BLANK_LINE = 2;

/** The blank line before a separator belongs to the separator (RFC 4155, appendix A). */
function blankLineLength(bytes: Uint8Array, end: number): number {
  if (!isBlankLineBefore(bytes, end)) return 0;
  return bytes[end - 2] === CR ? 2 : 1;
}
