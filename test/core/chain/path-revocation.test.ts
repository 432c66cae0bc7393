import { describe, expect, it } from "vitest";
import type { ChainResult } from "../../../src/core/chain/chain-result.ts";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import { buildRevocationList, type RevokedEntry } from "../../provider/revocation-list-builder.ts";
import { AT, newAuthority, newKeys, newLeaf, newRoot, trusting, type Authority } from "./test-hierarchy.ts";

const DAY = 86_400_000;

/** A list of what an authority revoked; `signer`: when it signs lists with another key. */
function listOf(issuer: Authority, revoked: readonly RevokedEntry[] = [], signer: Authority = issuer): Uint8Array {
  return buildRevocationList({
    issuer: issuer.name,
    issuerPrivateKey: signer.keys.privateKey,
    thisUpdate: AT - DAY,
    nextUpdate: AT + 30 * DAY,
    number: 1,
    revoked,
  });
}

const entryOf = ({ serial }: Certificate, change: Partial<RevokedEntry> = {}): RevokedEntry => ({
  serial: BigInt(`0x${serial}`),
  revocationDate: AT - DAY,
  ...change,
});

const root = await newRoot();
const authority = await newAuthority(root, "CA");
const leaf = await newLeaf(authority);

const validate = (
  crls: readonly Uint8Array[] | undefined,
  intermediates: readonly Certificate[] = [authority.certificate],
  signer: Certificate = leaf,
): Promise<ChainResult> =>
  validateChain(signer, intermediates, trusting(root), {
    at: AT,
    purpose: "email",
    ...(crls === undefined ? {} : { crls }),
  });

const problems = ({ problems: found }: ChainResult): readonly string[] =>
  found.map(({ code, certificate, detail }) => `${code} ${certificate} ${detail}`);

describe("a path with revocation lists", () => {
  it("is not asked about without lists", async () => {
    const result = await validate(undefined);
    expect([result.outcome, result.revocation]).toEqual(["PASSED", null]);
  });

  it("passes when every certificate but the anchor is good", async () => {
    const result = await validate([listOf(authority), listOf(root)]);
    expect([result.outcome, result.revocation?.map(({ status }) => status)]).toEqual(["PASSED", ["good", "good"]]);
  });

  it("is undecided when one of them is", async () => {
    const result = await validate([listOf(authority)]);
    expect(result.outcome).toBe("INDETERMINATE");
    expect(problems(result)).toEqual(["REVOCATION_UNKNOWN 1 OTHER_ISSUER"]);
    expect((await validate([])).outcome).toBe("INDETERMINATE");
  });

  it("fails when the signer or a CA is revoked", async () => {
    const revokedLeaf = await validate([listOf(authority, [entryOf(leaf)]), listOf(root)]);
    expect([revokedLeaf.outcome, problems(revokedLeaf)]).toEqual(["FAILED", ["REVOKED 0 unspecified"]]);
    const reason = { reason: "superseded" } as const;
    const revokedCa = await validate([listOf(authority), listOf(root, [entryOf(authority.certificate, reason)])]);
    expect([revokedCa.outcome, problems(revokedCa)]).toEqual(["FAILED", ["REVOKED 1 superseded"]]);
  });

  it("stands when the revocation came later, unless the key was in other hands", async () => {
    const later = (change: Partial<RevokedEntry>): Promise<ChainResult> =>
      validate([listOf(authority, [entryOf(leaf, { revocationDate: AT + DAY, ...change })]), listOf(root)]);
    expect((await later({})).outcome).toBe("PASSED");
    expect((await later({ reason: "superseded" })).outcome).toBe("PASSED");
    expect(problems(await later({ invalidityDate: AT - DAY }))).toEqual(["REVOKED 0 unspecified"]);
    expect(problems(await later({ reason: "keyCompromise" }))).toEqual(["REVOKED 0 keyCompromise"]);
  });

  // AgID CA1: public lists call every issue but the last revoked, while the same key lives on in that one (trust-policy §2). They were
  // replaced, not compromised, so an old seal, whose own issue is such a one, must not turn red.
  it("goes through another issue of the key when one was replaced and revoked", async () => {
    const keys = newKeys();
    const replaced = await newAuthority(root, "PEC", {}, keys);
    const current = await newAuthority(root, "PEC", {}, keys);
    const signer = await newLeaf(replaced);
    const issues = [replaced.certificate, current.certificate];
    const replacedOnly = [listOf(replaced), listOf(root, [entryOf(replaced.certificate)])];
    for (const order of [issues, issues.toReversed()]) {
      const result = await validate(replacedOnly, order, signer);
      expect(result.outcome).toBe("PASSED");
      expect(result.path[1]).toBe(current.certificate);
    }
    const both = [
      listOf(replaced),
      listOf(
        root,
        issues.map((issue) => entryOf(issue)),
      ),
    ];
    expect((await validate(both, issues, signer)).outcome).toBe("FAILED");
  });

  it("takes lists that the authority signs with another key, when that key's certificate is good", async () => {
    const signing = { keyUsage: { bits: ["cRLSign"] } } as const;
    const listKey = await newAuthority(root, "CA", { basicConstraints: { ca: false }, ...signing });
    const carried = [authority.certificate, listKey.certificate];
    const lists = (revoked: readonly RevokedEntry[]) => [listOf(authority, [], listKey), listOf(root, revoked)];
    expect((await validate(lists([]), carried)).outcome).toBe("PASSED");
    expect((await validate(lists([entryOf(listKey.certificate)]), carried)).outcome).toBe("INDETERMINATE");
    expect((await validate(lists([]))).outcome).toBe("INDETERMINATE");
    const stranger = await newRoot("CA");
    const forged = [listOf(authority, [], stranger), listOf(root)];
    expect((await validate(forged, [authority.certificate, stranger.certificate])).outcome).toBe("INDETERMINATE");
  });
});

describe("plain certificates as anchors", () => {
  it("are trusted within their own limits, and nothing else is known", async () => {
    const result = await validateChain(leaf, [authority.certificate], [root.certificate], { at: AT, purpose: "email" });
    expect([result.outcome, result.anchor?.certificate]).toEqual(["PASSED", root.certificate]);
    expect((await validateChain(leaf, [], [root.certificate], { at: AT, purpose: "email" })).outcome).toBe(
      "INDETERMINATE",
    );
    expect((await validateChain(leaf, [authority.certificate], [], { at: AT, purpose: "any" })).outcome).toBe(
      "INDETERMINATE",
    );
  });
});
