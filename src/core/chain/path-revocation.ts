// Belongs here: what revocation lists say about each certificate of a path, and which keys may have signed those lists (RFC 5280 §6.3.3 f).
// Does NOT belong here: reading a list (see check-revocation.ts), what follows (see path-search.ts).
import type { Certificate } from "../pki/certificate.ts";
import { checkRevocation, type RevocationData, type RevocationResult } from "./check-revocation.ts";

/** Keys, beside those that signed certificates of the path, whose lists are read. CAs that roll their key over or sign lists with a key of its own have one or two; the attack is a mail full of them. */
const MAX_LIST_SIGNERS = 8;

/** The path of a certificate that may sign lists, below the same anchor, or `null`. */
type PathOf = (signer: Certificate) => Promise<readonly Certificate[] | null>;

/**
 * One result for each certificate of the path but the anchor, in order. Where lists are signed with another key of the issuer, or by an issuer of
 * indirect lists, the certificate of that key must have a path itself, and must not be revoked. `candidates`: certificates that may be such signers.
 */
export function pathRevocation(
  path: readonly Certificate[],
  candidates: readonly Certificate[],
  data: RevocationData,
  pathOf: PathOf,
): Promise<readonly RevocationResult[]> {
  return new PathRevocation(candidates, data, pathOf).ofPath(path);
}

class PathRevocation {
  readonly #data: RevocationData;
  readonly #pathOf: PathOf;
  /** By SHA-256. A signer that is being judged counts as bad: no two may vouch for each other. */
  readonly #goodSigners = new Map<string, boolean>();

  constructor(candidates: readonly Certificate[], data: RevocationData, pathOf: PathOf) {
    this.#data = { ...data, listSigners: { candidates, isAcceptable: (signer) => this.#isGood(signer) } };
    this.#pathOf = pathOf;
  }

  async ofPath(path: readonly Certificate[]): Promise<readonly RevocationResult[]> {
    const results: RevocationResult[] = [];
    for (const [index, issuer] of path.slice(1).entries()) {
      const certificate = path[index];
      if (certificate !== undefined) results.push(await checkRevocation(certificate, issuer, this.#data));
    }
    return results;
  }

  /** Has a path, and every certificate of it is known not to be revoked. */
  async #isGood(signer: Certificate): Promise<boolean> {
    const known = this.#goodSigners.get(signer.sha256);
    if (known !== undefined) return known;
    if (this.#goodSigners.size >= MAX_LIST_SIGNERS) return false;
    this.#goodSigners.set(signer.sha256, false);
    const path = await this.#pathOf(signer);
    const isGood = path !== null && (await this.ofPath(path)).every(({ status }) => status === "good");
    this.#goodSigners.set(signer.sha256, isGood);
    return isGood;
  }
}
