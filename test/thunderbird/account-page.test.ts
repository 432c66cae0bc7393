import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { giveAddress, press, typeInto } from "../lab/account-page.ts";
import { sendFromComposeWindow } from "../lab/compose-window.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { addonId, type Flavour } from "../lab/flavours.ts";
import { accountTraces, addWizardAccount, fetchUntil, type MailAccount, madeAccount } from "../lab/mail-account.ts";
import type { Installation } from "../lab/find-thunderbird.ts";
import type { MailUser } from "../lab/mail-server.ts";
import { type NameServer, startNameServer } from "../lab/name-server.ts";
import { packFolder } from "../lab/pack-folder.ts";
import { caughtNotices, catchNotices } from "../lab/shown-outside.ts";
import { type PecService, startPecService } from "../lab/pec-service.ts";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import { type ScriptedServer, startScriptedServer } from "../lab/scripted-server.ts";
import type { PageView, Thunderbird } from "../lab/thunderbird.ts";
import { takeUsualPorts, trustServers } from "../lab/trust-servers.ts";
import { builtAddon, inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const STORE_ID = addonId("demo-store");
const DOMAIN = "pec.avvocati-esempio.test";
const ADDRESS = `chiara.montaldi@${DOMAIN}`;
const TIM_ADDRESS = "studio@timpec.it";
const LEGALMAIL_ADDRESS = "chiara.montaldi@legalmail.it";
const PASSWORD = "una password, con spazi e àccènti";
/** One for each form of user name. */
const USERS: readonly MailUser[] = [
  { address: ADDRESS, password: PASSWORD },
  { address: TIM_ADDRESS, password: PASSWORD, login: `${TIM_ADDRESS}*chiara` },
  { address: LEGALMAIL_ADDRESS, password: PASSWORD, login: "M1234567" },
];
const IMAP_OF_ARUBA = "imaps.pec.aruba.it";
/** Those of the providers' own guides, which are this computer for once. */
const HOSTS = [
  IMAP_OF_ARUBA,
  "smtps.pec.aruba.it",
  "pop3s.pectim.it",
  "smtp.pectim.it",
  "mbox.cert.legalmail.it",
  "sendm.cert.legalmail.it",
];
const SILENT_HOST = "muto.gestore-uno.test";

let service: PecService | null = null;
let names: NameServer | null = null;
let silent: ScriptedServer | null = null;
afterEach(async () => {
  await service?.stop();
  await names?.stop();
  await silent?.stop();
  service = null;
  names = null;
  silent = null;
});

/** Begins with servers typed by hand, one of which takes the connection and says nothing, and ends it by the button. */
async function giveUp(thunderbird: Thunderbird, server: ScriptedServer): Promise<PageView> {
  await press(thunderbird, ID, "by-hand");
  const fields = {
    "person-name": "Chiara Montaldi",
    login: ADDRESS,
    incoming: SILENT_HOST,
    "incoming-port": String(server.port),
    outgoing: SILENT_HOST,
    "outgoing-port": String(server.port),
    password: PASSWORD,
  };
  for (const [at, text] of Object.entries(fields)) await typeInto(thunderbird, ID, at, text);
  await thunderbird.press(ID, "account", `[data-at="create"]`);
  await waitFor("the login to be tried", HANG_MS, () => Promise.resolve(server.isConnected() ? true : null));
  return press(thunderbird, ID, "cancel");
}

async function createWith(thunderbird: Thunderbird, password: string) {
  await typeInto(thunderbird, ID, "password", password);
  return press(thunderbird, ID, "create");
}

/** Where the password stands, in whatever form the servers get it, outside of Thunderbird's store of passwords. */
async function leaks(thunderbird: Thunderbird): Promise<unknown> {
  const tokens = USERS.map(({ address, login = address, password }) =>
    Buffer.from(`\0${login}\0${password}`).toString("base64"),
  );
  const secrets = [PASSWORD, ...tokens];
  const seen = await thunderbird.run<{ readonly console: readonly string[]; readonly preferences: readonly string[] }>(
    `const holds = (text) => args[0].some((secret) => text.includes(secret));
     const console = Services.console.getMessageArray().map((message) => message.message ?? String(message)).filter(holds);
     const { prefs } = Services;
     const preferences = prefs.getChildList("").filter((name) =>
       prefs.getPrefType(name) === prefs.PREF_STRING && prefs.prefHasUserValue(name) && holds(prefs.getStringPref(name)));
     return { console, preferences };`,
    secrets,
  );
  const store = await thunderbird.runInPage<boolean>(
    ID,
    "background",
    `const kept = JSON.stringify([await messenger.storage.local.get(), await messenger.storage.session.get()]);
     return args[0].some((secret) => kept.includes(JSON.stringify(secret).slice(1, -1)));`,
    [secrets],
  );
  return { ...seen, store };
}

/** What our wording calls the fields and buttons of Thunderbird's wizard, and what it calls them itself: 153, as 140 has other ids. */
const WIZARD_NAMES: readonly (readonly [key: string, id: string])[] = [
  ["wizard_step_open", "account-tree-add-account-button"],
  ["wizard_step_identity", "account-hub-email-manual-configuration"],
  ["wizard_step_identity", "account-hub-email-continue-button"],
  ["wizard_field_full_name", "account-hub-name-label"],
  ["wizard_field_email", "account-hub-email-label"],
  ["wizard_field_protocol", "account-hub-protocol-label"],
  ["wizard_field_hostname", "account-hub-result-hostname-label"],
  ["wizard_field_port", "account-hub-on-port-label"],
  ["wizard_field_security", "account-hub-result-socket-type-label"],
  ["wizard_field_authentication", "account-hub-auth-label"],
  ["wizard_normal_password", "account-hub-result-authentication-password"],
  ["wizard_field_username", "account-hub-username-label"],
];

async function expectWizardNames(
  thunderbird: Thunderbird,
  { version }: Installation,
  addonId: string,
  language: string,
): Promise<void> {
  if (version.startsWith("140.")) return;
  const said = await thunderbird.runInPage<readonly string[]>(
    addonId,
    "background",
    `return args[0].map((key) => messenger.i18n.getMessage(key));`,
    [WIZARD_NAMES.map(([key]) => key)],
  );
  const names = await thunderbird.run<readonly string[]>(
    `const l10n = new Localization(["messenger/accountcreation/accountHub.ftl", "messenger/accountManager.ftl"]);
     return l10n.formatValues(args[0]);`,
    WIZARD_NAMES.map(([, id]) => id),
  );
  expect(await thunderbird.run<string>(`return Services.locale.appLocaleAsBCP47;`)).toContain(language);
  expect(names.filter((name, index) => !said[index]?.toLowerCase().includes(name.toLowerCase()))).toEqual([]);
}

/** The mistake of many: another account's server, and the provider's is not there any more. */
async function sendByGmail(thunderbird: Thunderbird, key: string): Promise<void> {
  await thunderbird.run(
    `const { accounts, outgoingServer } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices;
     const identity = accounts.getAccount(args[0]).defaultIdentity;
     const former = outgoingServer.getServerByKey(identity.smtpServerKey);
     const gmail = outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer);
     Object.assign(gmail, { hostname: "smtp.gmail.com", port: 587, socketType: 2, authMethod: 10, username: "prova@gmail.com" });
     outgoingServer.defaultServer = gmail;
     identity.smtpServerKey = gmail.key;
     outgoingServer.deleteServer(former);
     former.clearAllValues();`,
    key,
  );
}

/** Host, port, user name, security and kind of login of the server that the account sends by. */
const outgoingOf = (thunderbird: Thunderbird, key: string): Promise<unknown> =>
  thunderbird.run(
    `const { accounts, outgoingServer } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices;
     const server = outgoingServer.getServerByIdentity(accounts.getAccount(args[0]).defaultIdentity).QueryInterface(Ci.nsISmtpServer);
     return [server.hostname, server.port, server.username, server.socketType, server.authMethod];`,
    key,
  );

/** Sends a first message, and has its receipts. */
async function sendFirst(thunderbird: Thunderbird, account: MailAccount): Promise<void> {
  await sendFromComposeWindow(thunderbird, account, {
    to: ["amministrazione@pec.edilnova-costruzioni.test"],
    subject: "Prima prova",
    body: "Buongiorno.\n",
  });
  await fetchUntil(thunderbird, account, 2);
}

const accountOf = async (thunderbird: Thunderbird, address: string): Promise<MailAccount> =>
  madeAccount(
    thunderbird,
    await thunderbird.run<string>(
      `const { accounts } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices.accounts;
       return accounts.find((account) => account.defaultIdentity?.email === args[0]).key;`,
      address,
    ),
  );

/** Installs it as a person does, from a file and to stay, and waits for the page that opens by itself. */
async function installToStay(thunderbird: Thunderbird, flavour: Flavour): Promise<void> {
  const folder = await makeTemporaryFolder("package");
  try {
    const file = join(folder.path, "package.xpi");
    await packFolder(builtAddon(flavour), file);
    await thunderbird.installAddon(file, { temporary: false });
    await thunderbird.settledAccounts(addonId(flavour));
  } finally {
    await folder.remove();
  }
}

describe.each(mainInstallations())("the page on accounts in Thunderbird $version", (installation) => {
  test("from the typed address to the first message by the provider's own template, for each form of user name, by IMAP and by POP3; the name server learns the domain, and nothing before a click", async () => {
    const started = await startPecService({
      users: USERS,
      // Which is Aruba's and which is Legalmail's, no server says.
      folders: { "INBOX/Inviata": null, "INBOX/Spedite": null },
      hosts: HOSTS,
    });
    service = started;
    const mute = (silent = await startScriptedServer(started.issue([SILENT_HOST]), { greeting: null, answers: [] }));
    const { installation: withNames } = (names = await startNameServer(installation, {
      [DOMAIN]: { "mx.pec.aruba.it": 10, "mx2.altrove.test": 20 },
      "posta-comune.test": { "aspmx.l.google.com": 1 },
      "senza-risposta.test": "silent",
    }));
    await inThunderbird({ installation: withNames, flavours: ["demo"] }, async (thunderbird) => {
      await trustServers(thunderbird, started.authority, [...HOSTS, SILENT_HOST]);
      const { mail, smtpPort } = started;
      await takeUsualPorts(thunderbird, { imap: mail.imapPort, pop3: mail.pop3Port, smtp: smtpPort });
      await thunderbird.openAccounts(ID, "add");
      const before = await accountTraces(thunderbird);
      const answers: readonly (readonly [string, string])[] = [
        ["chiara.montaldi", "Manca la chiocciola"],
        ["chiara@gmail.com", "gmail.com è posta ordinaria"],
        ["chiara@senza-risposta.test", "il server dei nomi non dice chi ne riceve la posta"],
        ["chiara@nessun-dominio.test", "il server dei nomi non dice chi ne riceve la posta"],
        ["chiara@posta-comune.test", "posta-comune.test è posta ordinaria"],
      ];
      for (const [address, words] of answers)
        expect((await giveAddress(thunderbird, ID, address)).text).toContain(words);
      expect((await giveUp(thunderbird, mute)).text).toContain("Annullato: l'account non è stato creato.");
      expect(await accountTraces(thunderbird)).toEqual(before);
      expect(mute.heard).toEqual([]);

      const known = await giveAddress(thunderbird, ID, ` ${ADDRESS} `);
      expect(known.text).toContain("la riceve Aruba PEC");
      expect(known.text).toContain(`${IMAP_OF_ARUBA}, porta 993, SSL/TLS`);
      await typeInto(thunderbird, ID, "person-name", "Chiara Montaldi");
      const passwordField = await thunderbird.runInPage(
        ID,
        "account",
        `const { type, autocomplete, spellcheck } = document.querySelector('[data-at="password"]');
         return { type, autocomplete, spellcheck };`,
      );
      expect(passwordField).toEqual({ type: "password", autocomplete: "off", spellcheck: false });
      const wrong = await createWith(thunderbird, "sbagliata");
      expect(wrong.data["outcome"]).toBe("login-failed");
      expect(wrong.text).toContain("Il server non accetta questo nome utente con questa password.");
      expect(await accountTraces(thunderbird)).toEqual(before);
      const made = await createWith(thunderbird, PASSWORD);
      expect(made.text).toContain(`La casella ${ADDRESS} è pronta.`);
      expect(made.text).toContain("va nella cartella del gestore");
      await sendFirst(thunderbird, await accountOf(thunderbird, ADDRESS));
      expect(await started.mail.messages(ADDRESS, "INBOX.Inviata")).toHaveLength(1);

      await press(thunderbird, ID, "another");
      expect((await giveAddress(thunderbird, ID, TIM_ADDRESS)).text).toContain("la Password secondaria");
      await press(thunderbird, ID, "protocol pop3");
      await typeInto(thunderbird, ID, "login", "chiara");
      // The store of passwords is locked, and the person does not open it.
      const between = await accountTraces(thunderbird);
      await lockPasswords(thunderbird);
      // A script that runs while the dialog opens has no answer.
      await createWith(thunderbird, PASSWORD).catch(() => null);
      const locked = await waitFor("the attempt to end", HANG_MS, () =>
        thunderbird.settledAccounts(ID).catch(() => null),
      );
      await unlockPasswords(thunderbird);
      expect(locked.text).toContain("Thunderbird non ha salvato la password");
      expect(await accountTraces(thunderbird)).toEqual(between);
      expect((await createWith(thunderbird, PASSWORD)).text).toContain("I messaggi restano sul server");
      await sendFirst(thunderbird, await accountOf(thunderbird, TIM_ADDRESS));
      expect(await started.mail.messages(TIM_ADDRESS)).toHaveLength(2);

      await press(thunderbird, ID, "another");
      await giveAddress(thunderbird, ID, LEGALMAIL_ADDRESS);
      await typeInto(thunderbird, ID, "login", LEGALMAIL_ADDRESS);
      expect((await createWith(thunderbird, PASSWORD)).text).toContain("Qui non va l'indirizzo");
      await typeInto(thunderbird, ID, "login", "M1234567");
      expect((await createWith(thunderbird, PASSWORD)).text).toContain(`La casella ${LEGALMAIL_ADDRESS} è pronta.`);
      await sendFirst(thunderbird, await accountOf(thunderbird, LEGALMAIL_ADDRESS));
      expect(await started.mail.messages(LEGALMAIL_ADDRESS, "INBOX.Spedite")).toHaveLength(1);

      // One question for each domain that is not documented, and nothing else of any address.
      const asked = names?.asked ?? [];
      const unknown = ["senza-risposta.test", "nessun-dominio.test", "posta-comune.test", DOMAIN];
      expect(asked.filter((question) => question.startsWith("MX "))).toEqual(unknown.map((domain) => `MX ${domain}`));
      const named = [...unknown, "chiara", "gmail", "timpec", "legalmail", "autoconfig"];
      expect(asked.filter((question) => named.some((each) => question.includes(each)))).toHaveLength(unknown.length);

      expect(await leaks(thunderbird)).toEqual({ console: [], store: false, preferences: [] });
      await catchNotices(thunderbird);
      expect(await failedLogin(thunderbird, await accountOf(thunderbird, ADDRESS), started)).toEqual([
        IMAP_OF_ARUBA,
        ADDRESS,
      ]);
      const notice = await waitFor("the notice of the failed login", HANG_MS, async () => {
        const notices = await caughtNotices(thunderbird).catch(() => []);
        return notices.find(({ title }) => title === "PEC: accesso non riuscito") ?? null;
      });
      expect(notice.text).toContain(`Se per ${ADDRESS} usi una «Password per programmi di posta», dura 3 mesi`);
    });
  });

  test("a package installed to stay greets once; an account of the wizard's defaults is repaired with a click, and put back", async () => {
    await inThunderbird({ installation, flavours: [] }, async (thunderbird) => {
      const key = await addWizardAccount(thunderbird, "prova@pec.it");
      await sendByGmail(thunderbird, key);
      const before = await accountTraces(thunderbird);
      await installToStay(thunderbird, "demo");
      const welcome = await thunderbird.settledAccounts(ID);
      await expectWizardNames(thunderbird, installation, ID, "it");
      expect(welcome.text).toContain("Sigillo PEC è installato.");
      expect(welcome.text).toContain("Dopo 14 giorni i messaggi spariscono dal server");
      expect(welcome.text).toContain("Spedisce con smtp.gmail.com, che non è un server PEC");
      const repaired = await press(thunderbird, ID, `repair-all ${key}`);
      expect(repaired.text).toContain("Nulla da sistemare");
      expect(repaired.text.replace(/\s+/g, " ")).toContain(
        "Cancella dal server dopo alcuni giorni: prima: sì → dopo: no",
      );
      const settings = await thunderbird.run(
        `const { incomingServer: server } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices.accounts.getAccount(args[0]);
         return ["leave_on_server", "delete_by_age_from_server", "delete_mail_left_on_server"].map((name) => server.getBoolValue(name));`,
        key,
      );
      expect(settings).toEqual([true, false, false]);
      // The right one was not there: it is made, and its password is asked for by Thunderbird.
      expect(repaired.text.replace(/\s+/g, " ")).toContain(
        "Server in uscita: prima: smtp.gmail.com → dopo: smtps.pec.aruba.it",
      );
      expect(await outgoingOf(thunderbird, key)).toEqual(["smtps.pec.aruba.it", 465, "prova@pec.it", 3, 3]);
      expect((await accountTraces(thunderbird)).logins).toEqual(before.logins);
      // Another day.
      await thunderbird.closeMessage("tab");
      await thunderbird.openAccounts(ID, "accounts");
      expect((await press(thunderbird, ID, `undo-all ${key}`)).text).toContain("Dopo 14 giorni");
      // Some preferences now say outright what was so by default.
      const { values, ...others } = await accountTraces(thunderbird);
      const { values: valuesBefore, ...othersBefore } = before;
      expect(others).toEqual(othersBefore);
      expect(values).toEqual(expect.arrayContaining([...valuesBefore]));
      expect(JSON.stringify(values)).not.toContain("smtps.pec.aruba.it");
      await thunderbird.click(ID, "account", ".password-life summary");
      await press(thunderbird, ID, "remind prova@pec.it");
      expect((await thunderbird.settledAccounts(ID)).text).toMatch(/Scade il \d+ \w+ \d{4}\./);
      // Enabled again it is no new installation.
      await thunderbird.closeMessage("tab");
      await thunderbird.setAddonEnabled(ID, false);
      await thunderbird.setAddonEnabled(ID, true);
      await thunderbird.openOptions(ID);
      expect(await thunderbird.run(`return whereOf(args[0], "account") === null;`, ID)).toBe(true);
    });
  });

  test("the store package shows every value with the wizard's names, and sees the account that was made", async () => {
    await inThunderbird({ installation, flavours: [], locale: "en" }, async (thunderbird) => {
      await installToStay(thunderbird, "demo-store");
      const welcome = await thunderbird.settledAccounts(STORE_ID);
      await expectWizardNames(thunderbird, installation, STORE_ID, "en");
      expect(welcome.data["depth"]).toBe("plain");
      expect(welcome.text).toContain("There is no PEC account in Thunderbird yet.");
      await press(thunderbird, STORE_ID, "view add");
      await giveAddress(thunderbird, STORE_ID, "prova@pec.it");
      await press(thunderbird, STORE_ID, "protocol pop3");
      await typeInto(thunderbird, STORE_ID, "person-name", "Prova");
      const { text } = await press(thunderbird, STORE_ID, "create");
      for (const words of ["Hostname\tpop3s.pec.aruba.it", "Port\t995", "Connection security\tSSL/TLS"]) {
        expect(text).toContain(words);
      }
      expect(text).toContain("When you are done");
      await press(thunderbird, STORE_ID, "copy incoming hostname");
      const copied = await waitFor("the copied value", HANG_MS, () =>
        thunderbird.run<string | null>(
          `const transferable = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
           transferable.init(null);
           transferable.addDataFlavor("text/plain");
           Services.clipboard.getData(transferable, Ci.nsIClipboard.kGlobalClipboard);
           const data = {};
           try { transferable.getTransferData("text/plain", data); } catch { return null; }
           return data.value.QueryInterface(Ci.nsISupportsString).data;`,
        ),
      );
      expect(copied).toBe("pop3s.pec.aruba.it");
      await addWizardAccount(thunderbird, "prova@pec.it");
      await waitFor("the account to be seen", HANG_MS, async () =>
        (await thunderbird.settledAccounts(STORE_ID)).text.includes("The account is there: prova@pec.it") ? true : null,
      );
    });
  });
});

/** What the add-on is told when a server no longer takes the stored password, and Thunderbird asks the person, who cancels. */
async function failedLogin(thunderbird: Thunderbird, { inbox }: MailAccount, { mail }: PecService): Promise<unknown> {
  await thunderbird.runInPage(
    ID,
    "background",
    // Scripts share nothing but the page itself.
    `messenger.mailAccounts.onLoginFailed.addListener((...login) => (document.title = JSON.stringify(login)));`,
  );
  await mail.cutConnections();
  await thunderbird
    .run(
      `for (const login of await Services.logins.getAllLogins()) {
         const changed = login.clone();
         changed.password = "scaduta";
         if (Services.logins.modifyLoginAsync) await Services.logins.modifyLoginAsync(login, changed);
         else Services.logins.modifyLogin(login, changed);
       }
       const inbox = folderNamed(args[0]);
       inbox.server.forgetSessionPassword(false);
       inbox.server.closeCachedConnections();
       // As the person's own click on "Get Messages": by itself Thunderbird asks nothing.
       inbox.getNewMessages(mainWindow().msgWindow, null);`,
      inbox,
    )
    .catch(() => null);
  return waitFor("the failed login", HANG_MS, () =>
    thunderbird
      .runInPage<string>(ID, "background", `return document.title;`)
      .then((failed) => (failed === "" ? null : (JSON.parse(failed) as unknown)))
      // A script that runs while the dialog opens has no answer.
      .catch(() => null),
  );
}

/** 140 has it under the first name, 153 under the second. */
const KEY_TOKEN = `const token = Cc["@mozilla.org/security/pk11tokendb;1"]?.getService(Ci.nsIPK11TokenDB).getInternalKeyToken() ??
  Cc["@mozilla.org/security/internalkeytoken;1"].createInstance(Ci.nsIPKCS11Token);`;

/** With a primary password; whoever is asked for it cancels. */
async function lockPasswords(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(
    `${KEY_TOKEN}
     if (token.needsUserInit) token.initPassword("principale");
     else token.changePassword("", "principale");
     Cc["@mozilla.org/security/sdr;1"].getService(Ci.nsISecretDecoderRing).logout();
     const cancel = (subject) => subject.Dialog.ui.button1.click();
     window.cancelPrimaryPassword = cancel;
     Services.obs.addObserver(cancel, "common-dialog-loaded");`,
  );
}

async function unlockPasswords(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(
    `${KEY_TOKEN}
     Services.obs.removeObserver(window.cancelPrimaryPassword, "common-dialog-loaded");
     token.checkPassword?.("principale");
     token.changePassword("principale", "");`,
  );
}
