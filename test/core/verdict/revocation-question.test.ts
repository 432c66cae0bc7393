// What follows from a revocation, an older answer and a local record (trust-policy §§2, 4.3): every rule by the facts alone.
import { describe, expect, it } from "vitest";
import type { RevocationReason } from "../../../src/core/chain/check-revocation.ts";
import { DEFAULT_POLICY, runChecks } from "../../../src/core/verdict/checks.ts";
import { decide } from "../../../src/core/verdict/decide.ts";
import type { MessageFacts, RevocationFacts } from "../../../src/core/verdict/message-facts.ts";
import { CERTIFICATE, CERTIFIED_AT, NOW, SIGNER, YEAR, passingFacts } from "./passing-facts.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function judge(facts: MessageFacts) {
  const { checks, findings } = runChecks(facts, DEFAULT_POLICY);
  const { signature, seal, look } = decide(findings, { claims: true, signed: true, kind: facts.kind });
  const check = checks.find(({ id }) => id === "revocation");
  const text = (verdict: { indication: string; subIndication: string | null } | null): string =>
    [verdict?.indication, verdict?.subIndication].filter((part) => typeof part === "string").join(" / ");
  return { check, signature: text(signature), seal: text(seal), remarks: [...seal.remarks].sort(), look };
}

const facing = (revocation: RevocationFacts, changes: Partial<MessageFacts> = {}): MessageFacts =>
  passingFacts({ signers: [{ ...SIGNER, revocation }], ...changes });

const revoked = (
  time: number,
  reason: RevocationReason = "superseded",
  invalidityDate: number | null = null,
): RevocationFacts => ({ status: "REVOKED", time, reason, invalidityDate, thisUpdate: NOW });

const good = (thisUpdate: number, nextUpdate: number): RevocationFacts => ({ status: "GOOD", thisUpdate, nextUpdate });

const PASSED = "TOTAL-PASSED";
const LATER = "INDETERMINATE / REVOKED_NO_POE";

describe("a revoked certificate", () => {
  it.each<[string, RevocationFacts, string]>([
    ["a millisecond after the certified time", revoked(CERTIFIED_AT + 1), PASSED],
    ["at the certified time", revoked(CERTIFIED_AT), "TOTAL-FAILED / REVOKED"],
    ["before, for a compromise", revoked(CERTIFIED_AT, "keyCompromise"), "TOTAL-FAILED / REVOKED"],
    ["after, invalid since before", revoked(CERTIFIED_AT + DAY, "superseded", CERTIFIED_AT), "TOTAL-FAILED / REVOKED"],
    ["after, invalid since after", revoked(CERTIFIED_AT + DAY, "superseded", CERTIFIED_AT + HOUR), PASSED],
    ["after, compromised", revoked(CERTIFIED_AT + DAY, "keyCompromise"), LATER],
    ["after, its authority compromised", revoked(CERTIFIED_AT + DAY, "cACompromise"), LATER],
    ["after, its attributes compromised", revoked(CERTIFIED_AT + DAY, "aACompromise"), LATER],
    ["after, compromised since before", revoked(CERTIFIED_AT + DAY, "keyCompromise", CERTIFIED_AT - DAY), LATER],
    ["on hold then", revoked(CERTIFIED_AT, "certificateHold"), "INDETERMINATE / TRY_LATER"],
    ["on hold since", revoked(CERTIFIED_AT + 1, "certificateHold"), PASSED],
  ])("%s", (_, revocation, seal) => {
    expect(judge(facing(revocation)).seal).toBe(seal);
  });

  it("later, by itself: the strict verdict misses a proof of existence, which a record from before gives", () => {
    const revocation = revoked(CERTIFIED_AT + DAY);
    expect(judge(facing(revocation))).toMatchObject({ signature: LATER, seal: PASSED, remarks: ["REVOKED_LATER"] });
    const recorded = judge(facing(revocation, { recordedAt: CERTIFIED_AT + DAY - 1 }));
    expect(recorded).toMatchObject({ signature: PASSED, seal: PASSED, remarks: ["REVOKED_LATER"] });
    expect(judge(facing(revocation, { recordedAt: CERTIFIED_AT + DAY })).signature).toBe(LATER);
  });

  it("compromised: only a record from before revocation and invalidity counts", () => {
    const at = (recordedAt: number): string =>
      judge(facing(revoked(CERTIFIED_AT + 2 * DAY, "keyCompromise", CERTIFIED_AT + DAY), { recordedAt })).seal;
    expect(at(CERTIFIED_AT + DAY - 1)).toBe(PASSED);
    expect(at(CERTIFIED_AT + DAY)).toBe(LATER);
  });

  it("a record never makes a failure good", () => {
    for (const revocation of [revoked(CERTIFIED_AT), revoked(CERTIFIED_AT + DAY, "superseded", CERTIFIED_AT)]) {
      expect(judge(facing(revocation, { recordedAt: CERTIFIED_AT - HOUR })).seal).toBe("TOTAL-FAILED / REVOKED");
    }
    const compromisedBefore = revoked(CERTIFIED_AT + DAY, "keyCompromise", CERTIFIED_AT);
    expect(judge(facing(compromisedBefore, { recordedAt: CERTIFIED_AT - 1 })).seal).toBe(LATER);
  });

  it("tells the page when, why and from which list", () => {
    const { check } = judge(facing(revoked(CERTIFIED_AT, "superseded", CERTIFIED_AT - DAY)));
    expect(check).toEqual({
      id: "revocation",
      outcome: "FAILED",
      detail: {
        status: "revoked",
        reason: "superseded",
        date: "2026-10-16T16:32:35.000Z",
        time: "2026-10-16T16:32:35.000Z",
        invalidity: "2026-10-15T16:32:35.000Z",
        thisUpdate: "2026-11-22T00:00:00.000Z",
      },
    });
  });
});

describe("an authority whose every issue is revoked", () => {
  const facts = (changes: Partial<MessageFacts>, authorityRevokedAt = CERTIFIED_AT + DAY): MessageFacts =>
    passingFacts({ signers: [{ ...SIGNER, authorityRevokedAt }], ...changes });

  it("leaves nothing to rest on, unless a record is older", () => {
    expect(judge(facts({}))).toMatchObject({ seal: "INDETERMINATE / REVOKED_CA_NO_POE", look: "cannot-be-verified" });
    expect(judge(facts({ recordedAt: CERTIFIED_AT + DAY }))).toMatchObject({
      seal: "INDETERMINATE / REVOKED_CA_NO_POE",
    });
    expect(judge(facts({ recordedAt: CERTIFIED_AT + HOUR })).seal).toBe(PASSED);
    expect(judge(facts({ recordedAt: CERTIFIED_AT - 1 }, CERTIFIED_AT)).seal).toBe("INDETERMINATE / REVOKED_CA_NO_POE");
  });

  it("does not hide that the signer was revoked first", () => {
    const signers = [{ ...SIGNER, authorityRevokedAt: CERTIFIED_AT, revocation: revoked(CERTIFIED_AT) }];
    expect(judge(passingFacts({ signers })).seal).toBe("TOTAL-FAILED / REVOKED");
  });
});

describe("a good answer", () => {
  const TRY_LATER = "INDETERMINATE / TRY_LATER";

  it("of today passes strictly; an older one leaves the seal and not the strict verdict", () => {
    expect(judge(facing(good(CERTIFIED_AT, NOW)))).toMatchObject({ signature: PASSED, seal: PASSED, remarks: [] });
    const older = judge(facing(good(CERTIFIED_AT, NOW - 1)));
    expect(older).toMatchObject({ signature: TRY_LATER, seal: PASSED, remarks: [], look: "sealed" });
    expect(older.check).toMatchObject({ outcome: "PASSED", detail: { status: "good" } });
  });

  it("an older one suffices when a record is older still", () => {
    const at = (recordedAt: number): string =>
      judge(facing(good(CERTIFIED_AT + DAY, CERTIFIED_AT + 2 * DAY), { recordedAt })).signature;
    expect(at(CERTIFIED_AT + DAY)).toBe(PASSED);
    expect(at(CERTIFIED_AT + DAY + 1)).toBe(TRY_LATER);
  });

  it("of an expired certificate: known not revoked", () => {
    const now = CERTIFICATE.notAfter + YEAR;
    expect(judge(facing(good(CERTIFIED_AT, CERTIFIED_AT + DAY), { now })).signature).toBe(
      "INDETERMINATE / OUT_OF_BOUNDS_NOT_REVOKED",
    );
  });
});

describe("no answer", () => {
  it.each<[RevocationFacts, Record<string, string>]>([
    [{ status: "NOT_ASKED" }, { status: "not-asked", code: "NOT_ASKED" }],
    [
      { status: "UNKNOWN", code: "STALE" },
      { status: "unknown", code: "STALE" },
    ],
  ])("%j is a remark without weight", (revocation, detail) => {
    const judged = judge(facing(revocation));
    expect(judged).toMatchObject({ seal: PASSED, remarks: ["REVOCATION_NOT_CHECKED"], look: "sealed" });
    expect(judged.signature).toBe("INDETERMINATE / TRY_LATER");
    expect(judged.check?.detail).toEqual(detail);
  });

  it("with a record from before the certificate's end the strict verdict does not wait for one that cannot come", () => {
    const now = CERTIFICATE.notAfter + YEAR;
    const at = (recordedAt: number): string => judge(facing({ status: "NOT_ASKED" }, { now, recordedAt })).signature;
    expect(at(CERTIFICATE.notAfter)).toBe(PASSED);
    expect(at(CERTIFICATE.notAfter + 1)).toBe("INDETERMINATE / OUT_OF_BOUNDS_NO_POE");
    const stillValid = facing({ status: "NOT_ASKED" }, { recordedAt: CERTIFIED_AT });
    expect(judge(stillValid).signature).toBe("INDETERMINATE / TRY_LATER");
  });
});
