// Belongs here: pictures of what is said of attachments when somebody asks. Does NOT belong here: pictures of messages (see
// take-screenshots.ts).
import { join } from "node:path";
import { demoMessages } from "../provider/demo-messages.ts";
import { waitFor } from "./deadline.ts";
import { DEMO_FOLDER } from "./demo-mailbox.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** As narrow as Thunderbird's window lets the pane become beside two others. */
const NARROW = "600px";

/** Answers come within a moment; longer, something hangs. */
const LIMIT_MS = 20_000;

/** An intact file, one signed twice, one that was changed; and a fingerprint. */
const QUESTIONS = ["signature 1", "sha256 2", "signature 3"] as const;

/**
 * The pane of a message with signed attachments, each asked about, in a tab of its own: `attachments-light.png`, `attachments-dark.png`,
 * `attachments-twice-light.png`, `attachments-narrow.png`.
 *
 * @returns how many pictures were written
 */
export async function takeAttachmentScreenshots(
  thunderbird: Thunderbird,
  addonId: string,
  folder: string,
): Promise<number> {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await thunderbird.screenshot(join(folder, `${name}.png`));
    count += 1;
  };
  const position = demoMessages().findIndex(({ id }) => id === "signed-attachments");
  await thunderbird.openMessage(DEMO_FOLDER, position, "tab");
  const { data } = await thunderbird.settledPane(addonId);
  if (data["expanded"] === "false") await thunderbird.click(addonId, "pane", "button[aria-controls=details]");
  for (const question of QUESTIONS) await ask(thunderbird, addonId, question);
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await thunderbird.settledPane(addonId);
    await shoot(`attachments-${theme}`);
  }
  await thunderbird.setTheme("light");
  await ask(thunderbird, addonId, "signature 2");
  await shoot("attachments-twice-light");
  await setWidth(thunderbird, addonId, NARROW);
  await shoot("attachments-narrow");
  await setWidth(thunderbird, addonId, "none");
  await thunderbird.closeMessage("tab");
  return count;
}

async function ask(thunderbird: Thunderbird, addonId: string, question: string): Promise<void> {
  await thunderbird.click(addonId, "pane", `[data-question="${question}"]`);
  await waitFor("the answer", LIMIT_MS, () =>
    thunderbird.runInPage<true | null>(
      addonId,
      "pane",
      `return document.querySelector('[data-answer="' + args[0] + '"]') === null ? null : true;`,
      [question],
    ),
  );
  await thunderbird.settledPane(addonId);
}

function setWidth(thunderbird: Thunderbird, addonId: string, width: string): Promise<void> {
  return thunderbird.run(
    `const browser = paneBrowser(args[0], "tab");
     browser.style.maxWidth = args[1];
     await new Promise((resolve) => window.requestAnimationFrame(() => window.requestAnimationFrame(resolve)));`,
    addonId,
    width,
  );
}
