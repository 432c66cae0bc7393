import { describe, expect, it, vi } from "vitest";
import { suggestSettings, operatorById, type Suggestion } from "../../../src/core/index.ts";
import type {
  AccountAnswer,
  AccountAudit,
  AccountFinding,
  AccountProposal,
  AccountRepair,
  AccountRequest,
  LedgerAnswer,
} from "../../../src/messages.ts";
import { createAccountSession } from "../../../src/pages/account/account-session.ts";
import type { AccountState } from "../../../src/pages/account/account-state.ts";
import { drawAccount } from "../../../src/pages/account/draw-account.ts";
import { deferred } from "../../app/fakes.ts";
import { translator } from "../messages.ts";
import { nodeText } from "../node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

const FINDINGS: AccountAudit["findings"] = [
  {
    id: "deleted-by-age",
    weight: "loses",
    values: { days: 14 },
    repair: { owner: "account1", setting: "deleteByAge", from: true, to: false },
  },
  {
    id: "deleted-with-local",
    weight: "loses",
    values: {},
    repair: { owner: "account1", setting: "deleteWithLocal", from: true, to: false },
  },
  {
    id: "scam-warning",
    weight: "note",
    values: {},
    repair: { owner: "", setting: "scamWarning", from: true, to: false },
  },
];
const AUDIT: AccountAudit = {
  account: "account1",
  type: "pop3",
  name: "PEC",
  address: "mario.rossi@pec.it",
  host: "pop3s.pec.aruba.it",
  operator: { id: "aruba", name: "Aruba PEC" },
  foundBy: "host",
  passwordLife: {
    name: "Password per programmi di posta",
    months: 3,
    always: false,
    madeAt: null,
    endsAt: null,
    storedAt: null,
  },
  sentFolder: null,
  quota: null,
  findings: FINDINGS,
};

function proposalOf(suggestion: Suggestion): AccountProposal | null {
  if (suggestion.kind !== "settings") return null;
  const { address, operator, service } = suggestion;
  const loginField =
    service.login === "address*user"
      ? ({ id: "webmail-user", example: "giuseppe.verdi", proposal: address.localPart } as const)
      : null;
  return { address, operator, service, loginField, passwordNotes: [] };
}

function setUp({
  depth = "full",
  part = "accounts",
  answers = {},
}: {
  depth?: "full" | "plain";
  part?: string;
  answers?: Partial<Record<AccountRequest["name"], AccountAnswer | null>>;
} = {}) {
  const requests: AccountRequest[] = [];
  const seen: AccountState[] = [];
  const held = {
    audits: [AUDIT] as readonly AccountAudit[],
    answers,
    repaired: [] as readonly AccountRepair[],
    ledger: null as Promise<LedgerAnswer> | null,
  };
  const answer = (request: AccountRequest): AccountAnswer | null => {
    const fixed = held.answers[request.name];
    if (fixed !== undefined) return fixed;
    switch (request.name) {
      case "audit":
        return { state: "audit", depth, accounts: held.audits, repaired: held.repaired };
      case "suggest": {
        const mx = request.askMx ? [{ host: "mx.pec.aruba.it", preference: 1 }] : null;
        const suggestion = suggestSettings(request.address, { mx });
        return { state: "suggestion", suggestion, proposal: proposalOf(suggestion) };
      }
      case "search":
        return { state: "choices", choices: [] };
      case "change": {
        const { account, change, undo } = request;
        held.repaired = undo
          ? held.repaired.filter((each) => each.change.setting !== change.setting)
          : [...held.repaired, { account, change }];
        return { state: "change", outcome: "done" };
      }
      case "prepare":
        return { state: "prepared", problem: null, username: "mario.rossi@pec.it" };
      default:
        return { state: "done" };
    }
  };
  const session = createAccountSession(part, {
    background: {
      accounts: (request) => {
        requests.push(request);
        const given = answer(request);
        return given === null ? Promise.reject(new Error("asleep")) : Promise.resolve(given);
      },
      ledger: () => held.ledger ?? Promise.reject(new Error("asleep")),
    },
    copy: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
    render: (state) => {
      seen.push(state);
      // Whatever the state, in both languages, it can be drawn: every key is there.
      for (const language of ["it", "en"] as const)
        drawAccount(state, { translate: translator(language), locale: language, now: 0, deeds: session.deeds });
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  };
  const text = () =>
    nodeText(drawAccount(session.state, { translate: translator("it"), locale: "it", now: 0, deeds: session.deeds }));
  const named = (name: AccountRequest["name"]) => requests.filter((each) => each.name === name);
  return { session, requests, named, seen, held, settle, text };
}

describe("the accounts that are there", () => {
  it("are looked at when the page opens, and no server is asked", async () => {
    const { session, requests, text } = setUp({ part: "welcome" });
    await session.refresh();
    expect(requests).toEqual([{ name: "audit", also: null }]);
    expect(text()).toContain("Sigillo PEC è installato.");
    expect(text()).toContain("2 cose da sistemare");
  });

  it("are not there: then a new one is offered", async () => {
    const { session, held, text } = setUp();
    held.audits = [];
    await session.refresh();
    expect(text()).toContain("non c'è ancora nessuna casella PEC");
  });

  it("are not put back to what they were by an answer that was asked for before", async () => {
    const { session, held } = setUp();
    const walk = deferred<LedgerAnswer>();
    held.ledger = walk.promise;
    const looking = session.refresh();
    held.ledger = null;
    held.audits = [];
    await session.refresh();
    expect(session.state.audits).toEqual([]);
    walk.resolve({ state: "failed", code: "internal" });
    await looking;
    expect(session.state.audits).toEqual([]);
  });

  it("say so when the background does not answer", async () => {
    const { session, held } = setUp();
    held.answers = { audit: null };
    await session.refresh();
    expect(session.state).toMatchObject({ broken: true, audits: null });
  });

  it("are repaired all at once, but for what concerns all of Thunderbird, and put back in the other order", async () => {
    const { session, named, settle } = setUp();
    await session.refresh();
    session.deeds.repairAll("account1");
    await settle();
    const [first, second] = FINDINGS.map(({ repair }) => repair);
    expect(named("change")).toEqual([
      { name: "change", account: "account1", change: first, undo: false },
      { name: "change", account: "account1", change: second, undo: false },
    ]);
    expect(session.state.repaired).toHaveLength(2);
    session.deeds.undoAll("account1");
    await settle();
    expect(named("change").slice(2)).toEqual([
      { name: "change", account: "account1", change: { ...second, from: false, to: true }, undo: true },
      { name: "change", account: "account1", change: { ...first, from: false, to: true }, undo: true },
    ]);
    expect(session.state.repaired).toEqual([]);
  });

  it("say when a setting was changed by somebody else meanwhile, and offer no undoing", async () => {
    const { session, held, settle } = setUp();
    await session.refresh();
    held.answers = { change: { state: "change", outcome: "stale" } };
    const [finding] = FINDINGS;
    if (finding !== undefined) session.deeds.repair("account1", finding);
    await settle();
    expect(session.state.notice).toMatchObject({ key: "account_error_stale", failed: true });
    expect(session.state.repaired).toEqual([]);
  });

  describe("send by a server that is no PEC provider's", () => {
    const found = (isNew: number, repair: AccountFinding["repair"]): AccountFinding => ({
      id: "outgoing-ordinary",
      weight: "loses",
      values: { host: "smtp.gmail.com", address: AUDIT.address, isNew },
      repair,
    });
    const repair = {
      owner: "id1",
      setting: "outgoingServer",
      from: "smtp://mario%40gmail.com@smtp.gmail.com:587#smtp1",
      to: "smtps://mario.rossi%40pec.it@smtps.pec.aruba.it:465",
    };
    const shown = async (finding: AccountFinding) => {
      const all = setUp();
      all.held.audits = [{ ...AUDIT, findings: [finding] }];
      await all.session.refresh();
      return { ...all, page: all.text().replace(/\s+/g, " ") };
    };

    it("which one it is and which one it becomes stands there, and that a new one asks for the password", async () => {
      const { page } = await shown(found(1, repair));
      expect(page).toContain("Spedisce con smtp.gmail.com, che non è un server PEC");
      expect(page).toContain("al primo invio Thunderbird chiederà la password");
      expect(page).toMatch(/Server in uscita: ?prima: smtp\.gmail\.com → ?dopo: smtps\.pec\.aruba\.it/);
      const known = await shown(found(0, { ...repair, from: "" }));
      expect(known.page).not.toContain("chiederà la password");
      expect(known.page).toContain("quello predefinito di Thunderbird");
    });

    it("where the right one is not known, its address leads to the part that finds it, in a click of its own", async () => {
      const finding = found(0, null);
      const { page, session, named, text } = await shown(finding);
      expect(page).toContain("Aggiungi il server del gestore in Impostazioni account");
      expect(page).toContain("Trova i server del gestore");
      session.deeds.findServers(AUDIT.address);
      expect(session.state).toMatchObject({
        view: "add",
        adding: { address: AUDIT.address, suggestion: null },
        focus: { at: "take-address" },
      });
      expect(text()).toContain("Trova il gestore");
      expect(named("suggest")).toEqual([]);
    });
  });

  it("are told what receipts take of one that is nearly full, asked for once and never of another", async () => {
    const { session, held, named, settle, text } = setUp();
    await session.refresh();
    await settle();
    expect(named("receipts-space")).toEqual([]);
    held.audits = [
      {
        ...AUDIT,
        quota: { used: 950_000, limit: 1_000_000 },
        findings: [
          {
            id: "quota-nearly-full",
            weight: "hinders",
            values: { percent: 95, used: 950_000, limit: 1_000_000 },
            repair: null,
          },
        ],
      },
    ];
    held.answers = {
      "receipts-space": { state: "receipts-space", space: { count: 1204, bytes: 486_400_000, isWhole: true } },
    };
    await session.refresh();
    await session.refresh();
    await settle();
    expect(named("receipts-space")).toEqual([{ name: "receipts-space", account: "account1" }]);
    expect(text()).toMatch(/1\.?204 in elenco qui\) occupano 464 MB: 50\s?% dello spazio usato/);
  });

  it("have a password that ends: its day is kept, and a day that is none is refused beside the field", async () => {
    const { session, named, settle } = setUp();
    await session.refresh();
    session.deeds.remind(AUDIT, "");
    await settle();
    expect(session.state.notice).toMatchObject({ key: "account_error_day", failed: true });
    session.deeds.remind(AUDIT, "2026-11-02");
    await settle();
    expect(named("remind")).toEqual([
      { name: "remind", address: AUDIT.address, operator: "aruba", madeAt: Date.UTC(2026, 10, 2, 12) },
    ]);
  });
});

describe("a new account", () => {
  async function typed(address: string, options: Parameters<typeof setUp>[0] = {}) {
    const all = setUp({ part: "add", ...options });
    await all.session.refresh();
    all.session.deeds.typeAddress(address);
    all.session.deeds.takeAddress();
    await all.settle();
    return all;
  }

  it("of a documented domain asks no name server", async () => {
    const { session, named } = await typed("mario.rossi@pec.it");
    expect(named("suggest")).toEqual([{ name: "suggest", address: "mario.rossi@pec.it", askMx: false }]);
    expect(session.state.adding.proposal?.operator.id).toBe("aruba");
    expect(session.state.focus).toMatchObject({ at: "person-name" });
  });

  it("of another domain asks once, and never in the package that cannot", async () => {
    const { session, named } = await typed("mario@studio-rossi.example");
    expect(named("suggest").map((each) => "askMx" in each && each.askMx)).toEqual([false, true]);
    expect(session.state.adding.suggestion).toMatchObject({ kind: "settings", by: "mx" });
    const plain = await typed("mario@studio-rossi.example", { depth: "plain" });
    expect(plain.named("suggest")).toHaveLength(1);
    expect(plain.session.state.adding).toMatchObject({ suggestion: { kind: "choose" }, list: { text: "" } });
  });

  it.each([
    ["mario rossi", "NO_AT", "Manca la chiocciola"],
    ["", "EMPTY", "Scrivi l'indirizzo"],
  ])("of %j is told beside the field what to do", async (address, code, words) => {
    const { session, text } = await typed(address);
    expect(session.state.adding.problem).toEqual({ field: "address", code });
    expect(text()).toContain(words);
    expect(session.state.focus).toMatchObject({ at: "address" });
  });

  it("of ordinary mail is told kindly", async () => {
    expect((await typed("mario@gmail.com")).text()).toContain("gmail.com è posta ordinaria, non PEC");
  });

  it("forgets what was for another address when the address changes, and keeps what was typed about the person", async () => {
    const { session } = await typed("mario.rossi@pec.it");
    session.deeds.fillIn({ personName: "Mario Rossi", password: "segreta", showPassword: true });
    session.deeds.typeAddress("mario.rossi@timpec.it");
    // Nor is the password of one mailbox tried at the servers of another.
    expect(session.state.adding).toMatchObject({
      proposal: null,
      suggestion: null,
      fields: { personName: "Mario Rossi", password: "", showPassword: false },
    });
  });

  it("keeps no password that will not be tried: the account is there already", async () => {
    const { session, settle, held } = await typed("mario.rossi@pec.it");
    held.answers = {
      create: { state: "creation", outcome: { state: "exists", what: "address", account: "account1" } },
    };
    session.deeds.fillIn({ personName: "Mario", password: "segreta" });
    session.deeds.create();
    await settle();
    expect(session.state.adding.fields.password).toBe("");
  });

  it("of a domain of which the name server says nothing: the spelling and the network are to be looked at", async () => {
    const suggestion = suggestSettings("mario@studio-rosi.example", { mx: "no-answer" });
    const { text } = await typed("mario@studio-rosi.example", {
      answers: { suggest: { state: "suggestion", suggestion, proposal: null } },
    });
    expect(text()).toContain("Controlla che sia scritto bene e che ci sia rete.");
  });

  it("sends the form as it stands, shows each step, and keeps no password once it is there", async () => {
    const { session, named, settle, seen, held, text } = await typed("studio@timpec.it");
    held.answers = {
      create: {
        state: "creation",
        outcome: { state: "created", account: "account2", isDefault: false, folders: "pointed" },
      },
    };
    session.deeds.fillIn({ personName: "Studio", login: "mario", password: "segreta", outgoing: 1 });
    session.deeds.create();
    session.told({ type: "account-progress", step: "outgoing-login" });
    expect(text()).toContain("Provo l'accesso alla posta in uscita");
    await settle();
    expect(named("create")).toMatchObject([
      {
        form: {
          incoming: { host: "imap.pectim.it", port: 993 },
          outgoing: { host: "smtps.pectim.it", port: 465 },
          login: { form: "address*user", typed: "mario" },
          operator: "tim",
          password: "segreta",
        },
      },
    ]);
    expect(session.state.adding).toMatchObject({ outcome: { state: "created" }, fields: { password: "" } });
    expect(text()).toContain("La casella studio@timpec.it è pronta.");
    expect(seen.some(({ adding }) => adding.step === "starting")).toBe(true);
  });

  it("keeps what was typed when it fails, and says which words help", async () => {
    const { session, settle, held, text } = await typed("mario.rossi@pec.it");
    held.answers = {
      create: {
        state: "creation",
        outcome: {
          state: "login-failed",
          stage: "incoming",
          check: { code: "wrong-password", serverText: "no $1 **such**" },
          hints: ["client-password", "client-password-ended"],
        },
      },
    };
    session.deeds.fillIn({ personName: "Mario", password: "sbagliata" });
    session.deeds.create();
    await settle();
    expect(session.state.adding.fields.password).toBe("sbagliata");
    const said = text();
    expect(said).toContain("L'accesso alla posta in arrivo non è riuscito (imaps.pec.aruba.it).");
    expect(said).toContain("può essere scaduta");
    expect(said).toContain("Il server dice: «no $1 **such**»");
    expect(said).toContain("non è rimasto nulla");
  });

  it("leaves no doubt where mail programs always need a password of their own", async () => {
    const { session, settle, held, text } = await typed("mario.rossi@timpec.it");
    held.answers = {
      create: {
        state: "creation",
        outcome: {
          state: "login-failed",
          stage: "incoming",
          check: { code: "wrong-password", serverText: "" },
          hints: ["client-password", "user-name-form"],
        },
      },
    };
    session.deeds.create();
    await settle();
    expect(text()).toContain("Questo gestore vuole la Password secondaria, non la password della webmail");
    expect(text()).not.toContain("può volere");
  });

  it("has the second name of a server to choose, and is pointed to it when the first is not reached", async () => {
    const { session, named, settle, held, text } = await typed("mario.rossi@sicurezzapostale.it");
    const away = (reason: "unknown-host" | "refused"): AccountAnswer => ({
      state: "creation",
      outcome: { state: "login-failed", stage: "incoming", check: { code: "unreachable", reason }, hints: [] },
    });
    held.answers = { create: away("unknown-host") };
    session.deeds.create();
    await settle();
    // By IMAP there is but one.
    expect(text()).not.toContain("sceglilo qui sopra");
    session.deeds.fillIn({ protocol: "pop3" });
    session.deeds.create();
    await settle();
    expect(text()).toContain("sceglilo qui sopra e riprova");
    session.deeds.fillIn({ incoming: 1 });
    session.deeds.create();
    await settle();
    const hosts = named("create").map((request) => ("form" in request ? request.form.incoming.host : ""));
    expect(hosts).toEqual(["imaps.sicurezzapostale.it", "pop3s.sicurezzapostale.it", "pops.sicurezzapostale.it"]);
  });

  it.each<[Extract<AccountAnswer, { state: "creation" }>["outcome"], string]>([
    [{ state: "exists", what: "address", account: "a" }, "c'è già una casella con questo indirizzo"],
    [{ state: "password-not-stored" }, "password principale"],
    [{ state: "cancelled" }, "Annullato"],
    [{ state: "busy" }, "Si sta già creando"],
    [{ state: "failed" }, "riavvia Thunderbird"],
    [{ state: "invalid", problem: { field: "password", code: "REQUIRED" } }, "Scrivi la password."],
    [
      {
        state: "login-failed",
        stage: "outgoing",
        check: { code: "certificate", what: "name", detail: "X" },
        hints: [],
      },
      "la password non è stata mandata",
    ],
    [
      { state: "login-failed", stage: "incoming", check: { code: "select-failed", serverText: "" }, hints: [] },
      "La password è giusta",
    ],
    [{ state: "login-failed", stage: "incoming", check: { code: "no-uidl", serverText: "" }, hints: [] }, "Usa IMAP"],
  ])("%j is told in words", async (outcome, words) => {
    const { session, settle, held, text } = await typed("mario.rossi@pec.it");
    held.answers = { create: { state: "creation", outcome } };
    session.deeds.create();
    await settle();
    expect(text()).toContain(words);
  });

  it("can be entered by hand, with a port that is none told as such by the background", async () => {
    const { session, named, settle } = await typed("mario@studio-rossi.example", { depth: "plain" });
    session.deeds.enterByHand();
    expect(session.state.adding.fields.login).toBe("mario@studio-rossi.example");
    session.deeds.fillManual({
      imap: { host: "imaps.esempio.it", port: "99x" },
      smtp: { host: "smtps.esempio.it", port: " 465" },
    });
    session.deeds.create();
    await settle();
    expect(named("prepare")).toMatchObject([
      {
        form: {
          operator: null,
          incoming: { host: "imaps.esempio.it", port: 0 },
          outgoing: { host: "smtps.esempio.it", port: 465 },
          login: { form: "user-name", typed: "mario@studio-rossi.example" },
        },
      },
    ]);
  });

  it("is filled in from a guide's template, and the guide's own example is refused", async () => {
    const { session, settle, held } = await typed("mario@studio-rossi.example", { depth: "plain" });
    session.deeds.enterByHand();
    session.deeds.fillManual({ domain: "gestore.it" });
    held.answers = { template: { state: "servers", servers: null } };
    session.deeds.fillFromTemplate("operator");
    await settle();
    expect(session.state.adding.manual).toMatchObject({ domain: "gestore.it", domainRefused: true });
    const servers = operatorById("aruba")?.services[0]?.servers;
    if (servers === undefined) throw new Error("No servers");
    held.answers = { template: { state: "servers", servers } };
    session.deeds.fillFromTemplate("operator");
    await settle();
    expect(session.state.adding.manual).toMatchObject({ imap: { host: "imaps.pec.aruba.it", port: "993" } });
  });

  it("in the package that makes none is shown step by step, and seen once it is there", async () => {
    const { session, named, settle, text, held } = await typed("mario.rossi@pec.it", { depth: "plain" });
    held.audits = [];
    session.deeds.fillIn({ personName: "Mario Rossi" });
    session.deeds.create();
    await settle();
    expect(named("create")).toEqual([]);
    expect(text()).toContain("Metodo di autenticazione");
    expect(text()).toContain("Quando avrai finito");
    held.audits = [{ ...AUDIT, host: null, type: "pop3", foundBy: "person" }];
    session.told({ type: "accounts-changed" });
    await settle();
    expect(named("audit").at(-1)).toEqual({ name: "audit", also: "mario.rossi@pec.it" });
    expect(text()).toContain("Protocollo: POP3, diverso da quello scelto");
    expect(text()).toContain("La posta inviata resta su questo computer.");
    session.deeds.show("accounts");
    expect(text()).toContain("Questa versione non si accorge se un accesso non riesce");
    session.deeds.show("add");
    session.deeds.fillIn({ protocol: "pop3" });
    expect(session.state.adding.steps).toBeNull();
  });
});
