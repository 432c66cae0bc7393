import { describe, expect, it } from "vitest";
import {
  type LedgerEvent,
  linksOf,
  type Receipt,
  type ReturnedMail,
  type SentCopy,
  sentStatus,
  withEvent,
} from "../../../src/core/index.ts";
import type { SentReport } from "../../../src/messages.ts";
import { describeSent, type SentView } from "../../../src/pages/sent/describe-sent.ts";
import { plainText, plainValue, type Sentence } from "../../../src/pages/sentence.ts";
import { aReceipt, after, ANNA, BRUNO, CARLA, copy, IDENTIFIER, SENDER } from "../../core/receipts/a-receipt.ts";
import { translator } from "../messages.ts";

const translate = translator("it");
const say = (sentence: Sentence): string => plainText(sentence, translate).replaceAll("\u00a0", " ");

const ACCEPTED = aReceipt("accettazione", 0);
const delivered = (recipient: string, hours = 1, changes: Partial<Receipt> = {}) =>
  aReceipt("avvenuta-consegna", hours, recipient, changes);

interface Known {
  readonly receipts?: readonly Receipt[];
  readonly copies?: readonly SentCopy[];
  readonly returned?: readonly ReturnedMail[];
  readonly unverified?: readonly Receipt[];
  readonly role?: SentReport["role"];
  readonly shown?: string;
  readonly collecting?: boolean;
}

/** `hours` after the acceptance. */
function described(hours: number, known: Known): SentView {
  const {
    receipts = [],
    copies = [copy],
    returned = [],
    unverified = [],
    role = "sent-copy",
    shown = "",
    collecting = false,
  } = known;
  const events: readonly LedgerEvent[] = [
    ...copies.map((each): LedgerEvent => ({ type: "sent", copy: each })),
    ...receipts.map((receipt): LedgerEvent => ({ type: "receipt", receipt })),
    ...returned.map((mail): LedgerEvent => ({ type: "returned", mail })),
  ];
  const [first, ...rest] = events;
  if (first === undefined) throw new Error("nothing known");
  const entry = rest.reduce((former, event) => withEvent([former], event), withEvent([], first));
  const status = sentStatus(entry, collecting ? 0 : after(hours));
  const report: SentReport = { role, entry, status, unverified, ...(collecting ? { collecting: true } : {}) };
  return describeSent(report, { now: after(hours), locale: "it", shownMessageId: shown });
}

const row = (view: SentView): string => say(view.row.sentence);
const of = (view: SentView, address: string) => {
  const found = view.recipients.find(({ key }) => key === address);
  if (found === undefined) throw new Error(`no ${address}`);
  return {
    ...found,
    state: translate(found.stateKey),
    said: found.notes.map((note) => say(note.sentence)),
    time: found.when === null ? null : plainValue(found.when, translate).replaceAll("\u00a0", " "),
  };
};

const ONLY_ANNA = {
  recipients: [{ indirizzo: ANNA, tipo: "certificato" }],
} as const;

describe("the row of a sent message", () => {
  it("counts, says what is wrong, and when it was accepted", () => {
    const view = described(2, { receipts: [ACCEPTED, delivered(ANNA)] });
    expect(row(view)).toBe(
      "**1 di 2 consegnati** · 1 in attesa · 1 di posta ordinaria · accettata il 02/03/2026 alle 08:00:00 (+0000)".replaceAll(
        "**",
        "",
      ),
    );
    expect(view.row.tone).toBe("plain");
  });

  it("calls nothing late, nor missing, while receipts are being collected", () => {
    for (const receipts of [[], [ACCEPTED]]) {
      const view = described(40, { receipts, collecting: true });
      expect(view.row.tone).toBe("plain");
      expect(view.missing.map(say)).toEqual([
        "Le ricevute si stanno ancora raccogliendo dalle cartelle: quelle che mancano possono essere già arrivate.",
      ]);
    }
    expect(described(40, { receipts: [ACCEPTED] }).row.tone).toBe("bad");
  });

  it("expects no delivery of ordinary mail: all is in order without it", () => {
    const view = described(2, { receipts: [ACCEPTED, delivered(ANNA), delivered(BRUNO)] });
    expect(row(view)).toMatch(/^Consegnata a entrambi i destinatari PEC · 1 di posta ordinaria · accettata il/);
    expect(view.row.tone).toBe("plain");
  });

  it("says first what went wrong", () => {
    const failure = aReceipt("errore-consegna", 1, BRUNO);
    const view = described(13, { receipts: [ACCEPTED, failure] });
    expect(row(view)).toMatch(/^0 di 2 consegnati · 1 non consegnato · 1 in ritardo · 1 di posta ordinaria/);
    expect(view.row).toMatchObject({ tone: "bad", glyph: "refused" });
  });

  it("says that everybody has it", () => {
    const all = { recipients: ACCEPTED.recipients.slice(0, 2) };
    const view = described(2, {
      receipts: [aReceipt("accettazione", 0, null, all), delivered(ANNA, 1, all), delivered(BRUNO, 1, all)],
    });
    expect(row(view)).toMatch(/^Consegnata a entrambi i destinatari · accettata il/);
    expect(view.row).toMatchObject({ tone: "plain", glyph: "delivered" });
  });

  it.each<readonly [string, number, readonly Receipt[], RegExp, string]>([
    ["accepted", 1, [], /^Accettata il .* · in attesa della consegna a anna@pec\.foro\.test$/, "plain"],
    ["delivered", 1, [delivered(ANNA, 1, ONLY_ANNA)], /^Consegnata nella casella di anna@pec\.foro\.test/, "plain"],
    ["late", 13, [], /^In ritardo: la consegna a anna@pec\.foro\.test non è ancora confermata · accettata il/, "late"],
    ["overdue", 25, [], /^Nessun esito dopo 24 ore: la consegna a anna@pec\.foro\.test non è confermata · /, "bad"],
    [
      "not delivered",
      1,
      [aReceipt("errore-consegna", 1, ANNA, { ...ONLY_ANNA, errorText: "5.2.2 - casella piena" })],
      /^Non consegnata a anna@pec\.foro\.test: 5\.2\.2 - casella piena/,
      "bad",
    ],
  ])("speaks of one recipient by name: %s", (_, hours, more, expected, tone) => {
    const view = described(hours, { receipts: [aReceipt("accettazione", 0, null, ONLY_ANNA), ...more] });
    expect(row(view)).toMatch(expected);
    expect(view.row.tone).toBe(tone);
  });

  it("says that the acceptance is awaited, then that it is missing", () => {
    expect(row(described(0, {}))).toBe("Inviata a 3 destinatari · in attesa dell'accettazione");
    const missing = described(1, {});
    expect(row(missing)).toBe("Manca l'accettazione: dopo 1 ora il gestore non ha ancora risposto");
    expect(missing.row.tone).toBe("bad");
  });

  it("says that it was refused, and why", () => {
    const view = described(1, {
      receipts: [aReceipt("non-accettazione", 0, null, { errorText: "5.6.0 - manca il campo A" })],
    });
    expect(row(view)).toMatch(
      /^Non accettata: Gestore di prova ha rifiutato il messaggio il .*; non è stato inviato a nessuno$/,
    );
    expect(view.sumNotes.map(({ sentence }) => say(sentence))).toContain(
      "Testo del gestore: «5.6.0 - manca il campo A»",
    );
    expect(view.missing).toEqual([]);
  });
});

describe("the recipients of a sent message", () => {
  it("come with state, certified time in its own offset, provider and receipt; what went wrong comes first", () => {
    const view = described(2, {
      receipts: [
        ACCEPTED,
        delivered(ANNA),
        aReceipt("errore-consegna", 1, BRUNO, { error: "altro", errorText: "5.2.2 - Gestore - casella piena" }),
      ],
    });
    expect(view.recipients.map(({ key }) => key)).toEqual([BRUNO, CARLA, ANNA]);
    expect(of(view, ANNA)).toMatchObject({
      state: "consegnata",
      kindKey: "recipient_certificato",
      time: "02/03/2026 alle 09:00:00 (+0000)",
      receipt: { messageId: "avvenuta-consegna.1@pec.gestore.test", isShown: false },
    });
    expect(of(view, BRUNO)).toMatchObject({
      state: "non consegnata",
      tone: "bad",
      said: [
        "La casella del destinatario è piena: avvisalo per altra via o invia di nuovo più tardi.",
        "Testo del gestore: «5.2.2 - Gestore - casella piena»",
      ],
    });
    expect(of(view, CARLA)).toMatchObject({
      state: "inoltrata, nessuna ricevuta prevista",
      kindKey: "recipient_esterno",
      comparable: null,
    });
  });

  it.each<readonly [Partial<Receipt>, string]>([
    [{ error: "no-dest" }, "L'indirizzo non esiste"],
    [{ error: "altro", errorText: "5.1.1 - x" }, "L'indirizzo non esiste"],
    [{ error: "no-dominio" }, "Il dominio dell'indirizzo"],
    [{ error: "virus", errorText: "5.2.2" }, "Il gestore ha trovato un virus"],
    [{ error: "altro", errorText: "qualcosa" }, "Il gestore non l'ha consegnata"],
  ])("say in plain words why: %j", (changes, words) => {
    const view = described(2, { receipts: [ACCEPTED, aReceipt("errore-consegna", 1, BRUNO, changes)] });
    expect(of(view, BRUNO).said[0]).toContain(words);
  });

  it("tell the notices of 12 hours, of 24 hours and the undecided one apart, and the clock from them", () => {
    const notice = (hours: number, errorText: string | null) =>
      aReceipt("preavviso-errore-consegna", hours, BRUNO, { errorText });
    const late = of(described(14, { receipts: [ACCEPTED, notice(12, null)] }), BRUNO);
    expect(late).toMatchObject({ state: "in ritardo", tone: "late" });
    expect(late.said[0]).toContain("dopo 12 ore");
    const closed = of(described(23, { receipts: [ACCEPTED, notice(22.5, "entro 24 ore")] }), BRUNO);
    expect(closed).toMatchObject({ state: "scaduta (24 ore)", tone: "bad" });
    const clock = of(described(14, { receipts: [ACCEPTED] }), BRUNO);
    expect(clock).toMatchObject({ state: "in ritardo", time: null, receipt: null });
    expect(clock.said).toEqual(["Nessun avviso del gestore: è un calcolo fatto con l'orologio di questo computer."]);
    const undecided = of(described(1, { receipts: [notice(1, null)] }), BRUNO);
    expect(undecided.said[0]).toContain("Non dice se sia l'avviso delle 12 o delle 24 ore");
  });

  it("show a contradiction beside the state and in the row, with the receipt that makes it", () => {
    const view = described(2, { receipts: [ACCEPTED, delivered(ANNA), aReceipt("errore-consegna", 1.5, ANNA)] });
    const anna = of(view, ANNA);
    expect(anna).toMatchObject({ state: "consegnata", tone: "plain" });
    expect(anna.said[0]).toMatch(
      /^In contraddizione con questo esito: avviso di mancata consegna del 02\/03\/2026 alle 09:30:00/,
    );
    expect(anna.notes[0]?.receipt?.messageId).toBe("errore-consegna.1.5@pec.gestore.test");
    expect(row(view)).toMatch(/^Ricevute contraddittorie · /);
    expect(view.row).toMatchObject({ tone: "bad", glyph: "unknown" });
    expect(view.row.tone).toBe("bad");
  });

  it("name the notice that came before a delivery, with the way to it", () => {
    const notice = aReceipt("preavviso-errore-consegna", 12, ANNA);
    const { said, notes, tone } = of(described(14, { receipts: [ACCEPTED, notice, delivered(ANNA, 13)] }), ANNA);
    expect(said).toEqual(["Anche: avviso di mancata consegna nei tempi previsti del 02/03/2026 alle 20:00:00 (+0000)"]);
    expect(notes[0]?.receipt?.messageId).toBe(notice.messageId);
    expect(tone).toBe("plain");
  });

  it("tell a returned mail for what it is: unsigned", () => {
    const mail: ReturnedMail = {
      id: "dsn",
      sender: SENDER,
      identifier: IDENTIFIER,
      date: after(1),
      recipients: [{ address: CARLA, action: "failed", status: "5.1.1", diagnostic: "550 user unknown" }],
      explanation: "",
    };
    const carla = of(described(2, { receipts: [ACCEPTED], returned: [mail] }), CARLA);
    expect(carla.state).toBe("inoltrata, nessuna ricevuta prevista");
    expect(carla.said).toEqual([
      "Il sistema di posta ordinaria comunica che non è stata consegnata. Nessuno ha firmato questo avviso: non è una ricevuta e non prova nulla.",
      "Testo del server: «550 user unknown»",
    ]);
  });

  it("that the sender did not write to are shown, and not counted", () => {
    const view = described(2, { receipts: [ACCEPTED, delivered(ANNA), delivered("estraneo@pec.test")] });
    expect(row(view)).toMatch(/^1 di 2 consegnati/);
    expect(of(view, "estraneo@pec.test").said[0]).toContain("Non era tra i destinatari");
  });

  it("offer a comparison where a delivery receipt may hold the message and a copy is there", () => {
    const [whole, synthetic] = [delivered(ANNA), delivered(BRUNO, 1, { requested: "sintetica" })];
    const view = described(2, { receipts: [ACCEPTED, whole, synthetic] });
    expect(of(view, ANNA).comparable?.receipt).toBe(whole.id);
    expect(of(view, BRUNO).comparable).toBeNull();
    expect(of(described(2, { receipts: [ACCEPTED, whole], copies: [] }), ANNA).comparable).toBeNull();
  });
});

describe("what is missing", () => {
  const missing = (view: SentView): readonly string[] => view.missing.map(say);

  it("is named with how long it has been missing, and by when the provider must tell", () => {
    expect(missing(described(14, { receipts: [ACCEPTED, delivered(ANNA)] }))).toEqual([
      "Manca la consegna a bruno@pec.foro.test da 14 ore. Il gestore deve comunicare l'esito entro 24 ore, cioè entro il 03/03/2026 alle 08:00:00 (+0000).",
    ]);
    expect(missing(described(14, { receipts: [ACCEPTED] }))[0]).toMatch(
      /^Manca la consegna a 2 destinatari da 14 ore\./,
    );
  });

  it("is told as overdue after 24 hours, with whom to ask", () => {
    const [said = ""] = missing(described(31, { receipts: [ACCEPTED, delivered(ANNA)] }));
    expect(said).toMatch(/^Manca la consegna a bruno@pec\.foro\.test da 31 ore\. Il gestore doveva comunicare/);
    expect(said).toContain("chiedilo a Gestore di prova");
  });

  it("is nothing when every PEC recipient has it", () => {
    expect(missing(described(48, { receipts: [ACCEPTED, delivered(ANNA), delivered(BRUNO)] }))).toEqual([]);
  });

  it("is the acceptance", () => {
    expect(missing(described(0, {}))).toEqual(["Manca ancora l'accettazione: di norma arriva entro pochi minuti."]);
    expect(missing(described(1, {}))[0]).toMatch(/^Manca l'accettazione da 1 ora: finché non arriva/);
  });
});

describe("what does not count", () => {
  it("is named apart, and nothing that it claims of a recipient is repeated", () => {
    const forged = delivered(BRUNO, 1, { verified: false, id: "forged", messageId: "forged@pec.gestore.test" });
    const view = described(2, { receipts: [ACCEPTED], unverified: [forged] });
    expect(of(view, BRUNO).state).toBe("in attesa di consegna");
    expect(view.unverified.map(({ sentence, messageId }) => [say(sentence), messageId])).toEqual([
      [
        "Un messaggio si presenta come ricevuta di avvenuta consegna, ma non è verificato: non cambia lo stato.",
        "forged@pec.gestore.test",
      ],
    ]);
    expect(JSON.stringify(view.unverified)).not.toContain(BRUNO);
  });

  it("is a restored receipt until its mail is found", () => {
    const restored = delivered(BRUNO, 1, { verified: false, restored: true });
    const [only] = described(2, { receipts: [ACCEPTED], unverified: [restored] }).unverified;
    expect(only && say(only.sentence)).toContain("non ancora verificato su questo computer");
  });
});

describe("seen from a receipt", () => {
  it("leads back to the sent message and to the acceptance, not to itself", () => {
    const receipt = delivered(ANNA);
    const view = described(2, { receipts: [ACCEPTED, receipt], role: "receipt", shown: `<${receipt.messageId}>` });
    expect(view.links.map(({ labelKey }) => labelKey)).toEqual(["sent_open_message", "sent_open_acceptance"]);
    expect(of(view, ANNA).receipt?.isShown).toBe(true);
    const fromAcceptance = described(2, { receipts: [ACCEPTED], role: "receipt", shown: ACCEPTED.messageId });
    expect(fromAcceptance.links.map(({ labelKey }) => labelKey)).toEqual(["sent_open_message"]);
  });

  it("says that an acceptance was not found, where another receipt proves that it was sent", () => {
    const view = described(2, { receipts: [delivered(ANNA)], copies: [], role: "receipt" });
    expect(say(view.sum)).toMatch(/^Accettazione non trovata; /);
  });

  it("says that the sent message is not here, whyever, and not before everything was looked through", () => {
    const view = described(2, { receipts: [ACCEPTED], copies: [], role: "receipt" });
    expect(view.links.map(({ labelKey }) => labelKey)).toEqual(["sent_open_acceptance"]);
    expect(view.remarks.map(say)[0]).toMatch(/può essere partito dalla webmail.*o essere stato cancellato/);
    expect(described(2, { receipts: [ACCEPTED], copies: [], collecting: true }).remarks).toEqual([]);
    expect(view.link).toBe([...linksOf({ type: "receipt", receipt: ACCEPTED })].sort()[0]);
  });
});
