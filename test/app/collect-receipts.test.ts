import { describe, expect, it } from "vitest";
import { createCollectReceipts, type WalkProgress } from "../../src/app/collect-receipts.ts";
import type { Inspection } from "../../src/core/index.ts";
import type { ListedMessage, MailFolder } from "../../src/ports/mail-folders.ts";
import { aDaticert, anInspection } from "../pages/message/an-inspection.ts";
import { memoryLedger } from "./memory-ledger.ts";

const PROVIDER = "posta-certificata@pec.gestore.test";
const SENDER = "mario.rossi@pec.test";

const record = (signatureSha256: string): Inspection["record"] => ({
  signatureSha256,
  signedSha256: "",
  signerSha256: "",
  issuerSha256: null,
  validationTime: 0,
  firstVerifiedAt: 0,
  indication: "TOTAL-PASSED",
  notRevokedAt: null,
});

const acceptance = anInspection("accettazione", { daticert: aDaticert("accettazione"), record: record("a1") });
const delivery = anInspection("avvenuta-consegna", { daticert: aDaticert("avvenuta-consegna"), record: record("d1") });
const forged = anInspection("avvenuta-consegna", {
  look: "not-valid",
  seal: { indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] },
  daticert: aDaticert("avvenuta-consegna"),
});

interface Stored {
  readonly listed: ListedMessage;
  /** What inspecting gives; `null`: it cannot be read. */
  readonly inspection: Inspection | null;
}

const message = (
  id: number,
  subject: string,
  inspection: Inspection | null,
  changes: Partial<ListedMessage> = {},
): Stored => ({
  listed: {
    id,
    headerMessageId: `m${String(id)}@x.test`,
    author: `<${PROVIDER}>`,
    recipients: [SENDER],
    subject,
    date: id,
    size: 5_000,
    ...changes,
  },
  inspection,
});

const folder = (id: string, holdsSent = false): MailFolder => ({
  id,
  accountId: "a",
  name: id,
  holdsSent,
  messageCount: null,
});

const SENT_COPY = message(90, "Contratto", null, {
  author: `Mario Rossi <${SENDER}>`,
  headerMessageId: "client1@studio.test",
});

/** A mailbox in memory, read two messages a page; `reads` tells what was read. */
function mailbox(content: ReadonlyMap<MailFolder, readonly Stored[]>, sizeLimit = 1_000_000) {
  const ledger = memoryLedger();
  const reads: number[] = [];
  let saved: readonly string[] | null = null;
  const all = [...content.values()].flat();
  const collector = createCollectReceipts({
    folders: {
      all: () => Promise.resolve([...content.keys()]),
      async *list(id) {
        const stored = [...content].find(([key]) => key.id === id)?.[1] ?? [];
        for (let start = 0; start < stored.length; start += 2) {
          yield await Promise.resolve(stored.slice(start, start + 2).map(({ listed }) => listed));
        }
      },
    },
    source: {
      read: (id) => {
        reads.push(id);
        const found = all.find(({ listed }) => listed.id === id);
        return found?.inspection === null || found === undefined
          ? Promise.reject(new Error("gone"))
          : Promise.resolve(Uint8Array.of(all.indexOf(found)));
      },
    },
    inspect: (bytes) => {
      const inspection = all[bytes[0] ?? -1]?.inspection;
      return inspection ? Promise.resolve(inspection) : Promise.reject(new Error("bug"));
    },
    extractOriginal: () => Promise.resolve(null),
    ledger,
    memory: {
      load: () => Promise.resolve(saved),
      save: (done) => {
        saved = done;
        return Promise.resolve();
      },
    },
    sizeLimit: () => Promise.resolve(sizeLimit),
  });
  const walk = (isCancelled = () => false, onProgress: (progress: WalkProgress) => void = () => undefined) =>
    collector.walk({ isCancelled, onProgress });
  return { collector, ledger, reads, walk, memory: () => saved };
}

const INBOX = folder("inbox");
const SENT = folder("sent", true);

describe("a walk", () => {
  it("finds receipts and then the copies of whoever they speak of", async () => {
    const { ledger, walk, memory } = mailbox(
      new Map([
        [SENT, [SENT_COPY, message(91, "altro", null, { author: "io@posta-ordinaria.test" })]],
        [INBOX, [message(1, "ACCETTAZIONE: Contratto", acceptance), message(2, "CONSEGNA: Contratto", delivery)]],
      ]),
    );
    expect(await walk()).toEqual({ receipts: 2, unverified: 0, tooLarge: 0, unreadable: 0, finished: true });
    expect(ledger.entries()).toMatchObject([
      { sender: SENDER, copies: [{ messageId: "client1@studio.test" }], receipts: [{ id: "a1" }, { id: "d1" }] },
    ]);
    expect(memory()).toBeNull();
  });

  it("reads only candidates", async () => {
    const { reads, walk } = mailbox(
      new Map([
        [
          INBOX,
          [
            message(1, "POSTA CERTIFICATA: consegna della memoria", null),
            message(2, "Consegna", null, { author: "corriere@posta.test" }),
            message(3, "[lista] CONSEGNA: Contratto", delivery),
            message(4, "Re: Contratto", null),
          ],
        ],
      ]),
    );
    await walk();
    expect(reads).toEqual([3]);
  });

  it("reads nothing twice, also not a copy of a message in another folder", async () => {
    const stored = message(1, "ACCETTAZIONE: Contratto", acceptance);
    const copied = { ...stored, listed: { ...stored.listed, id: 2 } };
    const { reads, walk, ledger } = mailbox(
      new Map([
        [INBOX, [stored]],
        [folder("copies"), [copied]],
      ]),
    );
    await walk();
    await walk();
    expect(reads).toEqual([1]);
    expect(ledger.entries()[0]?.receipts).toHaveLength(1);
  });

  it("keeps a receipt whose seal fails apart, and lets it vouch for nobody", async () => {
    const { ledger, walk } = mailbox(
      new Map([
        [INBOX, [message(1, "CONSEGNA: Contratto", forged)]],
        [SENT, [SENT_COPY]],
      ]),
    );
    expect(await walk()).toMatchObject({ receipts: 0, unverified: 1 });
    expect(ledger.entries()).toEqual([]);
    expect(ledger.apart()).toMatchObject([{ kind: "avvenuta-consegna", verified: false }]);
  });

  it("leaves large messages for later and counts them", async () => {
    const large = message(1, "CONSEGNA: Contratto", delivery, { size: 30_000_000 });
    const { reads, walk } = mailbox(new Map([[INBOX, [large]]]));
    expect(await walk()).toMatchObject({ tooLarge: 1, receipts: 0 });
    expect(reads).toEqual([]);
  });

  it("goes on when a message is gone, and tries it again the next time", async () => {
    const { reads, walk } = mailbox(
      new Map([[INBOX, [message(1, "CONSEGNA: x", null), message(2, "ACCETTAZIONE: x", acceptance)]]]),
    );
    expect(await walk()).toMatchObject({ unreadable: 1, receipts: 1, finished: true });
    await walk();
    expect(reads).toEqual([1, 2, 1]);
  });

  it("takes up where it was cancelled", async () => {
    const { reads, walk, memory } = mailbox(
      new Map([
        [INBOX, [message(1, "ACCETTAZIONE: x", acceptance)]],
        [folder("archive"), [message(2, "CONSEGNA: x", delivery)]],
      ]),
    );
    let pages = 0;
    const first = await walk(() => pages++ > 0);
    expect(first).toMatchObject({ receipts: 1, finished: false });
    expect(memory()).toEqual(["receipts inbox"]);
    expect(await walk()).toMatchObject({ receipts: 1, finished: true });
    expect(reads).toEqual([1, 2]);
    expect(memory()).toBeNull();
  });

  it("does a page again when the ledger could not keep it", async () => {
    const { ledger, walk } = mailbox(new Map([[INBOX, [message(1, "ACCETTAZIONE: x", acceptance)]]]));
    ledger.failOnce();
    await expect(walk()).rejects.toThrow("full");
    expect(ledger.entries()).toEqual([]);
    expect(await walk()).toMatchObject({ receipts: 1 });
  });

  it("tells how far it is", async () => {
    const progress: WalkProgress[] = [];
    const stored = [1, 2, 3].map((id) => message(id, "ciao", null));
    const { walk } = mailbox(
      new Map([
        [{ ...INBOX, messageCount: 3 }, stored],
        [SENT, []],
      ]),
    );
    await walk(
      () => false,
      (step) => progress.push(step),
    );
    expect(progress).toEqual([
      { folder: "inbox", done: 2, total: 3, foldersDone: 0, folderCount: 3 },
      { folder: "inbox", done: 3, total: 3, foldersDone: 0, folderCount: 3 },
    ]);
  });
});

describe("new mail", () => {
  it("is collected as it comes, a copy as soon as its sender is known", async () => {
    const received = message(1, "ACCETTAZIONE: Contratto", acceptance);
    const { collector, ledger } = mailbox(
      new Map([
        [INBOX, [received]],
        [SENT, [SENT_COPY]],
      ]),
    );
    await collector.collect(SENT, [SENT_COPY.listed]);
    expect(ledger.entries()).toEqual([]);
    await collector.collect(INBOX, [received.listed]);
    await collector.collect(SENT, [SENT_COPY.listed]);
    expect(ledger.entries()).toMatchObject([{ copies: [{ from: SENDER }], receipts: [{ id: "a1" }] }]);
  });
});
