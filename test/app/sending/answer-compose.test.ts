import { describe, expect, test } from "vitest";
import type { Answered } from "../../../src/app/sending/answered-pec.ts";
import { answerCompose, type AnswerComposeDependencies } from "../../../src/app/sending/answer-compose.ts";
import { checkSending, type CheckSendingDependencies } from "../../../src/app/sending/check-sending.ts";
import type { ComposeRequest } from "../../../src/messages.ts";
import type { SettingChange, SettingValue } from "../../../src/ports/mail-accounts.ts";
import type { OutgoingMessage } from "../../../src/ports/outgoing-messages.ts";
import { account, identity } from "../accounts/account-facts.ts";
import { composeFake, memorySettings } from "../fakes.ts";
import { checking, composeWindow, fromOrdinary, ORDINARY, outgoing, PEC, TAB } from "./outgoing-message.ts";

const SERVICE = "posta-certificata@pec.gestore-uno.test";
const ANSWERED: Answered = {
  pec: { serviceAddress: SERVICE, subject: "Diffida" },
  toSender: { to: ["Anna <anna@pec.foro.test>"], subject: "Re: Diffida" },
  isCertified: true,
};

function page(
  message: OutgoingMessage,
  difference: Partial<AnswerComposeDependencies> = {},
  known: Partial<CheckSendingDependencies> = {},
) {
  const window = composeWindow(message);
  const settings = memorySettings();
  const checked = checking({ ...known, identities: { ...checking().identities, settings, ...known.identities } });
  const changed: number[] = [];
  const ask = (request: ComposeRequest) =>
    answerCompose(
      request,
      composeFake({
        messages: window,
        check: (tabId, current) => checkSending(tabId, current, checked),
        settings,
        changed: (tabId) => changed.push(tabId),
        ...difference,
      }),
    );
  return { window, settings, changed, ask };
}

test("tells what there is to say, and of a question only when it has just opened", async () => {
  const { ask } = page(outgoing(), {
    guard: { sendAnyway: () => Promise.resolve("gone"), takeQuestion: () => Promise.resolve(true) },
  });
  expect(await ask({ name: "read", tabId: TAB, opened: true })).toMatchObject({
    state: "shown",
    isQuestion: true,
    report: { sender: { address: PEC, isPec: true } },
  });
  expect(await ask({ name: "read", tabId: TAB, opened: false })).toMatchObject({ isQuestion: false });
});

describe("the kind of receipt", () => {
  test("of this message is written into it, beside its other fields", async () => {
    const { ask, window, changed } = page(outgoing({ fields: [{ name: "X-Priority", value: "1" }] }));
    expect(await ask({ name: "set-kind", tabId: TAB, kind: "breve" })).toMatchObject({
      report: { receiptKind: "breve" },
    });
    expect(window.current?.fields).toEqual([
      { name: "X-Priority", value: "1" },
      { name: "X-TipoRicevuta", value: "breve" },
    ]);
    expect(changed).toEqual([TAB]);
  });

  test("of every message from the address is remembered beside what else was chosen for it", async () => {
    const { ask, settings, window } = page(outgoing());
    await ask({ name: "set-pec", tabId: TAB, isPec: true });
    expect(await ask({ name: "set-default-kind", tabId: TAB, kind: "sintetica" })).toMatchObject({
      report: { receiptKind: "sintetica", sender: { chosen: true, defaultKind: "sintetica" } },
    });
    expect((await settings.read())["sendingChoices"]).toEqual([
      { address: PEC, isPec: true, receiptKind: "sintetica", isQuiet: false },
    ]);
    expect(window.current?.fields).toEqual([]);
  });
});

test("an address is PEC, or not, or as it was found, as the person says", async () => {
  const { ask } = page(fromOrdinary());
  const set = (isPec: boolean | null) => ask({ name: "set-pec", tabId: TAB, isPec });
  expect(await set(true)).toMatchObject({ report: { sender: { isPec: true, foundBy: "person", chosen: true } } });
  expect(await set(false)).toMatchObject({ report: { sender: { isPec: false, chosen: false } } });
  expect(await set(null)).toMatchObject({ report: { sender: { isPec: false, chosen: null } } });
});

test("no more questions for ordinary mail from an address, until they are wanted again", async () => {
  const { ask } = page(fromOrdinary({ to: ["a@legalmail.it"] }));
  for (const isQuiet of [true, false]) {
    expect(await ask({ name: "set-quiet", tabId: TAB, isQuiet })).toMatchObject({ report: { sender: { isQuiet } } });
  }
});

test("another identity makes it PEC", async () => {
  const { ask, window } = page(fromOrdinary({ to: ["a@legalmail.it"] }));
  expect(await ask({ name: "switch-identity", tabId: TAB, identity: "id1" })).toMatchObject({
    report: { ordinary: null, sender: { address: PEC } },
  });
  expect(window.current?.identity).toBe("id1");
});

describe("ways out", () => {
  const TO = "anna@pec.foro.test";
  const OTHER = "Bruno <bruno@pec.foro.test>";
  test.each<[Extract<ComposeRequest, { name: "fix" }>["fix"], Partial<OutgoingMessage>, Partial<OutgoingMessage>]>([
    ["remove-bcc", { bcc: [OTHER] }, { to: [TO], bcc: [] }],
    ["bcc-to-recipients", { bcc: [OTHER] }, { to: [TO, OTHER], bcc: [] }],
    ["copies-to-recipients", { to: [], cc: [OTHER, TO] }, { to: [OTHER, TO], cc: [] }],
    ["own-address", { from: `"alias@pec.it" <alias@pec.it>` }, { from: `"alias@pec.it" <${PEC}>` }],
    ["own-address", { from: "alias@pec.it" }, { from: PEC }],
    [
      "answer-sender",
      { to: [`"Per conto di: anna" <${SERVICE.toUpperCase()}>`, OTHER], cc: [SERVICE], answers: 4 },
      { to: ["Anna <anna@pec.foro.test>", OTHER], cc: [] },
    ],
    ["original-subject", { subject: "Re: POSTA CERTIFICATA: Diffida", answers: 4 }, { subject: "Re: Diffida" }],
  ])("%s", async (fix, before, after) => {
    const { ask, window } = page(outgoing(before), {}, { answered: () => Promise.resolve(ANSWERED) });
    expect(await ask({ name: "fix", tabId: TAB, fix })).toMatchObject({ state: "shown", report: { findings: [] } });
    expect(window.current).toEqual({ ...outgoing(before), ...after });
  });

  test("a server that is no PEC provider's is left for the page of accounts", async () => {
    const opened: string[] = [];
    const opener = {
      openAccountPage: (part: string) => {
        opened.push(part);
        return Promise.resolve();
      },
    };
    const { ask, window } = page(outgoing(), { opener });
    expect(await ask({ name: "fix", tabId: TAB, fix: "check-account" })).toMatchObject({ state: "shown" });
    expect(opened).toEqual(["accounts"]);
    expect(window.current).toEqual(outgoing());
  });

  test("what is mended already stays as it is", async () => {
    const { ask, window } = page(outgoing());
    for (const fix of ["answer-sender", "original-subject"] as const) await ask({ name: "fix", tabId: TAB, fix });
    expect(window.current).toEqual(outgoing());
  });

  test("an automatic Bcc is switched off as well, and can be undone on the page of accounts", async () => {
    const settings = { ...identity().settings, automaticBcc: true, bccList: "archivio@studio.example" };
    const made: SettingChange[] = [];
    const accounts = {
      list: () =>
        Promise.resolve({
          accounts: [account({ identities: [identity({ address: PEC, settings })] })],
          settings: { scamWarning: false, collectAddresses: false },
        }),
      change: (change: SettingChange): Promise<SettingValue> => {
        made.push(change);
        return Promise.resolve(true);
      },
    };
    const {
      ask,
      window,
      settings: kept,
    } = page(
      outgoing({ bcc: ["archivio@studio.example"] }),
      { accounts },
      { identities: { ...checking().identities, accounts } },
    );
    expect(await ask({ name: "read", tabId: TAB, opened: false })).toMatchObject({
      report: { findings: [{ id: "bcc", fixes: ["remove-automatic-bcc", "remove-bcc"] }] },
    });
    expect(await ask({ name: "fix", tabId: TAB, fix: "remove-automatic-bcc" })).toMatchObject({
      report: { findings: [] },
    });
    expect(window.current?.bcc).toEqual([]);
    expect(made).toEqual([{ owner: "id1", setting: "automaticBcc", value: false }]);
    expect((await kept.read())["accountRepairs"]).toEqual([
      { account: "account1", change: { owner: "id1", setting: "automaticBcc", from: true, to: false } },
    ]);
  });
});

describe("send anyway", () => {
  test.each([
    ["sending", { state: "sending" }],
    ["changed", { state: "failed", code: "changed" }],
    ["gone", { state: "gone" }],
  ] as const)("%s", async (outcome, answer) => {
    const seen: string[] = [];
    const sendAnyway = (_tabId: number, shown: string) => {
      seen.push(shown);
      return Promise.resolve(outcome);
    };
    const { ask } = page(outgoing(), { guard: { sendAnyway, takeQuestion: () => Promise.resolve(false) } });
    expect(await ask({ name: "send-anyway", tabId: TAB, shown: "abc" })).toEqual(answer);
    expect(seen).toEqual(["abc"]);
  });
});

test("a closed window is gone, another active package is said, a bug is an answer and is told", async () => {
  const read = { name: "read", tabId: TAB, opened: true } as const;
  const closed = page(outgoing());
  closed.window.current = null;
  expect(await closed.ask(read)).toEqual({ state: "gone" });
  expect(await page(outgoing(), { otherIsActive: () => Promise.resolve(true) }).ask(read)).toEqual({
    state: "stepped-back",
  });
  const failures: unknown[] = [];
  const broken = page(outgoing(), {
    check: () => Promise.reject(new Error("bug")),
    failed: (error) => failures.push(error),
  });
  expect(await broken.ask(read)).toEqual({ state: "failed", code: "internal" });
  expect(failures).toEqual([new Error("bug")]);
});

test("an address is remembered without its case", async () => {
  const { ask, settings } = page(fromOrdinary({ identity: "unknown", from: ORDINARY.toUpperCase() }));
  await ask({ name: "set-pec", tabId: TAB, isPec: true });
  expect((await settings.read())["sendingChoices"]).toMatchObject([{ address: ORDINARY }]);
});
