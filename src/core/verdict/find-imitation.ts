// Belongs here: what makes a message without any signature look like a provider's (pec-messages §§2.4, 2.5). Does NOT belong here: the verdict on it (see checks.ts).
import { readClaim } from "../envelope/read-claim.ts";
import type { OpenedMessage } from "../message/open-message.ts";
import { textOfField } from "../message/original-message.ts";
import { lowerCaseAscii } from "../mime/charset.ts";
import { SERVICE_LOCAL_PART, serviceDomains } from "../trust/service-domains.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import { hasTellingPrefix } from "./comparisons.ts";
import type { AddressFacts, Imitation } from "./message-facts.ts";

/**
 * The strongest sign of imitation; asked for unsigned messages only. A message that claims nothing and has a PEC attached is a forwarded one,
 * whatever its subject. REM is another system, with other addresses.
 */
export function findImitation(
  { envelope, original }: OpenedMessage,
  from: AddressFacts,
  authorities: TrustedAuthorities,
): Imitation | null {
  const { root, kind, unrecognized, attached } = envelope;
  if (kind === "rem" || attached.length > 0) return null;
  const claims = kind !== null || unrecognized !== null;
  if (claims && original !== null && readClaim(original.part).kind !== null) {
    return { code: "SEALED_MESSAGE_INSIDE", found: textOfField(original.part, "Subject") };
  }
  const address = from.addresses[0] ?? "";
  const at = address.lastIndexOf("@");
  if (lowerCaseAscii(address.slice(0, at)) === SERVICE_LOCAL_PART) {
    const isKnown = serviceDomains(authorities).has(lowerCaseAscii(address.slice(at + 1)));
    return { code: isKnown ? "SERVICE_ADDRESS" : "NO_SERVICE_DOMAIN", found: address };
  }
  if (namesProvider(from.displayName, claims)) return { code: "DISPLAY_NAME", found: from.displayName };
  const subject = textOfField(root, "Subject");
  return hasTellingPrefix(subject) ? { code: "SUBJECT", found: subject } : null;
}

/** Outside PEC people write "per conto di" too: without a claim it says nothing, the service mailbox does. */
function namesProvider(displayName: string, claims: boolean): boolean {
  const name = displayName.toLowerCase();
  return (
    name.includes(`${SERVICE_LOCAL_PART}@`) || (claims && /^\s*(?:per\s+conto\s+di|on\s+behalf\s+of)\b/.test(name))
  );
}
