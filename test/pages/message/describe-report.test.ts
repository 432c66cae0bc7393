import { describe, expect, it } from "vitest";
import type { SubIndication } from "../../../src/core/verdict/indication.ts";
import {
  CHECK_IDS,
  type Inspection,
  type Look,
  type Remark,
  type RevocationReport,
} from "../../../src/core/verdict/inspection.ts";
import { UNKNOWN_CODES } from "../../../src/core/chain/revocation-result.ts";
import type { DaticertKind } from "../../../src/core/daticert/daticert.ts";
import type { MessageKind } from "../../../src/core/envelope/envelope.ts";
import { describeReport, type ReportView } from "../../../src/pages/message/describe-report.ts";
import { plainText, plainValue, type Sentence, type Value } from "../../../src/pages/sentence.ts";
import { translator } from "../messages.ts";
import { aDaticert, anInspection, SEALED, signature, signer, someChecks } from "./an-inspection.ts";

const words = translator("it");
const english = translator("en");
/** No-break blanks read as blanks: where lines break has tests of its own. */
const say = (sentence: Sentence) => plainText(sentence, words).replaceAll("\u00a0", " ");
const row = (inspection: Inspection) => say(describeReport(inspection, "it").row.sentence);
const WHEN = "16/10/2025 alle 18:32:35 (+0200)";
const BY = `certificata da Gestore di prova il ${WHEN}`;
const NOTICE_BY = `avviso di Gestore di prova del ${WHEN}`;

const KINDS: readonly MessageKind[] = [
  "posta-certificata",
  "anomalia",
  "accettazione",
  "non-accettazione",
  "presa-in-carico",
  "avvenuta-consegna",
  "errore-consegna",
  "preavviso-errore-consegna",
  "rilevazione-virus",
  "rem",
];

const NOT_VALID: Pick<Inspection, "look" | "seal"> = {
  look: "not-valid",
  seal: { indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] },
};
const UNVERIFIABLE: Pick<Inspection, "look" | "seal"> = {
  look: "cannot-be-verified",
  seal: { indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND", remarks: [] },
};
const NOTHING: Pick<Inspection, "look" | "seal"> = {
  look: "none",
  seal: { indication: "NONE", subIndication: null, remarks: [] },
};

/** Every sentence and value of a report, in plain words; a key without words throws. */
function allWords(report: ReportView, translate = words): string {
  const sentence = (text: Sentence | null) => (text === null ? "" : plainText(text, translate));
  const value = (text: Value) => plainValue(text, translate);
  const { row: line, facts, verdict, technical } = report;
  return [
    translate(report.lookKey),
    sentence(line.sentence),
    translate(facts.titleKey),
    ...facts.facts.flatMap((fact) => [
      translate(fact.labelKey),
      ...(fact.type === "recipients"
        ? fact.recipients.flatMap(({ address, kindKey }) => [value(address), translate(kindKey)])
        : [value(fact.value)]),
    ]),
    sentence(facts.note),
    sentence(verdict.sentence),
    ...[...verdict.reasons, ...verdict.remarks].flatMap((reason) => [
      sentence(reason.sentence),
      ...reason.comparisons.flatMap(({ fieldKey, sides }) => [
        translate(fieldKey),
        ...sides.flatMap((side) => [translate(side.labelKey), value(side.value)]),
      ]),
    ]),
    ...report.meaning.map(sentence),
    sentence(report.caution),
    ...report.actions.map(({ labelKey }) => translate(labelKey)),
    ...report.attachments.flatMap(({ name, size }) => [value(name), value(size)]),
    ...report.attached.flatMap(({ kind, subject }) => [value(kind), value(subject)]),
    sentence(technical.strictNote),
    sentence(technical.xmlNote),
    ...technical.signature.flatMap((field) => [translate(field.labelKey), value(field.value)]),
    ...technical.chain.flatMap(({ name, fields }) => [
      value(name),
      ...fields.flatMap((field) => [translate(field.labelKey), value(field.value)]),
    ]),
    ...technical.checks.flatMap(({ outcome, sentence: text, detail }) => [
      translate(`outcome_${outcome.toLowerCase()}`),
      sentence(text),
      ...detail.flatMap((field) => [translate(field.labelKey), value(field.value)]),
    ]),
    ...technical.daticert.map(({ value: text }) => value(text)),
  ].join("\n");
}

describe("the row of a seal that holds", () => {
  it.each<readonly [DaticertKind, string]>([
    ["posta-certificata", `Posta certificata da mario.rossi@pec.test · ${BY}`],
    ["accettazione", `Accettata: il tuo messaggio «Contratto» è stato accettato da Gestore di prova il ${WHEN}`],
    ["avvenuta-consegna", `Consegnata nella casella di anna@pec.test il ${WHEN} · ricevuta di Gestore di prova`],
    [
      "presa-in-carico",
      `Presa in carico dal gestore del destinatario (messaggio tra gestori) · ricevuta di Gestore di prova del ${WHEN}`,
    ],
    ["rilevazione-virus", `Virus rilevato dal gestore Gestore di prova il ${WHEN} (messaggio tra gestori)`],
  ])("of kind %s", (kind, text) => {
    expect(row(anInspection(kind))).toBe(text);
  });

  it.each<readonly [DaticertKind, Partial<Inspection["daticert"]>, string, string]>([
    [
      "non-accettazione",
      { errore: "virus" },
      "Non accettata: il messaggio «Contratto» non è stato inviato a nessuno. Motivo: virus nel messaggio",
      "bad",
    ],
    [
      "errore-consegna",
      { errore: "no-dest", erroreEsteso: "5.1.1 - Gestore - indirizzo non valido" },
      "Non consegnata a anna@pec.test: 5.1.1 - Gestore - indirizzo non valido",
      "bad",
    ],
    [
      "preavviso-errore-consegna",
      { errore: "altro", erroreEsteso: "5.4.1 - Gestore - tempo massimo" },
      "Non consegnata a anna@pec.test entro 24 ore: la trasmissione è chiusa con esito negativo",
      "bad",
    ],
    [
      "preavviso-errore-consegna",
      { erroreEsteso: "non consegnato nelle prime 12 ore" },
      "In ritardo: dopo 12 ore la consegna a anna@pec.test non risulta ancora; il sistema continua a provare",
      "late",
    ],
    [
      "preavviso-errore-consegna",
      { erroreEsteso: "tempo massimo superato" },
      "Consegna non ancora confermata a anna@pec.test: tempo massimo superato",
      "late",
    ],
  ])("of kind %s with %o", (kind, changes, text, tone) => {
    const inspection = anInspection(kind, { daticert: aDaticert(kind, changes ?? {}) });
    expect(row(inspection)).toBe(`${text} · ${NOTICE_BY}`);
    expect(describeReport(inspection, "it").row.tone).toBe(tone);
  });

  it("leaves out code and provider of an error text where the row names that provider anyway, and only there", () => {
    const shown = (erroreEsteso: string, kind: DaticertKind = "errore-consegna") =>
      row(anInspection(kind, { daticert: aDaticert(kind, { errore: "altro", erroreEsteso }) }));
    expect(shown("5.1.1 - Gestore di prova - indirizzo non valido")).toContain(
      "a anna@pec.test: indirizzo non valido ·",
    );
    expect(shown("5.1.1 -  gestore DI prova - casella - piena")).toContain("a anna@pec.test: casella - piena ·");
    expect(shown("4.4.1 - Gestore di prova - lento", "preavviso-errore-consegna")).toContain("anna@pec.test: lento ·");
    for (const whole of [
      "5.1.1 - Altro S.p.A. - no",
      "5.1.1 - Gestore di prova",
      "Gestore di prova - no",
      "5.1.1 no",
    ]) {
      expect(shown(whole)).toContain(`a anna@pec.test: ${whole} ·`);
    }
    const facts = describeReport(
      anInspection("errore-consegna", {
        daticert: aDaticert("errore-consegna", { erroreEsteso: "5.1.1 - Gestore di prova - no" }),
      }),
      "it",
    ).facts.facts;
    const reason = facts.find(({ labelKey }) => labelKey === "fact_reason");
    expect(reason?.type === "text" && plainValue(reason.value, words)).toBe("5.1.1 - Gestore di prova - no");
  });

  it("breaks between day and hour, never between a short word and what it belongs to", () => {
    const line = (locale: string, translate: typeof words) =>
      plainText(describeReport(anInspection("posta-certificata"), locale).row.sentence, translate);
    expect(line("it", words)).toContain(" il\u00a016/10/2025 alle\u00a018:32:35\u00a0(+0200)");
    expect(line("en-GB", english)).toContain(" on\u00a016\u00a0Oct\u00a02025 at\u00a018:32:35\u00a0(+0200)");
  });

  it("names what is missing instead of leaving a gap", () => {
    const daticert = aDaticert("avvenuta-consegna", { consegna: null });
    expect(row(anInspection("avvenuta-consegna", { daticert }))).toContain("casella di un destinatario non indicato");
    const noSubject = aDaticert("accettazione", { oggetto: null });
    expect(row(anInspection("accettazione", { daticert: noSubject }))).toContain("«senza oggetto»");
  });
});

describe("the row of anything else", () => {
  it("says that an anomaly has no PEC value, whatever the wrapper's seal", () => {
    const text = "Posta non certificata: posta ordinaria o busta non valida; non ha valore di PEC";
    expect(row(anInspection("anomalia", { look: "neutral" }))).toBe(text);
    expect(row(anInspection("anomalia", NOT_VALID))).toBe(text);
    expect(words(describeReport(anInspection("anomalia", { look: "neutral" }), "it").lookKey)).toBe("Non certificata");
  });

  it("calls REM REM", () => {
    expect(row(anInspection("rem", UNVERIFIABLE))).toBe(
      "REM: messaggio della posta certificata europea, non ancora verificabile",
    );
  });

  it.each([
    ["not valid", NOT_VALID],
    ["not verifiable", UNVERIFIABLE],
  ])("that is %s only presents itself as PEC", (_, verdict) => {
    expect(row(anInspection("posta-certificata", verdict))).toBe(
      "Si presenta come posta certificata da mario.rossi@pec.test · dati dichiarati, non certificati",
    );
    expect(row(anInspection("avvenuta-consegna", verdict))).toBe(
      "Si presenta come ricevuta di avvenuta consegna · dati dichiarati, non certificati",
    );
  });

  it("falls back to the inner and then to the outer header for the declared sender", () => {
    const bare = anInspection("posta-certificata", { ...NOT_VALID, daticert: null });
    expect(row(bare)).toContain("da mario.rossi@pec.test ·");
    expect(row({ ...bare, original: null })).toContain("da posta-certificata@gestore.test ·");
  });

  it("never shows a name that the sender chose", () => {
    const original = anInspection("posta-certificata").original;
    const boss = { from: "Direttore <capo@banca.test> <ladro@altrove.test>", fromAddress: "ladro@altrove.test" };
    const bare = anInspection("posta-certificata", { ...NOT_VALID, daticert: null });
    const shown = row({ ...bare, original: original && { ...original, ...boss } });
    expect(shown).toContain("da ladro@altrove.test ·");
    expect(shown).not.toContain("capo@banca.test");
    const nobody = { ...bare, original: null, header: { ...bare.header, from: "Banca", fromAddress: "" } };
    expect(row(nobody)).toBe("Si presenta come posta certificata · dati dichiarati, non certificati");
  });

  it("quotes a kind that no rule knows", () => {
    const unrecognized = "ricevuta\u202enuova";
    expect(row(anInspection(null, { ...NOT_VALID, daticert: null, unrecognized }))).toBe(
      "Si presenta come ricevuta di tipo non riconosciuto («ricevuta⟨U+202E⟩nuova») · dati dichiarati, non certificati",
    );
  });

  it("counts the PEC messages attached to ordinary mail", () => {
    const attached = { path: [1], kind: "accettazione", fileName: null, subject: "ACCETTAZIONE: x" } as const;
    expect(row(anInspection(null, NOTHING))).toBe("Questo messaggio è posta ordinaria: non si presenta come PEC.");
    expect(row(anInspection(null, { ...NOTHING, attached: [attached] }))).toBe(
      "Posta ordinaria, con un messaggio PEC allegato",
    );
    expect(row(anInspection(null, { ...NOTHING, attached: [attached, attached] }))).toContain(
      "con 2 messaggi PEC allegati",
    );
  });

  it("says of what only looks like PEC that it is none, and who wrote it", () => {
    const header = {
      from: "",
      fromAddress: "truffa@posta.test",
      subject: "",
      date: "",
      messageId: "",
      wasReceived: true,
    };
    const inspection = anInspection(null, { ...NOT_VALID, daticert: null, header });
    const text = "Non è una PEC: imita un messaggio di posta certificata, ma nessun gestore l'ha firmato";
    expect(row(inspection)).toBe(`${text} · scritto da truffa@posta.test`);
    expect(row({ ...inspection, header: { ...header, fromAddress: "" } })).toBe(text);
  });
});

describe("facts", () => {
  const labels = (inspection: Inspection) =>
    describeReport(inspection, "it").facts.facts.map((fact) => words(fact.labelKey));

  it("are certified only when the seal passed", () => {
    const sealed = describeReport(anInspection("posta-certificata"), "it").facts;
    expect(sealed).toMatchObject({ certified: true, titleKey: "facts_certified" });
    const daticert = aDaticert("posta-certificata", { consegna: null });
    expect(labels(anInspection("posta-certificata", { daticert }))).toEqual([
      "Mittente reale",
      "Destinatari",
      "Oggetto",
      "Data certificata",
      "Gestore",
      "Ricevuta richiesta",
      "Identificativo",
      "Message-ID",
    ]);
  });

  it.each([
    ["not valid", NOT_VALID],
    ["not verifiable", UNVERIFIABLE],
  ])("of a message that is %s are declared", (_, verdict) => {
    for (const kind of KINDS) {
      const { facts } = describeReport(anInspection(kind, verdict), "it");
      expect(facts.certified).toBe(false);
      expect(facts.facts.every(({ labelKey }) => labelKey.endsWith("_declared"))).toBe(true);
      expect(words(facts.titleKey)).toMatch(/non certificati$/);
    }
  });

  it("of a seal that passed come from daticert, never from a header", () => {
    const daticert = aDaticert("posta-certificata", { mittente: "vero@pec.test", oggetto: "Vero" });
    const inspection = anInspection("posta-certificata", {
      daticert,
      header: {
        from: "finto@pec.test",
        fromAddress: "finto@pec.test",
        subject: "Finto",
        date: "",
        messageId: "finto",
        wasReceived: true,
      },
      original: {
        from: "finto@pec.test",
        fromAddress: "finto@pec.test",
        to: "finto@pec.test",
        cc: "",
        replyTo: "",
        people: { from: [], to: [], cc: [], replyTo: [] },
        subject: "Finto",
        date: "",
        messageId: "finto",
        attachments: [],
      },
    });
    const report = describeReport(inspection, "it");
    expect(allWords({ ...report, attachments: [] })).not.toMatch(/finto/i);
  });

  it("tell PEC addresses from ordinary ones, and say where no receipt is to be expected", () => {
    const daticert = aDaticert("accettazione", {
      destinatari: [
        { indirizzo: "a@pec.test", tipo: "certificato" },
        { indirizzo: "b@posta.test", tipo: "esterno" },
      ],
    });
    const { facts } = describeReport(anInspection("accettazione", { daticert }), "it");
    const recipients = facts.facts.find((fact) => fact.type === "recipients");
    expect(recipients?.recipients.map(({ kindKey }) => words(kindKey))).toEqual(["PEC", "posta ordinaria"]);
    expect(facts.note && say(facts.note)).toBe(
      "Per i destinatari di posta ordinaria non è prevista ricevuta di consegna.",
    );
    expect(describeReport(anInspection("accettazione"), "it").facts.note).toBeNull();
  });

  it("show where answers go when that is somewhere else", () => {
    const elsewhere = aDaticert("posta-certificata", { risposte: "altrove@pec.test" });
    expect(labels(anInspection("posta-certificata", { daticert: elsewhere }))).toContain("Risposte a");
    const same = aDaticert("posta-certificata", { risposte: "Mario.Rossi@PEC.test" });
    expect(labels(anInspection("posta-certificata", { daticert: same }))).not.toContain("Risposte a");
  });

  it("tell addresses that only look like another", () => {
    const lookalike = "mario@p\u0435c.test";
    const daticert = aDaticert("posta-certificata", {
      mittente: lookalike,
      risposte: `2${lookalike}`,
      destinatari: [{ indirizzo: lookalike, tipo: "certificato" }],
    });
    const report = describeReport(anInspection("posta-certificata", { daticert }), "it");
    expect(JSON.stringify([report.row, report.facts])).not.toContain("\u0435");
    expect(say(report.row.sentence)).toContain("mario@p⟨U+0435⟩c.test");
  });

  it("tell the receipt that was asked for from the kind of a receipt", () => {
    expect(labels(anInspection("posta-certificata"))).toContain("Ricevuta richiesta");
    expect(labels(anInspection("avvenuta-consegna"))).toContain("Tipo di ricevuta");
    expect(labels(anInspection("avvenuta-consegna"))).not.toContain("Ricevuta richiesta");
    expect(labels(anInspection("avvenuta-consegna", NOT_VALID))).toContain("Tipo di ricevuta");
  });

  it("without daticert are dates in words and identifiers without brackets", () => {
    const base = anInspection("anomalia", { look: "neutral" });
    const facts = (date: string) =>
      describeReport(
        {
          ...base,
          header: { ...base.header, messageId: "<abc@studio.test>" },
          original: base.original && { ...base.original, date },
        },
        "it",
      ).facts.facts;
    const shown = (date: string) =>
      facts(date).flatMap((fact) =>
        fact.type === "text" ? [plainValue(fact.value, words).replaceAll("\u00a0", " ")] : [],
      );
    expect(shown("Thu, 16 Oct 2025 18:32:30 +0200")).toContain("16/10/2025 alle 18:32:30 (+0200)");
    expect(shown("16 oct 2025 18:32 -0330 (NST)")).toContain("16/10/2025 alle 18:32:00 (-0330)");
    for (const odd of ["giovedì", "Thu, 16 Oct 2025 18:32:30 GMT", "Thu, 99 Oct 2025 18:32:30 +0200", "2025"]) {
      expect(shown(odd)).toContain(odd);
    }
    const id = facts("").find((fact) => fact.type === "identifier");
    expect(id).toMatchObject({ copied: "abc@studio.test", value: { text: "abc@studio.test" } });
  });

  it("copy identifiers exactly as they are", () => {
    const daticert = aDaticert("posta-certificata", { identificativo: "a\u200bb@gestore.test" });
    const { facts } = describeReport(anInspection("posta-certificata", { daticert }), "it").facts;
    const identifier = facts.find((fact) => fact.type === "identifier");
    expect(identifier).toMatchObject({ copied: "a\u200bb@gestore.test", value: { text: "a⟨U+200B⟩b@gestore.test" } });
  });
});

describe("the verdict", () => {
  const verdict = (changes: Partial<Inspection>) =>
    describeReport(anInspection("posta-certificata", changes), "it").verdict;
  const failed = (subIndication: SubIndication, checks = someChecks()): Partial<Inspection> => ({
    look: "not-valid",
    seal: { indication: "TOTAL-FAILED", subIndication, remarks: [] },
    checks,
  });
  const open = (subIndication: SubIndication, checks = someChecks()): Partial<Inspection> => ({
    look: "cannot-be-verified",
    seal: { indication: "INDETERMINATE", subIndication, remarks: [] },
    checks,
  });

  it.each<readonly [string, Partial<Inspection>, string]>([
    ["sealed", {}, "Il sigillo del gestore è integro e autentico"],
    ["HASH_FAILURE", failed("HASH_FAILURE"), "Il contenuto non corrisponde al sigillo"],
    ["SIG_CRYPTO_FAILURE", failed("SIG_CRYPTO_FAILURE"), "La firma del gestore non è autentica."],
    ["FORMAT_FAILURE", failed("FORMAT_FAILURE"), "La busta è incompleta o danneggiata"],
    [
      "CHAIN_CONSTRAINTS_FAILURE",
      failed("CHAIN_CONSTRAINTS_FAILURE"),
      "Chi ha firmato non è un gestore PEC riconosciuto",
    ],
    ["SIG_CONSTRAINTS_FAILURE", failed("SIG_CONSTRAINTS_FAILURE"), "Il messaggio non rispetta le regole della PEC"],
    ["EXPIRED", failed("EXPIRED"), "era già scaduto quando il messaggio è stato certificato: il sigillo non è valido."],
    [
      "NOT_YET_VALID",
      failed("NOT_YET_VALID"),
      "non era ancora valido quando il messaggio è stato certificato: il sigillo",
    ],
    [
      "REVOKED",
      failed("REVOKED"),
      "era già stato revocato quando il messaggio è stato certificato: il sigillo non è valido.",
    ],
    ["no chain", open("NO_CERTIFICATE_CHAIN_FOUND"), "non conosce l'autorità che ha rilasciato il certificato"],
    ["future", open("SIG_CONSTRAINTS_FAILURE"), "L'ora del sigillo è nel futuro"],
    ["anything else failed", failed("TRY_LATER"), "Il sigillo non è valido."],
    ["anything else open", open("TRY_LATER"), "Il sigillo non si può né confermare né smentire."],
  ])("is said in a sentence: %s", (_, changes, text) => {
    expect(say(verdict(changes).sentence)).toContain(text);
  });

  it("without any signature is that it is not PEC", () => {
    const checks = someChecks({ "signature-present": { outcome: "FAILED", detail: {} } });
    const { sentence, reasons } = verdict({ ...failed("FORMAT_FAILURE", checks), signature: null });
    expect(say(sentence)).toBe(
      "Si presenta come PEC ma non porta il sigillo di alcun gestore: non è un messaggio PEC.",
    );
    expect(reasons).toEqual([]);
  });

  it("names the day of revocation when it is known", () => {
    const checks = someChecks({ revocation: { outcome: "FAILED", detail: { date: "2025-01-02T03:04:05.000Z" } } });
    expect(say(verdict(failed("REVOKED", checks)).sentence)).toContain(
      "è stato revocato il 02/01/2025 alle 05:04:05 (+0200) (motivo non indicato), prima che il messaggio",
    );
  });

  it("says of a suspended certificate that nothing can be said, and since when", () => {
    const detail = { reason: "certificateHold", date: "2025-01-02T03:04:05.000Z" };
    const checks = someChecks({ revocation: { outcome: "NOT_DONE", detail } });
    const { sentence, reasons } = verdict(open("TRY_LATER", checks));
    expect(say(sentence)).toBe(
      "Il certificato del gestore era sospeso dal 02/01/2025 alle 05:04:05 (+0200), prima che il messaggio fosse certificato: finché l'autorità non lo riammette o lo revoca, non si può dire se il sigillo sia valido.",
    );
    expect(reasons).toEqual([]);
  });

  it("asks to update for a newer authority instead of doubting it", () => {
    const checks = someChecks({ "pec-authority": { outcome: "NOT_DONE", detail: { code: "NEWER_PEC_AUTHORITY" } } });
    expect(say(verdict(open("NO_CERTIFICATE_CHAIN_FOUND", checks)).sentence)).toContain("aggiorna Sigillo PEC");
  });

  it("does not repeat in its reasons what it has said", () => {
    const checks = someChecks({ "message-digest": { outcome: "FAILED", detail: {} } });
    expect(verdict(failed("HASH_FAILURE", checks)).reasons).toEqual([]);
  });

  it("gives every other failed check as a reason, with both values", () => {
    const checks = someChecks({
      "signer-address": { outcome: "FAILED", detail: { expected: "pec@gestore.test", found: "uno@altro.test" } },
      "daticert-sender-original": { outcome: "FAILED", detail: { expected: "mario@pec.test", found: "" } },
    });
    const { reasons } = verdict(failed("SIG_CONSTRAINTS_FAILURE", checks));
    expect(reasons.map((reason) => say(reason.sentence))).toEqual([
      "L'indirizzo del certificato (uno@altro.test) non è quello del mittente (pec@gestore.test).",
      "Il mittente certificato non coincide con quello del messaggio originale.",
    ]);
    expect(
      reasons[1]?.comparisons[0]?.sides.map((side) => [words(side.labelKey), plainValue(side.value, words)]),
    ).toEqual([
      ["Dato certificato", "mario@pec.test"],
      ["Messaggio originale", "(vuoto)"],
    ]);
  });

  it("leaves notes out beside a failure, and unanswered questions too", () => {
    const checks = someChecks({
      "message-digest": { outcome: "FAILED", detail: {} },
      "signature-algorithms": { outcome: "WARNING", detail: {} },
      revocation: { outcome: "NOT_DONE", detail: {} },
      "certificate-path": { outcome: "NOT_DONE", detail: {} },
    });
    const { reasons, remarks } = verdict(failed("HASH_FAILURE", checks));
    expect([...reasons, ...remarks]).toEqual([]);
  });

  it("gives what could not be answered as a reason when that is the verdict, failures first", () => {
    const checks = someChecks({
      "signature-value": { outcome: "NOT_DONE", detail: {} },
      "from-field": { outcome: "FAILED", detail: { code: "SEVERAL_ADDRESSES" } },
      revocation: { outcome: "NOT_DONE", detail: { code: "NOT_ASKED" } },
    });
    expect(verdict(open("NO_SIGNING_CERTIFICATE_FOUND", checks)).reasons.map((reason) => say(reason.sentence))).toEqual(
      [
        "Il campo From contiene più indirizzi: la busta di un gestore ne ha uno solo.",
        "Non si è potuto controllare il valore della firma.",
      ],
    );
  });
});

describe("remarks", () => {
  const remarks = (codes: readonly Remark[], checks = someChecks()) =>
    describeReport(
      anInspection("posta-certificata", {
        look: "sealed-with-remarks",
        seal: { indication: "TOTAL-PASSED", subIndication: null, remarks: codes },
        checks,
      }),
      "it",
    ).verdict.remarks;

  it("come with the one that is always there last", () => {
    const texts = remarks(["REVOCATION_NOT_CHECKED", "CERTIFICATE_EXPIRED_SINCE", "SHA1_DIGEST"]).map(
      ({ sentence }) => sentence.key,
    );
    expect(texts).toEqual(["remark_sha1_digest", "remark_certificate_expired_since", "remark_revocation_not_checked"]);
  });

  it("show both values of each header field that differs", () => {
    const checks = someChecks({
      "daticert-subject": { outcome: "WARNING", detail: { expected: "Vero", found: "Finto" } },
      "date-field": {
        outcome: "WARNING",
        detail: { expected: "2025-10-16T16:32:35.000Z", found: "Fri, 17 Oct 2025 08:00:00 +0000" },
      },
      "daticert-identifier": { outcome: "PASSED", detail: { expected: "a", found: "a" } },
    });
    const [reason] = remarks(["HEADERS_DIFFER"], checks);
    const shown = reason?.comparisons.map(({ fieldKey, sides }) => [
      words(fieldKey),
      ...sides.map((side) => plainValue(side.value, words).replaceAll("\u00a0", " ")),
    ]);
    expect(shown).toEqual([
      ["Oggetto", "Vero", "Finto"],
      ["Data", WHEN, "17/10/2025 alle 08:00:00 (+0000)"],
    ]);
  });

  it("say how far apart the times are", () => {
    const apart = (minutes: string) => {
      const checks = someChecks({ "daticert-time": { outcome: "WARNING", detail: { minutes } } });
      return remarks(["TIMES_APART"], checks).map(({ sentence }) => say(sentence))[0];
    };
    expect(apart("95")).toContain("distano 95 minuti.");
    expect(apart("300")).toContain("distano 5 ore.");
    expect(apart("?")).toContain("distano più di un'ora.");
  });

  it("say the day where there is one", () => {
    const checks = someChecks({ "trust-origin": { outcome: "WARNING", detail: { date: "2026-03-01", name: "CN=x" } } });
    expect(remarks(["USER_ADDED_ANCHOR"], checks).map(({ sentence }) => say(sentence))).toEqual([
      "L'autorità che garantisce il gestore è stata aggiunta da te il 01/03/2026, non è tra quelle note.",
    ]);
    expect(remarks(["USER_ADDED_ANCHOR"]).map(({ sentence }) => sentence.key)).toEqual(["remark_user_added_anchor"]);
  });

  it("tell the revocation as far as it is known, and offer to check it where that can give an answer", () => {
    const list = { ...signer, crlDistributionPoints: ["ldap://x", "http://ca.test/crl"] };
    const told = (
      revocation: RevocationReport,
      changes: { readonly signer?: typeof signer; readonly remarks?: readonly Remark[] } = {},
    ) => {
      const codes = changes.remarks ?? (revocation.status === "not-asked" ? ["REVOCATION_NOT_CHECKED"] : []);
      const inspection = anInspection("posta-certificata", {
        look: "sealed",
        seal: { indication: "TOTAL-PASSED", subIndication: null, remarks: codes },
        signature: { ...signature, signer: changes.signer ?? list, revocation },
      });
      const last = describeReport(inspection, "it").verdict.remarks.at(-1);
      return last && [say(last.sentence), last.offers];
    };
    const notAsked = "Non è stato controllato in rete se il certificato del gestore sia stato revocato.";
    expect(told({ status: "not-asked" })).toEqual([notAsked, "check-revocation"]);
    expect(told({ status: "not-asked" }, { signer })).toEqual([notAsked, null]);
    const expired: readonly Remark[] = ["CERTIFICATE_EXPIRED_SINCE", "REVOCATION_NOT_CHECKED"];
    expect(told({ status: "not-asked" }, { remarks: expired })).toEqual([notAsked, null]);
    const thisUpdate = Date.parse("2025-11-03T00:00:00Z");
    expect(told({ status: "good", thisUpdate })).toEqual([
      "Il certificato del gestore non risulta revocato, secondo quanto l'autorità ha pubblicato il 03/11/2025.",
      null,
    ]);
    expect(told({ status: "unknown", code: "STALE" })).toEqual([
      expect.stringContaining("senza una risposta certa: l'elenco dei certificati revocati non è aggiornato."),
      "check-revocation",
    ]);
    for (const code of UNKNOWN_CODES.filter((each) => each !== "UNSUPPORTED")) {
      expect(told({ status: "unknown", code })?.[0]).not.toContain("non sa interpretare");
    }
    expect(told({ status: "unknown", code: "SOMETHING_NEW" })?.[0]).toContain("non sa interpretare");
    expect(told({ status: "unknown", code: "EXPIRED_BEFORE" })?.[1]).toBeNull();
    const later = {
      status: "revoked",
      thisUpdate,
      time: Date.parse("2025-11-01T09:00:00Z"),
      reason: "superseded",
    } as const;
    expect(told(later, { remarks: ["REVOKED_LATER"] })).toEqual([
      "Il certificato del gestore è stato revocato il 01/11/2025 alle 11:00:00 (+0200) (certificato sostituito), dopo la certificazione del messaggio: il sigillo resta valido.",
      null,
    ]);
  });

  it("do not ask for the revocation of a wrapper that vouches for nothing", () => {
    expect(describeReport(anInspection("anomalia", { look: "neutral" }), "it").verdict.remarks).toEqual([]);
  });

  it("tell of a record on this computer only where it closes a gap, and never as evidence", () => {
    const recordedAt = Date.parse("2025-12-01T10:00:00Z");
    const told = (codes: readonly Remark[], at: number | null, toldAt: number | null = null) =>
      describeReport(
        anInspection("posta-certificata", {
          look: "sealed",
          seal: { indication: "TOTAL-PASSED", subIndication: null, remarks: codes },
          signature: { ...signature, recordedAt: at, toldAt },
        }),
        "it",
      ).verdict.remarks.map(({ sentence }) => say(sentence));
    const record = "Questo computer aveva già annotato la firma il 01/12/2025 alle 12:00:00 (+0200)";
    expect(told(["CERTIFICATE_EXPIRED_SINCE"], recordedAt)).toContainEqual(expect.stringContaining(record));
    expect(told(["CERTIFICATE_EXPIRED_SINCE"], recordedAt).at(-1)).toContain("non una prova da portare in giudizio");
    expect(told([], recordedAt)).toEqual([]);
    expect(told(["CERTIFICATE_EXPIRED_SINCE"], null)).toHaveLength(1);
    expect(told(["CERTIFICATE_EXPIRED_SINCE"], signer.notAfter + 1)).toHaveLength(1);
    const imported = told(["CERTIFICATE_EXPIRED_SINCE"], signer.notAfter + 1, recordedAt);
    expect(imported).toHaveLength(2);
    expect(imported[1]).toMatch(
      /^Secondo un file di annotazioni che hai importato, .*questo computer non l'ha vista allora/,
    );
    expect(told(["CERTIFICATE_EXPIRED_SINCE"], recordedAt, recordedAt - 1)[1]).toContain(record);
  });

  it("say once what holds for key and certificate", () => {
    expect(remarks(["WEAK_KEY", "SHA1_CERTIFICATE"])).toHaveLength(1);
    expect(remarks(["SHA1_CERTIFICATE"])).toHaveLength(1);
  });
});

describe("actions", () => {
  const actions = (inspection: Inspection) => describeReport(inspection, "it").actions.map(({ name }) => name);
  const original = anInspection("posta-certificata").original;
  const labels = (inspection: Inspection) =>
    describeReport(inspection, "it").actions.map(({ labelKey }) => words(labelKey));

  it("are offered as far as there is an original, and answers where there is somebody to answer", () => {
    expect(actions(anInspection("posta-certificata"))).toEqual([
      "open-original",
      "save-original",
      "save-message",
      "open-evidence",
      "reply",
      "forward",
      "print",
    ]);
    expect(actions(anInspection("avvenuta-consegna"))).toEqual([
      "open-original",
      "save-original",
      "save-message",
      "open-evidence",
      "forward",
      "print",
    ]);
    expect(actions(anInspection("errore-consegna", { original: null }))).toEqual([
      "save-message",
      "open-evidence",
      "print",
    ]);
    expect(actions(anInspection(null, { ...NOTHING, original: null }))).toEqual(["print"]);
  });

  it("offer to answer all only where there is more than one recipient", () => {
    const to = (changes: Partial<NonNullable<typeof original>>) =>
      actions(anInspection("posta-certificata", { original: original && { ...original, ...changes } }));
    expect(to({ to: "anna@pec.test, luca@pec.test" })).toContain("reply-all");
    expect(to({ cc: "luca@pec.test" })).toContain("reply-all");
    expect(to({})).not.toContain("reply-all");
    expect(to({ to: "", cc: "" })).not.toContain("reply-all");
  });

  it("name the person's own message inside a complete delivery receipt, which may be all that is left of it", () => {
    expect(labels(anInspection("avvenuta-consegna"))).toContain("Salva il messaggio consegnato…");
    const brief = aDaticert("avvenuta-consegna", { ricevuta: "breve" });
    expect(labels(anInspection("avvenuta-consegna", { daticert: brief }))).toContain("Salva originale…");
    expect(labels(anInspection("avvenuta-consegna", NOT_VALID))).toContain("Salva originale…");
    expect(labels(anInspection("posta-certificata"))).toContain("Salva originale…");
  });

  it("name what is saved whole by its kind", () => {
    expect(labels(anInspection("avvenuta-consegna"))).toContain("Salva ricevuta…");
    expect(labels(anInspection("non-accettazione"))).toContain("Salva avviso…");
    expect(labels(anInspection("posta-certificata"))).toContain("Salva busta…");
    for (const kind of [null, "avvenuta-consegna", "posta-certificata"] as const) {
      expect(labels(anInspection(kind, NOT_VALID))).toContain("Salva messaggio…");
    }
  });

  it("come with a caution when nobody vouches for what they open", () => {
    const caution = (inspection: Inspection) => {
      const text = describeReport(inspection, "it").caution;
      return text && say(text);
    };
    expect(caution(anInspection("posta-certificata", NOT_VALID))).toContain("falso o modificato");
    expect(caution(anInspection("posta-certificata", UNVERIFIABLE))).toContain("Non si sa se");
    expect(caution(anInspection("posta-certificata"))).toBeNull();
    expect(caution(anInspection("posta-certificata", { ...NOT_VALID, original: null }))).toBeNull();
  });

  it("tell the size of an attachment in words that have a plural", () => {
    const sizes = (locale: string) => {
      const attachments = [12, 1, 2_345, 3_400_000].map((size, index) => ({
        path: [index],
        name: "a",
        contentType: "text/plain",
        size,
      }));
      const inspection = anInspection("posta-certificata", { original: original && { ...original, attachments } });
      return describeReport(inspection, locale).attachments.map(({ size }) => plainValue(size, words));
    };
    expect(sizes("en-GB")).toEqual(["12 bytes", "1 byte", "2 kB", "3.4 MB"]);
    expect(sizes("it").map((size) => size.replaceAll("\u00a0", " "))).toEqual(["12 byte", "1 byte", "2 kB", "3,4 MB"]);
  });
});

describe("what the seal means", () => {
  const meaning = (inspection: Inspection) => describeReport(inspection, "it").meaning.map(({ key }) => key);

  it("is said only of a seal that holds, and not of the wrapper of an anomaly", () => {
    expect(meaning(anInspection("posta-certificata"))).toEqual(["meaning_of_the_seal"]);
    expect(meaning(anInspection("avvenuta-consegna"))).toEqual([
      "meaning_avvenuta_consegna",
      "meaning_content_completa",
      "restore_meaning",
      "meaning_of_the_seal",
    ]);
    expect(meaning(anInspection("anomalia", { look: "neutral" }))).toEqual([]);
    for (const kind of KINDS) {
      expect(meaning(anInspection(kind, NOT_VALID))).toEqual([]);
      expect(meaning(anInspection(kind, UNVERIFIABLE))).toEqual([]);
    }
  });

  it.each([
    ["completa", true, ["meaning_content_completa"]],
    ["breve", true, ["meaning_content_breve", "meaning_content_lawyers"]],
    ["sintetica", false, ["meaning_content_sintetica", "meaning_content_lawyers"]],
    // Somebody in Cc gets it without the message, whatever was asked for.
    ["completa", false, ["meaning_content_none", "meaning_content_lawyers"]],
    ["breve", false, ["meaning_content_none", "meaning_content_lawyers"]],
    [null, true, []],
  ] as const)(
    "tells what a delivery receipt proves of the content: %s, holding the message: %s",
    (ricevuta, holds, expected) => {
      const inspection = anInspection("avvenuta-consegna", { daticert: aDaticert("avvenuta-consegna", { ricevuta }) });
      const said = meaning(holds ? inspection : { ...inspection, original: null });
      expect(said.filter((key) => key.startsWith("meaning_content"))).toEqual(expected);
    },
  );
});

describe("technical details", () => {
  const technical = (changes: Partial<Inspection>) =>
    describeReport(anInspection("posta-certificata", changes), "it").technical;

  it("hold the strict indication and say that no proof of existence stands behind the seal", () => {
    const strict = technical({ signature: { ...signature, subIndication: "OUT_OF_BOUNDS_NO_POE" } });
    expect(strict.strict).toEqual({ indication: "INDETERMINATE", subIndication: "OUT_OF_BOUNDS_NO_POE" });
    expect(strict.strictNote && say(strict.strictNote)).toContain(
      "Non c'è prova indipendente che la firma esistesse prima del 31/12/2026",
    );
  });

  it("say why the strict result is held back by SHA-1 or by what was usual then, and by nothing else", () => {
    const note = (remarks: readonly Remark[]) =>
      technical({
        look: "sealed-with-remarks",
        seal: { ...SEALED.seal, remarks },
        signature: { ...signature, subIndication: "CRYPTO_CONSTRAINTS_FAILURE" },
      }).strictNote?.key;
    expect(note(["SHA1_DIGEST", "WEAK_KEY"])).toBe("technical_sha1");
    expect(note(["SHA1_CERTIFICATE"])).toBe("technical_weak_then");
    expect(note([])).toBeUndefined();
  });

  it("hold what is known of the revocation, and when this computer first saw the signature", () => {
    const field = (key: string, changes: Partial<typeof signature>) =>
      technical({ signature: { ...signature, ...changes } }).signature.find(({ labelKey }) => labelKey === key);
    const value = (key: string, changes: Partial<typeof signature> = {}) => {
      const found = field(key, changes);
      return found && plainValue(found.value, words).replaceAll("\u00a0", " ");
    };
    const thisUpdate = Date.parse("2025-11-03T00:00:00Z");
    expect(value("technical_revocation")).toBe("non controllata");
    expect(value("technical_revocation", { revocation: { status: "good", thisUpdate } })).toBe(
      "non revocato, secondo quanto pubblicato il 03/11/2025 alle 02:00:00 (+0200)",
    );
    expect(value("technical_revocation", { revocation: { status: "unknown", code: "STALE" } })).toBe(
      "nessuna risposta (STALE)",
    );
    expect(
      value("technical_revocation", { revocation: { status: "revoked", thisUpdate, time: thisUpdate, reason: "?" } }),
    ).toBe("revocato il 03/11/2025 alle 02:00:00 (+0200) (motivo non indicato)");
    expect(value("technical_recorded_at")).toBeUndefined();
    expect(value("technical_recorded_at", { recordedAt: thisUpdate })).toBe("03/11/2025 alle 02:00:00 (+0200)");
  });

  it("hold every check, and the fingerprint of every certificate", () => {
    const { checks, chain } = technical({});
    expect(checks.map(({ id }) => id)).toEqual([...CHECK_IDS]);
    expect(chain[0]?.fields.map((field) => plainValue(field.value, words))).toContain("ab".repeat(32));
    expect(chain.map(({ name }) => plainValue(name, words))).toEqual(["posta-certificata@gestore.test"]);
  });

  it("name algorithms in the person's words, and a certificate as it names itself", () => {
    const name = "RSA PKCS#1 v1.5 with SHA-256";
    const { checks } = technical({
      checks: someChecks({
        "signature-algorithms": { outcome: "PASSED", detail: { name } },
        "trust-origin": { outcome: "PASSED", detail: { name } },
      }),
    });
    const said = checks.flatMap(({ detail }) => detail).map(({ value }) => value);
    expect(said.map((value) => plainValue(value, words))).toEqual(["RSA PKCS#1 v1.5 con SHA-256", name]);
    // Isolated, as everything that a certificate says.
    expect(said[1]?.type).toBe("foreign");
  });

  it("cap a daticert made to hang the window, and say so", () => {
    const { xml, xmlNote } = technical({ daticertXml: "x".repeat(5_000_000) });
    expect(xml).toHaveLength(100_000);
    expect(xmlNote && say(xmlNote)).toContain("100.000");
  });

  it("list the recipients of the table up to a limit", () => {
    const destinatari = Array.from({ length: 5_000 }, (_, i) => ({
      indirizzo: `a${String(i)}@pec.test`,
      tipo: "certificato" as const,
    }));
    const { daticert } = technical({ daticert: aDaticert("posta-certificata", { destinatari }) });
    expect(daticert.length).toBeLessThan(70);
    expect(daticert.map(({ value }) => plainValue(value, words))).toContain("… +4950");
  });
});

describe("every report", () => {
  const verdicts: readonly Pick<Inspection, "look" | "seal">[] = [
    SEALED,
    { look: "sealed-with-remarks", seal: { ...SEALED.seal, remarks: allRemarks() } },
    { look: "neutral", seal: SEALED.seal },
    NOTHING,
    ...subIndications().flatMap((subIndication): Pick<Inspection, "look" | "seal">[] => [
      { look: "not-valid", seal: { indication: "TOTAL-FAILED", subIndication, remarks: [] } },
      { look: "cannot-be-verified", seal: { indication: "INDETERMINATE", subIndication, remarks: [] } },
    ]),
  ];
  const outcomes = ["PASSED", "FAILED", "WARNING", "NOT_DONE"] as const;
  const codes = [
    "CONFLICTING_CLAIMS",
    "UNRECOGNIZED_KIND",
    "ORIGINAL_MISSING",
    "SIGNATURE_PART_MISSING",
    "NO_POLICY",
    "NEWER_PEC_AUTHORITY",
    "MISSING",
    "SEVERAL",
    "SEVERAL_FIELDS",
    "SEVERAL_ADDRESSES",
    "OFFSET_MISSING",
    "OTHER",
  ];

  it.each(KINDS)("of kind %s has words in both languages, whatever the verdict and the outcomes", (kind) => {
    for (const [turn, verdict] of verdicts.entries()) {
      const checks = CHECK_IDS.map((id, index) => ({
        id,
        outcome: outcomes[(index + turn) % outcomes.length] ?? "PASSED",
        detail: {
          expected: "a",
          found: "b",
          code: codes[turn % codes.length] ?? "",
          date: "2025-01-01",
          minutes: "90",
        },
      }));
      const inspection = anInspection(kind, { ...verdict, checks });
      // A key without words, or a placeholder without a value, throws.
      expect(allWords(describeReport(inspection, "it"))).not.toMatch(/[\ue000\ue001]/);
      expect(allWords(describeReport(inspection, "en-GB"), english)).not.toMatch(/[\ue000\ue001]/);
    }
  });

  it("has words for every code of every check that the core gives", () => {
    const structural: Partial<
      Record<(typeof CHECK_IDS)[number], readonly [(typeof outcomes)[number], readonly string[]]>
    > = {
      structure: ["FAILED", ["CONFLICTING_CLAIMS", "UNRECOGNIZED_KIND", "ORIGINAL_MISSING", "OTHER"]],
      "signature-present": ["FAILED", ["SIGNATURE_PART_MISSING"]],
      "pec-authority": ["FAILED", ["NO_POLICY", "UNKNOWN_ISSUING_KEY"]],
      "from-field": ["FAILED", ["MISSING", "SEVERAL_FIELDS", "SEVERAL_ADDRESSES", "OTHER"]],
      "daticert-present": ["FAILED", ["MISSING", "SEVERAL"]],
      "daticert-format": ["WARNING", ["OFFSET_MISSING"]],
    };
    for (const [id, [outcome, list]] of Object.entries(structural)) {
      for (const code of list) {
        const checks = CHECK_IDS.map((other) => ({
          id: other,
          outcome: other === id ? outcome : ("PASSED" as const),
          detail: other === id ? { code } : {},
        }));
        for (const translate of [words, english]) {
          expect(
            allWords(describeReport(anInspection("posta-certificata", { ...NOT_VALID, checks }), "it"), translate),
          ).not.toBe("");
        }
      }
    }
  });

  it("never praises a seal that did not pass, and never says more than is proved", () => {
    for (const kind of KINDS) {
      for (const verdict of verdicts) {
        const report = describeReport(anInspection(kind, verdict), "it");
        const text = allWords({ ...report, technical: { ...report.technical, checks: [] } });
        expect(text).not.toMatch(/\b(letto|letta|sicur[oa])\b/i);
        if (verdict.seal.indication !== "TOTAL-PASSED" || verdict.look === "neutral") {
          expect(text).not.toMatch(/sigillo valido/i);
        }
        if (verdict.seal.indication !== "TOTAL-PASSED")
          expect(text).not.toMatch(/integro e autentico|Consegnata nella|· certificata da /);
      }
    }
  });

  it("makes hostile values harmless wherever they stand", () => {
    const evil = "\u202e**x** $1\u0000<img src=x>\n";
    const daticert = aDaticert("avvenuta-consegna", {
      mittente: evil,
      oggetto: evil,
      consegna: evil,
      gestoreEmittente: evil,
      identificativo: evil,
      msgid: evil,
      risposte: `${evil}2`,
      destinatari: [{ indirizzo: evil, tipo: "esterno" }],
      erroreEsteso: evil,
      data: { instant: 0, local: evil, offset: null },
    });
    const certificate = {
      subject: evil,
      issuer: evil,
      serial: evil,
      emails: [evil],
      notBefore: Number.NaN,
      notAfter: 9e15,
      sha256: evil,
      organization: evil,
      crlDistributionPoints: [evil],
    };
    const attachments = [
      { path: [0], name: evil, contentType: evil, size: 1 },
      { path: [1], name: null, contentType: evil, size: 2_500_000 },
    ];
    const base = anInspection("avvenuta-consegna");
    for (const look of ["sealed", "not-valid"] satisfies Look[]) {
      const report = describeReport(
        {
          ...base,
          ...(look === "sealed" ? SEALED : NOT_VALID),
          daticert,
          daticertXml: evil,
          header: { from: evil, fromAddress: evil, subject: evil, date: evil, messageId: evil, wasReceived: true },
          signature: {
            ...signature,
            digestAlgorithm: evil,
            signatureAlgorithm: evil,
            signer: certificate,
            chain: [certificate],
          },
          checks: CHECK_IDS.map((id) => ({
            id,
            outcome: "FAILED",
            detail: { expected: evil, found: evil, code: evil, name: evil },
          })),
          original: base.original && { ...base.original, attachments },
          attached: [{ path: [1], kind: "accettazione", fileName: evil, subject: "" }],
        },
        "it",
      );
      const text = allWords(report);
      expect(text).toContain("⟨U+202E⟩**x** $1⟨U+0000⟩<img src=x>⟨U+000A⟩");
      expect(text).not.toContain("\u202e");
      expect(text).not.toContain("\u0000");
      expect(report.technical.xml).toBe("⟨U+202E⟩**x** $1⟨U+0000⟩<img src=x>\n");
    }
  });
});

function allRemarks(): readonly Remark[] {
  const remarks: Readonly<Record<Remark, true>> = {
    SHA1_DIGEST: true,
    CERTIFICATE_EXPIRED_SINCE: true,
    REVOCATION_NOT_CHECKED: true,
    WEAK_KEY: true,
    SHA1_CERTIFICATE: true,
    TIMES_APART: true,
    NO_SIGNING_TIME: true,
    HEADERS_DIFFER: true,
    TIME_ZONE_MISSING: true,
    REVOKED_LATER: true,
    USER_ADDED_ANCHOR: true,
  };
  return Object.keys(remarks) as Remark[];
}

function subIndications(): readonly SubIndication[] {
  const all: Readonly<Record<SubIndication, true>> = {
    FORMAT_FAILURE: true,
    HASH_FAILURE: true,
    SIG_CRYPTO_FAILURE: true,
    REVOKED: true,
    EXPIRED: true,
    NOT_YET_VALID: true,
    SIG_CONSTRAINTS_FAILURE: true,
    CHAIN_CONSTRAINTS_FAILURE: true,
    CERTIFICATE_CHAIN_GENERAL_FAILURE: true,
    CRYPTO_CONSTRAINTS_FAILURE: true,
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE: true,
    NO_SIGNING_CERTIFICATE_FOUND: true,
    NO_CERTIFICATE_CHAIN_FOUND: true,
    NO_CERTIFICATE_CHAIN_FOUND_NO_POE: true,
    REVOKED_NO_POE: true,
    REVOKED_CA_NO_POE: true,
    OUT_OF_BOUNDS_NO_POE: true,
    OUT_OF_BOUNDS_NOT_REVOKED: true,
    TRY_LATER: true,
  };
  return Object.keys(all) as SubIndication[];
}
