// Belongs here: a recipient field of a message being written, read as addresses. Does NOT belong here: what is wrong with them (see sending-findings.ts).
import { parseAddressList } from "../mime/address-list.ts";

export interface Recipients {
  /** As written, each once (compared in lower case). */
  readonly addresses: readonly string[];
  /** Names without an address: mailing lists of the address book, which Thunderbird replaces by their members only as it sends. */
  readonly lists: readonly string[];
}

/**
 * @param entries mailboxes or groups as in a header field: `Rossi <rossi@pec.it>`, `Soci <Soci>`, `Studio: a@pec.it, b@pec.it;`. A group is
 * its members: one without any is nobody.
 */
export function readRecipients(entries: readonly string[]): Recipients {
  const addresses = new Map<string, string>();
  const lists = new Set<string>();
  for (const { displayName, address } of entries.flatMap((entry) => parseAddressList(entry).addresses)) {
    const at = address.lastIndexOf("@");
    if (at > 0 && at < address.length - 1)
      addresses.set(address.toLowerCase(), addresses.get(address.toLowerCase()) ?? address);
    else if (displayName !== "" || address !== "") lists.add(displayName === "" ? address : displayName);
  }
  return { addresses: [...addresses.values()], lists: [...lists] };
}
