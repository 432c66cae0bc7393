// Belongs here: what revocation lists that are at hand say about one certificate (RFC 5280 §6.3, trust-policy §2).
// Does NOT belong here: fetching lists; what a revocation means for a seal (core/verdict).
//
// What cannot be decided is `unknown`, never `good`: delta lists, indirect lists, lists for some reasons or for another distribution point.
import type { Certificate } from "../pki/certificate.ts";
import { equalNames } from "../pki/distinguished-name.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import {
  parseRevocationList,
  type RevocationList,
  type RevocationReason,
  type RevokedEntry,
} from "../pki/parse-revocation-list.ts";
import { verifySignature } from "../pki/verify-signature.ts";

/** Lists looked at per certificate; each costs a public key operation and a pass over its bytes. */
const MAX_LISTS = 16;

export interface RevocationData {
  /** DER of revocation lists, of whatever origin. */
  readonly crls: readonly Uint8Array[];
  /** DER of OCSP responses. Not read yet: they never change the answer. */
  readonly ocspResponses: readonly Uint8Array[];
  /** The moment asked about, milliseconds UTC. */
  readonly at: number;
}

export type RevocationResult =
  | { readonly status: "good"; readonly thisUpdate: number }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      /** Milliseconds since 1970, UTC. The caller compares it with the certified time. */
      readonly time: number;
      readonly invalidityDate: number | null;
      readonly thisUpdate: number;
    }
  /** `code`: why nothing could be decided, of the list that came closest. */
  | { readonly status: "unknown"; readonly code: UnknownCode };

export type UnknownCode =
  | "NO_DATA"
  | "MALFORMED"
  | "OTHER_ISSUER"
  | "SIGNATURE_INVALID"
  | "UNSUPPORTED" // algorithm, critical extension or kind of list
  | "DELTA" // changes to another list, not read
  | "OTHER_SCOPE"
  | "STALE"
  | "EXPIRED_BEFORE"; // the list is younger than the certificate's end: expired entries are dropped from lists

const CLOSENESS: readonly UnknownCode[] = [
  "NO_DATA",
  "MALFORMED",
  "OTHER_ISSUER",
  "SIGNATURE_INVALID",
  "UNSUPPORTED",
  "DELTA",
  "OTHER_SCOPE",
  "EXPIRED_BEFORE",
  "STALE",
];

/**
 * A revocation found in any valid list wins, whenever it was published. Absence is `good` only from a list that is not older than `at`
 * allows (nextUpdate) and not younger than the certificate's own end. `issuer`: any issue of the issuing key.
 */
export async function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  { crls, at }: RevocationData,
): Promise<RevocationResult> {
  let best: RevocationResult = { status: "unknown", code: "NO_DATA" };
  let deltaExists = false;
  for (const der of crls.slice(0, MAX_LISTS)) {
    const result = await readOne(der, certificate, issuer, at);
    if (result.status === "unknown" && result.code === "DELTA") deltaExists = true;
    if (result.status === "revoked") {
      if (best.status !== "revoked" || result.time < best.time) best = result;
    } else if (best.status !== "revoked" && isBetter(result, best)) {
      best = result;
    }
  }
  // A delta that is not read may add the certificate, or release it from hold.
  const mayHaveChanged = best.status === "good" || (best.status === "revoked" && best.reason === "certificateHold");
  return deltaExists && mayHaveChanged ? { status: "unknown", code: "DELTA" } : best;
}

function isBetter(result: RevocationResult, best: RevocationResult): boolean {
  if (best.status === "good") return false;
  if (result.status !== "unknown" || best.status !== "unknown") return true;
  return CLOSENESS.indexOf(result.code) > CLOSENESS.indexOf(best.code);
}

async function readOne(
  der: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  at: number,
): Promise<RevocationResult> {
  try {
    const list = parseRevocationList(der);
    const obstacle = (await authenticityObstacle(list, certificate, issuer)) ?? scopeObstacle(list, certificate);
    if (obstacle !== null) return { status: "unknown", code: obstacle };
    const entries = list.entriesOf(certificate.serial);
    if (entries.length > 0) return judgeEntries(entries, list.thisUpdate);
    if (list.nextUpdate === null || at > list.nextUpdate) return { status: "unknown", code: "STALE" };
    if (list.thisUpdate > certificate.notAfter) return { status: "unknown", code: "EXPIRED_BEFORE" };
    return { status: "good", thisUpdate: list.thisUpdate };
  } catch (error) {
    if (error instanceof MalformedError) return { status: "unknown", code: "MALFORMED" };
    throw error;
  }
}

async function authenticityObstacle(
  list: RevocationList,
  certificate: Certificate,
  issuer: Certificate,
): Promise<UnknownCode | null> {
  if (!equalNames(list.issuer, certificate.issuer) || !equalNames(list.issuer, issuer.subject)) return "OTHER_ISSUER";
  const { keyUsage } = issuer.extensions;
  if (keyUsage !== null && !keyUsage.bits.includes("cRLSign")) return "OTHER_ISSUER";
  if (!list.signatureAlgorithmsAgree) return "MALFORMED";
  const outcome = await verifySignature({
    algorithm: list.signatureAlgorithm,
    parameters: list.signatureParameters,
    publicKeyInfo: issuer.subjectPublicKeyInfo,
    signature: list.signature,
    data: list.tbs,
  });
  if (outcome === "VALID") return null;
  return outcome === "INVALID" ? "SIGNATURE_INVALID" : "UNSUPPORTED";
}

function scopeObstacle(list: RevocationList, certificate: Certificate): UnknownCode | null {
  if (list.isDelta) return "DELTA";
  if (list.unknownCritical.length > 0) return "UNSUPPORTED";
  const point = list.issuingDistributionPoint;
  if (point === null) return null;
  if (point.indirect || point.onlySomeReasons) return "UNSUPPORTED";
  const isAuthority = certificate.extensions.basicConstraints?.ca === true;
  if (point.onlyAttributeCertificates || (isAuthority ? point.onlyUserCertificates : point.onlyAuthorityCertificates)) {
    return "OTHER_SCOPE";
  }
  const { crlDistributionPoints } = certificate.extensions;
  return point.uris === null || point.uris.some((uri) => crlDistributionPoints.includes(uri)) ? null : "OTHER_SCOPE";
}

/** The first revocation counts. An entry with a critical extension that is not known may mean anything. */
function judgeEntries(entries: readonly RevokedEntry[], thisUpdate: number): RevocationResult {
  const known = entries.filter(({ unknownCritical }) => unknownCritical.length === 0);
  if (known.length < entries.length) return { status: "unknown", code: "UNSUPPORTED" };
  const first = known.reduce((earliest, entry) => (entry.revocationDate < earliest.revocationDate ? entry : earliest));
  const { reason, revocationDate, invalidityDate } = first;
  // Only delta lists may say this (RFC 5280 §5.3.1), and those are not read.
  if (reason === "removeFromCRL") return { status: "unknown", code: "UNSUPPORTED" };
  return { status: "revoked", reason, time: revocationDate, invalidityDate, thisUpdate };
}
