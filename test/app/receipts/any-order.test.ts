// The ledger is the same whatever the order in which mail is found, however often and wherever it lies, and whatever ends Thunderbird in
// between: real sealed messages through collecting and walking into IndexedDB, in random orders, with full disks and kills.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createCollectReceipts } from "../../../src/app/receipts/collect-receipts.ts";
import { createReceiptsWalk } from "../../../src/app/receipts/receipts-walk.ts";
import { extractOriginal, inspect, type Inspection, ledgerRow, sentStatus } from "../../../src/core/index.ts";
import type { LedgerStore } from "../../../src/ports/ledger-store.ts";
import type { ListedMessage, LocatedMessage, MailFolder, MailFolders } from "../../../src/ports/mail-folders.ts";
import type { WalkMemory, WalkState } from "../../../src/ports/walk-memory.ts";
import { closeDatabase } from "../../../src/thunderbird/database.ts";
import { ledgerStore } from "../../../src/thunderbird/ledger-store.ts";
import { testAuthorities } from "../../bench/inspection.ts";
import { Random } from "../../fuzz/random.ts";
import { FATES, processSubmission, type ProviderScript } from "../../provider/answering-provider.ts";
import { type Correspondence, originalMessage } from "../../provider/correspondence.ts";
import { HOUR, MINUTE } from "../../provider/local-time.ts";
import { toBytes } from "../../provider/mime-builder.ts";
import { delivery, PROVIDER_B } from "../../provider/pec-messages.ts";
import { FORMAL_NOTICE, SHORT_MAIL } from "../../provider/sample-mail.ts";
import { sealMessage, unsignedMessage } from "../../provider/sign-message.ts";

const ROUNDS = 40;
const ACCEPTED_AT = FORMAL_NOTICE.writtenAt + 20_000;
const NOW = ACCEPTED_AT + 30 * HOUR;
/** Hours after the acceptance at which states are compared. */
const HOURS = [0, 11, 13, 23, 25, 40];

const folder = (id: string, role: MailFolder["role"]): MailFolder => ({
  id,
  accountId: id.slice(0, 1),
  name: id,
  role,
  isOnServer: id.startsWith("b"),
});
const INBOXES = [folder("a inbox", "incoming"), folder("b inbox", "incoming")];
const ARCHIVE = folder("a archive", "other");
const SENT = [folder("a sent", "sent"), folder("b sent", "sent")];
const FOLDERS = [...SENT, ...INBOXES, ARCHIVE];

interface Piece {
  readonly bytes: Uint8Array;
  /** Where it may lie, in as many of them as chance will have it. */
  readonly places: readonly MailFolder[];
}

const handedIn = (mail: Correspondence, script: ProviderScript): readonly Piece[] =>
  processSubmission(
    {
      bytes: toBytes(originalMessage(mail)),
      reversePath: mail.from.address,
      recipients: [...mail.to, ...mail.cc].map(({ address }) => address),
    },
    script,
  ).answers.map(({ bytes }) => ({ bytes, places: [...INBOXES, ARCHIVE] }));

const copyOf = (mail: Correspondence): Piece => ({
  bytes: toBytes(originalMessage(mail)),
  places: [...SENT, ARCHIVE],
});

const [, SECOND = "", THIRD = "", FOURTH = ""] = [...FORMAL_NOTICE.to, ...FORMAL_NOTICE.cc].map(
  ({ address }) => address,
);
const REFUSED: Correspondence = {
  ...FORMAL_NOTICE,
  id: "O1",
  messageId: "<refused@pec.avvocati-esempio.test>",
  subject: "Non partita",
};
/** No receipt ever comes of it: the acceptance is missing. */
const UNANSWERED: Correspondence = {
  ...FORMAL_NOTICE,
  id: "O2",
  messageId: "<unanswered@pec.avvocati-esempio.test>",
  subject: "Senza risposta",
  writtenAt: NOW - HOUR,
};
/** Somebody else's mail under the Message-ID of the notice, with genuine receipts of its own. */
const NAMESAKE: Correspondence = { ...FORMAL_NOTICE, id: "O3", from: SHORT_MAIL.from, subject: "Tutto consegnato" };

const deliveryTo = (recipient: string) => delivery(FORMAL_NOTICE, PROVIDER_B, ACCEPTED_AT + HOUR, recipient);
const PIECES: readonly Piece[] = [
  copyOf(FORMAL_NOTICE),
  copyOf(REFUSED),
  { ...copyOf(UNANSWERED), places: SENT },
  ...handedIn(FORMAL_NOTICE, {
    acceptedAt: ACCEPTED_AT,
    recipients: {
      [SECOND]: FATES.mailboxFull,
      [THIRD]: FATES.late12ThenDelivered,
      [FOURTH]: FATES.ordinaryMailBounced,
    },
  }),
  ...handedIn(REFUSED, { acceptedAt: ACCEPTED_AT + HOUR, refused: "virus" }),
  ...handedIn(NAMESAKE, { acceptedAt: ACCEPTED_AT + 2 * HOUR }),
  // Sent from the provider's own page: no copy is here.
  ...handedIn(SHORT_MAIL, { acceptedAt: ACCEPTED_AT + 3 * HOUR }),
  // Claims that the notice reached whom it did not reach, and a sealed one that was changed afterwards.
  { bytes: toBytes(unsignedMessage(deliveryTo(SECOND))), places: INBOXES },
  { bytes: toBytes(sealMessage(deliveryTo(THIRD)).replace(/consegnato/g, "consegnata")), places: INBOXES },
  // A mail that came in under the name and Message-ID of the notice.
  { bytes: toBytes(originalMessage({ ...FORMAL_NOTICE, subject: "Altre parole" })), places: INBOXES },
];

const inspections = new Map<Uint8Array, Promise<Inspection>>();
function inspected(bytes: Uint8Array): Promise<Inspection> {
  const known = inspections.get(bytes);
  if (known !== undefined) return known;
  const records = { find: () => Promise.resolve(null) };
  const made = testAuthorities().then((anchors) => inspect(bytes, { now: NOW, anchors, records }));
  inspections.set(bytes, made);
  return made;
}

const recipientsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:To|Cc): ((?:.|\r\n[ \t])*)/gim)].map(([, value]) => (value ?? "").replace(/\r\n/g, ""));

async function listedAs(id: number, { bytes }: Piece): Promise<ListedMessage> {
  const { header } = await inspected(bytes);
  return {
    id,
    headerMessageId: header.messageId.replace(/^<|>$/g, ""),
    author: header.from,
    recipients: recipientsOf(Buffer.from(bytes).toString("latin1").split("\r\n\r\n")[0] ?? ""),
    subject: header.subject,
    date: Date.parse(header.date),
    size: bytes.length,
  };
}

/** One Thunderbird after another over one mailbox and one database. */
class Computer {
  readonly #lying: (LocatedMessage & { readonly bytes: Uint8Array })[] = [];
  #saved: WalkState | null = null;
  #time = NOW;
  #run = this.#start();

  #start(): {
    readonly alive: { current: boolean; readsLeft: number };
    readonly collector: ReturnType<typeof createCollectReceipts>;
    readonly walk: ReturnType<typeof createReceiptsWalk>;
  } {
    const alive = { current: true, readsLeft: Infinity };
    const folders: MailFolders = {
      all: () => Promise.resolve(FOLDERS),
      count: (id) => Promise.resolve(this.#in(id).length),
      mark: () => Promise.resolve(null),
      list: (id) => pages(this.#in(id)),
      locate: (id) => Promise.resolve(this.#lying.filter(({ message }) => message.headerMessageId === id)),
      at: (id) => Promise.resolve(this.#lying.find(({ message }) => message.id === id) ?? null),
    };
    // Nothing of what a process does after it was killed is seen.
    const ledger = new Proxy<LedgerStore>(ledgerStore, {
      get: (store, name): unknown =>
        alive.current ? Reflect.get(store, name) : () => Promise.reject(new Error("killed")),
    });
    const memory: WalkMemory = {
      load: () => Promise.resolve(this.#saved),
      save: (state) => Promise.resolve(void (this.#saved = alive.current ? state : this.#saved)),
      loadMarks: () => Promise.resolve({}),
      saveMark: () => Promise.resolve(),
    };
    const now = (): number => this.#time;
    const collector = createCollectReceipts({
      folders,
      source: {
        read: (id) => {
          if (--alive.readsLeft < 0) alive.current = false;
          const found = this.#lying.find(({ message }) => message.id === id);
          return found === undefined ? Promise.reject(new Error("gone")) : Promise.resolve(found.bytes);
        },
      },
      inspect: inspected,
      keepRecords: () => Promise.resolve(),
      extractOriginal,
      ledger,
      pecAddresses: () => Promise.resolve([]),
      sizeLimit: () => Promise.resolve(Infinity),
      changed: () => undefined,
      now,
    });
    const refilled = () => Promise.resolve();
    const walk = createReceiptsWalk({ folders, collector, memory, ledger, refilled, tell: () => undefined, now });
    return { alive, collector, walk };
  }

  #in(folderId: string): readonly ListedMessage[] {
    return this.#lying.filter(({ folder: { id } }) => id === folderId).map(({ message }) => message);
  }

  async restart(): Promise<void> {
    this.#run.alive.current = false;
    await closeDatabase();
    this.#run = this.#start();
  }

  /** Mail comes into a folder; what cannot be kept is missed, as in the add-on. */
  async receive(where: MailFolder, pieces: readonly Piece[]): Promise<boolean> {
    const messages: ListedMessage[] = [];
    for (const piece of pieces) {
      const message = await listedAs(this.#lying.length + 1, piece);
      this.#lying.push({ folder: where, message, bytes: piece.bytes });
      messages.push(message);
    }
    const { collector, walk } = this.#run;
    try {
      await collector.collect(where, messages);
      return true;
    } catch (error) {
      await walk.missed(error);
      return false;
    }
  }

  /** Walks until it is killed. */
  async walkAndDie(reads: number): Promise<void> {
    this.#run.alive.readsLeft = reads;
    await this.#run.walk.resume().catch(() => undefined);
    await this.restart();
  }

  async walkToTheEnd(): Promise<void> {
    this.#time += 11 * MINUTE;
    if (this.#saved?.state === "ended" && this.#saved.how === "finished") this.#saved = null;
    await this.#run.walk.resume();
    expect(await this.#run.walk.report()).toMatchObject({ how: "finished", unreadable: 0 });
  }
}

async function* pages(messages: readonly ListedMessage[]): AsyncGenerator<readonly ListedMessage[]> {
  for (let at = 0; at < messages.length; at += 3) yield await Promise.resolve(messages.slice(at, at + 3));
}

async function everything() {
  const entries = await ledgerStore.entriesAfter(null, 1_000);
  const at = HOURS.map((hour) => ACCEPTED_AT + hour * HOUR);
  return {
    entries,
    statuses: at.map((time) => entries.map((entry) => sentStatus(entry, time))),
    rows: entries.map((entry) => ledgerRow(entry, NOW)),
    unverified: (await ledgerStore.unverified()).toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    senders: await ledgerStore.senders(),
  };
}

/** The disk is full at the write after so many others. */
function failingWrite(after: number): void {
  const put: IDBObjectStore["put"] = Reflect.get(IDBObjectStore.prototype, "put");
  let left = after;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...values) {
    if (left-- === 0) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, values);
  });
}

function shuffled<T>(items: readonly T[], chance: Random): readonly T[] {
  return items
    .map((item) => [chance.below(1_000_000_000), item] as const)
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

async function newComputer(): Promise<Computer> {
  await closeDatabase();
  indexedDB = new IDBFactory();
  await ledgerStore.began(NOW);
  return new Computer();
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the ledger", () => {
  it("is the same for the same mail in any order, in any folders and accounts, whatever stops Thunderbird", async () => {
    const plain = await newComputer();
    for (const piece of PIECES) for (const where of piece.places.slice(0, 1)) await plain.receive(where, [piece]);
    const expected = await everything();
    const kept = expected.entries.map(({ sender, receipts, copies, returned }) => ({
      sender,
      counts: [receipts.length, copies.length, returned.length],
    }));
    // The copy without an answer, the refused one, the notice, the one from the provider's page, the namesake.
    expect(kept.map(({ counts }) => counts.join()).toSorted()).toEqual(["0,1,0", "1,1,0", "2,0,0", "5,0,0", "5,1,1"]);
    expect(kept.filter(({ sender }) => sender === FORMAL_NOTICE.from.address)).toHaveLength(3);
    expect(expected.unverified).toHaveLength(2);

    for (let round = 0; round < ROUNDS; round++) {
      const chance = new Random(20261012, round);
      const computer = await newComputer();
      const arrivals = PIECES.flatMap((piece) => {
        const places = shuffled(piece.places, chance).slice(0, chance.count(piece.places.length));
        // Now and then twice in one folder, as after an import.
        return places
          .flatMap((where) => (chance.chance(0.2) ? [where, where] : [where]))
          .map((where) => ({ where, piece }));
      });
      let missed = false;
      for (const { where, piece } of shuffled(arrivals, chance)) {
        if (chance.chance(0.1)) await computer.restart();
        if (chance.chance(0.05)) await computer.walkAndDie(chance.below(6));
        if (chance.chance(0.1)) failingWrite(chance.below(4));
        missed = !(await computer.receive(where, [piece])) || missed;
        vi.restoreAllMocks();
      }
      if (!missed) expect(await everything(), `round ${String(round)}, before any walk`).toEqual(expected);
      await computer.walkAndDie(chance.below(8));
      await computer.walkAndDie(chance.below(8));
      await computer.walkToTheEnd();
      expect(await everything(), `round ${String(round)}`).toEqual(expected);
    }
  });
});
