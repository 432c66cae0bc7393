// Belongs here: pictures of every demo message, for people to look at.
import { join } from "node:path";
import { demoMessages } from "../provider/demo-messages.ts";
import { DEMO_FOLDER } from "./demo-mailbox.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/**
 * Shows every demo message once in each theme and writes PNG files into `folder`: `01-name-collapsed-light.png`,
 * `01-name-expanded-light.png`; `01-name-no-pane-light.png` for a message that has no pane.
 *
 * @returns how many pictures were written
 */
export async function takeScreenshots(thunderbird: Thunderbird, addonId: string, folder: string): Promise<number> {
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await thunderbird.screenshot(join(folder, `${name}.png`));
    count += 1;
  };
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    for (const [position, message] of demoMessages().entries()) {
      const name = `${String(position + 1).padStart(2, "0")}-${message.id}`;
      await thunderbird.selectMessage(DEMO_FOLDER, position);
      if (message.expected.look === "none") {
        await thunderbird.settledButton(addonId);
        await shoot(`${name}-no-pane-${theme}`);
        continue;
      }
      // A seal that is not valid opens the pane by itself (ui.md, first principle).
      const opensByItself = message.expected.look === "not-valid";
      const states = opensByItself ? (["expanded", "collapsed"] as const) : (["collapsed", "expanded"] as const);
      for (const state of states) {
        await thunderbird.settledPane(addonId, state === "expanded");
        await shoot(`${name}-${state}-${theme}`);
        await thunderbird.click(addonId, "pane", "button[aria-controls=details]");
      }
    }
  }
  return count;
}
