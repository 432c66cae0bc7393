// Belongs here: pictures of the page with all sent PEC, for people to look at.
// Does NOT belong here: pictures of messages (see take-screenshots.ts).
import { join } from "node:path";
import { DAY } from "../provider/local-time.ts";
import { waitFor } from "./deadline.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** The walk over the demo mailbox takes seconds; longer, it hangs. */
const WALK_LIMIT_MS = 90_000;

/**
 * Shows the ledger page as it is when everything was found, in each theme: `ledger-light.png`, `ledger-details-light.png`,
 * `ledger-apart-light.png`; then in a narrow page, and with everything twice as large.
 *
 * @returns how many pictures were written
 */
export async function takeLedgerScreenshots(
  thunderbird: Thunderbird,
  addonId: string,
  folder: string,
): Promise<number> {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await thunderbird.screenshot(join(folder, `${name}.png`));
    count += 1;
  };
  await thunderbird.openLedger(addonId);
  await walkFinished(thunderbird, addonId);
  await pretendEarlierBeginning(thunderbird, addonId);
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await shoot(`ledger-${theme}`);
    await openWorst(thunderbird, addonId);
    await shoot(`ledger-details-${theme}`);
    await thunderbird.click(addonId, "ledger", "[data-at=close]");
    await thunderbird.click(addonId, "ledger", "[data-at=apart]");
    await thunderbird.settledLedger(addonId);
    await shoot(`ledger-apart-${theme}`);
    await thunderbird.click(addonId, "ledger", "[data-at=back]");
  }
  await thunderbird.setTheme("light");
  await thunderbird.setLook(addonId, "ledger", { zoom: 1, width: "600px" });
  await shoot("ledger-narrow");
  await openWorst(thunderbird, addonId);
  await shoot("ledger-details-narrow");
  await thunderbird.setLook(addonId, "ledger", { zoom: 2, width: "none" });
  // A picture of the whole window leaves the page's own zoom out.
  await thunderbird.screenshotPage(addonId, "ledger", join(folder, "ledger-details-zoomed.png"));
  count += 1;
  await thunderbird.setLook(addonId, "ledger", { zoom: 1, width: "none" });
  await thunderbird.closeMessage("tab");
  return count;
}

async function walkFinished(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await waitForSome(thunderbird, addonId, "[data-walk=ended]");
  await waitForSome(thunderbird, addonId, ".row");
}

/**
 * What went wrong before the add-on was there is shown without alarm, and the demo mailbox is older than its profile. So that the
 * pictures show problems, the ledger is made to have begun a month ago.
 */
async function pretendEarlierBeginning(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.runInPage(
    addonId,
    "ledger",
    `const settled = (request) => new Promise((resolve, reject) => {
       request.onsuccess = () => resolve(request.result);
       request.onerror = () => reject(request.error);
     });
     const database = await settled(indexedDB.open("sigillo-pec"));
     const transaction = database.transaction(["ledgerTimes", "problems"], "readwrite");
     await settled(transaction.objectStore("ledgerTimes").put(args[0], "began"));
     const problems = transaction.objectStore("problems");
     for (const problem of await settled(problems.getAll())) {
       await settled(problems.put({ ...problem, acknowledged: false, open: 1 }));
     }
     database.close();`,
    [Date.now() - 30 * DAY],
  );
  await thunderbird.run(`whereOf(args[0], "ledger").reload();`, addonId);
  await walkFinished(thunderbird, addonId);
  await thunderbird.settledLedger(addonId);
}

/** The details of what failed. */
async function openWorst(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.click(addonId, "ledger", ".problem [data-at^=reveal]");
  await waitForSome(thunderbird, addonId, ".details .recipients");
  await thunderbird.runInPage(
    addonId,
    "ledger",
    `await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`,
  );
}

async function waitForSome(thunderbird: Thunderbird, addonId: string, selector: string): Promise<void> {
  await waitFor(`${selector} in the ledger page`, WALK_LIMIT_MS, async () => {
    // While the page loads anew there is nobody to answer.
    const find = `return document.querySelector(args[0]) !== null;`;
    const isThere = await thunderbird.runInPage<boolean>(addonId, "ledger", find, [selector]).catch(() => false);
    return isThere ? true : null;
  });
}
