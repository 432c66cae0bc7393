// Belongs here: asking the revocation data at hand about the deciding signer and its authority: facts.
// Does NOT belong here: the rules of lists and responses (core/chain/check-revocation.ts), what a revocation means for the seal (see checks.ts).
import type { ChainResult } from "../chain/chain-result.ts";
import { checkRevocation, isCompromise, type RevocationResult } from "../chain/check-revocation.ts";
import { checkLink } from "../chain/signature-cache.ts";
import type { Certificate } from "../pki/certificate.ts";
import { equalNames } from "../pki/distinguished-name.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import type { RevocationFacts } from "./message-facts.ts";

export interface RevocationQuestion {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  /** The moment taken as now, milliseconds UTC. */
  readonly now: number;
  /** t of trust-policy §4.1. */
  readonly validationTime: number;
}

export interface AssessedRevocation {
  readonly revocation: RevocationFacts;
  /** Since when no issue of the authority was good any more, milliseconds UTC; `null`: nobody says so. */
  readonly authorityRevokedAt: number | null;
}

export const NOT_ASKED: AssessedRevocation = { revocation: { status: "NOT_ASKED" }, authorityRevokedAt: null };

/**
 * Asked of the signer's certificate alone, and as of the certified time: the seal was made then, and lists of then (or of later, while the
 * certificate lived) answer for it. How old the answer is stays in the facts, because the strict verdict wants one of today.
 */
export async function assessRevocation(
  chain: ChainResult,
  authorities: TrustedAuthorities,
  question: RevocationQuestion,
): Promise<AssessedRevocation> {
  const { crls, ocspResponses, now, validationTime } = question;
  const [signer, issuer] = chain.path;
  const nothingAtHand = crls.length === 0 && ocspResponses.length === 0;
  if (chain.outcome !== "PASSED" || signer === undefined || issuer === undefined || nothingAtHand) return NOT_ASKED;
  const result = await checkRevocation(signer, issuer, { crls, ocspResponses, at: now, asOf: validationTime });
  return {
    revocation: factsOf(result),
    authorityRevokedAt: await endOfAuthority(chain, authorities, question),
  };
}

function factsOf(result: RevocationResult): RevocationFacts {
  switch (result.status) {
    case "good":
      return { ...result, status: "GOOD" };
    case "revoked":
      return { ...result, status: "REVOKED" };
    case "unknown":
      return { ...result, status: "UNKNOWN" };
  }
}

/**
 * A revoked issue of an authority does not end it: authorities are certified anew every year under one key, and the replaced issues are then
 * revoked (CCADB calls fourteen of the fifteen of AgID CA1 so) while the key lives on in the newest. Whoever thinks the key lost
 * revokes every issue. So the authority counts as revoked only when the lists say it of each issue of its key that is known here, and
 * of the one on the path: before the certified time, or for a compromise, since which no time can be believed. Issues that come
 * in the mail count only when they are on the path: a made-up one would make the key live on for ever.
 */
async function endOfAuthority(
  { path, anchor }: ChainResult,
  authorities: TrustedAuthorities,
  { crls, ocspResponses, now, validationTime }: RevocationQuestion,
): Promise<number | null> {
  const onPath = path[1];
  if (onPath === undefined || onPath.sha256 === anchor?.certificate.sha256) return null;
  const known = authorities.intermediates.filter(
    ({ spkiSha256, sha256 }) => spkiSha256 === onPath.spkiSha256 && sha256 !== onPath.sha256,
  );
  const data = { crls, ocspResponses, at: now, asOf: validationTime };
  const above = [...path.slice(2), ...authorities.anchors.map(({ certificate }) => certificate)];
  let end = -Infinity;
  // The one on the path first: it is nearly always good, or nothing is at hand about it.
  for (const issue of [onPath, ...known]) {
    const since = await revokedSince(issue, [...above, ...authorities.intermediates], data);
    if (since === null || (since.time > validationTime && !since.isCompromise)) return null;
    end = Math.max(end, since.time);
  }
  return end;
}

interface RevokedSince {
  readonly time: number;
  readonly isCompromise: boolean;
}

async function revokedSince(
  issue: Certificate,
  candidates: readonly Certificate[],
  data: Parameters<typeof checkRevocation>[2],
): Promise<RevokedSince | null> {
  const issuers = new Map(
    candidates
      .filter(({ subject, spkiSha256 }) => equalNames(subject, issue.issuer) && spkiSha256 !== issue.spkiSha256)
      .map((candidate) => [candidate.spkiSha256, candidate]),
  );
  for (const issuer of issuers.values()) {
    if ((await checkLink(issue, issuer)) !== "VALID") continue;
    const result = await checkRevocation(issue, issuer, data);
    // A hold may be lifted again: it ends nothing.
    if (result.status !== "revoked" || result.reason === "certificateHold") continue;
    return { time: revocationStart(result), isCompromise: isCompromise(result.reason) };
  }
  return null;
}

/** From when on a revoked certificate is not to be believed: its revocation, or the earlier moment since when it is known to be invalid (RFC 5280 §5.3.2). */
export function revocationStart(revoked: { readonly time: number; readonly invalidityDate: number | null }): number {
  return Math.min(revoked.time, revoked.invalidityDate ?? revoked.time);
}
