// Belongs here: pictures of the page that makes a bundle of evidence, and of the details that lead to it, for people to look at.
// Does NOT belong here: the report inside a bundle: it is a file, and any browser shows and prints it.
import { join } from "node:path";
import { demoSeries } from "../provider/demo-series.ts";
import { waitFor } from "./deadline.ts";
import { answerSaveDialogWithPath, closeSaveDialog } from "./save-dialog.ts";
import type { Thunderbird } from "./thunderbird.ts";

/** All receipts of the demo mailbox are read in seconds; longer, something hangs. */
const LIMIT_MS = 90_000;

/** It was sent from elsewhere: something is missing in its bundle. */
const WITHOUT_COPY = "webmail";

/**
 * Shows the page at work (`evidence-making-light.png`), and finished: saved, with something missing, dark, and narrow; and the details that
 * it is asked for from (`ledger-evidence-light.png`).
 *
 * @returns how many pictures were written
 */
export async function takeEvidenceScreenshots(
  thunderbird: Thunderbird,
  addonId: string,
  folder: string,
): Promise<number> {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await thunderbird.screenshot(join(folder, `${name}.png`));
    count += 1;
  };
  const until = (saving: string): Promise<true> =>
    waitFor(`the bundle to be ${saving}`, LIMIT_MS, async () =>
      (await thunderbird.evidence(addonId))?.data["saving"] === saving ? true : null,
    );
  await thunderbird.setTheme("light");
  await thunderbird.openLedger(addonId);
  await waitFor("the ledger", LIMIT_MS, async () =>
    (await thunderbird.runInPage<boolean>(addonId, "ledger", `return document.querySelector(".row") !== null;`))
      ? true
      : null,
  );
  await closeSaveDialog(thunderbird);
  await thunderbird.click(addonId, "ledger", "[data-at=evidence-shown]");
  await waitFor("the first messages", LIMIT_MS, async () => {
    const done = `return (document.querySelector("progress")?.value ?? 0) > 0.2;`;
    return (await thunderbird.runInPage<boolean>(addonId, "evidence", done).catch(() => false)) ? true : null;
  });
  await shoot("evidence-making-light");
  await until("cancelled");
  await thunderbird.closeMessage("tab");

  const subject = demoSeries(0).find(({ id }) => id === WITHOUT_COPY)?.subject ?? "";
  await thunderbird.runInPage(
    addonId,
    "ledger",
    `[...document.querySelectorAll(".row")].find((row) => row.textContent.includes(args[0])).click();`,
    [subject],
  );
  await waitFor("the details", LIMIT_MS, async () => {
    const there = `return document.querySelector("[data-at=evidence]") !== null;`;
    return (await thunderbird.runInPage<boolean>(addonId, "ledger", there)) ? true : null;
  });
  await shoot("ledger-evidence-light");
  await answerSaveDialogWithPath(thunderbird, "fascicolo.zip");
  await thunderbird.click(addonId, "ledger", "[data-at=evidence]");
  await until("saved");
  await shoot("evidence-light");
  await thunderbird.setTheme("dark");
  await shoot("evidence-dark");
  await thunderbird.setTheme("light");
  await thunderbird.setLook(addonId, "evidence", { zoom: 1, width: "480px" });
  await shoot("evidence-narrow");
  await thunderbird.closeMessage("tab");
  await thunderbird.closeMessage("tab");
  return count;
}
