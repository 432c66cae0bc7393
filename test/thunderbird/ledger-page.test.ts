import { describe, expect, test } from "vitest";
import { HANG_MS, waitFor, waitForAnswer } from "../lab/deadline.ts";
import { demoFolders } from "../lab/demo-mailbox.ts";
import { addonId, type Flavour, hasExperiments } from "../lab/flavours.ts";
import { answerSaveDialog } from "../lab/save-dialog.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { demoSeries } from "../provider/demo-series.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

/** Asks the page until it says so. */
async function until(thunderbird: Thunderbird, id: string, what: string, question: string): Promise<void> {
  await waitFor(what, HANG_MS, async () => {
    // While the page is being opened there is nobody to answer.
    const answer = await thunderbird.runInPage<boolean>(id, "ledger", question).catch(() => false);
    return answer ? true : null;
  }).catch(async (error: unknown) => {
    const shown = await thunderbird.settledLedger(id).catch((other: unknown) => ({ data: {}, text: String(other) }));
    throw new Error(`${what} did not come; the page says ${JSON.stringify(shown).slice(0, 2_000)}`, { cause: error });
  });
}

/** Subject and word of each row that is drawn. */
function rows(thunderbird: Thunderbird, id: string): Promise<Readonly<Record<string, string>>> {
  return thunderbird.runInPage(
    id,
    "ledger",
    `const text = (row, selector) => row.querySelector(selector).textContent;
     return Object.fromEntries([...document.querySelectorAll(".row")].map((row) => [text(row, ".subject"), text(row, ".word")]));`,
  );
}

function press(thunderbird: Thunderbird, id: string, key: string): Promise<void> {
  return thunderbird.runInPage(
    id,
    "ledger",
    `const grid = document.querySelector(".grid");
     grid.focus();
     grid.dispatchEvent(new KeyboardEvent("keydown", { key: args[0], bubbles: true, cancelable: true }));`,
    [key],
  );
}

function fillIn(thunderbird: Thunderbird, id: string, selector: string, value: string): Promise<void> {
  return thunderbird.runInPage(
    id,
    "ledger",
    `const field = document.querySelector(args[0]);
     field.value = args[1];
     field.dispatchEvent(new Event(field.localName === "select" ? "change" : "input"));`,
    [selector, value],
  );
}

/** The button of the page in the spaces toolbar, as a person presses it. */
function pressSpacesButton(thunderbird: Thunderbird): Promise<void> {
  return thunderbird.run(
    `const button = await waitFor("the button", () => {
       const found = mainWindow().document.querySelector("#spacesToolbar .spaces-addon-button");
       return found && isVisible(found) ? found : null;
     });
     button.click();`,
  );
}

/** Changes what the ledger keeps, as receipts that come in do, and tells the pages. */
function changeSubject(thunderbird: Thunderbird, id: string, part: string, subject: string): Promise<void> {
  return thunderbird
    .runInPage(
      id,
      "ledger",
      `const settled = (request) => new Promise((resolve, reject) => {
       request.onsuccess = () => resolve(request.result);
       request.onerror = () => reject(request.error);
     });
     const database = await settled(indexedDB.open("sigillo-pec"));
     const entries = database.transaction("entries", "readwrite").objectStore("entries");
     const [keys, values] = await Promise.all([settled(entries.getAllKeys()), settled(entries.getAll())]);
     for (const [at, value] of values.entries()) {
       const { receipts } = value.entry;
       if (!receipts.some((receipt) => receipt.subject?.includes(args[0]))) continue;
       const changed = receipts.map((receipt) => ({ ...receipt, subject: args[1] }));
       await settled(entries.put({ ...value, entry: { ...value.entry, receipts: changed } }, keys[at]));
     }
     database.close();`,
      [part, subject],
    )
    .then(() =>
      thunderbird.runInPage(id, "background", `await messenger.runtime.sendMessage({ type: "ledger-changed" });`),
    );
}

/** Presses the button that saves the rows shown, answers the dialog, and gives what stands in the file. */
async function savedTable(thunderbird: Thunderbird, id: string): Promise<string> {
  const saved = await answerSaveDialog(thunderbird, "table-by-test");
  await thunderbird.click(id, "ledger", "[data-at=save-table]");
  await until(
    thunderbird,
    id,
    "the table to be saved",
    `return document.querySelector(".notice")?.textContent.includes("salvata") ?? false;`,
  );
  return saved();
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test.each<Flavour>(["demo", "demo-store"])(
    "%s: the page with all sent PEC fills by itself, filters, opens details and what they speak of, by keyboard too",
    async (flavour) => {
      const now = Date.now();
      const folders = demoFolders(now);
      const series = demoSeries(now);
      const assembly = series.find(({ id }) => id === "forty-recipients");
      await inThunderbird({ installation, flavours: [flavour], folders }, async (thunderbird) => {
        const id = addonId(flavour);
        await pressSpacesButton(thunderbird);
        await thunderbird.settledLedger(id);
        await until(thunderbird, id, "the walk", `return document.querySelector('[data-walk="ended"]') !== null;`);
        if (!hasExperiments(flavour)) {
          // Thunderbird lists a mailbox file for add-ons only after it was opened once: the page says what it could not read.
          expect((await thunderbird.settledLedger(id)).text).toContain("Non leggibili: ");
          await thunderbird.run(`mainWindow().document.getElementById("tabmail").switchToTab(0);`);
          for (const folder of Object.keys(folders)) await thunderbird.showFolder(folder);
          await pressSpacesButton(thunderbird);
          await until(
            thunderbird,
            id,
            "every folder",
            `return !document.querySelector("[data-walk]").textContent.includes("Non leggibili");`,
          );
        }
        const count = `Number(document.querySelector(".grid")?.getAttribute("aria-rowcount")) - 1`;
        await until(thunderbird, id, "every sent message", `return ${count} >= ${String(series.length)};`);
        const subject = (name: string): string => series.find((each) => each.id === name)?.subject ?? name;
        // Several receipts make one row, and what they say comes one after the other.
        await expect
          .poll(() => rows(thunderbird, id), { timeout: HANG_MS })
          .toMatchObject({
            [subject("all-delivered")]: "Consegnata",
            [subject("webmail")]: "Consegnata",
            // What happened before the add-on was there is told, and is no alarm.
            [subject("refused")]: "Non accettata",
            [subject("overdue")]: "Esito non trovato",
          });

        await fillIn(thunderbird, id, "#filter-text", "ASSEMBLEA straordinaria");
        expect(Object.keys(await rows(thunderbird, id))).toEqual([
          "Convocazione dell'assemblea straordinaria dei soci",
        ]);
        await press(thunderbird, id, "ArrowDown");
        await press(thunderbird, id, "Enter");
        await until(
          thunderbird,
          id,
          "the details",
          `return document.querySelectorAll(".details tbody tr").length === 40;`,
        );
        const { text } = await thunderbird.settledLedger(id);
        expect(text).toContain("socio07@pec.consorzio-esempio.test");
        expect(text).toContain("non consegnata");
        // What comes in meanwhile is shown, and leaves the open details and the filter as they are.
        await changeSubject(thunderbird, id, "assemblea straordinaria", "Assemblea straordinaria, altra data");
        await until(
          thunderbird,
          id,
          "the other subject",
          `return document.querySelector(".row .subject").textContent === "Assemblea straordinaria, altra data";`,
        );
        expect(Object.keys(await rows(thunderbird, id))).toHaveLength(1);
        expect(
          await thunderbird.runInPage(id, "ledger", `return document.querySelectorAll(".details tbody tr").length;`),
        ).toBe(40);
        const table = await savedTable(thunderbird, id);
        const [head, ...lines] = table.trimEnd().split("\r\n");
        expect(head).toMatch(/^"Stato";"Destinatario";/);
        expect(lines).toHaveLength(40);
        expect(lines.filter((line) => line.startsWith('"consegnata";'))).toHaveLength(36);
        expect(lines.find((line) => line.includes("socio07@pec.consorzio-esempio.test"))).toMatch(/^"non consegnata";/);
        await thunderbird.press(id, "ledger", "[data-at=mark-read]");
        await thunderbird.answerPermissionQuestion(true);
        const outcome = await waitForAnswer(
          "how many were marked",
          () => thunderbird.settledLedger(id),
          // What was said of the table may be there still.
          ({ text }) => text.includes("Ricevute segnate come lette"),
        );
        expect(outcome.text).toContain(`Ricevute segnate come lette: ${String(assembly?.receipts.length)}.`);
        await press(thunderbird, id, "Escape");
        await until(thunderbird, id, "the details to close", `return document.querySelector(".details") === null;`);

        await thunderbird.click(id, "ledger", "[data-at=clear-filter]");
        expect(Object.keys(await rows(thunderbird, id)).length).toBeGreaterThan(1);
        await thunderbird.click(id, "ledger", "[data-at=apart]");
        await until(
          thunderbird,
          id,
          "the receipts apart",
          `return document.querySelector(".apart tbody tr") !== null;`,
        );
        const apart = await thunderbird.settledLedger(id);
        expect(apart.text).toContain("Sigillo non verificato.");
        await thunderbird.click(id, "ledger", "[data-at=back]");

        await fillIn(thunderbird, id, "#filter-text", "altra data");
        await press(thunderbird, id, "ArrowDown");
        await press(thunderbird, id, "Enter");
        await until(
          thunderbird,
          id,
          "the details",
          `return document.querySelector("[data-at=sent_open_message]") !== null;`,
        );
        await thunderbird.click(id, "ledger", "[data-at=sent_open_message]");
        await waitFor("the sent message", HANG_MS, async () => {
          const subject = await thunderbird.run<string | null>(
            `return shownMessage("tab")?.mime2DecodedSubject ?? null;`,
          );
          return subject === "Convocazione dell'assemblea straordinaria dei soci" ? true : null;
        });
        if (hasExperiments(flavour)) return;
        // Where there is no pane, the popup of the sent message says the same.
        await thunderbird.openPopup(id);
        await waitForAnswer(
          "the fate in the popup",
          () => thunderbird.settledPopup(id),
          ({ data, text }) => data["sent"] === "sent-copy" && text.includes("36 di 39 consegnati"),
        );
      });
    },
  );
});
