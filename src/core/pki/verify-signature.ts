// Belongs here: checking one signature value under one public key through WebCrypto. Does NOT belong here: whose key, and whether it may sign.
import { ElementReader, encodeElement, readOnly, TAG } from "./asn1.ts";
import type { SignatureAlgorithm } from "./certificate.ts";
import { MalformedError } from "./malformed-error.ts";
import { CURVES, readPublicKeyFacts, readRsaKey, splitPublicKeyInfo } from "./public-key.ts";
import { RSASSA_PSS, verificationScheme, type VerificationScheme } from "./signature-algorithm.ts";
import { webCryptoBytes } from "./web-crypto-bytes.ts";

/** Larger RSA keys are not used by any authority; the attack is a key whose verification takes seconds. */
const MAX_RSA_BITS = 8192;
/** Exponents are 3 or 65537; a long one makes verification as slow as signing. */
const MAX_RSA_EXPONENT_OCTETS = 4;

export interface SignatureCheck {
  readonly algorithm: SignatureAlgorithm;
  /** DER of the algorithm's parameters; `null` when absent. */
  readonly parameters: Uint8Array | null;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
}

export type SignatureOutcome = "VALID" | "INVALID" | "UNSUPPORTED";

/** `INVALID` only when the key was used and disagreed, or the key is of another algorithm; whatever cannot be computed is `UNSUPPORTED`. Never throws. */
export async function verifySignature(check: SignatureCheck): Promise<SignatureOutcome> {
  const scheme = verificationScheme(check.algorithm, check.parameters);
  if (scheme === null) return "UNSUPPORTED";
  try {
    return scheme.scheme === "ECDSA" ? await verifyEcdsa(check, scheme) : await verifyRsa(check, scheme);
  } catch (error) {
    if (error instanceof MalformedError) return "UNSUPPORTED";
    throw error;
  }
}

async function verifyRsa(check: SignatureCheck, scheme: VerificationScheme): Promise<SignatureOutcome> {
  const facts = readPublicKeyFacts(check.publicKeyInfo);
  if (facts.algorithm === "EC") return "INVALID";
  if (facts.algorithm !== "RSA" || facts.bits === null || facts.bits > MAX_RSA_BITS) return "UNSUPPORTED";
  const { key: encodedKey } = splitPublicKeyInfo(check.publicKeyInfo);
  if (readRsaKey(encodedKey).exponent.length > MAX_RSA_EXPONENT_OCTETS) return "UNSUPPORTED";
  // A key limited to PSS (RFC 4055 §1.2) must not verify another scheme.
  if (facts.oid === RSASSA_PSS && scheme.scheme !== "RSA-PSS") return "INVALID";
  const spki = facts.oid === RSASSA_PSS ? plainRsaKeyInfo(encodedKey) : check.publicKeyInfo;
  const key = await importKey(spki, { name: scheme.scheme, hash: scheme.digest });
  if (key === null) return "UNSUPPORTED";
  const algorithm =
    scheme.scheme === "RSA-PSS" ? { name: scheme.scheme, saltLength: scheme.saltLength } : { name: scheme.scheme };
  return verify(algorithm, key, check.signature, check.data);
}

async function verifyEcdsa(check: SignatureCheck, scheme: VerificationScheme): Promise<SignatureOutcome> {
  const facts = readPublicKeyFacts(check.publicKeyInfo);
  if (facts.algorithm === "RSA") return "INVALID";
  const curve = [...CURVES.values()].find(({ name }) => name === facts.curve);
  if (facts.algorithm !== "EC" || curve === undefined) return "UNSUPPORTED";
  const signature = rawEcdsaSignature(check.signature, Math.ceil(curve.bits / 8));
  if (signature === null) return "INVALID";
  const key = await importKey(check.publicKeyInfo, { name: "ECDSA", namedCurve: curve.name });
  if (key === null) return "UNSUPPORTED";
  return verify({ name: "ECDSA", hash: scheme.digest }, key, signature, check.data);
}

type KeyParameters =
  { readonly name: string; readonly hash: string } | { readonly name: string; readonly namedCurve: string };
type VerifyParameters =
  | { readonly name: string }
  | { readonly name: string; readonly hash: string }
  | { readonly name: string; readonly saltLength: number };

/** `null` when WebCrypto refuses the key. */
async function importKey(spki: Uint8Array, algorithm: KeyParameters): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("spki", webCryptoBytes(spki), algorithm, false, ["verify"]);
  } catch (error) {
    return refused(error, null);
  }
}

async function verify(
  algorithm: VerifyParameters,
  key: CryptoKey,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<SignatureOutcome> {
  try {
    return (await crypto.subtle.verify(algorithm, key, webCryptoBytes(signature), webCryptoBytes(data)))
      ? "VALID"
      : "INVALID";
  } catch (error) {
    return refused(error, "UNSUPPORTED");
  }
}

/** WebCrypto refuses input with a DOMException (`DataError`, `NotSupportedError`, `OperationError`); anything else is a bug and goes on. */
function refused<Value>(error: unknown, value: Value): Value {
  if (error instanceof Error && ["DataError", "NotSupportedError", "OperationError"].includes(error.name)) return value;
  throw error;
}

/** Ecdsa-Sig-Value (RFC 3279 §2.2.3) as the two fixed-size numbers WebCrypto wants; `null` for what is no signature. */
function rawEcdsaSignature(der: Uint8Array, size: number): Uint8Array | null {
  try {
    const reader = ElementReader.of(readOnly(der, "DER"), TAG.sequence, "DER");
    const raw = new Uint8Array(size * 2);
    for (const end of [size, size * 2]) {
      const { content } = reader.required(TAG.integer);
      const magnitude = content[0] === 0 ? content.subarray(1) : content;
      if ((content[0] ?? 0x80) >= 0x80 || magnitude.length > size) return null;
      raw.set(magnitude, end - magnitude.length);
    }
    reader.end();
    return raw;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

/** The same RSA key under the plain identifier, the only one that WebCrypto imports (RFC 8017 §A.1). */
function plainRsaKeyInfo(key: Uint8Array): Uint8Array {
  const rsaEncryption = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
  return encodeElement(
    TAG.sequence,
    encodeElement(TAG.sequence, rsaEncryption),
    encodeElement(TAG.bitString, Uint8Array.of(0), key),
  );
}
