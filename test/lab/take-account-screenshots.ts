// Belongs here: pictures of the page on PEC accounts, for people to look at.
// Does NOT belong here: pictures of messages (see take-screenshots.ts).
import { join } from "node:path";
import { giveAddress, press, typeInto } from "./account-page.ts";
import { addWizardAccount } from "./mail-account.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** Servers of the provider in the pictures: at this computer, where nobody listens at their ports. */
const REFUSING = ["imap.pectim.it", "smtp.pectim.it"];

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
  await thunderbird.run(`Services.prefs.setStringPref("network.dns.localDomains", args[0].join(","));`, REFUSING);
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
    await giveAddress(thunderbird, addonId, "studio@timpec.it");
    await typeInto(thunderbird, addonId, "person-name", "Studio Rossi");
    await typeInto(thunderbird, addonId, "password", "segreta");
    await press(thunderbird, addonId, "create");
    await shownWhole("refused", theme);
    await press(thunderbird, addonId, "by-hand");
    await shownWhole("by-hand", theme);
  }
  const key = await addWithDefaults(thunderbird);
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
  await press(thunderbird, addonId, "view add");
  await giveAddress(thunderbird, addonId, "studio@timpec.it");
  await thunderbird.setLook(addonId, "account", { zoom: 1, width: "380px" });
  await shownWhole("form", "narrow");
  await thunderbird.setLook(addonId, "account", { zoom: 2, width: "none" });
  await shownWhole("form", "zoomed");
  await thunderbird.setLook(addonId, "account", { zoom: 1, width: "none" });
  await thunderbird.closeMessage("tab");
  return count;
}

/** The page of the package that makes no accounts, step by step. */
export async function takeAccountSteps(thunderbird: Thunderbird, addonId: string, folder: string): Promise<number> {
  await thunderbird.openAccounts(addonId, "add");
  await giveAddress(thunderbird, addonId, "studio@timpec.it");
  await typeInto(thunderbird, addonId, "person-name", "Studio Rossi");
  await press(thunderbird, addonId, "create");
  let count = 0;
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    await scroll(thunderbird, addonId, "down");
    await thunderbird.screenshotPage(addonId, "account", join(folder, `account-steps-${theme}.png`));
    count += 1;
  }
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
