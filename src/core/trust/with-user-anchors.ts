// Belongs here: authorities with more added: by the person (trust-policy §7, tier 2), or by a build that has its own test authority.
// Does NOT belong here: asking, storing, showing (see app and pages).
import type { Certificate } from "../pki/certificate.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import { parseCertificate } from "../pki/parse-certificate.ts";
import type { TrustedAuthorities } from "./trust-types.ts";

export interface UserAnchorResult {
  readonly authorities: TrustedAuthorities;
  /** Those that were not added, by index into the list given: `NOT_A_CERTIFICATE`, `NOT_A_CA`. */
  readonly refused: readonly { readonly index: number; readonly code: "NOT_A_CERTIFICATE" | "NOT_A_CA" }[];
}

/**
 * Adds anchors of the person's own. Only CA certificates are taken (basicConstraints CA, and keyCertSign where keyUsage is present): a
 * signer's certificate as anchor would make one leaked key an authority. `certificates`: DER or decoded.
 */
export async function withUserAnchors(
  authorities: TrustedAuthorities,
  certificates: readonly (Uint8Array | Certificate)[],
  source: string,
  date: string,
): Promise<UserAnchorResult> {
  const anchors = [...authorities.anchors];
  const refused: UserAnchorResult["refused"][number][] = [];
  for (const [index, given] of certificates.entries()) {
    const certificate = given instanceof Uint8Array ? await decode(given) : given;
    if (certificate === null) refused.push({ index, code: "NOT_A_CERTIFICATE" });
    else if (!isAuthority(certificate)) refused.push({ index, code: "NOT_A_CA" });
    else if (!anchors.some((anchor) => anchor.certificate.sha256 === certificate.sha256)) {
      anchors.push({ certificate, origin: "user", usableUntil: null, onlyIssuingKeys: null, source, date });
    }
  }
  return { authorities: { ...authorities, anchors }, refused };
}

/** Both sets together; used by the demo build, whose test authority counts as shipped. */
export function withAuthorities(
  authorities: TrustedAuthorities,
  extra: Partial<TrustedAuthorities>,
): TrustedAuthorities {
  return {
    anchors: [...authorities.anchors, ...(extra.anchors ?? [])],
    issuingKeys: [...authorities.issuingKeys, ...(extra.issuingKeys ?? [])],
    intermediates: [...authorities.intermediates, ...(extra.intermediates ?? [])],
    denied: [...authorities.denied, ...(extra.denied ?? [])],
  };
}

async function decode(der: Uint8Array): Promise<Certificate | null> {
  try {
    return await parseCertificate(der);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function isAuthority({ extensions, defects }: Certificate): boolean {
  const { basicConstraints, keyUsage } = extensions;
  return (
    defects.length === 0 &&
    basicConstraints?.ca === true &&
    (keyUsage === null || keyUsage.bits.includes("keyCertSign"))
  );
}
