// Faults in the middle of collecting receipts, in a real Thunderbird: whatever happens, no receipt is lost, no state is wrong
// afterwards (the same rows as where nothing happened), and the person reads a clear word.
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, inject, test } from "vitest";
import type { LedgerRow } from "../../src/core/index.ts";
import type { LedgerAnswer, WalkReport } from "../../src/messages.ts";
import { largeMailbox } from "../bench/walk-mailbox.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import type { Installation } from "../lab/find-thunderbird.ts";
import { addonId } from "../lab/flavours.ts";
import { askLedger, ledgerOverview, ledgerRows, walkEnded } from "../lab/ledger-questions.ts";
import { addMailAccount, fetchUntil } from "../lab/mail-account.ts";
import { packFolder } from "../lab/pack-folder.ts";
import { startPecService } from "../lab/pec-service.ts";
import { createProfile, type Preferences } from "../lab/profile.ts";
import { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { DAY } from "../provider/local-time.ts";
import { SHORT_MAIL } from "../provider/sample-mail.ts";
import { builtAddon, installations } from "../thunderbird/in-thunderbird.ts";

const ID = addonId("demo");
const SENT_MAILS = 150;
const MAILBOX = largeMailbox(SENT_MAILS * 4, SENT_MAILS, Date.now() - 30 * DAY);
const FIRST = MAILBOX.received.slice(0, MAILBOX.received.length / 2);
const REST = MAILBOX.received.slice(MAILBOX.received.length / 2);
const FOLDERS = { Archivio: toMbox(FIRST), Posta: toMbox(REST) };

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A profile that outlives its Thunderbird, with the add-on installed for good, as a person has it. */
interface Lab {
  readonly profile: string;
  readonly installed: Thunderbird;
  /** `kill -9`, as when the power fails or the system is out of memory. */
  readonly kill: () => Promise<void>;
  readonly start: (preferences?: Preferences) => Promise<Thunderbird>;
}

async function openLab(
  installation: Installation,
  options: { readonly folders?: Readonly<Record<string, Uint8Array>>; readonly preferences?: Preferences } = {},
  beforeInstalling: (thunderbird: Thunderbird) => Promise<void> = () => Promise.resolve(),
): Promise<Lab> {
  const { folders = FOLDERS, preferences = {} } = options;
  const display = inject("displays")[0] ?? null;
  const profile = await createProfile({
    folders,
    shownFolder: Object.keys(folders)[0] ?? "",
    locale: "it",
    preferences: { "marionette.port": 0, "toolkit.startup.max_resumed_crashes": -1, ...preferences },
  });
  cleanups.push(() => profile.remove());
  const file = join(profile.path, "addon.xpi");
  await packFolder(builtAddon("demo"), file);
  let running: Thunderbird | null = null;
  cleanups.push(async () => running?.stop());
  const lab = {
    profile: profile.path,
    kill: async () => {
      const pid = await running?.run<number>("return Services.appinfo.processID;");
      if (pid === undefined) throw new Error("Nothing runs");
      process.kill(pid, "SIGKILL");
      await running?.stop();
      running = null;
    },
    start: async (changes: Preferences = {}) => {
      await rm(join(profile.path, "MarionetteActivePort"), { force: true });
      const user = join(profile.path, "user.js");
      const lines = Object.entries(changes).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
      );
      await writeFile(user, (await readFile(user, "utf8")) + lines.join(""));
      running = await Thunderbird.start({ binary: installation.binary, profile: profile.path, display });
      return running;
    },
  };
  const installed = await lab.start();
  await beforeInstalling(installed);
  await installed.run(
    `const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
     const { FileUtils } = ChromeUtils.importESModule("resource://gre/modules/FileUtils.sys.mjs");
     const install = await AddonManager.getInstallForFile(new FileUtils.File(args[0]));
     await install.install();
     await waitFor("the add-on", () => extensionWith(args[1])?.policy?.active);
     // Written a while later: who is killed before that had no add-on, which is another story.
     const isKept = async (file, decompress) =>
       (await IOUtils.readUTF8(PathUtils.join(PathUtils.profileDir, file), { decompress }).catch(() => "")).includes(args[1]);
     await waitFor("the add-on to be kept", async () =>
       (await isKept("addonStartup.json.lz4", true)) && (await isKept("extensions.json", false)));`,
    file,
    ID,
  );
  return { ...lab, installed };
}

/** What was collected, in an order of its own. */
async function rowsOf(thunderbird: Thunderbird): Promise<readonly LedgerRow[]> {
  return (await ledgerRows(thunderbird, ID)).toSorted((left, right) => (left.link < right.link ? -1 : 1));
}

/** What the rows are where nothing happens: every mail accepted and delivered. */
function expectWhole(rows: readonly LedgerRow[]): void {
  expect(rows.map(({ subject }) => subject)).toEqual(Array<string>(SENT_MAILS).fill(SHORT_MAIL.subject));
  expect(new Set(rows.map(({ link }) => link)).size).toBe(SENT_MAILS);
  expect(rows.flatMap(({ recipients }) => recipients.map(({ state }) => state))).toEqual(
    Array<string>(SENT_MAILS).fill("delivered"),
  );
  expect(rows.every(({ acceptedAt, acceptanceMissing }) => acceptedAt !== null && !acceptanceMissing)).toBe(true);
}

/** Waits until the walk is in the middle: something is kept, and much is not. */
async function midWalk(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.openOptions(ID);
  const { entries, walk } = await waitFor("the middle of the walk", HANG_MS, async () => {
    const overview = await ledgerOverview(thunderbird, ID);
    return overview.entries > 10 || overview.walk.state === "ended" ? overview : null;
  });
  expect(walk.state).toBe("running");
  expect(entries).toBeLessThan(SENT_MAILS);
}

async function shownOnLedgerPage(thunderbird: Thunderbird): Promise<string> {
  await thunderbird.runInPage(ID, "options", `await messenger.tabs.create({ url: "/pages/ledger/ledger.html" });`);
  return waitFor("the ledger page", HANG_MS, () =>
    thunderbird
      .runInPage<string | null>(
        ID,
        "ledger",
        `const main = document.querySelector("main");
         return main && main.dataset.state !== "loading" ? main.innerText : null;`,
      )
      .catch(() => null),
  );
}

/** Files of the database whose schema names this object store. */
async function databaseFiles(profile: string): Promise<readonly string[]> {
  const storage = join(profile, "storage", "default");
  const files = (await readdir(storage, { recursive: true })).filter((name) => name.endsWith(".sqlite"));
  const found: string[] = [];
  for (const name of files) {
    for (const each of [join(storage, name), `${join(storage, name)}-wal`]) {
      if (!existsSync(each)) continue;
      const bytes = await readFile(each);
      if (["ledgerTimes", "l\0e\0d\0g\0e\0r\0T"].some((text) => bytes.includes(text))) found.push(join(storage, name));
    }
  }
  return [...new Set(found)];
}

describe.each(installations())("Thunderbird $version: no receipt is lost and no state is wrong", (installation) => {
  test("when the event page is stopped in the middle of the walk", async () => {
    const { installed } = await openLab(installation);
    await midWalk(installed);
    await installed.stopBackground(ID);
    // Whatever wakes it, here a question of a page: the walk goes on by itself.
    expect((await ledgerOverview(installed, ID)).walk.state).toBe("running");
    expect(await walkEnded(installed, ID)).toMatchObject({ how: "finished", unreadable: 0 });
    expectWhole(await rowsOf(installed));
  });

  test("when Thunderbird is killed in the middle of the walk, twice", async () => {
    const { installed, kill, start } = await openLab(installation);
    await midWalk(installed);
    await kill();
    const second = await start();
    await second.openOptions(ID);
    const kept = (await ledgerOverview(second, ID)).entries;
    expect(kept).toBeGreaterThan(10);
    await waitFor("progress", HANG_MS, async () => ((await ledgerOverview(second, ID)).entries > kept ? true : null));
    await kill();
    const third = await start();
    await third.openOptions(ID);
    expect(await walkEnded(third, ID)).toMatchObject({ how: "finished", unreadable: 0 });
    expectWhole(await rowsOf(third));
  });

  test("when the IMAP connection is cut in the middle of the walk", async () => {
    const address = SHORT_MAIL.from.address;
    const service = await startPecService({ users: [{ address, password: "una password" }] });
    cleanups.push(() => service.stop());
    for (const bytes of MAILBOX.received) await service.mail.deliver(address, bytes);
    const { installed } = await openLab(installation, { folders: { Posta: toMbox([]) } }, async (thunderbird) => {
      const account = await addMailAccount(thunderbird, service, { type: "imap", address, name: "Prova" });
      await fetchUntil(thunderbird, account, MAILBOX.received.length);
    });
    await midWalk(installed);
    for (let cut = 0; cut < 5; cut++) await service.mail.cutConnections();
    const report = await walkEnded(installed, ID);
    expect(report).toMatchObject({ how: "finished" });
    const before = await rowsOf(installed);
    const missing = SENT_MAILS - before.filter(({ recipients }) => recipients[0]?.state === "delivered").length;
    const unreadable = report.state === "ended" ? report.unreadable : 0;
    console.log(`cut: ${unreadable} messages could not be read, ${missing} mails without their whole fate`);
    // What is missing is said.
    expect(unreadable > 0).toBe(unreadable + missing > 0);
    if (unreadable > 0) expect(await shownOnLedgerPage(installed)).toContain(String(unreadable));
    await askLedger(installed, ID, { name: "start-walk" });
    expect(await walkEnded(installed, ID)).toMatchObject({ how: "finished", unreadable: 0 });
    expectWhole(await rowsOf(installed));
  });

  test("when messages are deleted between being listed and being read", async () => {
    const all = { Archivio: toMbox(MAILBOX.received), Posta: toMbox(MAILBOX.received) };
    const { installed } = await openLab(installation, { folders: all });
    await midWalk(installed);
    const { walk } = await ledgerOverview(installed, ID);
    const folder = walk.state === "running" ? walk.folder : "";
    expect(Object.keys(all)).toContain(folder);
    await installed.run(
      `const folder = folderNamed(args[0]);
       await new Promise((resolve) => folder.deleteMessages([...folder.messages], null, true, false, { onStopCopy: resolve, OnStopCopy: resolve }, false));`,
      folder,
    );
    const report = await walkEnded(installed, ID);
    expect(report).toMatchObject({ how: "finished" });
    expect(report.state === "ended" ? report.unreadable : 0).toBeGreaterThan(0);
    // The same messages lie in the other folder.
    expectWhole(await rowsOf(installed));
  });

  test("when the storage is full", async () => {
    const limit = "dom.quotaManager.temporaryStorage.fixedLimit";
    const { installed, kill, start } = await openLab(installation, { preferences: { [limit]: 700 } });
    await installed.openOptions(ID);
    const report = await waitFor<WalkReport>("the end of the walk", HANG_MS, async () => {
      const answer: LedgerAnswer = await askLedger(installed, ID, { name: "overview" });
      return answer.state === "overview" && answer.overview.walk.state === "ended" ? answer.overview.walk : null;
    });
    expect(report).toMatchObject({ how: "failed" });
    const partly = await rowsOf(installed);
    console.log(`full: ${partly.length} of ${SENT_MAILS} mails were kept`);
    expect(partly.length).toBeLessThan(SENT_MAILS);
    expect(partly.length).toBeGreaterThan(0);
    // Thunderbird does not always tell a full disk from one that fails.
    expect(await shownOnLedgerPage(installed)).toMatch(/Non c'è più spazio sul disco|controlla il disco/);
    await kill();
    const roomy = await start({ [limit]: -1 });
    await roomy.openOptions(ID);
    await askLedger(roomy, ID, { name: "start-walk" });
    expect(await walkEnded(roomy, ID)).toMatchObject({ how: "finished", unreadable: 0 });
    expectWhole(await rowsOf(roomy));
  });

  test("when a newer version of the add-on made the database: it is left as it is, and that is said", async () => {
    const { installed } = await openLab(installation);
    await installed.openOptions(ID);
    await walkEnded(installed, ID);
    const state = async (version: number | null): Promise<readonly [number, number]> =>
      installed.runInPage(
        ID,
        "options",
        `const database = await new Promise((resolve, reject) => {
           const request = args[0] === null ? indexedDB.open("sigillo-pec") : indexedDB.open("sigillo-pec", args[0]);
           request.onsuccess = () => resolve(request.result);
           request.onerror = () => reject(request.error);
         });
         const count = await new Promise((resolve) => {
           const request = database.transaction("entries").objectStore("entries").count();
           request.onsuccess = () => resolve(request.result);
         });
         const { version } = database;
         database.close();
         return [version, count];`,
        [version],
      );
    expect(await state(99)).toEqual([99, SENT_MAILS]);
    await installed.stopBackground(ID);
    expect(await askLedger(installed, ID, { name: "overview" })).toEqual({ state: "failed", code: "storage-newer" });
    expect(await shownOnLedgerPage(installed)).toContain("versione più recente");
    expect(await state(null)).toEqual([99, SENT_MAILS]);
  });

  test("when the database is damaged: it is made anew and filled from the mailbox by itself, and that is said", async () => {
    const { installed, profile, kill, start } = await openLab(installation);
    await installed.openOptions(ID);
    await walkEnded(installed, ID);
    const before = await rowsOf(installed);
    expectWhole(before);
    await kill();
    const files = await databaseFiles(profile);
    expect(files).toHaveLength(1);
    for (const file of files) {
      await writeFile(file, Buffer.alloc(200_000, "niente di buono "));
      await rm(`${file}-wal`, { force: true });
    }
    const damaged = await start();
    await damaged.openOptions(ID);
    const page = await shownOnLedgerPage(damaged);
    await waitFor("the ledger to be filled", HANG_MS, async () => {
      const answer = await askLedger(damaged, ID, { name: "overview" });
      if (answer.state !== "overview") return null;
      const { entries, storage, walk } = answer.overview;
      return entries === SENT_MAILS && storage === "available" && walk.state === "ended" ? true : null;
    });
    expect(await rowsOf(damaged)).toEqual(before);
    expect(page).toContain("danneggiato");
  });
});
