// The table of trust-policy §4.3, row by row: which findings give which pair of verdicts and which look.
import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/verdict/decide.ts";
import type { FindingCode } from "../../../src/core/verdict/findings.ts";

const NOT_ASKED = "REVOCATION_NOT_ASKED";

interface Row {
  readonly row: string;
  readonly findings: readonly FindingCode[];
  readonly signature: string;
  readonly seal: string;
  readonly remarks?: readonly string[];
  readonly look: string;
}

const ROWS: readonly Row[] = [
  { row: "all good, revocation good", findings: [], signature: "TOTAL-PASSED", seal: "TOTAL-PASSED", look: "sealed" },
  {
    row: "revocation not asked",
    findings: [NOT_ASKED],
    signature: "INDETERMINATE / TRY_LATER",
    seal: "TOTAL-PASSED",
    remarks: ["REVOCATION_NOT_CHECKED"],
    look: "sealed",
  },
  {
    row: "revocation good as of the time of signing, but not of today",
    findings: ["REVOCATION_OLDER"],
    signature: "INDETERMINATE / TRY_LATER",
    seal: "TOTAL-PASSED",
    look: "sealed",
  },
  {
    row: "signer expired since, local record older than notAfter, revocation not asked",
    findings: ["EXPIRED_SINCE_RECORDED", "REVOCATION_NOT_ASKED_RECORDED"],
    signature: "TOTAL-PASSED",
    seal: "TOTAL-PASSED",
    remarks: ["CERTIFICATE_EXPIRED_SINCE", "REVOCATION_NOT_CHECKED"],
    look: "sealed",
  },
  {
    row: "signer expired since, no proof of existence",
    findings: ["EXPIRED_SINCE", NOT_ASKED],
    signature: "INDETERMINATE / OUT_OF_BOUNDS_NO_POE",
    seal: "TOTAL-PASSED",
    remarks: ["CERTIFICATE_EXPIRED_SINCE", "REVOCATION_NOT_CHECKED"],
    look: "sealed-with-remarks",
  },
  {
    row: "signer expired since, known not revoked",
    findings: ["EXPIRED_SINCE_NOT_REVOKED"],
    signature: "INDETERMINATE / OUT_OF_BOUNDS_NOT_REVOKED",
    seal: "TOTAL-PASSED",
    remarks: ["CERTIFICATE_EXPIRED_SINCE"],
    look: "sealed-with-remarks",
  },
  {
    row: "signer expired since, local record older than notAfter",
    findings: ["EXPIRED_SINCE_RECORDED"],
    signature: "TOTAL-PASSED",
    seal: "TOTAL-PASSED",
    remarks: ["CERTIFICATE_EXPIRED_SINCE"],
    look: "sealed",
  },
  {
    row: "SHA-1 digest in CMS",
    findings: ["SHA1_DIGEST"],
    signature: "INDETERMINATE / CRYPTO_CONSTRAINTS_FAILURE",
    seal: "TOTAL-PASSED",
    remarks: ["SHA1_DIGEST"],
    look: "sealed-with-remarks",
  },
  {
    row: "RSA 1024 or SHA-1 certificate of the DigitPA time",
    findings: ["WEAK_KEY", "SHA1_CERTIFICATE"],
    signature: "INDETERMINATE / CRYPTO_CONSTRAINTS_FAILURE",
    seal: "TOTAL-PASSED",
    remarks: ["WEAK_KEY", "SHA1_CERTIFICATE"],
    look: "sealed-with-remarks",
  },
  {
    row: "times 1 to 24 hours apart",
    findings: ["TIMES_APART"],
    signature: "TOTAL-PASSED",
    seal: "TOTAL-PASSED",
    remarks: ["TIMES_APART"],
    look: "sealed-with-remarks",
  },
  {
    row: "unsigned headers differ",
    findings: ["HEADERS_DIFFER", "HEADERS_DIFFER"],
    signature: "TOTAL-PASSED",
    seal: "TOTAL-PASSED",
    remarks: ["HEADERS_DIFFER"],
    look: "sealed-with-remarks",
  },
  {
    row: "revoked after t",
    findings: ["REVOKED_LATER"],
    signature: "INDETERMINATE / REVOKED_NO_POE",
    seal: "TOTAL-PASSED",
    remarks: ["REVOKED_LATER"],
    look: "sealed-with-remarks",
  },
  {
    row: "revoked after t, with record",
    findings: ["REVOKED_LATER_RECORDED"],
    signature: "TOTAL-PASSED",
    seal: "TOTAL-PASSED",
    remarks: ["REVOKED_LATER"],
    look: "sealed-with-remarks",
  },
  {
    row: "anchor added by the person",
    findings: ["USER_ADDED_ANCHOR", NOT_ASKED],
    signature: "INDETERMINATE / TRY_LATER",
    seal: "TOTAL-PASSED",
    remarks: ["USER_ADDED_ANCHOR", "REVOCATION_NOT_CHECKED"],
    look: "sealed-with-remarks",
  },
  ...(
    [
      ["signer certificate not in CMS", "SIGNING_CERTIFICATE_MISSING", "NO_SIGNING_CERTIFICATE_FOUND"],
      ["no path to an anchor", "NO_PATH", "NO_CERTIFICATE_CHAIN_FOUND"],
      ["path only to an anchor whose use ended", "ANCHOR_USE_ENDED", "NO_CERTIFICATE_CHAIN_FOUND_NO_POE"],
      ["unsupported algorithm", "ALGORITHM_NOT_ACCEPTED", "CRYPTO_CONSTRAINTS_FAILURE"],
      ["revoked for key compromise, no record from before", "KEY_COMPROMISED", "REVOKED_NO_POE"],
      ["every issue of the CA revoked before t", "AUTHORITY_REVOKED", "REVOKED_CA_NO_POE"],
      ["t in the future", "FUTURE_TIME", "SIG_CONSTRAINTS_FAILURE"],
    ] as const
  ).map(([row, finding, sub]) => ({
    row,
    findings: [finding, NOT_ASKED, "SHA1_DIGEST"] as const,
    signature: `INDETERMINATE / ${sub}`,
    seal: `INDETERMINATE / ${sub}`,
    look: "cannot-be-verified",
  })),
  {
    row: "on hold at t",
    findings: ["ON_HOLD"],
    signature: "INDETERMINATE / TRY_LATER",
    seal: "INDETERMINATE / TRY_LATER",
    look: "cannot-be-verified",
  },
  {
    row: "unknown newer AgID key",
    findings: ["NEWER_PEC_AUTHORITY", NOT_ASKED],
    signature: "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND",
    seal: "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND",
    look: "cannot-be-verified",
  },
  {
    row: "issuing key not a PEC key, or policy missing: as found",
    findings: ["NOT_A_PEC_AUTHORITY", NOT_ASKED],
    signature: "INDETERMINATE / TRY_LATER",
    seal: "TOTAL-FAILED / CHAIN_CONSTRAINTS_FAILURE",
    look: "not-valid",
  },
  {
    row: "name constraint, keyUsage, EKU, basicConstraints wrong",
    findings: ["CHAIN_CONSTRAINTS"],
    signature: "INDETERMINATE / CHAIN_CONSTRAINTS_FAILURE",
    seal: "TOTAL-FAILED / CHAIN_CONSTRAINTS_FAILURE",
    look: "not-valid",
  },
  ...(
    [
      ["SAN or Sender differs from From; several From", "SENDER_DIFFERS"],
      ["daticert disagrees, is missing or malformed; times over 24 h apart", "DATICERT_DISAGREES"],
      ["part of the message outside the signature", "NOT_COVERED"],
    ] as const
  ).map(([row, finding]) => ({
    row,
    findings: [finding, NOT_ASKED] as const,
    signature: "INDETERMINATE / TRY_LATER",
    seal: "TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE",
    look: "not-valid",
  })),
  ...(
    [
      ["t after the signer's validity", "EXPIRED_THEN", "EXPIRED"],
      ["t before the signer's validity", "NOT_YET_VALID_THEN", "NOT_YET_VALID"],
      ["revoked before or at t", "REVOKED_THEN", "REVOKED"],
      ["messageDigest differs", "HASH_DIFFERS", "HASH_FAILURE"],
      ["signature value wrong", "SIGNATURE_VALUE_WRONG", "SIG_CRYPTO_FAILURE"],
      ["CMS or MIME unreadable", "UNREADABLE", "FORMAT_FAILURE"],
    ] as const
  ).map(([row, finding, sub]) => ({
    row,
    findings: [finding, NOT_ASKED, "SHA1_DIGEST", "NO_PATH"] as const,
    signature: `TOTAL-FAILED / ${sub}`,
    seal: `TOTAL-FAILED / ${sub}`,
    look: "not-valid",
  })),
];

const text = (verdict: { indication: string; subIndication: string | null } | null): string | null =>
  verdict && [verdict.indication, verdict.subIndication].filter((part) => part !== null).join(" / ");

describe("decide", () => {
  it.each(ROWS)("$row", ({ findings, signature, seal, remarks = [], look }) => {
    const decision = decide(findings, { claims: true, signed: true, kind: "accettazione" });
    expect(text(decision.signature)).toBe(signature);
    expect(text(decision.seal)).toBe(seal);
    expect([...decision.seal.remarks].sort()).toEqual([...remarks].sort());
    expect(decision.look).toBe(look);
  });

  it("claims PEC, no signature at all: no signature verdict, seal failed", () => {
    const decision = decide(["SIGNATURE_MISSING"], { claims: true, signed: false, kind: "posta-certificata" });
    expect(decision.signature).toBeNull();
    expect(text(decision.seal)).toBe("TOTAL-FAILED / FORMAT_FAILURE");
    expect(decision.look).toBe("not-valid");
  });

  it("anomaly envelope with a good signature: neutral look, never that of a seal", () => {
    const decision = decide([NOT_ASKED], { claims: true, signed: true, kind: "anomalia" });
    expect(text(decision.seal)).toBe("TOTAL-PASSED");
    expect(decision.look).toBe("neutral");
  });

  it("anomaly envelope altered: not valid, as any other", () => {
    expect(decide(["HASH_DIFFERS"], { claims: true, signed: true, kind: "anomalia" }).look).toBe("not-valid");
  });

  it("REM: signature as found, seal indeterminate", () => {
    const decision = decide(["REM_NOT_VERIFIABLE_YET", NOT_ASKED], { claims: true, signed: true, kind: "rem" });
    expect(text(decision.signature)).toBe("INDETERMINATE / TRY_LATER");
    expect(text(decision.seal)).toBe("INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND");
    expect(decision.look).toBe("cannot-be-verified");
  });

  it("a message that claims nothing has no seal, though its signature is judged", () => {
    const decision = decide(["HASH_DIFFERS"], { claims: false, signed: true, kind: null });
    expect(text(decision.signature)).toBe("TOTAL-FAILED / HASH_FAILURE");
    expect(decision.seal).toEqual({ indication: "NONE", subIndication: null, remarks: [] });
    expect(decision.look).toBe("none");
  });

  it("no finding that proves failure is ever outweighed, whatever else is found beside it", () => {
    const all = ROWS.flatMap(({ findings }) => findings);
    for (const { findings, seal } of ROWS) {
      if (!seal.startsWith("TOTAL-FAILED")) continue;
      const decision = decide([...all.filter((code) => !findings.includes(code)), ...findings], {
        claims: true,
        signed: true,
        kind: "posta-certificata",
      });
      expect(decision.seal.indication).toBe("TOTAL-FAILED");
      expect(decision.seal.remarks).toEqual([]);
    }
  });
});
