// Belongs here: what an authority may vouch for, as data types. Does NOT belong here: path building (core/chain).
import type { Certificate } from "../pki/certificate.ts";

export interface TrustAnchor {
  readonly certificate: Certificate;
  readonly origin: "shipped" | "user";
  /** Last moment t for which it may be used, milliseconds UTC; `null`: its own validity decides. */
  readonly usableUntil: number | null;
  /** When set, only issuing keys with these SPKI SHA-256 may stand below it (Baltimore: DigitPA CA1 only). */
  readonly onlyIssuingKeys: readonly string[] | null;
  /** When set, it exists only for signers whose every address is of one of these domains or below it; lower case. */
  readonly onlyDomains: readonly string[] | null;
  /** When and from where it came, for the report. */
  readonly source: string;
  readonly date: string;
}

/** A key that issues certificates for PEC seals (trust-policy §7, tier 1). */
export interface PecIssuingKey {
  readonly spkiSha256: string;
  readonly name: string;
  /** Period of t in which the key issued PEC certificates, milliseconds UTC; `null`: open. */
  readonly from: number | null;
  readonly until: number | null;
  /** Policy the signer's certificate must carry; `null` for the time that had none. */
  readonly requiredPolicy: string | null;
  readonly emailProtectionRequired: boolean;
  readonly criticalKeyUsageRequired: boolean;
  /** SHA-1 signed certificates and RSA keys of 1024 bits below this key are accepted with a remark. */
  readonly weakAlgorithmsAccepted: boolean;
}

export interface TrustedAuthorities {
  readonly anchors: readonly TrustAnchor[];
  readonly issuingKeys: readonly PecIssuingKey[];
  /** Known CA certificates that are not trusted by themselves. */
  readonly intermediates: readonly Certificate[];
  /** Lower-case hexadecimal SHA-256 of certificates or public keys refused whatever else holds. */
  readonly denied: readonly { readonly sha256: string; readonly reason: string }[];
}
