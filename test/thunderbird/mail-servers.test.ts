import { afterEach, describe, expect, test } from "vitest";
import { sendFromComposeWindow } from "../lab/compose-window.ts";
import { addonId } from "../lab/flavours.ts";
import { addMailAccount, fetchUntil } from "../lab/mail-account.ts";
import { type PecService, startPecService } from "../lab/pec-service.ts";
import { FATES } from "../provider/answering-provider.ts";
import { HOUR } from "../provider/local-time.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const ADDRESSES = new Map([
  ["imap", "chiara.montaldi@pec.avvocati-esempio.test"],
  ["pop3", "segreteria@pec.avvocati-esempio.test"],
] as const);
const DELIVERED = "amministrazione@pec.edilnova-costruzioni.test";
const FULL = "studio.ferri@pec.foro-esempio.test";
const ORDINARY = "ivo.talpa@studio-perizie.example";
const LATE = "protocollo@pec.comune-inventato.test";
const SUBJECT = "Diffida: perché i lavori sono in ritardo";

let service: PecService | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("a message sent from the window to write in is answered by the provider, and the answers arrive by IMAP and by POP3", async () => {
    const started = await startPecService({
      users: [...ADDRESSES.values()].map((address) => ({ address, password: "una password, con spazi" })),
      // Thirteen hours ago, so that the notice after twelve is not of the future.
      script: () => ({
        acceptedAt: Date.now() - 13 * HOUR,
        recipients: { [FULL]: FATES.mailboxFull, [ORDINARY]: FATES.ordinaryMail, [LATE]: FATES.late12 },
      }),
    });
    service = started;
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      // What it writes on the way to the server is nobody else's: see Thunderbird.start.
      const [temporary = "", profile = ""] = await thunderbird.run<readonly string[]>(
        `return ["TmpD", "ProfD"].map((name) => Services.dirsvc.get(name, Ci.nsIFile).path);`,
      );
      expect(temporary.startsWith(profile)).toBe(true);
      for (const [type, address] of ADDRESSES) {
        const account = await addMailAccount(thunderbird, started, { type, address, name: "Chiara Montaldi" });
        const { messageId } = await sendFromComposeWindow(thunderbird, account, {
          to: [DELIVERED, `"Ferri, Studio" <${FULL}>`, ORDINARY],
          cc: [LATE],
          subject: SUBJECT,
          body: "Gentile Collega,\n\nperché non risponde?\n",
          attachments: [
            { name: "perizia.pdf", contentType: "application/pdf", content: Buffer.from("%PDF-1.4 prova") },
          ],
        });
        const handled = started.handled.at(-1);
        expect(handled?.messageId).toBe(messageId);
        expect(handled?.submission.reversePath).toBe(address);
        expect(handled?.submission.recipients.toSorted()).toEqual([DELIVERED, FULL, ORDINARY, LATE].toSorted());
        expect(handled?.answers.map(({ kind, recipient }) => [kind, recipient])).toEqual([
          ["acceptance", null],
          ["delivered", DELIVERED],
          ["failed", FULL],
          ["late", LATE],
        ]);
        const subjects = [
          `ACCETTAZIONE: ${SUBJECT}`,
          `CONSEGNA: ${SUBJECT}`,
          `AVVISO DI MANCATA CONSEGNA: ${SUBJECT}`,
          `AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO: ${SUBJECT}`,
        ];
        await fetchUntil(thunderbird, account, subjects.length);
        expect(await thunderbird.subjects(account.inbox)).toEqual(subjects);
        await thunderbird.showFolder(account.inbox);
        for (const position of subjects.keys()) {
          await thunderbird.selectMessage(account.inbox, position);
          expect((await thunderbird.settledPane(ID)).data).toMatchObject({
            indication: "TOTAL-PASSED",
            look: "sealed",
          });
        }
      }
    });
  });
});
