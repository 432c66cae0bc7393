// What became of a sent message, in its own pane and in that of its receipts. What the ledger makes of receipts is tried in receipts.test.ts.
import { describe, expect, test } from "vitest";
import { waitForAnswer } from "../lab/deadline.ts";
import { RECEIPTS_FOLDER, SENT_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import type { PageView, Thunderbird } from "../lab/thunderbird.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { demoSeries, type DemoReceipt } from "../provider/demo-series.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");
const WANTED = ["four-fates", "copy-edited", "forged-receipt"];

const series = demoSeries(Date.now()).filter(({ id }) => WANTED.includes(id));
const receipts = series.flatMap((each) => each.receipts.map((receipt) => ({ id: each.id, receipt })));
const folders = {
  [SENT_FOLDER]: toMbox(series.flatMap(({ copy }) => copy ?? [])),
  [RECEIPTS_FOLDER]: toMbox(receipts.map(({ receipt }) => receipt.bytes)),
};

async function selectSent(thunderbird: Thunderbird, id: string): Promise<void> {
  await thunderbird.showFolder(SENT_FOLDER);
  await thunderbird.selectMessage(
    SENT_FOLDER,
    series.findIndex((each) => each.id === id),
  );
}

async function selectReceipt(thunderbird: Thunderbird, id: string, kind: DemoReceipt["kind"]): Promise<void> {
  await thunderbird.showFolder(RECEIPTS_FOLDER);
  await thunderbird.selectMessage(
    RECEIPTS_FOLDER,
    receipts.findIndex((each) => each.id === id && each.receipt.kind === kind),
  );
}

/** Receipts are collected while the message is on the screen: what is shown follows. */
async function paneWhen(thunderbird: Thunderbird, what: string, holds: (view: PageView) => boolean): Promise<PageView> {
  const view = await waitForAnswer(
    what,
    () => thunderbird.pane(ID),
    (shown) => shown !== null && holds(shown),
  );
  if (view === null) throw new Error("No pane");
  return view;
}

async function unfolded(thunderbird: Thunderbird): Promise<PageView> {
  const { data } = await thunderbird.settledPane(ID);
  if (data["expanded"] !== "true") await thunderbird.click(ID, "pane", "button[aria-controls=details]");
  return thunderbird.settledPane(ID, true);
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("a sent message tells what became of it, and leads to its receipts and back", async () => {
    await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
      // The folder of the receipts was never opened: Thunderbird has not parsed it yet.
      await selectSent(thunderbird, "four-fates");
      // The pane comes by itself once the receipts are known.
      const whole = "1 di 3 consegnati · 1 non consegnato · 1 in ritardo · 1 di posta ordinaria";
      await paneWhen(thunderbird, "every receipt", ({ text }) => text.includes(whole));
      await thunderbird.settledButton(ID, { state: "sent-problem", label: "Da controllare" });
      const sent = await unfolded(thunderbird);
      expect(sent.data).toMatchObject({ sent: "sent-copy", look: "none" });
      expect(sent.text).toContain(whole);
      expect(sent.text).toContain("La casella del destinatario è piena");
      expect(sent.text).toContain("Manca la consegna a nadia.orsetti@pec.foro-esempio.test da 1");

      // The first recipient is the one that went wrong.
      await thunderbird.click(ID, "pane", ".fates tbody tr:first-child .open-message");
      const receipt = await paneWhen(thunderbird, "the receipt", ({ data }) => data["kind"] === "errore-consegna");
      expect(receipt.data["sent"]).toBe("receipt");
      const open = await unfolded(thunderbird);
      expect(open.text).toContain("Il messaggio inviato");
      expect(open.text).not.toContain("nadia.orsetti@pec.foro-esempio.test\nPEC\nin ritardo");
      await thunderbird.click(ID, "pane", ".recipients-toggle");
      await paneWhen(thunderbird, "the recipients", ({ text }) => text.includes("in ritardo"));
      await thunderbird.click(ID, "pane", ".sent > .buttons .open-message");
      await paneWhen(thunderbird, "the sent message", ({ data }) => data["sent"] === "sent-copy");
    });
  });

  test("content is compared on demand, and a forged receipt moves nothing", async () => {
    await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
      await selectSent(thunderbird, "copy-edited");
      await paneWhen(thunderbird, "the delivery", ({ text }) => text.includes("Consegnata"));
      await unfolded(thunderbird);
      await thunderbird.click(ID, "pane", ".compare");
      const compared = await paneWhen(thunderbird, "the comparison", ({ text }) => text.includes("differisce"));
      expect(compared.text).toContain("testo: contenuto diverso");

      await selectSent(thunderbird, "forged-receipt");
      await unfolded(thunderbird);
      const waiting = await paneWhen(thunderbird, "the forged receipt", ({ text }) =>
        text.includes("non è verificato: non cambia lo stato"),
      );
      expect(waiting.text).toContain("in attesa di consegna");
      await selectReceipt(thunderbird, "forged-receipt", "forged-delivery");
      const forged = await thunderbird.settledPane(ID);
      expect(forged.data).toMatchObject({ sent: "", look: "not-valid" });
    });
  });
});
