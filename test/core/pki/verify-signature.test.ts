import { constants, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readOnly } from "../../../src/core/pki/asn1.ts";
import { describeSignatureAlgorithm, readAlgorithmIdentifier } from "../../../src/core/pki/signature-algorithm.ts";
import { verifySignature } from "../../../src/core/pki/verify-signature.ts";
import {
  digestAlgorithmIdentifier,
  signatureAlgorithmIdentifier,
  signBytes,
} from "../../provider/certificate-builder.ts";
import { bitString, context, integer, nullValue, objectIdentifier, sequence } from "../../provider/der.ts";

const DATA = Buffer.from("data");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = (key: KeyObject): Uint8Array => key.export({ type: "spki", format: "der" });

function verify(
  algorithmDer: Uint8Array,
  publicKey: KeyObject,
  signature: Uint8Array,
  data: Uint8Array = DATA,
): Promise<string> {
  const identifier = readAlgorithmIdentifier(readOnly(algorithmDer, "DER"));
  return verifySignature({
    algorithm: describeSignatureAlgorithm(identifier, null),
    parameters: identifier.parameters,
    publicKeyInfo: spki(publicKey),
    signature,
    data,
  });
}

const pssParameters = (hash: Uint8Array, maskHash: Uint8Array, salt: number, trailer?: number): Uint8Array =>
  sequence(
    objectIdentifier("1.2.840.113549.1.1.10"),
    sequence(
      context(0, hash),
      context(1, sequence(objectIdentifier("1.2.840.113549.1.1.8"), maskHash)),
      context(2, integer(salt)),
      ...(trailer === undefined ? [] : [context(3, integer(trailer))]),
    ),
  );

describe("verifySignature", () => {
  it("tells a good signature from a bad one", async () => {
    for (const { keys, pss } of [
      { keys: rsa, pss: false },
      { keys: rsa, pss: true },
      { keys: ec, pss: false },
    ]) {
      const algorithm = signatureAlgorithmIdentifier(keys.privateKey, "SHA-256", pss);
      const signature = signBytes(keys.privateKey, "SHA-256", DATA, pss);
      expect(await verify(algorithm, keys.publicKey, signature)).toBe("VALID");
      expect(await verify(algorithm, keys.publicKey, signature, Buffer.from("date"))).toBe("INVALID");
      expect(await verify(algorithm, keys.publicKey, new Uint8Array())).toBe("INVALID");
    }
  });

  it("a key of another kind cannot have made it", async () => {
    const signature = signBytes(rsa.privateKey, "SHA-256", DATA);
    expect(await verify(signatureAlgorithmIdentifier(rsa.privateKey, "SHA-256"), ec.publicKey, signature)).toBe(
      "INVALID",
    );
    expect(await verify(signatureAlgorithmIdentifier(ec.privateKey, "SHA-256"), rsa.publicKey, signature)).toBe(
      "INVALID",
    );
  });

  it("ECDSA signatures that are no two numbers are invalid", async () => {
    const algorithm = signatureAlgorithmIdentifier(ec.privateKey, "SHA-256");
    for (const signature of [
      sequence(integer(1)),
      sequence(integer(1), integer(1), integer(1)),
      sequence(integer(1), integer(2n ** 300n)),
    ]) {
      expect(await verify(algorithm, ec.publicKey, signature)).toBe("INVALID");
    }
  });

  it.each(["MD5"] as const)("%s is unsupported, never invalid", async (digest) => {
    const algorithm = signatureAlgorithmIdentifier(rsa.privateKey, digest);
    expect(await verify(algorithm, rsa.publicKey, signBytes(rsa.privateKey, digest, DATA))).toBe("UNSUPPORTED");
  });

  it("DSA, Ed25519 and unknown algorithms are unsupported", async () => {
    for (const oid of ["1.2.840.10040.4.3", "1.3.101.112", "1.2.3.4"]) {
      expect(await verify(sequence(objectIdentifier(oid)), rsa.publicKey, new Uint8Array(256))).toBe("UNSUPPORTED");
    }
  });

  it("plain rsaEncryption names no digest, so a certificate must not use it", async () => {
    const algorithm = sequence(objectIdentifier("1.2.840.113549.1.1.1"), Uint8Array.of(5, 0));
    expect(await verify(algorithm, rsa.publicKey, signBytes(rsa.privateKey, "SHA-256", DATA))).toBe("UNSUPPORTED");
  });

  it("RSA-PSS follows its parameters", async () => {
    const sha256 = digestAlgorithmIdentifier("SHA-256");
    const signature = sign("sha256", DATA, {
      key: rsa.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 20,
    });
    expect(await verify(pssParameters(sha256, sha256, 20), rsa.publicKey, signature)).toBe("VALID");
    expect(await verify(pssParameters(sha256, sha256, 20, 1), rsa.publicKey, signature)).toBe("VALID");
    expect(await verify(pssParameters(sha256, sha256, 32), rsa.publicKey, signature)).toBe("INVALID");
    expect(await verify(pssParameters(sha256, digestAlgorithmIdentifier("SHA-1"), 20), rsa.publicKey, signature)).toBe(
      "UNSUPPORTED",
    );
    expect(await verify(pssParameters(sha256, sha256, 20, 2), rsa.publicKey, signature)).toBe("UNSUPPORTED");
    expect(await verify(sequence(objectIdentifier("1.2.840.113549.1.1.10")), rsa.publicKey, signature)).toBe(
      "UNSUPPORTED",
    );
  });

  it("a key limited to RSA-PSS verifies that alone", async () => {
    const keys = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
    const sha256 = digestAlgorithmIdentifier("SHA-256");
    const signature = sign("sha256", DATA, {
      key: keys.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    });
    expect(await verify(pssParameters(sha256, sha256, 32), keys.publicKey, signature)).toBe("VALID");
    expect(await verify(signatureAlgorithmIdentifier(rsa.privateKey, "SHA-256"), keys.publicKey, signature)).toBe(
      "INVALID",
    );
  });

  it("keys with parameters of another kind, and points that are not written out, are not used", async () => {
    const outcome = async (keys: typeof rsa, position: number, octet: number): Promise<string> => {
      const identifier = readAlgorithmIdentifier(
        readOnly(signatureAlgorithmIdentifier(keys.privateKey, "SHA-256"), "DER"),
      );
      const publicKeyInfo = spki(keys.publicKey).slice();
      publicKeyInfo[position] = octet;
      return verifySignature({
        algorithm: describeSignatureAlgorithm(identifier, null),
        parameters: null,
        publicKeyInfo,
        signature: signBytes(keys.privateKey, "SHA-256", DATA),
        data: DATA,
      });
    };
    const nullParameters = spki(rsa.publicKey).indexOf(0x05);
    expect(await outcome(rsa, nullParameters, 0x05)).toBe("VALID");
    expect(await outcome(rsa, nullParameters, 0x04)).toBe("UNSUPPORTED");
    const point = spki(ec.publicKey).length - 65;
    expect(await outcome(ec, point, 0x04)).toBe("VALID");
    expect(await outcome(ec, point, 0x06)).toBe("UNSUPPORTED");
  });

  it("keys that take too long are not used", async () => {
    const sequenceOf = (modulusBits: number, exponent: bigint): Uint8Array =>
      sequence(
        sequence(objectIdentifier("1.2.840.113549.1.1.1"), nullValue()),
        bitString(sequence(integer(2n ** BigInt(modulusBits - 1) + 1n), integer(exponent))),
      );
    const outcome = (publicKeyInfo: Uint8Array): Promise<string> => {
      const identifier = readAlgorithmIdentifier(
        readOnly(signatureAlgorithmIdentifier(rsa.privateKey, "SHA-256"), "DER"),
      );
      const algorithm = describeSignatureAlgorithm(identifier, null);
      return verifySignature({
        algorithm,
        parameters: null,
        publicKeyInfo,
        signature: new Uint8Array(256),
        data: DATA,
      });
    };
    expect(await outcome(sequenceOf(2048, 65_537n))).toBe("INVALID");
    expect(await outcome(sequenceOf(16_384, 65_537n))).toBe("UNSUPPORTED");
    expect(await outcome(sequenceOf(2048, 2n ** 33n + 1n))).toBe("UNSUPPORTED");
  });
});
