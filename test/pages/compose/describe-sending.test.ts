import { expect, test } from "vitest";
import type { SendingFinding } from "../../../src/core/index.ts";
import { describeSending } from "../../../src/pages/compose/describe-sending.ts";
import { plainText } from "../../../src/pages/sentence.ts";
import { translator } from "../messages.ts";

const finding = (difference: Partial<SendingFinding> & Pick<SendingFinding, "id">): SendingFinding => ({
  weight: "warning",
  about: [],
  values: [],
  fixes: [],
  ...difference,
});

test.each<[SendingFinding, string, string]>([
  [
    finding({ id: "from-differs", about: ["altra@pec.it"], values: ["mario@pec.it"] }),
    "Il mittente non è l'indirizzo della casella: altra@pec.it",
    "La casella è mario@pec.it:",
  ],
  [
    finding({ id: "ordinary-server", values: ["smtp.gmail.com"] }),
    "Questa identità spedisce con smtp.gmail.com, che non è un server PEC",
    "Il messaggio partirebbe come posta ordinaria: nessuna ricevuta",
  ],
  [
    finding({ id: "too-many-recipients", values: [1_061, 50, ""] }),
    "Molti destinatari: 1061",
    "almeno 50 per messaggio",
  ],
  [
    finding({ id: "too-many-recipients", values: [501, 500, "Legalmail (InfoCert)"] }),
    "Molti destinatari: 501",
    "Legalmail (InfoCert) ne accetta al massimo 500 per messaggio.",
  ],
  [
    finding({ id: "too-large", values: [12_000_000, 3, 36_000_000, 30_000_000, ""] }),
    "Messaggio grande: circa 12 MB per 3 destinatari, in tutto 36 MB",
    "Ogni gestore accetta almeno 30 MB",
  ],
  [
    finding({ id: "too-large", values: [101_000_000, 1, 101_000_000, 100_000_000, "Aruba PEC"] }),
    "Messaggio grande: circa 101 MB",
    "Il limite di Aruba PEC è 100 MB.",
  ],
  [
    finding({ id: "lists", about: ["Soci", "Ordine"] }),
    "Lista della rubrica: Soci, Ordine",
    "Thunderbird la sostituisce",
  ],
])("$0.id", (found, title, why) => {
  const words = describeSending(found, "it");
  const say = translator("it");
  expect(plainText(words.title, say).replaceAll("\u00a0", " ")).toBe(title);
  expect(plainText(words.why, say).replaceAll("\u00a0", " ")).toContain(why);
});
