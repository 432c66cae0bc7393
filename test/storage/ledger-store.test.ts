import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { deleteDB, openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { claimedLinks, linksOf, type LedgerEvent, type Problem, type Receipt } from "../../src/core/index.ts";
import type { KeptEntry, KeptProblem, LedgerStore } from "../../src/ports/ledger-store.ts";
import { memoryLedger } from "../app/receipts/memory-ledger.ts";
import { aReceipt, ANNA, BRUNO, copy, IDENTIFIER, SENDER } from "../core/receipts/a-receipt.ts";

const received = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });
const batch = (...events: readonly LedgerEvent[]) => ({ events, unverified: [], seen: [] });
const sent: LedgerEvent = { type: "sent", copy };
const acceptance = aReceipt("accettazione", 0, null, { msgid: null });
const delivery = aReceipt("avvenuta-consegna", 1, ANNA);
/** Another message, of another sender. */
const OTHER = {
  sender: "carlo@pec.studio.test",
  msgid: "client2@pec.studio.test",
  identifier: "opec2@pec.gestore.test",
};
const otherAcceptance = aReceipt("accettazione", 0, null, { ...OTHER, id: "other acceptance" });

/** The ledger in IndexedDB, as after a start of the add-on. */
async function startedStore(): Promise<LedgerStore> {
  vi.resetModules();
  return (await import("../../src/thunderbird/ledger-store.ts")).ledgerStore;
}

/** Puts what is kept into a database with the object stores that this version had, and none of those that came later. */
async function asOfVersion(version: number): Promise<void> {
  const addedIn: Readonly<Record<string, number>> = { postponed: 3, recipients: 4 };
  const present = await openDB("sigillo-pec");
  const names = [...present.objectStoreNames].filter((name) => (addedIn[name] ?? 1) <= version);
  const stores = await Promise.all(
    names.map(async (name) => {
      const { store } = present.transaction(name);
      const indexes = [...store.indexNames].map((each) => store.index(each));
      const shape = {
        name,
        keyPath: store.keyPath,
        indexes: indexes.map((index) => ({ name: index.name, keyPath: index.keyPath, multiEntry: index.multiEntry })),
      };
      return { ...shape, keys: await store.getAllKeys(), values: (await store.getAll()) as unknown[] };
    }),
  );
  present.close();
  await deleteDB("sigillo-pec");
  const old = await openDB("sigillo-pec", version, {
    upgrade: (database) => {
      for (const { name, keyPath, indexes, keys, values } of stores) {
        const store = database.createObjectStore(name, { keyPath });
        for (const each of indexes) store.createIndex(each.name, each.keyPath, { multiEntry: each.multiEntry });
        for (const [at, value] of values.entries()) void store.put(value, keyPath === null ? keys[at] : undefined);
      }
    },
  });
  old.close();
}

beforeEach(() => {
  indexedDB = new IDBFactory();
});

// The stand-in of other tests must be no other ledger than the one people have.
describe.each([
  ["in IndexedDB", startedStore],
  ["in memory, for tests", () => Promise.resolve<LedgerStore>(memoryLedger())],
])("the ledger %s", (_, make) => {
  const kept = (id: string, links: readonly string[], changes: Partial<KeptProblem> = {}): KeptProblem => {
    const problem: Problem = { id, kind: "late", recipient: ANNA, since: 5 };
    return { ...problem, links, told: false, acknowledged: false, ...changes };
  };

  it("joins entries as links are learnt, in whatever batches", async () => {
    const ledger = await make();
    await ledger.add(batch(sent));
    await ledger.add(batch(received(acceptance)));
    expect(await ledger.find(linksOf(received(acceptance)))).toMatchObject([{ copies: [] }]);
    expect(await ledger.count()).toBe(2);
    await ledger.add(batch(received(delivery), received(delivery)));
    const entries = await ledger.find([...linksOf(sent), ...linksOf(received(acceptance))]);
    expect(entries).toMatchObject([{ sender: SENDER, copies: [copy], receipts: [acceptance, delivery] }]);
    expect(await ledger.count()).toBe(1);
  });

  it("knows what the last acceptance said of a recipient, until its sender is forgotten", async () => {
    const ledger = await make();
    const recipients = [{ indirizzo: ANNA, tipo: "esterno" as const }];
    const later = aReceipt("accettazione", 5, null, { identifier: "opec3@pec.gestore.test", msgid: null, recipients });
    // Neither order counts, nor what another kind of receipt, or one that is not verified, says.
    const forged = aReceipt("accettazione", 9, null, {
      verified: false,
      recipients: [{ indirizzo: BRUNO, tipo: "esterno" }],
    });
    await ledger.add(batch(received(later)));
    await ledger.add(batch(received(acceptance), received(forged), received({ ...delivery, recipients })));
    const kinds = await ledger.recipientKinds([ANNA.toUpperCase(), BRUNO, "nessuno@pec.altrove.test"]);
    expect(Object.fromEntries(kinds)).toEqual({ [ANNA]: "esterno", [BRUNO]: "certificato" });
    await ledger.forgetSender(SENDER);
    expect(await ledger.recipientKinds([ANNA, BRUNO])).toEqual(new Map());
  });

  it("knows whose messages receipts speak of, but learns nothing from one that is not verified", async () => {
    const ledger = await make();
    const forged = aReceipt("accettazione", 0, null, { verified: false, sender: "mallory@pec.altrove.test" });
    await ledger.add({ events: [received(acceptance), received(forged)], unverified: [forged], seen: [] });
    expect(await ledger.isKnownSender(SENDER.toUpperCase())).toBe(true);
    expect(await ledger.isKnownSender(forged.sender)).toBe(false);
    expect(await ledger.senders()).toEqual([SENDER]);
  });

  it("remembers what was seen", async () => {
    const ledger = await make();
    await ledger.add({ events: [], unverified: [], seen: ["a", "b"] });
    expect(await ledger.seen(["b", "c", "a"])).toEqual(new Set(["a", "b"]));
  });

  it("keeps what was postponed, each once, until it is seen or forgotten", async () => {
    const ledger = await make();
    const each = (key: string) => ({ key, messageId: key, author: "", subject: "", date: null, size: 1 });
    const postponed = [each("a"), each("b"), each("c"), each("a")];
    await ledger.add({ events: [], unverified: [], seen: [], postponed });
    await ledger.add({ events: [], unverified: [], seen: ["a"] });
    await ledger.forgetPostponed("c");
    expect(await ledger.postponed()).toEqual([each("b")]);
    await ledger.clear();
    expect(await ledger.postponed()).toEqual([]);
  });

  it("forgets what was noted of mails that are gone, and neither what was restored nor what counts", async () => {
    const ledger = await make();
    const note = (messageId: string) => ({
      key: `["${messageId}",5,5]`,
      messageId,
      author: "",
      subject: "",
      date: null,
      size: 5,
    });
    const apart = (id: string, messageId: string) =>
      aReceipt("avvenuta-consegna", 1, ANNA, { verified: false, id, messageId });
    await ledger.add({
      events: [received(acceptance)],
      unverified: [apart("gone", "a@x"), apart("there", "ab@x"), { ...apart("restored", "a@x"), restored: true }],
      seen: ['["a@x",1,1]', '["a@x",2,null]', '["ab@x",1,1]', '["A@x",1,1]'],
      postponed: [note("a@x"), note("ab@x")],
    });
    await ledger.forgetMails(["a@x", acceptance.messageId], ['["a@x",']);
    expect((await ledger.unverified()).map(({ id }) => id).sort()).toEqual(["restored", "there"]);
    expect(await ledger.postponed()).toEqual([note("ab@x")]);
    expect(await ledger.seen(['["a@x",1,1]', '["a@x",2,null]', '["ab@x",1,1]', '["A@x",1,1]'])).toEqual(
      new Set(['["ab@x",1,1]', '["A@x",1,1]']),
    );
    expect(await ledger.find(linksOf(received(acceptance)))).toMatchObject([{ receipts: [acceptance] }]);
  });

  it("keeps apart what is not verified, until it is", async () => {
    const ledger = await make();
    const unsealed = aReceipt("avvenuta-consegna", 1, ANNA, { verified: false, id: "unsealed" });
    await ledger.add({ events: [], unverified: [unsealed], seen: [] });
    await ledger.add({ events: [], unverified: [{ ...unsealed, restored: true }], seen: [] });
    expect(await ledger.unverified()).toEqual([unsealed]);
    expect(await ledger.unverifiedCount()).toBe(1);
    expect(await ledger.unverifiedFor(claimedLinks(delivery))).toEqual([unsealed]);
    const restored = { ...delivery, verified: false, restored: true } as const;
    await ledger.add({ events: [received(acceptance)], unverified: [restored], seen: [] });
    expect(await ledger.unverifiedCount()).toBe(2);
    await ledger.add(batch(received(delivery)));
    // One under its own id; the forged one of other claims stays.
    expect(await ledger.unverified()).toEqual([unsealed]);
    await ledger.add({ events: [], unverified: [restored], seen: [] });
    expect(await ledger.unverifiedCount()).toBe(1);
  });

  it("takes a receipt that can be verified later out of those apart, by what it claims", async () => {
    const ledger = await make();
    const { unverifiedId } = await import("../../src/core/index.ts");
    const before = { ...delivery, id: unverifiedId(delivery), verified: false };
    await ledger.add({ events: [], unverified: [before], seen: [] });
    await ledger.add(batch(received(delivery)));
    expect(await ledger.unverified()).toEqual([]);
    await ledger.add({ events: [], unverified: [before], seen: [] });
    expect(await ledger.unverified()).toEqual([]);
  });

  it("makes no entry of what nobody sealed, and gives it to the entry that comes", async () => {
    const ledger = await make();
    const mail = { id: "x", sender: SENDER, identifier: IDENTIFIER, date: null, recipients: [], explanation: "" };
    await ledger.add(batch({ type: "returned", mail }));
    expect([await ledger.count(), await ledger.entriesAfter(null, 10), await ledger.due(Infinity, 10)]).toEqual([
      0,
      [],
      [],
    ]);
    await ledger.add(batch(received(acceptance)));
    expect(await ledger.entriesAfter(null, 10)).toMatchObject([{ receipts: [acceptance], returned: [mail] }]);
    expect(await ledger.count()).toBe(1);
  });

  it("gives entries page by page, each once", async () => {
    const ledger = await make();
    for (let index = 0; index < 7; index++) {
      const names = { id: `r${index}`, msgid: `m${index}@x.test`, identifier: `i${index}@x.test` };
      await ledger.add(batch(received(aReceipt("accettazione", 0, null, names))));
    }
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await ledger.entriesAfter(after, 3);
      if (page.length === 0) break;
      found.push(...page.map(({ links }) => links[0] ?? ""));
      after = found.at(-1) ?? null;
    }
    expect(found).toHaveLength(7);
    expect(found).toEqual([...new Set(found)].sort());
  });

  it("makes due what changes, and by the clock what was settled so", async () => {
    const ledger = await make();
    expect(await ledger.nextDue()).toBeNull();
    await ledger.add(batch(received(acceptance)));
    const [due] = await ledger.due(0, 10);
    if (due === undefined) throw new Error("nothing is due");
    expect(await ledger.settle([{ kept: due, nextLook: 1_000, problems: [] }])).toBe(1);
    expect([await ledger.due(999, 10), await ledger.nextDue()]).toEqual([[], 1_000]);
    expect(await ledger.due(1_000, 10)).toHaveLength(1);
    expect(await ledger.settle([{ kept: due, nextLook: null, problems: [] }])).toBe(1);
    await ledger.add(batch(received(acceptance)));
    expect([await ledger.due(Infinity, 10), await ledger.nextDue()]).toEqual([[], null]);
    await ledger.add(batch(received(delivery)));
    expect(await ledger.due(0, 10)).toHaveLength(1);
  });

  it("settles nothing that has changed meanwhile: grown, joined under another key, or gone and come again", async () => {
    const ledger = await make();
    await ledger.add(batch(received(acceptance)));
    const [first] = await ledger.due(0, 10);
    await ledger.add(batch(received(aReceipt("avvenuta-consegna", 2, BRUNO, { msgid: null }))));
    const [grown] = await ledger.due(0, 10);
    await ledger.add(batch(sent, received(delivery)));
    const [joined] = await ledger.due(0, 10);
    await ledger.forgetSender(SENDER);
    await ledger.add(batch(received(acceptance)));
    await ledger.clear();
    await ledger.add(batch(received(acceptance)));
    expect(joined?.entry.links[0]).not.toBe(grown?.entry.links[0]);
    const held = [first, grown, joined].filter((each) => each !== undefined);
    expect(held).toHaveLength(3);
    const looked = held.map((each) => ({ kept: each, nextLook: null, problems: [kept("p", each.entry.links)] }));
    expect(await ledger.settle(looked)).toBe(0);
    expect(await ledger.due(0, 10)).toHaveLength(1);
    expect(await ledger.problems()).toEqual([]);
    const [now] = await ledger.due(0, 10);
    if (now === undefined) throw new Error("nothing is due");
    const present = { kept: now, nextLook: null, problems: [kept("q", now.entry.links)] };
    expect(await ledger.settle([...looked, present])).toBe(1);
    expect([await ledger.due(0, 10), (await ledger.problems()).map(({ id }) => id)]).toEqual([[], ["q"]]);
  });

  it("keeps what the person was told of a problem, through joins, until it is gone", async () => {
    const ledger = await make();
    const settleAll = async (problems: (links: readonly string[]) => readonly KeptProblem[]) => {
      const due = await ledger.due(0, 10);
      await ledger.settle(due.map((each) => ({ kept: each, nextLook: null, problems: problems(each.entry.links) })));
    };
    await ledger.add(batch(received(acceptance)));
    await settleAll((links) => [kept("p", links), kept("q", links), kept("old", links, { acknowledged: true })]);
    expect((await ledger.problems()).map(({ id }) => id).sort()).toEqual(["p", "q"]);
    await ledger.mark(["p", "missing"], "told");
    await ledger.add(batch(sent, received(delivery)));
    await settleAll((links) => [kept("p", links), kept("r", links)]);
    expect((await ledger.problems()).map(({ id, told }) => [id, told]).sort()).toEqual([
      ["p", true],
      ["r", false],
    ]);
    await ledger.mark(["p"], "acknowledged");
    expect((await ledger.problems()).map(({ id }) => id)).toEqual(["r"]);
    await ledger.add(batch(received(aReceipt("avvenuta-consegna", 2, BRUNO))));
    await settleAll((links) => [kept("p", links)]);
    expect(await ledger.problems()).toEqual([]);
  });

  it("forgets a sender with all that is kept of it, and nothing of others", async () => {
    const ledger = await make();
    const forged = aReceipt("avvenuta-consegna", 1, ANNA, { verified: false, id: "forged" });
    const otherForged = { ...forged, ...OTHER, id: "other forged" };
    await ledger.add({
      events: [sent, received(acceptance), received(delivery), received(otherAcceptance)],
      unverified: [forged, otherForged],
      seen: ["a"],
    });
    const due = await ledger.due(0, 10);
    const problemsOf = ({ entry }: KeptEntry) => [kept(`problem of ${entry.sender}`, entry.links)];
    await ledger.settle(due.map((each) => ({ kept: each, nextLook: 7, problems: problemsOf(each) })));
    await ledger.forgetSender(SENDER.toUpperCase());
    expect(await ledger.entriesAfter(null, 10)).toMatchObject([{ sender: OTHER.sender }]);
    expect(await ledger.unverified()).toEqual([otherForged]);
    expect((await ledger.problems()).map(({ id }) => id)).toEqual([`problem of ${OTHER.sender}`]);
    expect(await ledger.senders()).toEqual([OTHER.sender]);
    // The account comes back: its messages are not passed over.
    expect(await ledger.seen(["a"])).toEqual(new Set());
    await ledger.add(batch(sent, received(acceptance), received(delivery)));
    expect(await ledger.find(linksOf(sent))).toMatchObject([{ copies: [copy], receipts: [acceptance, delivery] }]);
    expect((await ledger.due(0, 10)).map(({ entry }) => entry.sender)).toEqual([SENDER]);
  });

  it("remembers since when it is kept, until it is cleared", async () => {
    const ledger = await make();
    expect([await ledger.began(5), await ledger.began(9)]).toEqual([5, 5]);
    await ledger.clear();
    expect(await ledger.began(9)).toBe(9);
    expect(await ledger.rebuilt()).toBeNull();
  });

  it("gives the same for the same mail, whatever stops it in between", async () => {
    const ledger = await make();
    const events = [sent, received(acceptance), received(delivery), received(otherAcceptance)];
    for (let start = 0; start < 3; start++) {
      for (const event of events.slice(start)) await ledger.add(batch(event));
    }
    expect((await ledger.entriesAfter(null, 10)).map(({ receipts }) => receipts.length).sort()).toEqual([1, 2]);
  });
});

describe("the ledger in IndexedDB", () => {
  it.each([2, 3])("survives the upgrade from version %d of its schema, and goes on from there", async (version) => {
    const ledger = await startedStore();
    await ledger.add(batch(sent, received(acceptance)));
    const { closeDatabase } = await import("../../src/thunderbird/database.ts");
    await closeDatabase();
    await asOfVersion(version);
    const upgraded = await startedStore();
    await upgraded.add(batch(received(delivery)));
    expect(await upgraded.find(linksOf(received(delivery)))).toMatchObject([
      { copies: [copy], receipts: [acceptance, delivery] },
    ]);
    expect(await upgraded.senders()).toEqual([SENDER]);
    // What came later is there, and empty.
    expect(await upgraded.postponed()).toEqual([]);
    expect((await upgraded.recipientKinds([ANNA])).size).toBe(0);
  });

  it("keeps a batch whole or not at all", async () => {
    const ledger = await startedStore();
    const later = aReceipt("accettazione", 0, null, { msgid: "m9@x.test", identifier: "i9@x.test" });
    // A function cannot be stored: the write of this receipt fails after the event before it was put.
    const broken: Receipt = { ...later, id: "broken", provider: "altro", errorText: (() => "") as unknown as string };
    await expect(ledger.add({ events: [received(later)], unverified: [broken], seen: ["z"] })).rejects.toMatchObject({
      trouble: "unavailable",
    });
    expect(await ledger.find(linksOf(received(later)))).toEqual([]);
    expect(await ledger.seen(["z"])).toEqual(new Set());
  });

  it("says that the disk is full when it is, and keeps nothing of the batch", async () => {
    const ledger = await startedStore();
    await ledger.add(batch(sent));
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(ledger.add(batch(received(delivery)))).rejects.toMatchObject({ trouble: "full" });
    put.mockRestore();
    expect(await ledger.find(linksOf(sent))).toMatchObject([{ receipts: [] }]);
    await ledger.add(batch(received(delivery)));
    expect(await ledger.find(linksOf(sent))).toMatchObject([{ receipts: [delivery] }]);
  });

  it("stores the list of recipients once, however many receipts repeat it", async () => {
    const ledger = await startedStore();
    const recipients = Array.from({ length: 300 }, (_, index) => ({
      indirizzo: `r${index}@pec.test`,
      tipo: "certificato" as const,
    }));
    const receipts = recipients.map(({ indirizzo }) =>
      aReceipt("avvenuta-consegna", 1, indirizzo, { recipients: recipients.map((each) => ({ ...each })) }),
    );
    for (const receipt of receipts) await ledger.add(batch(received(receipt)));
    const [entry] = await ledger.find(claimedLinks(delivery));
    expect(entry?.receipts).toHaveLength(300);
    expect(new Set(entry?.receipts.map((receipt) => receipt.recipients)).size).toBe(1);
  });
});
