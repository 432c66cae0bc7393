// Receipts and sent copies find their way into the ledger, from wherever Thunderbird gets them.
import { afterEach, describe, expect, test } from "vitest";
import type { LedgerRow } from "../../src/core/index.ts";
import { sendFromComposeWindow } from "../lab/compose-window.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { addonId } from "../lab/flavours.ts";
import { askLedger, ledgerOverview, ledgerRows, statesOf, walkEnded } from "../lab/ledger-questions.ts";
import { addMailAccount, fetchUntil } from "../lab/mail-account.ts";
import { type PecService, startPecService } from "../lab/pec-service.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { FATES, processSubmission } from "../provider/answering-provider.ts";
import { originalMessage } from "../provider/correspondence.ts";
import { HOUR } from "../provider/local-time.ts";
import { toBytes } from "../provider/mime-builder.ts";
import { acceptance, delivery, PROVIDER_A, PROVIDER_B } from "../provider/pec-messages.ts";
import { FORMAL_NOTICE, REPLY, SHORT_MAIL } from "../provider/sample-mail.ts";
import { sealMessage, unsignedMessage } from "../provider/sign-message.ts";
import { inThunderbird, installations, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const ADDRESS = "chiara.montaldi@pec.avvocati-esempio.test";
const USERS = [{ address: ADDRESS, password: "una password, con spazi" }];
const DELIVERED = "amministrazione@pec.edilnova-costruzioni.test";
const FULL = "studio.ferri@pec.foro-esempio.test";
const ORDINARY = "ivo.talpa@studio-perizie.example";
const LATE = "protocollo@pec.comune-inventato.test";
let service: PecService | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

const [FIRST = "", SECOND = "", THIRD = "", FOURTH = ""] = [...FORMAL_NOTICE.to, ...FORMAL_NOTICE.cc].map(
  ({ address }) => address,
);

/** What the provider answered to FORMAL_NOTICE, in order: acceptance, delivery, failure, notice of 12 hours. */
const ANSWERS = processSubmission(
  {
    bytes: toBytes(originalMessage(FORMAL_NOTICE)),
    reversePath: FORMAL_NOTICE.from.address,
    recipients: [FIRST, SECOND, THIRD, FOURTH],
  },
  {
    acceptedAt: FORMAL_NOTICE.writtenAt + 20_000,
    recipients: { [SECOND]: FATES.mailboxFull, [THIRD]: FATES.late12, [FOURTH]: FATES.ordinaryMail },
  },
).answers.map(({ bytes }) => bytes);

/** Sent by hand on the provider's own page: no copy is here. */
const WEBMAIL = sealMessage(acceptance(SHORT_MAIL, PROVIDER_A, SHORT_MAIL.writtenAt));

/** They claim that the notice reached everybody. */
const FORGED = [SECOND, THIRD].map((recipient) => {
  const draft = delivery(FORMAL_NOTICE, PROVIDER_B, FORMAL_NOTICE.writtenAt + HOUR, recipient);
  return toBytes(unsignedMessage(draft));
});

/** Changed after it was sealed. */
const ALTERED = toBytes(
  sealMessage(delivery(FORMAL_NOTICE, PROVIDER_B, FORMAL_NOTICE.writtenAt + HOUR, SECOND)).replace(
    /consegnato/g,
    "consegnata",
  ),
);

async function rowsWhen(
  thunderbird: Thunderbird,
  what: string,
  holds: (rows: readonly LedgerRow[]) => boolean,
): Promise<readonly LedgerRow[]> {
  return waitFor(what, HANG_MS, async () => {
    const rows = await ledgerRows(thunderbird, ID);
    return holds(rows) ? rows : null;
  });
}

/** Not into the bin. */
function deleteForGood(thunderbird: Thunderbird, folder: string): Promise<void> {
  return thunderbird.run(
    `const folder = folderNamed(args[0]);
     await new Promise((resolve) => folder.deleteMessages([...folder.messages], null, true, false, { onStopCopy: resolve }, false));`,
    folder,
  );
}

describe.each(installations())("Thunderbird $version", (installation) => {
  test("what lies in the folders is collected by itself, whatever lies there twice, out of order or forged", async () => {
    const folders = {
      Posta: toMbox([...ANSWERS.toReversed(), ...FORGED, ALTERED]),
      // Imported, and never opened.
      Importata: toMbox([...ANSWERS, toBytes(WEBMAIL)]),
      Sent: toMbox([toBytes(originalMessage(FORMAL_NOTICE)), toBytes(originalMessage(REPLY))]),
    };
    await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
      await thunderbird.openOptions(ID);
      expect(await walkEnded(thunderbird, ID)).toMatchObject({ how: "finished", receipts: 5, unverified: 3 });
      const rows = await ledgerRows(thunderbird, ID);
      expect(rows).toHaveLength(2);
      const notice = rows.find(({ subject }) => subject === FORMAL_NOTICE.subject);
      expect(notice && statesOf(notice)).toEqual({
        [FIRST]: "delivered",
        [SECOND]: "not-delivered",
        [THIRD]: "overdue",
        [FOURTH]: "forwarded",
      });
      expect(notice).toMatchObject({ hasCopy: true });
      expect(rows.find(({ subject }) => subject === SHORT_MAIL.subject)).toMatchObject({ hasCopy: false });
      // Forged ones vouch for nobody; REPLY is older than the ledger, and nothing is known of it.
      const overview = await ledgerOverview(thunderbird, ID);
      // Two of the three claim the very same.
      expect(overview.unverified).toBe(2);
      expect(overview.openProblems).toEqual([]);

      // Again, on demand: nothing is read twice, and what was deleted stays known.
      await deleteForGood(thunderbird, "Importata");
      await askLedger(thunderbird, ID, { name: "start-walk" });
      expect(await walkEnded(thunderbird, ID)).toMatchObject({ how: "finished", receipts: 0, unverified: 0 });
      expect(await ledgerRows(thunderbird, ID)).toEqual(rows);

      // Of what was never verified nothing is left but the mail.
      await deleteForGood(thunderbird, "Posta");
      await waitFor("the forged receipts to be forgotten", HANG_MS, async () =>
        (await ledgerOverview(thunderbird, ID)).unverified === 0 ? true : null,
      );
      expect(await ledgerRows(thunderbird, ID)).toEqual(rows);
    });
  });
});

describe.each(mainInstallations())("Thunderbird $version, with servers", (installation) => {
  test.each([
    ["imap", "after-accepting"],
    ["pop3", "before-accepting"],
  ] as const)("%s: what is sent and what is answered are followed as they come", async (type, moment) => {
    const started = await startPecService({
      users: USERS,
      delivery: moment,
      // Thirteen hours ago, so that the notice after twelve is not of the future.
      script: () => ({
        acceptedAt: Date.now() - 13 * HOUR,
        recipients: { [FULL]: FATES.mailboxFull, [ORDINARY]: FATES.ordinaryMail, [LATE]: FATES.late12 },
      }),
    });
    service = started;
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await thunderbird.openOptions(ID);
      await walkEnded(thunderbird, ID);
      const before = (await ledgerRows(thunderbird, ID)).length;
      const account = await addMailAccount(thunderbird, started, { type, address: ADDRESS, name: "Chiara Montaldi" });
      const subject = `Diffida via ${type}`;
      await sendFromComposeWindow(thunderbird, account, {
        to: [DELIVERED, FULL, ORDINARY],
        cc: [LATE],
        subject,
        body: "x",
      });
      await fetchUntil(thunderbird, account, 4);
      const isComplete = (row: LedgerRow): boolean =>
        row.subject === subject &&
        row.hasCopy &&
        row.recipients.every(({ state }) => !["sent", "accepted"].includes(state));
      const rows = await rowsWhen(thunderbird, "the row of what was sent", (all) => all.some(isComplete));
      const sent = rows.find((row) => row.subject === subject);
      expect(rows).toHaveLength(before + 1);
      expect(sent).toMatchObject({ hasCopy: true, sender: ADDRESS, acceptanceMissing: false });
      expect(sent && statesOf(sent)).toEqual({
        [DELIVERED]: "delivered",
        [FULL]: "not-delivered",
        [ORDINARY]: "forwarded",
        [LATE]: "late",
      });

      // From the provider's own page: no copy is here. The same receipts once more change nothing.
      const webmail = processSubmission(
        {
          bytes: toBytes(
            originalMessage({
              ...SHORT_MAIL,
              from: { name: "", address: ADDRESS },
              to: [{ name: "", address: DELIVERED, certified: true }],
              subject: "Dal sito",
            }),
          ),
          reversePath: ADDRESS,
          recipients: [DELIVERED],
        },
        { acceptedAt: Date.now() - HOUR },
      );
      for (const { bytes } of [...webmail.answers, ...webmail.answers]) await started.mail.deliver(ADDRESS, bytes);
      await fetchUntil(thunderbird, account, 8);
      const fromWebmail = (row: LedgerRow): boolean =>
        row.subject === "Dal sito" && !row.hasCopy && Object.values(statesOf(row)).join() === "delivered";
      expect(
        await rowsWhen(thunderbird, "the row of what was sent elsewhere", (all) => all.some(fromWebmail)),
      ).toHaveLength(before + 2);
    });
  });
});
