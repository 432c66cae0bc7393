// Proof that holds without Thunderbird: a bundle of evidence made by clicking, unpacked, and verified by following its own instructions;
// the sent message given back from its receipt; and messages that lie on a server, while it does not answer and when it does.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { extractOriginal } from "../../src/core/index.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { RECEIPTS_FOLDER, SENT_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import { addMailAccount, fetchUntil, keepHere, leaveMailOnServers, setOffline } from "../lab/mail-account.ts";
import { startPecService } from "../lab/pec-service.ts";
import { readZip, unpackZip } from "../lab/read-zip.ts";
import { answerSaveDialogWithPath, closeSaveDialog } from "../lab/save-dialog.ts";
import type { PageView, Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { caseNamed } from "../provider/all-cases.ts";
import { demoSeries } from "../provider/demo-series.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");

const series = demoSeries(Date.now()).filter(({ id }) => id === "late-then-delivered" || id === "webmail");
const [late] = series;
const folders = {
  [SENT_FOLDER]: toMbox(series.flatMap(({ copy }) => copy ?? [])),
  [RECEIPTS_FOLDER]: toMbox(series.flatMap(({ receipts }) => receipts.map(({ bytes }) => bytes))),
};

const evidenceWhen = (thunderbird: Thunderbird, saving: string): Promise<PageView> =>
  waitFor(`the bundle to be ${saving}`, HANG_MS, async () => {
    const view = await thunderbird.evidence(ID);
    return view?.data["saving"] === saving ? view : null;
  });

const ADDRESS = "chiara.montaldi@pec.avvocati-esempio.test";
const ON_SERVER = ["envelope", "body-altered-by-one-byte", "ordinary-mail"].map((name) => caseNamed(name).bytes);

const asTexts = (messages: readonly Uint8Array[]): readonly string[] =>
  messages.map((bytes) => Buffer.from(bytes).toString("latin1")).sort();

/** Messages of a server, of which one is kept here: checked and bundled while the server cannot be reached, and when it can. */
async function onServer(thunderbird: Thunderbird): Promise<void> {
  const service = await startPecService({ users: [{ address: ADDRESS, password: "una password" }] });
  try {
    for (const bytes of ON_SERVER) await service.mail.deliver(ADDRESS, bytes);
    await leaveMailOnServers(thunderbird);
    const account = await addMailAccount(thunderbird, service, { type: "imap", address: ADDRESS, name: "Chiara" });
    await fetchUntil(thunderbird, account, ON_SERVER.length);
    await keepHere(thunderbird, account.inbox, 0);
    await setOffline(thunderbird, true);
    await thunderbird.openBatch(ID);
    expect(await wordsOfInbox(thunderbird)).toEqual(["failed", "failed", "sealed"]);
    expect((await thunderbird.batch(ID)).text).toContain("Non verificati: 2");
    const some = await bundleOfShown(thunderbird, "senza-server.zip");
    expect(some.text).toContain("Messaggi mancanti: 2");
    expect(some.text).toContain("collegati al server e rifai il fascicolo");
    // Without the lines that Thunderbird writes before it where it keeps it.
    expect(some.messages).toEqual(asTexts(ON_SERVER.slice(0, 1)));

    await setOffline(thunderbird, false);
    await thunderbird.click(ID, "batch", "[data-at=again]");
    expect(await wordsOfInbox(thunderbird)).toEqual(["none", "not-valid", "sealed"]);
    const all = await bundleOfShown(thunderbird, "con-server.zip");
    expect(all.text).not.toContain("Messaggi mancanti");
    expect(all.messages).toEqual(asTexts(ON_SERVER));
  } finally {
    await service.stop();
  }
}

/** What is said of each message of the only inbox, in order of the words. */
async function wordsOfInbox(thunderbird: Thunderbird): Promise<readonly string[]> {
  await thunderbird.checkFolder(ID, "Posta in arrivo");
  await checkEnded(thunderbird);
  const words = `return [...document.querySelectorAll(".row")].map((row) => row.dataset.word);`;
  return [...(await thunderbird.runInPage<readonly string[]>(ID, "batch", words))].sort();
}

async function bundleOfShown(
  thunderbird: Thunderbird,
  name: string,
): Promise<{ readonly text: string; readonly messages: readonly string[] }> {
  const file = await answerSaveDialogWithPath(thunderbird, name);
  await thunderbird.click(ID, "batch", "[data-at=evidence]");
  const { text } = await evidenceWhen(thunderbird, "saved");
  const mails = readZip(readFileSync(file)).filter((entry) => entry.name.endsWith(".eml"));
  await thunderbird.closeMessage("tab");
  return { text, messages: asTexts(mails.map(({ bytes }) => bytes)) };
}

const checkEnded = (thunderbird: Thunderbird): Promise<true> =>
  waitFor("the check to end", HANG_MS, async () =>
    (await thunderbird.batch(ID)).data["state"] === "ended" ? true : null,
  );

const inLedger = (thunderbird: Thunderbird, what: string, question: string): Promise<true> =>
  waitFor(what, HANG_MS, async () => {
    const isSo = await thunderbird.runInPage<boolean>(ID, "ledger", `return ${question};`).catch(() => false);
    return isSo ? true : null;
  });

/** Commands of the report, run one after the other as a person copies them into a terminal: what each answers. */
function followed(folder: string): readonly { readonly command: string; readonly status: number | null }[] {
  const html = readFileSync(join(folder, "rapporto.html"), "utf8");
  return [...html.matchAll(/<pre class="command">\n([^<]*)<\/pre>/g)].map(([, text = ""]) => {
    const command = text.replaceAll("&amp;", "&");
    return { command, status: spawnSync("sh", ["-c", command], { cwd: folder }).status };
  });
}

describe.each(mainInstallations())("Thunderbird $series: evidence", (installation) => {
  test("of a sent message is saved as a bundle that its own instructions verify; of several too; the message is given back; of a server, what is not here is named", async () => {
    const { copy = null, receipts = [], subject } = late ?? {};
    if (copy === null) throw new Error("no series");
    const folder = mkdtempSync(join(tmpdir(), "sigillo-evidence-"));
    try {
      await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
        await thunderbird.showFolder(SENT_FOLDER);
        await thunderbird.selectMessage(SENT_FOLDER, 0);
        await waitFor("every receipt", HANG_MS, async () => {
          const view = await thunderbird.pane(ID);
          return view !== null && /[Cc]onsegnat/.test(view.text) && view.data["sent"] === "sent-copy" ? view : null;
        });
        const { data } = await thunderbird.settledPane(ID);
        if (data["expanded"] !== "true") await thunderbird.click(ID, "pane", "button[aria-controls=details]");
        await thunderbird.settledPane(ID, true);
        const file = await answerSaveDialogWithPath(thunderbird, "fascicolo.zip");
        await thunderbird.click(ID, "pane", "[data-action=open-evidence]");
        const saved = await evidenceWhen(thunderbird, "saved");
        expect(saved.text).toContain("Messaggi: 4");
        expect(saved.text).not.toContain("Messaggi mancanti");

        await unpackZip(readFileSync(file), folder);
        const commands = followed(folder);
        expect(commands.filter(({ status }) => status !== 0)).toEqual([]);
        expect(commands.filter(({ command }) => command.startsWith("openssl cms -verify"))).toHaveLength(3);
        const entries = readZip(readFileSync(file));
        const mails = entries.filter(({ name }) => name.startsWith("messages/"));
        expect(mails.map(({ bytes }) => bytes.toString("latin1"))).toEqual(
          [copy, ...receipts.map(({ bytes }) => bytes)].map((bytes) => Buffer.from(bytes).toString("latin1")),
        );
        await thunderbird.closeMessage("tab");

        // All that the ledger shows; what was sent from elsewhere has no copy here, which is said.
        await thunderbird.openLedger(ID);
        await inLedger(thunderbird, "both messages", `document.querySelectorAll(".row").length === 2`);
        await closeSaveDialog(thunderbird);
        await thunderbird.click(ID, "ledger", "[data-at=evidence-shown]");
        const open = await evidenceWhen(thunderbird, "cancelled");
        expect(open.text).toContain("Messaggi mancanti: 1");
        expect(open.text).toContain("può essere partito dalla webmail o da un altro computer");
        // A folder stands where the file is to be: all of it is written beside, and cannot take its place.
        const inTheWay = await answerSaveDialogWithPath(thunderbird, "Mail");
        await thunderbird.click(ID, "evidence", "[data-at=save]");
        const failed = await evidenceWhen(thunderbird, "failed");
        expect(failed.text).toContain("non è rimasto niente a metà");
        expect(readdirSync(dirname(inTheWay)).filter((name) => /^Mail.|[.]part$/.test(name))).toEqual([]);
        const list = `return (await messenger.downloads.search({ state: "interrupted" })).length;`;
        expect(await thunderbird.runInPage<number>(ID, "evidence", list)).toBe(0);
        const second = await answerSaveDialogWithPath(thunderbird, "due.zip");
        await thunderbird.click(ID, "evidence", "[data-at=save]");
        await evidenceWhen(thunderbird, "saved");
        expect(readZip(readFileSync(second)).filter(({ name }) => name.endsWith(".eml"))).toHaveLength(6);
        await thunderbird.closeMessage("tab");

        // Any messages, as they stand in the page for many: here all of a folder.
        await thunderbird.openBatch(ID);
        await thunderbird.checkFolder(ID, RECEIPTS_FOLDER);
        await checkEnded(thunderbird);
        const third = await answerSaveDialogWithPath(thunderbird, "cartella.zip");
        await thunderbird.click(ID, "batch", "[data-at=evidence]");
        await evidenceWhen(thunderbird, "saved");
        const inFolder = readZip(readFileSync(third)).filter(({ name }) => name.endsWith(".eml"));
        expect(inFolder).toHaveLength(series.flatMap((each) => each.receipts).length);
        await thunderbird.closeMessage("tab");
        await thunderbird.closeMessage("tab");

        // The message as it was delivered, from its receipt.
        await thunderbird.runInPage(
          ID,
          "ledger",
          `[...document.querySelectorAll(".row")].find((row) => row.textContent.includes("Istanza di accesso")).click();`,
        );
        await inLedger(thunderbird, "the details", `document.querySelector("[data-at=restore-save]") !== null`);
        const restored = await answerSaveDialogWithPath(thunderbird, "recuperato.eml");
        await thunderbird.click(ID, "ledger", "[data-at=restore-save]");
        await inLedger(
          thunderbird,
          "the message to be saved",
          `document.querySelector(".restore .notice")?.textContent === "Salvato."`,
        );
        const delivered = await extractOriginal(receipts.at(-1)?.bytes ?? new Uint8Array());
        expect(readFileSync(restored).toString("latin1")).toBe(Buffer.from(delivered ?? []).toString("latin1"));
        await thunderbird.click(ID, "ledger", "[data-at=restore-open]");
        await waitFor("the message from the receipt", HANG_MS, async () => {
          const shown = await thunderbird.run<string | null>(
            `return shownMessage("tab")?.mime2DecodedSubject ?? null;`,
          );
          return shown === subject ? true : null;
        });
        await onServer(thunderbird);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
