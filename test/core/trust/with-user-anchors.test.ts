import { describe, expect, it } from "vitest";
import type { ChainResult } from "../../../src/core/chain/chain-result.ts";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import type { TrustedAuthorities } from "../../../src/core/trust/trust-types.ts";
import type { UserAnchor } from "../../../src/core/trust/user-anchor.ts";
import { withUserAnchors } from "../../../src/core/trust/with-user-anchors.ts";
import { nullValue } from "../../provider/der.ts";
import { AT, newAuthority, newLeaf, newRoot, newRsaKeys, trusting, type Authority } from "../chain/test-hierarchy.ts";
import { added } from "./user-anchor-samples.ts";

const NOTHING: TrustedAuthorities = { anchors: [], issuingKeys: [], intermediates: [], denied: [] };
const DAY = 86_400_000;

const codes = (result: ChainResult): readonly string[] => result.problems.map(({ code }) => code);

/** A signer of `posta-certificata@pec.test`, unless told otherwise, below one added root. */
async function judge(
  scope: Partial<UserAnchor>,
  { addresses = ["posta-certificata@pec.test"], at = AT }: { addresses?: readonly string[]; at?: number } = {},
): Promise<ChainResult> {
  const root = await newRoot();
  const { authorities } = await withUserAnchors(NOTHING, [added(root, scope)]);
  const leaf = await newLeaf(root, { subjectAltName: addresses.map((rfc822Name) => ({ rfc822Name })) });
  return validateChain(leaf, [], authorities, { at, purpose: "email" });
}

describe("withUserAnchors", () => {
  it("takes an authority, with source and day", async () => {
    const root = await newRoot();
    const { authorities, refused } = await withUserAnchors(NOTHING, [added(root)]);
    expect(refused).toEqual([]);
    expect(authorities.anchors).toMatchObject([
      { certificate: { sha256: root.certificate.sha256 }, origin: "user", source: "archive.pem", date: "2024-06-01" },
    ]);
    expect(NOTHING.anchors).toEqual([]);
  });

  it("names each that it does not take", async () => {
    const root = await newRoot();
    const noSigning = await newRoot("No signing", { keyUsage: { bits: ["digitalSignature"] } });
    const critical = { extraExtensions: [{ oid: "1.2.3.4", critical: true, value: nullValue() }] };
    const denied = await newRoot("Denied");
    const given: readonly UserAnchor[] = [
      added(root),
      added(root),
      added({ certificate: await newLeaf(root) }),
      added(noSigning),
      added(await newRoot("Unknown", critical)),
      added(denied),
      added(await newRoot("REM"), { system: "REM" }),
      added(await newRoot("Other"), { sha256: root.certificate.sha256 }),
      { ...added(root), base64: "AQID" },
      { ...added(root), base64: "no base64" },
      added(await newRoot("Last"), { addedAt: Number.NaN }),
    ];
    const denying = { ...NOTHING, denied: [{ sha256: denied.certificate.spkiSha256, reason: "test" }] };
    const { authorities, refused } = await withUserAnchors(denying, given);
    expect(refused.map(({ index, code }) => `${index} ${code}`)).toEqual([
      "1 ALREADY_KNOWN",
      "2 NOT_A_CA",
      "3 NOT_A_CA",
      "4 DEFECTIVE",
      "5 DENIED",
      "6 REM_NOT_VERIFIED",
      "7 FINGERPRINT_MISMATCH",
      "8 NOT_A_CERTIFICATE",
      "9 NOT_A_CERTIFICATE",
    ]);
    expect(authorities.anchors.map(({ date }) => date)).toEqual(["2024-06-01", ""]);
  });

  it("does not turn a shipped anchor into an added one", async () => {
    const root = await newRoot();
    const shipped = trusting(root);
    const { authorities, refused } = await withUserAnchors(shipped, [added(root)]);
    expect(authorities).toBe(shipped);
    expect(refused).toEqual([{ index: 0, code: "ALREADY_KNOWN" }]);
  });

  it("keeps the limits that the anchor itself states", async () => {
    const root = await newRoot("Root", { nameConstraints: { permitted: [{ rfc822Name: "other.test" }] } });
    const { authorities } = await withUserAnchors(NOTHING, [added(root)]);
    const result = await validateChain(await newLeaf(root), [], authorities, { at: AT, purpose: "email" });
    expect(codes(result)).toEqual(["NAME_CONSTRAINTS"]);
  });

  it("loses to the denied list, also where that grew after the anchor was added", async () => {
    const root = await newRoot();
    const { authorities } = await withUserAnchors(NOTHING, [added(root)]);
    const denied = [{ sha256: root.certificate.sha256, reason: "test" }];
    const result = await validateChain(
      await newLeaf(root),
      [],
      { ...authorities, denied },
      { at: AT, purpose: "email" },
    );
    expect(codes(result)).toEqual(["DENIED"]);
  });
});

describe("the scope of an added anchor", () => {
  it.each<[string, readonly string[]]>([
    ["no domain is named", []],
    ["the domain is named", ["other.test", "PEC.test"]],
    ["one above it is named", ["test"]],
  ])("covers a signer when %s", async (_, domains) => {
    expect((await judge({ domains })).outcome).toBe("PASSED");
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["another domain", ["other.test"], ["posta-certificata@pec.test"]],
    ["a domain with the same end", ["ec.test"], ["posta-certificata@pec.test"]],
    ["one of two addresses", ["pec.test"], ["posta-certificata@pec.test", "posta-certificata@elsewhere.test"]],
  ])("does not exist for signers of %s", async (_, domains, addresses) => {
    expect(codes(await judge({ domains }, { addresses }))).toEqual(["NO_PATH"]);
  });

  it("ends at the date given", async () => {
    expect((await judge({ notAfter: AT })).outcome).toBe("PASSED");
    for (const notAfter of [AT - 1, -1e20, Number.NaN]) {
      expect(codes(await judge({ notAfter }))).toEqual(["ANCHOR_USE_ENDED"]);
    }
  });

  it("reaches the algorithms of old mail only when it is for old mail alone", async () => {
    const at = Date.UTC(2007, 5, 1);
    const life = { notBefore: at - 365 * DAY, notAfter: at + 365 * DAY };
    const root = await newRoot("CNIPA", life, newRsaKeys(2048));
    const issuer: Authority = await newAuthority(root, "CA", { ...life, digest: "SHA-1" }, newRsaKeys(1024));
    const leaf = await newLeaf(issuer, { ...life, digest: "SHA-1" });
    const judgeWith = async (notAfter: number | null): Promise<ChainResult> => {
      const { authorities } = await withUserAnchors(NOTHING, [added(root, { notAfter })]);
      return validateChain(leaf, [issuer.certificate], authorities, { at, purpose: "email" });
    };
    const old = await judgeWith(Date.UTC(2011, 0, 1));
    expect(old.outcome).toBe("PASSED");
    expect(new Set(old.weaknesses)).toEqual(new Set(["WEAK_KEY", "SHA1_CERTIFICATE"]));
    for (const notAfter of [null, Date.UTC(2019, 0, 1)]) {
      expect(new Set(codes(await judgeWith(notAfter)))).toEqual(new Set(["ALGORITHM_REFUSED"]));
    }
  });
});
