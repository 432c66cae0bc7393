import { describe, expect, it, vi } from "vitest";
import { createAccountHelper } from "../../../src/app/accounts/account-helper.ts";
import { answerAccounts } from "../../../src/app/accounts/answer-accounts.ts";
import { parseAccountRequest } from "../../../src/app/accounts/parse-account-request.ts";
import type { MxRecord } from "../../../src/core/index.ts";
import { createAccountSession } from "../../../src/pages/account/account-session.ts";
import { drawAccount } from "../../../src/pages/account/draw-account.ts";
import type { MailAccounts, NewAccount } from "../../../src/ports/mail-accounts.ts";
import type { SecureConnections } from "../../../src/ports/secure-connections.ts";
import { account, details, identity } from "../../app/accounts/account-facts.ts";
import { accountsFake } from "../../app/fakes.ts";
import { translator } from "../messages.ts";
import { nodeText } from "../node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

const PASSWORD = "segreta";

interface Newcomer {
  readonly address: string;
  /** The name server's answer, where the domain alone is not documented; left out: it must not be asked. */
  readonly mx?: readonly MxRecord[];
  /** What the page says of the operator. */
  readonly operator: string;
  /** Typed into the field beside the address, where there must be one. */
  readonly login?: string;
  readonly username: string;
  readonly imap: string;
  /** Left out: none is known, and none is offered. */
  readonly pop3?: string;
  readonly smtp: string;
  /** Said before the password is asked for. */
  readonly notes: readonly string[];
  /** How the operator's webmail calls the folder of sent mail; the server declares nothing. */
  readonly sent: readonly string[];
}

const aruba = {
  imap: "imaps.pec.aruba.it",
  pop3: "pop3s.pec.aruba.it",
  smtp: "smtps.pec.aruba.it",
  notes: ["la Password per programmi di posta", "Scade dopo 3 mesi"],
  sent: ["INBOX", "Inviata"],
};

const NEWCOMERS: readonly Newcomer[] = [
  { address: "mario.rossi@pec.it", operator: "Aruba PEC", username: "mario.rossi@pec.it", ...aruba },
  {
    address: "studio@pec.studiorossi.example",
    mx: [{ host: "mx.pec.aruba.it", preference: 10 }],
    operator: "Aruba PEC",
    username: "studio@pec.studiorossi.example",
    ...aruba,
  },
  {
    ...aruba,
    address: "mario.rossi@archiworldpec.it",
    mx: [{ host: "mx.pec.aruba.it", preference: 10 }],
    operator: "Aruba PEC",
    username: "mario.rossi@archiworldpec.it",
    imap: "imaps.archiworldpec.it",
    pop3: "pop3s.archiworldpec.it",
    smtp: "smtps.archiworldpec.it",
  },
  {
    ...aruba,
    address: "studio@pec.mail-certificata.eu",
    mx: [{ host: "mx.pec.aruba.it", preference: 10 }],
    operator: "Aruba PEC",
    username: "studio@pec.mail-certificata.eu",
    imap: "imaps.pec.mail-certificata.eu",
    pop3: "pop3s.pec.mail-certificata.eu",
    smtp: "smtps.pec.mail-certificata.eu",
  },
  {
    address: "mario.rossi@legalmail.it",
    operator: "Legalmail (InfoCert)",
    login: "M1234567",
    username: "M1234567",
    imap: "mbox.cert.legalmail.it",
    pop3: "mbox.cert.legalmail.it",
    smtp: "sendm.cert.legalmail.it",
    notes: ["Alcuni caratteri speciali"],
    sent: ["INBOX", "Spedite"],
  },
  {
    address: "mario.rossi@postecert.it",
    operator: "Poste Italiane (Postecert)",
    username: "mario.rossi@postecert.it",
    imap: "mail.postecert.it",
    pop3: "mail.postecert.it",
    smtp: "mail.postecert.it",
    notes: [],
    sent: ["Posta inviata"],
  },
  {
    address: "giuseppe.verdi@timpec.it",
    operator: "TIM (TI Trust Technologies)",
    login: "giuseppe.verdi",
    username: "giuseppe.verdi@timpec.it*giuseppe.verdi",
    imap: "imap.pectim.it",
    pop3: "pop3s.pectim.it",
    smtp: "smtp.pectim.it",
    notes: ["la Password secondaria", "Impostazioni → Genera Password Secondaria", "Apri la pagina della password"],
    sent: ["INVIATE"],
  },
  {
    address: "mario.rossi@sicurezzapostale.it",
    operator: "Namirial (Sicurezza Postale)",
    username: "mario.rossi@sicurezzapostale.it",
    imap: "imaps.sicurezzapostale.it",
    pop3: "pop3s.sicurezzapostale.it",
    smtp: "smtps.sicurezzapostale.it",
    notes: ["la Password applicativa", "È temporanea"],
    sent: ["Inviati"],
  },
  {
    address: "mario.rossi@pec.net",
    mx: [{ host: "server.pec-email.com", preference: 10 }],
    operator: "Register.it (PEC.net)",
    username: "mario.rossi@pec.net",
    imap: "imap.pec-email.com",
    smtp: "smtp.pec-email.com",
    notes: [],
    sent: ["Sent"],
  },
];

/** Servers that take every login, each by its usual port. */
function servers(opened: string[]): SecureConnections {
  const answers: Readonly<Record<number, (text: string) => string>> = {
    993: (text) =>
      text === "" ? "* OK\r\n" : text.startsWith("a1 ") ? "* CAPABILITY SASL-IR AUTH=PLAIN\r\na1 OK\r\n" : "a2 OK\r\n",
    995: (text) => (text === "CAPA\r\n" ? "+OK\r\nUIDL\r\nUSER\r\n.\r\n" : "+OK\r\n"),
    465: (text) => (text === "" ? "220 \r\n" : text.startsWith("EHLO") ? "250 AUTH PLAIN\r\n" : "235 \r\n"),
  };
  return {
    open: (host, port) => {
      opened.push(`${host}:${String(port)}`);
      const answer = answers[port];
      if (answer === undefined) throw new Error(`Nobody listens at ${String(port)}`);
      return Promise.resolve({
        ok: true,
        connection: {
          exchange: (text) => Promise.resolve({ ok: true, text: answer(text) }),
          close: () => Promise.resolve(),
        },
      });
    },
  };
}

function setUp({ address, mx, sent }: Newcomer) {
  const made: NewAccount[] = [];
  const changes: unknown[] = [];
  const opened: string[] = [];
  const asked: string[] = [];
  const accounts: MailAccounts = {
    list: () =>
      Promise.resolve({
        accounts: made.map(({ type, incoming }) =>
          account({ key: "account7", type, ...incoming, identities: [identity({ address })] }),
        ),
        settings: { scamWarning: true, collectAddresses: true },
      }),
    outgoingServers: () => Promise.resolve([]),
    details: () => {
      const folder = { uri: "imap://x/sent", path: sent, declared: [], selectable: true };
      return Promise.resolve(details({ folders: [{ ...folder, settings: { retention: "server" } }] }));
    },
    refreshFolders: () => Promise.resolve(true),
    create: (each) => {
      made.push(each);
      return Promise.resolve({ ok: true, key: "account7", identity: "id1", isDefault: false });
    },
    change: ({ setting, value }) => {
      changes.push([setting, value]);
      return Promise.resolve("");
    },
  };
  const resolveMx = (domain: string) => {
    asked.push(domain);
    return Promise.resolve(mx ?? null);
  };
  const making = { accounts, connections: servers(opened), resolveMx };
  const helper = createAccountHelper({ making, progress: () => undefined });
  const session = createAccountSession("add", {
    background: {
      accounts: (request) => {
        const parsed = parseAccountRequest(structuredClone(request));
        if (parsed === null) throw new Error("The background would not take this request");
        return answerAccounts(parsed, accountsFake({ helper, accounts }));
      },
      ledger: () => Promise.reject(new Error("Not part of this test")),
    },
    copy: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
    render: () => undefined,
  });
  const settle = async () => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  const text = () =>
    nodeText(
      drawAccount(session.state, { translate: translator("it"), locale: "it", now: 0, deeds: session.deeds }),
    ).replace(/\s+/g, " ");
  return { session, settle, text, made, changes, opened, asked };
}

const OFFERED = NEWCOMERS.flatMap((newcomer) =>
  (["imap", "pop3"] as const)
    .filter((protocol) => newcomer[protocol] !== undefined)
    .map((protocol) => [newcomer.address, protocol, newcomer] as const),
);

describe("somebody with a new mailbox, from the typed address", () => {
  it.each(OFFERED)("%s by %s has exactly the settings of the operator's guide", async (address, protocol, newcomer) => {
    const { session, settle, text, made, changes, opened, asked } = setUp(newcomer);
    const { deeds } = session;
    await session.refresh();
    deeds.typeAddress(address);
    deeds.takeAddress();
    await settle();
    expect(asked).toEqual(newcomer.mx === undefined ? [] : [address.split("@")[1]]);
    const page = text();
    expect(page).toContain(newcomer.operator);
    // A person reads from the top: what is said of the password must stand above its field.
    const [before = ""] = page.split("La conserva Thunderbird, tra le sue password.");
    for (const note of newcomer.notes) expect(before).toContain(note);
    expect(before.includes("Quale password serve")).toBe(newcomer.notes.length > 0);

    const { proposal } = session.state.adding;
    expect(proposal?.loginField === null).toBe(newcomer.login === undefined);
    deeds.fillIn({ personName: "Mario Rossi", password: PASSWORD, protocol, login: newcomer.login ?? "" });
    deeds.create();
    await settle();
    const server = (host: string | undefined, port: number) => ({
      host,
      port,
      username: newcomer.username,
      password: PASSWORD,
    });
    const always = { junkLevel: 0, limitSize: false };
    const incomingPort = protocol === "imap" ? 993 : 995;
    expect(made).toEqual([
      {
        type: protocol,
        address,
        name: "Mario Rossi",
        incoming: server(newcomer[protocol], incomingPort),
        outgoing: server(newcomer.smtp, 465),
        makeDefault: false,
        settings: {
          account:
            protocol === "imap"
              ? always
              : {
                  ...always,
                  leaveOnServer: true,
                  deleteByAge: false,
                  daysOnServer: 0,
                  deleteWithLocal: false,
                  headersOnly: false,
                },
          identity: {},
        },
      },
    ]);
    expect(opened).toEqual([`${newcomer[protocol] ?? ""}:${String(incomingPort)}`, `${newcomer.smtp}:465`]);
    expect(changes).toEqual(protocol === "imap" ? [["sentFolder", "imap://x/sent"]] : []);
    expect(text()).toContain(`La casella ${address} è pronta.`);
    expect(session.state.adding.fields.password).toBe("");
  });

  it("is offered no protocol of which no server is known", async () => {
    for (const newcomer of NEWCOMERS) {
      const { session, settle, text } = setUp(newcomer);
      await session.refresh();
      session.deeds.typeAddress(newcomer.address);
      session.deeds.takeAddress();
      await settle();
      expect(text().includes("(POP3)")).toBe(newcomer.pop3 !== undefined);
    }
  });
});
