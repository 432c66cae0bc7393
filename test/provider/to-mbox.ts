// Belongs here: messages as one mbox file (RFC 4155), for Local Folders. Does NOT belong here: which messages.
import { toByteString, toBytes } from "./mime-builder.ts";

/**
 * One mbox of complete messages, byte for byte as they are.
 * Throws for a line that begins with "From ": quoting it would alter signed bytes.
 */
export function toMbox(messages: readonly Uint8Array[]): Uint8Array {
  const separator = "From - Fri Nov 20 09:00:00 2026";
  const entries = messages.map((bytes, index) => {
    const message = toByteString(bytes);
    if (/^From /m.test(message)) throw new Error(`message ${index} has a line that begins with "From "`);
    const lineEnd = message.includes("\r\n") ? "\r\n" : "\n";
    const ended = message.endsWith("\n") ? message : message + lineEnd;
    return `${separator}${lineEnd}${ended}${lineEnd}`;
  });
  return toBytes(entries.join(""));
}
