// Belongs here: messages as one mbox file, as Thunderbird keeps local folders (RFC 4155, with the quoting of "mboxrd").

const SEPARATOR = Buffer.from("From - Thu Jan  1 00:00:00 1970\r\n");

/** The file's messages are in the given order, with the very bytes given but for quoted "From " lines. */
export function toMbox(messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(messages.flatMap((message) => [SEPARATOR, quoted(message), Buffer.from("\r\n")]));
}

/** A line that begins with "From " would begin another message. */
function quoted(message: Uint8Array): Uint8Array {
  // latin1: bytes in, the same bytes out.
  const text = Buffer.from(message).toString("latin1");
  const ended = /\n$/.test(text) ? text : `${text}\r\n`;
  return Buffer.from(ended.replaceAll(/^(>*From )/gm, ">$1"), "latin1");
}
