import { describe, expect, it, vi } from "vitest";
import type { Inspection } from "../../../src/core/verdict/inspection.ts";
import { instantSentence } from "../../../src/pages/certified-time.ts";
import { drawPaper } from "../../../src/pages/print/draw-paper.ts";
import { translator } from "../messages.ts";
import { anInspection, someChecks } from "../message/an-inspection.ts";
import { nodeText } from "../node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

const words = translator("it");
const NOT_VALID: Pick<Inspection, "look" | "seal"> = {
  look: "not-valid",
  seal: { indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] },
};
const UNVERIFIABLE: Pick<Inspection, "look" | "seal"> = {
  look: "cannot-be-verified",
  seal: { indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND", remarks: [] },
};
const BODY = "Testo del messaggio";

const paper = (inspection: Inspection) =>
  drawPaper({ inspection, bodyText: BODY, when: instantSentence(0, "+0100", "it") }, "it", words);

describe("a printed message", () => {
  it("says a bad verdict in bold, and a caution before the text", () => {
    for (const verdict of [NOT_VALID, UNVERIFIABLE]) {
      const node = paper(anInspection("posta-certificata", verdict));
      expect(nodeText(node, "strong")).toMatch(/il sigillo non si può|Il contenuto non corrisponde/);
      const text = nodeText(node);
      expect(text.indexOf("prima di fidarti")).toBeGreaterThan(0);
      expect(text.indexOf("prima di fidarti")).toBeLessThan(text.indexOf(BODY));
    }
  });

  it("says neither of a seal that holds", () => {
    const node = paper(anInspection("posta-certificata"));
    expect(nodeText(node, "p.caution")).toBe("");
    expect(nodeText(node, "p.verdict")).toContain("integro e autentico");
    expect(nodeText(node, "strong")).not.toContain("integro e autentico");
  });

  it("does not stand for the message, and a receipt is called one", () => {
    expect(nodeText(paper(anInspection("posta-certificata")))).toContain("Una stampa non sostituisce il messaggio");
    expect(nodeText(paper(anInspection("errore-consegna")))).toContain("Una stampa non sostituisce il messaggio");
    expect(nodeText(paper(anInspection("avvenuta-consegna")))).toContain("Una stampa non è la ricevuta");
  });

  // Once it said here that an account could not be created: another page's words stood under the same key.
  it("names the outcome of every check in a word of its own", () => {
    const checks = someChecks({
      "message-digest": { outcome: "FAILED", detail: {} },
      "signature-algorithms": { outcome: "WARNING", detail: {} },
      revocation: { outcome: "NOT_DONE", detail: {} },
    });
    const text = nodeText(paper(anInspection("posta-certificata", { ...NOT_VALID, checks })));
    expect(text).toContain("non superato: Il contenuto non corrisponde all'impronta firmata.");
    expect(text).toContain("con nota: La firma usa un algoritmo oggi superato (SHA-1).");
    expect(text).toContain("senza risposta: Non si sa se il certificato sia stato revocato.");
  });

  it("has nothing but an apology when there is no message", () => {
    expect(nodeText(drawPaper(null, "it", words))).toContain("selezionalo di nuovo");
  });
});
