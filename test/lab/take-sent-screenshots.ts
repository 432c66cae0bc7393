// Belongs here: pictures of what became of sent messages, in their pane, in that of receipts, and in the popup of the store package.
// Does NOT belong here: pictures of messages without a history (see take-screenshots.ts) and of the list of them all (take-ledger-screenshots.ts).
import { join } from "node:path";
import { demoSeries, type DemoReceipt } from "../provider/demo-series.ts";
import { waitFor } from "./deadline.ts";
import { RECEIPTS_FOLDER, SENT_FOLDER } from "./demo-mailbox.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** What somebody must be able to tell apart at a glance; the other fates look like one of these. */
const SENT = [
  "four-fates",
  "all-delivered",
  "refused",
  "no-acceptance",
  "overdue",
  "contradiction",
  "forty-recipients",
  "ordinary-mail-returned",
  "forged-receipt",
] as const;

/** Compared before the picture is taken: with a copy that was changed, and by hashes. */
const COMPARED: readonly string[] = ["copy-edited", "brief-receipts"];

const RECEIPTS: readonly (readonly [string, DemoReceipt["kind"]])[] = [
  ["four-fates", "failed"],
  ["brief-receipts", "delivered"],
];

/** For the narrow pane, the wide one in a tab, and the popup: the one with the most to say. */
const FULLEST = "four-fates";

/** What a provider said of one of its recipients, and says after the others. */
const LAST_WORDS = "mancata consegna entro 12 ore";

/** As narrow as Thunderbird's window lets the pane become beside two others. */
const NARROW = "600px";

/** Receipts are collected, and contents compared, within seconds; longer, something hangs. */
const LIMIT_MS = 60_000;

/**
 * Shows telling sent messages and receipts of the demo mailbox, once all receipts were collected, in each theme:
 * `sent-four-fates-collapsed-light.png`, `sent-four-fates-expanded-light.png`, `receipt-four-fates-failed-expanded-light.png`; one of
 * them narrow and wide too.
 *
 * @returns how many pictures were written
 */
export async function takeSentScreenshots(thunderbird: Thunderbird, addonId: string, folder: string): Promise<number> {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await thunderbird.screenshot(join(folder, `${name}.png`));
    count += 1;
  };
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await thunderbird.showFolder(SENT_FOLDER);
    for (const id of SENT) {
      await selectSent(thunderbird, id);
      await fold(thunderbird, addonId, false);
      await shoot(`sent-${id}-collapsed-${theme}`);
      await fold(thunderbird, addonId, true);
      await shoot(`sent-${id}-expanded-${theme}`);
    }
    for (const id of COMPARED) {
      await selectSent(thunderbird, id);
      await fold(thunderbird, addonId, true);
      await compare(thunderbird, addonId);
      await shoot(`sent-${id}-compared-${theme}`);
    }
    await thunderbird.showFolder(RECEIPTS_FOLDER);
    for (const [id, kind] of RECEIPTS) {
      await selectReceipt(thunderbird, id, kind);
      await fold(thunderbird, addonId, false);
      await shoot(`receipt-${id}-${kind}-collapsed-${theme}`);
      await fold(thunderbird, addonId, true);
      await thunderbird.click(addonId, "pane", ".recipients-toggle");
      await thunderbird.settledPane(addonId, true);
      await shoot(`receipt-${id}-${kind}-expanded-${theme}`);
    }
  }
  await thunderbird.setTheme("light");
  await thunderbird.showFolder(SENT_FOLDER);
  await selectSent(thunderbird, FULLEST);
  await fold(thunderbird, addonId, true);
  await setWidth(thunderbird, addonId, NARROW);
  await thunderbird.settledPane(addonId, true);
  await shoot("sent-narrow");
  await setWidth(thunderbird, addonId, "none");
  await thunderbird.openMessage(SENT_FOLDER, positionOf(FULLEST), "tab");
  await fold(thunderbird, addonId, true);
  await shoot("sent-wide");
  await fold(thunderbird, addonId, false);
  await thunderbird.closeMessage("tab");
  return count;
}

/** The popup of the sent message with the most to say, once its receipts were collected: `sent-popup-light.png`. */
export async function takeSentPopup(thunderbird: Thunderbird, addonId: string, folder: string): Promise<number> {
  await thunderbird.showFolder(SENT_FOLDER);
  await selectSent(thunderbird, FULLEST);
  await thunderbird.settledButton(addonId, { state: "sent-problem" });
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await thunderbird.openPopup(addonId);
    // Receipts are still being collected, and the popup follows.
    await waitFor("every receipt", LIMIT_MS, async () =>
      (await thunderbird.settledPopup(addonId)).text.includes(LAST_WORDS) ? true : null,
    );
    await thunderbird.screenshotPage(addonId, "popup", join(folder, `sent-popup-${theme}.png`));
    await thunderbird.closePopup(addonId);
  }
  await thunderbird.setTheme("light");
  return THEMES.length;
}

// Who they are does not depend on the time, which decides how old they are.
const series = demoSeries(0);
const copies = series.filter(({ copy }) => copy !== null);
const receipts = series.flatMap((each) => each.receipts.map(({ kind }) => ({ id: each.id, kind })));

const positionOf = (id: string): number => copies.findIndex((each) => each.id === id);

const selectSent = (thunderbird: Thunderbird, id: string): Promise<void> =>
  thunderbird.selectMessage(SENT_FOLDER, positionOf(id));

function selectReceipt(thunderbird: Thunderbird, id: string, kind: DemoReceipt["kind"]): Promise<void> {
  const position = receipts.findIndex((each) => each.id === id && each.kind === kind);
  return thunderbird.selectMessage(RECEIPTS_FOLDER, position);
}

async function fold(thunderbird: Thunderbird, addonId: string, expanded: boolean): Promise<void> {
  const { data } = await thunderbird.settledPane(addonId);
  if (data["expanded"] !== String(expanded)) await thunderbird.click(addonId, "pane", "button[aria-controls=details]");
  await thunderbird.settledPane(addonId, expanded);
}

async function compare(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.click(addonId, "pane", ".compare");
  await waitFor("the comparison", LIMIT_MS, async () => {
    const find = `return document.querySelector(".content p") !== null;`;
    return (await thunderbird.runInPage<boolean>(addonId, "pane", find)) ? true : null;
  });
  await thunderbird.settledPane(addonId, true);
}

function setWidth(thunderbird: Thunderbird, addonId: string, width: string): Promise<void> {
  return thunderbird.run(`paneBrowser(args[0], "tab").style.maxWidth = args[1];`, addonId, width);
}
