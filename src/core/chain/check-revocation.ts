// Belongs here: what all the lists and responses at hand together say about the revocation of one certificate (RFC 5280 §6.3, RFC 6960, trust-policy §2).
// Does NOT belong here: fetching them; the rules of lists (see check-lists.ts) and of responses (see check-ocsp.ts); what a revocation means
// for a path (see path-revocation.ts) or a seal (core/verdict).
//
// What cannot be decided is `unknown`, never `good`.
import type { Certificate } from "../pki/certificate.ts";
import type { RevocationReason } from "../pki/distribution-point.ts";
import { checkLists } from "./check-lists.ts";
import { checkOcsp, type IsGood } from "./check-ocsp.ts";
import {
  unknown,
  UNKNOWN_CODES,
  type RevocationAnswer,
  type RevocationData,
  type RevocationResult,
} from "./revocation-result.ts";

export type { ListSigners, RevocationData, RevocationResult, UnknownCode } from "./revocation-result.ts";
export type { RevocationReason } from "../pki/distribution-point.ts";

/** The key is, or may be, in other hands: the time that a signature claims is then worth nothing (trust-policy §2). */
export function isCompromise(reason: RevocationReason): boolean {
  return reason === "keyCompromise" || reason === "cACompromise" || reason === "aACompromise";
}

/**
 * A revocation found in any authentic list or response wins, whenever it was made; only a hold is lifted by a later one that does not
 * know it. `good` needs an answer that reaches `asOf` and was made while the certificate lived. No bytes make it throw. Everything given is
 * looked at, since what was left out might be what revokes: how much is given is for the caller to bound, mail brings none of it.
 *
 * @param issuer any issue of the authority's certificate with the key that signed `certificate`, already found to be its issuer
 */
export async function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  data: RevocationData,
): Promise<RevocationResult> {
  const isGood: IsGood = async (responder, asOf) => {
    const result = await checkRevocation(responder, issuer, { ...data, ocspResponses: [], asOf });
    return result.status === "good";
  };
  const answers: RevocationAnswer[] = [...(await checkLists(certificate, issuer, data))];
  for (const der of data.ocspResponses) {
    answers.push(...(await checkOcsp(der, certificate, issuer, data, isGood)));
  }
  return decide(answers, data.asOf ?? data.at);
}

type Revoked = Extract<RevocationResult, { status: "revoked" }>;

function decide(answers: readonly RevocationAnswer[], asOf: number): RevocationResult {
  const good = answers.filter((answer) => answer.status === "good").toSorted((a, b) => b.thisUpdate - a.thisUpdate);
  const [revoked] = answers.filter((answer) => answer.status === "revoked").toSorted(compareRevocations);
  const lifted =
    revoked?.reason === "certificateHold" && good.some(({ thisUpdate }) => thisUpdate > revoked.thisUpdate);
  if (revoked !== undefined && !lifted) return revoked;
  const current = good.find(({ nextUpdate }) => nextUpdate >= asOf);
  if (current !== undefined) return current;
  if (good.length > 0) return unknown("STALE");
  const codes = answers.flatMap((answer) => (answer.status === "unknown" ? [answer.code] : []));
  return unknown(UNKNOWN_CODES.findLast((code) => codes.includes(code)) ?? "NO_DATA");
}

/** Worst first: a compromised key, then anything final, then a hold; among equals what happened first. */
function compareRevocations(a: Revoked, b: Revoked): number {
  const weight = ({ reason }: Revoked): number => (isCompromise(reason) ? 0 : reason === "certificateHold" ? 2 : 1);
  const since = ({ time, invalidityDate }: Revoked): number => Math.min(time, invalidityDate ?? time);
  return weight(a) - weight(b) || since(a) - since(b);
}
