// Belongs here: where providers have the mailbox that signs (RFC 6109 §2.1). Does NOT belong here: domains of their users, which nobody publishes.
import type { TrustedAuthorities } from "./trust-types.ts";

/** Local part of the address from which every provider sends its own messages (RFC 6109 §2.1 and all signers seen). */
export const SERVICE_LOCAL_PART = "posta-certificata";

const known = new WeakMap<TrustedAuthorities, ReadonlySet<string>>();

/**
 * Domains, in lower case, for which the known issues of the PEC keys may certify: AgID keeps its list of providers there, as name
 * constraints (trust-policy §3). The authorities of the time before 2017 had none, so a domain that is missing proves nothing by itself.
 */
export function serviceDomains(authorities: TrustedAuthorities): ReadonlySet<string> {
  const found = known.get(authorities);
  if (found !== undefined) return found;
  const keys = new Set(authorities.issuingKeys.map(({ spkiSha256 }) => spkiSha256));
  const domains = new Set(
    authorities.intermediates
      .filter(({ spkiSha256 }) => keys.has(spkiSha256))
      .flatMap(({ extensions }) => extensions.nameConstraints?.permitted ?? [])
      .flatMap((name) => (name.form === "rfc822Name" ? [name.value.toLowerCase()] : [])),
  );
  known.set(authorities, domains);
  return domains;
}
