// The person's own records (trust-policy §4.2): what is recorded, what is believed, and that a record never makes a failure good.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  inspect,
  shippedAuthorities,
  withExtraAuthorities,
  type Inspection,
  type InspectOptions,
  type LocalRecord,
  type LocalRecords,
} from "../../../src/core/index.ts";
import { allCases, caseNamed } from "../../provider/all-cases.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";
import { at } from "../../provider/local-time.ts";
import { REVOCATION_LISTS, SIGNERS } from "../../provider/test-authority.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";

const SIGNED_AT = at("2026-10-20T08:17:33+02:00");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const authorities = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);

/** A book that remembers what was asked. */
function book(...kept: readonly LocalRecord[]): LocalRecords & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    find: (signatureSha256) => {
      asked.push(signatureSha256);
      return Promise.resolve(kept.find((record) => record.signatureSha256 === signatureSha256) ?? null);
    },
  };
}

/** Answers to any key, as a book that was tampered with might. */
const always = (record: LocalRecord): LocalRecords => ({ find: () => Promise.resolve(record) });

const judge = (caseName: string, options: Partial<InspectOptions> = {}): Promise<Inspection> =>
  inspect(caseNamed(caseName).bytes, { now: DEMO_NOW, anchors: authorities, records: book(), ...options });

async function recordOf(caseName: string, options: Partial<InspectOptions> = {}): Promise<LocalRecord> {
  const { record } = await judge(caseName, options);
  if (record === null) throw new Error(`nothing recorded of ${caseName}`);
  return record;
}

const strict = ({ signature }: Inspection): string =>
  [signature?.indication, signature?.subIndication].filter((part) => typeof part === "string").join(" / ");

describe("what is recorded", () => {
  it("hashes and times of an intact signature with a path", async () => {
    const records = book();
    const { record, signature } = await judge("signer-good", { records });
    expect(record).toEqual({
      signatureSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      signerSha256: createHash("sha256").update(SIGNERS.good.certificate).digest("hex"),
      issuerSha256: createHash("sha256")
        .update(SIGNERS.good.embedded[0] ?? new Uint8Array())
        .digest("hex"),
      validationTime: SIGNED_AT,
      firstVerifiedAt: DEMO_NOW,
      indication: "INDETERMINATE",
      notRevokedAt: null,
    });
    expect(records.asked).toEqual([record?.signatureSha256]);
    expect(signature?.recordedAt).toBeNull();
    expect(JSON.stringify(record).length).toBeLessThan(500);
  });

  it("the signed bytes by SHA-256, whatever the digest of the signature, and each message by its own", async () => {
    const [sha1, sha256] = [await recordOf("signature-sha1-digest"), await recordOf("signer-good")];
    expect(sha1.signedSha256).toBe(sha256.signedSha256);
    expect(sha1.signatureSha256).not.toBe(sha256.signatureSha256);
  });

  it("when the certificate was last known good", async () => {
    const crls = [REVOCATION_LISTS.nothingRevoked];
    expect(await recordOf("signer-good", { crls })).toMatchObject({
      notRevokedAt: at("2026-11-20T00:00:00Z"),
      indication: "TOTAL-PASSED",
    });
  });

  it("nothing without a book, and nothing of what is not intact, has no path, is to come or claims nothing", async () => {
    expect((await inspect(caseNamed("signer-good").bytes, { now: DEMO_NOW, anchors: authorities })).record).toBeNull();
    for (const { bytes, now } of allCases()) {
      const { record, signature, seal, checks } = await inspect(bytes, { now, anchors: authorities, records: book() });
      if (record === null) continue;
      expect(checks.find(({ id }) => id === "certificate-path")).toMatchObject({ outcome: "PASSED" });
      const crypto = checks.filter(({ id }) => id === "message-digest" || id === "signature-value");
      expect(crypto.filter(({ outcome }) => outcome === "FAILED")).toEqual([]);
      expect([seal.indication, signature?.indication]).not.toContain("NONE");
      expect(signature?.indication).not.toBe("TOTAL-FAILED");
    }
    for (const name of ["signer-of-unknown-authority", "signer-expired-at-signing", "signature-without-certificates"]) {
      expect((await judge(name)).record).toBeNull();
    }
    expect((await judge("signer-good", { now: SIGNED_AT - 2 * HOUR })).record).toBeNull();
    expect((await judge("signer-revoked", { crls: [REVOCATION_LISTS.revokedBefore] })).record).toBeNull();
  });

  it("once: a later inspection gives the same record back", async () => {
    const first = await recordOf("signer-good", { now: SIGNED_AT + HOUR });
    const again = await judge("signer-good", { records: book(first) });
    expect(again.record).toBe(first);
    expect(again.signature?.recordedAt).toBe(SIGNED_AT + HOUR);
  });

  it("a later answer on revocation is added, an older one is not", async () => {
    const first = await recordOf("signer-good", { now: SIGNED_AT + HOUR });
    const crls = [REVOCATION_LISTS.nothingRevoked];
    const added = await recordOf("signer-good", { records: book(first), crls });
    expect(added).toEqual({ ...first, notRevokedAt: at("2026-11-20T00:00:00Z") });
    const newer = { ...first, notRevokedAt: DEMO_NOW };
    expect(await recordOf("signer-good", { records: book(newer), crls })).toBe(newer);
  });
});

describe("what is believed", () => {
  it.each<[string, Partial<LocalRecord>]>([
    ["of other bytes", { signedSha256: "00" }],
    ["of another signer", { signerSha256: "00" }],
    ["of another signature", { signatureSha256: "00" }],
    ["from the future", { firstVerifiedAt: DEMO_NOW + HOUR + 1 }],
    ["from before the signature was made", { firstVerifiedAt: SIGNED_AT - HOUR - 1 }],
    ["with an answer on revocation from the future", { notRevokedAt: DEMO_NOW + HOUR + 1 }],
  ])("not a record %s: a new one takes its place", async (_, changes) => {
    const first = await recordOf("signer-good", { now: SIGNED_AT + HOUR });
    const inspection = await judge("signer-good", { records: always({ ...first, ...changes }) });
    expect(inspection.signature?.recordedAt).toBeNull();
    expect(inspection.record).toMatchObject({ firstVerifiedAt: DEMO_NOW, notRevokedAt: null });
  });

  it("clocks may differ by an hour", async () => {
    const first = await recordOf("signer-good");
    for (const firstVerifiedAt of [DEMO_NOW + HOUR, SIGNED_AT - HOUR]) {
      const inspection = await judge("signer-good", { records: book({ ...first, firstVerifiedAt }) });
      expect(inspection.signature?.recordedAt).toBe(firstVerifiedAt);
    }
  });
});

describe("what rests on a record", () => {
  it("expired since: total passed when it is older than the end, not otherwise", async () => {
    const name = "signer-expired-since";
    const end = at("2026-10-16T00:00:00Z");
    const first = await recordOf(name, { now: end - DAY });
    const inspection = await judge(name, { records: book(first) });
    expect(strict(inspection)).toBe("TOTAL-PASSED");
    expect(inspection).toMatchObject({ look: "sealed", seal: { indication: "TOTAL-PASSED" } });
    expect(inspection.seal.remarks).toContain("CERTIFICATE_EXPIRED_SINCE");
    const late = { ...first, firstVerifiedAt: end + 1 };
    expect(strict(await judge(name, { records: book(late) }))).toBe("INDETERMINATE / OUT_OF_BOUNDS_NO_POE");
  });

  it("an earlier answer on revocation, when there is none now", async () => {
    const name = "signer-expired-since";
    const end = at("2026-10-16T00:00:00Z");
    const first = await recordOf(name, { now: DEMO_NOW });
    const answered = { ...first, notRevokedAt: end - DAY };
    const inspection = await judge(name, { records: book(answered), crls: [REVOCATION_LISTS.nothingRevoked] });
    expect(strict(inspection)).toBe("INDETERMINATE / OUT_OF_BOUNDS_NOT_REVOKED");
    expect(inspection.signature?.revocation).toEqual({ status: "good", thisUpdate: end - DAY });
    expect(inspection.seal.remarks).toEqual(["CERTIFICATE_EXPIRED_SINCE"]);
    expect(inspection.record).toBe(answered);
  });

  it("never outweighs a revocation that is known now", async () => {
    const first = await recordOf("signer-revoked", { now: SIGNED_AT + HOUR });
    const records = book({ ...first, notRevokedAt: SIGNED_AT + HOUR });
    const { seal } = await judge("signer-revoked", { records, crls: [REVOCATION_LISTS.revokedBefore] });
    expect(seal).toMatchObject({ indication: "TOTAL-FAILED", subIndication: "REVOKED" });
  });

  it("revoked later, and compromised: the seal stands on what was seen before", async () => {
    const first = await recordOf("signer-revoked", { now: SIGNED_AT + HOUR });
    for (const crls of [[REVOCATION_LISTS.revokedAfter], [REVOCATION_LISTS.keyCompromised]]) {
      const inspection = await judge("signer-revoked", { records: book(first), crls });
      expect(strict(inspection)).toBe("TOTAL-PASSED");
      expect(inspection.seal).toEqual({ indication: "TOTAL-PASSED", subIndication: null, remarks: ["REVOKED_LATER"] });
    }
    const late = { ...first, firstVerifiedAt: at("2026-11-05T08:00:00Z") };
    const { seal } = await judge("signer-revoked", { records: book(late), crls: [REVOCATION_LISTS.keyCompromised] });
    expect(seal).toMatchObject({ indication: "INDETERMINATE", subIndication: "REVOKED_NO_POE" });
  });

  it("what only a file tells makes up for age, and never for a stolen key", async () => {
    const name = "signer-expired-since";
    const end = at("2026-10-16T00:00:00Z");
    const expired = await recordOf(name, { now: DEMO_NOW });
    const inspection = await judge(name, { records: book({ ...expired, toldAt: end - DAY }) });
    expect(strict(inspection)).toBe("TOTAL-PASSED");
    expect(inspection.signature).toMatchObject({ recordedAt: DEMO_NOW, toldAt: end - DAY });
    const before = await judge(name, { records: book({ ...expired, toldAt: SIGNED_AT - 30 * DAY }) });
    expect(before.signature).toMatchObject({ recordedAt: DEMO_NOW, toldAt: null });

    const imported = { ...(await recordOf("signer-revoked")), toldAt: SIGNED_AT + HOUR };
    for (const crls of [[REVOCATION_LISTS.keyCompromised], [REVOCATION_LISTS.revokedAfter]]) {
      const without = await judge("signer-revoked", { crls });
      const { seal, signature } = await judge("signer-revoked", { records: book(imported), crls });
      expect({ seal, strict: signature?.subIndication }).toEqual({
        seal: without.seal,
        strict: without.signature?.subIndication,
      });
    }
  });

  it("nothing that fails or cannot be decided without one passes with one", async () => {
    const good = await recordOf("signer-good", { now: SIGNED_AT + HOUR });
    for (const { name, bytes, now } of allCases()) {
      const without = await inspect(bytes, { now, anchors: authorities });
      if (without.seal.indication === "TOTAL-PASSED") continue;
      // Made to fit whatever is asked.
      const records: LocalRecords = {
        find: (signatureSha256) => Promise.resolve({ ...good, signatureSha256, notRevokedAt: SIGNED_AT + HOUR }),
      };
      const { seal, look } = await inspect(bytes, { now, anchors: authorities, records });
      expect({ name, seal, look }).toEqual({ name, seal: without.seal, look: without.look });
    }
  });
});
