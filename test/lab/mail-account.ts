// Belongs here: a mail account inside a running Thunderbird that uses our servers, made without the wizard, and its new mail.
// Does NOT belong here: the servers (see pec-service.ts), writing mail (see compose-window.ts).
import { waitForAnswer } from "./deadline.ts";
import { IMAP_HOST, POP3_HOST } from "./mail-server.ts";
import type { PecService } from "./pec-service.ts";
import { SMTP_HOST } from "./submission-server.ts";
import type { Thunderbird } from "./thunderbird.ts";

export interface MailAccount {
  readonly address: string;
  /** Of the account; the folder pane and the WebExtension API know it by that. */
  readonly key: string;
  readonly identityKey: string;
  /** Addresses of its folders (URIs): everything in thunderbird.ts that takes a folder's name takes these too. */
  readonly inbox: string;
  readonly sent: string;
}

export interface AccountOptions {
  readonly type: "imap" | "pop3";
  /** One of the service's users. */
  readonly address: string;
  /** The person's name in From. */
  readonly name: string;
}

/**
 * Makes the account and lets Thunderbird find its folders; for IMAP, Sent is the folder that the server flags so. Leaves POP3
 * mail on the server, as Thunderbird's own wizard does.
 */
export function addMailAccount(
  thunderbird: Thunderbird,
  service: PecService,
  { type, address, name }: AccountOptions,
): Promise<MailAccount> {
  const user = service.users.find((each) => each.address === address);
  if (user === undefined) throw new Error(`The service has no user ${address}`);
  const incoming =
    type === "imap"
      ? { host: IMAP_HOST, port: service.mail.imapPort }
      : { host: POP3_HOST, port: service.mail.pop3Port };
  const outgoing = { host: SMTP_HOST, port: service.smtpPort };
  return thunderbird.run<MailAccount>(
    `const { authority, type, address, name, password, incoming, outgoing } = args[0];
     const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const database = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
     // Trusted for servers alone: no signature on mail counts by it.
     database.addCertFromBase64(authority, "C,,");
     Services.prefs.setStringPref("network.dns.localDomains", [...new Set([
       ...Services.prefs.getStringPref("network.dns.localDomains", "").split(","), incoming.host, outgoing.host,
     ])].filter(Boolean).join(","));

     const remember = async (origin) => {
       const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
       login.init(origin, null, origin, address, password, "", "");
       await Services.logins.addLoginAsync(login);
     };
     const server = MailServices.accounts.createIncomingServer(address, incoming.host, type);
     server.port = incoming.port;
     server.socketType = Ci.nsMsgSocketType.SSL;
     server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
     server.prettyName = address + (type === "pop3" ? " (POP3)" : "");
     server.setBoolValue("login_at_startup", false);
     if (type === "pop3") server.setBoolValue("leave_on_server", true);
     await remember(server.localStoreType + "://" + incoming.host);
     server.valid = true;

     const smtp = MailServices.outgoingServer.createServer("smtp");
     smtp.QueryInterface(Ci.nsISmtpServer);
     smtp.hostname = outgoing.host;
     smtp.port = outgoing.port;
     smtp.socketType = Ci.nsMsgSocketType.SSL;
     smtp.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
     smtp.username = address;
     if (!(await Services.logins.searchLoginsAsync({ origin: "smtp://" + outgoing.host })).some((each) => each.username === address)) {
       await remember("smtp://" + outgoing.host);
     }

     const identity = MailServices.accounts.createIdentity();
     identity.fullName = name;
     identity.email = address;
     identity.composeHtml = false;
     identity.smtpServerKey = smtp.key;
     identity.valid = true;
     const account = MailServices.accounts.createAccount();
     account.addIdentity(identity);
     account.incomingServer = server;

     const root = server.rootFolder;
     const flagged = (flag) => root.getFolderWithFlags(Ci.nsMsgFolderFlags[flag]);
     // At its first connection Thunderbird asks for the folders too.
     if (type === "imap") flagged("Inbox").getNewMessages(null, null);
     else root.QueryInterface(Ci.nsIMsgLocalMailFolder).createLocalSubfolder("Sent").setFlag(Ci.nsMsgFolderFlags.SentMail);
     const sent = await waitFor("the folder of sent mail", () => flagged("SentMail"));
     const inbox = await waitFor("the inbox", () => flagged("Inbox"));
     // The preference itself: its name is what 140 and 153 have in common.
     Services.prefs.setStringPref("mail.identity." + identity.key + ".fcc_folder", sent.URI);
     return { address, key: account.key, identityKey: identity.key, inbox: inbox.URI, sent: sent.URI };`,
    { authority: service.authority, type, address, name, password: user.password, incoming, outgoing },
  );
}

/** Preferences of accounts and servers, passwords, and windows: everything that an attempt could leave behind. */
export function accountTraces(thunderbird: Thunderbird): Promise<{
  readonly logins: readonly unknown[];
  readonly values: readonly unknown[];
  readonly outgoing: readonly string[];
}> {
  return thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const { prefs } = Services;
     const values = prefs.getChildList("mail.").filter((name) => prefs.prefHasUserValue(name)).sort().map((name) => {
       const type = { [prefs.PREF_STRING]: "String", [prefs.PREF_INT]: "Int", [prefs.PREF_BOOL]: "Bool" }[prefs.getPrefType(name)];
       return [name, prefs["get" + type + "Pref"](name)];
     });
     return {
       values,
       logins: (await Services.logins.getAllLogins()).map(({ origin, username, password }) => [origin, username, password]),
       servers: MailServices.accounts.allServers.map(({ key }) => key),
       outgoing: MailServices.outgoingServer.servers.map(({ key }) => key),
       windows: [...Services.wm.getEnumerator(null)].length,
     };`,
  );
}

/** The account as the rest of the lab knows it. */
export const madeAccount = (thunderbird: Thunderbird, key: string): Promise<MailAccount> =>
  thunderbird.run<MailAccount>(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const account = MailServices.accounts.getAccount(args[0]);
     const { rootFolder } = account.incomingServer;
     const identity = account.defaultIdentity;
     const inbox = await waitFor("the inbox", () => rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
     const sent = Services.prefs.getStringPref("mail.identity." + identity.key + ".fcc_folder", "");
     return { address: identity.email, key: account.key, identityKey: identity.key, inbox: inbox.URI, sent };`,
    key,
  );

/** Asks the server for new mail, as the button does, and waits until it is here. */
export async function fetchNewMail(thunderbird: Thunderbird, account: MailAccount): Promise<void> {
  await thunderbird.run(
    `const inbox = folderNamed(args[0]);
     const status = await new Promise((resolve, reject) => {
       window.setTimeout(() => reject(new Error("Fetching new mail does not come to an end; " + openWindows())), args[1]);
       const listener = {
         QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
         OnStartRunningUrl() {},
         OnStopRunningUrl(_url, status) { resolve(status); },
       };
       if (inbox.server.type === "imap") inbox.getNewMessages(null, listener);
       else inbox.server.getNewMessages(inbox, null, listener);
     });
     if (!Components.isSuccessCode(status)) throw new Error("New mail could not be fetched: " + status.toString(16));`,
    account.inbox,
    FETCH_LIMIT_MS,
  );
}

/** Where its connection is cut at that very moment, Thunderbird never tells of an end. Longer than any fetching takes, so short that it can be tried again. */
const FETCH_LIMIT_MS = 30_000;

/**
 * Waits until the inbox of the account holds as many messages, fetching again and again. A server may refuse what Thunderbird asks while it
 * still makes the mailbox, or on a connection that was cut: the next time it does not.
 */
export async function fetchUntil(thunderbird: Thunderbird, account: MailAccount, count: number): Promise<void> {
  let refusal = "";
  await waitForAnswer(
    `${count} messages in the inbox`,
    async () => {
      await fetchNewMail(thunderbird, account).catch((error: unknown) => (refusal = String(error)));
      return { refusal, subjects: await thunderbird.subjects(account.inbox) };
    },
    ({ subjects }) => subjects.length >= count,
  );
}

/** A POP3 account as Thunderbird's own wizard makes it when it is left with its defaults; gives its key. Nothing is asked of any server. */
export function addWizardAccount(thunderbird: Thunderbird, address: string): Promise<string> {
  return thunderbird.run(
    `const { AccountConfig } = ChromeUtils.importESModule("resource:///modules/accountcreation/AccountConfig.sys.mjs");
     const { CreateInBackend } = ChromeUtils.importESModule("resource:///modules/accountcreation/CreateInBackend.sys.mjs");
     const config = new AccountConfig();
     const server = { username: args[0], password: "x", socketType: 3, auth: 3 };
     Object.assign(config.incoming, server, { type: "pop3", hostname: "pop3s.pec.aruba.it", port: 995, loginAtStartup: false });
     Object.assign(config.outgoing, server, { type: "smtp", hostname: "smtps.pec.aruba.it", port: 465 });
     Object.assign(config.identity, { realname: "Prova", emailAddress: args[0] });
     return (await CreateInBackend.createAccountInBackend(config)).key;`,
    address,
  );
}

/**
 * Makes the identity send by another server, which needs not be there: nobody asks it.
 *
 * @param server key of one, or host of a new one
 * @returns key of the former one
 */
export function sendBy(thunderbird: Thunderbird, identityKey: string, server: string): Promise<string> {
  return thunderbird.run(
    `const { accounts, outgoingServer } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices;
     const identity = accounts.getIdentity(args[0]);
     const { smtpServerKey: former } = identity;
     const make = () => Object.assign(outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer), { hostname: args[1] });
     identity.smtpServerKey = (outgoingServer.getServerByKey(args[1]) ?? make()).key;
     return former;`,
    identityKey,
    server,
  );
}

/** As the person does in the settings of accounts; files stay. */
export function removeMailAccount(thunderbird: Thunderbird, { key }: MailAccount): Promise<void> {
  return thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     MailServices.accounts.removeAccount(MailServices.accounts.getAccount(args[0]), false);`,
    key,
  );
}

/** From now on new accounts leave their mail on the server (IMAP) until it is opened, as for whoever has little room here. */
export function leaveMailOnServers(thunderbird: Thunderbird): Promise<void> {
  return thunderbird.run(
    `Services.prefs.setBoolPref("mail.server.default.autosync_offline_stores", false);
     Services.prefs.setBoolPref("mail.server.default.offline_download", false);`,
  );
}

/** Gets a message of a folder on a server to be kept here. */
export function keepHere(thunderbird: Thunderbird, folder: string, position: number): Promise<void> {
  return thunderbird.run(
    `const header = (await messagesOf(args[0]))[args[1]];
     header.folder.downloadMessagesForOffline([header], null);
     await waitFor("the message to be kept", () => header.flags & Ci.nsMsgMessageFlags.Offline);`,
    folder,
    position,
  );
}

/** Work without a connection, as the person chooses in the menu; nothing is at hand but what is kept. */
export function setOffline(thunderbird: Thunderbird, isOffline: boolean): Promise<void> {
  return thunderbird.run(
    `Services.io.offline = args[0];
     await waitFor("the connection to change", () => Services.io.offline === args[0]);
     if (args[0]) Services.cache2.clear();`,
    isOffline,
  );
}
