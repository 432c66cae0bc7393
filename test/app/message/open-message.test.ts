import { describe, expect, it } from "vitest";
import { openMessage, type OpenMessageDependencies } from "../../../src/app/message/open-message.ts";
import type { Receipt } from "../../../src/core/index.ts";
import type { FoundMessage } from "../../../src/ports/mailbox.ts";
import { aReceipt, ANNA } from "../../core/receipts/a-receipt.ts";
import { anInspection } from "../../pages/message/an-inspection.ts";
import { memoryLedger } from "../receipts/memory-ledger.ts";

const found = (id: number, isSentCopy = false): FoundMessage => ({
  id,
  isSentCopy,
  folderId: "f",
  accountId: "a",
  read: true,
  tags: [],
});

const genuine = aReceipt("avvenuta-consegna", 1, ANNA);
/** What a message with this number is read to be. */
const CONTENTS: ReadonlyMap<number, Receipt | null> = new Map([
  [1, null],
  [2, { ...genuine, id: "claimed", verified: false }],
  [3, genuine],
  // A true receipt of the attacker's own mail, given the Message-ID of ours.
  [4, { ...genuine, id: "other", sender: "eva@pec.altrove.test" }],
]);

/** Which one is opened; `null`: none. */
async function opened(...messages: readonly FoundMessage[]) {
  const ledger = memoryLedger();
  await ledger.add({ events: [{ type: "receipt", receipt: genuine }], unverified: [], seen: [] });
  const ids: number[] = [];
  let read = 0;
  const dependencies: OpenMessageDependencies = {
    ledger,
    mailbox: {
      find: () => Promise.resolve(messages),
      open: (id) => (id === 9 ? Promise.reject(new Error("gone meanwhile")) : Promise.resolve(void ids.push(id))),
    },
    source: {
      read: (id) => {
        read = id;
        return id === 9 ? Promise.reject(new Error("gone")) : Promise.resolve(new Uint8Array());
      },
    },
    inspect: () => Promise.resolve(anInspection("avvenuta-consegna")),
    receiptOf: () => CONTENTS.get(read) ?? null,
  };
  return { result: await openMessage("m", dependencies), ids };
}

describe("opening a message by its Message-ID", () => {
  it("prefers the copy in Sent, and says when there is none", async () => {
    expect(await opened(found(1), found(8, true))).toEqual({ result: { state: "done" }, ids: [8] });
    expect((await opened()).result).toEqual({ state: "failed", code: "gone" });
    expect((await opened(found(9))).result).toEqual({ state: "failed", code: "open-failed" });
  });

  it.each([
    [[1, 2, 3, 4], 3],
    [[9, 4, 3], 3],
    [[1, 2], 2],
    [[1, 9], 1],
    [[1], 1],
  ])("of several the very receipt that was verified, or else one that claims to be a receipt: %j", async (ids, id) => {
    expect((await opened(...ids.map((each) => found(each)))).ids).toEqual([id]);
  });
});
