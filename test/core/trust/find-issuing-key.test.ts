import { describe, expect, it } from "vitest";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import { findIssuingKey, type IssuingAuthority } from "../../../src/core/trust/find-issuing-key.ts";
import { PROVIDER_POLICY } from "../../../src/core/trust/pec-issuing-keys.ts";
import type { PecIssuingKey, TrustedAuthorities } from "../../../src/core/trust/trust-types.ts";
import { withAuthorities, withUserAnchors } from "../../../src/core/trust/with-user-anchors.ts";
import type { CertificateDescription } from "../../provider/certificate-builder.ts";
import {
  anchorOf,
  AT,
  newAuthority,
  newKeys,
  newLeaf,
  newRoot,
  trusting,
  type Authority,
} from "../chain/test-hierarchy.ts";
import { added } from "./user-anchor-samples.ts";

const NOTHING: TrustedAuthorities = { anchors: [], issuingKeys: [], intermediates: [], denied: [] };

const keyOf = ({ certificate }: Authority, change: Partial<PecIssuingKey> = {}): PecIssuingKey => ({
  spkiSha256: certificate.spkiSha256,
  name: "Test key",
  from: null,
  until: null,
  requiredPolicy: PROVIDER_POLICY,
  emailProtectionRequired: true,
  criticalKeyUsageRequired: true,
  weakAlgorithmsAccepted: false,
  ...change,
});

const provider: Partial<CertificateDescription> = { certificatePolicies: [PROVIDER_POLICY] };

/** Standing of a signer below `issuer`, whose path must pass. */
async function standing(
  issuer: Authority,
  authorities: TrustedAuthorities,
  leaf: Partial<CertificateDescription> = provider,
): Promise<IssuingAuthority> {
  const chain = await validateChain(await newLeaf(issuer, leaf), [issuer.certificate], authorities, {
    at: AT,
    purpose: "email",
  });
  expect(chain.problems).toEqual([]);
  return findIssuingKey(authorities, chain, AT);
}

describe("below a shipped root", () => {
  it("a known key makes a PEC authority, whatever the issue of its certificate", async () => {
    const root = await newRoot();
    const keys = newKeys();
    const known = await newAuthority(root, "CA", {}, keys);
    const newer = await newAuthority(root, "CA", { notAfter: AT + 10_000 }, keys);
    const authorities = trusting(root, { issuingKeys: [keyOf(known)] });
    expect(await standing(newer, authorities)).toEqual({ standing: "PEC_AUTHORITY", key: keyOf(known) });
  });

  it("the same name with another key does not", async () => {
    const root = await newRoot();
    const known = await newAuthority(root, "CA");
    const namesake = await newAuthority(root, "CA");
    const authorities = trusting(root, { issuingKeys: [keyOf(known)] });
    expect(await standing(namesake, authorities)).toEqual({ standing: "NOT_A_PEC_AUTHORITY" });
  });

  it("a root alone does not: neither itself nor a CA below the known one", async () => {
    const root = await newRoot();
    const known = await newAuthority(root, "CA");
    const below = await newAuthority(known, "Below");
    const authorities = trusting(root, { issuingKeys: [keyOf(known)], intermediates: [known.certificate] });
    expect(await standing(root, authorities)).toEqual({ standing: "NOT_A_PEC_AUTHORITY" });
    expect(await standing(below, authorities)).toEqual({ standing: "NOT_A_PEC_AUTHORITY" });
  });

  it.each<[string, Partial<CertificateDescription>, readonly string[]]>([
    ["no policy", {}, ["POLICY"]],
    ["another policy", { certificatePolicies: ["1.3.76.16.3.1"] }, ["POLICY"]],
    ["no e-mail usage named", { ...provider, extendedKeyUsage: ["2.5.29.37.0"] }, ["EMAIL_PROTECTION"]],
    [
      "a keyUsage that is not critical",
      { ...provider, keyUsage: { bits: ["digitalSignature"], critical: false } },
      ["CRITICAL_KEY_USAGE"],
    ],
  ])("a certificate with %s is not a provider's", async (_, leaf, missing) => {
    const root = await newRoot();
    const known = await newAuthority(root, "CA");
    const authorities = trusting(root, { issuingKeys: [keyOf(known)] });
    expect(await standing(known, authorities, leaf)).toMatchObject({ standing: "REQUIREMENTS_MISSING", missing });
    const lenient = keyOf(known, {
      requiredPolicy: null,
      emailProtectionRequired: false,
      criticalKeyUsageRequired: false,
    });
    expect(await standing(known, { ...authorities, issuingKeys: [lenient] }, leaf)).toMatchObject({
      standing: "PEC_AUTHORITY",
    });
  });

  it("a key counts in its period only", async () => {
    const root = await newRoot();
    const known = await newAuthority(root, "CA");
    for (const period of [{ from: AT + 1 }, { until: AT - 1 }]) {
      const authorities = trusting(root, { issuingKeys: [keyOf(known, period)] });
      expect(await standing(known, authorities)).toMatchObject({ missing: ["PERIOD"] });
    }
  });

  it("an unknown key of AgID is a newer one, but not its CA for web servers", async () => {
    const root = await newRoot();
    const subject = [
      { type: "C", value: "IT" },
      { type: "O", value: "Agenzia per l'Italia Digitale" },
      { type: "CN", value: "AgID CA 2031" },
    ] as const;
    const issue = async (change: Partial<CertificateDescription>): Promise<Authority> => ({
      ...(await newAuthority(root, "", { subject, ...change }, newKeys())),
      name: subject,
    });
    const described = { certificatePolicies: ["1.3.76.16.3.1"], extendedKeyUsage: ["1.3.6.1.5.5.7.3.4"] };
    const leafBelow = async (change: Partial<CertificateDescription>): Promise<string> => {
      const authority = await issue(change);
      return findIssuingKey(
        trusting(root),
        { path: [await newLeaf(authority), authority.certificate, root.certificate], anchor: anchorOf(root) },
        AT,
      ).standing;
    };
    expect(await leafBelow(described)).toBe("NEWER_PEC_AUTHORITY");
    expect(await leafBelow({ ...described, extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] })).toBe("NOT_A_PEC_AUTHORITY");
    expect(await leafBelow({ ...described, certificatePolicies: ["1.2.3"] })).toBe("NOT_A_PEC_AUTHORITY");
    const namesake = { ...described, subject: [{ type: "O", value: "Agenzia per l'Italia" }] } as const;
    expect(await leafBelow(namesake)).toBe("NOT_A_PEC_AUTHORITY");
  });
});

describe("below an anchor the person added", () => {
  it("any CA counts, and the anchor itself, but only for a provider's certificate", async () => {
    const root = await newRoot();
    const authority = await newAuthority(root, "CA");
    const { authorities } = await withUserAnchors(NOTHING, [added(root)]);
    const person = { subjectAltName: [{ rfc822Name: "mario.rossi@pec.test" }] };
    for (const issuer of [root, authority]) {
      expect(await standing(issuer, authorities, {})).toEqual({ standing: "USER_ADDED" }); // service address
      expect(await standing(issuer, authorities, { ...person, ...provider })).toEqual({ standing: "USER_ADDED" });
      expect(await standing(issuer, authorities, person)).toEqual({ standing: "NOT_A_PEC_AUTHORITY" });
    }
  });
});

describe("withAuthorities", () => {
  it("adds an authority as if it were shipped", async () => {
    const root = await newRoot();
    const issuer = await newAuthority(root, "CA");
    const authorities = withAuthorities(NOTHING, { anchors: [anchorOf(root)], issuingKeys: [keyOf(issuer)] });
    expect(await standing(issuer, authorities)).toMatchObject({ standing: "PEC_AUTHORITY" });
  });
});
