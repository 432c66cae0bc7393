// Belongs here: pictures of the page for checking many messages, for people to look at.
// Does NOT belong here: pictures of messages (see take-screenshots.ts).
import { join } from "node:path";
import { waitFor } from "./deadline.ts";
import { DEMO_FOLDER } from "./demo-mailbox.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** The demo mailbox takes a second; longer, it hangs. */
const LIMIT_MS = 90_000;

/**
 * Shows the page before and after the demo mailbox was checked, in each theme: `batch-choices-light.png`, `batch-light.png`,
 * `batch-details-light.png`; then in a narrow page, and with everything twice as large.
 *
 * @returns how many pictures were written
 */
export async function takeBatchScreenshots(thunderbird: Thunderbird, addonId: string, folder: string): Promise<number> {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await thunderbird.screenshot(join(folder, `${name}.png`));
    count += 1;
  };
  await thunderbird.openBatch(addonId);
  await thunderbird.setTheme("dark");
  await shoot("batch-choices-dark");
  await thunderbird.setTheme("light");
  await shoot("batch-choices-light");
  await thunderbird.checkFolder(addonId, DEMO_FOLDER);
  await waitFor("the check to end", LIMIT_MS, async () => {
    const { data } = await thunderbird.batch(addonId);
    return data["state"] === "ended" ? data : null;
  });
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await shoot(`batch-${theme}`);
    await openForged(thunderbird, addonId);
    await shoot(`batch-details-${theme}`);
    await thunderbird.click(addonId, "batch", "[data-at=close]");
  }
  await thunderbird.setTheme("light");
  await thunderbird.setLook(addonId, "batch", { zoom: 1, width: "600px" });
  await shoot("batch-narrow");
  await openForged(thunderbird, addonId);
  await shoot("batch-details-narrow");
  await thunderbird.setLook(addonId, "batch", { zoom: 2, width: "none" });
  // A picture of the whole window leaves the page's own zoom out.
  await thunderbird.screenshotPage(addonId, "batch", join(folder, "batch-details-zoomed.png"));
  count += 1;
  await thunderbird.setLook(addonId, "batch", { zoom: 1, width: "none" });
  await thunderbird.closeMessage("tab");
  return count;
}

async function openForged(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.click(addonId, "batch", ".row.not-valid");
  await thunderbird.runInPage(
    addonId,
    "batch",
    `await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`,
  );
}
