// Belongs here: pictures of the page on PEC accounts, for people to look at.
// Does NOT belong here: pictures of messages (see take-screenshots.ts).
import { join } from "node:path";
import { giveAddress, press, typeInto } from "./account-page.ts";
import { waitFor } from "./deadline.ts";
import { addWizardAccount, fetchNewMail, fetchUntil, madeAccount, sendBy } from "./mail-account.ts";
import { type PecService, startPecService } from "./pec-service.ts";
import { type ScriptedServer, startScriptedServer } from "./scripted-server.ts";
import type { Thunderbird } from "./thunderbird.ts";
import { takeUsualPorts, trustServers } from "./trust-servers.ts";
import { UserError } from "./user-error.ts";

const THEMES = ["light", "dark"] as const;

/** Of the provider in the pictures: at this computer, where at first nobody listens at their ports. */
const SERVERS = ["imap.pectim.it", "smtp.pectim.it"];
const ADDRESS = "studio@timpec.it";
const PASSWORD = "segreta";
/** In KB. */
const STORAGE_LIMIT = 1024;

/**
 * Shows the page on accounts in its states, in each theme: `account-audit-dark.png`; the most important ones also in a narrow page, and
 * with everything twice as large. Nothing goes over the network: every domain is a known one, and the servers are this computer.
 *
 * @returns how many pictures were written
 */
export async function takeAccountScreenshots(
  thunderbird: Thunderbird,
  addonId: string,
  folder: string,
): Promise<number> {
  let count = 0;
  const shoot = async (state: string, variant: string): Promise<void> => {
    await thunderbird.screenshotPage(addonId, "account", join(folder, `account-${state}-${variant}.png`));
    count += 1;
  };
  const shownWhole = async (state: string, variant: string): Promise<void> => {
    await scroll(thunderbird, addonId, "up");
    await shoot(state, variant);
    await scroll(thunderbird, addonId, "down");
    await shoot(`${state}-end`, variant);
  };
  await thunderbird.run(`Services.prefs.setStringPref("network.dns.localDomains", args[0].join(","));`, SERVERS);
  await thunderbird.openAccounts(addonId, "welcome");
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await press(thunderbird, addonId, "view accounts");
    await shoot("none", theme);
    await press(thunderbird, addonId, "view add");
    await giveAddress(thunderbird, addonId, "mario.rossi");
    await shoot("address-wrong", theme);
    await giveAddress(thunderbird, addonId, "mario.rossi@gmail.com");
    await shoot("ordinary-mail", theme);
    await giveAddress(thunderbird, addonId, "mario.rossi@emarche.it");
    await shoot("no-settings", theme);
    await giveAddress(thunderbird, addonId, "mario.rossi@pec.it");
    await shownWhole("form", theme);
    await press(thunderbird, addonId, "open-list");
    await typeInto(thunderbird, addonId, "search", "legal");
    await waitForPage(
      thunderbird,
      addonId,
      "document.querySelector('.choices > li').textContent.startsWith('Legalmail')",
    );
    await shoot("list", theme);
    await fillIn(thunderbird, addonId, PASSWORD);
    await press(thunderbird, addonId, "create");
    await shownWhole("refused", theme);
    await press(thunderbird, addonId, "by-hand");
    await shownWhole("by-hand", theme);
  }
  const key = await addWithDefaults(thunderbird);
  // What is set in other windows the page looks at when it is opened, or shown again.
  await thunderbird.closeMessage("tab");
  await thunderbird.openAccounts(addonId, "welcome");
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await press(thunderbird, addonId, "view accounts");
    await waitForPage(thunderbird, addonId, "document.querySelector('.card') !== null");
    await shownWhole("audit", theme);
    await press(thunderbird, addonId, `repair-all ${key}`);
    await shoot("repaired", theme);
    await press(thunderbird, addonId, `undo-all ${key}`);
  }
  await thunderbird.setTheme("light");
  await thunderbird.setLook(addonId, "account", { zoom: 1, width: "380px" });
  await shoot("audit", "narrow");
  await thunderbird.setLook(addonId, "account", { zoom: 2, width: "none" });
  await shoot("audit", "zoomed");
  await thunderbird.setLook(addonId, "account", { zoom: 1, width: "none" });
  await shootOutgoing(thunderbird, addonId, key, shoot);
  await press(thunderbird, addonId, "view add");
  await giveAddress(thunderbird, addonId, ADDRESS);
  await thunderbird.setLook(addonId, "account", { zoom: 1, width: "380px" });
  await shownWhole("form", "narrow");
  await thunderbird.setLook(addonId, "account", { zoom: 2, width: "none" });
  await shownWhole("form", "zoomed");
  await thunderbird.setLook(addonId, "account", { zoom: 1, width: "none" });
  const servers = await startServers();
  if (servers !== null) {
    try {
      await shootLogins(thunderbird, addonId, servers, shoot);
    } finally {
      await servers.stop();
    }
  }
  await thunderbird.closeMessage("tab");
  return count;
}

/** Sending by an ordinary server, where the right one is known, and by one that nobody knows. */
async function shootOutgoing(
  thunderbird: Thunderbird,
  addonId: string,
  key: string,
  shoot: (state: string, variant: string) => Promise<void>,
): Promise<void> {
  const { identityKey } = await madeAccount(thunderbird, key);
  const own = await sendBy(thunderbird, identityKey, "smtp.gmail.com");
  for (const state of ["outgoing-ordinary", "outgoing-unknown"]) {
    await thunderbird.closeMessage("tab");
    await thunderbird.openAccounts(addonId, "accounts");
    const finding = `document.querySelector("[data-finding=${state}]")`;
    await waitForPage(thunderbird, addonId, `${finding} !== null`);
    await thunderbird.runInPage(addonId, "account", `${finding}.scrollIntoView();`);
    for (const theme of THEMES) {
      await thunderbird.setTheme(theme);
      await shoot(state, theme);
    }
    await thunderbird.setTheme("light");
    await thunderbird.setLook(addonId, "account", { zoom: 1, width: "380px" });
    await thunderbird.runInPage(addonId, "account", `${finding}.scrollIntoView();`);
    await shoot(state, "narrow");
    await thunderbird.setLook(addonId, "account", { zoom: 1, width: "none" });
    await sendBy(thunderbird, identityKey, state === "outgoing-ordinary" ? "smtp.studio-rossi.example" : own);
  }
}

interface Servers {
  readonly service: PecService;
  /** Takes connections and says nothing. */
  readonly mute: ScriptedServer;
  readonly stop: () => Promise<void>;
}

/** `null` where there is no mail server, and we may not install one: then there are no pictures of logins. */
async function startServers(): Promise<Servers | null> {
  try {
    const users = [{ address: ADDRESS, password: PASSWORD, login: `${ADDRESS}*studio` }];
    const folders = { INVIATE: "\\Sent", BOZZE: "\\Drafts" } as const;
    const service = await startPecService({ users, folders, hosts: SERVERS, storageLimit: STORAGE_LIMIT });
    const mute = await startScriptedServer(service.issue(SERVERS), { greeting: null, answers: [] });
    const stop = async (): Promise<void> => {
      await mute.stop();
      await service.stop();
    };
    return { service, mute, stop };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.log(`No pictures of logins to PEC accounts. ${error.message}`);
    return null;
  }
}

/** A wrong password, a login under way and given up, an account made, the same once more, and a mailbox nearly full. */
async function shootLogins(
  thunderbird: Thunderbird,
  addonId: string,
  { service, mute }: Servers,
  shoot: (state: string, variant: string) => Promise<void>,
): Promise<void> {
  const inThemes = async (state: string, where: "up" | "down"): Promise<void> => {
    for (const theme of THEMES) {
      await thunderbird.setTheme(theme);
      await scroll(thunderbird, addonId, where);
      await shoot(state, theme);
    }
    await thunderbird.setTheme("light");
    await thunderbird.setLook(addonId, "account", { zoom: 1, width: "380px" });
    await scroll(thunderbird, addonId, where);
    await shoot(state, "narrow");
    await thunderbird.setLook(addonId, "account", { zoom: 1, width: "none" });
  };
  const { imapPort, pop3Port } = service.mail;
  await trustServers(thunderbird, service.authority, SERVERS);
  await takeUsualPorts(thunderbird, { imap: imapPort, pop3: pop3Port, smtp: service.smtpPort });
  await fillIn(thunderbird, addonId, "sbagliata");
  await press(thunderbird, addonId, "create");
  await inThemes("wrong-password", "down");

  await takeUsualPorts(thunderbird, { imap: mute.port, pop3: mute.port, smtp: mute.port });
  await typeInto(thunderbird, addonId, "password", PASSWORD);
  await thunderbird.press(addonId, "account", `[data-at="create"]`);
  await waitFor("the login to be tried", WAIT_MS, () => Promise.resolve(mute.isConnected() ? true : null));
  await inThemes("progress", "down");
  await press(thunderbird, addonId, "cancel");
  await inThemes("cancelled", "down");

  await takeUsualPorts(thunderbird, { imap: imapPort, pop3: pop3Port, smtp: service.smtpPort });
  await press(thunderbird, addonId, "create");
  await inThemes("created", "up");
  await press(thunderbird, addonId, "another");
  await fillIn(thunderbird, addonId, PASSWORD);
  await press(thunderbird, addonId, "create");
  await inThemes("exists", "down");

  const account = await madeAccount(thunderbird, await keyOf(thunderbird));
  for (const number of [1, 2, 3]) await service.mail.deliver(ADDRESS, largeReceipt(number));
  await fetchUntil(thunderbird, account, 3);
  // The server tells what the mailbox holds when the inbox is opened anew.
  await service.mail.cutConnections();
  await fetchNewMail(thunderbird, account);
  await press(thunderbird, addonId, "view add");
  await press(thunderbird, addonId, "view accounts");
  await thunderbird.closeMessage("tab");
  await thunderbird.openAccounts(addonId, "accounts");
  await waitForPage(thunderbird, addonId, "document.querySelector('[data-finding=quota-nearly-full] p + p') !== null");
  await inThemes("nearly-full", "down");
}

const WAIT_MS = 20_000;

const keyOf = (thunderbird: Thunderbird): Promise<string> =>
  thunderbird.run(
    `const { accounts } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices.accounts;
     return accounts.find((account) => account.defaultIdentity?.email === args[0]).key;`,
    ADDRESS,
  );

/** By its list entry: nothing of it is read. A third of what the mailbox may hold. */
function largeReceipt(number: number): Uint8Array {
  const head = [
    "From: posta-certificata@pectim.it",
    `To: ${ADDRESS}`,
    `Subject: CONSEGNA: Atto ${number}`,
    `Message-ID: <consegna-${number}@pectim.it>`,
    "Date: Mon, 02 Nov 2026 10:00:00 +0100",
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${`${"x".repeat(76)}\r\n`.repeat(4_200)}`);
}

/** The form for the mailbox of the pictures. */
async function fillIn(thunderbird: Thunderbird, addonId: string, password: string): Promise<void> {
  await giveAddress(thunderbird, addonId, ADDRESS);
  await typeInto(thunderbird, addonId, "person-name", "Studio Rossi");
  await typeInto(thunderbird, addonId, "password", password);
}

/** The page of the package that makes no accounts, step by step. */
export async function takeAccountSteps(thunderbird: Thunderbird, addonId: string, folder: string): Promise<number> {
  await thunderbird.openAccounts(addonId, "add");
  await giveAddress(thunderbird, addonId, ADDRESS);
  await typeInto(thunderbird, addonId, "person-name", "Studio Rossi");
  await press(thunderbird, addonId, "create");
  let count = 0;
  const shoot = async (state: string): Promise<void> => {
    for (const theme of THEMES) {
      await thunderbird.setTheme(theme);
      await scroll(thunderbird, addonId, "down");
      await thunderbird.screenshotPage(addonId, "account", join(folder, `account-${state}-${theme}.png`));
      count += 1;
    }
  };
  await shoot("steps");
  // By POP3, which was not chosen.
  await addWizardAccount(thunderbird, ADDRESS);
  await waitForPage(thunderbird, addonId, "document.querySelector('[data-check=found]') !== null");
  await shoot("steps-found");
  await press(thunderbird, addonId, "view accounts");
  await shoot("accounts-plain");
  await thunderbird.setTheme("light");
  await thunderbird.closeMessage("tab");
  return count;
}

/** An account as Thunderbird's wizard makes it, with what people add to it. */
async function addWithDefaults(thunderbird: Thunderbird): Promise<string> {
  const key = await addWizardAccount(thunderbird, "studio.rossi@pec.it");
  await thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const account = MailServices.accounts.getAccount(args[0]);
     account.incomingServer.setBoolValue("check_new_mail", false);
     Object.assign(account.defaultIdentity, { doBcc: true, doBccList: "archivio@studio-rossi.example" });`,
    key,
  );
  return key;
}

/** Waits until that holds in the page. */
async function waitForPage(thunderbird: Thunderbird, addonId: string, condition: string): Promise<void> {
  await thunderbird.run(
    `await waitFor(args[1], () => runInBrowser(whereOf(args[0], "account"), "return " + args[1], []));`,
    addonId,
    condition,
  );
}

async function scroll(thunderbird: Thunderbird, addonId: string, where: "up" | "down"): Promise<void> {
  await thunderbird.runInPage(
    addonId,
    "account",
    `scrollTo(0, args[0] === "up" ? 0 : document.documentElement.scrollHeight);
     await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`,
    [where],
  );
}
