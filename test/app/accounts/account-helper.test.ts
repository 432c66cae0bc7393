import { describe, expect, it } from "vitest";
import { createAccountHelper } from "../../../src/app/accounts/account-helper.ts";
import { answerAccounts } from "../../../src/app/accounts/answer-accounts.ts";
import { parseAccountRequest } from "../../../src/app/accounts/parse-account-request.ts";
import type { AccountForm, AccountStep } from "../../../src/messages.ts";
import type { CreatedAccount, MailAccounts, NewAccount, ResolveMx } from "../../../src/ports/mail-accounts.ts";
import type { SecureConnections } from "../../../src/ports/secure-connections.ts";
import { account, details } from "./account-facts.ts";
import { accountsFake, deferred, memorySettings } from "../fakes.ts";

const FORM: AccountForm = {
  address: "mario.rossi@pec.it",
  personName: "Mario Rossi",
  protocol: "imap",
  incoming: { host: "imaps.pec.aruba.it", port: 993 },
  outgoing: { host: "smtps.pec.aruba.it", port: 465 },
  operator: "aruba",
  login: { form: "address", typed: "" },
  password: "segreta",
  makeDefault: false,
  remind: false,
};

/** Servers that answer as those that accept, or refuse, whatever is sent. */
function servers(refusing: string | null = null): {
  readonly connections: SecureConnections;
  readonly asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    connections: {
      open: (host) => {
        asked.push(host);
        const isRefused = host === refusing;
        const answer = (text: string): string => {
          if (text === "") return host.startsWith("smtps") ? "220 ready\r\n" : "* OK ready\r\n";
          if (text.startsWith("a1 ")) return "* CAPABILITY SASL-IR AUTH=PLAIN\r\na1 OK\r\n";
          if (text.startsWith("EHLO")) return "250 AUTH PLAIN\r\n";
          if (text.startsWith("AUTH")) return isRefused ? "535 no\r\n" : "235 ok\r\n";
          if (text.startsWith("a2")) return isRefused ? "a2 NO [AUTHENTICATIONFAILED] no\r\n" : "a2 OK\r\n";
          return `${text.slice(0, 2)} OK\r\n`;
        };
        const exchange = (text: string) => Promise.resolve({ ok: true as const, text: answer(text) });
        return Promise.resolve({ ok: true, connection: { exchange, close: () => Promise.resolve() } });
      },
    },
  };
}

function helperWith(
  options: {
    refusing?: string;
    existing?: Awaited<ReturnType<MailAccounts["list"]>>["accounts"];
    created?: CreatedAccount;
    connections?: SecureConnections;
    resolveMx?: ResolveMx;
  } = {},
) {
  const made: NewAccount[] = [];
  const changes: unknown[] = [];
  const steps: AccountStep[] = [];
  const domains: string[] = [];
  const { connections, asked } = servers(options.refusing ?? null);
  const own = account({ key: "account7", type: "imap", host: "imaps.pec.aruba.it" });
  const helper = createAccountHelper({
    making: {
      accounts: {
        list: () =>
          Promise.resolve({
            accounts: [...(options.existing ?? []), ...(made.length > 0 ? [own] : [])],
            settings: { scamWarning: true, collectAddresses: true },
          }),
        details: () =>
          Promise.resolve(
            details({
              folders: [
                {
                  uri: "imap://x/Inviata",
                  path: ["INBOX", "Inviata"],
                  declared: [],
                  selectable: true,
                  settings: { retention: "server" },
                },
              ],
            }),
          ),
        refreshFolders: () => Promise.resolve(true),
        create: (each) => {
          made.push(each);
          return Promise.resolve(options.created ?? { ok: true, key: "account7", identity: "id7", isDefault: true });
        },
        change: (change) => {
          changes.push(change);
          return Promise.resolve("");
        },
      },
      connections: options.connections ?? connections,
      resolveMx:
        options.resolveMx ??
        ((domain) => {
          domains.push(domain);
          return Promise.resolve([{ host: "mx.pec.aruba.it", preference: 10 }]);
        }),
    },
    progress: (step) => steps.push(step),
  });
  return { helper, made, changes, steps, asked, domains };
}

describe("suggesting", () => {
  it("asks the name server only when told to, and only for the domain", async () => {
    const { helper, domains } = helperWith();
    await helper.suggest("mario@studio-rossi.example", false);
    await helper.suggest("nessun indirizzo", true);
    expect(domains).toEqual([]);
    const { suggestion, proposal } = await helper.suggest("mario@studio-rossi.example", true);
    expect(domains).toEqual(["studio-rossi.example"]);
    expect(suggestion).toMatchObject({ kind: "settings", by: "mx" });
    expect(proposal?.operator.id).toBe("aruba");
  });

  it.each<[string, ResolveMx]>([
    ["says nothing", () => Promise.resolve(null)],
    ["cannot be asked", () => Promise.reject(new Error("No library"))],
  ])("goes on when the name server %s", async (_what, resolveMx) => {
    const { helper } = helperWith({ resolveMx });
    const unknown = await helper.suggest("a@studio-rossi.example", true);
    expect(unknown.suggestion).toMatchObject({ kind: "choose", mx: "no-answer" });
    const known = await helper.suggest("a@pec.net", true);
    expect(known.suggestion).toMatchObject({ kind: "settings", by: "domain", mx: "no-answer" });
  });

  it("asks no name server in a package that has no way to", async () => {
    const helper = createAccountHelper({ making: null, progress: () => undefined });
    expect((await helper.suggest("a@studio-rossi.example", true)).suggestion).toMatchObject({
      kind: "choose",
      mx: "not-asked",
    });
  });
});

describe("making an account", () => {
  it("tries both logins once, then makes it with the safe settings and points its folders", async () => {
    const { helper, made, changes, steps, asked } = helperWith();
    expect(await helper.create(FORM)).toEqual({
      state: "created",
      account: "account7",
      isDefault: true,
      folders: "pointed",
    });
    expect(asked).toEqual(["imaps.pec.aruba.it", "smtps.pec.aruba.it"]);
    expect(steps).toEqual(["incoming-login", "outgoing-login", "creating", "folders"]);
    const server = { username: "mario.rossi@pec.it", password: "segreta" };
    expect(made).toMatchObject([
      { type: "imap", incoming: server, outgoing: server, settings: { account: { junkLevel: 0, limitSize: false } } },
    ]);
    expect(changes).toEqual([{ owner: "id1", setting: "sentFolder", value: "imap://x/Inviata" }]);
  });

  it.each([
    ["imaps.pec.aruba.it", "incoming", ["imaps.pec.aruba.it"]],
    ["smtps.pec.aruba.it", "outgoing", ["imaps.pec.aruba.it", "smtps.pec.aruba.it"]],
  ])("makes nothing when %s refuses, and asks nobody twice", async (refusing, stage, servers) => {
    const { helper, made, asked } = helperWith({ refusing });
    expect(await helper.create(FORM)).toMatchObject({
      state: "login-failed",
      stage,
      check: { code: "wrong-password" },
      hints: ["client-password", "client-password-ended"],
    });
    expect(asked).toEqual(servers);
    expect(made).toEqual([]);
  });

  it("tells of a blank that was copied along with a wrong password, and sends it as it was typed", async () => {
    const { helper } = helperWith({ refusing: "imaps.pec.aruba.it" });
    const form = { ...FORM, operator: null };
    expect(await helper.create({ ...form, password: "segreta " })).toMatchObject({ hints: ["blank-at-edge"] });
    expect(await helper.create({ ...form, password: "una segreta" })).toMatchObject({ hints: [] });
    const taken = helperWith();
    await taken.helper.create({ ...form, password: " segreta" });
    expect(taken.made).toMatchObject([{ incoming: { password: " segreta" } }]);
  });

  it.each<[Partial<AccountForm>, object]>([
    [{ address: "mario" }, { field: "address", code: "NO_AT" }],
    [{ personName: " " }, { field: "person-name", code: "REQUIRED" }],
    [{ password: "" }, { field: "password", code: "REQUIRED" }],
    [{ password: "a\r\nDELE 1" }, { field: "password", code: "NOT_PRINTABLE" }],
    [{ password: "segreta\u200b" }, { field: "password", code: "NOT_PRINTABLE" }],
    [{ personName: "Mario\tRossi" }, { field: "person-name", code: "NOT_PRINTABLE" }],
    [{ login: { form: "user-id", typed: "" } }, { field: "login", code: "REQUIRED" }],
    [{ incoming: { host: "imaps.pec.aruba.it", port: 143 } }, { field: "incoming" }],
    [{ outgoing: { host: "", port: 465 } }, { field: "outgoing" }],
  ])("refuses %j before anybody is asked", async (difference, problem) => {
    const { helper, asked } = helperWith();
    expect(await helper.create({ ...FORM, ...difference })).toMatchObject({ state: "invalid", problem });
    expect(asked).toEqual([]);
  });

  it("refuses a second account of the same mailbox before anybody is asked", async () => {
    const existing = [account({ key: "account3", host: "imaps.pec.aruba.it", username: "MARIO.ROSSI@pec.it" })];
    const { helper, asked } = helperWith({ existing });
    expect(await helper.create(FORM)).toMatchObject({ state: "exists", what: "server", account: "account3" });
    const other = helperWith({
      existing: [account({ key: "account4", host: "elsewhere.example", name: "Mario.Rossi@pec.it" })],
    });
    expect(await other.helper.create(FORM)).toMatchObject({ state: "exists", what: "address", account: "account4" });
    expect([...asked, ...other.asked]).toEqual([]);
  });

  it("tells why Thunderbird did not take it", async () => {
    const { helper } = helperWith({ created: { ok: false, failure: "password-not-stored" } });
    expect(await helper.create(FORM)).toEqual({ state: "password-not-stored" });
  });

  it("can be cancelled while a login is tried, and is not begun twice", async () => {
    const answer = deferred<{ ok: false; failure: { code: "closed"; detail: string } }>();
    const connections: SecureConnections = {
      open: () =>
        Promise.resolve({
          ok: true,
          connection: {
            exchange: () => answer.promise,
            close: () => {
              answer.resolve({ ok: false, failure: { code: "closed", detail: "" } });
              return Promise.resolve();
            },
          },
        }),
    };
    const { helper, made } = helperWith({ connections });
    const creation = helper.create(FORM);
    expect(await helper.create(FORM)).toEqual({ state: "busy" });
    await Promise.resolve();
    helper.cancel();
    expect(await creation).toEqual({ state: "cancelled" });
    expect(made).toEqual([]);
  });
});

describe("requests of the account page", () => {
  it("are taken when they are whole, and nothing else is", () => {
    expect(parseAccountRequest({ name: "create", form: FORM })).toEqual({ name: "create", form: FORM });
    for (const difference of [
      { password: 1 },
      { protocol: "smtp" },
      { incoming: { host: "a" } },
      { login: { form: "other", typed: "" } },
      { address: "a".repeat(10_001) },
    ]) {
      expect(parseAccountRequest({ name: "create", form: { ...FORM, ...difference } })).toBeNull();
    }
    const change = { owner: "", setting: "scamWarning", from: true, to: false };
    const whole = { name: "change", account: "account1", change, undo: false };
    expect(parseAccountRequest(whole)).toEqual(whole);
    expect(parseAccountRequest({ ...whole, undo: 1 })).toBeNull();
    expect(parseAccountRequest({ ...whole, change: { ...change, to: null } })).toBeNull();
    const space = { name: "receipts-space", account: "account1" };
    expect(parseAccountRequest(space)).toEqual(space);
    expect(parseAccountRequest({ ...space, account: null })).toBeNull();
    expect(parseAccountRequest({ name: "other" })).toBeNull();
  });

  it("are answered as unavailable where accounts cannot be made, but suggestions come", async () => {
    expect(await answerAccounts({ name: "create", form: FORM }, accountsFake())).toEqual({ state: "unavailable" });
    const change = { owner: "", setting: "scamWarning", from: true, to: false };
    expect(await answerAccounts({ name: "change", account: "account1", change, undo: false }, accountsFake())).toEqual({
      state: "unavailable",
    });
    expect(await answerAccounts({ name: "audit", also: null }, accountsFake())).toEqual({
      state: "audit",
      depth: "plain",
      accounts: [],
      repaired: [],
    });
    const suggested = await answerAccounts({ name: "suggest", address: "a@pec.it", askMx: true }, accountsFake());
    expect(suggested).toMatchObject({ state: "suggestion", proposal: { operator: { id: "aruba" } } });
    expect(await answerAccounts({ name: "search", text: "legalmail" }, accountsFake())).toMatchObject({
      state: "choices",
    });
  });

  it("are checked without a password where it is typed elsewhere", async () => {
    const form = { ...FORM, password: "", login: { form: "address*user" as const, typed: "mario" } };
    expect(await answerAccounts({ name: "prepare", form }, accountsFake())).toEqual({
      state: "prepared",
      problem: null,
      username: "mario.rossi@pec.it*mario",
    });
    expect(await answerAccounts({ name: "prepare", form: { ...form, personName: "" } }, accountsFake())).toMatchObject({
      problem: { field: "person-name", code: "REQUIRED" },
    });
  });

  it("fill in servers from a guide's template, and refuse the guide's own example", async () => {
    const ask = (domain: string) => answerAccounts({ name: "template", template: "operator", domain }, accountsFake());
    expect(await ask("esempiopec.it")).toMatchObject({
      servers: { pop3: [{ host: "pops.esempiopec.it", port: 995 }] },
    });
    expect(await ask("gestore.it")).toEqual({ state: "servers", servers: null });
  });

  it("make an address PEC that nothing else tells of, and leave the others to what tells of them", async () => {
    const made = async (address: string, host: string): Promise<unknown> => {
      const settings = memorySettings();
      const created = { state: "created", account: "account1", isDefault: false, folders: "pointed" } as const;
      const helper = { ...helperWith().helper, create: () => Promise.resolve(created) };
      const form = { ...FORM, address, outgoing: { host, port: 465 } };
      await answerAccounts({ name: "create", form }, accountsFake({ helper, accounts: {} as MailAccounts, settings }));
      return (await settings.read())["sendingChoices"];
    };
    expect(await made("Mario@ordine-inventato.test", "smtp.ordine-inventato.test")).toEqual([
      { address: "mario@ordine-inventato.test", isPec: true, receiptKind: null, isQuiet: false },
    ]);
    expect(await made("mario@ordine-inventato.test", "smtps.pec.aruba.it")).toBeUndefined();
    expect(await made("mario@pec.it", "smtp.ordine-inventato.test")).toBeUndefined();
  });

  it("have the person reminded of a password that ends, once the account is there", async () => {
    const asked: unknown[] = [];
    const reminders = {
      all: () => Promise.resolve([]),
      set: (...values: readonly unknown[]) => {
        asked.push(values);
        return Promise.resolve();
      },
    };
    const accounts = {} as MailAccounts;
    const create = async (options: Parameters<typeof helperWith>[0], remind: boolean) => {
      const { helper } = helperWith(options);
      await answerAccounts(
        { name: "create", form: { ...FORM, remind } },
        accountsFake({ helper, accounts, reminders }),
      );
    };
    await create({}, false);
    await create({ refusing: "imaps.pec.aruba.it" }, true);
    expect(asked).toEqual([]);
    await create({}, true);
    expect(asked).toEqual([["mario.rossi@pec.it", "aruba", 0]]);
  });

  it("keep repairs so that they can be undone in another session, once for each setting", async () => {
    let stored: Readonly<Record<string, unknown>> = {};
    const settings = {
      read: () => Promise.resolve(stored),
      write: (changes: Readonly<Record<string, unknown>>) => {
        stored = JSON.parse(JSON.stringify({ ...stored, ...changes })) as typeof stored;
        return Promise.resolve();
      },
    };
    const held = { junkLevel: 100 };
    const accounts = {
      list: () => Promise.resolve({ accounts: [], settings: { scamWarning: false, collectAddresses: false } }),
      outgoingServers: () => Promise.resolve([]),
      change: ({ value }: { readonly value: unknown }) => {
        const former = held.junkLevel;
        held.junkLevel = Number(value);
        return Promise.resolve(former);
      },
    } as unknown as MailAccounts;
    const ask = async (from: number, to: number, undo: boolean) => {
      const change = { owner: "account1", setting: "junkLevel", from, to };
      await answerAccounts({ name: "change", account: "account1", change, undo }, accountsFake({ accounts, settings }));
      const answer = await answerAccounts({ name: "audit", also: null }, accountsFake({ accounts, settings }));
      return answer.state === "audit" ? answer.repaired.map(({ change: { to: now } }) => now) : null;
    };
    expect(await ask(100, 0, false)).toEqual([0]);
    // Stale: it is 0 by now, and stays.
    expect(await ask(100, 0, false)).toEqual([0]);
    expect(await ask(0, 100, true)).toEqual([]);
    expect(held.junkLevel).toBe(100);
  });

  it("never give an error away, which could hold a password", async () => {
    const helper = createAccountHelper({ making: null, progress: () => undefined });
    const failing = { ...helper, create: () => Promise.reject(new Error("segreta")) };
    const accounts = {} as MailAccounts;
    const answer = await answerAccounts({ name: "create", form: FORM }, accountsFake({ helper: failing, accounts }));
    expect(answer).toEqual({ state: "failed", code: "internal" });
  });
});
