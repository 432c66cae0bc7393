// Belongs here: whether a file holds messages one after the other (mbox) or one message. Does NOT belong here: taking it apart.
import { findSeparator } from "./find-separator.ts";

/** So much of a file tells. */
export const MBOX_HEAD = 4_096;

/**
 * By its beginning, whatever its name: a separator, after blank lines at most. A file that is named as mbox files are is one too, so
 * that a missing first separator does not join all its messages.
 *
 * @param head the first `MBOX_HEAD` bytes, or the whole file
 */
export function isMbox(fileName: string, head: Uint8Array): boolean {
  if (/\.(?:mbox|mbx)$/i.test(fileName)) return true;
  const start = head.findIndex((octet) => octet !== 0x0d && octet !== 0x0a);
  if (start < 0) return false;
  const found = findSeparator(head.subarray(start), 0, true, true);
  return found.kind === "separator" && found.start === 0;
}
