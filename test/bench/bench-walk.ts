// Belongs here: how long the first walk over a large folder takes in Thunderbird, and how long it halts the window, beside Thunderbird's
// own API asked for nothing but the list and the same raw messages.
// Does NOT belong here: the mailbox (see walk-mailbox.ts), the walk without Thunderbird.
import { buildFlavour } from "../lab/build-flavour.ts";
import { waitFor } from "../lab/deadline.ts";
import { startVirtualDisplay } from "../lab/display.ts";
import { requireThunderbird } from "../lab/find-thunderbird.ts";
import { addonId } from "../lab/flavours.ts";
import { ledgerOverview } from "../lab/ledger-questions.ts";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { withThunderbird } from "../lab/with-thunderbird.ts";
import { DAY } from "../provider/local-time.ts";
import { DEMO_NOW } from "../provider/test-case.ts";
import { row, type Row } from "./row.ts";
import { largeMailbox, RECEIPTS_EACH } from "./walk-mailbox.ts";

const FLAVOUR = "demo";
const FOLDER = "Misure";
const MESSAGES = 20_000;
const RECEIPTS = 6_000;
const LIMIT_MS = 20 * 60_000;
/** How often the window is looked at; a longer pause between two looks is a halt. */
const LOOK_EVERY_MS = 4;

/** Lists the folder and reads what comes from a provider, as plainly as the API allows; leaves the time it took behind. */
const BARE = `
  const run = async () => {
    const start = performance.now();
    const [{ id }] = await messenger.folders.query({ name: args[0] });
    const ids = [];
    let list = await messenger.messages.list(id);
    for (;;) {
      for (const message of list.messages) if (message.author.includes("posta-certificata@")) ids.push(message.id);
      if (!list.id) break;
      list = await messenger.messages.continueList(list.id);
    }
    for (const each of ids) await messenger.messages.getRaw(each, { data_format: "BinaryString" });
    // What a script leaves in its globals is gone with it.
    document.body.dataset.bare = JSON.stringify({ count: ids.length, milliseconds: performance.now() - start });
  };
  void run();
  return null;`;

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

export async function benchWalk(): Promise<readonly Row[]> {
  const installation = await requireThunderbird(null);
  const addon = await makeTemporaryFolder("bench-walk");
  const display = await startVirtualDisplay();
  try {
    await buildFlavour(FLAVOUR, addon.path);
    const { received, receipts } = largeMailbox(MESSAGES, RECEIPTS / RECEIPTS_EACH, DEMO_NOW - 30 * DAY);
    const folders = { [FOLDER]: toMbox(received) };
    const session = { installation, display: display.name, addons: [], folders, shownFolder: FOLDER, locale: "it" };
    return await withThunderbird(session, async (thunderbird) => {
      const id = addonId(FLAVOUR);
      await longestHalt(thunderbird);
      await thunderbird.installAddon(addon.path);
      const start = performance.now();
      await thunderbird.openOptions(id);
      const walked = await waitFor("the walk to end", LIMIT_MS, async () => {
        const { walk } = await ledgerOverview(thunderbird, id);
        return walk.state === "ended" ? { walk, milliseconds: performance.now() - start } : null;
      });
      if (walked.walk.receipts !== receipts) throw new Error(`The walk found ${walked.walk.receipts} receipts`);
      const halt = await longestHalt(thunderbird);
      await thunderbird.runInPage(id, "options", BARE, [FOLDER]);
      const bare = await waitFor("the bare list", LIMIT_MS, () =>
        thunderbird.runInPage<{ count: number; milliseconds: number } | null>(
          id,
          "options",
          "return JSON.parse(document.body.dataset.bare ?? 'null');",
        ),
      );
      if (bare.count !== receipts) throw new Error(`The bare list has ${bare.count} receipts`);
      const bareHalt = await longestHalt(thunderbird);
      const what = `${MESSAGES} messages, ${RECEIPTS} receipts`;
      return [
        row(`walk in Thunderbird, ${what}`, walked.milliseconds, " ms"),
        row("the same: bare messages.list, and getRaw of the receipts", bare.milliseconds, " ms"),
        row("walk / bare", walked.milliseconds / bare.milliseconds, "×", { atMost: 1.5 }),
        row("walk: longest halt of the window", halt, " ms"),
        row("bare: longest halt of the window", bareHalt, " ms"),
      ];
    });
  } finally {
    await display.stop();
    await addon.remove();
  }
}
