import { describe, expect, test } from "vitest";
import { sendingIdentities, type SendingIdentitiesDependencies } from "../../../src/app/sending/sending-identities.ts";
import type { AccountFacts } from "../../../src/ports/mail-accounts.ts";
import { account, identity } from "../accounts/account-facts.ts";
import { memorySettings } from "../fakes.ts";

const APPLICATION = { scamWarning: false, collectAddresses: false };
const UNKNOWN = "studio@ordine-inventato.test";

function seen(
  accounts: readonly AccountFacts[] | null,
  difference: Partial<SendingIdentitiesDependencies> = {},
): Promise<Awaited<ReturnType<typeof sendingIdentities>>> {
  return sendingIdentities({
    accounts: accounts && { list: () => Promise.resolve({ accounts, settings: APPLICATION }) },
    plainAccounts: { list: () => Promise.resolve([]) },
    settings: memorySettings(),
    receiptAddresses: () => Promise.resolve([]),
    failed: () => undefined,
    ...difference,
  });
}

const one = (difference: Partial<AccountFacts>, address = UNKNOWN) =>
  account({ host: "imap.altrove.test", username: address, identities: [identity({ address })], ...difference });

describe("an identity is PEC", () => {
  test("by the server that its mail comes from, whatever its domain", async () => {
    const { identities } = await seen([one({ host: "imaps.pec.aruba.it" })]);
    expect(identities).toMatchObject([{ isPec: true, foundBy: "host", operator: { id: "aruba" } }]);
  });

  test("by the server that its mail goes to", async () => {
    const through = (username: string) =>
      one({
        identities: [
          identity({ address: UNKNOWN, outgoing: { host: "smtps.pec.aruba.it", port: 465, username, isTls: true } }),
        ],
      });
    const mailbox = "casella@pec.it";
    const { identities } = await seen([through(mailbox), through("M1234567")]);
    // The mailbox is that server's, whatever account the identity is of.
    expect(identities).toMatchObject([
      { isPec: true, foundBy: "host", mailboxAddresses: [mailbox] },
      { isPec: true, foundBy: "host", mailboxAddresses: [] },
    ]);
  });

  test("by its domain, also where no server can be seen", async () => {
    const plainAccounts = {
      list: () =>
        Promise.resolve([
          {
            key: "account1",
            type: "imap" as const,
            name: "PEC",
            sentFolder: null,
            identities: [{ key: "id1", address: "mario@PEC.it", name: "", replyTo: "" }],
          },
        ]),
    };
    const { identities } = await seen(null, { plainAccounts });
    expect(identities).toMatchObject([
      { key: "id1", isPec: true, foundBy: "domain", mailboxAddresses: ["mario@PEC.it"] },
    ]);
  });

  test("by receipts of what was sent from it, and is none without", async () => {
    const receiptAddresses = () => Promise.resolve([UNKNOWN]);
    expect((await seen([one({})], { receiptAddresses })).identities).toMatchObject([
      { isPec: true, foundBy: "receipts" },
    ]);
    expect((await seen([one({})])).identities).toMatchObject([{ isPec: false, foundBy: null, mailboxAddresses: [] }]);
  });

  test("or is not, because the person says so", async () => {
    const choose = (isPec: boolean) =>
      memorySettings({ sendingChoices: [{ address: UNKNOWN, isPec, receiptKind: "breve", isQuiet: true }, "damaged"] });
    const chosen = await seen([one({}, UNKNOWN.toUpperCase())], { settings: choose(true) });
    expect(chosen.identities).toMatchObject([
      { isPec: true, foundBy: "person", chosen: true, defaultKind: "breve", isQuiet: true },
    ]);
    const denied = await seen([one({ host: "imaps.pec.aruba.it" })], { settings: choose(false) });
    expect(denied.identities).toMatchObject([{ isPec: false, foundBy: null, chosen: false }]);
  });
});

describe("its mail goes to a server that is no PEC provider's", () => {
  const GMAIL = { host: "smtp.gmail.com", port: 587, username: "mario@gmail.com", isTls: false };
  const OFFICE = { host: "smtp.studio-rossi.example", port: 465, username: "mario@studio-rossi.example", isTls: true };
  const RIGHT = { host: "smtps.pec.aruba.it", port: 465, username: "mario@pec.it", isTls: true };
  const office = account({
    key: "account2",
    host: "imap.studio-rossi.example",
    username: OFFICE.username,
    identities: [identity({ key: "id2", address: OFFICE.username, outgoing: OFFICE })],
  });
  const pec = (outgoing: typeof GMAIL | null, difference: Partial<AccountFacts> = {}, address = "mario@pec.it") =>
    account({ username: address, identities: [identity({ address, outgoing })], ...difference });

  test.each<readonly [string, readonly AccountFacts[], string | null]>([
    ["the provider's own", [pec(RIGHT)], null],
    ["none that can be seen", [pec(null)], null],
    ["well-known ordinary mail", [pec(GMAIL)], "smtp.gmail.com"],
    ["what another, ordinary account has for its own", [pec(OFFICE), office], "smtp.studio-rossi.example"],
    ["one that nobody knows", [pec(OFFICE)], null],
    ["a server of an agreement beside its incoming one", [pec(OFFICE, { host: "imap.studio-rossi.example" })], null],
    // The other one is PEC too, and its account was made by hand.
    ["another PEC account's", [pec(OFFICE), { ...office, host: "imaps.pec.aruba.it" }], null],
  ])("%s", async (_, accounts, host) => {
    const { identities } = await seen(accounts);
    expect(identities[0]).toMatchObject({ isPec: true, ordinaryServer: host });
  });

  test("an ordinary account that sends by the PEC provider's server does not make that ordinary", async () => {
    const server = { ...RIGHT, host: "out.gestore-inventato.test" };
    const mistaken = { ...office, identities: [identity({ key: "id2", address: OFFICE.username, outgoing: server })] };
    const { identities } = await seen([pec(server, {}), mistaken]);
    expect(identities[0]).toMatchObject({ isPec: true, ordinaryServer: null });
  });

  test("PEC by its domain, in the office's account", async () => {
    const second = identity({ key: "id3", address: "mario@pec.it", outgoing: OFFICE });
    const { identities } = await seen([{ ...office, identities: [...office.identities, second] }]);
    expect(identities[1]).toMatchObject({ isPec: true, ordinaryServer: OFFICE.host });
  });

  test("PEC by its domain, in an account of well-known ordinary mail", async () => {
    const second = identity({ key: "id2", address: "mario@pec.it", outgoing: GMAIL });
    const gmail = { host: "imap.gmail.com", username: GMAIL.username };
    const first = identity({ address: GMAIL.username, outgoing: GMAIL });
    const { identities } = await seen([account({ ...gmail, identities: [first, second] })]);
    expect(identities).toMatchObject([
      { isPec: false, ordinaryServer: null },
      { isPec: true, foundBy: "domain", ordinaryServer: "smtp.gmail.com" },
    ]);
  });

  test("an ordinary address beside the mailbox's own is ordinary, unless anything says that it is PEC", async () => {
    const beside = (address: string) =>
      pec(RIGHT, {
        identities: [
          identity({ address: "mario@pec.it", outgoing: RIGHT }),
          identity({ key: "id2", address, outgoing: GMAIL }),
        ],
      });
    expect((await seen([beside(GMAIL.username)])).identities).toMatchObject([
      { isPec: true },
      { isPec: false, foundBy: null, ordinaryServer: null, operator: null },
    ]);
    expect((await seen([beside("studio@legalmail.it")])).identities[1]).toMatchObject({
      isPec: true,
      ordinaryServer: "smtp.gmail.com",
    });
    // The address that the account is read with is its own, wherever it stands.
    const swapped = pec(RIGHT, {
      username: "casella@ordine-inventato.test",
      identities: [
        identity({ address: "mario@pec.it", outgoing: RIGHT }),
        identity({ key: "id2", address: "Casella@ordine-inventato.test", outgoing: GMAIL }),
      ],
    });
    expect((await seen([swapped])).identities[1]).toMatchObject({ isPec: true, ordinaryServer: "smtp.gmail.com" });
  });
});

describe("the mailbox's own addresses", () => {
  const alias = identity({ key: "id2", address: "alias@ordine-inventato.test" });
  const pec = (username: string) =>
    one({ host: "imaps.pec.aruba.it", username, identities: [identity({ address: UNKNOWN }), alias] });

  test.each([
    ["the user name that is an address", "casella@ordine-inventato.test", "casella@ordine-inventato.test"],
    ["the first identity's where the user name is a code", "M1234567", UNKNOWN],
    ["or no address alone", "casella@ordine-inventato.test*tim", UNKNOWN],
  ])("%s", async (_, username, address) => {
    const { identities } = await seen([pec(username)]);
    expect(identities.map(({ mailboxAddresses }) => mailboxAddresses)).toEqual([[address], [address]]);
  });

  test("and every one that receipts came for", async () => {
    const { identities } = await seen([pec(UNKNOWN)], { receiptAddresses: () => Promise.resolve([alias.address]) });
    expect(identities[0]?.mailboxAddresses).toEqual([UNKNOWN, alias.address]);
  });
});

test("recipients that the identity adds to Bcc count only while that is on", async () => {
  const with_ = (automaticBcc: boolean) =>
    identity({
      settings: { ...identity().settings, automaticBcc, bccList: "Archivio <a@studio.example>, b@studio.example" },
    });
  const { identities } = await seen([one({ identities: [with_(true), with_(false)] })]);
  expect(identities.map(({ automaticBcc }) => automaticBcc)).toEqual([["a@studio.example", "b@studio.example"], []]);
});

test("what cannot be asked is not known, and is told", async () => {
  const failures: unknown[] = [];
  const broken = (): Promise<never> => Promise.reject(new Error("locked"));
  const { identities, ofAddress } = await seen(null, {
    accounts: { list: broken },
    plainAccounts: { list: broken },
    settings: { read: broken, write: broken },
    receiptAddresses: broken,
    failed: (error) => failures.push(error),
  });
  expect(identities).toEqual([]);
  expect(ofAddress("mario@pec.it")).toMatchObject({ isPec: true, foundBy: "domain", defaultKind: "completa" });
  expect(failures).toHaveLength(4);
});
