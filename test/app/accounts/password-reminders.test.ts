import { describe, expect, it } from "vitest";
import {
  createPasswordReminders,
  isPasswordNotice,
  passwordEnd,
} from "../../../src/app/accounts/password-reminders.ts";
import { openNotice } from "../../../src/app/open-notice.ts";
import type { AccountFacts } from "../../../src/ports/mail-accounts.ts";
import type { Notice } from "../../../src/ports/notifier.ts";
import { translator } from "../../pages/messages.ts";
import { account, identity } from "./account-facts.ts";

const DAY = 24 * 60 * 60 * 1000;
const MADE = Date.UTC(2026, 8, 1, 12);
const END = Date.UTC(2026, 11, 1, 12);
const ADDRESS = "mario.rossi@pec.it";

function setUp({ accounts = [], other = false }: { accounts?: readonly AccountFacts[]; other?: boolean } = {}) {
  let stored: Readonly<Record<string, unknown>> = {};
  const notices: Notice[] = [];
  const alarms: (number | null)[] = [];
  const clock = { now: MADE };
  const held = { accounts };
  const reminders = createPasswordReminders({
    settings: {
      read: () => Promise.resolve(stored),
      write: (changes) => {
        // As it comes back from the store.
        stored = JSON.parse(JSON.stringify({ ...stored, ...changes })) as typeof stored;
        return Promise.resolve();
      },
    },
    notifier: {
      show: (notice) => {
        notices.push(notice);
        return Promise.resolve();
      },
    },
    alarm: {
      set: (at) => {
        alarms.push(at);
        return Promise.resolve();
      },
    },
    accounts: {
      list: () => Promise.resolve({ ...held, settings: { scamWarning: false, collectAddresses: false } }),
    },
    otherIsActive: () => Promise.resolve(other),
    translate: translator("it"),
    now: () => clock.now,
  });
  const at = async (time: number) => {
    clock.now = time;
    await reminders.follow();
    return notices.splice(0).map(({ title, text }) => `${title}: ${text}`);
  };
  return { reminders, at, alarms, held, notices };
}

describe("a login that fails in Thunderbird", () => {
  const tim = account({
    host: "imap.pectim.it",
    username: "studio@timpec.it*mario",
    identities: [
      identity({
        address: "studio@timpec.it",
        outgoing: { host: "smtp.pectim.it", port: 465, username: "studio@timpec.it*mario", isTls: true },
      }),
    ],
  });

  it.each([
    ["imaps.pec.aruba.it", ADDRESS, "Se per mario.rossi@pec.it usi una «Password per programmi di posta», dura 3 mesi"],
    [
      "imap.pectim.it",
      "studio@timpec.it*mario",
      "Per studio@timpec.it Thunderbird ha bisogno della «Password secondaria»",
    ],
    ["smtp.pectim.it", "studio@timpec.it*mario", "Per studio@timpec.it Thunderbird"],
  ])("at %s is explained by the operator's passwords", async (host, username, words) => {
    const { reminders, notices } = setUp({ accounts: [account(), tim] });
    await reminders.loginFailed(host, username);
    expect(notices.map(({ text }) => text)).toEqual([expect.stringContaining(words)]);
    expect(isPasswordNotice(notices[0]?.id ?? "")).toBe(true);
  });

  it("after the end that the person spoke of is explained by that", async () => {
    const { reminders, notices, at } = setUp({ accounts: [account()] });
    await reminders.set(ADDRESS, "aruba", MADE);
    await at(END + DAY);
    await reminders.loginFailed("imaps.pec.aruba.it", ADDRESS);
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringContaining(
        "La «Password per programmi di posta» di mario.rossi@pec.it è scaduta il 1 dicembre 2026",
      ),
    ]);
  });

  it("is left to Thunderbird where nothing is known that would explain it", async () => {
    const { reminders, notices } = setUp({ accounts: [account()] });
    await reminders.loginFailed("imap.posta.example", ADDRESS);
    await reminders.loginFailed("mail.postecert.it", ADDRESS);
    expect(notices).toEqual([]);
  });
});

describe("a password that ends after three months", () => {
  it("is spoken of two weeks before, three days before and when it has ended, once each", async () => {
    const { reminders, at } = setUp();
    await reminders.set(` Mario <${ADDRESS.toUpperCase()}> `, "aruba", MADE);
    expect(await reminders.all()).toMatchObject([{ address: ADDRESS, months: 3, madeAt: MADE }]);
    expect(await at(END - 15 * DAY)).toEqual([]);
    expect(await at(END - 14 * DAY)).toEqual([
      "PEC: la password sta per scadere: La password per i programmi di posta di mario.rossi@pec.it scade il 1 dicembre 2026. Creane una nuova nella webmail: da quel giorno Thunderbird non accede più.",
    ]);
    expect(await at(END - 13 * DAY)).toEqual([]);
    expect(await at(END - 2 * DAY)).toHaveLength(1);
    expect(await at(END - DAY)).toEqual([]);
    expect((await at(END + DAY))[0]).toContain("se Thunderbird non accede, è per questo");
    expect(await at(END + 2 * DAY)).toEqual([]);
  });

  it("is spoken of once where Thunderbird was away meanwhile", async () => {
    const { reminders, at } = setUp();
    await reminders.set(ADDRESS, "aruba", MADE);
    expect(await at(END + 40 * DAY)).toHaveLength(1);
    expect(await at(END + 41 * DAY)).toEqual([]);
  });

  it("wakes the add-on for the next word, soon enough for a computer that sleeps", async () => {
    const { reminders, at, alarms } = setUp();
    await reminders.set(ADDRESS, "aruba", MADE);
    expect(alarms.at(-1)).toBe(MADE + DAY / 4);
    await at(END - 14 * DAY - 1000);
    expect(alarms.at(-1)).toBe(END - 14 * DAY);
    await at(END + DAY);
    expect(alarms.at(-1)).toBeNull();
  });

  it("is another one once Thunderbird has stored another for that mailbox", async () => {
    const { reminders, at, held } = setUp();
    await reminders.set(ADDRESS, "aruba", MADE);
    held.accounts = [
      account({ passwordChanged: END - DAY }),
      // Ordinary mail written as that address.
      account({ host: "imap.posta.example", passwordChanged: END }),
    ];
    expect(await at(END + DAY)).toEqual([]);
    expect(await reminders.all()).toMatchObject([{ madeAt: END - DAY, told: 0 }]);
  });

  it("is forgotten when the person wants so, and not kept for passwords that do not end", async () => {
    const { reminders, at } = setUp();
    await Promise.all([reminders.set(ADDRESS, "aruba", MADE), reminders.set("b@pec.it", "aruba", MADE)]);
    await reminders.set(ADDRESS, "aruba", null);
    await reminders.set("c@postecert.it", "poste", MADE);
    expect((await reminders.all()).map(({ address }) => address)).toEqual(["b@pec.it"]);
    expect(await at(END)).toHaveLength(1);
  });

  it("is the other package's business while that is active", async () => {
    const { reminders, at } = setUp({ other: true });
    await reminders.set(ADDRESS, "aruba", MADE);
    expect(await at(END)).toEqual([]);
  });

  it("ends on the last day of a shorter month", () => {
    expect(passwordEnd(Date.UTC(2026, 10, 30), 3)).toBe(Date.UTC(2027, 1, 28));
  });

  it("leads to the page on accounts by a click on the notice", async () => {
    const { reminders, notices } = setUp();
    await reminders.set(ADDRESS, "aruba", MADE - 100 * DAY);
    const [notice] = notices;
    expect(notice && isPasswordNotice(notice.id)).toBe(true);
    const opened: string[] = [];
    await openNotice(notice?.id ?? "", {
      ledger: { find: () => Promise.reject(new Error("Not asked")) },
      mailbox: { find: () => Promise.resolve([]), open: () => Promise.resolve() },
      button: { open: () => Promise.reject(new Error("Not opened")) },
      opener: {
        openAccountPage: (part) => {
          opened.push(part);
          return Promise.resolve();
        },
      },
    });
    expect(opened).toEqual(["accounts"]);
  });
});
