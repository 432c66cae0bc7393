import { describe, expect, it } from "vitest";
import { receiptOf, unverifiedId } from "../../../src/core/receipts/receipt.ts";
import type { Inspection, LocalRecord } from "../../../src/core/index.ts";
import { aDaticert, anInspection } from "../../pages/message/an-inspection.ts";

const record: LocalRecord = {
  signatureSha256: "a1",
  signedSha256: "",
  signerSha256: "",
  issuerSha256: null,
  validationTime: 0,
  firstVerifiedAt: 0,
  indication: "TOTAL-PASSED",
  notRevokedAt: null,
};
const daticert = aDaticert("accettazione");
const inspected = (changes: Partial<Inspection> = {}): Inspection =>
  anInspection("accettazione", { daticert, record, ...changes });

describe("receiptOf", () => {
  it("is named by its signature when its seal passed, whatever the unsigned header says", () => {
    const header = { ...inspected().header, messageId: "<other@x.test>" };
    expect(receiptOf(inspected())).toMatchObject({ id: "a1", verified: true });
    expect(receiptOf(inspected({ header }))).toMatchObject({ id: "a1", messageId: "other@x.test" });
  });

  it("is not verified unless the seal passed and the signed kind is the one that is claimed", () => {
    const failed = { indication: "INDETERMINATE", subIndication: "TRY_LATER", remarks: [] } as const;
    expect(receiptOf(inspected({ seal: failed }))?.verified).toBe(false);
    expect(receiptOf(inspected({ record: null }))?.verified).toBe(false);
    // A genuine acceptance whose X-Ricevuta somebody changed.
    expect(receiptOf({ ...inspected(), kind: "avvenuta-consegna" })?.verified).toBe(false);
  });

  it("is named by all it claims while it is not verified, so that it is known again when it is", () => {
    const before = receiptOf(inspected({ record: null }));
    const later = receiptOf(inspected());
    if (before === null || later === null) throw new Error("no receipt");
    expect(before.id).toBe(unverifiedId(later));
    expect(unverifiedId({ ...later, errorText: "altro" })).not.toBe(before.id);
  });

  it("compares senders without case, brackets and name, and keeps the Message-ID as it was written", () => {
    const odd = { ...daticert, mittente: "Mario Rossi <Mario.ROSSI@pec.test>", msgid: "CLIENT1@Studio.test" };
    expect(receiptOf(inspected({ daticert: odd }))).toMatchObject({
      sender: "mario.rossi@pec.test",
      msgid: "CLIENT1@Studio.test",
    });
  });

  it("is about nobody in particular where the element for the recipient is empty", () => {
    expect(receiptOf(inspected({ daticert: { ...daticert, consegna: "" } }))?.recipient).toBeNull();
  });

  it("is null for an envelope, for ordinary mail and for a receipt without readable data", () => {
    expect(receiptOf(anInspection("posta-certificata", { record }))).toBeNull();
    expect(receiptOf({ ...inspected(), kind: null })).toBeNull();
    expect(receiptOf({ ...inspected(), daticert: null })).toBeNull();
  });
});
