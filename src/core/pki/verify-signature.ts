// Belongs here: checking one signature value under one public key, by pkijs over WebCrypto. Does NOT belong here: whose key, and whether it may sign.
//
// pkijs reports a key or parameters that it does not know, a damaged signature and a bug alike, as an exception. So what it is given is built
// from fields that were read strictly before: what is left to fail is WebCrypto itself, which says so by name. It also never parses bytes of
// the sender's, but for an ECDSA signature that is known to be two numbers.
import { BitString, Null, ObjectIdentifier } from "asn1js";
import {
  AlgorithmIdentifier,
  CryptoEngine,
  PublicKeyInfo,
  RSASSAPSSParams,
  type CryptoEnginePublicKeyParams,
} from "pkijs";
import { ElementReader, readOnly, TAG } from "./asn1.ts";
import type { SignatureAlgorithm } from "./certificate.ts";
import { digestIdentifier } from "./digest.ts";
import { MalformedError } from "./malformed-error.ts";
import { CURVES, EC_PUBLIC_KEY, readPublicKeyFacts, readRsaKey, splitPublicKeyInfo } from "./public-key.ts";
import { MGF1, RSASSA_PSS, verificationScheme, type VerificationScheme } from "./signature-algorithm.ts";
import { platformBytes } from "../platform-bytes.ts";

/** Larger RSA keys are not used by any authority; the attack is a key whose verification takes seconds. */
const MAX_RSA_BITS = 8192;
/** Exponents are 3 or 65537; a long one makes verification as slow as signing. */
const MAX_RSA_EXPONENT_OCTETS = 4;
const UNCOMPRESSED_POINT = 0x04;
const REFUSALS: ReadonlySet<string> = new Set(["DataError", "NotSupportedError", "OperationError"]);

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
  const { identifier, key } = splitPublicKeyInfo(check.publicKeyInfo);
  if (facts.oid !== RSASSA_PSS && !isNullOrAbsent(identifier.parameters)) return "UNSUPPORTED";
  if (readRsaKey(key).exponent.length > MAX_RSA_EXPONENT_OCTETS) return "UNSUPPORTED";
  // A key limited to PSS (RFC 4055 §1.2) must not verify another scheme.
  if (facts.oid === RSASSA_PSS && scheme.scheme !== "RSA-PSS") return "INVALID";
  const keyAlgorithm = new AlgorithmIdentifier({ algorithmId: facts.oid, algorithmParams: new Null() });
  return verify(check, scheme, publicKey(check.publicKeyInfo, keyAlgorithm, key));
}

async function verifyEcdsa(check: SignatureCheck, scheme: VerificationScheme): Promise<SignatureOutcome> {
  const facts = readPublicKeyFacts(check.publicKeyInfo);
  if (facts.algorithm === "RSA") return "INVALID";
  const curve = [...CURVES].find(([, { name }]) => name === facts.curve);
  if (facts.algorithm !== "EC" || curve === undefined) return "UNSUPPORTED";
  const [curveIdentifier, { bits }] = curve;
  const size = Math.ceil(bits / 8);
  if (!isEcdsaSignature(check.signature, size)) return "INVALID";
  const { key } = splitPublicKeyInfo(check.publicKeyInfo);
  // Uncompressed points alone (RFC 5480 §2.2); no authority writes the other form.
  if (key[0] !== UNCOMPRESSED_POINT || key.length !== 1 + 2 * size) return "UNSUPPORTED";
  const algorithmParams = new ObjectIdentifier({ value: curveIdentifier });
  return verify(
    check,
    scheme,
    publicKey(check.publicKeyInfo, new AlgorithmIdentifier({ algorithmId: EC_PUBLIC_KEY, algorithmParams }), key),
  );
}

/** NULL by RFC 3279 §2.3.1; some encoders leave it out. */
function isNullOrAbsent(parameters: Uint8Array | null): boolean {
  return parameters === null || (parameters.length === 2 && parameters[0] === TAG.null);
}

const publicKeys = new WeakMap<Uint8Array, PublicKeyInfo>();

/** The same object for the same `publicKeyInfo`, which is that of one certificate: so the engine has its key ready. */
function publicKey(publicKeyInfo: Uint8Array, algorithm: AlgorithmIdentifier, key: Uint8Array): PublicKeyInfo {
  const known = publicKeys.get(publicKeyInfo);
  if (known !== undefined) return known;
  const created = new PublicKeyInfo({ algorithm, subjectPublicKey: new BitString({ valueHex: platformBytes(key) }) });
  publicKeys.set(publicKeyInfo, created);
  return created;
}

/** Keeps the keys that it has read as long as their certificates live: reading one takes longer than using it. */
class KeepingEngine extends CryptoEngine {
  readonly #keys = new WeakMap<PublicKeyInfo, Map<string, CryptoKey>>();

  override async getPublicKey(
    publicKeyInfo: PublicKeyInfo,
    signatureAlgorithm: AlgorithmIdentifier,
    parameters?: CryptoEnginePublicKeyParams,
  ): Promise<CryptoKey> {
    // A key is read for one algorithm and digest.
    const purpose = JSON.stringify(parameters?.algorithm);
    const kept = this.#keys.get(publicKeyInfo) ?? new Map<string, CryptoKey>();
    this.#keys.set(publicKeyInfo, kept);
    const key = kept.get(purpose) ?? (await super.getPublicKey(publicKeyInfo, signatureAlgorithm, parameters));
    kept.set(purpose, key);
    return key;
  }
}

/** Of pkijs alone: not the engine that it takes from its surroundings. */
const engine = new KeepingEngine({ name: "WebCrypto", crypto });

async function verify(
  { algorithm, signature, data }: SignatureCheck,
  scheme: VerificationScheme,
  key: PublicKeyInfo,
): Promise<SignatureOutcome> {
  const signatureAlgorithm =
    scheme.scheme === "RSA-PSS" ? pssAlgorithm(scheme) : new AlgorithmIdentifier({ algorithmId: algorithm.oid });
  const signatureValue = new BitString({ valueHex: platformBytes(signature) });
  try {
    const isValid = await engine.verifyWithPublicKey(
      platformBytes(data),
      signatureValue,
      key,
      signatureAlgorithm,
      // Named always: pkijs knows fewer identifiers of algorithms, and plain rsaEncryption names no digest.
      scheme.digest,
    );
    return isValid ? "VALID" : "INVALID";
  } catch (error) {
    // WebCrypto refuses a key or an algorithm with a DOMException of these names; anything else is a bug and goes on.
    if (error instanceof Error && REFUSALS.has(error.name)) return "UNSUPPORTED";
    throw error;
  }
}

function pssAlgorithm({ digest, saltLength }: Extract<VerificationScheme, { scheme: "RSA-PSS" }>): AlgorithmIdentifier {
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: digestIdentifier(digest), algorithmParams: new Null() });
  const maskGenAlgorithm = new AlgorithmIdentifier({ algorithmId: MGF1, algorithmParams: hashAlgorithm.toSchema() });
  const parameters = new RSASSAPSSParams({ hashAlgorithm, maskGenAlgorithm, saltLength, trailerField: 1 });
  return new AlgorithmIdentifier({ algorithmId: RSASSA_PSS, algorithmParams: parameters.toSchema() });
}

/** Ecdsa-Sig-Value (RFC 3279 §2.2.3): two numbers that fit the curve. */
function isEcdsaSignature(der: Uint8Array, size: number): boolean {
  try {
    const reader = ElementReader.of(readOnly(der, "DER"), TAG.sequence, "DER");
    const numbers = [reader.required(TAG.integer).content, reader.required(TAG.integer).content];
    reader.end();
    return numbers.every((octets) => (octets[0] ?? 0x80) < 0x80 && octets.length - (octets[0] === 0 ? 1 : 0) <= size);
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}
