// Belongs here: how long the first walk over a large folder takes in Thunderbird, and how long it halts the window, beside Thunderbird's
// own API asked for nothing but the list and the same raw messages.
// Does NOT belong here: the mailbox (see walk-mailbox.ts), the walk without Thunderbird.
import { buildFlavour } from "../lab/build-flavour.ts";
import { waitFor } from "../lab/deadline.ts";
import { startVirtualDisplay } from "../lab/display.ts";
import { requireThunderbird } from "../lab/find-thunderbird.ts";
import { addonId } from "../lab/flavours.ts";
import { askLedger } from "../lab/ledger-questions.ts";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { withThunderbird } from "../lab/with-thunderbird.ts";
import { DAY } from "../provider/local-time.ts";
import { DEMO_NOW } from "../provider/test-case.ts";
import { row, type Row } from "./row.ts";
import { benchBatch } from "./bench-batch.ts";
import { largeMailbox, RECEIPTS_EACH } from "./walk-mailbox.ts";

const FLAVOUR = "demo";
const FOLDER = "Misure";
const MESSAGES = 20_000;
const RECEIPTS = 6_000;
const LIMIT_MS = 20 * 60_000;
/** How often the window is looked at; a longer pause between two looks is a halt. */
const LOOK_EVERY_MS = 4;
/** How often it is looked whether something has come to its end. */
const LEFT_EVERY_MS = 2_000;

/** Thunderbird's own indexer would read the new folder at the same time as whatever is timed first. */
const PREFERENCES = { "mailnews.database.global.indexer.enabled": false };

/**
 * Begins a walk over everything as if for the first time, and leaves behind how long it took: what the walk has found that began when
 * the add-on was installed is removed.
 */
const WALK = `
  const opening = indexedDB.open("sigillo-pec");
  const database = await new Promise((resolve) => { opening.onsuccess = () => resolve(opening.result); });
  const names = [...database.objectStoreNames];
  await new Promise((resolve) => {
    const transaction = database.transaction(names, "readwrite");
    for (const name of names) transaction.objectStore(name).clear();
    transaction.oncomplete = resolve;
  });
  database.close();
  await messenger.storage.local.remove("walk");
  let start = 0;
  messenger.runtime.onMessage.addListener(({ type, walk }) => {
    if (type !== "walk-changed" || walk.state !== "ended") return;
    document.body.dataset.walked = JSON.stringify({ walk, milliseconds: performance.now() - start });
  });
  start = performance.now();
  await messenger.runtime.sendMessage({ type: "ledger", request: { name: "start-walk" } });
  return null;`;

/** Lists the folder and reads what comes from a provider, and then the rest, as plainly as the API allows; leaves the times behind. */
const BARE = `
  const timed = async (work) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const read = async (ids) => {
    for (const id of ids) await messenger.messages.getRaw(id, { data_format: "BinaryString" });
  };
  const run = async () => {
    const [{ id }] = await messenger.folders.query({ name: args[0] });
    const [receipts, others] = [[], []];
    const list = await timed(async () => {
      let page = await messenger.messages.list(id);
      for (;;) {
        for (const { id, author } of page.messages) (author.includes("posta-certificata@") ? receipts : others).push(id);
        if (!page.id) break;
        page = await messenger.messages.continueList(page.id);
      }
    });
    const times = { list, receipts: await timed(() => read(receipts)), others: await timed(() => read(others)) };
    // What a script leaves in its globals is gone with it.
    document.body.dataset.bare = JSON.stringify({ receipts: receipts.length, others: others.length, times });
  };
  void run();
  return null;`;

interface Walked {
  readonly walk: { readonly receipts: number };
  /** Milliseconds. */
  readonly milliseconds: number;
}

interface Bare {
  readonly receipts: number;
  readonly others: number;
  /** Milliseconds. */
  readonly times: { readonly list: number; readonly receipts: number; readonly others: number };
}

/** What a script leaves behind in the options page; looked for seldom, for every look costs what is being timed. */
function leftBehind<T>(thunderbird: Thunderbird, id: string, name: string): Promise<T> {
  const look = () =>
    thunderbird.runInPage<T | null>(id, "options", "return JSON.parse(document.body.dataset[args[0]] ?? 'null');", [
      name,
    ]);
  return waitFor(name, LIMIT_MS, look, LEFT_EVERY_MS);
}

async function longestHalt(thunderbird: Thunderbird): Promise<number> {
  return thunderbird.run(
    `const win = mainWindow();
     const halt = win.longestHalt ?? 0;
     win.longestHalt = 0;
     if (!win.haltTimer) {
       let last = win.performance.now();
       win.haltTimer = win.setInterval(() => {
         const now = win.performance.now();
         win.longestHalt = Math.max(win.longestHalt, now - last - args[0]);
         last = now;
       }, args[0]);
     }
     return halt;`,
    LOOK_EVERY_MS,
  );
}

export async function benchWalk(messages = MESSAGES, receipts = RECEIPTS): Promise<readonly Row[]> {
  const installation = await requireThunderbird(null);
  const addon = await makeTemporaryFolder("bench-walk");
  const display = await startVirtualDisplay();
  try {
    await buildFlavour(FLAVOUR, addon.path);
    const { received } = largeMailbox(messages, receipts / RECEIPTS_EACH, DEMO_NOW - 30 * DAY);
    const session = {
      installation,
      display: display.name,
      addons: [addon.path],
      folders: { [FOLDER]: toMbox(received) },
      shownFolder: FOLDER,
      locale: "it",
      preferences: PREFERENCES,
    };
    return await withThunderbird(session, async (thunderbird) => {
      const id = addonId(FLAVOUR);
      await thunderbird.openOptions(id);
      await askLedger(thunderbird, id, { name: "cancel-walk" });
      await longestHalt(thunderbird);
      await thunderbird.runInPage(id, "options", WALK);
      const walked = await leftBehind<Walked>(thunderbird, id, "walked");
      if (walked.walk.receipts !== receipts) throw new Error(`The walk found ${walked.walk.receipts} receipts`);
      const halt = await longestHalt(thunderbird);
      await thunderbird.runInPage(id, "options", BARE, [FOLDER]);
      const bare = await leftBehind<Bare>(thunderbird, id, "bare");
      if (bare.receipts !== receipts || bare.receipts + bare.others !== messages) {
        throw new Error(`The bare list has ${bare.receipts} receipts and ${bare.others} other messages`);
      }
      const bareHalt = await longestHalt(thunderbird);
      const { times } = bare;
      const ofReceipts = times.list + times.receipts;
      const ofAll = ofReceipts + times.others;
      return [
        row(`walk in Thunderbird over ${messages} messages with ${receipts} receipts`, walked.milliseconds, " ms"),
        row("bare messages.list and getRaw of the same messages", ofAll, " ms"),
        row("walk / bare", walked.milliseconds / ofAll, "×", { atMost: 1.5 }),
        row("bare messages.list, and getRaw of the receipts alone, which the walk reads", ofReceipts, " ms"),
        row("walk / bare with the receipts alone", walked.milliseconds / ofReceipts, "×"),
        row("walk: longest halt of the window", halt, " ms"),
        row("bare: longest halt of the window", bareHalt, " ms"),
        row("longest halt of the window: walk / bare", halt / bareHalt, "×", { atMost: 1 }),
        ...(await benchBatch(thunderbird, id, { folder: FOLDER, messages, bare: ofAll })),
      ];
    });
  } finally {
    await display.stop();
    await addon.remove();
  }
}
