import { describe, expect, it } from "vitest";
import { acceptsWeakAlgorithms, judgeKey, judgeSignatureAlgorithm } from "../../../src/core/chain/algorithm-policy.ts";
import type { Certificate, PublicKeyFacts } from "../../../src/core/pki/certificate.ts";
import { describeSignatureAlgorithm } from "../../../src/core/pki/signature-algorithm.ts";
import type { PecIssuingKey } from "../../../src/core/trust/trust-types.ts";
import { newLeaf, newRoot } from "./test-hierarchy.ts";

const template = await newLeaf(await newRoot());
const signedBy = (oid: string): Certificate => ({
  ...template,
  signatureAlgorithm: describeSignatureAlgorithm({ oid, parameters: null }, null),
});
const withKey = (publicKey: Partial<PublicKeyFacts>): Certificate => ({
  ...template,
  publicKey: { algorithm: "RSA", oid: "1.2.840.113549.1.1.1", bits: null, curve: null, ...publicKey },
});
const rsa = (bits: number | null): Certificate => withKey({ bits });
const curve = (name: string | null): Certificate => withKey({ algorithm: "EC", curve: name });

/** As judged now, and for old mail. */
const words = (judge: typeof judgeKey, certificate: Certificate): readonly string[] =>
  [false, true].map((acceptsWeak) => {
    const judgement = judge(certificate, acceptsWeak);
    return judgement.outcome === "accepted" ? (judgement.weakness ?? "accepted") : judgement.outcome;
  });

describe("the signature on a certificate", () => {
  it.each([
    ["RSA with MD2", "1.2.840.113549.1.1.2", "refused", "refused"],
    ["RSA with MD5", "1.2.840.113549.1.1.4", "refused", "refused"],
    ["RSA with SHA-1", "1.2.840.113549.1.1.5", "refused", "SHA1_CERTIFICATE"],
    ["RSA with SHA-1 by its older name", "1.3.14.3.2.29", "refused", "SHA1_CERTIFICATE"],
    ["ECDSA with SHA-1", "1.2.840.10045.4.1", "refused", "SHA1_CERTIFICATE"],
    ["RSA with SHA-224", "1.2.840.113549.1.1.14", "unsupported", "unsupported"],
    ["RSA with SHA-256", "1.2.840.113549.1.1.11", "accepted", "accepted"],
    ["RSA with SHA-384", "1.2.840.113549.1.1.12", "accepted", "accepted"],
    ["RSA with SHA-512", "1.2.840.113549.1.1.13", "accepted", "accepted"],
    ["ECDSA with SHA-256", "1.2.840.10045.4.3.2", "accepted", "accepted"],
    ["Ed25519", "1.3.101.112", "unsupported", "unsupported"],
    ["an algorithm that nobody knows", "1.2.3.4", "unsupported", "unsupported"],
    ["RSA-PSS with parameters that are not read", "1.2.840.113549.1.1.10", "unsupported", "unsupported"],
  ])("%s", (_, oid, now, old) => {
    expect(words(judgeSignatureAlgorithm, signedBy(oid))).toEqual([now, old]);
  });
});

describe("the key in a certificate", () => {
  it.each([
    ["RSA 512", rsa(512), "refused", "refused"],
    ["RSA 1023", rsa(1023), "refused", "refused"],
    ["RSA 1024", rsa(1024), "refused", "WEAK_KEY"],
    ["RSA 2047", rsa(2047), "refused", "WEAK_KEY"],
    ["RSA 2048", rsa(2048), "accepted", "accepted"],
    ["RSA 8192", rsa(8192), "accepted", "accepted"],
    ["RSA 16384", rsa(16384), "unsupported", "unsupported"],
    ["an RSA key that cannot be read", rsa(null), "unsupported", "unsupported"],
    ["P-256", curve("P-256"), "accepted", "accepted"],
    ["P-384", curve("P-384"), "accepted", "accepted"],
    ["P-521", curve("P-521"), "accepted", "accepted"],
    ["another curve", curve("1.3.132.0.10"), "unsupported", "unsupported"],
    ["explicit parameters", curve(null), "unsupported", "unsupported"],
    ["an algorithm that nobody knows", withKey({ algorithm: "unknown" }), "unsupported", "unsupported"],
  ])("%s", (_, certificate, now, old) => {
    expect(words(judgeKey, certificate)).toEqual([now, old]);
  });
});

describe("what only old mail may have", () => {
  const END = Date.UTC(2018, 0, 14);
  const key = (change: Partial<PecIssuingKey>): PecIssuingKey => ({
    spkiSha256: template.spkiSha256,
    name: "Old CA",
    from: null,
    until: END,
    requiredPolicy: null,
    emailProtectionRequired: false,
    criticalKeyUsageRequired: false,
    weakAlgorithmsAccepted: true,
    ...change,
  });
  const shipped = { origin: "shipped", usableUntil: null } as const;

  it("is accepted below an issuing key of that time, before its end", () => {
    expect(acceptsWeakAlgorithms([key({})], template, shipped, END - 1)).toBe(true);
    expect(acceptsWeakAlgorithms([key({})], template, shipped, END)).toBe(false);
    expect(acceptsWeakAlgorithms([key({ weakAlgorithmsAccepted: false })], template, shipped, END - 1)).toBe(false);
    expect(acceptsWeakAlgorithms([key({ spkiSha256: "00" })], template, shipped, END - 1)).toBe(false);
    expect(acceptsWeakAlgorithms([key({})], undefined, shipped, END - 1)).toBe(false);
  });

  it("is accepted below an anchor that a person added for old mail alone", () => {
    const until = (usableUntil: number | null) => ({ origin: "user", usableUntil }) as const;
    expect(acceptsWeakAlgorithms([], template, until(END), END - 1)).toBe(true);
    expect(acceptsWeakAlgorithms([], template, until(END), END)).toBe(false);
    expect(acceptsWeakAlgorithms([], template, until(END + 1), END - 1)).toBe(false);
    expect(acceptsWeakAlgorithms([], template, until(null), END - 1)).toBe(false);
  });
});
