import { describe, expect, it } from "vitest";
import { accountFindings, type AccountToJudge } from "../../../src/app/accounts/account-findings.ts";
import { applyChange, auditAccounts } from "../../../src/app/accounts/audit-accounts.ts";
import { auditPlainAccounts } from "../../../src/app/accounts/audit-plain-accounts.ts";
import { passwordLife } from "../../../src/app/accounts/password-reminders.ts";
import type { PasswordReminder } from "../../../src/app/settings.ts";
import { operatorById, type FolderUse } from "../../../src/core/index.ts";
import type {
  AccountDetails,
  AccountFacts,
  FilterFacts,
  IdentitySettings,
  OutgoingServer,
} from "../../../src/ports/mail-accounts.ts";
import type { PlainAccount } from "../../../src/ports/plain-accounts.ts";
import { account, details, identity } from "./account-facts.ts";

const NOW = Date.UTC(2026, 10, 20);
const APPLICATION = { scamWarning: false, collectAddresses: false };
const ARUBA = operatorById("aruba");

const judged = (facts: AccountFacts, difference: Partial<AccountToJudge> = {}): AccountToJudge => ({
  account: facts,
  details: details(),
  application: APPLICATION,
  operator: ARUBA,
  passwordLife: null,
  pecIdentities: facts.identities,
  isPecAccount: true,
  sending: { servers: [], ordinary: [], receiptAddresses: [] },
  ...difference,
});

const findings = (facts: AccountFacts, held: AccountDetails = details()) =>
  accountFindings(judged(facts, { details: held }), NOW);

const ids = (facts: AccountFacts, held?: AccountDetails) => findings(facts, held).map(({ id }) => id);

const set = (type: "imap" | "pop3", settings: Partial<AccountFacts["settings"]>): AccountFacts =>
  account({ type, settings: { ...account().settings, ...settings } });

const writing = (settings: Partial<IdentitySettings>, type: "imap" | "pop3" = "imap"): AccountFacts =>
  account({ type, identities: [identity({ settings: { ...identity().settings, ...settings } })] });

it("finds nothing where all is as it should be", () => {
  expect(ids(account())).toEqual([]);
  expect(ids(account({ type: "pop3" }))).toEqual([]);
});

describe("settings", () => {
  it.each([
    ["pop3", { leaveOnServer: false }, "not-left-on-server", "leaveOnServer", true],
    ["pop3", { deleteByAge: true, daysOnServer: 14 }, "deleted-by-age", "deleteByAge", false],
    ["pop3", { deleteWithLocal: true }, "deleted-with-local", "deleteWithLocal", false],
    ["pop3", { headersOnly: true }, "headers-only", "headersOnly", false],
    ["imap", { limitSize: true }, "size-limit", "limitSize", false],
    ["imap", { junkLevel: 100 }, "junk-control", "junkLevel", 0],
    ["imap", { retention: "days:30" }, "retention", "retention", "keep"],
  ] as const)("%s %j", (type, settings, id, setting, to) => {
    expect(findings(set(type, settings))).toMatchObject([{ id, repair: { owner: "account1", setting, to } }]);
  });

  it("of POP3 say nothing in an IMAP account, nor does an age of 0 days", () => {
    expect(
      ids(set("imap", { leaveOnServer: false, deleteByAge: true, daysOnServer: 14, deleteWithLocal: true })),
    ).toEqual([]);
    expect(ids(set("pop3", { deleteByAge: true, daysOnServer: 0 }))).toEqual([]);
  });

  it("of Thunderbird as a whole are named as such", () => {
    const application = { scamWarning: true, collectAddresses: true };
    const found = accountFindings(judged(account(), { application, operator: null }), NOW);
    expect(found).toMatchObject([
      { id: "scam-warning", repair: { owner: "" } },
      { id: "collects-addresses", repair: { owner: "" } },
    ]);
  });
});

describe("identities", () => {
  it("send copies to nobody else and answers to themselves", () => {
    expect(findings(writing({ automaticBcc: true, bccList: "io@studio.example" }))).toMatchObject([
      {
        id: "automatic-bcc",
        values: { addresses: "io@studio.example" },
        repair: { owner: "id1", from: true, to: false },
      },
    ]);
    expect(ids(writing({ automaticBcc: true }))).toEqual([]);
    expect(ids(writing({ replyTo: "Segreteria <altro@studio.example>" }))).toEqual(["reply-to-elsewhere"]);
    expect(ids(writing({ replyTo: "Mario <Mario.Rossi@PEC.it>" }))).toEqual([]);
    expect(ids(writing({ keepSent: false }))).toEqual(["sent-not-kept"]);
  });
});

describe("folders", () => {
  const root = "imap://mario.rossi%40pec.it@imaps.pec.aruba.it";
  const folder = (name: string, declared: readonly FolderUse[] = []) => ({
    uri: `${root}/${name}`,
    path: name.split("/"),
    declared,
    selectable: true,
    settings: { retention: "server" },
  });

  it("are those that the server declares", () => {
    const held = details({ folders: [folder("Sent"), folder("INVIATE", ["sent"])] });
    expect(findings(writing({ sentFolder: `${root}/Sent` }), held)).toMatchObject([
      { id: "sent-elsewhere", values: { folder: "Sent", target: "INVIATE" }, repair: { to: `${root}/INVIATE` } },
    ]);
    expect(ids(writing({ sentFolder: `${root}/INVIATE` }), held)).toEqual([]);
    // Then Thunderbird takes it by itself.
    expect(ids(writing({ sentFolder: "" }), held)).toEqual([]);
  });

  it("are those of the operator's names where the server declares nothing", () => {
    const held = details({ folders: [folder("INBOX/Inviata")] });
    expect(ids(writing({ sentFolder: `${root}/Sent` }), held)).toEqual(["sent-elsewhere"]);
    expect(ids(writing({ sentFolder: "" }), held)).toEqual(["sent-elsewhere"]);
  });

  it("are not another account's; Local Folders are this computer's, as POP3 is", () => {
    const foreign = "imap://io%40posta.example@imap.posta.example/Sent";
    expect(findings(writing({ sentFolder: foreign }, "pop3"))).toMatchObject([{ id: "sent-elsewhere", repair: null }]);
    expect(ids(writing({ sentFolder: "mailbox://nobody@Local%20Folders/Sent" }, "pop3"))).toEqual([]);
    expect(ids(writing({ sentFolder: "mailbox://mario.rossi%40pec.it@imaps.pec.aruba.it/Sent" }, "pop3"))).toEqual([]);
  });

  it("keep what is in them", () => {
    const held = details({ folders: [{ ...folder("INBOX"), settings: { retention: "count:2000" } }] });
    expect(findings(account(), held)).toMatchObject([
      {
        id: "folder-retention",
        repair: { owner: `${root}/INBOX`, setting: "retention", from: "count:2000", to: "keep" },
      },
    ]);
  });
});

describe("filters", () => {
  const filter = (difference: Partial<FilterFacts>): AccountDetails =>
    details({
      filters: [
        {
          setting: "filter:0:Ordine",
          name: "Ordine",
          enabled: true,
          matchesAll: false,
          actions: ["move"],
          terms: [{ field: "subject", text: "accettazione" }],
          ...difference,
        },
      ],
    });

  it.each<[Partial<FilterFacts>, readonly string[]]>([
    [{}, ["filter-moves"]],
    [{ actions: ["delete"] }, ["filter-deletes"]],
    [{ actions: ["delete-from-server"], matchesAll: true, terms: [] }, ["filter-deletes"]],
    [{ terms: [{ field: "from", text: "posta-certificata@pec.aruba.it" }] }, ["filter-moves"]],
    [{ actions: ["delete"], terms: [{ field: "other", text: "" }] }, ["filter-deletes"]],
    [{ terms: [{ field: "other", text: "" }] }, []],
    [{ enabled: false }, []],
    [{ actions: ["other"] }, []],
    [{ actions: ["delete"], terms: [{ field: "subject", text: "newsletter" }] }, []],
  ])("%j", (difference, expected) => {
    expect(ids(account(), filter(difference))).toEqual(expected);
  });
});

it("tells of a mailbox that is nearly full", () => {
  const quota = (used: number) => details({ quota: [{ name: "STORAGE", used, limit: 1_000 }] });
  expect(findings(account(), quota(901))).toMatchObject([
    { id: "quota-nearly-full", values: { percent: 90 }, repair: null },
  ]);
  expect(ids(account(), quota(899))).toEqual([]);
});

const reminderOf = (madeAt: number, setAt = madeAt): PasswordReminder => ({
  address: "mario.rossi@pec.it",
  name: "Password per programmi di posta",
  months: 3,
  madeAt,
  setAt,
  told: 0,
});

describe("a password that ends after three months", () => {
  const about = (reminder: PasswordReminder | null, storedAt: number | null = null) => {
    const life = passwordLife(reminder, "aruba", storedAt);
    return accountFindings(judged(account(), { passwordLife: life }), NOW).map(({ id }) => id);
  };

  it.each([
    [Date.UTC(2026, 7, 30), "password-expires"],
    [Date.UTC(2026, 6, 1), "password-expired"],
    [Date.UTC(2026, 9, 1), undefined],
  ])("made at %d, as the person says", (madeAt, id) => {
    expect(about(reminderOf(madeAt))).toEqual(id === undefined ? [] : [id]);
  });

  it("is nobody's who has not said so: most passwords of that operator do not end", () => {
    expect(about(null, Date.UTC(2026, 6, 1))).toEqual([]);
    expect(passwordLife(null, "aruba", null)).toMatchObject({ months: 3, madeAt: null, endsAt: null });
    expect(passwordLife(null, "poste", null)).toBeNull();
  });

  it("is another one once Thunderbird has stored another", () => {
    expect(about(reminderOf(Date.UTC(2026, 6, 1)), Date.UTC(2026, 9, 30))).toEqual([]);
    // Stored before the person said when it was made: that same one.
    expect(about(reminderOf(Date.UTC(2026, 6, 1), Date.UTC(2026, 9, 30)), Date.UTC(2026, 9, 29))).toEqual([
      "password-expired",
    ]);
  });
});

describe("which accounts are PEC", () => {
  const audit = (also: string | null, ...all: readonly AccountFacts[]) =>
    auditAccounts(also === null ? [] : [also], {
      accounts: {
        list: () => Promise.resolve({ accounts: all, settings: APPLICATION }),
        outgoingServers: () => Promise.resolve([]),
        details: () => Promise.resolve(details()),
        change: () => Promise.reject(new Error("Not part of this test")),
      },
      receiptAddresses: () => Promise.resolve(["studio@legale.example"]),
      reminders: () => Promise.resolve([]),
      now: () => NOW,
    });

  it("is told by server, domain or receipts; others are left out", async () => {
    const elsewhere = { host: "imap.posta.example" };
    const found = await audit(
      "Casella@studio.example ",
      account({ key: "a" }),
      account({ key: "b", ...elsewhere }),
      account({ key: "c", ...elsewhere, identities: [identity({ address: "Studio@legale.example" })] }),
      account({ key: "d", ...elsewhere, identities: [identity({ address: "io@posta.example" })] }),
      account({ key: "e", ...elsewhere, identities: [] }),
      account({ key: "f", ...elsewhere, identities: [identity({ address: "casella@studio.example" })] }),
    );
    expect(found.map(({ account: key, foundBy, operator }) => [key, foundBy, operator?.id])).toEqual([
      ["a", "host", "aruba"],
      ["b", "domain", "aruba"],
      ["c", "receipts", undefined],
      ["f", "person", undefined],
    ]);
  });
});

describe("the server that mail leaves by", () => {
  const server = (host: string, username: string, port = 465): OutgoingServer => ({
    address: port === 465 ? `smtps://${encodeURIComponent(username)}@${host}:465` : `smtp://${host}#smtp1`,
    host,
    port,
    username,
    isTls: port === 465,
  });
  const ADDRESS = "mario.rossi@pec.it";
  const GMAIL = server("smtp.gmail.com", "mario@gmail.com", 587);
  const OFFICE = server("mail.studio.example", "io@studio.example");
  const RIGHT = server("smtps.pec.aruba.it", ADDRESS);
  const UNKNOWN = server("smtp.altrove.example", ADDRESS);
  const by = (outgoing: OutgoingServer | null, difference: Partial<AccountFacts> = {}, address = ADDRESS) =>
    account({
      username: address,
      identities: [
        identity({
          address,
          outgoing,
          settings: { ...identity().settings, outgoingServer: outgoing?.address ?? "" },
        }),
      ],
      ...difference,
    });
  const office = account({
    key: "account2",
    host: "mail.studio.example",
    username: "io@studio.example",
    identities: [identity({ key: "id9", address: "io@studio.example", outgoing: OFFICE })],
  });

  const audit = async (
    all: readonly AccountFacts[],
    servers: readonly OutgoingServer[] = [],
    receiptAddresses: readonly string[] = [],
  ) => {
    const audits = await auditAccounts([], {
      accounts: {
        list: () => Promise.resolve({ accounts: all, settings: APPLICATION }),
        outgoingServers: () => Promise.resolve(servers),
        details: () => Promise.resolve(details()),
        change: () => Promise.reject(new Error("Not part of this test")),
      },
      receiptAddresses: () => Promise.resolve(receiptAddresses),
      reminders: () => Promise.resolve([]),
      now: () => NOW,
    });
    return audits.flatMap(({ account: key, findings: found }) =>
      found.map(({ id, weight, values, repair }) => ({ key, id, weight, host: values["host"], repair, values })),
    );
  };

  it.each<readonly [string, readonly AccountFacts[], string | null]>([
    ["the provider's own", [by(RIGHT)], null],
    ["none that can be seen", [by(null)], null],
    ["another operator's, which refuses", [by(server("sendm.cert.legalmail.it", "M1"))], null],
    ["an agreement's, beside its incoming one", [by(UNKNOWN, { host: "imap.altrove.example" })], null],
    ["well-known ordinary mail", [by(GMAIL)], "outgoing-ordinary"],
    ["an ordinary account's own", [by(OFFICE), office], "outgoing-ordinary"],
    ["one that nobody knows", [by(UNKNOWN)], "outgoing-unknown"],
  ])("%s", async (_, all, id) => {
    const found = await audit(all);
    expect(found.map((each) => each.id)).toEqual(id === null ? [] : [id]);
  });

  it("is the first of what loses mail, and only to be looked at where nobody knows it", async () => {
    const pop3 = by(GMAIL, { type: "pop3", settings: { ...account().settings, leaveOnServer: false } });
    expect(await audit([pop3])).toMatchObject([
      { id: "outgoing-ordinary", weight: "loses", host: "smtp.gmail.com" },
      { id: "not-left-on-server", weight: "loses" },
    ]);
    expect(await audit([by(UNKNOWN)])).toMatchObject([{ weight: "note", host: UNKNOWN.host, repair: null }]);
  });

  it("needs no look any more once a receipt has come, unless it is known to be ordinary", async () => {
    expect(await audit([by(UNKNOWN)], [], [ADDRESS])).toEqual([]);
    expect(await audit([by(GMAIL)], [], [ADDRESS])).toMatchObject([{ id: "outgoing-ordinary" }]);
  });

  it("becomes the one that is there already with this mailbox's login, whatever its port", async () => {
    const others = [GMAIL, server("smtps.pec.aruba.it", "altri@pec.it"), server("sendm.cert.legalmail.it", ADDRESS)];
    const older = server("smtps.pec.aruba.it", ADDRESS.toUpperCase(), 587);
    const repair = { owner: "id1", setting: "outgoingServer", from: GMAIL.address };
    expect(await audit([by(GMAIL)], [...others, RIGHT])).toMatchObject([
      { repair: { ...repair, to: RIGHT.address }, values: { isNew: 0 } },
    ]);
    expect(await audit([by(GMAIL)], [...others, older])).toMatchObject([
      { repair: { ...repair, to: older.address }, values: { isNew: 0 } },
    ]);
    // Else a new one beside the incoming server, with its login.
    expect(await audit([by(GMAIL)], others)).toMatchObject([
      { repair: { ...repair, to: RIGHT.address }, values: { isNew: 1 } },
    ]);
    const tim = by(GMAIL, { host: "imap.pectim.it", username: "studio@timpec.it*anna" }, "studio@timpec.it");
    const address = "smtps://studio%40timpec.it*anna@smtp.pectim.it:465";
    expect(await audit([tim])).toMatchObject([{ repair: { to: address }, values: { isNew: 1 } }]);
    const bulk = server("smtpm.pectim.it", "studio@timpec.it*anna");
    const usual = server("smtp.pectim.it", "studio@timpec.it*anna");
    expect(await audit([tim], [bulk, usual])).toMatchObject([{ repair: { to: usual.address } }]);
    expect(await audit([tim], [bulk])).toMatchObject([{ repair: { to: bulk.address } }]);
  });

  it("is not guessed where the provider, its server or the login is not known", async () => {
    const byHand = [{ id: "outgoing-ordinary", repair: null }];
    const stranger = by(GMAIL, { host: "imap.altrove.example" }, "studio@ordine.example");
    expect(await audit([stranger], [RIGHT], ["studio@ordine.example"])).toMatchObject(byHand);
    expect(await audit([by(GMAIL, { host: "in.telecompost.it" }, "a@telecompost.it")])).toMatchObject(byHand);
    // PEC that is collected by another server: its login is not the mailbox's.
    const collected = by(GMAIL, { host: "imap.gmail.com", username: "mario@gmail.com" });
    expect(await audit([collected])).toMatchObject(byHand);
    expect(await audit([collected], [RIGHT])).toMatchObject([{ repair: { to: RIGHT.address } }]);
    // Another mailbox's address in this account.
    const second = identity({ key: "id2", address: "altra@pec.it", outgoing: GMAIL });
    const two = by(RIGHT, { identities: [identity({ outgoing: RIGHT }), second] });
    expect(await audit([two], [RIGHT])).toMatchObject(byHand);
  });

  it("of an ordinary address beside the mailbox's own is its own affair", async () => {
    const beside = identity({ key: "id2", address: "mario@gmail.com", outgoing: GMAIL });
    expect(await audit([by(RIGHT, { identities: [identity({ outgoing: RIGHT }), beside] })])).toEqual([]);
  });

  it("of a PEC address in an ordinary account is all that is looked at there", async () => {
    const second = identity({
      key: "id2",
      address: ADDRESS,
      outgoing: OFFICE,
      settings: { ...identity().settings, replyTo: "altri@studio.example" },
    });
    const mixed = { ...office, identities: [...office.identities, second] };
    expect(await audit([mixed], [OFFICE, RIGHT])).toMatchObject([
      { key: "account2", id: "outgoing-ordinary", host: OFFICE.host, repair: { owner: "id2", to: RIGHT.address } },
    ]);
    const right = { ...office, identities: [...office.identities, { ...second, outgoing: RIGHT }] };
    expect(await audit([right])).toEqual([]);
    // Known by its receipts, the same.
    const known = { ...second, address: "studio@ordine.example" };
    const receipts = await audit([{ ...office, identities: [...office.identities, known] }], [], [known.address]);
    expect(receipts.map(({ id }) => id)).toContain("outgoing-ordinary");
  });
});

describe("in a package that sees no settings", () => {
  const plain = (difference: Partial<PlainAccount>): PlainAccount => ({
    key: "account1",
    type: "imap",
    name: "PEC",
    identities: [{ key: "id1", address: "mario.rossi@pec.it", name: "Mario", replyTo: "" }],
    sentFolder: "/INBOX/Inviata",
    ...difference,
  });
  const audit = (also: string | null, ...all: readonly PlainAccount[]) =>
    auditPlainAccounts(also === null ? [] : [also], {
      accounts: { list: () => Promise.resolve(all) },
      receiptAddresses: () => Promise.resolve(["studio@legale.example"]),
      reminders: () => Promise.resolve([reminderOf(Date.UTC(2026, 6, 1))]),
      now: () => NOW,
    });
  const addressed = (address: string, replyTo = "") => [{ key: "id", address, name: "", replyTo }];

  it("accounts are known by domain, receipts or the person, and hosts by nobody", async () => {
    const found = await audit(
      "io@studio.example",
      plain({ key: "a" }),
      plain({ key: "b", identities: addressed("Studio@legale.example") }),
      plain({ key: "c", identities: addressed("io@studio.example") }),
      plain({ key: "d", identities: addressed("io@posta.example") }),
      plain({ key: "e", identities: [] }),
    );
    expect(found.map(({ account: key, foundBy, host, operator }) => [key, foundBy, host, operator?.id])).toEqual([
      ["a", "domain", null, "aruba"],
      ["b", "receipts", null, undefined],
      ["c", "person", null, undefined],
    ]);
  });

  it("what can be seen is judged, and nothing is offered that could not be done", async () => {
    const [found] = await audit(
      null,
      plain({ identities: addressed("mario.rossi@pec.it", "altri@studio.example"), sentFolder: null }),
    );
    expect(found?.findings.map(({ id, repair }) => [id, repair])).toEqual([
      ["reply-to-elsewhere", null],
      ["sent-elsewhere", null],
      ["password-expired", null],
    ]);
    const [pop3] = await audit(
      null,
      plain({ type: "pop3", sentFolder: null, identities: addressed("m@pec.it", "M <m@pec.it>") }),
    );
    expect(pop3?.findings).toEqual([]);
  });
});

describe("a repair", () => {
  const change = { owner: "account1", setting: "junkLevel", from: 100, to: 0 };

  it("is made when the setting is still what was shown, and else taken back", async () => {
    const values: unknown[] = [];
    const former = (value: number) => ({
      change: (asked: { readonly value: unknown }) => {
        values.push(asked.value);
        return Promise.resolve(value);
      },
    });
    expect(await applyChange(change, former(100))).toBe("done");
    expect(await applyChange(change, former(30))).toBe("stale");
    expect(values).toEqual([0, 0, 30]);
  });

  it("of what is no longer there is told as such", async () => {
    expect(await applyChange(change, { change: () => Promise.reject(new Error("No such account")) })).toBe("gone");
  });
});
