import { describe, expect, it } from "vitest";
import { type LedgerEntry, type LedgerEvent, withEvent } from "../../../src/core/receipts/ledger-entry.ts";
import { problemsOf } from "../../../src/core/receipts/problems.ts";
import type { Receipt } from "../../../src/core/receipts/receipt.ts";
import { sentStatus } from "../../../src/core/receipts/sent-status.ts";
import { aReceipt, after, ANNA, BRUNO, copy } from "./a-receipt.ts";

function problemsAfter(hours: number, ...receipts: readonly Receipt[]) {
  const events = receipts.map((receipt): LedgerEvent => ({ type: "receipt", receipt }));
  let entry: LedgerEntry = withEvent([], { type: "sent", copy });
  for (const event of events) entry = withEvent([entry], event);
  return problemsOf(entry, sentStatus(entry, after(hours)));
}

const told = (problems: ReturnType<typeof problemsAfter>) =>
  problems.map(({ kind, recipient, since }) => [kind, recipient, since]);

const acceptance = aReceipt("accettazione", 0);

describe("problemsOf", () => {
  it("is silent while all goes well", () => {
    expect(problemsAfter(1, acceptance)).toEqual([]);
    expect(
      problemsAfter(100, acceptance, aReceipt("avvenuta-consegna", 1, ANNA), aReceipt("avvenuta-consegna", 1, BRUNO)),
    ).toEqual([]);
  });

  it("tells one refusal once, for everybody", () => {
    expect(told(problemsAfter(1, aReceipt("non-accettazione", 0.5)))).toEqual([["refused", null, after(0.5)]]);
  });

  it("tells a missing acceptance from the moment it was due", () => {
    expect(told(problemsAfter(1))).toEqual([["acceptance-missing", null, (copy.sentAt ?? 0) + 30 * 60_000]]);
  });

  it("tells each recipient's own, the worst first, since when", () => {
    const problems = problemsAfter(13, acceptance, aReceipt("errore-consegna", 1, BRUNO));
    expect(told(problems)).toEqual([
      ["not-delivered", BRUNO, after(1)],
      ["late", ANNA, after(12)],
    ]);
  });

  it("dates a notice by its certified time and an overdue delivery by the clock", () => {
    const notice = aReceipt("preavviso-errore-consegna", 12.5, ANNA);
    const delivered = aReceipt("avvenuta-consegna", 1, BRUNO);
    expect(told(problemsAfter(13, acceptance, notice, delivered))).toEqual([["late", ANNA, after(12.5)]]);
    expect(told(problemsAfter(25, acceptance, notice, delivered))).toEqual([["overdue", ANNA, after(24)]]);
  });

  it("keeps its name when its entry is joined with another", () => {
    const nameless = aReceipt("errore-consegna", 1, BRUNO, { msgid: null });
    const alone = withEvent([], { type: "receipt", receipt: nameless });
    const joined = withEvent([alone], { type: "receipt", receipt: acceptance });
    const [before] = problemsOf(alone, sentStatus(alone, after(2)));
    expect(joined.links[0]).not.toBe(alone.links[0]);
    expect(problemsOf(joined, sentStatus(joined, after(2)))).toContainEqual(before);
  });

  it("is one lateness that the clock tells first and a notice later", () => {
    const [byClock] = problemsAfter(12.1, acceptance, aReceipt("avvenuta-consegna", 1, BRUNO));
    const notice = aReceipt("preavviso-errore-consegna", 12.2, ANNA);
    const [byNotice] = problemsAfter(13, acceptance, aReceipt("avvenuta-consegna", 1, BRUNO), notice);
    expect([byClock?.kind, byNotice?.kind, byNotice?.id]).toEqual(["late", "late", byClock?.id]);
  });

  it("is silent on addresses that the sender did not write to, whatever providers certify of them", () => {
    const [delivered, strange] = [aReceipt("avvenuta-consegna", 1, ANNA), "nessuno@pec.altrove.test"];
    const handedIn = [
      aReceipt("errore-consegna", 1, strange, { identifier: "opec9@pec.gestore.test" }),
      aReceipt("non-accettazione", 2, null, {
        identifier: "opec8@pec.gestore.test",
        recipients: [{ indirizzo: strange, tipo: "certificato" }],
      }),
    ];
    expect(problemsAfter(3, acceptance, delivered, ...handedIn)).toEqual([]);
  });

  it("has a name of its own for every send", () => {
    const again = { identifier: "opec2@pec.gestore.test" };
    const [first] = problemsAfter(1, aReceipt("non-accettazione", 0.5));
    const [second] = problemsAfter(3, aReceipt("non-accettazione", 0.5), aReceipt("non-accettazione", 2, null, again));
    expect([second?.kind, second?.since]).toEqual(["refused", after(2)]);
    expect(second?.id).not.toBe(first?.id);
  });

  it("keeps its name while more becomes known, and has another for another event", () => {
    const [late] = problemsAfter(13, acceptance, aReceipt("avvenuta-consegna", 1, BRUNO));
    const [again] = problemsAfter(14, acceptance, aReceipt("avvenuta-consegna", 2, BRUNO));
    const [overdue] = problemsAfter(25, acceptance, aReceipt("avvenuta-consegna", 1, BRUNO));
    expect(again?.id).toBe(late?.id);
    expect(overdue?.id).not.toBe(late?.id);
  });
});
