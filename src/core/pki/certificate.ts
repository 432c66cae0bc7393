// Belongs here: a decoded X.509 certificate as plain values (RFC 5280 §4). Does NOT belong here: any judgement on it (see core/chain).
import type { DistinguishedName } from "./distinguished-name.ts";
import type { DistributionPoint } from "./distribution-point.ts";
import type { GeneralName } from "./general-name.ts";

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
  readonly critical: boolean;
}

/** Algorithm of a signature: `digest` is null where the algorithm is unknown or fixes none. */
export interface SignatureAlgorithm {
  readonly oid: string;
  /** For people, such as `RSA PKCS#1 v1.5 with SHA-256`. */
  readonly name: string;
  readonly digest: string | null;
  readonly supported: boolean;
}

export interface PublicKeyFacts {
  readonly algorithm: "RSA" | "EC" | "unknown";
  readonly oid: string;
  readonly bits: number | null;
  readonly curve: string | null;
}

export type KeyUsageBit =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

export interface Certificate {
  readonly der: Uint8Array;
  /** Lower-case hexadecimal SHA-256 of `der`. */
  readonly sha256: string;
  /** Lower-case hexadecimal SHA-256 of the DER SubjectPublicKeyInfo. */
  readonly spkiSha256: string;
  readonly serial: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970, UTC. Both ends inclusive (RFC 5280 §4.1.2.5). */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKeyFacts;
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** DER of the parameters of the algorithm; `null` when absent. */
  readonly signatureParameters: Uint8Array | null;
  readonly signature: Uint8Array;
  /** Algorithm inside the signed part equals the outer one (RFC 5280 §4.1.1.2). */
  readonly signatureAlgorithmsAgree: boolean;
  readonly extensions: {
    readonly basicConstraints: {
      readonly ca: boolean;
      readonly pathLength: number | null;
      readonly critical: boolean;
    } | null;
    readonly keyUsage: { readonly bits: readonly KeyUsageBit[]; readonly critical: boolean } | null;
    /** Object identifiers. */
    readonly extendedKeyUsage: readonly string[] | null;
    /** Key identifiers in lower-case hexadecimal. */
    readonly subjectKeyIdentifier: string | null;
    readonly authorityKeyIdentifier: string | null;
    readonly subjectAltName: readonly GeneralName[] | null;
    readonly nameConstraints: NameConstraints | null;
    readonly certificatePolicies: readonly string[] | null;
    /** Pairs of issuer domain policy and subject domain policy (RFC 5280 §4.2.1.5). */
    readonly policyMappings: readonly { readonly issuer: string; readonly subject: string }[] | null;
    readonly policyConstraints: {
      readonly requireExplicitPolicy: number | null;
      readonly inhibitPolicyMapping: number | null;
    } | null;
    readonly inhibitAnyPolicy: number | null;
    /** URIs of all distribution points, in order. */
    readonly crlDistributionPoints: readonly string[];
    /** The same points in full; empty when there is no such extension. */
    readonly distributionPoints: readonly DistributionPoint[];
    /** The issuer wants no revocation of this OCSP responder looked for (RFC 6960 §4.2.2.2.1). */
    readonly ocspNoCheck: boolean;
    /** Critical extensions that are not processed. */
    readonly unknownCritical: readonly string[];
  };
  /** Defects of the encoding that forbid trust: `DUPLICATE_EXTENSION`, `TRAILING_BYTES`, `EXTENSION_MALFORMED:<oid>` … */
  readonly defects: readonly string[];
}
