// Belongs here: which algorithms and key sizes of certificates are acceptable, and when (trust-policy §5): a table with reasons.
// Does NOT belong here: the digest inside a CMS signature (core/verdict).
import type { Certificate } from "../pki/certificate.ts";
import type { PecIssuingKey, TrustAnchor } from "../trust/trust-types.ts";

export type Weakness = "WEAK_KEY" | "SHA1_CERTIFICATE";

/**
 * `old mail`: only for a time in which nothing better existed, with the remark named (see acceptsWeakAlgorithms). `refused`: never, which is
 * no proof of forgery. `unsupported`: cannot be computed here, so nothing is known.
 */
type Acceptance = "accepted" | "old mail" | "refused" | "unsupported";

interface Rule {
  readonly acceptance: Acceptance;
  readonly reason: string;
}

/** Digests of the signatures on certificates. What is not listed is unsupported. */
const SIGNATURE_DIGESTS: ReadonlyMap<string, Rule> = new Map([
  ["MD2", { acceptance: "refused", reason: "preimages in theory since 2004; no PEC authority ever used it" }],
  ["MD5", { acceptance: "refused", reason: "collisions at will; a forged CA certificate in 2008" }],
  [
    "SHA-1",
    {
      acceptance: "old mail",
      reason: "chosen prefixes since 2020; public CAs stopped in 2016, DigitPA had nothing else",
    },
  ],
  ["SHA-224", { acceptance: "unsupported", reason: "sound, but WebCrypto lacks it" }],
  ["SHA-256", { acceptance: "accepted", reason: "all of AgID" }],
  ["SHA-384", { acceptance: "accepted", reason: "stronger than needed" }],
  ["SHA-512", { acceptance: "accepted", reason: "the authorities of 2025 and 2026" }],
]);

/** Sizes of RSA keys in bits, from `from` up to the next row. */
const RSA_SIZES: readonly (Rule & { readonly from: number })[] = [
  {
    from: 8193,
    acceptance: "unsupported",
    reason: "nobody has one; the attack is a key whose verification takes seconds",
  },
  { from: 2048, acceptance: "accepted", reason: "common policy since 2014" },
  {
    from: 1024,
    acceptance: "old mail",
    reason: "within reach of a state since about 2010; what signers of the DigitPA time had",
  },
  { from: 0, acceptance: "refused", reason: "factored by anybody: 512 bits in 1999, 829 in 2020" },
];

/** Elliptic curves by name. What is not listed is unsupported, explicit parameters included (CVE-2020-0601). */
const CURVES: ReadonlyMap<string, Rule> = new Map([
  ["P-256", { acceptance: "accepted", reason: "as strong as RSA 3072" }],
  ["P-384", { acceptance: "accepted", reason: "stronger" }],
  ["P-521", { acceptance: "accepted", reason: "stronger" }],
]);

const UNKNOWN: Rule = { acceptance: "unsupported", reason: "not in the table" };

export type AlgorithmJudgement =
  | { readonly outcome: "accepted"; readonly weakness: Weakness | null }
  /** `algorithm`: for the report. */
  | { readonly outcome: "refused" | "unsupported"; readonly algorithm: string };

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
export function judgeSignatureAlgorithm(
  { signatureAlgorithm: { digest, name } }: Certificate,
  acceptsWeak: boolean,
): AlgorithmJudgement {
  const rule = (digest === null ? undefined : SIGNATURE_DIGESTS.get(digest)) ?? UNKNOWN;
  return judge(rule, acceptsWeak, "SHA1_CERTIFICATE", name);
}

export function judgeKey({ publicKey }: Certificate, acceptsWeak: boolean): AlgorithmJudgement {
  const { algorithm, bits, curve, oid } = publicKey;
  switch (algorithm) {
    case "RSA": {
      const rule = bits === null ? undefined : RSA_SIZES.find(({ from }) => bits >= from);
      return judge(rule ?? UNKNOWN, acceptsWeak, "WEAK_KEY", `RSA ${bits ?? "?"}`);
    }
    case "EC":
      return judge(CURVES.get(curve ?? "") ?? UNKNOWN, acceptsWeak, "WEAK_KEY", curve ?? "explicit curve");
    case "unknown":
      return judge(UNKNOWN, acceptsWeak, "WEAK_KEY", oid);
  }
}

function judge({ acceptance }: Rule, acceptsWeak: boolean, weakness: Weakness, algorithm: string): AlgorithmJudgement {
  switch (acceptance) {
    case "accepted":
      return { outcome: "accepted", weakness: null };
    case "old mail":
      return acceptsWeak ? { outcome: "accepted", weakness } : { outcome: "refused", algorithm };
    case "refused":
    case "unsupported":
      return { outcome: acceptance, algorithm };
  }
}
