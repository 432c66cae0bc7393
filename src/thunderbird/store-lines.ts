// Belongs here: telling a stored message from what Thunderbird's own store has written before it. Does NOT belong here: reading it (see
// messages.ts).
//
// Local folders, and messages of a server that are kept here, lie in files in which Thunderbird writes its own lines on top of each message:
// whether it was opened or answered, its tags, where it was fetched from. They look like header fields and are none of the message's; they
// change with a click, and with them would the digest of the message.

/** The longest of these lines is that of the tags, which is made large enough for some when it is written, and seldom grows. */
const MAX_LINES = 4_096;

/** Written by accounts that fetch their mail (POP3), before or after the rest, by version of Thunderbird. */
const FETCHED = String.raw`(?:X-Account-Key:[^\r\n]*\r?\n(?:X-UIDL:[^\r\n]*\r?\n)?)?`;
const STATUS = String.raw`X-Mozilla-Status: [0-9a-f]{4}\r?\n(?:X-Mozilla-Status2: [0-9a-f]{8}\r?\n)?`;
const TAGS = String.raw`(?:X-Mozilla-Keys:[^\r\n]*\r?\n)?`;
/** A line that begins with a blank would go on with the one before. */
const LINES = new RegExp(`^${FETCHED}${STATUS}${TAGS}${FETCHED}(?![ \\t])`, "i");

/** One character for each byte. */
const decoder = new TextDecoder("latin1");

/** @param stored as Thunderbird gives it; what is returned is a part of it, or all of it */
export function withoutStoreLines(stored: Uint8Array): Uint8Array {
  const [lines = ""] = LINES.exec(decoder.decode(stored.subarray(0, MAX_LINES))) ?? [];
  return stored.subarray(lines.length);
}
