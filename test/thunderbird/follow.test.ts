import { describe, expect, test } from "vitest";
import type { WalkReport } from "../../src/messages.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { DEMO_FOLDER, SENT_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId, type Flavour, hasExperiments } from "../lab/flavours.ts";
import { ledgerRows } from "../lab/ledger-questions.ts";
import {
  catchNotices,
  caughtNotices,
  clickNotice,
  outcomeCells,
  outcomesInOrder,
  spaceButtons,
} from "../lab/shown-outside.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { demoSeries } from "../provider/demo-series.ts";
import { DAY } from "../provider/local-time.ts";
import { builtAddon, inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const FLAVOUR: Flavour = "demo";
const ID = addonId(FLAVOUR);
/** Sent by the person from here, and from the webmail. */
const WANTED = ["all-delivered", "overdue", "refused", "four-fates", "forged-receipt", "webmail"];
/** By their addresses: Thunderbird 140 tells the names of these folders in its own language. */
const INBOX = "mailbox://nobody@Local%20Folders/Inbox";
const SENT = `mailbox://nobody@Local%20Folders/${SENT_FOLDER}`;
const ORDERED = "Ricevute PEC";
const OTHER_TAG = "$label1";

const series = demoSeries(Date.now()).filter(({ id }) => WANTED.includes(id));
const folders = {
  [DEMO_FOLDER]: toMbox(
    demoMessages()
      .slice(0, 1)
      .map(({ bytes }) => bytes),
  ),
  [SENT_FOLDER]: toMbox(series.flatMap(({ copy }) => copy ?? [])),
  Inbox: toMbox(series.flatMap(({ receipts }) => receipts.map(({ bytes }) => bytes))),
};
const TWIN_SUBJECT = "Altre parole";
/** With the Message-ID of what was sent and delivered. */
const twin = Buffer.from(
  [
    "From: chiara.montaldi@pec.avvocati-esempio.test",
    "To: chiara.montaldi@pec.avvocati-esempio.test",
    `Message-ID: <${series.find(({ id }) => id === "all-delivered")?.messageId ?? ""}>`,
    "Date: Thu, 26 Nov 2026 10:00:00 +0100",
    `Subject: ${TWIN_SUBJECT}`,
    "",
    "Testo",
    "",
  ].join("\r\n"),
);
const subjectOf = (id: string): string => series.find((each) => each.id === id)?.subject ?? "";

/** As if the add-on had been there for a week, and everything in the mailbox came in just now. */
async function collectAnew(thunderbird: Thunderbird, id = ID): Promise<void> {
  await walkEnded(thunderbird, id);
  // What follows the walk may still be under way, and would find the new receipts by the time that it read before.
  await thunderbird.stopBackground(id);
  await inOptions(
    thunderbird,
    id,
    `const database = await new Promise((resolve, reject) => {
       const request = indexedDB.open("sigillo-pec");
       request.onsuccess = () => resolve(request.result);
       request.onerror = () => reject(request.error);
     });
     const names = ["entries", "senders", "unverified", "seen", "problems", "ledgerTimes"];
     const transaction = database.transaction(names, "readwrite");
     for (const name of names) transaction.objectStore(name).clear();
     transaction.objectStore("ledgerTimes").put(args[0], "began");
     await new Promise((resolve) => (transaction.oncomplete = resolve));
     database.close();
     await messenger.runtime.sendMessage({ type: "ledger", request: { name: "start-walk" } });`,
    [Date.now() - 7 * DAY],
  );
  await walkEnded(thunderbird, id);
}

async function inOptions<T>(
  thunderbird: Thunderbird,
  id: string,
  body: string,
  parameters: readonly unknown[] = [],
): Promise<T> {
  if ((await thunderbird.options(id)) === null) await thunderbird.openOptions(id);
  return thunderbird.runInPage<T>(id, "options", body, parameters);
}

async function walkEnded(thunderbird: Thunderbird, id: string): Promise<void> {
  await waitFor("the end of the walk", HANG_MS, async () => {
    const walk = await inOptions<WalkReport>(
      thunderbird,
      id,
      `const { overview } = await messenger.runtime.sendMessage({ type: "ledger", request: { name: "overview" } });
       return overview.walk;`,
    );
    return walk.state === "ended" ? true : null;
  });
}

/** Waits until a question has that answer; says the last one otherwise. */
async function eventually<T>(ask: () => Promise<T>, expected: T): Promise<void> {
  let last: T | null = null;
  let why: unknown = "it is something else";
  await waitFor("what is expected", HANG_MS, async () => {
    last = await ask();
    return JSON.stringify(last) === JSON.stringify(expected) ? true : null;
  }).catch((error: unknown) => (why = error));
  expect(last, String(why)).toEqual(expected);
}

/** Subject → its tags, of ours and of the person. */
async function tags(thunderbird: Thunderbird): Promise<Readonly<Record<string, readonly string[]>>> {
  const found = await thunderbird.run<readonly (readonly [string, string])[]>(
    `return (await messagesOf(args[0])).map((each) => [each.mime2DecodedSubject, each.getStringProperty("keywords")]);`,
    SENT,
  );
  const isTag = (word: string): boolean => word.startsWith("sigillo") || word === OTHER_TAG;
  return Object.fromEntries(found.map(([subject, words]) => [subject, words.split(" ").filter(isTag).sort()]));
}

function ourTagNames(thunderbird: Thunderbird): Promise<readonly string[]> {
  return thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     return MailServices.tags.getAllTags().filter(({ key }) => key.startsWith("sigillo")).map(({ tag }) => tag).sort();`,
  );
}

/** How many messages a folder of Local Folders has; `null`: there is no such folder. */
function countOf(thunderbird: Thunderbird, folder: string): Promise<number | null> {
  return thunderbird.run(`return folderNamed(args[0])?.getTotalMessages(false) ?? null;`, folder);
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("what became of sent messages is told once, counted on the button, and shown in the list", async () => {
    const given = { ...folders, Inbox: Buffer.concat([folders.Inbox, toMbox([twin])]) };
    await inThunderbird({ installation, flavours: [FLAVOUR], folders: given }, async (thunderbird) => {
      await catchNotices(thunderbird);
      await collectAnew(thunderbird);
      const told = async () => (await caughtNotices(thunderbird)).map(({ title }) => title).sort();
      // That nothing came within 24 hours is said by the clock alone: new mail has time to come first.
      const expected = ["PEC in ritardo", "PEC non accettata", "PEC non consegnata"];
      await eventually(told, expected);
      const refused = (await caughtNotices(thunderbird)).find(({ title }) => title === "PEC non accettata");
      expect(refused?.text).toBe(`«${subjectOf("refused")}» non è partita: il gestore non l'ha accettata.`);
      await eventually(
        () => spaceButtons(thunderbird, ID),
        [{ title: "PEC inviate, problemi da vedere: 3", badge: "3" }],
      );

      await thunderbird.closeMessage("tab");
      await thunderbird.showFolder(SENT);
      await eventually(
        () => outcomeCells(thunderbird, ID).then((cells) => Object.entries(cells).sort()),
        Object.entries({
          [subjectOf("all-delivered")]: "✓ 3 di 3 consegnati",
          [subjectOf("overdue")]: "! senza esito dopo 24 ore",
          [subjectOf("refused")]: "✕ non accettata",
          [subjectOf("four-fates")]: "✕ 1 di 3 consegnati, 1 non consegnato",
          [subjectOf("forged-receipt")]: "… in attesa di consegna",
        }).sort(),
      );

      // Sorted by what needs a look, not by the words.
      const inOrder = async (order: "ascending" | "descending") =>
        (await outcomesInOrder(thunderbird, ID, order)).map((cell) => cell.slice(0, 1));
      expect(await inOrder("ascending")).toEqual(["✓", "…", "!", "✕", "✕"]);
      expect(await inOrder("descending")).toEqual(["✕", "✕", "!", "…", "✓"]);

      // A mail from somebody who knows the Message-ID has no part in it.
      await thunderbird.showFolder(INBOX);
      expect((await outcomeCells(thunderbird, ID))[TWIN_SUBJECT]).toBe("");
      await thunderbird.showFolder(SENT);

      // A click shows the sent message.
      await clickNotice(thunderbird, "PEC non accettata");
      await eventually(
        () =>
          thunderbird.run<string>(
            `return shownMessage("tab")?.mime2DecodedSubject ?? shownMessage("window")?.mime2DecodedSubject ?? "";`,
          ),
        subjectOf("refused"),
      );
      await thunderbird.closeMessage("tab");

      // A restart of the add-on tells nobody anything again, and makes no second button.
      await thunderbird.installAddon(builtAddon(FLAVOUR));
      await eventually(
        () => spaceButtons(thunderbird, ID),
        [{ title: "PEC inviate, problemi da vedere: 3", badge: "3" }],
      );
      await eventually(
        async () => (await outcomeCells(thunderbird, ID))[subjectOf("refused")] ?? "",
        "✕ non accettata",
      );
      expect(await told()).toEqual(expected);
    });
  });

  test.each<Flavour>(["demo", "demo-store"])(
    "%s: tags are there while they are switched on, and leave no trace",
    async (flavour) => {
      const id = addonId(flavour);
      await inThunderbird({ installation, flavours: [flavour], folders }, async (thunderbird) => {
        // Without Experiments a folder is seen once it was opened.
        if (!hasExperiments(flavour)) await thunderbird.showFolder(INBOX);
        await thunderbird.showFolder(SENT);
        await thunderbird.run(
          `const [header] = await messagesOf(args[0]);
         header.folder.addKeywordsToMessages([header], args[1]);`,
          SENT,
          OTHER_TAG,
        );
        const before = await tags(thunderbird);
        await collectAnew(thunderbird, id);
        expect(await tags(thunderbird)).toEqual(before);
        expect(await ourTagNames(thunderbird)).toEqual([]);

        await thunderbird.press(id, "options", '[data-at="work tags"]');
        await thunderbird.answerPermissionQuestion(true);
        const withOurs: [string, string][] = [
          ["all-delivered", "delivered"],
          ["overdue", "late"],
          ["refused", "not-delivered"],
          ["four-fates", "not-delivered"],
          ["forged-receipt", "accepted"],
        ];
        const expected = Object.fromEntries(
          withOurs.map(([id, tag]) => [subjectOf(id), [...(before[subjectOf(id)] ?? []), `sigillo-pec-${tag}`].sort()]),
        );
        await eventually(async () => Object.entries(await tags(thunderbird)).sort(), Object.entries(expected).sort());
        expect(await ourTagNames(thunderbird)).toEqual([
          "PEC accettata",
          "PEC consegnata",
          "PEC in ritardo",
          "PEC non consegnata",
        ]);

        await eventually(
          () => inOptions<boolean>(thunderbird, id, `return document.querySelector('[data-at="work tags"]').checked;`),
          true,
        );
        await thunderbird.click(id, "options", '[data-at="work tags"]');
        await eventually(() => ourTagNames(thunderbird), []);
        expect(await tags(thunderbird)).toEqual(before);
      });
    },
  );

  test("linked receipts leave the inbox and come back, and nothing else moves", async () => {
    await inThunderbird({ installation, flavours: [FLAVOUR], folders }, async (thunderbird) => {
      await collectAnew(thunderbird);
      const all = series.flatMap(({ receipts }) => receipts).length;
      const staying = series.flatMap(({ receipts, copy }) =>
        receipts.filter(({ kind }) => copy === null || kind === "forged-delivery"),
      ).length;
      const counts = async () => [await countOf(thunderbird, INBOX), await countOf(thunderbird, ORDERED)];
      expect(await counts()).toEqual([all, null]);
      const rows = await ledgerRows(thunderbird, ID);
      await thunderbird.press(ID, "options", '[data-at="work order"]');
      await thunderbird.press(ID, "options", '[data-at="yes work order"]');
      await thunderbird.answerPermissionQuestion(true);
      await eventually(counts, [staying, all - staying]);
      await eventually(
        () => inOptions<boolean>(thunderbird, ID, `return document.querySelector('[data-at="work order"]').checked;`),
        true,
      );
      // Wherever receipts lie, the ledger is the same.
      expect(await ledgerRows(thunderbird, ID)).toEqual(rows);
      await thunderbird.click(ID, "options", '[data-at="work order"]');
      await eventually(counts, [all, 0]);
      expect(await ledgerRows(thunderbird, ID)).toEqual(rows);
    });
  });
});
