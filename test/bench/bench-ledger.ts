// Belongs here: the ledger at scale in Node: the first walk over a large account, looking one message up, adding one receipt.
// Does NOT belong here: the same in Thunderbird (see bench-walk.ts).
//
// The walk goes over a mailbox in memory, with the ledger of the tests: what is measured is the walk, not a database. The database is
// fake-indexeddb under the real store: its times are not Thunderbird's, but how they grow is the store's own doing.
import "fake-indexeddb/auto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createCollectReceipts } from "../../src/app/receipts/collect-receipts.ts";
import { createReceiptsWalk } from "../../src/app/receipts/receipts-walk.ts";
import {
  extractOriginal,
  inspect,
  linksOf,
  sentStatus,
  withEvent,
  type Inspection,
  type LedgerEvent,
  type Receipt,
} from "../../src/core/index.ts";
import type { ListedMessage, MailFolder, MailFolders } from "../../src/ports/mail-folders.ts";
import type { WalkState } from "../../src/ports/walk-memory.ts";
import { ledgerStore } from "../../src/thunderbird/ledger-store.ts";
import { memoryLedger } from "../app/receipts/memory-ledger.ts";
import { aReceipt, after, ANNA } from "../core/receipts/a-receipt.ts";
import { DEMO_NOW } from "../provider/test-case.ts";
import { testAuthorities } from "./inspection.ts";
import { median, row, type Row } from "./row.ts";
import { largeMailbox } from "./walk-mailbox.ts";

const MESSAGES = 100_000;
/** An acceptance and a delivery of each sent message. */
const RECEIPTS = 30_000;
/** Sealed for real; the walk meets each of them again and again, and every time as another receipt (see `inspectAs`). */
const SEALED = 400;
const PAGE = 50;
/** How often what is held is counted during the walk. */
const COUNTS = 20;

const ENTRIES = [1_000, 100_000] as const;
const ROUNDS = 101;
/** Added before anything is timed. */
const WARM_UP = 50;

export async function benchLedger(messages = MESSAGES, receipts = RECEIPTS): Promise<readonly Row[]> {
  return [...(await walkRows(messages, receipts)), ...(await storeRows())];
}

const INBOX: MailFolder = { id: "inbox", accountId: "a", name: "Posta in arrivo", role: "incoming", isOnServer: false };

async function walkRows(messages: number, receipts: number): Promise<readonly Row[]> {
  const anchors = await testAuthorities();
  const sealed = largeMailbox(SEALED, SEALED / 2, DEMO_NOW - 24 * 3_600_000).received;
  const ledger = memoryLedger();
  const nothing = (): void => undefined;
  const handedOut: WeakRef<Uint8Array>[] = [];
  const idOf = new WeakMap<Uint8Array, number>();
  let [inspecting, mostHeld, aside] = [0, 0, 0];

  /** Every third message or so is a receipt; ids from 0. */
  const isReceipt = (id: number): boolean =>
    Math.floor(((id + 1) * receipts) / messages) > Math.floor((id * receipts) / messages);
  function listed(id: number): ListedMessage {
    const receipt = isReceipt(id);
    return {
      id,
      headerMessageId: `m${id}@bench.test`,
      author: receipt ? "posta-certificata@pec.gestore.test" : `Persona ${id} <p${id}@posta.test>`,
      recipients: ["mario.rossi@pec.test"],
      subject: receipt ? "CONSEGNA: Contratto" : "Consegna dei documenti",
      date: id,
      size: 8_000,
    };
  }
  async function* list(): AsyncGenerator<readonly ListedMessage[]> {
    for (let first = 0; first < messages; first += PAGE) {
      yield await Promise.resolve(
        Array.from({ length: Math.min(PAGE, messages - first) }, (_, each) => listed(first + each)),
      );
    }
  }
  const folders: MailFolders = {
    all: () => Promise.resolve([INBOX]),
    count: () => Promise.resolve(messages),
    list,
    mark: () => Promise.resolve(null),
    locate: () => Promise.resolve([]),
    at: () => Promise.resolve(null),
  };
  const timed = async (bytes: Uint8Array): Promise<Inspection> => {
    const start = performance.now();
    const inspection = await inspect(bytes, { now: DEMO_NOW, anchors, records: { find: () => Promise.resolve(null) } });
    inspecting += performance.now() - start;
    return asReceipt(inspection, idOf.get(bytes) ?? 0);
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: the walk asks for several at once, and the time of each would hold that of the others. */
  const timedInspect = (bytes: Uint8Array): Promise<Inspection> => {
    const inspected = last.then(() => timed(bytes));
    last = inspected.catch(() => undefined);
    return inspected;
  };
  const collector = createCollectReceipts({
    folders,
    source: {
      read: (id) => {
        const bytes = (sealed[id % sealed.length] ?? new Uint8Array()).slice();
        idOf.set(bytes, id);
        handedOut.push(new WeakRef(bytes));
        if (handedOut.length % Math.ceil(receipts / COUNTS) === 0) {
          const begun = performance.now();
          mostHeld = Math.max(mostHeld, stillHeld(handedOut));
          aside += performance.now() - begun;
        }
        return Promise.resolve(bytes);
      },
    },
    inspect: timedInspect,
    keepRecords: () => Promise.resolve(),
    extractOriginal,
    ledger,
    pecAddresses: () => Promise.resolve([]),
    sizeLimit: () => Promise.resolve(Infinity),
    changed: nothing,
    now: () => DEMO_NOW,
  });
  let state: WalkState | null = null;
  const walk = createReceiptsWalk({
    folders,
    collector,
    memory: {
      load: () => Promise.resolve(state),
      save: (saved) => Promise.resolve(void (state = saved)),
      loadMarks: () => Promise.resolve({}),
      saveMark: () => Promise.resolve(),
    },
    ledger,
    refilled: () => Promise.resolve(),
    tell: nothing,
    now: () => DEMO_NOW,
  });
  const listing = performance.now();
  for await (const page of list()) if (page.length === 0) throw new Error("An empty page.");
  const bareListing = performance.now() - listing;
  const start = performance.now();
  await walk.resume();
  const whole = performance.now() - start - aside;
  const found = await ledger.count();
  if (found !== receipts) throw new Error(`The walk found ${found} of ${receipts} receipts.`);
  const name = `walk over ${messages} messages with ${receipts} receipts`;
  return [
    row(`${name}, in Node: messages per second`, (messages / whole) * 1_000, ""),
    row(`${name}: whole / inspecting the receipts and listing the rest`, whole / (inspecting + bareListing), "×", {
      atMost: 1.3,
    }),
    row(`${name}: raw messages held at once, of what was counted`, mostHeld, "", { atMost: PAGE }),
  ];
}

/** As if another receipt about another message had been sealed: what costs time is the same. */
function asReceipt(inspection: Inspection, id: number): Inspection {
  const { daticert, record } = inspection;
  if (daticert === null || record === null) throw new Error("The sample is not sealed.");
  return {
    ...inspection,
    daticert: { ...daticert, msgid: `sent${id}@bench.test`, identificativo: `opec${id}@bench.test` },
    record: { ...record, signatureSha256: id.toString(16).padStart(64, "0") },
  };
}

/** Of all that was ever handed out. */
function stillHeld(handedOut: readonly WeakRef<Uint8Array>[]): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
  return handedOut.filter((reference) => reference.deref() !== undefined).length;
}

async function storeRows(): Promise<readonly Row[]> {
  const additions: number[] = [];
  const lookUps: number[] = [];
  for (const count of ENTRIES) {
    await fill(count);
    const adding: number[] = [];
    const looking: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const about = receiptsAbout(Math.floor((round * count) / (WARM_UP + ROUNDS)));
      const event: LedgerEvent = { type: "receipt", receipt: about.delivery };
      const added = performance.now();
      await ledgerStore.add({ events: [event], unverified: [], seen: [about.delivery.id] });
      const looked = performance.now();
      const [entry] = await ledgerStore.find(linksOf(event).slice(0, 1));
      if (entry === undefined || sentStatus(entry, after(2)).recipients[0]?.state !== "delivered") {
        throw new Error("The message is not found as it should be.");
      }
      adding.push(looked - added);
      looking.push(performance.now() - looked);
    }
    additions.push(median(adding.slice(WARM_UP)));
    lookUps.push(median(looking.slice(WARM_UP)));
  }
  const [small = NaN, large = NaN] = additions;
  return [
    row("state of one sent message among 100000, fake-indexeddb", lookUps[1] ?? NaN, " ms", { atMost: 1 }),
    row("adding one receipt among 100000, fake-indexeddb", large, " ms"),
    row("adding one receipt: among 100000 / among 1000 entries", large / small, "×", { atMost: 1.5 }),
  ];
}

function receiptsAbout(index: number): { readonly acceptance: Receipt; readonly delivery: Receipt } {
  const names = { msgid: `sent${index}@bench.test`, identifier: `opec${index}@bench.test` };
  return {
    acceptance: aReceipt("accettazione", 0, null, { ...names, id: `a${index}` }),
    delivery: aReceipt("avvenuta-consegna", 1, ANNA, { ...names, id: `d${index}` }),
  };
}

/** Accepted messages, put there directly: adding a hundred thousand one by one would take the bench's time. */
async function fill(count: number): Promise<void> {
  await ledgerStore.clear();
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("sigillo-pec");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("not opened"));
  });
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction("entries", "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(new Error("not filled"));
    const entries = transaction.objectStore("entries");
    for (let index = 0; index < count; index++) {
      const entry = withEvent([], { type: "receipt", receipt: receiptsAbout(index).acceptance });
      entries.put({ entry, revision: 1 }, entry.links[0]);
    }
  });
  database.close();
}
