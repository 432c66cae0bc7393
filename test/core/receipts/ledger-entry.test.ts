import { describe, expect, it } from "vitest";
import {
  claimedLinks,
  type LedgerEntry,
  type LedgerEvent,
  linksOf,
  withEvent,
} from "../../../src/core/receipts/ledger-entry.ts";
import type { Receipt } from "../../../src/core/receipts/receipt.ts";
import { sentStatus } from "../../../src/core/receipts/sent-status.ts";
import { aReceipt, after, ANNA, BRUNO, CARLA, copy, IDENTIFIER, MSGID, SENDER } from "./a-receipt.ts";
import { processorTime } from "../processor-time.ts";

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
    const entry = withEvent([], sent);
    expect(withEvent([entry], received(forged))).toBe(entry);
  });

  it("keeps the case of a Message-ID, by which the copy is found, and compares without it", () => {
    const receipt = aReceipt("accettazione", 0, null, { msgid: "CLIENT1@PEC.Studio.test" });
    expect(claimedLinks(receipt)).toEqual(claimedLinks(aReceipt("accettazione", 0)));
    expect(ledgerOf([sent, received(receipt)])).toMatchObject([
      { copies: [copy], receipts: [{ msgid: receipt.msgid }] },
    ]);
  });

  it("does not let a receipt of the same sender with another msgid in by the subject or the recipient", () => {
    const other = aReceipt("avvenuta-consegna", 1, ANNA, {
      msgid: "client9@pec.studio.test",
      identifier: "opec9@x.test",
    });
    expect(ledgerOf([sent, received(aReceipt("accettazione", 0)), received(other)])).toHaveLength(2);
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

  it("is the entry itself that an event leaves as it was, so that nobody takes it for changed", () => {
    for (const entry of expected) {
      for (const receipt of entry.receipts) expect(withEvent([entry], received({ ...receipt }))).toBe(entry);
      for (const each of entry.copies) expect(withEvent([entry], { type: "sent", copy: { ...each } })).toBe(entry);
    }
  });

  it("gives the same states for any order and any duplicates, at any hour", () => {
    const next = random(7);
    const hours = [0, 11, 13, 23, 25, 100];
    const statuses = (entries: readonly LedgerEntry[]) =>
      hours.map((hour) => entries.map((entry) => sentStatus(entry, after(hour))));
    const states = statuses(expected);
    for (let round = 0; round < 50; round++) {
      const repeated = events.filter(() => next() < 0.4);
      expect(statuses(ledgerOf(shuffled([...events, ...repeated], next)))).toEqual(states);
    }
  });

  it("gives the same ledger for any order and any duplicates", () => {
    const next = random(20260302);
    for (let round = 0; round < 300; round++) {
      const repeated = events.filter(() => next() < 0.4);
      expect(ledgerOf(shuffled([...events, ...repeated], next)), `round ${String(round)}`).toEqual(expected);
    }
  });
});

describe("bounds", () => {
  const many = (count: number, make: (index: number) => LedgerEvent): readonly LedgerEvent[] =>
    Array.from({ length: count }, (_, index) => make(index));

  it("keeps the first deliveries of one recipient who has the envelope delivered again and again, in any order", () => {
    const replays = many(60, (index) => received(aReceipt("avvenuta-consegna", 1 + index, ANNA)));
    const honest = [received(aReceipt("accettazione", 0)), received(aReceipt("errore-consegna", 90, BRUNO))];
    const [entry, ...others] = ledgerOf([...honest, ...replays]);
    const next = random(3);
    expect(others).toEqual([]);
    expect(entry?.receipts).toHaveLength(22);
    for (let round = 0; round < 20; round++) expect(ledgerOf(shuffled([...honest, ...replays], next))).toEqual([entry]);
    const status = entry && sentStatus(entry, after(100));
    expect(status?.recipients.map(({ address, state }) => [address, state])).toEqual([
      [ANNA, "delivered"],
      [BRUNO, "not-delivered"],
      [CARLA, "forwarded"],
    ]);
  });

  it("keeps so many notices of ordinary mail systems, which anybody can write", () => {
    const bounces = many(200, (index) => ({
      type: "returned",
      mail: { id: String(index), sender: SENDER, identifier: IDENTIFIER, date: index, recipients: [], explanation: "" },
    }));
    const [entry] = ledgerOf([...bounces, sent, received(aReceipt("accettazione", 0))]);
    expect(entry?.returned).toHaveLength(50);
    expect(ledgerOf([...bounces].reverse().concat(received(aReceipt("accettazione", 0)), sent))).toEqual([entry]);
  });

  it("does not compare every list of recipients with every other", async () => {
    const strangers = Array.from({ length: 800 }, (_, index) => {
      const address = `r${String(index)}@pec.altrove.test`;
      const recipients = [{ indirizzo: address, tipo: "certificato" }] as const;
      return received(aReceipt("avvenuta-consegna", 1, address, { id: address, recipients }));
    });
    const { result, spent } = await processorTime(() =>
      strangers.reduce((known, event) => withEvent([known], event), withEvent([], sent)),
    );
    expect(result.receipts).toHaveLength(800);
    // Compared, they take most of ten seconds.
    expect(spent).toBeLessThan(5_000);
  });

  it("holds equal lists of recipients once", () => {
    const [entry] = ledgerOf([received(aReceipt("accettazione", 0)), received(aReceipt("avvenuta-consegna", 1, ANNA))]);
    const lists = entry?.receipts.map(({ recipients }) => recipients) ?? [];
    expect([lists.length, new Set(lists).size]).toEqual([2, 1]);
  });
});
