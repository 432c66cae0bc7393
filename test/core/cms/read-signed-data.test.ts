import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSignedData } from "../../../src/core/cms/read-signed-data.ts";
import type { SignedDataResult, SignerFacts } from "../../../src/core/cms/signed-data.ts";
import {
  digestAlgorithmIdentifier,
  keyIdentifier,
  signatureAlgorithmIdentifier,
} from "../../provider/certificate-builder.ts";
import {
  concat,
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  setOf,
  time,
  tlv,
} from "../../provider/der.ts";
import {
  attribute,
  CONTENT,
  hash,
  indefinite,
  keyIdentifierChoice,
  newPerson,
  OID,
  signedData,
  signerInfo,
  SIGNING_TIME,
  usualAttributes,
  type SignerOptions,
} from "./test-signed-data.ts";

const person = newPerson();
const other = newPerson();
const ALTERED = Buffer.concat([CONTENT, Buffer.from("x")]);

function read(result: SignedDataResult): Extract<SignedDataResult, { outcome: "READ" }> {
  if (result.outcome !== "READ") throw new Error(`not read: ${result.code}`);
  return result;
}

async function onlySigner(cms: Uint8Array, content: Uint8Array | null = CONTENT): Promise<SignerFacts> {
  const [signer, ...rest] = read(await readSignedData(cms, content)).signers;
  if (signer === undefined || rest.length > 0) throw new Error("one signer expected");
  return signer;
}

const oneSigner = (options: SignerOptions = {}): Uint8Array =>
  signedData({ signers: [signerInfo(person, options)], certificates: [person.certificate] });

describe("a detached signature", () => {
  it("gives digest and signature value as two facts", async () => {
    const good = await onlySigner(oneSigner());
    expect(good).toMatchObject({
      digestAlgorithm: "SHA-256",
      messageDigest: "MATCH",
      signatureValue: "VALID",
      signingTime: SIGNING_TIME,
      defects: [],
    });
    expect(good.certificate?.der).toEqual(new Uint8Array(person.certificate));
    expect(await onlySigner(oneSigner(), ALTERED)).toMatchObject({
      messageDigest: "MISMATCH",
      signatureValue: "VALID",
    });
  });

  it("tells altered signed attributes from altered content", async () => {
    const cms = oneSigner().slice();
    const position = Buffer.from(cms).indexOf(Buffer.from("240501100000Z"));
    cms[position + 5] = "2".charCodeAt(0);
    expect(await onlySigner(cms)).toMatchObject({ messageDigest: "MATCH", signatureValue: "INVALID" });
  });

  it.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const)(
    "verifies RSA with %s, named or plain",
    async (digest) => {
      for (const plainRsa of [false, true]) {
        const signer = await onlySigner(oneSigner({ digest, plainRsa }));
        expect(signer).toMatchObject({ digestAlgorithm: digest, messageDigest: "MATCH", signatureValue: "VALID" });
        expect(signer.signatureAlgorithm.name).toBe(`RSA PKCS#1 v1.5 with ${digest}`);
      }
    },
  );

  it("verifies RSA-PSS and ECDSA", async () => {
    expect(await onlySigner(oneSigner({ pss: true, digest: "SHA-384" }))).toMatchObject({ signatureValue: "VALID" });
    for (const namedCurve of ["P-256", "P-384", "P-521"]) {
      const signer = newPerson(generateKeyPairSync("ec", { namedCurve }));
      const cms = signedData({
        signers: [signerInfo(signer, { digest: "SHA-512" })],
        certificates: [signer.certificate],
      });
      expect(await onlySigner(cms)).toMatchObject({ messageDigest: "MATCH", signatureValue: "VALID" });
    }
  });

  it("calls what it cannot compute unsupported, never invalid", async () => {
    const curve = newPerson(generateKeyPairSync("ec", { namedCurve: "secp256k1" }));
    const cms = signedData({ signers: [signerInfo(curve)], certificates: [curve.certificate] });
    expect(await onlySigner(cms)).toMatchObject({ messageDigest: "MATCH", signatureValue: "UNSUPPORTED" });
    const md5 = Buffer.from(digestAlgorithmIdentifier("SHA-256")).toString("hex");
    const replaced = Buffer.from(oneSigner({ plainRsa: true }))
      .toString("hex")
      .replaceAll(
        md5,
        Buffer.from(sequence(objectIdentifier("2.16.840.1.101.3.4.2.9"), Uint8Array.of(5, 0))).toString("hex"),
      );
    expect(await onlySigner(Buffer.from(replaced, "hex"))).toMatchObject({
      digestAlgorithm: "SHA3-384",
      messageDigest: "UNSUPPORTED",
      signatureValue: "UNSUPPORTED",
    });
  });

  it("works without signed attributes, over the content itself", async () => {
    const cms = oneSigner({ attributes: null });
    const facts = { messageDigest: "UNSIGNED_ATTRIBUTES_ABSENT", signingTime: null, defects: [] };
    expect(await onlySigner(cms)).toMatchObject({ ...facts, signatureValue: "VALID" });
    expect(await onlySigner(cms, ALTERED)).toMatchObject({ ...facts, signatureValue: "INVALID" });
  });

  it("accepts attributes that are not in DER order, signed either way (RFC 5652 §5.4)", async () => {
    for (const order of ["written, signed as der", "written, signed as written"] as const) {
      const attributes = usualAttributes().toReversed();
      expect(await onlySigner(oneSigner({ attributes, order }))).toMatchObject({ signatureValue: "VALID" });
    }
  });
});

describe("the signer's certificate", () => {
  it("is found by issuer and serial among others, or by key identifier", async () => {
    const certificates = [other.certificate, Uint8Array.of(0x30, 0x03, 1, 2, 3), person.certificate];
    const bySerial = signedData({ signers: [signerInfo(person)], certificates });
    expect((await onlySigner(bySerial)).certificate?.der).toEqual(new Uint8Array(person.certificate));
    const identifier = keyIdentifierChoice(keyIdentifier(createPublicKey(person.key)));
    const byKey = signedData({ signers: [signerInfo(person, { identifier })], certificates });
    expect(await onlySigner(byKey)).toMatchObject({ signatureValue: "VALID" });
  });

  it("may be missing", async () => {
    const cms = signedData({ signers: [signerInfo(person)], certificates: [other.certificate] });
    expect(await onlySigner(cms)).toMatchObject({
      messageDigest: "MATCH",
      signatureValue: "NO_CERTIFICATE",
      certificate: null,
    });
  });

  it("is not hidden by a decoy with the same issuer and serial", async () => {
    const decoy = newPerson(generateKeyPairSync("rsa", { modulusLength: 2048 }), person.serial);
    const cms = signedData({ signers: [signerInfo(person)], certificates: [decoy.certificate, person.certificate] });
    const signer = await onlySigner(cms);
    expect(signer.signatureValue).toBe("VALID");
    expect(signer.certificate?.der).toEqual(new Uint8Array(person.certificate));
  });
});

describe("several signers", () => {
  it("are all reported", async () => {
    const signers = [signerInfo(person), signerInfo(other, { attributes: usualAttributes("SHA-256", ALTERED) })];
    const result = read(
      await readSignedData(signedData({ signers, certificates: [person.certificate, other.certificate] }), CONTENT),
    );
    expect(result.signers.map(({ messageDigest }) => messageDigest)).toEqual(["MATCH", "MISMATCH"]);
    expect(result.signers.map(({ signatureValue }) => signatureValue)).toEqual(["VALID", "VALID"]);
  });

  it("are limited", async () => {
    const signers = Array.from({ length: 17 }, () => signerInfo(person));
    const result = await readSignedData(signedData({ signers, certificates: [person.certificate] }), CONTENT);
    expect(result).toEqual({ outcome: "MALFORMED", code: "TOO_MANY_SIGNERS" });
  });
});

describe("content inside the CMS", () => {
  const embedding = (embedded: Uint8Array): Uint8Array =>
    signedData({ signers: [signerInfo(person)], certificates: [person.certificate], embedded });

  it("is compared byte for byte with the detached content", async () => {
    expect(read(await readSignedData(embedding(CONTENT), CONTENT)).embeddedContent).toBe("SAME");
    const different = read(await readSignedData(embedding(CONTENT), ALTERED));
    expect(different.embeddedContent).toBe("DIFFERENT");
    // What was shown is what is judged, not what the CMS brought along.
    expect(different.signers[0]?.messageDigest).toBe("MISMATCH");
    expect(read(await readSignedData(oneSigner(), CONTENT)).embeddedContent).toBe("ABSENT");
  });

  it("is what an opaque signature verifies and hands on", async () => {
    const result = read(await readSignedData(embedding(CONTENT), null));
    expect(result.embeddedContent).toBe("ONLY");
    expect(result.content).toEqual(new Uint8Array(CONTENT));
    expect(result.signers[0]).toMatchObject({ messageDigest: "MATCH", signatureValue: "VALID" });
    expect(await readSignedData(oneSigner(), null)).toEqual({ outcome: "MALFORMED", code: "NO_CONTENT" });
  });
});

describe("rules on signed attributes", () => {
  const [contentType = CONTENT, signingTime = CONTENT, messageDigest = CONTENT] = usualAttributes();
  const certHash = (digest: "SHA-1" | "SHA-256"): Uint8Array => octetString(hash(digest, person.certificate));
  const protection = (digest: "SHA-1" | "SHA-256"): Uint8Array =>
    sequence(
      digestAlgorithmIdentifier(digest),
      concat(Uint8Array.of(0xa1), signatureAlgorithmIdentifier(person.key, "SHA-256").subarray(1)),
    );

  it.each<[string, readonly Uint8Array[], readonly string[]]>([
    ["no content type", [signingTime, messageDigest], ["CONTENT_TYPE_MISSING"]],
    [
      "another content type",
      [attribute(OID.contentType, objectIdentifier(OID.signedData)), signingTime, messageDigest],
      ["CONTENT_TYPE_MISMATCH"],
    ],
    [
      "an attribute twice",
      [contentType, messageDigest, signingTime, attribute(OID.signingTime, time(SIGNING_TIME + 1_000))],
      [`DUPLICATE_ATTRIBUTE:${OID.signingTime}`],
    ],
    [
      "two values",
      [contentType, messageDigest, attribute(OID.signingTime, time(SIGNING_TIME), time(SIGNING_TIME + 1_000))],
      [`ATTRIBUTE_VALUES:${OID.signingTime}`],
    ],
    ["no value", [contentType, messageDigest, attribute(OID.signingTime)], [`ATTRIBUTE_VALUES:${OID.signingTime}`]],
    [
      "a time that is none",
      [contentType, messageDigest, attribute(OID.signingTime, tlv(0x17, Buffer.from("240230100000Z")))],
      [`ATTRIBUTE_MALFORMED:${OID.signingTime}`],
    ],
    [
      "signingCertificate of this certificate",
      [...usualAttributes(), attribute(OID.signingCertificate, sequence(sequence(sequence(certHash("SHA-1")))))],
      [],
    ],
    [
      "signingCertificateV2 of this certificate",
      [...usualAttributes(), attribute(OID.signingCertificateV2, sequence(sequence(sequence(certHash("SHA-256")))))],
      [],
    ],
    [
      "signingCertificateV2 of another certificate",
      [
        ...usualAttributes(),
        attribute(
          OID.signingCertificateV2,
          sequence(sequence(sequence(octetString(hash("SHA-256", other.certificate))))),
        ),
      ],
      ["SIGNING_CERTIFICATE_MISMATCH"],
    ],
    [
      "signingCertificateV2 with another serial",
      [
        ...usualAttributes(),
        attribute(
          OID.signingCertificateV2,
          sequence(sequence(sequence(certHash("SHA-256"), sequence(sequence(), integer(99_999))))),
        ),
      ],
      ["SIGNING_CERTIFICATE_MISMATCH"],
    ],
    ["algorithm protection", [...usualAttributes(), attribute(OID.algorithmProtection, protection("SHA-256"))], []],
    [
      "algorithm protection of another digest",
      [...usualAttributes(), attribute(OID.algorithmProtection, protection("SHA-1"))],
      ["ALGORITHM_PROTECTION_MISMATCH"],
    ],
  ])("%s", async (_, attributes, defects) => {
    const signer = await onlySigner(oneSigner({ attributes }));
    expect(signer.signatureValue).toBe("VALID");
    expect(signer.defects).toEqual(defects);
  });

  it("a missing message digest is no match", async () => {
    expect(await onlySigner(oneSigner({ attributes: [contentType, signingTime] }))).toMatchObject({
      messageDigest: "MISSING",
      signatureValue: "VALID",
    });
  });

  it("digest and signature algorithm must agree", async () => {
    const signer = await onlySigner(oneSigner({ digest: "SHA-256", signatureDigest: "SHA-1" }));
    expect(signer.defects).toEqual(["DIGEST_ALGORITHM_MISMATCH"]);
  });

  it("content of another type needs attributes", async () => {
    const cms = signedData({
      signers: [signerInfo(person, { attributes: null })],
      certificates: [person.certificate],
      contentType: "1.2.3.4",
    });
    expect((await onlySigner(cms)).defects).toEqual(["SIGNED_ATTRIBUTES_MISSING"]);
  });
});

describe("encoding", () => {
  it("reads indefinite lengths and segmented strings, as streaming encoders write them", async () => {
    const cms = indefinite(
      0x30,
      objectIdentifier(OID.signedData),
      indefinite(
        0xa0,
        indefinite(
          0x30,
          integer(1),
          setOf(digestAlgorithmIdentifier("SHA-256")),
          indefinite(
            0x30,
            objectIdentifier(OID.data),
            indefinite(0xa0, indefinite(0x24, octetString(CONTENT.subarray(0, 7)), octetString(CONTENT.subarray(7)))),
          ),
          indefinite(0xa0, person.certificate),
          set(signerInfo(person)),
        ),
      ),
    );
    const result = read(await readSignedData(cms, null));
    expect(result.content).toEqual(new Uint8Array(CONTENT));
    expect(result.signers[0]).toMatchObject({ messageDigest: "MATCH", signatureValue: "VALID" });
  });

  it("tolerates transport padding after the end, and nothing else", async () => {
    const padded = concat(oneSigner(), Buffer.from("\r\n\0 "));
    expect(await onlySigner(padded)).toMatchObject({ signatureValue: "VALID" });
    const followed = concat(oneSigner(), Uint8Array.of(0x30, 0));
    expect(await readSignedData(followed, CONTENT)).toEqual({ outcome: "MALFORMED", code: "TRAILING_BYTES" });
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "EMPTY"],
    ["text", Buffer.from("-----BEGIN PKCS7-----"), "NOT_CMS"],
    ["a certificate", person.certificate, "NOT_CMS"],
    ["another content type", sequence(objectIdentifier(OID.data), context(0, octetString(CONTENT))), "NOT_SIGNED_DATA"],
    ["certificates without signer", signedData({ signers: [], certificates: [person.certificate] }), "NO_SIGNER"],
    ["a truncated CMS", oneSigner().subarray(0, 900), "TRUNCATED"],
    ["a million nested sequences", Buffer.alloc(2_000_000, Uint8Array.of(0x30, 0x80)), "TOO_DEEP"],
    ["a length beyond the end", Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0), "TRUNCATED"],
    ["a length of nine octets", Uint8Array.of(0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1), "LENGTH"],
  ])("%s has a stable code", async (_, cms, code) => {
    expect(await readSignedData(cms, CONTENT)).toEqual({ outcome: "MALFORMED", code });
  });

  it("never throws on a damaged CMS, and never calls a changed content intact", async () => {
    const cms = oneSigner();
    for (let position = 0; position < cms.length; position++) {
      const damaged = cms.slice();
      damaged[position] = (damaged[position] ?? 0) ^ (1 << (position % 8));
      const result = await readSignedData(damaged, ALTERED);
      const intact =
        result.outcome === "READ" &&
        result.signers.some(
          ({ messageDigest, signatureValue }) => messageDigest === "MATCH" && signatureValue === "VALID",
        );
      expect(intact).toBe(false);
    }
  });

  it("reads only so many certificates", async () => {
    const certificates = [person.certificate, ...Array.from({ length: 3_000 }, () => other.certificate)];
    const result = read(await readSignedData(signedData({ signers: [signerInfo(person)], certificates }), CONTENT));
    expect(result.certificates).toHaveLength(64);
    expect(result.signers[0]?.signatureValue).toBe("VALID");
  });

  it("reads only so many octets of certificates, names and attributes", async () => {
    const filler = (length: number): Uint8Array => tlv(0x13, new Uint8Array(length).fill(0x41));
    const certificates = [person.certificate, sequence(filler(65_536)), other.certificate];
    const result = read(await readSignedData(signedData({ signers: [signerInfo(person)], certificates }), CONTENT));
    expect(result.certificates.map(({ der }) => der)).toEqual([new Uint8Array(person.certificate)]);

    const name = sequence(set(sequence(objectIdentifier("2.5.4.3"), filler(8_192))));
    const identifier = sequence(name, integer(1));
    expect(await readSignedData(oneSigner({ identifier }), CONTENT)).toEqual({ outcome: "MALFORMED", code: "NAME" });
    const attributes = [...usualAttributes(), attribute("1.2.3.4", filler(8_192))];
    expect(await readSignedData(oneSigner({ attributes }), CONTENT)).toEqual({
      outcome: "MALFORMED",
      code: "TOO_MANY_ATTRIBUTES",
    });
  });

  it("reads content in a million segments no further than encoders write it", async () => {
    const opaque = (segment: number, count: number): Uint8Array => {
      const segments = Buffer.alloc((segment + 4) * count, octetString(new Uint8Array(segment)));
      return sequence(
        objectIdentifier(OID.signedData),
        context(
          0,
          sequence(
            integer(1),
            setOf(),
            sequence(objectIdentifier(OID.data), context(0, indefinite(0x24, segments))),
            context(0, person.certificate),
            set(signerInfo(person)),
          ),
        ),
      );
    };
    expect(read(await readSignedData(opaque(1_000, 20_000), null)).content).toHaveLength(20_000_000);
    expect(await readSignedData(opaque(256, 40_000), null)).toEqual({
      outcome: "MALFORMED",
      code: "TOO_MANY_ELEMENTS",
    });
  });
});
