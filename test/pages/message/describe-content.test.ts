import { describe, expect, it } from "vitest";
import type { ContentReport } from "../../../src/messages.ts";
import { describeContent } from "../../../src/pages/message/describe-content.ts";
import { plainText } from "../../../src/pages/sentence.ts";
import { translator } from "../messages.ts";

const translate = translator("it");
const TEXT = { name: null, contentType: "text/plain", hashedForm: null };
const PDF = { name: "contratto.pdf", contentType: "application/pdf", hashedForm: null };

function said(report: ContentReport): readonly string[] {
  const { sentence, differences, hint } = describeContent(report);
  return [sentence, ...differences, ...(hint === null ? [] : [hint])].map((each) => plainText(each, translate));
}

describe("the outcome of a comparison", () => {
  it("names what is the same, and what was compared by its hash only", () => {
    const parts = [TEXT, { ...PDF, hashedForm: "decoded" as const }];
    expect(said({ state: "compared", comparison: { outcome: "same", parts } })).toEqual([
      "Stesso contenuto: il messaggio nella ricevuta è quello inviato. Confrontati: testo, contratto.pdf (dall'impronta).",
    ]);
  });

  it("names what differs, and which of the two counts", () => {
    const [head, field, changed, missing, hint] = said({
      state: "compared",
      comparison: {
        outcome: "differs",
        differences: [
          { what: "field", name: "Subject", sent: "Diffida", returned: "Sollecito" },
          { what: "part-changed", part: TEXT },
          { what: "part-missing", part: PDF },
        ],
      },
    });
    expect(head).toContain("differisce");
    expect(field).toBe("Subject: «Diffida» nella copia, «Sollecito» nella ricevuta");
    expect(changed).toBe("testo: contenuto diverso");
    expect(missing).toBe("contratto.pdf: manca nella ricevuta");
    expect(hint).toContain("Fa fede il contenuto della ricevuta");
  });

  it("says why nothing can be compared, and that this proves nothing", () => {
    const parts = [PDF];
    expect(
      said({ state: "compared", comparison: { outcome: "not-comparable", code: "HASH_UNMATCHED", parts } })[0],
    ).toBe(
      "Non confrontabile: l'impronta di contratto.pdf non corrisponde a nessuna forma nota dell'allegato. Non prova che sia diverso.",
    );
    const removed = { outcome: "not-comparable", code: "ATTACHMENTS_REMOVED", parts } as const;
    expect(said({ state: "compared", comparison: removed })[0]).toBe(
      "Non confrontabile: allegati tolti in seguito dalla copia del messaggio inviato: contratto.pdf. Tutto il resto è uguale.",
    );
    const cut = { outcome: "not-comparable", code: "LIMIT_REACHED", parts: [] } as const;
    expect(said({ state: "compared", comparison: cut })[0]).toContain("troppo complessa per esaminarla per intero");
    const many = { outcome: "not-comparable", code: "TOO_MANY_PARTS", parts: [] } as const;
    expect(said({ state: "compared", comparison: many })[0]).toContain("troppe parti");
  });

  it.each(["no-copy", "no-receipt", "no-content", "internal"] as const)(
    "has words for %s, and never speaks of forgery",
    (code) => {
      const [sentence = ""] = said({ state: "not-comparable", code });
      expect(sentence).toMatch(/^Non confrontabile: /);
      expect(sentence).not.toMatch(/fals/i);
    },
  );

  it("does not list a hundred parts in a sentence", () => {
    const parts = Array.from({ length: 100 }, (_, index) => ({ ...PDF, name: `${String(index)}.pdf` }));
    const [sentence = ""] = said({ state: "compared", comparison: { outcome: "same", parts } });
    expect(sentence).toContain("5.pdf, …");
    expect(sentence).not.toContain("6.pdf");
  });
});
