// Belongs here: a throwaway Thunderbird profile with Local Folders and no server, quiet at its first start.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryFolder, type TemporaryFolder } from "./running-process.ts";

export type Preferences = Readonly<Record<string, string | number | boolean>>;

export interface ProfileOptions {
  /** Folders of Local Folders: name → mbox file. */
  readonly folders: Readonly<Record<string, Uint8Array>>;
  /** Folder that is shown at the start. */
  readonly shownFolder: string;
  /** Language of Thunderbird and of the add-on; its language pack must be installed. */
  readonly locale: string;
  readonly preferences?: Preferences;
}

/** Makes the profile in a new folder below the system's folder for temporary files. */
export async function createProfile(options: ProfileOptions): Promise<TemporaryFolder> {
  const profile = await makeTemporaryFolder("profile");
  const { path } = profile;
  const mail = join(path, "Mail", "Local Folders");
  await mkdir(mail, { recursive: true });
  await mkdir(temporaryFolderOf(path));
  for (const [name, mbox] of Object.entries(options.folders)) await writeFile(join(mail, name), mbox);
  const preferences = { ...QUIET, ...LOCAL_FOLDERS, "intl.locale.requested": options.locale, ...options.preferences };
  await writeFile(join(path, "user.js"), userPreferences(preferences));
  await writeFile(join(path, "session.json"), JSON.stringify(sessionShowing(options.shownFolder)));
  await writeFile(join(path, "xulstore.json"), JSON.stringify(WINDOW));
  return profile;
}

/** Where the Thunderbird with this profile keeps what is temporary. */
export function temporaryFolderOf(profile: string): string {
  return join(profile, "temporary");
}

function userPreferences(preferences: Preferences): string {
  return Object.entries(preferences)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join("");
}

/** Thunderbird's own record of the last session: one window, one tab, showing the folder. */
function sessionShowing(folder: string): object {
  const folderURI = `mailbox://nobody@Local%20Folders/${encodeURIComponent(folder)}`;
  const state = { firstTab: true, folderPaneVisible: true, messagePaneVisible: true, folderURI };
  const tabs = [{ mode: "mail3PaneTab", state, ext: {} }];
  return { rev: 0, windows: [{ type: "3pane", tabs: { rev: 0, selectedIndex: 0, tabs } }] };
}

/** No wizard, no tips, no reports, no network: every line keeps one thing from opening or calling home. */
const QUIET: Preferences = {
  "app.donation.eoy.version.viewed": 99,
  "app.update.enabled": false,
  "browser.cache.disk.enable": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "datareporting.policy.dataSubmissionPolicyBypassNotification": true,
  "extensions.autoDisableScopes": 0,
  "extensions.getAddons.cache.enabled": false,
  "extensions.update.enabled": false,
  "mail.chat.enabled": false,
  "mail.inappnotifications.enabled": false,
  "mail.provider.suppress_dialog_on_startup": true,
  "mail.rights.version": 1,
  "mail.shell.checkDefaultClient": false,
  "mail.shell.checkDefaultMail": false,
  "mail.spotlight.firstRunDone": true,
  "mailnews.start_page.enabled": false,
  "mailnews.start_page_override.mstone": "ignore",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.enabled": false,
};

const LOCAL_FOLDERS: Preferences = {
  "mail.accountmanager.accounts": "account1",
  "mail.accountmanager.localfoldersserver": "server1",
  "mail.account.account1.server": "server1",
  // Without somebody to write as, Thunderbird disables its own buttons for replying.
  "mail.account.account1.identities": "id1",
  "mail.identity.id1.fullName": "Chiara Montaldi",
  "mail.identity.id1.useremail": "chiara.montaldi@pec.avvocati-esempio.test",
  "mail.identity.id1.valid": true,
  "mail.server.server1.type": "none",
  "mail.server.server1.name": "Local Folders",
  "mail.server.server1.hostname": "Local Folders",
  "mail.server.server1.userName": "nobody",
  "mail.server.server1.directory-rel": "[ProfD]Mail/Local Folders",
};

/** Size of the main window: all three panes beside each other, with room for our own. */
const WINDOW = {
  "chrome://messenger/content/messenger.xhtml": {
    messengerWindow: { screenX: "0", screenY: "0", width: "1500", height: "950", sizemode: "normal" },
  },
};
