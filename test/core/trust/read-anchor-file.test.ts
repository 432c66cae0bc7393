import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../../../src/core/pki/parse-pem.ts";
import { readAnchorFile } from "../../../src/core/trust/read-anchor-file.ts";
import type { TrustedAuthorities } from "../../../src/core/trust/trust-types.ts";
import { isSameFingerprint } from "../../../src/core/trust/user-anchor.ts";
import { AT, newAuthority, newLeaf, newRoot, newRsaKeys, trusting } from "../chain/test-hierarchy.ts";

const NOTHING: TrustedAuthorities = { anchors: [], issuingKeys: [], intermediates: [], denied: [] };
const YEAR = 365 * 86_400_000;

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${encodeBase64(der).replace(/.{64}/g, "$&\r\n")}\n-----END CERTIFICATE-----\n`;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("readAnchorFile", () => {
  it("describes a root in DER in full", async () => {
    const { certificate } = await newRoot("Root", { serial: 171 }, newRsaKeys(2048));
    expect(await readAnchorFile(certificate.der, NOTHING)).toEqual([
      {
        certificate: {
          base64: Buffer.from(certificate.der).toString("base64"),
          subject: "CN=Root, O=Test, C=IT",
          issuer: "CN=Root, O=Test, C=IT",
          serial: "AB",
          notBefore: AT - YEAR,
          notAfter: AT + YEAR,
          sha256: certificate.sha256,
          isAuthority: true,
          isRoot: true,
          publicKey: "RSA 2048",
          signatureAlgorithm: "RSA PKCS#1 v1.5 with SHA-256",
        },
        problem: null,
      },
    ]);
  });

  it("reads every block of a PEM file, text around it aside, and says which cannot be added", async () => {
    const root = await newRoot();
    const authority = await newAuthority(root, "CA");
    const signer = await newLeaf(authority);
    const known = await newRoot("Known");
    const denied = await newRoot("Denied");
    const authorities = trusting(known, { denied: [{ sha256: denied.certificate.sha256, reason: "test" }] });
    const ders = [root.certificate, authority.certificate, signer, known.certificate, denied.certificate];
    const text = `Authorities\n${ders.map(({ der }) => pem(der)).join("# next\n")}${pem(Uint8Array.of(1, 2, 3))}`;
    const candidates = await readAnchorFile(bytesOf(text), authorities);
    expect(candidates.map(({ problem }) => problem)).toEqual([
      null,
      null,
      "NOT_A_CA",
      "ALREADY_KNOWN",
      "DENIED",
      "NOT_A_CERTIFICATE",
    ]);
    const shown = candidates.map(({ certificate }) => certificate && [certificate.isAuthority, certificate.isRoot]);
    expect(shown.slice(0, 3)).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
    expect(candidates[0]?.certificate?.publicKey).toBe("P-256");
  });

  it.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["text", bytesOf("hello")],
    ["a file too large", new Uint8Array(2 ** 20 + 1)],
  ])("finds no certificate in %s", async (_, bytes) => {
    expect(await readAnchorFile(bytes, NOTHING)).toEqual([{ certificate: null, problem: "NOT_A_CERTIFICATE" }]);
  });
});

describe("isSameFingerprint", () => {
  const sha256 = "ab".repeat(32);
  it("does not look at case, colons and blanks", () => {
    expect(isSameFingerprint(sha256, sha256)).toBe(true);
    expect(isSameFingerprint(` ${"AB:".repeat(31)}AB\n`, sha256)).toBe(true);
  });

  it("wants all of it", () => {
    for (const typed of ["", "ab", sha256.slice(2), `${sha256}ab`, `ac${sha256.slice(2)}`]) {
      expect(isSameFingerprint(typed, sha256)).toBe(false);
    }
  });
});
