import { describe, expect, it } from "vitest";
import { sentCell, sentTag } from "../../../src/app/receipts/sent-summary.ts";
import { type LedgerEntry, type LedgerEvent, sentStatus, withEvent } from "../../../src/core/index.ts";
import { after, aReceipt, ANNA, BRUNO, copy } from "../../core/receipts/a-receipt.ts";

const SENT: LedgerEvent = { type: "sent", copy };
const received = (...parameters: Parameters<typeof aReceipt>): LedgerEvent => ({
  type: "receipt",
  receipt: aReceipt(...parameters),
});
const ACCEPTED = received("accettazione", 0);
const ONLY_ANNA = { recipients: [{ indirizzo: ANNA, tipo: "certificato" }] } as const;

/** What is said of a message to Anna, Bruno (both PEC) and Carla (ordinary mail) so many hours after its acceptance. */
function said(hours: number, ...events: readonly LedgerEvent[]) {
  let entry: LedgerEntry | null = null;
  for (const event of events) entry = withEvent(entry === null ? [] : [entry], event);
  if (entry === null) throw new Error("No event");
  const status = sentStatus(entry, after(hours));
  return [sentTag(status), sentCell(status, (key, values = []) => [key, ...values].join(" ")).text];
}

describe("what became of a message, in a word", () => {
  it("names what was delivered, and the worst of the rest", () => {
    expect(said(0, SENT, ACCEPTED)).toEqual(["accepted", "… cell_delivered_of 0 2"]);
    expect(said(1, SENT, ACCEPTED, received("avvenuta-consegna", 1, ANNA))).toEqual([
      "accepted",
      "… cell_delivered_of 1 2",
    ]);
    const delivered = [received("avvenuta-consegna", 1, ANNA), received("avvenuta-consegna", 2, BRUNO)];
    expect(said(30, SENT, ACCEPTED, ...delivered)).toEqual(["delivered", "✓ cell_delivered_of 2 2"]);
    const late = received("preavviso-errore-consegna", 12, BRUNO);
    expect(said(13, SENT, ACCEPTED, received("avvenuta-consegna", 1, ANNA), late)).toEqual([
      "late",
      "! cell_delivered_of 1 2, sent_count_late_one 1",
    ]);
    const failures = [received("errore-consegna", 1, ANNA), received("errore-consegna", 1, BRUNO)];
    expect(said(2, SENT, ACCEPTED, ...failures)).toEqual([
      "not-delivered",
      "✕ cell_delivered_of 0 2, sent_count_not_delivered_many 2",
    ]);
  });

  it("says of one recipient its state", () => {
    const accepted = received("accettazione", 0, null, ONLY_ANNA);
    expect(said(1, accepted)).toEqual(["accepted", "… recipient_state_accepted"]);
    expect(said(13, accepted)).toEqual(["late", "! recipient_state_late"]);
    const delivery = received("avvenuta-consegna", 1, ANNA, ONLY_ANNA);
    expect(said(1, accepted, delivery)).toEqual(["delivered", "✓ recipient_state_delivered"]);
  });

  it("decides nothing between receipts that contradict each other", () => {
    const accepted = received("accettazione", 0, null, ONLY_ANNA);
    const delivery = received("avvenuta-consegna", 1, ANNA, ONLY_ANNA);
    const failure = received("errore-consegna", 2, ANNA, ONLY_ANNA);
    expect(said(3, accepted, delivery, failure)).toEqual(["accepted", "? cell_contradiction"]);
    expect(said(3, delivery, failure)).toEqual([null, "? cell_contradiction"]);
    // Of another recipient it is known.
    const both = [received("avvenuta-consegna", 1, ANNA), received("errore-consegna", 2, ANNA)];
    expect(said(3, ACCEPTED, ...both, received("errore-consegna", 2, BRUNO))).toEqual([
      "not-delivered",
      "? cell_contradiction",
    ]);
  });

  it("never calls not delivered what only time says", () => {
    expect(said(25, received("accettazione", 0, null, ONLY_ANNA))).toEqual(["late", "! recipient_state_overdue"]);
  });

  it("tells ordinary mail, a refusal, a missing acceptance, and that nothing is known yet", () => {
    const ordinary = { recipients: [{ indirizzo: ANNA, tipo: "esterno" }] } as const;
    expect(said(30, received("accettazione", 0, null, ordinary))).toEqual(["accepted", "→ recipient_state_forwarded"]);
    expect(said(1, SENT, received("non-accettazione", 0))).toEqual(["not-delivered", "✕ recipient_state_refused"]);
    expect(said(1, SENT)).toEqual(["late", "! recipient_state_no_acceptance"]);
    expect(said(0, SENT)).toEqual([null, "… recipient_state_sent"]);
  });
});
