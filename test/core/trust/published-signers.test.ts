import { describe, expect, it } from "vitest";
import type { ChainResult } from "../../../src/core/chain/chain-result.ts";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import { ISSUING_CERTIFICATES } from "../../../src/core/trust/certificates/issuing-authorities.ts";
import { findIssuingKey } from "../../../src/core/trust/find-issuing-key.ts";
import { shippedAuthorities } from "../../../src/core/trust/shipped-authorities.ts";
import { published, readPublished } from "./published-certificates.ts";

const authorities = await shippedAuthorities();
const issues = new Map(
  ISSUING_CERTIFICATES.map(({ name, sha256 }): readonly [string, Certificate | undefined] => [
    name,
    authorities.intermediates.find((certificate) => certificate.sha256 === sha256),
  ]),
);
const DAY = 86_400_000;

const validate = (leaf: Certificate, at: number, intermediates: readonly Certificate[] = []): Promise<ChainResult> =>
  validateChain(leaf, intermediates, authorities, { at, purpose: "email" });

describe.each(published.signers)("the provider's signer $file", ({ file, sha256, rfc822Name, validIssuers }) => {
  it("is the one described", async () => {
    const leaf = await readPublished(file);
    expect(leaf.sha256).toBe(sha256);
    expect(leaf.extensions.subjectAltName).toContainEqual({ form: "rfc822Name", value: rfc822Name });
  });

  it("makes a PEC seal in its time, with nothing embedded", async () => {
    const leaf = await readPublished(file);
    const at = leaf.notBefore + 30 * DAY;
    const result = await validate(leaf, at);
    expect(result.outcome).toBe("PASSED");
    expect(findIssuingKey(authorities, result, at).standing).toBe("PEC_AUTHORITY");
  });

  it("passes under each issue that names it and fails under every other", async () => {
    const leaf = await readPublished(file);
    for (const [name, issue] of issues) {
      if (issue === undefined) throw new Error(name);
      // A moment in which the issue is valid, and the signer too where their lives meet.
      const at = Math.max(leaf.notBefore, issue.notBefore);
      const alone = { ...authorities, intermediates: [issue] };
      const result = await validateChain(leaf, [], alone, { at, purpose: "email" });
      expect(`${name} ${result.outcome === "PASSED"}`).toBe(`${name} ${validIssuers.includes(name)}`);
      if (result.outcome !== "PASSED") expect(result.problems).not.toEqual([]);
    }
  });

  it("is valid from the first to the last second of its life", async () => {
    const leaf = await readPublished(file);
    const problems = async (at: number): Promise<readonly string[]> =>
      (await validate(leaf, at)).problems.map(({ code }) => code);
    // Every issue is at hand, so at both ends only the signer itself can be what fails.
    expect(await problems(leaf.notBefore - 1_000)).toContain("NOT_YET_VALID");
    expect(await problems(leaf.notBefore)).toEqual([]);
    expect(await problems(leaf.notAfter)).toEqual([]);
    expect(await problems(leaf.notAfter + 1_000)).toContain("EXPIRED");
  });

  it("gives the same answer whatever the order of the certificates in the message", async () => {
    const leaf = await readPublished(file);
    const at = leaf.notBefore + 30 * DAY;
    const carried = [leaf, ...authorities.intermediates, ...authorities.anchors.map(({ certificate }) => certificate)];
    const expected = await validate(leaf, at, carried);
    for (const shift of [1, 4, 9, 15]) {
      const shuffled = [...carried.slice(shift), ...carried.slice(0, shift)].toReversed();
      expect(await validate(leaf, at, shuffled)).toEqual(expected);
    }
  });
});

describe("the DigitPA time", () => {
  it("passes in 2014 with its weaknesses named, and is refused in 2019", async () => {
    const leaf = await readPublished("aruba-2014.pem");
    const then = await validate(leaf, Date.UTC(2014, 10, 14));
    expect(then.outcome).toBe("PASSED");
    expect(new Set(then.weaknesses)).toEqual(new Set(["WEAK_KEY", "SHA1_CERTIFICATE"]));
    // Even a signer that lived on would be refused: key and digest are not acceptable any more, and the root's use has ended.
    const longLived = { ...leaf, notAfter: Date.UTC(2030, 0) };
    const later = await validate(longLived, Date.UTC(2019, 0));
    expect(later.outcome).toBe("FAILED");
    expect(later.problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["ALGORITHM_REFUSED", "ANCHOR_USE_ENDED"]),
    );
  });

  it("gives no weaknesses to the signers of AgID CA1", async () => {
    const leaf = await readPublished("aruba-2017.pem");
    expect((await validate(leaf, Date.UTC(2018, 5, 1))).weaknesses).toEqual([]);
  });
});

describe.each(published.other)("the authority $file ($role)", ({ file, sha256 }) => {
  it("is never a PEC authority, whoever it certified", async () => {
    const authority = await readPublished(file);
    expect(authority.sha256).toBe(sha256);
    const leaf = await readPublished("aruba-2023.pem");
    const at = leaf.notBefore + DAY;
    // As if a path through it had passed: the key alone must be refused.
    for (const anchor of authorities.anchors) {
      const path = [leaf, authority, anchor.certificate];
      expect(findIssuingKey(authorities, { path, anchor }, at)).toEqual({ standing: "NOT_A_PEC_AUTHORITY" });
    }
    const carried = await validateChain(
      leaf,
      [authority],
      { ...authorities, intermediates: [] },
      { at, purpose: "email" },
    );
    expect(carried.outcome).not.toBe("PASSED");
  });
});
