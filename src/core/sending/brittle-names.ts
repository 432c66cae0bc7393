// Belongs here: which names of attachments may not come back the same from a brief receipt (RFC 6109 §3.3.2.2, pec-messages §6).
// Does NOT belong here: the receipt itself (see core/receipts/brief-hash.ts).
//
// A brief receipt has, for each attachment, a part of its name and `.hash`. The name is all that says which of them a hash stands for, and
// providers write it anew.
import { isAscii } from "../mime/ascii-address.ts";

/** With `.hash` it has to fit in one line of a header (RFC 2047 §2, RFC 2231 §3): longer ones are split, and put together differently. */
const LONGEST_NAME = 60;
/** Signs that end or quote a parameter's value (RFC 2045 §5.1), and control characters. */
const TROUBLESOME = /["\\;<>=?*%'/:|\u0000-\u001f\u007f]/;

/** Those of the names, each once and in their order. */
export function brittleNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name.toLowerCase(), (seen.get(name.toLowerCase()) ?? 0) + 1);
  const isBrittle = (name: string): boolean =>
    name.trim() !== name ||
    name === "" ||
    name.length > LONGEST_NAME ||
    !isAscii(name) ||
    TROUBLESOME.test(name) ||
    name.toLowerCase().endsWith(".hash") ||
    (seen.get(name.toLowerCase()) ?? 0) > 1;
  return [...new Set(names.filter(isBrittle))];
}
