import { describe, expect, it } from "vitest";
import { type LedgerEntry, type LedgerEvent, linksOf, withEvent } from "../../../src/core/receipts/ledger-entry.ts";
import type { Receipt } from "../../../src/core/receipts/receipt.ts";
import { aReceipt, ANNA, BRUNO, copy, IDENTIFIER, MSGID, SENDER } from "./a-receipt.ts";

/** A ledger in memory: entries by link. */
function ledgerOf(events: readonly LedgerEvent[]): readonly LedgerEntry[] {
  const byLink = new Map<string, LedgerEntry>();
  for (const event of events) {
    const links = linksOf(event);
    if (links.length === 0) continue;
    const found = [...new Set(links.map((link) => byLink.get(link)).filter((entry) => entry !== undefined))];
    const entry = withEvent(found, event);
    for (const link of entry.links) byLink.set(link, entry);
  }
  return [...new Set(byLink.values())].sort((left, right) => ((left.links[0] ?? "") < (right.links[0] ?? "") ? -1 : 1));
}

const received = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });
const sent: LedgerEvent = { type: "sent", copy };

describe("linking", () => {
  it("links by the signed msgid", () => {
    const receipt = aReceipt("accettazione", 0, null, { identifier: "" });
    expect(ledgerOf([sent, received(receipt)])).toMatchObject([{ copies: [copy], receipts: [receipt] }]);
  });

  it("links a receipt without msgid through what another receipt of the same send taught", () => {
    const nameless = aReceipt("avvenuta-consegna", 1, ANNA, { msgid: null });
    const [entry, ...others] = ledgerOf([sent, received(nameless), received(aReceipt("accettazione", 0))]);
    expect(others).toEqual([]);
    expect(entry?.receipts).toHaveLength(2);
    expect(entry?.copies).toEqual([copy]);
  });

  it("links a copy that the provider keeps under its own identifier", () => {
    const rewritten: LedgerEvent = { type: "sent", copy: { ...copy, messageId: IDENTIFIER } };
    expect(ledgerOf([rewritten, received(aReceipt("accettazione", 0, null, { msgid: null }))])).toHaveLength(1);
  });

  it("makes an entry of receipts alone, for what was sent elsewhere", () => {
    expect(ledgerOf([received(aReceipt("accettazione", 0))])).toMatchObject([{ sender: SENDER, copies: [] }]);
  });

  it("never links by subject, recipient and time", () => {
    const foreign = aReceipt("avvenuta-consegna", 0, ANNA, {
      msgid: "other@x.test",
      identifier: "opec2@pec.gestore.test",
    });
    expect(ledgerOf([sent, received(foreign)])).toHaveLength(2);
  });

  it("does not let another sender's genuine receipt in by using the same Message-ID", () => {
    const planted = aReceipt("avvenuta-consegna", 1, ANNA, { sender: "mallory@pec.altrove.test" });
    const entries = ledgerOf([sent, received(aReceipt("accettazione", 0)), received(planted)]);
    expect(entries.find(({ sender }) => sender === SENDER)?.receipts).toHaveLength(1);
  });

  it("gives a receipt that is not verified no way in, and no power to join entries", () => {
    const forged = aReceipt("avvenuta-consegna", 1, ANNA, { verified: false });
    expect(linksOf(received(forged))).toEqual([]);
  });

  it("compares identifiers and addresses without case, brackets and folding", () => {
    const event: LedgerEvent = {
      type: "sent",
      copy: { ...copy, messageId: ` <CLIENT1@pec.\r\n\tstudio.test>`, from: "Nadia@PEC.studio.test" },
    };
    expect(linksOf(event)).toEqual(expect.arrayContaining([...linksOf(sent)]));
    expect(MSGID).toBe("client1@pec.studio.test");
  });
});

/** A small deterministic generator (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], next: () => number): readonly T[] {
  return items
    .map((item) => [next(), item] as const)
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

describe("order and repetition", () => {
  const second = { msgid: "client2@pec.studio.test", identifier: "opec2@pec.gestore.test" };
  const events: readonly LedgerEvent[] = [
    sent,
    { type: "sent", copy: { ...copy, messageId: IDENTIFIER, subject: "Diffida (copia del gestore)" } },
    received(aReceipt("accettazione", 0)),
    received(aReceipt("avvenuta-consegna", 1, ANNA, { msgid: null })),
    received(aReceipt("preavviso-errore-consegna", 12, BRUNO)),
    received(aReceipt("avvenuta-consegna", 14, BRUNO)),
    received(aReceipt("accettazione", 2, null, second)),
    received(aReceipt("errore-consegna", 3, ANNA, { ...second, msgid: null })),
    received(aReceipt("avvenuta-consegna", 4, ANNA, { verified: false })),
    received(aReceipt("accettazione", 0, null, { sender: "mallory@pec.altrove.test" })),
    {
      type: "returned",
      mail: { id: "x", sender: SENDER, identifier: IDENTIFIER, date: null, recipients: [], explanation: "" },
    },
  ];
  const expected = ledgerOf(events);

  it("has one entry for each send", () => {
    expect(expected.map((entry) => entry.receipts.length).sort()).toEqual([1, 2, 4]);
  });

  it("gives the same ledger for any order and any duplicates", () => {
    const next = random(20260302);
    for (let round = 0; round < 300; round++) {
      const repeated = events.filter(() => next() < 0.4);
      expect(ledgerOf(shuffled([...events, ...repeated], next)), `round ${String(round)}`).toEqual(expected);
    }
  });
});
