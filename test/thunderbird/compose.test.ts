// Writing from a PEC identity, in Thunderbird's own window: what is found, what is asked, what is stopped, and what arrives at the provider.
import { describe, expect, test } from "vitest";
import {
  answer,
  closeCompose,
  composeButton,
  findingsShown,
  keepAndReopen,
  openCompose,
  pressInCompose,
  pressSend,
  pressSendAndRead,
  sentAndClosed,
  settledCompose,
  stopWriting,
  written,
} from "../lab/compose-page.ts";
import { write } from "../lab/compose-window.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import { walkEnded } from "../lab/ledger-questions.ts";
import { addMailAccount, sendBy } from "../lab/mail-account.ts";
import { type HandledSubmission, startPecService } from "../lab/pec-service.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
/** The demo mailbox holds receipts of hers. */
const PEC = "chiara.montaldi@pec.avvocati-esempio.test";
const ORDINARY = "chiara@studio-montaldi.example";
const PASSWORD = "una password, con spazi";
const ANNA = "anna@pec.foro-esempio.test";
const BRUNO = "bruno@pec.foro-esempio.test";
/** An acceptance of the demo mailbox calls him ordinary mail. */
const SURVEYOR = "ivo.talpa@studio-perizie.example";
const ENVELOPE = demoMessages().findIndex(({ id }) => id === "envelope");

const headerOf = ({ submission }: HandledSubmission): string =>
  (Buffer.from(submission.bytes).toString("latin1").split("\r\n\r\n")[0] ?? "").replace(/\r\n[ \t]+/g, " ");
const kindOf = (handled: HandledSubmission): string | undefined =>
  /^X-TipoRicevuta: (.*)$/im.exec(headerOf(handled))?.[1];

/** Breaks what our background page counts bytes with, as a bug would. */
async function breakBackground(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.runInPage(ID, "background", "window.TextEncoder = undefined;");
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("what a provider would refuse does not leave, what proves less is asked about, and what passes arrives as chosen", async () => {
    const users = [PEC, ORDINARY].map((address) => ({ address, password: PASSWORD }));
    const service = await startPecService({ users });
    try {
      await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
        await thunderbird.openOptions(ID);
        await walkEnded(thunderbird, ID);
        const account = await addMailAccount(thunderbird, service, {
          type: "imap",
          address: PEC,
          name: "Chiara Montaldi",
        });
        const ordinary = await addMailAccount(thunderbird, service, {
          type: "pop3",
          address: ORDINARY,
          name: "Chiara",
        });

        // What is stopped.
        await write(thunderbird, account, { to: [], cc: [ANNA], bcc: [BRUNO], subject: "", body: "Si diffida." });
        await openCompose(thunderbird, ID, "Così il gestore rifiuta il messaggio");
        expect(await findingsShown(thunderbird, ID)).toEqual(["bcc", "no-to", "no-subject"]);
        await closeCompose(thunderbird, ID);
        expect(await composeButton(thunderbird, ID, "PEC: correggi")).toContain("così il gestore rifiuterebbe");
        await pressSendAndRead(thunderbird, ID, "Il messaggio non è stato inviato");
        const buttons = `return [...document.querySelectorAll(".decision button")].map((each) => each.dataset.at);`;
        expect(await thunderbird.runInPage(ID, "compose", buttons)).toEqual(["leave"]);
        // Closed by hand, it leaves a window that can be used.
        await closeCompose(thunderbird, ID);
        expect(await written(thunderbird)).toMatchObject({ bcc: BRUNO, isLocked: false });
        await pressSendAndRead(thunderbird, ID, "Il messaggio non è stato inviato");
        await pressInCompose(thunderbird, ID, "fix remove-bcc");
        await settledCompose(thunderbird, ID, "Nessun destinatario in «A»");
        await pressInCompose(thunderbird, ID, "fix copies-to-recipients");
        await settledCompose(thunderbird, ID, "Il messaggio non è ancora partito");
        expect(await findingsShown(thunderbird, ID)).toEqual(["no-subject"]);
        expect(await written(thunderbird)).toMatchObject({ to: ANNA, cc: "", bcc: "", isLocked: false });
        expect(service.handled).toEqual([]);
        await stopWriting(thunderbird);

        // By another account's server it would leave, and be no PEC.
        const own = await sendBy(thunderbird, account.identityKey, "smtp.gmail.com");
        await write(thunderbird, account, { to: [ANNA], subject: "Diffida", body: "Si diffida." });
        await pressSendAndRead(thunderbird, ID, "Questa identità spedisce con smtp.gmail.com, che non è un server PEC");
        expect(await findingsShown(thunderbird, ID)).toEqual(["ordinary-server"]);
        expect(await thunderbird.runInPage(ID, "compose", buttons)).toEqual(["leave", "send"]);
        await pressInCompose(thunderbird, ID, "fix check-account");
        const { text } = await thunderbird.settledAccounts(ID);
        expect(text).toContain("Spedisce con smtp.gmail.com, che non è un server PEC");
        await thunderbird.closeMessage("tab");
        await sendBy(thunderbird, account.identityKey, own);
        await stopWriting(thunderbird);
        expect(service.handled).toEqual([]);

        // What is warned of.
        const many = Array.from({ length: 50 }, (_, index) => `ufficio${String(index)}@pec.comune-inventato.test`);
        await write(thunderbird, account, {
          to: [...many, SURVEYOR, "Soci <Soci>"],
          cc: [BRUNO],
          subject: "Diffida",
          body: "Si diffida.",
          attachments: [{ name: "età.pdf", contentType: "application/pdf", content: Buffer.alloc(500_000, "x") }],
        });
        await thunderbird.run(
          `const writing = Services.wm.getMostRecentWindow("msgcompose");
           writing.MakeFromFieldEditable(true);
           writing.document.getElementById("msgIdentity").value = "Chiara <altra@pec.avvocati-esempio.test>";`,
        );
        await openCompose(thunderbird, ID, "Da controllare prima dell'invio");
        await pressInCompose(thunderbird, ID, "kind breve");
        await settledCompose(thunderbird, ID, "Nomi di allegati a rischio");
        expect(await findingsShown(thunderbird, ID)).toEqual([
          "from-differs",
          "too-many-recipients",
          "too-large",
          "ordinary-recipients",
          "copies",
          "brief-names",
          "lists",
        ]);
        await stopWriting(thunderbird);

        // What is sent in spite of a warning, and as the person chose.
        await write(thunderbird, account, { to: [ANNA], cc: [BRUNO], subject: "Diffida", body: "Si diffida." });
        await openCompose(thunderbird, ID, "In Cc");
        await pressInCompose(thunderbird, ID, "kind breve");
        await settledCompose(thunderbird, ID, "Chiedila sempre da questo indirizzo");
        await closeCompose(thunderbird, ID);
        await keepAndReopen(thunderbird);
        await thunderbird.stopBackground(ID);
        await pressSendAndRead(thunderbird, ID, "Il messaggio non è ancora partito");
        await thunderbird.stopBackground(ID);
        await pressInCompose(thunderbird, ID, "send");
        await sentAndClosed(thunderbird);
        expect(service.handled.map(({ submission }) => submission.recipients)).toEqual([[ANNA, BRUNO]]);
        expect(service.handled.map(kindOf)).toEqual(["breve"]);

        // Ordinary mail where PEC is meant.
        await write(thunderbird, ordinary, { to: ["anna@legalmail.it"], subject: "Diffida", body: "Si diffida." });
        await pressSendAndRead(thunderbird, ID, "Stai per inviare posta ordinaria, non una PEC");
        await pressInCompose(thunderbird, ID, `from ${account.identityKey}`);
        await settledCompose(thunderbird, ID, "Ora si può inviare");
        await pressInCompose(thunderbird, ID, "send");
        await sentAndClosed(thunderbird);
        expect(service.handled[1]?.submission.reversePath).toBe(PEC);
        expect(service.handled.map(kindOf)).toEqual(["breve", "completa"]);

        // Thunderbird's own answer to an envelope.
        await answer(thunderbird, DEMO_FOLDER, ENVELOPE, ordinary);
        expect(await composeButton(thunderbird, ID, "Non è PEC")).toContain("non ci saranno ricevute");
        await openCompose(thunderbird, ID, "Stai rispondendo a una PEC con la posta ordinaria");
        await pressInCompose(thunderbird, ID, `from ${account.identityKey}`);
        await settledCompose(thunderbird, ID, "L'oggetto contiene il prefisso del gestore");
        await pressInCompose(thunderbird, ID, "fix original-subject");
        await settledCompose(thunderbird, ID, "Niente da segnalare");
        expect(await written(thunderbird)).toMatchObject({
          to: "direzione@pec.edilnova-costruzioni.test",
          subject: expect.stringMatching(/^Re: Riscontro alla diffida/) as unknown,
        });
        await stopWriting(thunderbird);

        // Without its button, the question has a window of its own; later is later.
        await write(thunderbird, account, { to: [ANNA], cc: [BRUNO], subject: "Domani", body: "Si diffida." });
        await thunderbird.run(
          `Services.wm.getMostRecentWindow("msgcompose").document.querySelector("[id$=composeAction-toolbarbutton]").remove();`,
        );
        await pressSend(thunderbird, "later");
        await settledCompose(thunderbird, ID, "Il messaggio non è ancora partito");
        await pressInCompose(thunderbird, ID, "send");
        await sentAndClosed(thunderbird);
        const waiting = await thunderbird.run(
          `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
           const outbox = MailServices.accounts.localFoldersServer.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Queue);
           return [...outbox.messages].map((each) => each.mime2DecodedSubject);`,
        );
        expect(waiting).toEqual(["Domani"]);

        // A bug of ours hinders nobody, and hides no Bcc.
        await breakBackground(thunderbird);
        await write(thunderbird, account, {
          to: [ANNA],
          cc: [BRUNO],
          bcc: [SURVEYOR],
          subject: "Guasto",
          body: "Si diffida.",
        });
        await pressSendAndRead(thunderbird, ID, "Il messaggio non è stato inviato");
        expect(await findingsShown(thunderbird, ID)).toEqual(["bcc"]);
        await pressInCompose(thunderbird, ID, "fix remove-bcc");
        await settledCompose(thunderbird, ID, "Ora si può inviare");
        await closeCompose(thunderbird, ID);
        await pressSend(thunderbird);
        await sentAndClosed(thunderbird);
        expect(service.handled).toHaveLength(3);

        for (const handled of service.handled) {
          const { submission } = handled;
          expect(headerOf(handled)).not.toMatch(/^Bcc:/im);
          expect(submission.recipients).not.toContain(SURVEYOR);
        }
      });
    } finally {
      await service.stop();
    }
  });
});
