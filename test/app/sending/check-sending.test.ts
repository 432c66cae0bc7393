import { describe, expect, test } from "vitest";
import { checkSending, type CheckSendingDependencies, fieldsAsking } from "../../../src/app/sending/check-sending.ts";
import type { Answered } from "../../../src/app/sending/answered-pec.ts";
import type { RecipientKind } from "../../../src/ports/ledger-store.ts";
import type { OutgoingMessage } from "../../../src/ports/outgoing-messages.ts";
import { account, identity } from "../accounts/account-facts.ts";
import { memorySettings } from "../fakes.ts";
import { checking, fromOrdinary, ORDINARY, outgoing, PEC, TAB } from "./outgoing-message.ts";

const check = async (message: OutgoingMessage, difference: Partial<CheckSendingDependencies> = {}) =>
  (await checkSending(TAB, message, checking(difference))).report;

const ids = async (message: OutgoingMessage, difference: Partial<CheckSendingDependencies> = {}) =>
  (await check(message, difference)).findings.map(({ id }) => id);

const kinds = (all: Readonly<Record<string, RecipientKind>>): Pick<CheckSendingDependencies, "ledger"> => ({
  ledger: { recipientKinds: () => Promise.resolve(new Map(Object.entries(all))) },
});

const CERTIFIED: Answered = {
  pec: { serviceAddress: "posta-certificata@pec.gestore-uno.test", subject: "Diffida" },
  toSender: { to: ["anna@pec.foro.test"], subject: "Re: Diffida" },
  isCertified: true,
};

describe("from a PEC identity", () => {
  test("nothing is wrong with a message to one recipient, for whom the complete receipt is asked", async () => {
    expect(await check(outgoing())).toMatchObject({
      sender: { address: PEC, isPec: true, foundBy: "host", chosen: null, defaultKind: "completa" },
      receiptKind: "completa",
      findings: [],
      ordinary: null,
    });
  });

  test("what the window, the attachments, the ledger and the answered message say is put together", async () => {
    const message = outgoing({
      bcc: ["socio@pec.foro.test"],
      cc: ["Bruno <bruno@altrove.test>"],
      subject: "Re: POSTA CERTIFICATA: Diffida",
      from: "altro@pec.it",
      fields: [{ name: "X-Tiporicevuta", value: "breve" }],
      answers: 12,
    });
    const attachments = [{ name: "età.pdf", size: 75_000_000 }];
    expect(
      await ids(message, {
        messages: { attachments: () => Promise.resolve(attachments) },
        answered: (id) => Promise.resolve(id === 12 ? CERTIFIED : null),
        ...kinds({ "bruno@altrove.test": "esterno" }),
      }),
    ).toEqual(["bcc", "from-differs", "too-large", "ordinary-recipients", "copies", "brief-names", "provider-subject"]);
  });

  test("the body counts in both its forms", async () => {
    // Of a provider that nobody knows: 30 MB for all recipients together.
    const settings = memorySettings({
      sendingChoices: [{ address: ORDINARY, isPec: true, receiptKind: null, isQuiet: false }],
    });
    const chosen = { identities: { ...checking().identities, settings } };
    const to = Array.from({ length: 40 }, (_, index) => `ufficio${String(index)}@pec.comune-inventato.test`);
    const half = "x".repeat(500_000);
    expect(await ids(fromOrdinary({ to, plainText: half }), chosen)).toEqual([]);
    expect(await ids(fromOrdinary({ to, plainText: half, html: half }), chosen)).toEqual(["too-large"]);
  });

  test("the message's own kind of receipt goes before the identity's", async () => {
    const settings = memorySettings({
      sendingChoices: [{ address: PEC, isPec: null, receiptKind: "sintetica", isQuiet: false }],
    });
    const { identities } = checking();
    const chosen = { identities: { ...identities, settings } };
    expect((await check(outgoing(), chosen)).receiptKind).toBe("sintetica");
    const fields = fieldsAsking(
      "breve",
      outgoing({
        fields: [
          { name: "x-tiporicevuta", value: "completa" },
          { name: "X-A", value: "1" },
        ],
      }),
    );
    expect(fields).toEqual([
      { name: "X-A", value: "1" },
      { name: "X-TipoRicevuta", value: "breve" },
    ]);
    expect((await check(outgoing({ fields }), chosen)).receiptKind).toBe("breve");
  });
});

describe("from a PEC identity whose mail goes to an ordinary server", () => {
  const gmail = { host: "smtp.gmail.com", port: 587, username: "mario@gmail.com", isTls: false };
  const accounts = [
    account({ identities: [identity({ key: "id1", address: PEC, outgoing: gmail })] }),
    account({
      key: "account2",
      host: "imap.studio-rossi.example",
      username: ORDINARY,
      identities: [identity({ key: "id2", address: ORDINARY })],
    }),
    account({ key: "account3", identities: [identity({ key: "id3", address: "studio@pec.it" })] }),
  ];
  const settings = { scamWarning: false, collectAddresses: false };
  const mistaken = {
    identities: { ...checking().identities, accounts: { list: () => Promise.resolve({ accounts, settings }) } },
  };

  test("that is said", async () => {
    expect((await check(outgoing(), mistaken)).findings).toMatchObject([
      { id: "ordinary-server", weight: "warning", values: ["smtp.gmail.com"] },
    ]);
  });

  test("and it is the last to be proposed where PEC is meant", async () => {
    const report = await check(fromOrdinary({ to: ["a@legalmail.it"] }), mistaken);
    expect(report.ordinary?.identities.map(({ key }) => key)).toEqual(["id3", "id1"]);
  });
});

describe("from an ordinary identity", () => {
  test("nothing is said of ordinary mail, hidden recipients and all", async () => {
    const message = fromOrdinary({ to: ["ivo@altrove.test"], bcc: ["a@altrove.test"], subject: "" });
    expect(await check(message)).toMatchObject({
      sender: { address: ORDINARY, isPec: false },
      findings: [],
      ordinary: null,
    });
  });

  test("addresses known to be PEC are named: by their domain, and by what an acceptance called them, which counts more", async () => {
    const message = fromOrdinary({
      to: ["a@legalmail.it", "b@legalmail.it"],
      cc: ["c@altrove.test", "d@altrove.test"],
    });
    expect(
      (await check(message, kinds({ "b@legalmail.it": "esterno", "c@altrove.test": "certificato" }))).ordinary,
    ).toEqual({
      reason: "addresses",
      about: ["a@legalmail.it", "c@altrove.test"],
      identities: [{ key: "id1", address: PEC }],
    });
  });

  test("an answer to a PEC is told, whoever it goes to", async () => {
    const answers = fromOrdinary({ to: ["ivo@altrove.test"], answers: 3 });
    const answered = () => Promise.resolve(CERTIFIED);
    expect((await check(answers, { answered })).ordinary).toMatchObject({
      reason: "answers",
      about: ["ivo@altrove.test"],
    });
    const toReceipt = () => Promise.resolve({ ...CERTIFIED, isCertified: false });
    expect((await check(answers, { answered: toReceipt })).ordinary).toBeNull();
  });
});

test("the state is another after every change of what would be sent, and of nothing else", async () => {
  const base = (await check(outgoing())).state;
  const changes: Partial<OutgoingMessage>[] = [
    { to: ["bruno@pec.foro.test"] },
    { cc: ["bruno@pec.foro.test"] },
    { bcc: ["bruno@pec.foro.test"] },
    { subject: "Diffida 2" },
    { plainText: "Altro." },
    { html: "<b>Altro.</b>" },
    { from: "Altri <mario.rossi@pec.it>" },
    { identity: "id2" },
    { fields: [{ name: "X-TipoRicevuta", value: "breve" }] },
  ];
  const states = await Promise.all(changes.map(async (change) => (await check(outgoing(change))).state));
  expect(new Set([base, ...states]).size).toBe(changes.length + 1);
  expect((await check(outgoing({ fields: [{ name: "X-Other", value: "1" }] }))).state).toBe(base);
  const attachments = [{ name: "a.pdf", size: 1 }];
  expect((await check(outgoing(), { messages: { attachments: () => Promise.resolve(attachments) } })).state).not.toBe(
    base,
  );
});

describe("what cannot be asked keeps nothing from being judged", () => {
  const broken = (): Promise<never> => Promise.reject(new Error("broken"));

  test("with everything broken, the domain alone makes it PEC, and a hidden recipient is found", async () => {
    const failures: unknown[] = [];
    const failed = (error: unknown) => failures.push(error);
    const report = await check(outgoing({ bcc: ["socio@pec.foro.test"], answers: 3 }), {
      messages: { attachments: broken },
      identities: {
        accounts: { list: broken },
        plainAccounts: { list: broken },
        settings: { read: broken, write: broken },
        receiptAddresses: broken,
        failed,
      },
      ledger: { recipientKinds: broken },
      answered: broken,
      failed,
    });
    expect(report).toMatchObject({
      sender: { isPec: true, foundBy: "domain" },
      findings: [{ id: "bcc", weight: "stop" }],
    });
    expect(failures).toHaveLength(7);
  });

  test("nor what never answers", async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const withinTime = <T>(work: Promise<T>): Promise<T> =>
      Promise.race([
        work,
        new Promise<never>((_, reject) => setImmediate(() => setImmediate(() => reject(new Error("late"))))),
      ]);
    const { identities } = checking();
    const report = await check(outgoing({ bcc: ["socio@pec.foro.test"], answers: 3 }), {
      messages: { attachments: never },
      identities: { ...identities, receiptAddresses: never },
      ledger: { recipientKinds: never },
      answered: never,
      withinTime,
      failed: () => undefined,
    });
    expect(report.findings).toMatchObject([{ id: "bcc" }]);
  });
});
