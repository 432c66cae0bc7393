import { describe, expect, test } from "vitest";
import { sendingIdentities, type SendingIdentitiesDependencies } from "../../src/app/sending-identities.ts";
import type { AccountFacts } from "../../src/ports/mail-accounts.ts";
import { account, identity } from "./account-facts.ts";
import { memorySettings } from "./fakes.ts";

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
