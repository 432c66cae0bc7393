// Belongs here: which algorithms and key sizes of certificates are acceptable, and when (trust-policy §5): a table with reasons.
// Does NOT belong here: the digest inside a CMS signature (core/verdict).
import type { Certificate } from "../pki/certificate.ts";
import type { PecIssuingKey, TrustAnchor } from "../trust/trust-types.ts";

export type Weakness = "WEAK_KEY" | "SHA1_CERTIFICATE";

export interface AlgorithmJudgement {
  /** Reason for refusing; `null` when acceptable. */
  readonly refused: string | null;
  /** Accepted only because of the time. */
  readonly weaknesses: readonly Weakness[];
}

/** Collisions are made at will (2004, 2008: a forged CA certificate). No PEC authority ever used them. */
const BROKEN_DIGESTS: ReadonlySet<string> = new Set(["MD2", "MD5"]);
/** Common policy since 2014. */
const MINIMUM_RSA_BITS = 2048;
/** What the signers of the DigitPA time had. Below this, factoring is within anybody's reach. */
const MINIMUM_RSA_BITS_OF_OLD_TIME = 1024;

/** The last authority of the time that had nothing better (DigitPA CA1) ended then. */
const END_OF_OLD_TIME = Date.UTC(2018, 0, 14);

/**
 * Whether SHA-1 signed certificates and RSA keys of 1024 bits are acceptable on this path: only for a certified time in which nothing
 * better existed, below an issuing key of that time (DigitPA), or below an anchor that a person added for such old mail alone (its use ends
 * no later: that of the authorities of 2005–2010). Forging one today needs a time the provider itself did not certify.
 */
export function acceptsWeakAlgorithms(
  issuingKeys: readonly PecIssuingKey[],
  issuer: Certificate | undefined,
  { origin, usableUntil }: Pick<TrustAnchor, "origin" | "usableUntil">,
  at: number,
): boolean {
  if (origin === "user") return usableUntil !== null && usableUntil <= END_OF_OLD_TIME && at < END_OF_OLD_TIME;
  const key = issuingKeys.find(({ spkiSha256 }) => spkiSha256 === issuer?.spkiSha256);
  return key !== undefined && key.weakAlgorithmsAccepted && (key.until === null || at < key.until);
}

/** The algorithm that signed the certificate. Not asked of an anchor: its self-signature proves nothing. */
export function judgeSignatureAlgorithm(certificate: Certificate, acceptsWeak: boolean): AlgorithmJudgement {
  const { digest, name } = certificate.signatureAlgorithm;
  if (digest !== null && BROKEN_DIGESTS.has(digest)) return { refused: name, weaknesses: [] };
  if (digest !== "SHA-1") return { refused: null, weaknesses: [] };
  return acceptsWeak ? { refused: null, weaknesses: ["SHA1_CERTIFICATE"] } : { refused: name, weaknesses: [] };
}

export function judgeKey({ publicKey }: Certificate, acceptsWeak: boolean): AlgorithmJudgement {
  const { algorithm, bits } = publicKey;
  if (algorithm !== "RSA" || bits === null || bits >= MINIMUM_RSA_BITS) return { refused: null, weaknesses: [] };
  return acceptsWeak && bits >= MINIMUM_RSA_BITS_OF_OLD_TIME
    ? { refused: null, weaknesses: ["WEAK_KEY"] }
    : { refused: `RSA ${bits}`, weaknesses: [] };
}
