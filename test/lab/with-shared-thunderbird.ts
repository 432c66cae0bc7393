// Belongs here: one Thunderbird after the other for many short actions: starting it takes longer than most of them. Between
// two actions it is put back as it was: no add-on and nothing of one, one window, one tab, no message shown, its preferences.
// Does NOT belong here: actions that change mail, accounts or Thunderbird's code (see with-thunderbird.ts).
import type { Preferences } from "./profile.ts";
import type { Thunderbird } from "./thunderbird.ts";
import { type SessionOptions, startThunderbird, type StartedThunderbird } from "./with-thunderbird.ts";

/** Those that wait for their next action, by what cannot be changed in a running one. */
const waiting = new Map<string, StartedThunderbird>();

/**
 * As `withThunderbird`, in a Thunderbird that served others before and may serve others afterwards. After an action that
 * failed it is ended: who knows how it was left.
 *
 * @param options preferences must be such that Thunderbird follows them while it runs
 */
export async function withSharedThunderbird<T>(
  options: SessionOptions,
  action: (thunderbird: Thunderbird) => Promise<T>,
): Promise<T> {
  const { installation, locale, folders, shownFolder, display } = options;
  const contents = Object.entries(folders).map(([name, { length }]) => [name, length]);
  const key = JSON.stringify([installation.binary, display, locale, contents]);
  const started = waiting.get(key) ?? (await startThunderbird({ installation, locale, folders, shownFolder, display }));
  waiting.delete(key);
  const { thunderbird } = started;
  try {
    const before = await setPreferences(thunderbird, options.preferences ?? {});
    for (const addon of options.addons) await thunderbird.installAddon(addon);
    await thunderbird.showFolder(shownFolder);
    const result = await action(thunderbird);
    await putBack(thunderbird);
    await setPreferences(thunderbird, before);
    waiting.set(key, started);
    return result;
  } catch (error) {
    await started.close();
    throw error;
  }
}

/** Ends those that wait for an action that does not come. */
export async function closeSharedThunderbirds(): Promise<void> {
  const all = [...waiting.values()];
  waiting.clear();
  for (const { close } of all) await close();
}

type PreferenceChanges = Readonly<Record<string, Preferences[string] | null>>;

/** Sets preferences, or clears those that are `null`; gives what they were. */
function setPreferences(thunderbird: Thunderbird, changes: PreferenceChanges): Promise<PreferenceChanges> {
  return thunderbird.run<PreferenceChanges>(
    `const { Preferences } = ChromeUtils.importESModule("resource://gre/modules/Preferences.sys.mjs");
     const before = {};
     for (const [name, value] of Object.entries(args[0])) {
       before[name] = Preferences.isSet(name) ? Preferences.get(name) : null;
       if (value === null) Preferences.reset(name);
       else Preferences.set(name, value);
     }
     return before;`,
    changes,
  );
}

async function putBack(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(
    `const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
     // With an add-on goes what it stored.
     for (const addon of await AddonManager.getAddonsByTypes(["extension"])) {
       if (addon.temporarilyInstalled) await addon.uninstall();
     }
     const [first] = Services.wm.getEnumerator("mail:3pane");
     for (const win of Services.wm.getEnumerator(null)) if (win !== first) win.close();
     const tabmail = first.document.getElementById("tabmail");
     tabmail.closeOtherTabs(tabmail.tabInfo[0]);
     const browser = aboutMessage("tab").getMessagePaneBrowser();
     browser.fullZoom = 1;
     browser.textZoom = 1;
     tabmail.currentAbout3Pane.threadTree.selectedIndex = -1;
     await waitFor("one window with one tab and no message", () =>
       [...Services.wm.getEnumerator(null)].length === 1 && tabmail.tabInfo.length === 1 && !shownMessage("tab"));`,
  );
}
