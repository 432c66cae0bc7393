// Belongs here: whether a path that passed makes its signer a PEC provider (trust-policy §§3, 7). Does NOT belong here: the path (core/chain),
// the sender's address (core/verdict).
import type { ChainResult } from "../chain/chain-result.ts";
import type { Certificate } from "../pki/certificate.ts";
import { nameAttribute, ORGANIZATION_ATTRIBUTE } from "../pki/distinguished-name.ts";
import { AUTHORITY_POLICY, PROVIDER_POLICY } from "./pec-issuing-keys.ts";
import { SERVICE_LOCAL_PART } from "./service-domains.ts";
import type { PecIssuingKey, TrustedAuthorities } from "./trust-types.ts";

const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
const AGID = "agenzia per l'italia digitale";

/** What a signer's certificate lacks although a PEC key issued it. */
export type MissingRequirement = "POLICY" | "EMAIL_PROTECTION" | "CRITICAL_KEY_USAGE" | "PERIOD";

export type IssuingAuthority =
  /** Issued by a known PEC key, with everything that its time demands. */
  | { readonly standing: "PEC_AUTHORITY"; readonly key: PecIssuingKey }
  /** Issued by a known PEC key, but not as a provider's certificate. */
  | {
      readonly standing: "REQUIREMENTS_MISSING";
      readonly key: PecIssuingKey;
      readonly missing: readonly MissingRequirement[];
    }
  /** A provider's certificate below an anchor that the person added. */
  | { readonly standing: "USER_ADDED" }
  /** An AgID authority below a shipped root whose key is not known here: a release is missing, which is no sign of forgery. */
  | { readonly standing: "NEWER_PEC_AUTHORITY" }
  | { readonly standing: "NOT_A_PEC_AUTHORITY" };

/** `chain`: path and anchor of a result that reached an anchor. `at`: t, milliseconds UTC. */
export function findIssuingKey(
  authorities: TrustedAuthorities,
  chain: Pick<ChainResult, "path" | "anchor">,
  at: number,
): IssuingAuthority {
  const [leaf, issuer] = chain.path;
  if (leaf === undefined || issuer === undefined || chain.anchor === null) return { standing: "NOT_A_PEC_AUTHORITY" };
  if (chain.anchor.origin === "user") {
    // Any CA below an added anchor counts, but a person's certificate of the same CA must never make a seal.
    return isProviderCertificate(leaf) ? { standing: "USER_ADDED" } : { standing: "NOT_A_PEC_AUTHORITY" };
  }
  const key = authorities.issuingKeys.find(({ spkiSha256 }) => spkiSha256 === issuer.spkiSha256);
  if (key !== undefined) {
    const missing = missingRequirements(leaf, key, at);
    return missing.length === 0
      ? { standing: "PEC_AUTHORITY", key }
      : { standing: "REQUIREMENTS_MISSING", key, missing };
  }
  return isAgidAuthority(issuer) ? { standing: "NEWER_PEC_AUTHORITY" } : { standing: "NOT_A_PEC_AUTHORITY" };
}

function missingRequirements(leaf: Certificate, key: PecIssuingKey, at: number): readonly MissingRequirement[] {
  const { certificatePolicies, extendedKeyUsage, keyUsage } = leaf.extensions;
  const missing: MissingRequirement[] = [];
  if (key.requiredPolicy !== null && !certificatePolicies?.includes(key.requiredPolicy)) missing.push("POLICY");
  if (key.emailProtectionRequired && !extendedKeyUsage?.includes(EMAIL_PROTECTION)) missing.push("EMAIL_PROTECTION");
  if (key.criticalKeyUsageRequired && keyUsage?.critical !== true) missing.push("CRITICAL_KEY_USAGE");
  if ((key.from !== null && at < key.from) || (key.until !== null && at > key.until)) missing.push("PERIOD");
  return missing;
}

function isProviderCertificate({ extensions }: Certificate): boolean {
  return (
    extensions.certificatePolicies?.includes(PROVIDER_POLICY) === true ||
    extensions.subjectAltName?.some(
      (name) => name.form === "rfc822Name" && name.value.toLowerCase().startsWith(`${SERVICE_LOCAL_PART}@`),
    ) === true
  );
}

/** AgID also has a CA for web servers with the same organisation and policy: its extended key usage tells them apart. */
function isAgidAuthority({ subject, extensions }: Certificate): boolean {
  return (
    nameAttribute(subject, ORGANIZATION_ATTRIBUTE)?.trim().toLowerCase() === AGID &&
    extensions.certificatePolicies?.includes(AUTHORITY_POLICY) === true &&
    extensions.extendedKeyUsage?.includes(EMAIL_PROTECTION) === true
  );
}
