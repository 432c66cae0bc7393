// One message from the compose window to everything that tells of its fate, over real servers and without a click but opening.
import { describe, expect, test } from "vitest";
import { sendFromComposeWindow } from "../lab/compose-window.ts";
import { waitFor } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import { walkEnded } from "../lab/ledger-questions.ts";
import { addMailAccount, fetchUntil } from "../lab/mail-account.ts";
import { startPecService } from "../lab/pec-service.ts";
import { catchNotices, caughtNotices, outcomeCells, spaceButtons } from "../lab/shown-outside.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { FATES } from "../provider/answering-provider.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { DAY, HOUR } from "../provider/local-time.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const ADDRESS = "chiara.montaldi@pec.avvocati-esempio.test";
const DELIVERED = "amministrazione@pec.edilnova-costruzioni.test";
const FULL = "studio.ferri@pec.foro-esempio.test";
const ORDINARY = "ivo.talpa@studio-perizie.example";
const LATE = "protocollo@pec.comune-inventato.test";
const SUBJECT = "Diffida ad adempiere: cantiere di via Verdi";
const LIMIT_MS = 60_000;

const folders = {
  [DEMO_FOLDER]: toMbox(
    demoMessages()
      .slice(0, 1)
      .map(({ bytes }) => bytes),
  ),
};

async function until<T>(what: string, ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  return waitFor(what, LIMIT_MS, async () => {
    const answer = await ask();
    return holds(answer) ? answer : null;
  });
}

/** As if the add-on had been there for a week: what is certified thirteen hours ago is news. */
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
     database.close();`,
    [Date.now() - 7 * DAY],
  );
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("what is sent from the compose window tells its fate in notices, list, pane and ledger page", async () => {
    const service = await startPecService({
      users: [{ address: ADDRESS, password: "una password, con spazi" }],
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
        const account = await addMailAccount(thunderbird, service, {
          type: "imap",
          address: ADDRESS,
          name: "Chiara Montaldi",
        });
        const mail = {
          to: [DELIVERED, FULL, ORDINARY],
          cc: [LATE],
          subject: SUBJECT,
          body: "Si diffida ad adempiere.",
        };
        await sendFromComposeWindow(thunderbird, account, mail);
        await fetchUntil(thunderbird, account, 4);

        const notices = await until(
          "both notices",
          () => caughtNotices(thunderbird),
          ({ length }) => length >= 2,
        );
        expect(notices.map(({ title }) => title).sort()).toEqual(["PEC in ritardo", "PEC non consegnata"]);
        for (const { text } of notices) expect(text).toContain(SUBJECT);
        const [button] = await until(
          "the button to count",
          () => spaceButtons(thunderbird, ID),
          ([first]) => first?.badge === "2",
        );
        expect(button?.title).toBe("PEC inviate: problemi da vedere: 2");

        await thunderbird.closeMessage("tab");
        await thunderbird.showFolder(account.sent);
        const cells = await until(
          "the cell in the list",
          () => outcomeCells(thunderbird, ID),
          (all) => (all[SUBJECT] ?? "") !== "",
        );
        expect(cells[SUBJECT]).toBe("✕ 1 di 3 consegnati, 1 non consegnato");

        await thunderbird.selectMessage(account.sent, 0);
        const pane = await until(
          "the pane",
          () => thunderbird.pane(ID),
          (view) => view !== null && view.text.includes("1 di 3"),
        );
        expect(pane?.text).toContain("1 di 3 consegnati · 1 non consegnato · 1 in ritardo");
        expect((await thunderbird.settledButton(ID, "sent-problem")).label).toBe("Da controllare");

        await thunderbird.openLedger(ID);
        const row = await until(
          "the row of the ledger page",
          () =>
            thunderbird
              .runInPage<string>(ID, "ledger", `return document.querySelector(".row")?.textContent ?? "";`)
              .catch(() => ""),
          (text) => text.includes(SUBJECT),
        );
        expect(row).toContain("Non consegnata");
      });
    } finally {
      await service.stop();
    }
  });
});
