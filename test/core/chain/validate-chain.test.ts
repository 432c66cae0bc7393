import { describe, expect, it } from "vitest";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import type { ChainResult } from "../../../src/core/chain/chain-result.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import type { TrustAnchor } from "../../../src/core/trust/trust-types.ts";
import type { CertificateDescription } from "../../provider/certificate-builder.ts";
import { boolean, nullValue, octetString, printableString, sequence, tlv, integer } from "../../provider/der.ts";
import {
  anchorOf,
  AT,
  named,
  newAuthority,
  newKeys,
  newLeaf,
  newRoot,
  newRsaKeys,
  trusting,
  type Authority,
} from "./test-hierarchy.ts";

const email = { at: AT, purpose: "email" } as const;
const SECOND = 1_000;

const codes = (result: ChainResult): readonly string[] => result.problems.map(({ code }) => code);

/** A hierarchy of root, one CA and signer with one thing changed in each, judged for e-mail. */
async function judge(changes: {
  readonly root?: Partial<CertificateDescription>;
  readonly authority?: Partial<CertificateDescription>;
  readonly leaf?: Partial<CertificateDescription>;
  readonly at?: number;
}): Promise<ChainResult> {
  const root = await newRoot("Root", changes.root);
  const authority = await newAuthority(root, "CA", changes.authority);
  const leaf = await newLeaf(authority, changes.leaf);
  return validateChain(leaf, [authority.certificate], trusting(root), { ...email, at: changes.at ?? AT });
}

describe("a path that obeys every rule", () => {
  it("passes, signer first and anchor last", async () => {
    const root = await newRoot();
    const authority = await newAuthority(root, "CA", { basicConstraints: { ca: true, pathLength: 0 } });
    const leaf = await newLeaf(authority);
    const result = await validateChain(leaf, [authority.certificate], trusting(root), email);
    expect(result.outcome).toBe("PASSED");
    expect(result.path).toEqual([leaf, authority.certificate, root.certificate]);
    expect(result.anchor?.certificate).toBe(root.certificate);
    expect(result.problems).toEqual([]);
    expect(result.weaknesses).toEqual([]);
  });

  it("needs no intermediate when the anchor issued the signer", async () => {
    const root = await newRoot();
    const result = await validateChain(await newLeaf(root), [], trusting(root), email);
    expect(result.outcome).toBe("PASSED");
    expect(result.path).toHaveLength(2);
  });

  it("takes the intermediate from the shipped ones when the message carries none", async () => {
    const root = await newRoot();
    const authority = await newAuthority(root, "CA");
    const authorities = trusting(root, { intermediates: [authority.certificate] });
    expect((await validateChain(await newLeaf(authority), [], authorities, email)).outcome).toBe("PASSED");
  });

  it.each(["signer", "anchor", "both"])("passes when the list of intermediates also holds the %s", async (which) => {
    const root = await newRoot();
    const leaf = await newLeaf(root);
    const extra = [...(which === "anchor" ? [] : [leaf]), ...(which === "signer" ? [] : [root.certificate])];
    expect((await validateChain(leaf, extra, trusting(root), email)).outcome).toBe("PASSED");
  });

  it("passes with RSA, RSA-PSS and every supported curve", async () => {
    for (const [keys, pss] of [
      [newRsaKeys(2048), false],
      [newRsaKeys(2048), true],
      [newKeys("P-384"), false],
      [newKeys("P-521"), false],
    ] as const) {
      const root = await newRoot("Root", {}, keys);
      const leaf = await newLeaf(root, { pss, digest: "SHA-512" });
      expect(codes(await validateChain(leaf, [], trusting(root), email))).toEqual([]);
    }
  });

  it("compares names without regard to case, blanks and string type (RFC 5280 §7.1)", async () => {
    const root = await newRoot("Root of Tests");
    const issuer = [
      { type: "C", value: "it" },
      { type: "O", value: " TEST ", encode: printableString },
      { type: "CN", value: "root  OF tests", encode: printableString },
    ] as const;
    expect((await validateChain(await newLeaf(root, { issuer }), [], trusting(root), email)).outcome).toBe("PASSED");
    const other = await newLeaf(root, { issuer: named("RootofTests") });
    expect(codes(await validateChain(other, [], trusting(root), email))).toEqual(["NO_PATH"]);
  });
});

describe("time", () => {
  it("includes both ends of the validity and nothing beyond", async () => {
    const root = await newRoot();
    const leaf = await newLeaf(root, { notBefore: AT, notAfter: AT + 10 * SECOND });
    const at = (moment: number): Promise<ChainResult> =>
      validateChain(leaf, [], trusting(root), { purpose: "email", at: moment });
    expect(codes(await at(AT - SECOND))).toEqual(["NOT_YET_VALID"]);
    expect(codes(await at(AT))).toEqual([]);
    expect(codes(await at(AT + 10 * SECOND))).toEqual([]);
    expect(codes(await at(AT + 11 * SECOND))).toEqual(["EXPIRED"]);
  });

  it("is asked of every CA and of the anchor", async () => {
    expect(codes(await judge({ authority: { notAfter: AT - SECOND } }))).toEqual(["EXPIRED"]);
    expect(codes(await judge({ authority: { notBefore: AT + SECOND } }))).toEqual(["NOT_YET_VALID"]);
    expect(codes(await judge({ root: { notAfter: AT - SECOND } }))).toEqual(["ANCHOR_USE_ENDED"]);
  });

  it("accepts an anchor that has expired since", async () => {
    const root = await newRoot("Root", { notAfter: AT + SECOND });
    expect((await validateChain(await newLeaf(root), [], trusting(root), email)).outcome).toBe("PASSED");
  });

  it("ends the use of an anchor when its data says so", async () => {
    const root = await newRoot();
    const leaf = await newLeaf(root);
    const until = (usableUntil: number) => trusting(root, { anchors: [anchorOf(root, { usableUntil })] });
    expect((await validateChain(leaf, [], until(AT), email)).outcome).toBe("PASSED");
    expect(codes(await validateChain(leaf, [], until(AT - 1), email))).toEqual(["ANCHOR_USE_ENDED"]);
  });

  it("ends the use of an anchor that is itself the signer", async () => {
    const root = await newRoot();
    const any = { at: AT, purpose: "any" } as const;
    const within = (limits: Partial<TrustAnchor>) => trusting(root, { anchors: [anchorOf(root, limits)] });
    expect((await validateChain(root.certificate, [], within({}), any)).path).toEqual([root.certificate]);
    for (const limits of [{ usableUntil: AT - 1 }, { onlyIssuingKeys: [root.certificate.spkiSha256] }]) {
      expect(codes(await validateChain(root.certificate, [], within(limits), any))).toEqual(["ANCHOR_USE_ENDED"]);
    }
  });

  it("lets an anchor stand only above the issuing keys named for it", async () => {
    const root = await newRoot();
    const good = await newAuthority(root, "Good");
    const other = await newAuthority(root, "Other");
    const authorities = trusting(root, {
      anchors: [anchorOf(root, { onlyIssuingKeys: [good.certificate.spkiSha256] })],
    });
    const under = async (authority: Authority): Promise<ChainResult> =>
      validateChain(await newLeaf(authority), [authority.certificate], authorities, email);
    expect((await under(good)).outcome).toBe("PASSED");
    expect(codes(await under(other))).toEqual(["ANCHOR_USE_ENDED"]);
    expect(codes(await validateChain(await newLeaf(root), [], authorities, email))).toEqual(["ANCHOR_USE_ENDED"]);
  });
});

describe("the rules of a CA", () => {
  it.each<[string, Partial<CertificateDescription>, string]>([
    ["is no CA", { basicConstraints: { ca: false } }, "BASIC_CONSTRAINTS"],
    ["may not sign certificates", { keyUsage: { bits: ["digitalSignature"] } }, "KEY_USAGE"],
    ["is for web servers", { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] }, "EXTENDED_KEY_USAGE"],
    [
      "has an unknown critical extension",
      { extraExtensions: [{ oid: "1.2.3.4", critical: true, value: nullValue() }] },
      "UNKNOWN_CRITICAL_EXTENSION",
    ],
    [
      "has an extension twice",
      { extraExtensions: [{ oid: "2.5.29.19", value: sequence(boolean(true)) }] },
      "DEFECTIVE_CERTIFICATE",
    ],
    [
      "has a malformed extension",
      { extraExtensions: [{ oid: "2.5.29.36", value: octetString(new Uint8Array()) }] },
      "DEFECTIVE_CERTIFICATE",
    ],
    [
      "names another algorithm inside",
      { innerAlgorithm: sequence(tlv(6, Uint8Array.of(42, 3))) },
      "DEFECTIVE_CERTIFICATE",
    ],
  ])("refuses a CA that %s", async (_, change, code) => {
    expect(codes(await judge({ authority: change }))).toEqual([code]);
  });

  it("refuses an anchor that breaks them too", async () => {
    expect(codes(await judge({ root: { basicConstraints: { ca: true, pathLength: 0 } } }))).toEqual(["PATH_LENGTH"]);
    const nameConstraints = { permitted: [{ rfc822Name: "elsewhere.test" }] };
    expect(codes(await judge({ root: { nameConstraints } }))).toEqual(["NAME_CONSTRAINTS"]);
  });

  it("counts the path length without self-issued certificates", async () => {
    const root = await newRoot("Root", { basicConstraints: { ca: true, pathLength: 1 } });
    const first = await newAuthority(root, "CA", { basicConstraints: { ca: true, pathLength: 0 } });
    const rolled = await newAuthority(first, "CA");
    const second = await newAuthority(rolled, "Second");
    const intermediates = [first, rolled, second].map(({ certificate }) => certificate);
    const passed = await validateChain(await newLeaf(rolled), intermediates, trusting(root), email);
    expect(passed.outcome).toBe("PASSED");
    expect(passed.path).toHaveLength(4);
    const failed = await validateChain(await newLeaf(second), intermediates, trusting(root), email);
    expect(new Set(codes(failed))).toEqual(new Set(["PATH_LENGTH"]));
  });

  it("applies name constraints to every certificate below, critical or not", async () => {
    const nameConstraints = { permitted: [{ rfc822Name: "elsewhere.test" }], critical: false };
    expect(codes(await judge({ authority: { nameConstraints } }))).toEqual(["NAME_CONSTRAINTS"]);
    const directory = { permitted: [{ directoryName: [{ type: "C", value: "FR" }] }] } as const;
    const result = await judge({ root: { nameConstraints: directory } });
    expect(new Set(codes(result))).toEqual(new Set(["NAME_CONSTRAINTS"]));
    expect(result.problems.every(({ certificate }) => certificate === 2)).toBe(true);
  });

  it("refuses what only carries a CA's name", async () => {
    const root = await newRoot();
    const real = await newAuthority(root, "CA");
    const impostor = { ...real, keys: newKeys() };
    const leaf = await newLeaf(impostor);
    expect(codes(await validateChain(leaf, [real.certificate], trusting(root), email))).toEqual(["NO_PATH"]);
  });

  it("calls a signature wrong that names the key it fails under", async () => {
    const root = await newRoot();
    const leaf = await newLeaf(root);
    const damaged = { ...leaf, signature: leaf.signature.slice() };
    damaged.signature[12] = (damaged.signature[12] ?? 0) ^ 1;
    expect(codes(await validateChain(damaged, [], trusting(root), email))).toEqual(["SIGNATURE_INVALID"]);
  });
});

describe("the rules of the signer", () => {
  it.each<[string, Partial<CertificateDescription>, string]>([
    ["is a CA", { basicConstraints: { ca: true } }, "BASIC_CONSTRAINTS"],
    ["may only encipher keys", { keyUsage: { bits: ["keyEncipherment"] } }, "KEY_USAGE"],
    ["is for web clients", { extendedKeyUsage: ["1.3.6.1.5.5.7.3.2"] }, "EXTENDED_KEY_USAGE"],
    [
      "has an unknown critical extension",
      { extraExtensions: [{ oid: "1.2.3.4", critical: true, value: nullValue() }] },
      "UNKNOWN_CRITICAL_EXTENSION",
    ],
  ])("refuses a signer that %s", async (_, change, code) => {
    expect(codes(await judge({ leaf: change }))).toEqual([code]);
  });

  it.each<[string, Partial<CertificateDescription>]>([
    ["nonRepudiation alone", { keyUsage: { bits: ["nonRepudiation"] } }],
    ["any extended key usage", { extendedKeyUsage: ["2.5.29.37.0"] }],
    ["an unknown extension that is not critical", { extraExtensions: [{ oid: "1.2.3.4", value: nullValue() }] }],
    ["critical policies", { extraExtensions: [{ oid: "2.5.29.54", critical: true, value: integer(0) }] }],
  ])("accepts %s", async (_, change) => {
    expect(codes(await judge({ leaf: change }))).toEqual([]);
  });

  it("leaves usage and mailbox aside for purpose any", async () => {
    const root = await newRoot();
    const leaf = await newLeaf(root, { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"], keyUsage: { bits: ["keyAgreement"] } });
    const any = { at: AT, purpose: "any", email: "nobody@pec.test" } as const;
    expect((await validateChain(leaf, [], trusting(root), any)).outcome).toBe("PASSED");
    expect((await validateChain(leaf, [], trusting(root), email)).outcome).toBe("FAILED");
  });

  it("compares the address asked for, the domain without regard to case", async () => {
    const root = await newRoot();
    const leaf = await newLeaf(root);
    const asked = (address: string): Promise<ChainResult> =>
      validateChain(leaf, [], trusting(root), { ...email, email: address });
    expect(codes(await asked("posta-certificata@PEC.Test"))).toEqual([]);
    expect(codes(await asked("Posta-certificata@pec.test"))).toEqual(["EMAIL_ADDRESS"]);
    expect(codes(await asked("posta-certificata@pec.test.example"))).toEqual(["EMAIL_ADDRESS"]);
  });
});

describe("algorithms", () => {
  const rsa = newRsaKeys(2048);
  const smallKeys = newRsaKeys(1024);

  it("refuses SHA-1, MD5 and RSA under 2048 bits", async () => {
    const root = await newRoot("Root", {}, rsa);
    const judged = async (leaf: Promise<Certificate>): Promise<readonly string[]> =>
      codes(await validateChain(await leaf, [], trusting(root), email));
    expect(await judged(newLeaf(root, { digest: "SHA-1" }))).toEqual(["ALGORITHM_REFUSED"]);
    expect(await judged(newLeaf(root, { digest: "MD5" }))).toEqual(["ALGORITHM_REFUSED"]);
    expect(await judged(newLeaf(root, {}, smallKeys))).toEqual(["ALGORITHM_REFUSED"]);
  });

  it("does not ask how an anchor signed itself", async () => {
    const root = await newRoot("Root", { digest: "SHA-1" }, rsa);
    expect((await validateChain(await newLeaf(root), [], trusting(root), email)).outcome).toBe("PASSED");
  });

  it("accepts them below an issuing key of the old time, before its end, and says so", async () => {
    const root = await newRoot("Root", {}, rsa);
    const authority = await newAuthority(root, "CA", { digest: "SHA-1" }, newRsaKeys(2048));
    const leaf = await newLeaf(authority, { digest: "SHA-1" }, smallKeys);
    const authorities = (until: number) =>
      trusting(root, {
        issuingKeys: [
          {
            spkiSha256: authority.certificate.spkiSha256,
            name: "Old CA",
            from: null,
            until,
            requiredPolicy: null,
            emailProtectionRequired: false,
            criticalKeyUsageRequired: false,
            weakAlgorithmsAccepted: true,
          },
        ],
      });
    const passed = await validateChain(leaf, [authority.certificate], authorities(AT + 1), email);
    expect(passed.outcome).toBe("PASSED");
    expect(new Set(passed.weaknesses)).toEqual(new Set(["WEAK_KEY", "SHA1_CERTIFICATE"]));
    const failed = await validateChain(leaf, [authority.certificate], authorities(AT), email);
    expect(new Set(codes(failed))).toEqual(new Set(["ALGORITHM_REFUSED"]));
    expect(failed.weaknesses).toEqual([]);
  });

  it("calls an unknown curve unsupported, not invalid, in an authority and in a signer", async () => {
    const unknown = await newRoot("Root", {}, newKeys("secp256k1"));
    const above = await validateChain(await newLeaf(unknown), [], trusting(unknown), email);
    expect([above.outcome, above.problems]).toEqual([
      "INDETERMINATE",
      [{ code: "ALGORITHM_UNSUPPORTED", certificate: 1, detail: "1.3.132.0.10" }],
    ]);
    const root = await newRoot();
    const signer = await validateChain(await newLeaf(root, {}, newKeys("secp256k1")), [], trusting(root), email);
    expect([signer.outcome, codes(signer)]).toEqual(["INDETERMINATE", ["ALGORITHM_UNSUPPORTED"]]);
  });

  it("takes a refused algorithm for no proof of forgery, but a broken rule beside it for one", async () => {
    const root = await newRoot("Root", {}, rsa);
    const weak = await validateChain(await newLeaf(root, { digest: "SHA-1" }), [], trusting(root), email);
    expect([weak.outcome, codes(weak)]).toEqual(["INDETERMINATE", ["ALGORITHM_REFUSED"]]);
    const authority = await newLeaf(root, { digest: "SHA-1", basicConstraints: { ca: true } });
    const both = await validateChain(authority, [], trusting(root), email);
    expect([both.outcome, new Set(codes(both))]).toEqual([
      "FAILED",
      new Set(["ALGORITHM_REFUSED", "BASIC_CONSTRAINTS"]),
    ]);
  });
});

describe("the search", () => {
  it("tries every issue of a CA with one key, in whatever order they come", async () => {
    const root = await newRoot();
    const keys = newKeys();
    const permitting = (domain: string, change: Partial<CertificateDescription> = {}): Promise<Authority> =>
      newAuthority(root, "CA", { nameConstraints: { permitted: [{ rfc822Name: domain }] }, ...change }, keys);
    const issues = [
      await permitting("a.test"),
      await permitting("pec.test", { notAfter: AT - SECOND }),
      await permitting("pec.test"),
      await permitting("b.test"),
    ];
    const leaf = await newLeaf(issues[0] ?? root);
    const certificates = issues.map(({ certificate }) => certificate);
    for (const order of [
      certificates,
      certificates.toReversed(),
      [...certificates.slice(2), ...certificates.slice(0, 2)],
    ]) {
      const result = await validateChain(leaf, order, trusting(root), email);
      expect(result.outcome).toBe("PASSED");
      expect(result.path[1]).toBe(certificates[2]);
    }
    const without = certificates.filter((_, index) => index !== 2);
    for (const order of [without, without.toReversed()]) {
      const result = await validateChain(leaf, order, trusting(root), email);
      // A rule broken under a CA of the time explains more than a CA of another time.
      expect(codes(result)).toEqual(["NAME_CONSTRAINTS"]);
      expect(result.path[1]?.notAfter).toBeGreaterThan(AT);
    }
  });

  it("goes back from a dead end: cross-certificates", async () => {
    const trusted = await newRoot("Trusted");
    const untrusted = await newRoot("Untrusted");
    const keys = newKeys();
    const middle = await newAuthority(untrusted, "Middle", {}, keys);
    const cross = await newAuthority(trusted, "Middle", {}, keys);
    const authority = await newAuthority(middle, "CA");
    const intermediates = [untrusted, middle, cross, authority].map(({ certificate }) => certificate);
    const result = await validateChain(await newLeaf(authority), intermediates, trusting(trusted), email);
    expect(result.outcome).toBe("PASSED");
    expect(result.path[2]).toBe(cross.certificate);
  });

  it("reports no path when no anchor is reached", async () => {
    const root = await newRoot();
    const stranger = await newRoot("Stranger");
    const leaf = await newLeaf(stranger);
    const result = await validateChain(leaf, [stranger.certificate], trusting(root), email);
    expect(codes(result)).toEqual(["NO_PATH"]);
    expect(result.path).toEqual([leaf]);
    expect(result.anchor).toBeNull();
  });

  it("lets the denied list win over everything", async () => {
    const root = await newRoot();
    const authority = await newAuthority(root, "CA");
    const leaf = await newLeaf(authority);
    for (const sha256 of [leaf.sha256, leaf.spkiSha256, authority.certificate.spkiSha256, root.certificate.sha256]) {
      const denied = [{ sha256, reason: "stolen" }];
      const result = await validateChain(leaf, [authority.certificate], trusting(root, { denied }), email);
      expect(result.problems).toMatchObject([{ code: "DENIED", detail: "stolen" }]);
    }
  });

  it("ends soon with two CAs that certify each other", async () => {
    const root = await newRoot();
    const first = { ...(await newRoot("First")) };
    const second = await newAuthority(first, "Second");
    const back = await newAuthority(second, "First", {}, first.keys);
    const intermediates = [first, second, back].map(({ certificate }) => certificate);
    const result = await validateChain(await newLeaf(second), intermediates, trusting(root), email);
    expect(codes(result)).toEqual(["NO_PATH"]);
  });

  it("ends soon in a mesh of CAs that all certify each other", async () => {
    const root = await newRoot();
    const members = await Promise.all(Array.from({ length: 9 }, (_, index) => newRoot(`Member ${index}`)));
    const mesh: Certificate[] = [];
    for (const issuer of members) {
      for (const subject of members) {
        if (issuer === subject) continue;
        const { value = "" } = subject.name.at(-1) ?? {};
        mesh.push((await newAuthority(issuer, value, {}, subject.keys)).certificate);
      }
    }
    const [first = root] = members;
    const result = await validateChain(await newLeaf(first), mesh, trusting(root), email);
    expect(codes(result)).toEqual(["BUDGET_EXHAUSTED"]);
  });

  it("finds the known issuer below a flood of 3,000 certificates of its name", async () => {
    const root = await newRoot();
    const authority = await newAuthority(root, "CA");
    const template = (await newAuthority(root, "CA")).certificate;
    // Only hashes differ: what the search sees is 3,000 CAs of one name and as many keys.
    const flood = Array.from({ length: 3_000 }, (_, index): Certificate => {
      const sha256 = index.toString(16).padStart(64, "0");
      return { ...template, sha256, spkiSha256: sha256 };
    });
    const leaf = await newLeaf(authority);
    const known = trusting(root, { intermediates: [authority.certificate] });
    expect((await validateChain(leaf, flood, known, email)).outcome).toBe("PASSED");
    expect(codes(await validateChain(leaf, flood, trusting(root), email))).toEqual(["BUDGET_EXHAUSTED"]);
  });

  it("stops at the longest path anybody builds", async () => {
    const root = await newRoot();
    let top = root;
    const intermediates: Certificate[] = [];
    for (let depth = 0; depth < 6; depth++) {
      top = await newAuthority(top, `CA ${depth}`);
      intermediates.push(top.certificate);
    }
    const leaf = await newLeaf(top);
    expect((await validateChain(leaf, intermediates, trusting(root), email)).outcome).toBe("PASSED");
    const tooDeep = await newAuthority(top, "CA 6");
    const result = await validateChain(
      await newLeaf(tooDeep),
      [...intermediates, tooDeep.certificate],
      trusting(root),
      email,
    );
    expect(codes(result)).toEqual(["NO_PATH"]);
  });
});
