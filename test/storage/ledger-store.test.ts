import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { linksOf, type LedgerEvent, type Receipt } from "../../src/core/index.ts";
import { ledgerStore } from "../../src/thunderbird/ledger-store.ts";
import { aReceipt, ANNA, copy, SENDER } from "../core/receipts/a-receipt.ts";

const received = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });
const batch = (...events: readonly LedgerEvent[]) => ({ events, unverified: [], seen: [] });

describe("the ledger in IndexedDB", () => {
  const acceptance = aReceipt("accettazione", 0, null, { msgid: null });
  const delivery = aReceipt("avvenuta-consegna", 1, ANNA);
  const sent: LedgerEvent = { type: "sent", copy };

  it("joins entries as links are learnt, in whatever batches", async () => {
    await ledgerStore.add(batch(sent));
    await ledgerStore.add(batch(received(acceptance)));
    expect(await ledgerStore.find(linksOf(received(acceptance)))).toMatchObject([{ copies: [] }]);
    await ledgerStore.add(batch(received(delivery), received(delivery)));
    const entries = await ledgerStore.find([...linksOf(sent), ...linksOf(received(acceptance))]);
    expect(entries).toMatchObject([{ sender: SENDER, copies: [copy], receipts: [acceptance, delivery] }]);
  });

  it("knows whose messages receipts speak of, but learns nothing from one that is not verified", async () => {
    const forged = aReceipt("accettazione", 0, null, { verified: false, sender: "mallory@pec.altrove.test" });
    await ledgerStore.add({ events: [received(forged)], unverified: [forged], seen: [] });
    expect(await ledgerStore.isKnownSender(SENDER.toUpperCase())).toBe(true);
    expect(await ledgerStore.isKnownSender(forged.sender)).toBe(false);
  });

  it("remembers what was seen", async () => {
    await ledgerStore.add({ events: [], unverified: [], seen: ["a", "b"] });
    expect(await ledgerStore.seen(["b", "c", "a"])).toEqual(new Set(["a", "b"]));
  });

  it("keeps a batch whole or not at all", async () => {
    const later = aReceipt("accettazione", 0, null, { msgid: "m9@x.test", identifier: "i9@x.test" });
    // A function cannot be stored: the write of this receipt fails after the event before it was put.
    const broken: Receipt = { ...later, id: "broken", provider: "altro", errorText: (() => "") as unknown as string };
    await expect(
      ledgerStore.add({ events: [received(later)], unverified: [broken], seen: ["z"] }),
    ).rejects.toMatchObject({
      trouble: "unavailable",
    });
    expect(await ledgerStore.find(linksOf(received(later)))).toEqual([]);
    expect(await ledgerStore.seen(["z"])).toEqual(new Set());
  });
});
