import { describe, expect, it } from "vitest";
import { LIST_COLUMNS } from "../../../src/app/message/list-columns.ts";

/** As the Experiment computes a cell. */
function cell(id: string, message: { author: string; subject: string }): string {
  const column = LIST_COLUMNS.find((each) => each.id === id);
  if (column === undefined) throw new Error(`No column ${id}`);
  const find = ({ header, pattern }: (typeof LIST_COLUMNS)[number]["value"]) =>
    new RegExp(pattern, "iu").exec(message[header]);
  return find(column.onlyIf) === null ? "" : (find(column.value)?.[1] ?? "");
}

const SERVICE = "<posta-certificata@pec.gestore.it>";

describe("column with the sender", () => {
  it.each([
    [`"Per conto di: mario@pec.it" ${SERVICE}`, "mario@pec.it"],
    [`Per conto di: mario@pec.it ${SERVICE}`, "mario@pec.it"],
    [`"PER CONTO DI : Mario Rossi " ${SERVICE}`, "Mario Rossi"],
    [`"Gestore" ${SERVICE}`, ""],
    ['"Per conto di: mario@pec.it" <truffa@x.it>', ""],
    ["", ""],
  ])("%s gives %j", (author, expected) => {
    expect(cell("sender", { author, subject: "POSTA CERTIFICATA: Oggetto" })).toBe(expected);
  });

  it("is empty for anomalies, whose sender nobody certified, and for receipts", () => {
    const author = `"Per conto di: mario@pec.it" ${SERVICE}`;
    expect(cell("sender", { author, subject: "ANOMALIA MESSAGGIO: Oggetto" })).toBe("");
    expect(cell("sender", { author, subject: "CONSEGNA: Oggetto" })).toBe("");
  });
});

describe("column with the subject", () => {
  it.each([
    ["POSTA CERTIFICATA: Oggetto", "Oggetto"],
    ["Posta certificata: POSTA CERTIFICATA: Oggetto", "POSTA CERTIFICATA: Oggetto"],
    ["ANOMALIA MESSAGGIO: POSTA CERTIFICATA: Oggetto", "POSTA CERTIFICATA: Oggetto"],
    ["ACCETTAZIONE: Oggetto", "Oggetto"],
    ["AVVISO DI NON ACCETTAZIONE PER VIRUS: Oggetto", "Oggetto"],
    ["AVVISO DI MANCATA CONSEGNA PER SUP.  TEMPO MASSIMO: Oggetto", "Oggetto"],
    ["PROBLEMA DI SICUREZZA: Oggetto", "Oggetto"],
    ["CONSEGNA:", ""],
    ["Re: CONSEGNA: Oggetto", ""],
    ["Oggetto", ""],
  ])("%s gives %j", (subject, expected) => {
    expect(cell("subject", { author: SERVICE, subject })).toBe(expected);
  });

  it("is empty for ordinary mail with such a subject", () => {
    expect(cell("subject", { author: "pizza@x.it", subject: "CONSEGNA: due margherite" })).toBe("");
  });
});
