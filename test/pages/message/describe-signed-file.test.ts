import { describe, expect, it } from "vitest";
import type { FileSigner } from "../../../src/core/index.ts";
import type { AttachmentAnswer } from "../../../src/messages.ts";
import { describeSignedFile } from "../../../src/pages/message/describe-signed-file.ts";
import { plainText } from "../../../src/pages/sentence.ts";
import { translator } from "../messages.ts";

const italian = translator("it");

const SIGNER: FileSigner = {
  integrity: "intact",
  code: null,
  certificate: {
    name: "Piero Ferraris",
    number: "TINIT-FRRPRI60A01H501X",
    organization: null,
    issuer: "CA di prova",
    subject: "CN=Piero Ferraris",
    serial: "01",
    notBefore: Date.UTC(2025, 2, 1),
    notAfter: Date.UTC(2028, 2, 1),
    sha256: "ab",
  },
  signingTime: Date.UTC(2026, 9, 12, 7, 20),
  digestAlgorithm: "SHA-256",
  signatureAlgorithm: "RSA",
  hasCountersignatures: false,
  hasTimeStamp: false,
};

function said(signer: Partial<FileSigner>, file: Partial<Extract<AttachmentAnswer, { state: "signed" }>> = {}): string {
  const layers = [{ signers: [{ ...SIGNER, ...signer }] }];
  const answer = { state: "signed", layers, trouble: null, code: null, content: null, ...file } as const;
  const view = describeSignedFile(answer, "it", "+0200");
  const signers = view.layers.flatMap((layer) => [
    ...(layer.heading === null ? [] : [layer.heading]),
    ...layer.signers.flatMap((each) => [each.sentence, ...each.notes]),
  ]);
  const facts = view.layers.flatMap((layer) =>
    layer.signers.flatMap((each) => each.facts.map(({ labelKey, value }) => ({ key: labelKey, value }))),
  );
  return [
    ...signers.map((sentence) => plainText(sentence, italian)),
    ...facts.map(
      ({ key, value }) =>
        `${italian(key)}: ${value.type === "sentence" ? plainText(value.sentence, italian) : value.text}`,
    ),
    ...(view.trouble === null ? [] : [plainText(view.trouble, italian)]),
    ...(view.content === null ? [] : [plainText(view.content.sentence, italian)]),
  ].join("\n");
}

describe("a signed attachment in words", () => {
  it("names signer, number, issuer, validity, and the time by the signer's own clock", () => {
    const text = said({});
    expect(text).toContain("Integra: il file non è stato modificato dopo la firma.");
    expect(text).toContain("Nome nel certificato: Piero Ferraris");
    expect(text).toContain("Codice: TINIT-FRRPRI60A01H501X");
    expect(text).toContain("Validità del certificato: dal 01/03/2025 al 01/03/2028");
    expect(text).toMatch(/Ora di firma: 12\/10\/2026.+09:20:00.\(.?\+0200.?\), secondo il computer del firmatario/);
  });

  it.each([
    [{ integrity: "altered" }, "Non integra"],
    [{ integrity: "not-authentic" }, "Non autentica"],
    [{ integrity: "irregular", code: "SIGNING_CERTIFICATE_MISMATCH" }, "(SIGNING_CERTIFICATE_MISMATCH)"],
    [{ integrity: "unverifiable", code: "NO_CERTIFICATE", certificate: null }, "Non verificabile"],
    [{ signingTime: null }, "Ora di firma: non indicata"],
    [{ signingTime: Date.UTC(2029, 0) }, "il certificato non era valido"],
    [{ digestAlgorithm: "SHA-1" }, "SHA-1, oggi superata"],
    [{ hasTimeStamp: true }, "una marca temporale: qui non è verificata"],
    [{ hasCountersignatures: true }, "controfirme: qui non sono verificate"],
  ] as const)("%o", (signer, expected) => {
    expect(said(signer)).toContain(expected);
  });

  it("counts layers, names what is inside and what could not be read", () => {
    const layers = [{ signers: [SIGNER] }, { signers: [SIGNER] }];
    expect(said({}, { layers })).toContain("Firma 2 di 2, dall'esterno");
    expect(said({}, { content: { name: "a.pdf", size: 42_000, sha256: "ab" } })).toMatch(/Contenuto: a\.pdf \(42.kB\)/);
    const troubles = [
      "not-signed",
      "encrypted",
      "detached",
      "too-large",
      "too-many-signers",
      "damaged",
      "too-deep",
    ] as const;
    for (const trouble of troubles) expect(said({}, { layers: [], trouble, code: "TRUNCATED" })).not.toBe("");
    expect(said({}, { layers: [], trouble: "damaged", code: "TRUNCATED" })).toContain("(TRUNCATED)");
  });
});
