import { X509Certificate } from "node:crypto";
import * as pkijs from "pkijs";
import { describe, expect, it } from "vitest";
import { EMAIL_ADDRESS_ATTRIBUTE, nameAttribute } from "../../../src/core/pki/distinguished-name.ts";
import { MalformedError } from "../../../src/core/pki/malformed-error.ts";
import { parseCertificate } from "../../../src/core/pki/parse-certificate.ts";
import { parsePem } from "../../../src/core/pki/parse-pem.ts";
import { ANCHOR_CERTIFICATES } from "../../../src/core/trust/certificates/anchors.ts";
import { ISSUING_CERTIFICATES } from "../../../src/core/trust/certificates/issuing-authorities.ts";
import { buildCertificate, type CertificateDescription } from "../../provider/certificate-builder.ts";
import { boolean, concat, integer, objectIdentifier, pem, sequence, set, tlv, utf8String } from "../../provider/der.ts";
import { published, readPublished } from "../trust/published-certificates.ts";
import { newKeys, newRsaKeys } from "../chain/test-hierarchy.ts";

const keys = newKeys();
const NAME = [{ type: "CN", value: "Test" }] as const;
const build = (change: Partial<CertificateDescription> = {}): Uint8Array =>
  buildCertificate({
    subject: NAME,
    issuer: NAME,
    serial: 255,
    notBefore: Date.UTC(2020, 0),
    notAfter: Date.UTC(2055, 0),
    publicKey: keys.publicKey,
    issuerPrivateKey: keys.privateKey,
    ...change,
  });

describe("genuine certificates", () => {
  const shipped = [...ANCHOR_CERTIFICATES, ...ISSUING_CERTIFICATES].map(
    ({ name, base64 }) => [name, Buffer.from(base64, "base64")] as const,
  );

  it.each(shipped)("%s: two other readers see the same", async (_, der) => {
    const ours = await parseCertificate(der);
    const node = new X509Certificate(der);
    expect(ours.serial).toBe(node.serialNumber);
    expect(ours.sha256).toBe(node.fingerprint256.replaceAll(":", "").toLowerCase());
    expect(ours.notBefore).toBe(Date.parse(node.validFrom));
    expect(ours.notAfter).toBe(Date.parse(node.validTo));
    expect(ours.publicKey.bits).toBe(node.publicKey.asymmetricKeyDetails?.modulusLength);
    expect(ours.extensions.basicConstraints?.ca).toBe(node.ca);

    const theirs = pkijs.Certificate.fromBER(new Uint8Array(der));
    const constraints = theirs.extensions?.find(({ extnID }) => extnID === "2.5.29.30")?.parsedValue as
      { permittedSubtrees?: unknown[]; excludedSubtrees?: unknown[] } | undefined;
    expect(ours.extensions.nameConstraints?.permitted.length).toBe(constraints?.permittedSubtrees?.length);
    expect(ours.extensions.nameConstraints?.excluded.length).toBe(constraints?.excludedSubtrees?.length);
    expect(Buffer.from(ours.tbs)).toEqual(Buffer.from(theirs.tbsView));
  });

  it.each(published.signers)("$file", async ({ file, rfc822Name }) => {
    const signer = await readPublished(file);
    expect(signer.defects).toEqual([]);
    expect(signer.extensions).toMatchObject({
      keyUsage: { bits: ["digitalSignature"] },
      subjectAltName: [{ form: "rfc822Name", value: rfc822Name }],
      certificatePolicies: ["1.3.76.16.3.1.1"],
      nameConstraints: null,
      unknownCritical: [],
    });
  });

  it("names are written most specific first", async () => {
    const signer = await readPublished("aruba-2023.pem");
    expect(signer.subject.text).toBe(
      "CN=Posta Certificata ARUBA PEC, O=Aruba PEC S.p.A., L=Ponte San Pietro, ST=Bergamo, C=IT",
    );
    expect(signer.extensions.crlDistributionPoints).toContain("http://ca1.agid.gov.it/CRL");
  });
});

describe("what makes a certificate unusable is named", () => {
  it.each<[string, Partial<CertificateDescription>, readonly string[]]>([
    ["nothing", {}, []],
    [
      "an extension twice",
      { basicConstraints: { ca: false }, extraExtensions: [{ oid: "2.5.29.19", value: sequence(boolean(true)) }] },
      ["DUPLICATE_EXTENSION:2.5.29.19"],
    ],
    [
      "an unknown extension twice",
      { extraExtensions: [1, 2].map((value) => ({ oid: "1.2.3", value: integer(value) })) },
      ["DUPLICATE_EXTENSION:1.2.3"],
    ],
    [
      "bytes after an extension's value",
      { extraExtensions: [{ oid: "2.5.29.19", value: concat(sequence(), Uint8Array.of(5, 0)) }] },
      ["EXTENSION_MALFORMED:2.5.29.19"],
    ],
    [
      "empty name constraints",
      { extraExtensions: [{ oid: "2.5.29.30", value: sequence() }] },
      ["EXTENSION_MALFORMED:2.5.29.30"],
    ],
    [
      "a minimum in name constraints",
      {
        extraExtensions: [
          {
            oid: "2.5.29.30",
            value: sequence(tlv(0xa0, sequence(tlv(0x81, Buffer.from("a.test")), tlv(0x80, Uint8Array.of(1))))),
          },
        ],
      },
      ["EXTENSION_MALFORMED:2.5.29.30"],
    ],
    ["a policy twice", { certificatePolicies: ["1.2.3", "1.2.3"] }, ["EXTENSION_MALFORMED:2.5.29.32"]],
    [
      "a negative path length",
      { extraExtensions: [{ oid: "2.5.29.19", value: sequence(boolean(true), Uint8Array.of(2, 1, 0xff)) }] },
      ["EXTENSION_MALFORMED:2.5.29.19"],
    ],
  ])("%s", async (_, change, defects) => {
    expect((await parseCertificate(build(change))).defects).toEqual(defects);
  });

  it("algorithms that differ inside and outside", async () => {
    expect((await parseCertificate(build())).signatureAlgorithmsAgree).toBe(true);
    const innerAlgorithm = sequence(objectIdentifier("1.2.840.113549.1.1.11"));
    expect((await parseCertificate(build({ innerAlgorithm }))).signatureAlgorithmsAgree).toBe(false);
  });

  it("critical extensions that are not processed", async () => {
    const extraExtensions = [
      { oid: "1.2.3", critical: true, value: integer(1) },
      { oid: "1.2.4", value: integer(1) },
    ];
    const { extensions } = await parseCertificate(
      build({ extraExtensions, nameConstraints: { permitted: [{ dNSName: "a" }] } }),
    );
    expect(extensions.unknownCritical).toEqual(["1.2.3"]);
  });
});

describe("names", () => {
  it("keep attributes that share one relative name together", async () => {
    const attribute = (oid: string, value: string): Uint8Array => sequence(objectIdentifier(oid), utf8String(value));
    const subject = sequence(
      set(attribute("2.5.4.10", "Org")),
      set(attribute("2.5.4.3", "Name"), attribute(EMAIL_ADDRESS_ATTRIBUTE, "a@b.test")),
    );
    const { subject: name } = await parseCertificate(build({ subject }));
    expect(name.relativeNames.map((attributes) => attributes.length)).toEqual([1, 2]);
    expect(name.text).toBe("CN=Name+emailAddress=a@b.test, O=Org");
    expect(nameAttribute(name, EMAIL_ADDRESS_ATTRIBUTE)).toBe("a@b.test");
  });

  it("one value cannot look like several attributes", async () => {
    const subject = [{ type: "CN", value: "x, O=Aruba PEC S.p.A.\n" }] as const;
    expect((await parseCertificate(build({ subject }))).subject.text).toBe("CN=x\\, O=Aruba PEC S.p.A.\\0a");
  });
});

describe("malformed input", () => {
  it("throws a coded exception and nothing else, whatever byte is damaged", async () => {
    const der = build({
      subjectAltName: [{ rfc822Name: "a@b.test" }, { directoryName: NAME }],
      nameConstraints: { permitted: [{ rfc822Name: "b.test" }] },
      keyUsage: { bits: ["digitalSignature"] },
      certificatePolicies: ["1.2.3"],
      crlDistributionPoint: "http://b.test/crl",
    });
    let refused = 0;
    for (let position = 0; position < der.length; position++) {
      for (const mask of [0x01, 0x80, 0xff]) {
        const damaged = der.slice();
        damaged[position] = (damaged[position] ?? 0) ^ mask;
        const error: unknown = await parseCertificate(damaged).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (error === null) continue;
        expect(error).toBeInstanceOf(MalformedError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "TRUNCATED"],
    ["bytes after the end", concat(build(), Uint8Array.of(0)), "TRAILING_BYTES"],
    ["another structure", sequence(integer(1)), "UNEXPECTED_TAG"],
    ["more than anybody needs", new Uint8Array(300_000), "CERTIFICATE_TOO_LARGE"],
  ])("%s", async (_, der, code) => {
    await expect(parseCertificate(der)).rejects.toMatchObject({ code });
  });
});

describe("public keys", () => {
  it.each([
    [newRsaKeys(1024), { algorithm: "RSA", bits: 1024, curve: null }],
    [newKeys("P-521"), { algorithm: "EC", bits: 521, curve: "P-521" }],
    [newKeys("secp256k1"), { algorithm: "EC", bits: null, curve: "1.3.132.0.10" }],
  ])("facts %#", async ({ publicKey }, facts) => {
    expect((await parseCertificate(build({ publicKey }))).publicKey).toMatchObject(facts);
  });
});

describe("parsePem", () => {
  it("finds every certificate block in any text, and no other block", () => {
    const [first, second] = [build(), build({ serial: 2 })];
    const text = `Subject: x\n${pem("CERTIFICATE", first)}\r\n${pem("PRIVATE KEY", second)}${pem("X509 CERTIFICATE", second).replaceAll("\n", "\r\n")}`;
    expect(parsePem(text).map((der) => Buffer.from(der))).toEqual([Buffer.from(first), Buffer.from(second)]);
  });

  it("skips what is no base64", () => {
    expect(parsePem("-----BEGIN CERTIFICATE-----\nA===\n-----END CERTIFICATE-----")).toEqual([]);
    expect(parsePem("-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----")).toEqual([]);
    expect(parsePem("no certificate here")).toEqual([]);
  });
});
