// Revocation from messages, lists and answers as they come, to the verdict: every row of trust-policy §4.3 that speaks of it.
import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  inspect,
  parseCertificate,
  shippedAuthorities,
  withExtraAuthorities,
  type Inspection,
  type InspectOptions,
} from "../../../src/core/index.ts";
import { caseNamed } from "../../provider/all-cases.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";
import { at } from "../../provider/local-time.ts";
import { buildOcspResponse } from "../../provider/ocsp-builder.ts";
import { buildRevocationList, type RevocationListDescription } from "../../provider/revocation-list-builder.ts";
import {
  issuingCertificate,
  ISSUERS,
  reissuedIssuingCertificate,
  REVOCATION_LISTS,
  SIGNERS,
} from "../../provider/test-authority.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";

const SIGNED_AT = at("2026-10-20T08:17:33+02:00");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const authorities = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);

async function judge(caseName: string, options: Partial<InspectOptions> = {}): Promise<Inspection> {
  return inspect(caseNamed(caseName).bytes, { now: DEMO_NOW, anchors: authorities, ...options });
}

const issues = [await parseCertificate(issuingCertificate), await parseCertificate(reissuedIssuingCertificate)];

const verdicts = ({ signature, seal, look }: Inspection) => {
  const text = (verdict: { indication: string; subIndication: string | null } | null): string =>
    [verdict?.indication, verdict?.subIndication].filter((part) => typeof part === "string").join(" / ");
  return { signature: text(signature), seal: text(seal), remarks: [...seal.remarks].sort(), look };
};
const PASSED = "TOTAL-PASSED";

function list(
  issuer: {
    readonly name: RevocationListDescription["issuer"];
    readonly key: RevocationListDescription["issuerPrivateKey"];
  },
  changes: Partial<RevocationListDescription> = {},
): Uint8Array {
  return buildRevocationList({
    issuer: issuer.name,
    issuerPrivateKey: issuer.key,
    thisUpdate: DEMO_NOW - HOUR,
    nextUpdate: DEMO_NOW + 7 * DAY,
    number: 1,
    revoked: [],
    ...changes,
  });
}

const revoking = (
  revocationDate: number,
  reason: NonNullable<RevocationListDescription["revoked"][number]["reason"]>,
  invalidityDate?: number,
): Uint8Array =>
  list(ISSUERS.issuing, {
    revoked: [
      {
        serial: SIGNERS.revoked.serial,
        revocationDate,
        reason,
        ...(invalidityDate === undefined ? {} : { invalidityDate }),
      },
    ],
  });

describe("the signer's certificate", () => {
  it("good today: both verdicts pass, and nothing is left to remark", async () => {
    const inspection = await judge("signer-good", { crls: [REVOCATION_LISTS.nothingRevoked] });
    expect(verdicts(inspection)).toEqual({ signature: PASSED, seal: PASSED, remarks: [], look: "sealed" });
    expect(inspection.signature?.revocation).toEqual({ status: "good", thisUpdate: at("2026-11-20T00:00:00Z") });
    expect(inspection.checks.find(({ id }) => id === "revocation")).toEqual({
      id: "revocation",
      outcome: "PASSED",
      detail: { status: "good", thisUpdate: "2026-11-20T00:00:00.000Z" },
    });
    expect(inspection.signature?.signer?.crlDistributionPoints).toEqual(["http://crl.sigillo.test/pec"]);
  });

  it("not asked: a remark that does not change the look", async () => {
    const inspection = await judge("signer-good", { crls: [], ocspResponses: [] });
    expect(verdicts(inspection)).toEqual({
      signature: "INDETERMINATE / TRY_LATER",
      seal: PASSED,
      remarks: ["REVOCATION_NOT_CHECKED"],
      look: "sealed",
    });
    expect(inspection.signature?.revocation).toEqual({ status: "not-asked" });
  });

  it.each<[string, Uint8Array, string]>([
    ["rubbish", new Uint8Array([1, 2, 3]), "MALFORMED"],
    ["a list of another authority", list(ISSUERS.root), "OTHER_ISSUER"],
    [
      "a list of before",
      list(ISSUERS.issuing, { thisUpdate: SIGNED_AT - 9 * DAY, nextUpdate: SIGNED_AT - DAY }),
      "STALE",
    ],
    ["a list of tomorrow", list(ISSUERS.issuing, { thisUpdate: DEMO_NOW + DAY }), "FUTURE"],
  ])("asked, and %s decides nothing", async (_, crl, code) => {
    const inspection = await judge("signer-good", { crls: [crl], ocspResponses: [crl] });
    expect(verdicts(inspection)).toMatchObject({ seal: PASSED, remarks: ["REVOCATION_NOT_CHECKED"], look: "sealed" });
    expect(inspection.signature?.revocation).toEqual({ status: "unknown", code });
  });

  it("good as of a list of the time of signing, or one made later and past its end: the seal stands, the strict verdict waits", async () => {
    for (const [from, until] of [
      [SIGNED_AT - DAY, SIGNED_AT + DAY],
      [SIGNED_AT + DAY, SIGNED_AT + 2 * DAY],
    ] as const) {
      const inspection = await judge("signer-good", {
        crls: [list(ISSUERS.issuing, { thisUpdate: from, nextUpdate: until })],
      });
      expect(verdicts(inspection)).toEqual({
        signature: "INDETERMINATE / TRY_LATER",
        seal: PASSED,
        remarks: [],
        look: "sealed",
      });
      expect(inspection.signature?.revocation).toEqual({ status: "good", thisUpdate: Math.floor(from / 1000) * 1000 });
    }
  });

  it("expired since: today's list says nothing, one of its life does", async () => {
    const today = await judge("signer-expired-since", { crls: [REVOCATION_LISTS.nothingRevoked] });
    expect(verdicts(today)).toMatchObject({ signature: "INDETERMINATE / OUT_OF_BOUNDS_NO_POE", seal: PASSED });
    expect(today.signature?.revocation).toEqual({ status: "unknown", code: "EXPIRED_BEFORE" });
    const then = list(ISSUERS.issuing, {
      thisUpdate: at("2026-10-14T00:00:00Z"),
      nextUpdate: at("2026-10-21T00:00:00Z"),
    });
    expect(verdicts(await judge("signer-expired-since", { crls: [then] }))).toEqual({
      signature: "INDETERMINATE / OUT_OF_BOUNDS_NOT_REVOKED",
      seal: PASSED,
      remarks: ["CERTIFICATE_EXPIRED_SINCE"],
      look: "sealed-with-remarks",
    });
  });

  it.each<[string, Uint8Array, string, string, string]>([
    ["before signing", REVOCATION_LISTS.revokedBefore, "TOTAL-FAILED / REVOKED", "TOTAL-FAILED / REVOKED", "not-valid"],
    ["at signing", revoking(SIGNED_AT, "superseded"), "TOTAL-FAILED / REVOKED", "TOTAL-FAILED / REVOKED", "not-valid"],
    ["after signing", REVOCATION_LISTS.revokedAfter, "INDETERMINATE / REVOKED_NO_POE", PASSED, "sealed-with-remarks"],
    [
      "after signing, invalid since before",
      revoking(SIGNED_AT + DAY, "superseded", SIGNED_AT - DAY),
      "TOTAL-FAILED / REVOKED",
      "TOTAL-FAILED / REVOKED",
      "not-valid",
    ],
    [
      "later for a compromised key",
      REVOCATION_LISTS.keyCompromised,
      "INDETERMINATE / REVOKED_NO_POE",
      "INDETERMINATE / REVOKED_NO_POE",
      "cannot-be-verified",
    ],
    [
      "on hold before signing",
      revoking(SIGNED_AT - DAY, "certificateHold"),
      "INDETERMINATE / TRY_LATER",
      "INDETERMINATE / TRY_LATER",
      "cannot-be-verified",
    ],
  ])("revoked %s", async (_, crl, signature, seal, look) => {
    expect(verdicts(await judge("signer-revoked", { crls: [crl] }))).toMatchObject({ signature, seal, look });
  });

  it("revoked later: reason and time are told", async () => {
    const { seal, signature } = await judge("signer-revoked", { crls: [REVOCATION_LISTS.revokedAfter] });
    expect(seal.remarks).toEqual(["REVOKED_LATER"]);
    expect(signature?.revocation).toEqual({
      status: "revoked",
      reason: "superseded",
      time: at("2026-11-05T08:00:00Z"),
      thisUpdate: at("2026-11-20T00:00:00Z"),
    });
  });

  it("by OCSP as by lists", async () => {
    const answer = (status: "good" | { readonly revokedAt: number }): Uint8Array =>
      buildOcspResponse({
        issuer: { name: ISSUERS.issuing.name, publicKey: createPublicKey(ISSUERS.issuing.key) },
        answers: [{ serial: SIGNERS.revoked.serial, status, thisUpdate: DEMO_NOW - HOUR, nextUpdate: DEMO_NOW + DAY }],
        producedAt: DEMO_NOW - HOUR,
        signerPrivateKey: ISSUERS.issuing.key,
      });
    expect(verdicts(await judge("signer-revoked", { ocspResponses: [answer("good")] })).signature).toBe(PASSED);
    const revoked = answer({ revokedAt: SIGNED_AT - DAY });
    expect(verdicts(await judge("signer-revoked", { ocspResponses: [revoked] })).seal).toBe("TOTAL-FAILED / REVOKED");
  });

  it("is not asked of a signer without a path, and changes no other failure", async () => {
    const crls = [REVOCATION_LISTS.nothingRevoked];
    const unknownAuthority = await judge("signer-of-unknown-authority", { crls });
    expect(unknownAuthority.signature?.revocation).toEqual({ status: "not-asked" });
    for (const name of ["signer-expired-at-signing", "signer-wrong-address", "signer-is-a-person"]) {
      expect(verdicts(await judge(name, { crls })).seal).toBe(verdicts(await judge(name)).seal);
    }
  });
});

describe("the authority's own certificates", () => {
  const rootList = (
    serials: readonly number[],
    revocationDate: number,
    reason: "superseded" | "cACompromise" | "certificateHold" = "superseded",
  ): Uint8Array => list(ISSUERS.root, { revoked: serials.map((serial) => ({ serial, revocationDate, reason })) });
  const OLD = ISSUERS.issuing.serial;
  const NEW = 0x1006;
  const anchors = { ...authorities, intermediates: [...authorities.intermediates, ...issues] };
  const sealUnder = async (...crls: readonly Uint8Array[]): Promise<string> =>
    verdicts(await judge("signer-good", { anchors, crls })).seal;
  const BEFORE = SIGNED_AT - DAY;

  it("an issue that was replaced does not turn the seal, while its key lives on in another", async () => {
    expect(await sealUnder(rootList([OLD], BEFORE))).toBe(PASSED);
    expect(await sealUnder(rootList([OLD], BEFORE, "cACompromise"))).toBe(PASSED);
    expect(await sealUnder(rootList([NEW], BEFORE))).toBe(PASSED);
  });

  it("every issue revoked before the certified time: nothing to rest on", async () => {
    const inspection = await judge("signer-good", { anchors, crls: [rootList([OLD, NEW], BEFORE)] });
    expect(verdicts(inspection)).toMatchObject({
      signature: "INDETERMINATE / REVOKED_CA_NO_POE",
      seal: "INDETERMINATE / REVOKED_CA_NO_POE",
      look: "cannot-be-verified",
    });
    expect(await sealUnder(rootList([OLD], BEFORE), rootList([NEW], SIGNED_AT))).toBe(
      "INDETERMINATE / REVOKED_CA_NO_POE",
    );
  });

  it("one of them later: it was good at the certified time", async () => {
    expect(await sealUnder(rootList([OLD], BEFORE), rootList([NEW], SIGNED_AT + HOUR))).toBe(PASSED);
    expect(await sealUnder(rootList([OLD, NEW], SIGNED_AT + HOUR))).toBe(PASSED);
  });

  it("all of them later for a compromise: no time can be believed", async () => {
    expect(await sealUnder(rootList([OLD, NEW], SIGNED_AT + HOUR, "cACompromise"))).toBe(
      "INDETERMINATE / REVOKED_CA_NO_POE",
    );
  });

  it("a hold ends nothing, nor does a list that somebody else signed", async () => {
    expect(await sealUnder(rootList([OLD, NEW], BEFORE, "certificateHold"))).toBe(PASSED);
    const forged = list(
      { name: ISSUERS.root.name, key: ISSUERS.issuing.key },
      { revoked: [OLD, NEW].map((serial) => ({ serial, revocationDate: BEFORE })) },
    );
    expect(await sealUnder(forged)).toBe(PASSED);
  });

  it("an issue that only a message brings along does not make a revoked key live on", async () => {
    // The same key under a certificate that nobody but the message knows: it is not on the path, for the known one is tried first.
    const onlyOld = { ...authorities, intermediates: [...authorities.intermediates, ...issues.slice(0, 1)] };
    const crls = [rootList([OLD], BEFORE)];
    expect(verdicts(await judge("signer-good", { anchors: onlyOld, crls })).seal).toBe(
      "INDETERMINATE / REVOKED_CA_NO_POE",
    );
  });
});
