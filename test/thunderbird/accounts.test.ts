import { afterEach, describe, expect, test } from "vitest";
import type { AccountAnswer, AccountAudit, AccountCreation, AccountForm, AccountRequest } from "../../src/messages.ts";
import type { AccountFacts } from "../../src/ports/mail-accounts.ts";
import { sendFromComposeWindow } from "../lab/compose-window.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { addonId } from "../lab/flavours.ts";
import { accountTraces, addWizardAccount, fetchNewMail, fetchUntil, madeAccount } from "../lab/mail-account.ts";
import { IMAP_HOST, type MailUser, POP3_HOST } from "../lab/mail-server.ts";
import { type PecService, startPecService } from "../lab/pec-service.ts";
import {
  imapScript,
  pop3Script,
  type ScriptedServer,
  type ServerScript,
  smtpScript,
  startScriptedServer,
} from "../lab/scripted-server.ts";
import { SMTP_HOST } from "../lab/submission-server.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { createTlsAuthority, type ServerCertificate } from "../lab/tls-authority.ts";
import { trustServers } from "../lab/trust-servers.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const ADDRESS = "chiara.montaldi@pec.avvocati-esempio.test";
const USER: MailUser = { address: ADDRESS, password: "una password, con spazi e àccènti", login: `${ADDRESS}*chiara` };
const SECOND: MailUser = { address: "studio@pec.avvocati-esempio.test", password: "un'altra" };
const OTHER_HOST = "altro.gestore-uno.test";
const FAULTY_HOST = "guasto.gestore-uno.test";
/** In KB. */
const STORAGE_LIMIT = 1024;

let service: PecService | null = null;
const faulty: ScriptedServer[] = [];
afterEach(async () => {
  await service?.stop();
  service = null;
  for (const server of faulty.splice(0)) await server.stop();
});

/** Asks the background as the account page does. */
async function ask<State extends AccountAnswer["state"]>(
  thunderbird: Thunderbird,
  state: State,
  request: AccountRequest,
): Promise<Extract<AccountAnswer, { state: State }>> {
  const answer = await thunderbird.runInPage<AccountAnswer>(
    ID,
    "ledger",
    `return messenger.runtime.sendMessage({ type: "accounts", request: args[0] });`,
    [request],
  );
  if (answer.state !== state) throw new Error(`Answered ${JSON.stringify(answer)}`);
  return answer as Extract<AccountAnswer, { state: State }>;
}

const create = async (thunderbird: Thunderbird, form: AccountForm) =>
  (await ask(thunderbird, "creation", { name: "create", form })).outcome;

const audit = async (thunderbird: Thunderbird): Promise<readonly AccountAudit[]> =>
  (await ask(thunderbird, "audit", { name: "audit", also: null })).accounts;

const formFor = (started: PecService, protocol: "imap" | "pop3"): AccountForm => ({
  address: ` ${ADDRESS} `,
  personName: "Chiara Montaldi",
  protocol,
  incoming:
    protocol === "imap"
      ? { host: IMAP_HOST, port: started.mail.imapPort }
      : { host: POP3_HOST, port: started.mail.pop3Port },
  outgoing: { host: SMTP_HOST, port: started.smtpPort },
  operator: null,
  login: { form: "address*user", typed: "chiara" },
  password: USER.password,
  makeDefault: false,
  remind: false,
});

async function startFaulty(certificate: ServerCertificate, script: ServerScript): Promise<ScriptedServer> {
  const server = await startScriptedServer(certificate, script);
  faulty.push(server);
  return server;
}

/** What the Experiment says of an account. */
const listed = (thunderbird: Thunderbird, key: string): Promise<AccountFacts> =>
  thunderbird.runInPage(
    ID,
    "background",
    `const { accounts } = await messenger.mailAccounts.list();
     return accounts.find(({ key }) => key === args[0]);`,
    [key],
  );

/** As the person does in the account settings; outgoing servers stay. */
const removeAccount = (thunderbird: Thunderbird, key: string): Promise<void> =>
  thunderbird.run(
    `const { accounts } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices;
     accounts.removeAccount(accounts.getAccount(args[0]), true);`,
    key,
  );

const createdKey = (outcome: AccountCreation): string => {
  if (outcome.state !== "created") throw new Error(`Not created: ${JSON.stringify(outcome)}`);
  return outcome.account;
};

describe.each(mainInstallations())("accounts in Thunderbird $version", (installation) => {
  test("imap: nothing is left of what fails, and every password is tried once; then the account works and its sent mail lies in the server's INVIATE", async () => {
    const started = await startPecService({
      users: [USER, SECOND],
      folders: { INVIATE: "\\Sent", BOZZE: null, ARCHIVIO: "\\Archive" },
      storageLimit: STORAGE_LIMIT,
    });
    service = started;
    const certificate = started.issue([FAULTY_HOST]);
    const closedInbox = await startFaulty(
      certificate,
      imapScript(["a3 EXAMINE", "a3 NO [SERVERBUG] Casella non disponibile"]),
    );
    const wrongByImap = await startFaulty(certificate, imapScript(["a2 AUTHENTICATE", "a2 NO Credenziali errate"]));
    const wrongByPop3 = await startFaulty(
      certificate,
      pop3Script(["AUTH PLAIN", "+ "], ["A", "-ERR [AUTH] Credenziali errate"]),
    );
    const wrongBySmtp = await startFaulty(certificate, smtpScript(["AUTH PLAIN", "535 5.7.8 Credenziali errate"]));
    const withoutUidl = await startFaulty(certificate, pop3Script());
    const expired = await startFaulty(started.issue([FAULTY_HOST], "expired"), imapScript());
    const stranger = await startFaulty(createTlsAuthority("Autorità ignota").issue([FAULTY_HOST]), imapScript());
    const impostor = await startFaulty(createTlsAuthority().issue([FAULTY_HOST]), imapScript());
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await trustServers(thunderbird, started.authority, [IMAP_HOST, SMTP_HOST, OTHER_HOST, FAULTY_HOST]);
      await thunderbird.openLedger(ID);
      const form = formFor(started, "imap");
      const before = await accountTraces(thunderbird);

      const { port } = form.incoming;
      const at = ({ port: faultyPort }: { readonly port: number }) => ({ host: FAULTY_HOST, port: faultyPort });
      const attempts: readonly [Partial<AccountForm>, unknown][] = [
        [
          { password: "sbagliata" },
          {
            state: "login-failed",
            stage: "incoming",
            check: { code: "wrong-password", serverText: "Authentication failed." },
          },
        ],
        [
          { incoming: at(wrongByImap) },
          { stage: "incoming", check: { code: "wrong-password", serverText: "Credenziali errate" } },
        ],
        [
          { protocol: "pop3", incoming: at(wrongByPop3) },
          { stage: "incoming", check: { code: "wrong-password", serverText: "Credenziali errate" } },
        ],
        [
          { outgoing: at(wrongBySmtp) },
          { stage: "outgoing", check: { code: "wrong-password", serverText: "Credenziali errate" } },
        ],
        [
          { incoming: at(closedInbox) },
          { stage: "incoming", check: { code: "select-failed", serverText: "Casella non disponibile" } },
        ],
        [
          { protocol: "pop3", incoming: at(withoutUidl) },
          { stage: "incoming", check: { code: "no-uidl" } },
        ],
        [
          { incoming: { host: OTHER_HOST, port } },
          { stage: "incoming", check: { code: "certificate", what: "name", detail: "SSL_ERROR_BAD_CERT_DOMAIN" } },
        ],
        [
          { incoming: at(expired) },
          { check: { code: "certificate", what: "expired", detail: "SEC_ERROR_EXPIRED_CERTIFICATE" } },
        ],
        [
          { incoming: at(stranger) },
          { check: { code: "certificate", what: "untrusted", detail: "SEC_ERROR_UNKNOWN_ISSUER" } },
        ],
        [{ incoming: at(impostor) }, { check: { code: "certificate", what: "untrusted" } }],
        [
          { outgoing: { host: SMTP_HOST, port: 1 } },
          { stage: "outgoing", check: { code: "unreachable", reason: "refused" } },
        ],
        // No server of mail that is sent speaks first as one of mail that is received.
        [{ outgoing: { host: IMAP_HOST, port } }, { stage: "outgoing", check: { code: "unexpected" } }],
        [
          { login: { form: "address*user", typed: "altri" } },
          { check: { code: "wrong-password" }, hints: ["user-name-form"] },
        ],
      ];
      for (const [difference, outcome] of attempts) {
        expect(await create(thunderbird, { ...form, ...difference })).toMatchObject(outcome as object);
        expect(await accountTraces(thunderbird)).toEqual(before);
      }
      // One way, one time: nothing else follows a refusal, although each server knows another way.
      const token = Buffer.from(`\0${USER.login ?? ""}\0${USER.password}`).toString("base64");
      expect(wrongByImap.heard).toEqual(["a1 CAPABILITY", `a2 AUTHENTICATE PLAIN ${token}`]);
      expect(wrongByPop3.heard).toEqual(["CAPA", "AUTH PLAIN", token]);
      expect(wrongBySmtp.heard).toEqual(["EHLO [127.0.0.1]", `AUTH PLAIN ${token}`]);
      // Who has no good certificate learns nothing.
      expect([expired, stranger, impostor].flatMap(({ heard }) => heard)).toEqual([]);

      // Halfway: made, and then a setting cannot be set. An earlier password is put back too.
      await thunderbird.run(
        `const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
         login.init(args[0], null, args[0], args[1], "vecchia", "", "");
         await Services.logins.addLoginAsync(login);`,
        `imap://${IMAP_HOST}`,
        USER.login,
      );
      const withOldPassword = await accountTraces(thunderbird);
      const halfway = await thunderbird.runInPage(ID, "background", `return messenger.mailAccounts.create(args[0]);`, [
        {
          type: "imap",
          address: ADDRESS,
          name: "Chiara Montaldi",
          incoming: { ...form.incoming, username: USER.login, password: USER.password },
          outgoing: { ...form.outgoing, username: USER.login, password: USER.password },
          makeDefault: false,
          settings: { account: { noSuchSetting: true }, identity: {} },
        },
      ]);
      expect(halfway).toEqual({ failure: "failed" });
      expect(await accountTraces(thunderbird)).toEqual(withOldPassword);

      const outcome = await create(thunderbird, form);
      expect(outcome).toMatchObject({ state: "created", folders: "pointed", isDefault: true });
      const account = await madeAccount(thunderbird, createdKey(outcome));
      expect(account.sent.endsWith("/INVIATE")).toBe(true);
      const { logins } = await accountTraces(thunderbird);
      expect(logins).toEqual(
        [`imap://${IMAP_HOST}`, `smtp://${SMTP_HOST}`].map((origin) => [origin, USER.login, USER.password]),
      );
      const made = await listed(thunderbird, account.key);
      expect(made).toMatchObject({
        ...form.incoming,
        type: "imap",
        username: USER.login,
        isTls: true,
        settings: { junkLevel: 0, limitSize: false, retention: "keep" },
        identities: [
          {
            address: ADDRESS,
            name: "Chiara Montaldi",
            outgoing: { ...form.outgoing, username: USER.login, isTls: true },
            settings: { keepSent: true, automaticBcc: false, replyTo: "" },
          },
        ],
      });
      // One that the server declares, and one that it does not, by its name.
      const folderNames = made.identities[0]?.settings;
      expect(folderNames?.archiveFolder.endsWith("/ARCHIVIO")).toBe(true);
      expect(folderNames?.draftsFolder.endsWith("/BOZZE")).toBe(true);
      expect(await create(thunderbird, form)).toEqual({ state: "exists", what: "server", account: account.key });
      expect(
        await create(thunderbird, { ...form, protocol: "pop3", incoming: { host: POP3_HOST, port: 995 } }),
      ).toEqual({
        state: "exists",
        what: "address",
        account: account.key,
      });

      await sendFromComposeWindow(thunderbird, account, {
        to: ["amministrazione@pec.edilnova-costruzioni.test"],
        subject: "Prima prova",
        body: "Buongiorno.\n",
      });
      const copies = await started.mail.messages(ADDRESS, "INVIATE");
      expect(copies.map((copy) => /^Subject: (.*)\r?$/m.exec(Buffer.from(copy).toString("latin1"))?.[1])).toEqual([
        "Prima prova",
      ]);
      await fetchUntil(thunderbird, account, 2);

      // Known for PEC by its receipts; what we made has nothing to repair but what concerns all of Thunderbird.
      const [found] = await waitFor("the receipts to be known", HANG_MS, async () => {
        const audits = await audit(thunderbird);
        return audits[0]?.foundBy === "receipts" ? audits : null;
      });
      expect(found).toMatchObject({ account: account.key, foundBy: "receipts", operator: null });
      expect(found?.findings.map(({ id }) => id)).toEqual(["scam-warning", "collects-addresses"]);

      // The server says what the mailbox may hold, and the lists of its folders what receipts take of it.
      const large = `From: a@pec.test\r\nTo: ${ADDRESS}\r\nSubject: grande\r\nMessage-ID: <grande@pec.test>\r\n\r\n`;
      await started.mail.deliver(ADDRESS, Buffer.from(large + `${"x".repeat(76)}\r\n`.repeat(12_300)));
      await fetchUntil(thunderbird, account, 3);
      // It tells when the inbox is opened anew.
      await started.mail.cutConnections();
      const [full] = await waitFor("the mailbox to be known as nearly full", HANG_MS, async () => {
        // One that finds its connection cut may fail.
        await fetchNewMail(thunderbird, account).catch(() => undefined);
        const audits = await audit(thunderbird);
        return audits[0]?.findings.some(({ id }) => id === "quota-nearly-full") === true ? audits : null;
      });
      expect(full?.quota?.limit).toBe(STORAGE_LIMIT);
      const sizes = started.handled.flatMap(({ answers }) => answers.map(({ bytes }) => bytes.length));
      const { space } = await ask(thunderbird, "receipts-space", { name: "receipts-space", account: account.key });
      expect(space).toEqual({ count: 2, bytes: sizes.reduce((sum, size) => sum + size, 0), isWhole: true });

      // A second mailbox is not the one that is written from unless the person says so. Of outgoing servers one is used again only if it
      // is the same in everything.
      const second: AccountForm = {
        ...form,
        address: SECOND.address,
        login: { form: "address", typed: "" },
        password: SECOND.password,
      };
      await thunderbird.run(
        `const { outgoingServer } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices;
         const former = outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer);
         Object.assign(former, { hostname: args[0], port: 587, username: args[1], socketType: Ci.nsMsgSocketType.alwaysSTARTTLS });`,
        SMTP_HOST,
        SECOND.address,
      );
      const withFormer = await accountTraces(thunderbird);
      const first = await create(thunderbird, second);
      expect(first).toMatchObject({ state: "created", isDefault: false });
      const withOwn = await accountTraces(thunderbird);
      expect(withOwn.outgoing).toHaveLength(withFormer.outgoing.length + 1);
      expect((await listed(thunderbird, createdKey(first))).identities[0]?.outgoing).toEqual({
        ...form.outgoing,
        username: SECOND.address,
        isTls: true,
      });
      await removeAccount(thunderbird, createdKey(first));
      const again = await create(thunderbird, { ...second, makeDefault: true });
      expect(again).toMatchObject({ state: "created", isDefault: true });
      expect((await accountTraces(thunderbird)).outgoing).toEqual(withOwn.outgoing);
    });
  });

  test("pop3: what is deleted in Thunderbird stays on the server", async () => {
    const started = await startPecService({ users: [USER] });
    service = started;
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await trustServers(thunderbird, started.authority, [POP3_HOST, SMTP_HOST]);
      await thunderbird.openLedger(ID);
      const form = formFor(started, "pop3");
      expect(await create(thunderbird, { ...form, password: "sbagliata" })).toMatchObject({
        stage: "incoming",
        check: { code: "wrong-password" },
      });
      const outcome = await create(thunderbird, form);
      expect(outcome).toMatchObject({ state: "created", folders: "local" });
      const account = await madeAccount(thunderbird, createdKey(outcome));
      expect((await listed(thunderbird, account.key)).settings).toMatchObject({
        leaveOnServer: true,
        deleteByAge: false,
        daysOnServer: 0,
        deleteWithLocal: false,
        headersOnly: false,
        limitSize: false,
        junkLevel: 0,
        retention: "keep",
      });
      for (const subject of ["uno", "due", "tre"]) {
        const text = `From: a@pec.test\r\nTo: ${ADDRESS}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@pec.test>\r\n\r\nProva\r\n`;
        await started.mail.deliver(ADDRESS, Buffer.from(text));
      }
      await fetchUntil(thunderbird, account, 3);
      const left = await thunderbird.run(
        `const inbox = folderNamed(args[0]);
         const remove = (headers, forGood) => new Promise((resolve) => inbox.deleteMessages(headers, null, forGood, false, {
           QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
           onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() { return null; },
           onStopCopy: resolve,
         }, false));
         const [first, ...others] = [...inbox.messages];
         await remove([first], false);
         await remove(others, true);
         inbox.server.rootFolder.emptyTrash?.(null);
         inbox.emptyTrash(null);
         return [...inbox.messages].length;`,
        account.inbox,
      );
      expect(left).toBe(0);
      // What is marked for deletion goes with the next connections.
      await fetchNewMail(thunderbird, account);
      await fetchNewMail(thunderbird, account);
      expect(await started.mail.messages(ADDRESS)).toHaveLength(3);
    });
  });

  test("an account made with Thunderbird's defaults is audited, repaired, and put back as it was", async () => {
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await thunderbird.openLedger(ID);
      const key = await addWizardAccount(thunderbird, "prova@pec.it");
      await thunderbird.run(
        `const account = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices.accounts.getAccount(args[0]);
         Object.assign(account.defaultIdentity, { doBcc: true, doBccList: "archivio@studio.example", replyTo: "segreteria@studio.example" });
         Services.prefs.setStringPref("mail.identity." + account.defaultIdentity.key + ".fcc_folder", "imap://altri%40posta.example@imap.posta.example/Sent");
         const server2 = account.incomingServer;
         server2.limitOfflineMessageSize = true;
         const { nsMsgRetainByAge, nsMsgRetainByNumHeaders } = Ci.nsIMsgRetentionSettings;
         const rule = server2.retentionSettings;
         Object.assign(rule, { retainByPreference: nsMsgRetainByAge, daysToKeepHdrs: 30 });
         server2.retentionSettings = rule;
         const inbox = server2.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
         const ruleOfInbox = inbox.retentionSettings;
         Object.assign(ruleOfInbox, { useServerDefaults: false, retainByPreference: nsMsgRetainByNumHeaders, numHeadersToKeep: 2000 });
         inbox.retentionSettings = ruleOfInbox;
         const filters = server2.getFilterList(null);
         const filter = filters.createFilter("Butta le ricevute");
         const term = filter.createTerm();
         term.attrib = Ci.nsMsgSearchAttrib.Subject;
         term.op = Ci.nsMsgSearchOp.Contains;
         const value = term.value;
         value.attrib = term.attrib;
         value.str = "ACCETTAZIONE";
         term.value = value;
         filter.appendTerm(term);
         const action = filter.createAction();
         action.type = Ci.nsMsgFilterAction.Delete;
         filter.appendAction(action);
         filter.enabled = true;
         filters.insertFilterAt(0, filter);`,
        key,
      );
      const read = async () => {
        const [found] = await audit(thunderbird);
        if (found === undefined) throw new Error("Not found");
        return found;
      };
      const found = await read();
      expect(found).toMatchObject({
        account: key,
        foundBy: "host",
        operator: { id: "aruba" },
        address: "prova@pec.it",
      });
      expect(found.findings.map(({ id }) => id)).toEqual([
        "deleted-by-age",
        "deleted-with-local",
        "retention",
        "folder-retention",
        "filter-deletes",
        "size-limit",
        "junk-control",
        "automatic-bcc",
        "reply-to-elsewhere",
        "sent-elsewhere",
        "scam-warning",
        "collects-addresses",
      ]);
      expect(found.findings[0]?.values).toEqual({ days: 14 });
      expect(found.findings[2]?.values).toEqual({ rule: "days:30" });
      expect(found.findings[3]?.values).toEqual({ folder: "Inbox", rule: "count:2000" });
      const repairs = found.findings.map(({ repair }) => repair).filter((repair) => repair !== null);
      for (const change of repairs) {
        expect(await ask(thunderbird, "change", { name: "change", account: key, change, undo: false })).toMatchObject({
          outcome: "done",
        });
      }
      // The folder for sent mail of a POP3 account is for the person to choose.
      expect((await read()).findings.map(({ id }) => id)).toEqual(["sent-elsewhere"]);
      for (const { owner, setting, from, to } of repairs.toReversed()) {
        const change = { owner, setting, from: to, to: from };
        expect(await ask(thunderbird, "change", { name: "change", account: key, change, undo: true })).toMatchObject({
          outcome: "done",
        });
      }
      expect(await read()).toEqual(found);
      const [first] = repairs;
      if (first === undefined) throw new Error("No repair");
      const stale = { ...first, from: first.to, to: first.to };
      expect(
        await ask(thunderbird, "change", { name: "change", account: key, change: stale, undo: false }),
      ).toMatchObject({ outcome: "stale" });
      const gone = { ...first, owner: "account999" };
      expect(
        await ask(thunderbird, "change", { name: "change", account: key, change: gone, undo: false }),
      ).toMatchObject({ outcome: "gone" });
      expect(await read()).toEqual(found);
    });
  });
});
