import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createUserAnchors } from "../../../src/app/trust/user-anchors.ts";
import type { TrustedAuthorities } from "../../../src/core/index.ts";
import { rootCertificate, SIGNERS, unknownRootCertificate } from "../../provider/test-authority.ts";
import { memorySettings } from "../fakes.ts";

const NOW = Date.UTC(2026, 10, 22);
const base64 = (der: Uint8Array): string => Buffer.from(der).toString("base64");
const sha256 = (der: Uint8Array): string => createHash("sha256").update(der).digest("hex");
const EMPTY: TrustedAuthorities = { anchors: [], issuingKeys: [], intermediates: [], denied: [] };

const asked = (der: Uint8Array, difference: object = {}) => ({
  base64: base64(der),
  fingerprint: sha256(der),
  source: "radice.pem",
  domains: [],
  notAfter: null,
  ...difference,
});

function setUp(shipped: TrustedAuthorities = EMPTY) {
  const settings = memorySettings();
  const anchors = createUserAnchors({ shipped: () => Promise.resolve(shipped), settings, now: () => NOW });
  return { anchors, settings };
}

describe("authorities of the person", () => {
  it("count from when they are added, within their scope, until they are removed, and again when put back", async () => {
    const { anchors } = setUp();
    expect((await anchors.authorities()).anchors).toEqual([]);
    const notAfter = Date.UTC(2030, 0, 1);
    expect(await anchors.add(asked(unknownRootCertificate, { domains: [" PEC.Esempio.it "], notAfter }))).toBeNull();
    expect((await anchors.authorities()).anchors).toMatchObject([
      {
        origin: "user",
        usableUntil: notAfter,
        onlyDomains: ["pec.esempio.it"],
        source: "radice.pem",
        date: "2026-11-22",
      },
    ]);
    const [added] = (await anchors.report()).added;
    expect(added).toMatchObject({ problem: null, anchor: { sha256: sha256(unknownRootCertificate), addedAt: NOW } });
    await anchors.remove(sha256(unknownRootCertificate));
    expect((await anchors.authorities()).anchors).toEqual([]);
    if (added !== undefined) await anchors.restore(added.anchor);
    expect((await anchors.authorities()).anchors).toHaveLength(1);
  });

  it.each([
    ["the fingerprint is another", { fingerprint: sha256(rootCertificate) }, "anchor-fingerprint-differs"],
    ["no fingerprint was typed", { fingerprint: "" }, "anchor-fingerprint-differs"],
    ["a domain is none", { domains: ["esempio"] }, "anchor-domain-malformed"],
    ["a domain is an address", { domains: ["a@pec.esempio.it"] }, "anchor-domain-malformed"],
    ["it is no certificate", { base64: "AAAA" }, "anchor-not-a-certificate"],
    ["it is no base64", { base64: "-----" }, "anchor-not-a-certificate"],
    ["it is a provider's own", asked(SIGNERS.good.certificate), "anchor-not-a-ca"],
  ])("are refused when %s", async (_, difference, code) => {
    const { anchors, settings } = setUp();
    expect(await anchors.add(asked(unknownRootCertificate, difference))).toBe(code);
    expect(await settings.read()).toEqual({});
  });

  it("are refused when they are known or denied", async () => {
    const { anchors } = setUp();
    await anchors.add(asked(unknownRootCertificate));
    expect(await anchors.add(asked(unknownRootCertificate))).toBe("anchor-already-known");
    const denying = setUp({ ...EMPTY, denied: [{ sha256: sha256(rootCertificate), reason: "test" }] });
    expect(await denying.anchors.add(asked(rootCertificate))).toBe("anchor-denied");
  });

  it("are left out, and the shipped ones stand, when the settings cannot be read", async () => {
    const { anchors, settings } = setUp();
    await anchors.add(asked(unknownRootCertificate));
    settings.read = () => Promise.reject(new Error("gone"));
    expect((await anchors.authorities()).anchors).toEqual([]);
  });
});
