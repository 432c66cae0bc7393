// Belongs here: authorities with more added: by the person (trust-policy §7, tier 2), or by a build that has its own test authority.
// Does NOT belong here: reading a file of certificates (see read-anchor-file.ts); asking, storing, showing (see app and pages).
import { decodeBase64 } from "../pki/parse-pem.ts";
import { anchorProblem, decodeCertificate, type AnchorProblem } from "./read-anchor-file.ts";
import type { TrustAnchor, TrustedAuthorities } from "./trust-types.ts";
import type { UserAnchor } from "./user-anchor.ts";

export type RefusalCode =
  | AnchorProblem
  | "FINGERPRINT_MISMATCH" // what is stored is not what the person compared
  | "REM_NOT_VERIFIED"; // kept until REM seals can be verified; a REM authority must not make a PEC seal

export interface UserAnchorResult {
  readonly authorities: TrustedAuthorities;
  /** Those that are not in force, by index into the list given. */
  readonly refused: readonly { readonly index: number; readonly code: RefusalCode }[];
}

/** Adds anchors of the person's own, each within its scope. Never throws for any stored data of the right types. */
export async function withUserAnchors(
  authorities: TrustedAuthorities,
  stored: readonly UserAnchor[],
): Promise<UserAnchorResult> {
  let result = authorities;
  const refused: UserAnchorResult["refused"][number][] = [];
  for (const [index, userAnchor] of stored.entries()) {
    const anchor = await toAnchor(userAnchor, result);
    if (typeof anchor === "string") refused.push({ index, code: anchor });
    else result = withAuthorities(result, { anchors: [anchor] });
  }
  return { authorities: result, refused };
}

async function toAnchor(stored: UserAnchor, authorities: TrustedAuthorities): Promise<TrustAnchor | RefusalCode> {
  const der = decodeBase64(stored.base64);
  const certificate = der === null ? null : await decodeCertificate(der);
  if (certificate === null) return "NOT_A_CERTIFICATE";
  if (certificate.sha256 !== stored.sha256) return "FINGERPRINT_MISMATCH";
  const problem = anchorProblem(certificate, authorities);
  if (problem !== null) return problem;
  if (stored.system === "REM") return "REM_NOT_VERIFIED";
  return {
    certificate,
    origin: "user",
    // A number that is no time ends it before all mail: storage may be damaged.
    usableUntil: stored.notAfter === null ? null : Math.max(0, stored.notAfter || 0),
    onlyIssuingKeys: null,
    onlyDomains: stored.domains.length === 0 ? null : stored.domains.map((domain) => domain.toLowerCase()),
    source: stored.source,
    date: isoDay(stored.addedAt),
  };
}

/** Empty for a number that is no time: storage may be damaged. */
function isoDay(milliseconds: number): string {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString().slice(0, 10);
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
