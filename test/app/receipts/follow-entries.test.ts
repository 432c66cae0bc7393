import { describe, expect, it } from "vitest";
import {
  createFollowEntries,
  type FollowDependencies,
  type MailWork,
} from "../../../src/app/receipts/follow-entries.ts";
import type { LedgerEvent, Receipt } from "../../../src/core/index.ts";
import type { ColumnValue } from "../../../src/ports/list-columns.ts";
import type { Notice } from "../../../src/ports/notifier.ts";
import { ACCEPTED_AT, aReceipt, ANNA, SENDER } from "../../core/receipts/a-receipt.ts";
import { memorySettings } from "../fakes.ts";
import { memoryLedger } from "./memory-ledger.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type ReceiptKind = Receipt["kind"];
const received = (...receipts: readonly Receipt[]): readonly LedgerEvent[] =>
  receipts.map((receipt) => ({ type: "receipt", receipt }));

/** What may come back for a message to Anna. */
function mail(name: string) {
  const of = (kind: ReceiptKind, hours: number, recipient: string | null): Receipt =>
    aReceipt(kind, hours, recipient, {
      id: `${name} ${kind}`,
      msgid: `${name}@client.test`,
      identifier: `${name}@provider.test`,
      recipients: [{ indirizzo: ANNA, tipo: "certificato" }],
    });
  return {
    acceptance: of("accettazione", 0, null),
    failure: of("errore-consegna", 0.1, ANNA),
    delivery: of("avvenuta-consegna", 0.2, ANNA),
    late: of("preavviso-errore-consegna", 12, ANNA),
  };
}

async function setUp(difference: Partial<FollowDependencies> = {}, settings: Record<string, unknown> = {}) {
  const ledger = memoryLedger();
  const notices: Notice[] = [];
  const badges: number[] = [];
  const alarms: (number | null)[] = [];
  const column = new Map<string, ColumnValue>();
  const notes = new Map<string, unknown>();
  const state = { now: ACCEPTED_AT, changes: 0, walking: false, filled: false };
  const failures: unknown[] = [];
  const dependencies: FollowDependencies = {
    ledger,
    ownAddresses: () => Promise.resolve([SENDER]),
    settings: memorySettings(settings),
    notifier: { show: (notice) => Promise.resolve(void notices.push(notice)) },
    button: { show: (problems) => Promise.resolve(void badges.push(problems)), open: () => Promise.resolve() },
    column: {
      isFilled: () => Promise.resolve(state.filled),
      markFilled: () => Promise.resolve(void (state.filled = true)),
      setValues: (values) => Promise.resolve(values.forEach((value) => column.set(value.messageId, value))),
    },
    works: [],
    alarm: { set: (at) => Promise.resolve(void alarms.push(at)) },
    notes: {
      read: (name) => Promise.resolve(notes.get(name)),
      write: (name, value) => Promise.resolve(void notes.set(name, value)),
    },
    isWalking: () => Promise.resolve(state.walking),
    otherIsActive: () => Promise.resolve(false),
    changed: () => state.changes++,
    failed: (error) => failures.push(error),
    translate: (key, values = []) => [key, ...values].join(" "),
    now: () => state.now,
    ...difference,
  };
  // The ledger began before everything that the tests tell of.
  await ledger.began(ACCEPTED_AT - HOUR);
  const follower = createFollowEntries(dependencies);
  const collect = async (...events: readonly LedgerEvent[]): Promise<void> => {
    await ledger.add({ events, unverified: [], seen: [] });
    await follower.follow();
  };
  return { ledger, notices, badges, alarms, column, state, failures, follower, collect, dependencies };
}

describe("what follows from the ledger", () => {
  it("tells of a failure once, however often it is asked and wherever it starts anew", async () => {
    const { collect, notices, badges, follower, dependencies } = await setUp();
    const { acceptance, failure } = mail("m1");
    await collect(...received(acceptance, failure));
    expect(notices.map(({ title }) => title)).toEqual(["notice_not_delivered_title"]);
    expect(badges.at(-1)).toBe(1);
    await follower.follow();
    // As after a restart: another follower of the same ledger.
    await createFollowEntries(dependencies).follow();
    await collect(...received(acceptance, failure));
    expect(notices).toHaveLength(1);
    expect(badges.at(-1)).toBe(1);
  });

  it("tells before it shows: what is lost in between does not come back", async () => {
    const broken = await setUp({ notifier: { show: () => Promise.reject(new Error("no desktop")) } });
    const { acceptance, failure } = mail("m1");
    await broken.collect(...received(acceptance, failure));
    expect(broken.failures).toHaveLength(1);
    expect((await broken.ledger.problems()).map(({ told }) => told)).toEqual([true]);
  });

  it("is silent about what is older than the ledger, and does not count it", async () => {
    const { ledger, notices, badges, follower } = await setUp();
    await ledger.clear();
    await ledger.began(ACCEPTED_AT + HOUR);
    const { acceptance, failure } = mail("m1");
    await ledger.add({ events: received(acceptance, failure), unverified: [], seen: [] });
    await follower.follow();
    expect(notices).toEqual([]);
    expect(badges.at(-1)).toBe(0);
    expect(await ledger.problems()).toEqual([]);
  });

  it("shows what another's mailbox has sent, but neither tells of it nor counts it: anybody may send it here", async () => {
    const strange = await setUp({ ownAddresses: () => Promise.resolve(["chi.altro@pec.it"]) });
    const { acceptance, failure } = mail("m1");
    await strange.collect(...received(acceptance, failure));
    expect(strange.ledger.entries()).toHaveLength(1);
    expect([strange.notices.length, strange.badges.at(-1)]).toEqual([0, 0]);
    // Nor later, when it is looked at again.
    await strange.collect(...received(mail("m1").late));
    expect([strange.notices.length, strange.badges.at(-1)]).toEqual([0, 0]);
    const own = await setUp({ ownAddresses: () => Promise.resolve(["", SENDER]) });
    await own.collect(...received(acceptance, failure));
    expect([own.notices.length, own.badges.at(-1)]).toEqual([1, 1]);
  });

  it.each([
    ["CONSEGNA: Diffida", "notice_postponed_title"],
    ["CONSEGNA: Altro", "notice_late_title"],
  ])("claims no lateness while a receipt waits unread that may tell otherwise: %s", async (subject, title) => {
    const { collect, ledger, notices, badges, state, follower } = await setUp();
    const postponed = {
      key: "k",
      messageId: "big@x.test",
      author: "posta-certificata@x.test",
      subject,
      date: 0,
      size: 3e7,
    };
    await ledger.add({ events: [], unverified: [], seen: [], postponed: [postponed] });
    const { acceptance, late, failure } = mail("m1");
    state.now = ACCEPTED_AT + 12.5 * HOUR;
    await collect(...received(acceptance, late));
    expect(notices.map((notice) => notice.title)).toEqual([title]);
    expect(badges.at(-1)).toBe(1);
    // Once, also when it turns out to be of no help.
    await ledger.add({ events: [], unverified: [], seen: ["k"] });
    await follower.follow();
    expect(notices).toHaveLength(1);
    // What a receipt certifies is said in any case.
    await ledger.add({ events: [], unverified: [], seen: [], postponed: [postponed] });
    await collect(...received(failure));
    expect(notices.map((notice) => notice.title)).toEqual([title, "notice_not_delivered_title"]);
  });

  it("waits with what only the clock says, until the receipt that solves it has had time to come", async () => {
    const { collect, notices, badges, state, follower, alarms } = await setUp();
    const { acceptance, delivery } = mail("m1");
    await collect(...received(acceptance));
    state.now = ACCEPTED_AT + 20 * HOUR;
    await follower.follow();
    expect([notices.length, badges.at(-1)]).toEqual([0, 0]);
    expect(alarms.at(-1)).toBe(state.now + 15 * MINUTE);
    const solved = await setUp();
    await solved.collect(...received(acceptance));
    solved.state.now = ACCEPTED_AT + 20 * HOUR;
    await solved.follower.follow();
    await solved.collect(...received(delivery));
    solved.state.now += HOUR;
    await solved.follower.follow();
    expect(solved.notices).toEqual([]);
    state.now += 15 * MINUTE;
    await follower.follow();
    expect(notices.map(({ title }) => title)).toEqual(["notice_late_title"]);
    expect(badges.at(-1)).toBe(1);
  });

  it("tells at once of a late notice that the provider itself has sent", async () => {
    const { collect, notices, state } = await setUp();
    state.now = ACCEPTED_AT + 12.5 * HOUR;
    const { acceptance, late } = mail("m1");
    await collect(...received(acceptance, late));
    expect(notices.map(({ title }) => title)).toEqual(["notice_late_title"]);
  });

  it("says many things in one notice", async () => {
    const { collect, notices } = await setUp();
    const mails = Array.from({ length: 6 }, (_, index) => mail(`m${String(index)}`));
    await collect(...received(...mails.flatMap(({ acceptance, failure }) => [acceptance, failure])));
    expect(notices.map(({ title }) => title)).toEqual(["notice_many_title 6"]);
  });

  it("shows no notice of a kind that is switched off, and none later when it is switched on", async () => {
    const settings = { silentNotices: ["not-delivered"] };
    const { collect, notices, badges, follower, dependencies } = await setUp({}, settings);
    const { acceptance, failure } = mail("m1");
    await collect(...received(acceptance, failure));
    expect([notices.length, badges.at(-1)]).toEqual([0, 1]);
    await dependencies.settings.write({ silentNotices: [] });
    await follower.follow();
    expect(notices).toEqual([]);
  });

  it("runs once at a time, and once more when it was asked meanwhile", async () => {
    const { ledger, follower, dependencies } = await setUp();
    let [running, most, runs] = [0, 0, 0];
    const slow = createFollowEntries({
      ...dependencies,
      ledger: {
        ...ledger,
        nextDue: async () => {
          most = Math.max(most, ++running);
          runs++;
          await Promise.resolve();
          running--;
          return ledger.nextDue();
        },
      },
    });
    await Promise.all([slow.follow(), slow.follow(), slow.follow()]);
    expect([most, runs]).toEqual([1, 1]);
    const first = slow.follow();
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
    await Promise.all([first, slow.follow()]);
    expect([most, runs]).toEqual([1, 3]);
    await follower.follow();
  });

  it("leaves entries due that could not be settled, and goes on at the next call", async () => {
    const { ledger, notices, follower, dependencies } = await setUp();
    const { acceptance, failure } = mail("m1");
    await ledger.add({ events: received(acceptance, failure), unverified: [], seen: [] });
    const crashing = createFollowEntries({
      ...dependencies,
      ledger: { ...ledger, settle: () => Promise.reject(new Error("killed")) },
    });
    await expect(crashing.follow()).rejects.toThrow("killed");
    expect(notices).toEqual([]);
    await follower.follow();
    expect(notices).toHaveLength(1);
  });

  it("wakes for the next deadline, at least every quarter of an hour, and not at all when there is none", async () => {
    const { collect, alarms, state, follower } = await setUp();
    const { acceptance, delivery } = mail("m1");
    await follower.follow();
    expect(alarms.at(-1)).toBeNull();
    await collect(...received(acceptance));
    expect(alarms.at(-1)).toBe(state.now + 15 * MINUTE);
    state.now = ACCEPTED_AT + 12 * HOUR - 5 * MINUTE;
    await follower.follow();
    expect(alarms.at(-1)).toBe(ACCEPTED_AT + 12 * HOUR);
    await collect(...received(delivery));
    expect(alarms.at(-1)).toBeNull();
  });

  it("fills the column once a session and keeps it in step", async () => {
    const { collect, column, state, follower } = await setUp();
    const { acceptance, delivery } = mail("m1");
    await collect(...received(acceptance));
    expect(column.get("m1@client.test")?.text).toBe("… recipient_state_accepted");
    column.clear();
    await follower.follow();
    expect(column.size).toBe(0);
    state.filled = false;
    await follower.follow();
    expect(column.size).toBe(1);
    await collect(...received(delivery));
    expect(column.get("m1@client.test")).toMatchObject({ text: "✓ recipient_state_delivered", rank: 1 });
  });

  it("tells pages at most once a second while it works, and once when it is done", async () => {
    const { collect, state, follower } = await setUp();
    const mails = Array.from({ length: 900 }, (_, index) => mail(`m${String(index)}`));
    await collect(...received(...mails.map(({ acceptance }) => acceptance)));
    expect(state.changes).toBe(2);
    await follower.follow();
    expect(state.changes).toBe(2);
  });

  it("does nothing beside the other package", async () => {
    const { collect, notices, badges } = await setUp({ otherIsActive: () => Promise.resolve(true) });
    const { acceptance, failure } = mail("m1");
    await collect(...received(acceptance, failure));
    expect([notices.length, badges.length]).toEqual([0, 0]);
  });
});

describe("work on mail", () => {
  function fakeWork(done: string[]): {
    readonly work: MailWork;
    readonly state: { permitted: boolean; failing: boolean };
  } {
    const state = { permitted: true, failing: false };
    const work: MailWork = {
      name: "tags",
      setting: "tagSent",
      permitted: () => Promise.resolve(state.permitted),
      begin() {
        const links: string[] = [];
        return {
          add: ({ entry }) => void links.push(entry.links[0] ?? ""),
          finish: () => {
            if (state.failing) return Promise.reject(new Error("offline"));
            done.push(`${String(links.length)} entries`);
            return Promise.resolve();
          },
        };
      },
      undo: () => Promise.resolve(void done.push("undone")),
    };
    return { work, state };
  }

  async function withWork() {
    const done: string[] = [];
    const { work, state: workState } = fakeWork(done);
    return { ...(await setUp({ works: [work] })), done, workState };
  }
  const mails = (count: number) =>
    received(...Array.from({ length: count }, (_, index) => mail(`m${String(index)}`).acceptance));

  it("is off until it is switched on, then done for everything, then for what changes", async () => {
    const { collect, follower, done } = await withWork();
    await collect(...mails(3));
    expect(done).toEqual([]);
    expect(await follower.switchWork("tags", true)).toBe(true);
    expect(done).toEqual(["3 entries"]);
    await collect(...received(mail("m1").delivery));
    expect(done).toEqual(["3 entries", "1 entries"]);
    expect(await follower.switchWork("tags", false)).toBe(true);
    expect(done.at(-1)).toBe("undone");
    await collect(...received(mail("m2").delivery));
    expect(done).toHaveLength(3);
  });

  it("goes through everything once when much has changed, and waits for the end of a walk", async () => {
    const { collect, follower, done, state } = await withWork();
    await follower.switchWork("tags", true);
    state.walking = true;
    await collect(...mails(400));
    expect(done).toEqual(["0 entries"]);
    state.walking = false;
    await follower.follow();
    expect(done).toEqual(["0 entries", "400 entries"]);
  });

  it("that was interrupted or failed is done for everything later, and holds nothing else up", async () => {
    const { collect, follower, done, state, workState, failures, notices, dependencies } = await withWork();
    await follower.switchWork("tags", true);
    workState.failing = true;
    const { acceptance, failure } = mail("m9");
    await collect(...mails(2), ...received(acceptance, failure));
    expect([failures.length, notices.length]).toEqual([1, 1]);
    expect(await follower.works()).toEqual([{ name: "tags", on: true, permitted: true, unfinished: true }]);
    workState.failing = false;
    await follower.follow();
    expect(done).toHaveLength(1);
    state.now += 10 * MINUTE;
    await follower.follow();
    expect(done.at(-1)).toBe("3 entries");
    await dependencies.settings.write({ unfinished: ["tags"] });
    await createFollowEntries(dependencies).follow();
    expect(done).toHaveLength(3);
  });

  it("is not switched on without the permission, and rests while it is taken back", async () => {
    const { collect, follower, done, workState } = await withWork();
    workState.permitted = false;
    expect(await follower.switchWork("tags", true)).toBe(false);
    expect(await follower.works()).toMatchObject([{ on: false, unfinished: false }]);
    await collect(...mails(2));
    expect(done).toEqual([]);
  });
});
