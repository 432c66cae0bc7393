// One message from the compose window to everything that tells of its fate, over real servers and without a click but opening.
import { describe, expect, test } from "vitest";
import { sendFromComposeWindow } from "../lab/compose-window.ts";
import { waitForAnswer } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import { walkEnded } from "../lab/ledger-questions.ts";
import { addMailAccount, fetchUntil, type MailAccount, removeMailAccount } from "../lab/mail-account.ts";
import { type PecService, startPecService } from "../lab/pec-service.ts";
import { catchNotices, caughtNotices, outcomeCells, spaceButtons } from "../lab/shown-outside.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { FATES } from "../provider/answering-provider.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { DAY, HOUR } from "../provider/local-time.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const ADDRESSES = [
  ["imap", "chiara.montaldi@pec.avvocati-esempio.test"],
  ["pop3", "segreteria@pec.avvocati-esempio.test"],
] as const;
const DELIVERED = "amministrazione@pec.edilnova-costruzioni.test";
const FULL = "studio.ferri@pec.foro-esempio.test";
const ORDINARY = "ivo.talpa@studio-perizie.example";
const LATE = "protocollo@pec.comune-inventato.test";
const subjectOf = (type: string): string => `Diffida ad adempiere, via ${type}: cantiere di via Verdi`;
const folders = {
  [DEMO_FOLDER]: toMbox(
    demoMessages()
      .slice(0, 1)
      .map(({ bytes }) => bytes),
  ),
};

/**
 * As if the add-on had been there for a week, so that what is certified thirteen hours ago is news, and the person had said of the
 * addresses that they are PEC: no provider has those of tests.
 */
async function installedAWeekAgo(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.runInPage(
    ID,
    "options",
    `const database = await new Promise((resolve, reject) => {
       const request = indexedDB.open("sigillo-pec");
       request.onsuccess = () => resolve(request.result);
       request.onerror = () => reject(request.error);
     });
     const transaction = database.transaction("ledgerTimes", "readwrite");
     transaction.objectStore("ledgerTimes").put(args[0], "began");
     await new Promise((resolve) => (transaction.oncomplete = resolve));
     database.close();
     const said = { isPec: true, receiptKind: null, isQuiet: false };
     await messenger.storage.local.set({ sendingChoices: args[1].map((address) => ({ address, ...said })) });`,
    [Date.now() - 7 * DAY, ADDRESSES.map(([, address]) => address)],
  );
  // What it had read of the settings is as it was before.
  await thunderbird.stopBackground(ID);
}

/** @param before problems that were there already */
async function tell(
  thunderbird: Thunderbird,
  service: PecService,
  [type, address]: (typeof ADDRESSES)[number],
  before: number,
): Promise<MailAccount> {
  const subject = subjectOf(type);
  const account = await addMailAccount(thunderbird, service, { type, address, name: "Chiara Montaldi" });
  await sendFromComposeWindow(thunderbird, account, {
    to: [DELIVERED, FULL, ORDINARY],
    cc: [LATE],
    subject,
    body: "Si diffida ad adempiere.",
  });
  // Before the first receipt that ever came for this mailbox.
  await thunderbird.closeMessage("tab");
  await thunderbird.showFolder(account.sent);
  await thunderbird.selectMessage(account.sent, 0);
  await waitForAnswer(
    "the pane before the answers",
    () => thunderbird.pane(ID),
    (view) => view?.text.includes("Inviata a 4 destinatari · in attesa dell'accettazione") === true,
  );
  const work = service.handled.at(-1);
  if (work === undefined) throw new Error("Nothing was handed in");
  await service.deliver(work);
  await fetchUntil(thunderbird, account, 4);

  const ofThis = async () => (await caughtNotices(thunderbird)).filter(({ text }) => text.includes(subject));
  const notices = await waitForAnswer("both notices", ofThis, ({ length }) => length >= 2);
  expect(notices.map(({ title }) => title).sort()).toEqual(["PEC in ritardo", "PEC non consegnata"]);
  const problems = String(before + 2);
  const [button] = await waitForAnswer(
    "the button to count",
    () => spaceButtons(thunderbird, ID),
    ([first]) => first?.badge === problems,
  );
  expect(button?.title).toBe(`PEC inviate, problemi da vedere: ${problems}`);

  const cells = await waitForAnswer(
    "the cell in the list",
    () => outcomeCells(thunderbird, ID),
    (all) => (all[subject] ?? "") !== "",
  );
  expect(cells[subject]).toBe("✕ 1 di 3 consegnati, 1 non consegnato");

  const pane = await waitForAnswer(
    "the pane",
    () => thunderbird.pane(ID),
    (view) => view !== null && view.text.includes("1 di 3"),
  );
  expect(pane?.text).toContain("1 di 3 consegnati · 1 non consegnato · 1 in ritardo");
  await thunderbird.settledButton(ID, { state: "sent-problem", label: "Da controllare" });
  return account;
}

/** Texts of the rows of the ledger page, which is open. */
function ledgerRowTexts(thunderbird: Thunderbird): Promise<readonly string[]> {
  return thunderbird
    .runInPage<readonly string[]>(
      ID,
      "ledger",
      `return [...document.querySelectorAll(".row")].map((row) => row.textContent);`,
    )
    .catch(() => []);
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("what is sent from the compose window, with IMAP or POP3, tells its fate in notices, list, pane and ledger page", async () => {
    const service = await startPecService({
      users: ADDRESSES.map(([, address]) => ({ address, password: "una password, con spazi" })),
      delivery: "by-hand",
      script: () => ({
        acceptedAt: Date.now() - 13 * HOUR,
        recipients: { [FULL]: FATES.mailboxFull, [ORDINARY]: FATES.ordinaryMail, [LATE]: FATES.late12 },
      }),
    });
    try {
      await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
        await thunderbird.openOptions(ID);
        await walkEnded(thunderbird, ID);
        await installedAWeekAgo(thunderbird);
        await catchNotices(thunderbird);
        const accounts: MailAccount[] = [];
        for (const each of ADDRESSES) accounts.push(await tell(thunderbird, service, each, accounts.length * 2));

        await thunderbird.openLedger(ID);
        const rows = await waitForAnswer(
          "the rows of the ledger page",
          () => ledgerRowTexts(thunderbird),
          (texts) => ADDRESSES.every(([type]) => texts.some((text) => text.includes(subjectOf(type)))),
        );
        for (const [type, address] of ADDRESSES) {
          const row = rows.find((text) => text.includes(subjectOf(type)));
          expect(row).toContain("Non consegnata");
          expect(row).toContain(address);
        }

        // Of an account that is removed the ledger asks before it forgets.
        const [kept, removed] = accounts;
        if (kept === undefined || removed === undefined) throw new Error("There are two accounts");
        await removeMailAccount(thunderbird, removed);
        const questions = async () =>
          (await caughtNotices(thunderbird)).filter(({ title }) => title === "PEC di un account tolto");
        const [asked] = await waitForAnswer("the question", questions, ({ length }) => length > 0);
        expect(asked?.text).toContain(removed.address);
        const isOffered = (address: string) =>
          thunderbird.runInPage<boolean>(
            ID,
            "ledger",
            `const details = document.querySelector("details.strangers");
             if (details) details.open = true;
             return document.querySelector('[data-at="forget ' + args[0] + '"]') !== null;`,
            [address],
          );
        await waitForAnswer(
          "the offer to forget",
          () => isOffered(removed.address),
          (isThere) => isThere,
        );
        expect(await isOffered(kept.address)).toBe(false);
        expect(await ledgerRowTexts(thunderbird)).toHaveLength(rows.length);
        await thunderbird.click(ID, "ledger", `[data-at="forget ${removed.address}"]`);
        await thunderbird.click(ID, "ledger", `[data-at="yes forget ${removed.address}"]`);
        const left = await waitForAnswer(
          "the rows to go",
          () => ledgerRowTexts(thunderbird),
          (texts) => texts.length === rows.length - 1,
        );
        expect(left.filter((text) => text.includes(removed.address))).toEqual([]);
        expect(left.filter((text) => text.includes(kept.address))).toHaveLength(1);
      });
    } finally {
      await service.stop();
    }
  });
});
