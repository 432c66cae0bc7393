// Many messages at once, as a person checks them: a folder, the selection, files from disk; the files that are saved of it. And who signed
// an attachment.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId, type Flavour } from "../lab/flavours.ts";
import { answerSaveDialog } from "../lab/save-dialog.ts";
import type { PageView, Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { caseNamed } from "../provider/all-cases.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { inSharedThunderbird, mainInstallations } from "./in-thunderbird.ts";

const FLAVOUR: Flavour = "demo";
const ended = (thunderbird: Thunderbird, id: string): Promise<PageView> =>
  waitFor("the check to end", HANG_MS, async () => {
    const view = await thunderbird.batch(id);
    return view.data["state"] === "ended" ? view : null;
  });

/** Word of each row that is drawn, by its subject. */
const words = (thunderbird: Thunderbird, id: string): Promise<readonly (readonly [string, string])[]> =>
  thunderbird.runInPage(
    id,
    "batch",
    `return [...document.querySelectorAll(".row")].map((row) => [row.querySelector(".place").textContent, row.dataset.word]);`,
  );

const shownSubject = (thunderbird: Thunderbird): Promise<string | null> =>
  thunderbird.run<string | null>(`return shownMessage("tab")?.mime2DecodedSubject ?? null;`);

describe.each(mainInstallations())("Thunderbird $series: many messages", (installation) => {
  test("a folder, the selection and files are checked, and what was found is saved", async () => {
    await inSharedThunderbird({ installation, flavours: [FLAVOUR] }, async (thunderbird) => {
      const id = addonId(FLAVOUR);
      const demo = demoMessages();
      const lookCount = (look: string): number => demo.filter(({ expected }) => expected.look === look).length;
      await thunderbird.openBatch(id);
      await thunderbird.checkFolder(id, DEMO_FOLDER);
      const { data, text } = await ended(thunderbird, id);
      expect({ how: data["how"], rows: data["rows"] }).toEqual({ how: "finished", rows: String(demo.length) });
      expect(text).toContain(`Verifica terminata. Messaggi: ${String(demo.length)}.`);
      const counts = await thunderbird.runInPage<Record<string, number>>(
        id,
        "batch",
        `return Object.fromEntries([...document.querySelectorAll(".counter")].map((each) =>
           [each.dataset.at.slice(6), Number(each.querySelector(".count").textContent)]));`,
      );
      for (const look of ["sealed", "sealed-with-remarks", "cannot-be-verified", "not-valid", "none"]) {
        expect([look, counts[look] ?? 0]).toEqual([look, lookCount(look)]);
      }

      await thunderbird.click(id, "batch", '[data-at="count not-valid"]');
      expect((await words(thunderbird, id)).every(([, word]) => word === "not-valid")).toBe(true);
      const readTable = await answerSaveDialog(thunderbird, "verifica.csv");
      await thunderbird.click(id, "batch", "[data-at=save-table]");
      await waitFor("the table to be saved", HANG_MS, async () =>
        (await thunderbird.batch(id)).text.includes("Salvato.") ? true : null,
      );
      const [head, ...lines] = (await readTable()).trimEnd().split("\r\n");
      expect(head).toMatch(/"Esito";"Motivo";"Tipo"/);
      expect(lines).toHaveLength(lookCount("not-valid"));

      // Two files: one message, and three of an mbox file of which one was altered.
      const [intact, ordinary] = [caseNamed("envelope").bytes, caseNamed("ordinary-mail").bytes];
      const altered = caseNamed("body-altered-by-one-byte").bytes;
      await thunderbird.click(id, "batch", "[data-at=again]");
      await thunderbird.chooseFiles(id, "batch", "files", {
        "busta.eml": intact,
        archivio: toMbox([intact, altered, ordinary]),
      });
      expect((await ended(thunderbird, id)).data["how"]).toBe("finished");
      expect(await words(thunderbird, id)).toEqual([
        ["busta.eml", "sealed"],
        ["archivio, n. 1", "sealed"],
        ["archivio, n. 2", "not-valid"],
        ["archivio, n. 3", "none"],
      ]);
      const readReport = await answerSaveDialog(thunderbird, "verifica.html");
      await thunderbird.click(id, "batch", "[data-at=save-report]");
      await waitFor("the report to be saved", HANG_MS, async () =>
        (await thunderbird.batch(id)).text.includes("Salvato.") ? true : null,
      );
      const report = await readReport();
      expect(report).toContain("Verifica dei messaggi (4)");
      expect(report.match(/<tr>/g)?.length).toBeGreaterThan(4);

      // The second message of the mbox file is opened as it lies there.
      await thunderbird.click(id, "batch", ".row.not-valid");
      await thunderbird.click(id, "batch", '[data-at="open 3"]');
      await waitFor("the message from the file", HANG_MS, async () =>
        (await shownSubject(thunderbird))?.startsWith("POSTA CERTIFICATA") === true ? true : null,
      );
      expect((await thunderbird.settledPane(id)).data["look"]).toBe("not-valid");
      await thunderbird.closeMessage("tab");

      // What is selected in the message list.
      await thunderbird.run(
        `const tabmail = mainWindow().document.getElementById("tabmail");
         tabmail.switchToTab(0);
         tabmail.currentAbout3Pane.threadTree.selectedIndices = [0, 1, 2];
         await waitFor("the selection", () => tabmail.currentAbout3Pane.gDBView.getSelectedMsgHdrs().length === 3);
         tabmail.switchToTab(1);`,
      );
      await thunderbird.click(id, "batch", "[data-at=again]");
      await waitFor("the selection to be known", HANG_MS, async () =>
        (await thunderbird.batch(id)).text.includes("Verifica la selezione (3)") ? true : null,
      );
      await thunderbird.click(id, "batch", "[data-at=start-selection]");
      expect((await ended(thunderbird, id)).data["rows"]).toBe("3");
    });
  });

  test("the store package checks a folder too, from the link on its options page", async () => {
    const flavour: Flavour = "demo-store";
    await inSharedThunderbird({ installation, flavours: [flavour] }, async (thunderbird) => {
      const id = addonId(flavour);
      await thunderbird.openOptions(id);
      await thunderbird.click(id, "options", "a.to-batch");
      await thunderbird.settledBatch(id);
      await thunderbird.checkFolder(id, DEMO_FOLDER);
      const { data } = await ended(thunderbird, id);
      expect({ how: data["how"], rows: data["rows"] }).toEqual({
        how: "finished",
        rows: String(demoMessages().length),
      });
    });
  });

  test("who signed an attachment is shown apart from the seal, and the document inside is saved", async () => {
    await inSharedThunderbird({ installation, flavours: [FLAVOUR] }, async (thunderbird) => {
      const id = addonId(FLAVOUR);
      await thunderbird.selectMessage(
        DEMO_FOLDER,
        demoMessages().findIndex((each) => each.id === "signed-attachments"),
      );
      await thunderbird.settledPane(id);
      await thunderbird.click(id, "pane", "button[aria-controls=details]");
      const answer = async (question: string): Promise<string> => {
        await thunderbird.click(id, "pane", `[data-question="${question}"]`);
        return waitFor("the answer", HANG_MS, () =>
          thunderbird.runInPage<string | null>(
            id,
            "pane",
            `return document.querySelector('[data-answer="' + args[0] + '"]')?.innerText ?? null;`,
            [question],
          ),
        );
      };
      const once = await answer("signature 1");
      expect(once).toContain("Firma digitale del file: non è il sigillo PEC");
      expect(once).toContain("Integra");
      expect(once).toContain("Piero Ferraris");
      expect(once).toContain("Contenuto: contratto.pdf");
      const [fingerprint] = /[0-9a-f]{64}/.exec(once) ?? [];
      const twice = await answer("signature 2");
      expect(twice).toContain("Firma 2 di 2");
      expect(twice).toContain("Contenuto: contratto-due-firme.pdf");
      expect(twice).toContain(fingerprint);
      expect(await answer("signature 3")).toContain("Non integra");
      expect((await thunderbird.settledPane(id)).data["look"]).toBe("sealed");
      expect(await answer("sha256 1")).toMatch(/[0-9a-f]{64}/);

      const read = await answerSaveDialog(thunderbird, "contratto.pdf");
      await thunderbird.click(id, "pane", '[data-answer="signature 1"] [data-action=save-signed-content]');
      await waitFor("the content to be saved", HANG_MS, async () =>
        (await thunderbird.pane(id))?.text.includes("Salvato") === true ? true : null,
      );
      expect(
        createHash("sha256")
          .update(Buffer.from(await read(), "utf8"))
          .digest("hex"),
      ).toBe(fingerprint);
    });
  });
});
