import { describe, expect, it } from "vitest";
import { createOrderReceipts } from "../../../src/app/receipts/order-receipts.ts";
import { type LedgerEntry, type LedgerEvent, type Receipt, sentStatus, withEvent } from "../../../src/core/index.ts";
import type { MovedMail } from "../../../src/ports/move-memory.ts";
import { ACCEPTED_AT, aReceipt, ANNA, copy } from "../../core/receipts/a-receipt.ts";

const ACCEPTANCE = aReceipt("accettazione", 0);
const DELIVERY = aReceipt("avvenuta-consegna", 1, ANNA);

function entryOf(...events: readonly LedgerEvent[]): LedgerEntry {
  let entry: LedgerEntry | null = null;
  for (const event of events) entry = withEvent(entry === null ? [] : [entry], event);
  if (entry === null) throw new Error("No event");
  return entry;
}
const received = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });
const LINKED = entryOf({ type: "sent", copy }, received(ACCEPTANCE), received(DELIVERY));

interface Mail {
  readonly id: number;
  readonly messageId: string;
  folder: string;
}

/** Two accounts with an inbox each, and a folder of the person. */
function setUp(places: readonly (readonly [messageId: string, folder: string])[]) {
  const mails: Mail[] = places.map(([messageId, folder], index) => ({ id: index + 1, messageId, folder }));
  const receipts = new Map<string, string>();
  const memory = new Map<string, MovedMail>();
  const state = { failing: false };
  const work = createOrderReceipts({
    mover: {
      permitted: () => Promise.resolve(true),
      accounts: () =>
        Promise.resolve(
          ["a", "b"].map((accountId) => ({
            accountId,
            inboxes: [`${accountId}/inbox`],
            receipts: receipts.get(accountId) ?? null,
          })),
        ),
      makeReceiptsFolder: (accountId) => {
        receipts.set(accountId, `${accountId}/receipts`);
        return Promise.resolve(`${accountId}/receipts`);
      },
      move: (ids, folder) => {
        if (state.failing) return Promise.reject(new Error("connection lost"));
        for (const mail of mails) if (ids.includes(mail.id)) mail.folder = folder;
        return Promise.resolve();
      },
    },
    memory: {
      remember: (moved) =>
        Promise.resolve(moved.forEach((mail) => memory.set(`${mail.accountId} ${mail.messageId}`, mail))),
      some: (limit) => Promise.resolve([...memory.values()].slice(0, limit)),
      forget: (gone) => Promise.resolve(gone.forEach((mail) => memory.delete(`${mail.accountId} ${mail.messageId}`))),
    },
    mailbox: {
      find: (wanted) =>
        Promise.resolve(
          mails
            .filter(({ messageId }) => messageId === wanted)
            .map(({ id, folder }) => ({
              id,
              folderId: folder,
              accountId: "",
              read: true,
              tags: [],
              isSentCopy: false,
            })),
        ),
    },
    folders: {
      list: async function* (folderId) {
        await Promise.resolve();
        const common = { author: "", recipients: [], subject: "", date: null, size: 1 };
        yield mails
          .filter(({ folder }) => folder === folderId)
          .map(({ id, messageId }) => ({ id, headerMessageId: messageId, ...common }));
      },
    },
  });
  const order = async (...entries: readonly LedgerEntry[]): Promise<void> => {
    const pass = work.begin();
    for (const entry of entries) pass.add({ entry, status: sentStatus(entry, ACCEPTED_AT), problems: [] });
    await pass.finish();
  };
  const foldersNow = () => mails.map(({ folder }) => folder);
  return { work, order, foldersNow, memory, state, mails };
}

describe("the order of the inbox", () => {
  it("moves linked receipts out of the inbox of their account, and back to where they were", async () => {
    const { work, order, foldersNow, memory } = setUp([
      [ACCEPTANCE.messageId, "a/inbox"],
      [DELIVERY.messageId, "b/inbox"],
      ["ordinary@x.test", "a/inbox"],
    ]);
    await order(LINKED);
    expect(foldersNow()).toEqual(["a/receipts", "b/receipts", "a/inbox"]);
    await order(LINKED);
    expect(memory.size).toBe(2);
    await work.undo();
    expect(foldersNow()).toEqual(["a/inbox", "b/inbox", "a/inbox"]);
    expect(memory.size).toBe(0);
  });

  it("does the same for many as for few", async () => {
    const names = Array.from({ length: 250 }, (_, index) => `m${String(index)}@x.test`);
    const entries = names.map((name) => {
      const receipt = aReceipt("accettazione", 0, null, {
        id: name,
        msgid: name,
        identifier: name,
        messageId: `r${name}`,
      });
      return entryOf({ type: "sent", copy: { ...copy, messageId: name } }, received(receipt));
    });
    const { work, order, foldersNow } = setUp(names.map((name) => [`r${name}`, "a/inbox"]));
    await order(...entries);
    expect(new Set(foldersNow())).toEqual(new Set(["a/receipts"]));
    await work.undo();
    expect(new Set(foldersNow())).toEqual(new Set(["a/inbox"]));
  });

  it("leaves what the person has put elsewhere, before or after", async () => {
    const { work, order, foldersNow, mails } = setUp([
      [ACCEPTANCE.messageId, "a/client"],
      [DELIVERY.messageId, "a/inbox"],
    ]);
    await order(LINKED);
    expect(foldersNow()).toEqual(["a/client", "a/receipts"]);
    for (const mail of mails) mail.folder = "a/client";
    await work.undo();
    expect(foldersNow()).toEqual(["a/client", "a/client"]);
  });

  it("leaves receipts whose sent message is not here", async () => {
    const { order, foldersNow } = setUp([[ACCEPTANCE.messageId, "a/inbox"]]);
    await order(entryOf(received(ACCEPTANCE)));
    expect(foldersNow()).toEqual(["a/inbox"]);
  });

  it("moves none of two messages under one Message-ID: one of them may be forged", async () => {
    const { order, foldersNow } = setUp([
      [DELIVERY.messageId, "a/inbox"],
      [DELIVERY.messageId, "a/inbox"],
    ]);
    await order(LINKED);
    expect(foldersNow()).toEqual(["a/inbox", "a/inbox"]);
  });

  it("does not let a forgery follow the receipt that was moved before", async () => {
    const { order, foldersNow, mails } = setUp([[DELIVERY.messageId, "a/inbox"]]);
    await order(LINKED);
    mails.push({ id: 9, messageId: DELIVERY.messageId, folder: "a/inbox" });
    await order(LINKED);
    expect(foldersNow()).toEqual(["a/receipts", "a/inbox"]);
  });

  it("takes up a move that broke off, and takes nothing back that was never moved", async () => {
    const { work, order, foldersNow, state } = setUp([[DELIVERY.messageId, "a/inbox"]]);
    state.failing = true;
    await expect(order(LINKED)).rejects.toThrow("connection lost");
    state.failing = false;
    await work.undo();
    expect(foldersNow()).toEqual(["a/inbox"]);
    await order(LINKED);
    expect(foldersNow()).toEqual(["a/receipts"]);
  });
});
