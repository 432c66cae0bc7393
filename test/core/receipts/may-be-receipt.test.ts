import { describe, expect, it } from "vitest";
import { mayBeReceipt, maySpeakOf } from "../../../src/core/receipts/may-be-receipt.ts";

const SERVICE = "posta-certificata@pec.gestore.test";

describe("mayBeReceipt", () => {
  it.each([
    ["ACCETTAZIONE: Diffida", SERVICE],
    ["[lista] CONSEGNA: Diffida", `"Posta Certificata" <${SERVICE}>`],
    ["AVVISO DI MANCATA CONSEGNA PER SUP.  TEMPO MASSIMO: Diffida", SERVICE.toUpperCase()],
    ["ANOMALIA MESSAGGIO: Undelivered Mail Returned to Sender", `"Per conto di: MAILER-DAEMON@mx.test" <${SERVICE}>`],
    ["ANOMALIA MESSAGGIO: Impossibile recapitare", `"Per conto di: postmaster@azienda.test" <${SERVICE}>`],
    ["ANOMALIA MESSAGGIO: Delivery Status Notification (Failure)", `"Per conto di: bounce@mx.test" <${SERVICE}>`],
  ])("is true for %s", (subject, author) => {
    expect(mayBeReceipt({ subject, author })).toBe(true);
  });

  it.each([
    ["POSTA CERTIFICATA: consegna della memoria", SERVICE],
    ["ANOMALIA MESSAGGIO: la nostra newsletter", `"Per conto di: news@negozio.test" <${SERVICE}>`],
    ["CONSEGNA: il tuo pacco", "corriere@posta.test"],
    ["Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.test"],
  ])("is false for %s", (subject, author) => {
    expect(mayBeReceipt({ subject, author })).toBe(false);
  });
});

describe("maySpeakOf", () => {
  it.each([
    ["CONSEGNA: Diffida", "Diffida", true],
    ["[lista] Consegna: Re:  DIFFIDA ", "re: diffida", true],
    ["AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO: Diffida", "Diffida", true],
    ["CONSEGNA: ", "", true],
    ["CONSEGNA: Diffida 2", "Diffida", false],
    ["CONSEGNA: Re: Diffida", "Diffida", false],
    ["POSTA CERTIFICATA: Diffida", "Diffida", false],
  ])("%s and %s: %s", (receipt, subject, expected) => {
    expect(maySpeakOf(receipt, subject)).toBe(expected);
  });
});
