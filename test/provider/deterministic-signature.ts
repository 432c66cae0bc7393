// Belongs here: signatures that come out the same at every run: RSA-PSS with a fixed salt, ECDSA with a derived nonce.
// Does NOT belong here: any use outside tests; a fixed salt or nonce has no place in real cryptography.
import { constants, createECDH, createHash, createHmac, privateEncrypt, sign, type KeyObject } from "node:crypto";
import { integer, sequence } from "./der.ts";

export type DigestName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

const nodeName = (digest: DigestName): string => digest.replace("-", "").toLowerCase();

export const digestOf = (digest: DigestName, data: Uint8Array): Buffer =>
  createHash(nodeName(digest)).update(data).digest();

/** Mask of RFC 8017 §B.2.1. */
function mask(seed: Uint8Array, length: number, digest: DigestName): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, total = 0; total < length; counter += 1) {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(counter);
    const block = digestOf(digest, Buffer.concat([seed, octets]));
    blocks.push(block);
    total += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** RSASSA-PSS (RFC 8017 §9.1.1), salt as long as the digest, made of one repeated byte. */
function signPss(key: KeyObject, digest: DigestName, data: Uint8Array): Buffer {
  const modulusBits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const length = Math.ceil((modulusBits - 1) / 8);
  const hashed = digestOf(digest, data);
  const salt = Buffer.alloc(hashed.length, 0x5a);
  const inner = digestOf(digest, Buffer.concat([Buffer.alloc(8), hashed, salt]));
  const block = Buffer.alloc(length - hashed.length - 1);
  block[block.length - salt.length - 1] = 1;
  salt.copy(block, block.length - salt.length);
  const masked = Buffer.from(mask(inner, block.length, digest).map((octet, index) => octet ^ (block[index] ?? 0)));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - (modulusBits - 1)));
  const encoded = Buffer.concat([masked, inner, Buffer.of(0xbc)]);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded);
}

/** Order of P-256 (FIPS 186-4 §D.1.2.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function inverse(value: bigint): bigint {
  let [previous, current, oldCoefficient, coefficient] = [ORDER, value % ORDER, 0n, 1n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [oldCoefficient, coefficient] = [coefficient, oldCoefficient - quotient * coefficient];
  }
  return ((oldCoefficient % ORDER) + ORDER) % ORDER;
}

const toInteger = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString("hex")}`);

/** ECDSA over P-256; the nonce is an HMAC of key and message. */
function signElliptic(key: KeyObject, digest: DigestName, data: Uint8Array): Uint8Array {
  const secret = Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url");
  const hashed = digestOf(digest, data);
  const nonce = createHmac("sha256", secret).update(hashed).digest();
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(nonce);
  const r = toInteger(curve.getPublicKey().subarray(1, 33)) % ORDER;
  const message = toInteger(hashed.subarray(0, 32));
  const s = (inverse(toInteger(nonce)) * ((message + r * toInteger(secret)) % ORDER)) % ORDER;
  return sequence(integer(r), integer(s));
}

/** Signature over `data`: PKCS#1 v1.5 or PSS for RSA, ECDSA for P-256. */
export function deterministicSignature(key: KeyObject, digest: DigestName, data: Uint8Array, pss = false): Uint8Array {
  if (key.asymmetricKeyType === "ec") return signElliptic(key, digest, data);
  return pss ? signPss(key, digest, data) : sign(nodeName(digest), data, key);
}
