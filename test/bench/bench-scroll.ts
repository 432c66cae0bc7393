// Belongs here: how smoothly the page with all sent PEC scrolls in Thunderbird with many rows, beside the same page with few.
// Does NOT belong here: filling the ledger from mail (see bench-walk.ts), the arithmetic of rows (see pages/table/row-geometry.ts).
import { buildFlavour } from "../lab/build-flavour.ts";
import { waitFor } from "../lab/deadline.ts";
import { startVirtualDisplay } from "../lab/display.ts";
import { requireThunderbird } from "../lab/find-thunderbird.ts";
import { addonId } from "../lab/flavours.ts";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { withThunderbird } from "../lab/with-thunderbird.ts";
import { withEvent } from "../../src/core/index.ts";
import { aReceipt, ANNA } from "../core/receipts/a-receipt.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { median, row, type Row } from "./row.ts";

const FLAVOUR = "demo";
const FOLDER = "Misure";
const FEW = 200;
const MANY = 10_000;
const LIMIT_MS = 120_000;
/** As a fast wheel moves, in CSS pixels a frame; up again at the end. */
const STEP = 150;
const FRAMES = 300;
/** The first ones start whatever is started once. */
const WARMING = 30;

/** Puts `args[1]` accepted messages into the ledger, each like the one in `args[0]` under identifiers of its own. */
const FILL = `
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("sigillo-pec");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await new Promise((resolve, reject) => {
    const transaction = database.transaction("entries", "readwrite");
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
    const entries = transaction.objectStore("entries");
    entries.clear();
    for (let index = 0; index < args[1]; index++) {
      const entry = JSON.parse(args[0].replaceAll("%n%", String(index)));
      entries.put({ entry, revision: index + 1 }, entry.links[0]);
    }
  });
  database.close();`;

/** Scrolls frame by frame, and leaves behind how long each took. */
const SCROLL = `
  const [step, frames] = args;
  const grid = document.querySelector(".grid");
  grid.scrollTop = 0;
  const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const run = async () => {
    const times = [];
    let [direction, last, empty, most] = [1, await next(), 0, 0];
    for (let frame = 0; frame < frames; frame++) {
      if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1) direction = -1;
      if (grid.scrollTop === 0) direction = 1;
      grid.scrollTop += step * direction;
      const now = await next();
      times.push(now - last);
      last = now;
      // What a person would see of the middle of the table: a row, or nothing.
      const { left, top, width, height } = grid.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      if (seen === null || seen.closest(".row") === null) empty++;
      most = Math.max(most, grid.querySelectorAll(".row").length);
    }
    document.body.dataset.scrolled = JSON.stringify({ times, empty, most });
  };
  delete document.body.dataset.scrolled;
  void run();
  return null;`;

interface Scrolled {
  /** Milliseconds from frame to frame. */
  readonly times: readonly number[];
  /** Frames in whose middle no row stood. */
  readonly empty: number;
  /** Rows in the document, at most. */
  readonly most: number;
}

export async function benchScroll(): Promise<{ readonly version: string; readonly rows: readonly Row[] }> {
  const installation = await requireThunderbird(null);
  const addon = await makeTemporaryFolder("bench-scroll");
  const display = await startVirtualDisplay();
  try {
    await buildFlavour(FLAVOUR, addon.path);
    const session = {
      installation,
      display: display.name,
      addons: [addon.path],
      folders: {
        [FOLDER]: toMbox(
          demoMessages()
            .slice(0, 1)
            .map(({ bytes }) => bytes),
        ),
      },
      shownFolder: FOLDER,
      locale: "it",
      preferences: {},
    };
    return await withThunderbird(session, async (thunderbird) => {
      const id = addonId(FLAVOUR);
      await thunderbird.openOptions(id);
      const few = await scrolled(thunderbird, id, FEW);
      const many = await scrolled(thunderbird, id, MANY);
      const [ofFew, ofMany] = [few.times.slice(WARMING), many.times.slice(WARMING)];
      const name = `ledger page of ${MANY} rows, scrolled`;
      const rows = [
        row(`${name}: from frame to frame, median`, median(ofMany), " ms"),
        row(`${name}: the slowest of twenty`, slowOf(ofMany), " ms"),
        row(`${name}: median / the same page of ${FEW} rows`, median(ofMany) / median(ofFew), "×", { atMost: 1.5 }),
        row(`${name}: the slowest of twenty / the same of ${FEW} rows`, slowOf(ofMany) / slowOf(ofFew), "×", {
          atMost: 1.5,
        }),
        row(`${name}: frames of ${FRAMES} without rows in the middle`, many.empty, "", { atMost: 0 }),
        row(`${name}: rows in the document, at most`, many.most, ""),
      ];
      return { version: `Thunderbird ${installation.version}`, rows };
    });
  } finally {
    await display.stop();
    await addon.remove();
  }
}

async function scrolled(thunderbird: Thunderbird, id: string, count: number): Promise<Scrolled> {
  const names = { id: "receipt %n%", msgid: "sent%n%@bench.test", identifier: "opec%n%@bench.test" };
  const receipt = aReceipt("accettazione", 0, ANNA, { ...names, subject: "Diffida numero %n%" });
  const entry = withEvent([], { type: "receipt", receipt: { ...receipt, recipient: null } });
  await thunderbird.runInPage(id, "options", FILL, [JSON.stringify(entry), count]);
  await thunderbird.runInPage(id, "options", `await messenger.tabs.create({ url: "/pages/ledger/ledger.html" });`);
  await waitFor("every row", LIMIT_MS, async () => {
    const { text } = await thunderbird.settledLedger(id);
    const shown = await thunderbird.runInPage<number>(
      id,
      "ledger",
      `return Number(document.querySelector(".grid")?.getAttribute("aria-rowcount") ?? 1) - 1;`,
    );
    if (text.includes("Errore")) throw new Error("The page shows an error.");
    return shown === count ? true : null;
  });
  await thunderbird.runInPage(id, "ledger", SCROLL, [STEP, FRAMES]);
  const measured = await waitFor("the end of scrolling", LIMIT_MS, () =>
    thunderbird.runInPage<Scrolled | null>(
      id,
      "ledger",
      `return JSON.parse(document.body.dataset.scrolled ?? "null");`,
    ),
  );
  await thunderbird.runInPage(
    id,
    "ledger",
    `const { id } = await messenger.tabs.getCurrent(); void messenger.tabs.remove(id);`,
  );
  return measured;
}

/** One of twenty takes longer. */
const slowOf = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN;
