// Belongs here: pictures of the page of the window to write in, for people to look at. Does NOT belong here: pictures of messages.
import { join } from "node:path";
import {
  answer,
  closeCompose,
  openCompose,
  pressInCompose,
  pressSend,
  settledCompose,
  stopWriting,
} from "./compose-page.ts";
import { type OutgoingMail, write } from "./compose-window.ts";
import { DEMO_FOLDER } from "./demo-mailbox.ts";
import { sendBy } from "./mail-account.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** Made by the pictures of accounts, with a copy to a hidden recipient that is added by itself. */
const PEC = "studio.rossi@pec.it";
const ORDINARY = "anna.rossi@studio-rossi.example";

const MAIL: OutgoingMail = {
  to: ["protocollo@pec.comune-inventato.test"],
  subject: "Istanza di accesso agli atti",
  body: "Si chiede copia degli atti indicati nell'allegato.",
};

/**
 * Shows the page in its states, in each theme: `compose-stopped-dark.png`. Nothing is sent.
 *
 * @returns how many pictures were written
 */
export async function takeComposeScreenshots(
  thunderbird: Thunderbird,
  addonId: string,
  folder: string,
): Promise<number> {
  const pec = { identityKey: await identityOf(thunderbird, PEC) };
  const ordinary = { identityKey: await addOrdinary(thunderbird) };
  let count = 0;
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    const shoot = async (state: string): Promise<void> => {
      await settledCompose(thunderbird, addonId);
      await grown(thunderbird, addonId);
      await thunderbird.screenshotPage(addonId, "compose", join(folder, `compose-${state}-${theme}.png`));
      count += 1;
    };
    await write(thunderbird, pec, { ...MAIL, cc: ["anna.bianchi@pec.foro-esempio.test"] });
    await openCompose(thunderbird, addonId);
    await shoot("live");
    await closeCompose(thunderbird, addonId);
    await pressSend(thunderbird);
    await shoot("stopped");
    await pressInCompose(thunderbird, addonId, "fix remove-bcc");
    await shoot("warned");
    await pressInCompose(thunderbird, addonId, "fix copies-to-recipients");
    await shoot("ready");
    await closeCompose(thunderbird, addonId);
    await openCompose(thunderbird, addonId);
    await shoot("clear");
    await pressInCompose(thunderbird, addonId, "kind sintetica");
    await shoot("synthetic");
    await stopWriting(thunderbird);

    const own = await sendBy(thunderbird, pec.identityKey, "smtp.gmail.com");
    await write(thunderbird, pec, MAIL);
    await pressSend(thunderbird);
    await settledCompose(thunderbird, addonId);
    await pressInCompose(thunderbird, addonId, "fix remove-bcc");
    await shoot("ordinary-server");
    await stopWriting(thunderbird);
    await sendBy(thunderbird, pec.identityKey, own);

    await write(thunderbird, ordinary, { ...MAIL, to: ["anna.bianchi@legalmail.it"] });
    await pressSend(thunderbird);
    await shoot("ordinary");
    await stopWriting(thunderbird);

    await answer(thunderbird, DEMO_FOLDER, 0, pec);
    await openCompose(thunderbird, addonId);
    await shoot("answer");
    await stopWriting(thunderbird);
  }
  await thunderbird.setTheme("light");
  return count;
}

/** Highest popup that Thunderbird shows, and a little less: pixels. */
const FULL_HEIGHT = 590;

/** Waits until the popup is as high as what it shows: Thunderbird makes it so after it was drawn. */
async function grown(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.run(
    `await waitFor("the popup to grow", () => runInBrowser(whereOf(args[0], "compose"),
       "return innerHeight > args[0] || document.querySelector('main').getBoundingClientRect().bottom <= innerHeight;", [args[1]]));`,
    addonId,
    FULL_HEIGHT,
  );
}

function identityOf(thunderbird: Thunderbird, address: string): Promise<string> {
  return thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     return MailServices.accounts.allIdentities.find(({ email }) => email === args[0]).key;`,
    address,
  );
}

/** An account whose servers nobody asks. */
function addOrdinary(thunderbird: Thunderbird): Promise<string> {
  return thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const server = MailServices.accounts.createIncomingServer(args[0], "pop.studio-rossi.example", "pop3");
     server.setBoolValue("login_at_startup", false);
     server.setBoolValue("check_new_mail", false);
     server.valid = true;
     const identity = MailServices.accounts.createIdentity();
     identity.fullName = "Anna Rossi";
     identity.email = args[0];
     // Or Thunderbird's default server would be its own, which is a provider's.
     const outgoing = MailServices.outgoingServer.createServer("smtp");
     outgoing.QueryInterface(Ci.nsISmtpServer).hostname = "smtp.studio-rossi.example";
     identity.smtpServerKey = outgoing.key;
     identity.valid = true;
     const account = MailServices.accounts.createAccount();
     account.addIdentity(identity);
     account.incomingServer = server;
     return identity.key;`,
    ORDINARY,
  );
}
