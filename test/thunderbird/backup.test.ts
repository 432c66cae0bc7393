// Everything saved to a file on one computer, and restored on another.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OptionsAnswer, OptionsRequest } from "../../src/messages.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import { askLedger, ledgerOverview, ledgerRows, statesOf, walkEnded } from "../lab/ledger-questions.ts";
import { answerSaveDialog } from "../lab/save-dialog.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { processSubmission } from "../provider/answering-provider.ts";
import { originalMessage } from "../provider/correspondence.ts";
import { toBytes } from "../provider/mime-builder.ts";
import { SHORT_MAIL } from "../provider/sample-mail.ts";
import { unknownAuthorityCertificate } from "../provider/test-authority.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const FINGERPRINT = createHash("sha256").update(unknownAuthorityCertificate).digest("hex");
const RECIPIENT = SHORT_MAIL.to[0]?.address ?? "";

const RECEIPTS = processSubmission(
  { bytes: toBytes(originalMessage(SHORT_MAIL)), reversePath: SHORT_MAIL.from.address, recipients: [RECIPIENT] },
  { acceptedAt: SHORT_MAIL.writtenAt + 20_000 },
).answers.map(({ bytes }) => bytes);
const SENT = toBytes(originalMessage(SHORT_MAIL));

function request(thunderbird: Thunderbird, asked: OptionsRequest): Promise<OptionsAnswer> {
  return thunderbird.runInPage(
    ID,
    "options",
    `return messenger.runtime.sendMessage({ type: "options", request: args[0] });`,
    [asked],
  );
}

/** Presses the button that saves, answers the dialog, and gives what stands in the file. */
async function saveBackup(thunderbird: Thunderbird): Promise<string> {
  const saved = await answerSaveDialog(thunderbird, "backup-by-test");
  await thunderbird.click(ID, "options", "[data-at=save-backup]");
  await expectSaid(thunderbird, "Salvato");
  return saved();
}

async function expectSaid(thunderbird: Thunderbird, words: string): Promise<void> {
  let text = "";
  await waitFor(`the words ${words}`, HANG_MS, async () => {
    text = (await thunderbird.options(ID))?.text ?? "";
    return text.includes(words) ? true : null;
  }).catch(() => undefined);
  expect(text).toContain(words);
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("what is saved on one computer is restored on another, and moves nothing until the mail itself is verified there", async () => {
    const saved = await inThunderbird(
      { installation, flavours: ["demo"], folders: { [DEMO_FOLDER]: toMbox(RECEIPTS), Sent: toMbox([SENT]) } },
      async (thunderbird) => {
        await thunderbird.openOptions(ID);
        await walkEnded(thunderbird, ID);
        expect((await ledgerRows(thunderbird, ID)).map(statesOf)).toEqual([{ [RECIPIENT]: "delivered" }]);
        const added = await request(thunderbird, {
          name: "add-anchor",
          base64: Buffer.from(unknownAuthorityCertificate).toString("base64"),
          fingerprint: FINGERPRINT,
          source: "dal gestore",
          domains: ["altrove.test"],
          notAfter: null,
        });
        expect(added.outcome).toEqual({ state: "done" });
        return saveBackup(thunderbird);
      },
    );
    await inThunderbird(
      { installation, flavours: ["demo"], folders: { [DEMO_FOLDER]: toMbox([SENT]), Arrivi: toMbox([]) } },
      async (thunderbird) => {
        await thunderbird.openOptions(ID);
        await walkEnded(thunderbird, ID);
        expect(await ledgerRows(thunderbird, ID)).toEqual([]);
        await thunderbird.chooseFile(ID, "options", "restore-backup", "copia.json", new TextEncoder().encode("{}"));
        // While a file is read the page takes no other.
        await expectSaid(thunderbird, "Non è una copia di sicurezza di Sigillo PEC");
        expect((await ledgerOverview(thunderbird, ID)).unverified).toBe(0);
        const bytes = new TextEncoder().encode(saved);
        await thunderbird.chooseFile(ID, "options", "restore-backup", "copia.json", bytes);
        await expectSaid(thunderbird, `Ripristinato. Ricevute: ${RECEIPTS.length}, annotazioni: ${RECEIPTS.length}.`);
        await expectSaid(thunderbird, "Autorità da confermare");

        // Nobody has verified them here: they are shown apart. Authorities are proposed, and not in force.
        const { options } = await request(thunderbird, { name: "read" });
        expect(JSON.stringify(options)).not.toContain(FINGERPRINT);
        expect(await ledgerRows(thunderbird, ID)).toEqual([]);
        const apart = await askLedger(thunderbird, ID, { name: "apart" });
        expect(apart).toMatchObject({ unverified: RECEIPTS.map(() => ({ restored: true })) });

        // The mail itself comes, and takes their place.
        await thunderbird.run(
          `const folder = folderNamed("Arrivi").QueryInterface(Ci.nsIMsgLocalMailFolder);
           for (const text of args[0]) folder.addMessage(text.replace(/\\r\\n/g, "\\n"));`,
          RECEIPTS.map((each) => Buffer.from(each).toString("latin1")),
        );
        await askLedger(thunderbird, ID, { name: "start-walk" });
        await waitFor("the receipts to be verified", HANG_MS, async () =>
          (await ledgerOverview(thunderbird, ID)).unverified === 0 ? true : null,
        );
        const rows = await ledgerRows(thunderbird, ID);
        expect(rows.map(statesOf)).toEqual([{ [RECIPIENT]: "delivered" }]);
        expect(rows[0]?.acceptedAt).not.toBeNull();
      },
    );
  });
});
