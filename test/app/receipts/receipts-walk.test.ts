import { describe, expect, it } from "vitest";
import { NO_COUNTS } from "../../../src/app/receipts/collect-receipts.ts";
import { createReceiptsWalk } from "../../../src/app/receipts/receipts-walk.ts";
import type { WalkReport } from "../../../src/messages.ts";
import type { ListedMessage, MailFolder } from "../../../src/ports/mail-folders.ts";
import type { WalkState } from "../../../src/ports/walk-memory.ts";
import { deferred } from "../fakes.ts";

const folder = (id: string, role: MailFolder["role"] = "other"): MailFolder => ({
  id,
  accountId: "a",
  name: `Folder ${id}`,
  role,
  isOnServer: false,
});

const message = (id: number): ListedMessage => ({
  id,
  headerMessageId: `m${String(id)}`,
  author: "",
  recipients: [],
  subject: "",
  date: null,
  size: 1,
});

const SENT = folder("sent", "sent");
const INBOX = folder("inbox", "incoming");
const ARCHIVE = folder("archive");

/** Folders with two messages each, a page each; `log` tells what was done with them. */
function walking(
  all: readonly MailFolder[],
  options: { readonly saved?: WalkState; readonly missed?: MailFolder } = {},
) {
  const log: string[] = [];
  const told: WalkReport[] = [];
  let saved: WalkState | null = options.saved ?? null;
  let time = 1_000_000;
  let onPage: (log: string) => Promise<void> | void = () => undefined;
  const marks: Record<string, number> = {};
  let newest = 7;
  let isThere = false;
  let rebuiltAt: number | null = null;
  let lookedForGone = 0;
  const walk = createReceiptsWalk({
    folders: {
      locate: () => Promise.resolve([]),
      at: () => Promise.resolve(null),
      all: () => Promise.resolve(all),
      count: () => Promise.resolve(2),
      mark: () => Promise.resolve(newest),
      async *list(id, after) {
        if (after !== undefined) {
          yield await Promise.resolve([message(after + 1)]);
          return;
        }
        if (id.startsWith("gone") && !isThere) throw new Error("There is no such folder");
        const base = all.findIndex((each) => each.id === id) * 10;
        for (const step of [1, 2]) yield await Promise.resolve([message(base + step)]);
      },
    },
    collector: {
      collect({ id }, page) {
        log.push(`new in ${id}: ${page.map((each) => String(each.id)).join()}`);
        return Promise.resolve(NO_COUNTS);
      },
      beginWalk: () => ({
        async collect({ id }, page) {
          time += 4_000;
          const entry = `${id} ${page.map((each) => String(each.id)).join()}`;
          log.push(entry);
          await onPage(entry);
          return { ...NO_COUNTS, receipts: 1 };
        },
        foldersWithCopies: () => Promise.resolve(options.missed === undefined ? [] : [options.missed]),
        collectCopies: ({ id }) => {
          log.push(`copies ${id}`);
          return Promise.resolve();
        },
        forgetGone: () => Promise.resolve(void lookedForGone++),
      }),
    },
    memory: {
      load: () => Promise.resolve(saved),
      save: (state) => {
        saved = state;
        return Promise.resolve();
      },
      loadMarks: () => Promise.resolve({ ...marks }),
      saveMark: (id, mark) => {
        marks[id] = mark;
        return Promise.resolve();
      },
    },
    ledger: {
      rebuilt: () => Promise.resolve(rebuiltAt === null ? null : { at: rebuiltAt, recordsKept: true }),
      refilled: () => Promise.resolve(void (rebuiltAt = null)),
    },
    refilled: ({ at }) => Promise.resolve(void log.push(`refilled ${String(at)}`)),
    tell: (report) => told.push(report),
    now: () => time,
  });
  return {
    walk,
    log,
    told,
    saved: () => saved,
    grow: (mark: number) => (newest = mark),
    appear: () => (isThere = true),
    rebuild: (at: number) => (rebuiltAt = at),
    rebuiltAt: () => rebuiltAt,
    lookedForGone: () => lookedForGone,
    pass: (milliseconds: number) => (time += milliseconds),
    onPage: (action: typeof onPage) => (onPage = action),
  };
}

const ENDED: WalkState = { state: "ended", how: "finished", at: 1, done: ["inbox"], counts: NO_COUNTS };

describe("a walk", () => {
  it("begins by itself the first time, and never again", async () => {
    const { walk, log, saved } = walking([INBOX]);
    expect(await walk.report()).toEqual({ state: "never" });
    await walk.resume();
    expect(log).toEqual(["inbox 1", "inbox 2"]);
    expect(await walk.report()).toMatchObject({ state: "ended", how: "finished", receipts: 2, unreadable: 0 });
    expect(saved()).toMatchObject({ state: "ended", how: "finished" });
    await walk.resume();
    expect(log).toHaveLength(2);
  });

  it("fills a ledger that was made anew, whatever it has done before, and says so only at its end", async () => {
    const { walk, log, rebuild, rebuiltAt } = walking([INBOX, ARCHIVE], {
      saved: { ...ENDED, done: ["inbox", "archive"] },
    });
    await walk.resume();
    expect(log).toEqual([]);
    rebuild(5);
    await walk.resume();
    expect(log).toEqual(["inbox 1", "inbox 2", "archive 11", "archive 12", "refilled 5"]);
    expect(rebuiltAt()).toBeNull();
    await walk.resume();
    expect(log).toHaveLength(5);
  });

  it("that was interrupted begins anew when the ledger was lost meanwhile, and goes on when it was lost before", async () => {
    const interrupted = { state: "running", done: ["inbox"], counts: NO_COUNTS } as const;
    const lost = walking([INBOX, ARCHIVE], { saved: interrupted });
    lost.rebuild(5);
    await lost.walk.resume();
    expect(lost.log).toEqual(["inbox 1", "inbox 2", "archive 11", "archive 12", "refilled 5"]);
    const before = walking([INBOX, ARCHIVE], { saved: { ...interrupted, fills: 5 } });
    before.rebuild(5);
    await before.walk.resume();
    expect(before.log).toEqual(["archive 11", "archive 12", "refilled 5"]);
    expect(before.rebuiltAt()).toBeNull();
  });

  it("under which the ledger is lost leaves that to be seen, and another walk follows", async () => {
    const { walk, log, onPage, rebuild, rebuiltAt } = walking([INBOX]);
    onPage((entry) => void (entry === "inbox 2" ? rebuild(9) : undefined));
    await walk.resume();
    expect(rebuiltAt()).toBe(9);
    onPage(() => undefined);
    await walk.resume();
    expect(log).toEqual(["inbox 1", "inbox 2", "inbox 1", "inbox 2", "refilled 9"]);
    expect(rebuiltAt()).toBeNull();
  });

  it("that was cancelled while it filled a ledger is not begun again unasked", async () => {
    const cancelled: WalkState = { state: "ended", how: "cancelled", at: 6, fills: 5, done: [], counts: NO_COUNTS };
    const { walk, log, rebuild, rebuiltAt } = walking([INBOX], { saved: cancelled });
    rebuild(5);
    await walk.resume();
    expect([log, rebuiltAt()]).toEqual([[], 5]);
  });

  it("that failed is tried again after a while, by itself", async () => {
    const { walk, log, onPage, pass } = walking([INBOX]);
    const full = Object.assign(new Error("the disk is full"), { trouble: "full" });
    onPage((entry) => (entry === "inbox 2" ? Promise.reject(full) : undefined));
    await expect(walk.resume()).rejects.toThrow("the disk is full");
    expect(await walk.report()).toMatchObject({ how: "failed", trouble: "full", receipts: 1 });
    onPage(() => undefined);
    await walk.resume();
    expect(log).toHaveLength(2);
    pass(10 * 60_000);
    await walk.resume();
    expect(log).toEqual(["inbox 1", "inbox 2", "inbox 1", "inbox 2"]);
    expect(await walk.report()).toMatchObject({ how: "finished" });
    expect(await walk.report()).not.toHaveProperty("trouble");
  });

  it("that could not read everything is followed by others, but not for ever", async () => {
    const unreadable: WalkState = { ...ENDED, at: 1_000_000, counts: { ...NO_COUNTS, unreadable: 1 } };
    const { walk, log, pass } = walking([INBOX, folder("gone")], { saved: unreadable });
    await walk.resume();
    expect(log).toEqual([]);
    for (let attempt = 0; attempt < 6; attempt++) {
      pass(10 * 60_000);
      await walk.resume();
    }
    // The folder that is gone counts as unreadable each time.
    expect(log.filter((entry) => entry === "inbox 1")).toHaveLength(3);
  });

  it("goes through everything again when something that came in could not be kept, also while it is under way", async () => {
    const { walk, log, onPage, pass } = walking([INBOX], { saved: ENDED });
    await walk.missed(null);
    expect(await walk.report()).toMatchObject({ state: "ended", how: "failed" });
    await walk.resume();
    expect(log).toEqual([]);
    pass(10 * 60_000);
    onPage((entry) => (entry === "inbox 2" ? walk.missed(null) : undefined));
    await walk.resume();
    expect(await walk.report()).toMatchObject({ how: "failed" });
    onPage(() => undefined);
    pass(10 * 60_000);
    await walk.resume();
    expect(log).toEqual(["inbox 1", "inbox 2", "inbox 1", "inbox 2"]);
    expect(await walk.report()).toMatchObject({ how: "finished" });
  });

  it("looks at sent mail last, and again where copies turned out to lie", async () => {
    const { walk, log } = walking([SENT, INBOX, ARCHIVE], { missed: ARCHIVE });
    await walk.resume();
    expect(log).toEqual([
      "inbox 11",
      "inbox 12",
      "archive 21",
      "archive 22",
      "sent 1",
      "sent 2",
      "copies archive",
      "copies archive",
    ]);
  });

  it("goes on where it was interrupted, with what it had found", async () => {
    const interrupted: WalkState = { state: "running", done: ["inbox"], counts: { ...NO_COUNTS, receipts: 7 } };
    const { walk, log } = walking([INBOX, ARCHIVE], { saved: interrupted });
    await walk.resume();
    expect(log).toEqual(["archive 11", "archive 12"]);
    expect(await walk.report()).toMatchObject({ how: "finished", receipts: 9 });
  });

  it("notes each folder that is done, so that an end of Thunderbird costs no more than one", async () => {
    const { walk, saved, onPage } = walking([INBOX, ARCHIVE]);
    const states: unknown[] = [];
    onPage(() => void states.push(saved()));
    await walk.resume();
    expect(states).toMatchObject([{ done: [] }, { done: [] }, { done: ["inbox"] }, { done: ["inbox"] }]);
  });

  it("is one, however often it is started", async () => {
    const { walk, log } = walking([INBOX], { saved: ENDED });
    await Promise.all([walk.start(), walk.start(), walk.resume()]);
    await walk.cancel();
    await Promise.all([walk.start(), walk.start()]);
    await expect.poll(() => walk.report()).toMatchObject({ how: "finished" });
    expect(log).toEqual(["inbox 1", "inbox 2"]);
  });

  it("stops when it is cancelled, and says so", async () => {
    const { walk, log, onPage, saved } = walking([INBOX, ARCHIVE], { saved: ENDED });
    const reached = deferred<null>();
    const goOn = deferred<null>();
    onPage(async () => {
      reached.resolve(null);
      await goOn.promise;
    });
    await walk.start();
    await reached.promise;
    expect(await walk.report()).toMatchObject({ state: "running", folder: "Folder inbox", done: 0, total: 2 });
    const cancelling = walk.cancel();
    goOn.resolve(null);
    await cancelling;
    expect(log).toEqual(["inbox 1"]);
    expect(saved()).toMatchObject({ state: "ended", how: "cancelled" });
  });

  it("lets what lies nowhere any more be forgotten once it has been everywhere, and not before", async () => {
    const { walk, onPage, lookedForGone } = walking([INBOX]);
    onPage(() => void walk.cancel());
    await walk.resume();
    expect(lookedForGone()).toBe(0);
    onPage(() => undefined);
    await walk.start();
    await expect.poll(lookedForGone).toBe(1);
  });

  it("that was cancelled goes on where it was", async () => {
    const cancelled: WalkState = { ...ENDED, how: "cancelled", counts: { ...NO_COUNTS, receipts: 5 } };
    const { walk, log } = walking([INBOX, ARCHIVE], { saved: cancelled });
    await walk.start();
    await expect.poll(() => walk.report()).toMatchObject({ how: "finished", receipts: 7 });
    expect(log).toEqual(["archive 11", "archive 12"]);
  });

  it("that fails says so, and can be started again", async () => {
    const { walk, onPage, log } = walking([INBOX]);
    onPage((entry) => {
      if (log.length === 1) throw new Error(`no room for ${entry}`);
    });
    await expect(walk.resume()).rejects.toThrow("no room");
    expect(await walk.report()).toMatchObject({ state: "ended", how: "failed" });
    await walk.start();
    await expect.poll(() => walk.report()).toMatchObject({ how: "finished" });
  });

  it("passes over a folder that is gone, and counts it", async () => {
    const { walk, log } = walking([folder("gone"), INBOX]);
    await walk.resume();
    expect(log).toEqual(["inbox 11", "inbox 12"]);
    expect(await walk.report()).toMatchObject({ how: "finished", receipts: 2, unreadable: 1 });
  });

  it("tells how far it is and how long it will take", async () => {
    const { walk, told } = walking([INBOX, ARCHIVE]);
    await walk.resume();
    expect(told).toMatchObject([
      { state: "running", folder: "" },
      { folder: "Folder inbox", done: 0, total: 2, foldersDone: 0, folderCount: 2, timeLeft: null },
      { folder: "Folder inbox", done: 1, timeLeft: 12_000 },
      { folder: "Folder inbox", done: 2, timeLeft: 8_000 },
      { folder: "Folder archive", done: 1, foldersDone: 1, timeLeft: 4_000 },
      { folder: "Folder archive", done: 2, timeLeft: 0 },
      { state: "ended", how: "finished" },
    ]);
  });
});

describe("what came into a folder", () => {
  it("is looked at once, and not before a walk has been there", async () => {
    const { walk, log, grow } = walking([INBOX]);
    await walk.catchUp("inbox");
    await walk.resume();
    log.length = 0;
    await walk.catchUp("inbox");
    grow(9);
    await Promise.all([walk.catchUp("inbox"), walk.catchUp("inbox")]);
    expect(log).toEqual(["new in inbox: 8"]);
  });

  it("is looked at whole, once, where the folder was made after the walk, and from then on as in every other", async () => {
    const all: MailFolder[] = [INBOX];
    const { walk, log, grow, saved } = walking(all);
    await walk.resume();
    all.push(SENT);
    log.length = 0;
    await Promise.all([walk.catchUp("sent"), walk.catchUp("sent")]);
    expect(log).toEqual(["new in sent: 11", "new in sent: 12"]);
    expect(saved()).toMatchObject({ how: "finished", done: ["inbox", "sent"], counts: { unreadable: 0 } });
    grow(9);
    await walk.catchUp("sent");
    expect(log.slice(2)).toEqual(["new in sent: 8"]);
  });

  it("is left to the walk where that was stopped or has failed", async () => {
    for (const how of ["cancelled", "failed"] as const) {
      const { walk, log } = walking([SENT], { saved: { ...ENDED, how } });
      await walk.catchUp("sent");
      expect(log).toEqual([]);
    }
  });

  it("is looked at whole, once, where the walk could not list the folder", async () => {
    const { walk, log, told, appear, grow } = walking([INBOX, folder("gone")]);
    await walk.resume();
    expect(await walk.report()).toMatchObject({ how: "finished", unreadable: 1 });
    log.length = 0;
    await walk.catchUp("gone");
    expect(log).toEqual([]);
    expect(await walk.report()).toMatchObject({ unreadable: 1 });
    appear();
    await walk.catchUp("gone");
    await walk.catchUp("gone");
    expect(log).toEqual(["new in gone: 11", "new in gone: 12"]);
    grow(9);
    await walk.catchUp("gone");
    expect(log.slice(2)).toEqual(["new in gone: 8"]);
    expect(await walk.report()).toMatchObject({ how: "finished", unreadable: 0 });
    expect(told.at(-1)).toMatchObject({ how: "finished", unreadable: 0 });
  });

  it("is looked at where several folders that could not be listed are opened at once", async () => {
    const { walk, appear, saved } = walking([folder("gone"), folder("gone too"), folder("gone as well")]);
    await walk.resume();
    expect(await walk.report()).toMatchObject({ unreadable: 3 });
    appear();
    await Promise.all([walk.catchUp("gone"), walk.catchUp("gone too"), walk.catchUp("gone as well")]);
    expect(await walk.report()).toMatchObject({ how: "finished", unreadable: 0 });
    expect(saved()).toMatchObject({ unlisted: [] });
  });

  it("is looked at after the walk where the folder was opened during it", async () => {
    const { walk, log, appear, onPage } = walking([folder("gone"), ARCHIVE]);
    const opened: Promise<void>[] = [];
    onPage(() => {
      appear();
      opened.push(walk.catchUp("gone"));
    });
    await walk.resume();
    await Promise.all(opened);
    expect(log).toEqual(["archive 11", "archive 12", "new in gone: 1", "new in gone: 2"]);
    expect(await walk.report()).toMatchObject({ how: "finished", unreadable: 0 });
  });

  it("is found also where the newest messages were deleted before", async () => {
    const { walk, log, grow } = walking([INBOX]);
    await walk.resume();
    log.length = 0;
    grow(3);
    await walk.catchUp("inbox");
    grow(4);
    await walk.catchUp("inbox");
    expect(log).toEqual(["new in inbox: 4"]);
  });
});
