// Belongs here: naming signature algorithms and reading their parameters (RFC 4055, RFC 5754, RFC 5758, RFC 8017).
// Does NOT belong here: verifying (see verify-signature.ts); what is acceptable when (see core/chain/algorithm-policy.ts).
import { constructed, ElementReader, readElement, readOnly, TAG, type Asn1Element } from "./asn1.ts";
import { readObjectIdentifier, readSmallInteger } from "./asn1-values.ts";
import type { SignatureAlgorithm } from "./certificate.ts";
import { digestAlgorithm, digestName, type DigestAlgorithm } from "./digest.ts";
import { MalformedError } from "./malformed-error.ts";

export const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
export const RSASSA_PSS = "1.2.840.113549.1.1.10";
export const MGF1 = "1.2.840.113549.1.1.8";
const SHA1 = "1.3.14.3.2.26";
/** Salt length when the field is absent (RFC 4055 §3.1). */
const DEFAULT_SALT_LENGTH = 20;

interface KnownAlgorithm {
  readonly family: "RSA-PKCS1" | "ECDSA" | "OTHER";
  /** As in SignatureAlgorithm. */
  readonly digest: string | null;
  readonly supported: boolean;
  readonly name: string;
}

const rsa = (digest: string, supported: boolean): KnownAlgorithm => ({
  family: "RSA-PKCS1",
  digest,
  supported,
  name: `RSA PKCS#1 v1.5 with ${digest}`,
});
const ecdsa = (digest: string, supported: boolean): KnownAlgorithm => ({
  family: "ECDSA",
  digest,
  supported,
  name: `ECDSA with ${digest}`,
});
const other = (name: string, digest: string | null = null): KnownAlgorithm => ({
  family: "OTHER",
  digest,
  supported: false,
  name,
});

const ALGORITHMS: ReadonlyMap<string, KnownAlgorithm> = new Map([
  ["1.2.840.113549.1.1.2", rsa("MD2", false)],
  ["1.2.840.113549.1.1.4", rsa("MD5", false)],
  ["1.2.840.113549.1.1.5", rsa("SHA-1", true)],
  ["1.3.14.3.2.29", rsa("SHA-1", true)], // OIW's older identifier of the same algorithm
  ["1.2.840.113549.1.1.14", rsa("SHA-224", false)],
  ["1.2.840.113549.1.1.11", rsa("SHA-256", true)],
  ["1.2.840.113549.1.1.12", rsa("SHA-384", true)],
  ["1.2.840.113549.1.1.13", rsa("SHA-512", true)],
  ["1.2.840.10045.4.1", ecdsa("SHA-1", true)],
  ["1.2.840.10045.4.3.1", ecdsa("SHA-224", false)],
  ["1.2.840.10045.4.3.2", ecdsa("SHA-256", true)],
  ["1.2.840.10045.4.3.3", ecdsa("SHA-384", true)],
  ["1.2.840.10045.4.3.4", ecdsa("SHA-512", true)],
  ["1.2.840.10040.4.3", other("DSA with SHA-1", "SHA-1")],
  ["2.16.840.1.101.3.4.3.2", other("DSA with SHA-256", "SHA-256")],
  ["1.3.101.112", other("Ed25519")],
  ["1.3.101.113", other("Ed448")],
]);

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** DER of the parameters; `null` when absent. */
  readonly parameters: Uint8Array | null;
}

/** @throws MalformedError */
export function readAlgorithmIdentifier(element: Asn1Element): AlgorithmIdentifier {
  const reader = ElementReader.of(element, TAG.sequence, "BER");
  const oid = readObjectIdentifier(reader.required(TAG.objectIdentifier));
  const parameters = reader.optional();
  reader.end();
  return { oid, parameters: parameters?.bytes ?? null };
}

/**
 * What a signature's AlgorithmIdentifier says. `digestOid` is the digestAlgorithm of a CMS SignerInfo, used only where the signature
 * algorithm is plain `rsaEncryption` (RFC 3370 §3.2), as in nearly every PEC signature; `null` in certificates, where that is not allowed.
 */
export function describeSignatureAlgorithm(
  identifier: AlgorithmIdentifier,
  digestOid: string | null,
): SignatureAlgorithm {
  const { oid } = identifier;
  if (oid === RSA_ENCRYPTION && digestOid !== null) {
    const { name, digest } = rsa(digestName(digestOid), true);
    return { oid, name, digest, supported: digestAlgorithm(digestOid) !== null };
  }
  if (oid === RSASSA_PSS) {
    const parameters = readPssParameters(identifier.parameters);
    if (parameters === null) return { oid, name: "RSA-PSS", digest: null, supported: false };
    return { oid, name: `RSA-PSS with ${parameters.digest}`, digest: parameters.digest, supported: true };
  }
  const known = ALGORITHMS.get(oid);
  if (known === undefined) return { oid, name: oid, digest: null, supported: false };
  return { oid, name: known.name, digest: known.digest, supported: known.supported };
}

export type VerificationScheme =
  | { readonly scheme: "RSASSA-PKCS1-v1_5" | "ECDSA"; readonly digest: DigestAlgorithm }
  | { readonly scheme: "RSA-PSS"; readonly digest: DigestAlgorithm; readonly saltLength: number };

/** How WebCrypto verifies it; `null` when it cannot. */
export function verificationScheme(
  algorithm: SignatureAlgorithm,
  parameters: Uint8Array | null,
): VerificationScheme | null {
  if (algorithm.oid === RSASSA_PSS) {
    const pss = readPssParameters(parameters);
    return pss === null ? null : { scheme: "RSA-PSS", ...pss };
  }
  const digest = supportedDigest(algorithm.digest);
  if (!algorithm.supported || digest === null) return null;
  const ecdsaFamily = ALGORITHMS.get(algorithm.oid)?.family === "ECDSA";
  return { scheme: ecdsaFamily ? "ECDSA" : "RSASSA-PKCS1-v1_5", digest };
}

function supportedDigest(name: string | null): DigestAlgorithm | null {
  return name === "SHA-1" || name === "SHA-256" || name === "SHA-384" || name === "SHA-512" ? name : null;
}

/** RSASSA-PSS-params (RFC 4055 §3.1); `null` for what WebCrypto cannot do: another digest for MGF1, unknown digests, trailer fields. */
function readPssParameters(
  der: Uint8Array | null,
): { readonly digest: DigestAlgorithm; readonly saltLength: number } | null {
  if (der === null) return null;
  try {
    const reader = ElementReader.of(readOnly(der, "BER"), TAG.sequence, "BER");
    const hash = reader.optional(constructed(0));
    const mask = reader.optional(constructed(1));
    const salt = reader.optional(constructed(2));
    const trailer = reader.optional(constructed(3));
    reader.end();
    const hashOid = hash === null ? SHA1 : readAlgorithmIdentifier(readOnly(hash.content, "BER")).oid;
    const maskOid = mask === null ? SHA1 : readMaskDigest(mask);
    const saltLength = salt === null ? DEFAULT_SALT_LENGTH : readExplicitInteger(salt);
    if (hashOid !== maskOid || (trailer !== null && readExplicitInteger(trailer) !== 1)) return null;
    const digest = digestAlgorithm(hashOid);
    return digest === null ? null : { digest, saltLength };
  } catch (error) {
    // Parameters that cannot be read make an algorithm that cannot be verified, not a wrong signature.
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function readMaskDigest(mask: Asn1Element): string {
  const { oid, parameters } = readAlgorithmIdentifier(readOnly(mask.content, "BER"));
  if (oid !== MGF1 || parameters === null) throw new MalformedError("PSS_PARAMETERS");
  return readAlgorithmIdentifier(readElement(parameters, 0, "BER")).oid;
}

function readExplicitInteger(element: Asn1Element): number {
  const value = readOnly(element.content, "BER");
  if (value.tag !== TAG.integer) throw new MalformedError("PSS_PARAMETERS");
  return readSmallInteger(value.content);
}
