import { describe, expect, it } from "vitest";
import { type LedgerEntry, type LedgerEvent, withEvent } from "../../../src/core/receipts/ledger-entry.ts";
import { ledgerRow } from "../../../src/core/receipts/ledger-row.ts";
import type { Receipt } from "../../../src/core/receipts/receipt.ts";
import { aReceipt, after, ANNA, BRUNO, CARLA, copy, SENDER } from "./a-receipt.ts";

const received = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });
const sent: LedgerEvent = { type: "sent", copy };

function entryOf(first: LedgerEvent, ...others: readonly LedgerEvent[]): LedgerEntry {
  return others.reduce((entry, event) => withEvent([entry], event), withEvent([], first));
}

const acceptance = aReceipt("accettazione", 0, null, { subject: "Diffida (certificato)" });

describe("ledgerRow", () => {
  it("lists a sent message with the state of each recipient", () => {
    const delivery = received(aReceipt("avvenuta-consegna", 1, ANNA));
    const contradiction = received(aReceipt("errore-consegna", 2, ANNA));
    const entry = entryOf(sent, received(acceptance), delivery, contradiction);
    expect(ledgerRow(entry, after(13))).toEqual({
      link: entry.links[0],
      sender: SENDER,
      subject: "Diffida (certificato)",
      sentAt: copy.sentAt,
      acceptedAt: after(0),
      at: after(0),
      hasCopy: true,
      acceptanceMissing: false,
      problemSince: after(12),
      recipients: [
        { address: ANNA, state: "delivered", isContradicted: true },
        { address: BRUNO, state: "late", isContradicted: false },
        { address: CARLA, state: "forwarded", isContradicted: false },
      ],
    });
  });

  it("leaves out addresses that only a receipt names", () => {
    const planted = received(aReceipt("errore-consegna", 1, "eva@pec.altrove.test"));
    const { recipients, problemSince } = ledgerRow(entryOf(sent, received(acceptance), planted), after(2));
    expect(recipients.map(({ address }) => address)).toEqual([ANNA, BRUNO, CARLA]);
    expect(problemSince).toBeNull();
  });

  it("goes by the copy while there is no receipt", () => {
    const row = ledgerRow(entryOf(sent), after(5));
    expect(row).toMatchObject({ subject: copy.subject, at: copy.sentAt, acceptedAt: null, acceptanceMissing: true });
    expect(row.problemSince).toBe((copy.sentAt ?? 0) + 30 * 60_000);
  });

  it("goes by the certified times of whatever receipt there is, for what was sent elsewhere", () => {
    const deliveries = [
      received(aReceipt("avvenuta-consegna", 3, BRUNO)),
      received(aReceipt("avvenuta-consegna", 2, ANNA)),
    ];
    const row = ledgerRow(entryOf(received(aReceipt("avvenuta-consegna", 4, CARLA)), ...deliveries), after(5));
    expect(row).toMatchObject({ hasCopy: false, sentAt: null, acceptedAt: null, at: after(2), problemSince: null });
  });

  it("has the subject that is certified, whatever the copy says, and none when nobody says any", () => {
    const silent = received(aReceipt("accettazione", 0, null, { subject: null }));
    expect(ledgerRow(entryOf(sent, silent), after(1)).subject).toBe(copy.subject);
    expect(ledgerRow(entryOf(silent), after(1)).subject).toBe("");
    expect(
      ledgerRow(entryOf(sent, silent, received(aReceipt("avvenuta-consegna", 1, ANNA, { subject: "x" }))), after(1))
        .subject,
    ).toBe("x");
  });
});
