// Belongs here: what a SubjectPublicKeyInfo holds (RFC 3279 §2.3, RFC 4055 §1.2, RFC 5480). Does NOT belong here: using the key.
import { ElementReader, readOnly, TAG } from "./asn1.ts";
import { readBitStringBytes, readObjectIdentifier } from "./asn1-values.ts";
import type { PublicKeyFacts } from "./certificate.ts";
import { MalformedError } from "./malformed-error.ts";
import { readAlgorithmIdentifier, RSA_ENCRYPTION, RSASSA_PSS } from "./signature-algorithm.ts";

export const EC_PUBLIC_KEY = "1.2.840.10045.2.1";

export const CURVES: ReadonlyMap<string, { readonly name: "P-256" | "P-384" | "P-521"; readonly bits: number }> =
  new Map([
    ["1.2.840.10045.3.1.7", { name: "P-256", bits: 256 }],
    ["1.3.132.0.34", { name: "P-384", bits: 384 }],
    ["1.3.132.0.35", { name: "P-521", bits: 521 }],
  ]);

export interface RsaKey {
  /** Magnitudes without leading zero octets. */
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** Facts on a key; a key of a known algorithm that cannot be read has `bits` null. @throws MalformedError for what is no SubjectPublicKeyInfo. */
export function readPublicKeyFacts(subjectPublicKeyInfo: Uint8Array): PublicKeyFacts {
  const { identifier, key } = splitPublicKeyInfo(subjectPublicKeyInfo);
  const { oid, parameters } = identifier;
  if (oid === RSA_ENCRYPTION || oid === RSASSA_PSS) {
    return { algorithm: "RSA", oid, bits: rsaBits(key), curve: null };
  }
  if (oid === EC_PUBLIC_KEY) {
    const curveOid = namedCurve(parameters);
    const curve = curveOid === null ? undefined : CURVES.get(curveOid);
    return { algorithm: "EC", oid, bits: curve?.bits ?? null, curve: curve?.name ?? curveOid };
  }
  return { algorithm: "unknown", oid, bits: null, curve: null };
}

export function splitPublicKeyInfo(subjectPublicKeyInfo: Uint8Array): {
  readonly identifier: { readonly oid: string; readonly parameters: Uint8Array | null };
  readonly key: Uint8Array;
} {
  const reader = ElementReader.of(readOnly(subjectPublicKeyInfo, "DER"), TAG.sequence, "DER");
  const identifier = readAlgorithmIdentifier(reader.required(TAG.sequence));
  const key = readBitStringBytes(reader.required(TAG.bitString));
  reader.end();
  return { identifier, key };
}

/** RSAPublicKey (RFC 8017 §A.1.1). @throws MalformedError */
export function readRsaKey(key: Uint8Array): RsaKey {
  const reader = ElementReader.of(readOnly(key, "DER"), TAG.sequence, "DER");
  const modulus = magnitude(reader.required(TAG.integer).content);
  const exponent = magnitude(reader.required(TAG.integer).content);
  reader.end();
  return { modulus, exponent };
}

function rsaBits(key: Uint8Array): number | null {
  try {
    const { modulus } = readRsaKey(key);
    return modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function magnitude(content: Uint8Array): Uint8Array {
  if (content.length === 0 || (content[0] ?? 0) >= 0x80) throw new MalformedError("RSA_KEY");
  return content[0] === 0 ? content.subarray(1) : content;
}

/** Only named curves: explicit parameters are refused everywhere since CVE-2020-0601 showed what they allow. */
function namedCurve(parameters: Uint8Array | null): string | null {
  if (parameters?.[0] !== TAG.objectIdentifier) return null;
  return readObjectIdentifier(readOnly(parameters, "DER"));
}
