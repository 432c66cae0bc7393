// Belongs here: what revocation lists say about each certificate of a path, and which keys may have signed those lists (RFC 5280 §6.3.3 f).
// Does NOT belong here: reading a list (see check-revocation.ts), what follows (see path-search.ts).
import type { Certificate } from "../pki/certificate.ts";
import { equalNames } from "../pki/distinguished-name.ts";
import { checkRevocation, type RevocationData, type RevocationResult } from "./check-revocation.ts";

/** Keys under which the lists of one authority are tried, beside the key that signed the certificate. CAs with a key of its own for lists have one; the attack is a mail full of them. */
const MAX_LIST_SIGNERS = 4;

/** The path of a certificate that may sign lists, below the same anchor, or `null`. */
type PathOf = (signer: Certificate) => Promise<readonly Certificate[] | null>;

/**
 * One result for each certificate of the path but the anchor, in order. Where the issuer signs its lists with another key (RFC 5280 §4.2.1.3),
 * the certificate of that key must have a path itself, and must not be revoked. `candidates`: certificates that may be such signers.
 */
export async function pathRevocation(
  path: readonly Certificate[],
  candidates: readonly Certificate[],
  data: RevocationData,
  pathOf: PathOf,
): Promise<readonly RevocationResult[]> {
  return Promise.all(
    path.slice(0, -1).map(async (certificate, index) => {
      const issuer = path[index + 1];
      if (issuer === undefined) throw new Error("a path has an issuer for every certificate but the last");
      const direct = await checkRevocation(certificate, issuer, data);
      if (direct.status !== "unknown") return direct;
      for (const signer of otherSigners(issuer, candidates)) {
        const result = await checkRevocation(certificate, signer, data);
        if (result.status !== "unknown" && (await isGood(signer, data, pathOf))) return result;
      }
      return direct;
    }),
  );
}

/** Of the same name, with another key that may sign lists. */
function otherSigners(issuer: Certificate, candidates: readonly Certificate[]): readonly Certificate[] {
  const byKey = new Map<string, Certificate>();
  for (const candidate of candidates) {
    const { keyUsage } = candidate.extensions;
    if (
      candidate.spkiSha256 !== issuer.spkiSha256 &&
      equalNames(candidate.subject, issuer.subject) &&
      (keyUsage === null || keyUsage.bits.includes("cRLSign"))
    ) {
      byKey.set(candidate.spkiSha256, candidate);
    }
  }
  return [...byKey.values()].slice(0, MAX_LIST_SIGNERS);
}

/** Has a path, and every certificate of it is known not to be revoked; this time by the issuers' own keys alone, so that no two signers vouch for each other. */
async function isGood(signer: Certificate, data: RevocationData, pathOf: PathOf): Promise<boolean> {
  const path = await pathOf(signer);
  if (path === null) return false;
  const results = await pathRevocation(path, [], data, pathOf);
  return results.every(({ status }) => status === "good");
}
