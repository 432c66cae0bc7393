// Belongs here: every kind of message of RFC 6109 §§2-3 as providers really write them: header, text, certification data (pec-messages §2).
// Does NOT belong here: seals and MIME (see sign-message.ts), wrong messages (see forgeries.ts).
import { type Correspondence, envelopedOriginal, hashedOriginal, mailboxes, type Recipient } from "./correspondence.ts";
import { type DaticertContent, USUAL_DATICERT_STYLE } from "./daticert-writer.ts";
import { localTime, SECOND } from "./local-time.ts";
import {
  type ByteString,
  CRLF,
  entity,
  type Field,
  fieldValue,
  headerText,
  multipart,
  quotedPrintable,
} from "./mime-builder.ts";
import type { Draft } from "./sign-message.ts";
import { ADDRESS_A, ADDRESS_B, type Signer, SIGNERS } from "./test-authority.ts";

export interface Provider {
  readonly name: string;
  readonly domain: string;
  readonly address: string;
  readonly signer: Signer;
  /** Whether the text for people also comes as HTML. */
  readonly html: boolean;
}

export const PROVIDER_A: Provider = {
  name: "Gestore Uno S.p.A.",
  domain: "pec.gestore-uno.test",
  address: ADDRESS_A,
  signer: SIGNERS.good,
  html: false,
};

export const PROVIDER_B: Provider = {
  name: "Gestore Due S.r.l.",
  domain: "pec.gestore-due.test",
  address: ADDRESS_B,
  signer: SIGNERS.goodB,
  html: true,
};

/** What ISO-8859-1 does not have becomes a question mark, as providers do. */
const isoLatin1 = (text: string): ByteString => text.replace(/[^\u0000-\u00ff]/g, "?");

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function textEntity(subtype: "plain" | "html", text: string): ByteString {
  return entity(
    [
      ["Content-Type", `text/${subtype}; charset="iso-8859-1"`],
      ["Content-Transfer-Encoding", "quoted-printable"],
    ],
    quotedPrintable(isoLatin1(text)),
  );
}

/** The first part: what people read (RFC 6109 §2.1: ISO-8859-1, plain or with HTML beside it). */
export function introductionPart(lines: readonly string[], html: boolean, boundary: string): ByteString {
  const plain = textEntity("plain", lines.join(CRLF));
  if (!html) return plain;
  const paragraphs = lines.filter((line) => line !== "").map((line) => `<p>${escapeHtml(line)}</p>`);
  const page = ["<html><body>", ...paragraphs, "</body></html>"].join(CRLF);
  return multipart("alternative", `----=_Text_${boundary}`, [plain, textEntity("html", page)]);
}

const everyone = (mail: Correspondence): readonly Recipient[] => [...mail.to, ...mail.cc];

const kindOfMail = (recipient: Recipient): string => (recipient.certified ? "posta certificata" : "posta ordinaria");

/** "Il giorno 12/10/2026 alle ore 09:30:15 (+0200)" */
function moment(instant: number): string {
  const { day, time, zone } = localTime(instant);
  return `Il giorno ${day} alle ore ${time} (${zone})`;
}

function commonDaticert(tipo: string, mail: Correspondence, provider: Provider, instant: number): DaticertContent {
  return {
    tipo,
    errore: "nessuno",
    mittente: mail.from.address,
    destinatari: everyone(mail).map(({ address, certified }) => ({ address, certified })),
    risposte: mail.replyTo ?? mail.from.address,
    oggetto: mail.subject,
    gestore: provider.name,
    instant,
    identificativo: mail.identifier,
    msgid: mail.messageId,
    ricevuta: null,
    consegna: null,
    ricezione: [],
    erroreEsteso: null,
  };
}

function received(provider: Provider, mailIdentifier: string, instant: number): Field {
  return [
    "Received",
    `from smtp.${provider.domain} (10.20.30.40) by mx.${provider.domain}${CRLF}` +
      `\tid ${mailIdentifier.replace(/[^A-Za-z0-9]/g, "").slice(0, 16)}; ${localTime(instant).header}`,
  ];
}

const reference = (mail: Correspondence): readonly Field[] =>
  mail.messageId === null ? [] : [["X-Riferimento-Message-ID", mail.messageId]];

/** A transport envelope: what recipients get (RFC 6109 §3.2.1). */
export function transportEnvelope(mail: Correspondence, provider: Provider, instant: number): Draft {
  const boundary = `${mail.id}T`;
  const text = [
    "Messaggio di posta certificata",
    "",
    `${moment(instant)} il messaggio "${mail.subject}" è stato inviato da "${mail.from.address}" ed è indirizzato a:`,
    ...everyone(mail).map(({ address }) => address),
    "",
    "Il messaggio originale si trova in allegato, con il nome postacert.eml; i dati di certificazione sono in daticert.xml.",
    `Identificativo del messaggio: ${mail.identifier}`,
  ];
  return {
    header: [
      ["Return-Path", `<${mail.from.address}>`],
      received(provider, mail.identifier, instant),
      ["Date", localTime(instant).header],
      ["From", `"Per conto di: ${mail.from.address}"${CRLF} <${provider.address}>`],
      ["Reply-To", mail.replyTo ?? mail.from.address],
      ["To", mailboxes(mail.to)],
      ...(mail.cc.length === 0 ? [] : ([["Cc", mailboxes(mail.cc)]] as const)),
      ["Message-ID", `<${mail.identifier}>`],
      ["Subject", headerText(`POSTA CERTIFICATA: ${mail.subject}`)],
      ["X-Trasporto", "posta-certificata"],
      ...reference(mail),
      ...(mail.receiptTypeAsked ? ([["X-TipoRicevuta", mail.receiptType]] as const) : []),
    ],
    introduction: introductionPart(text, provider.html, boundary),
    daticert: { ...commonDaticert("posta-certificata", mail, provider, instant), ricevuta: mail.receiptType },
    daticertXml: null,
    daticertStyle: USUAL_DATICERT_STYLE,
    postacert: envelopedOriginal(mail),
    extraParts: [],
    boundary,
    signing: { signers: [provider.signer], signingTime: instant },
  };
}

export interface OrdinaryMessage {
  readonly id: string;
  readonly from: string;
  readonly to: readonly { readonly name: string; readonly address: string }[];
  /** Decoded. */
  readonly subject: string;
  /** With angle brackets; inherited by the wrapper. */
  readonly messageId: string;
  /** The complete message as it arrived. */
  readonly bytes: ByteString;
}

/** An anomaly envelope around mail that is not PEC (RFC 6109 §3.2.2): no certification data at all. */
export function anomalyEnvelope(mail: OrdinaryMessage, provider: Provider, instant: number): Draft {
  const boundary = `${mail.id}X`;
  const text = [
    "Anomalia nel messaggio",
    "",
    `${moment(instant)} è arrivato il messaggio "${mail.subject}", spedito da "${mail.from}" e indirizzato a:`,
    ...mail.to.map(({ address }) => address),
    "",
    "Questi dati non sono certificati, per il seguente errore: il messaggio non proviene da un gestore di posta certificata.",
    "Il messaggio come è stato ricevuto si trova in allegato.",
  ];
  return {
    header: [
      ["Return-Path", `<${mail.from}>`],
      received(provider, mail.messageId, instant),
      ["Date", localTime(instant).header],
      ["From", `"Per conto di: ${mail.from}"${CRLF} <${provider.address}>`],
      ["Reply-To", mail.from],
      ["To", mailboxes(mail.to)],
      ["Message-ID", mail.messageId],
      ["Subject", headerText(`ANOMALIA MESSAGGIO: ${mail.subject}`)],
      ["X-Trasporto", "errore"],
    ],
    introduction: introductionPart(text, provider.html, boundary),
    daticert: null,
    daticertXml: null,
    daticertStyle: USUAL_DATICERT_STYLE,
    postacert: mail.bytes,
    extraParts: [],
    boundary,
    signing: { signers: [provider.signer], signingTime: instant },
  };
}

type ReceiptKind =
  | "accettazione"
  | "non-accettazione"
  | "presa-in-carico"
  | "avvenuta-consegna"
  | "errore-consegna"
  | "preavviso-errore-consegna"
  | "rilevazione-virus";

interface ReceiptDescription {
  readonly kind: ReceiptKind;
  readonly prefix: string;
  /** Distinguishes this receipt among those of one mail; letters and digits. */
  readonly mark: string;
  readonly text: readonly string[];
  readonly daticert?: Partial<DaticertContent>;
  readonly extraHeader?: readonly Field[];
  /** Default: the sender. */
  readonly to?: string;
  readonly postacert?: ByteString;
}

function receipt(mail: Correspondence, provider: Provider, instant: number, described: ReceiptDescription): Draft {
  const boundary = `${mail.id}${described.mark}`;
  const identifier = `${described.mark.toLowerCase()}${mail.id.toLowerCase()}.${localTime(instant).compact}.07314.402.1.51.1@${provider.domain}`;
  return {
    header: [
      ["Return-Path", `<${provider.address}>`],
      received(provider, identifier, instant),
      ["Date", localTime(instant).header],
      ["From", provider.address],
      ["To", described.to ?? mail.from.address],
      ["Message-ID", `<${identifier}>`],
      ["Subject", headerText(`${described.prefix}: ${mail.subject}`)],
      ["X-Ricevuta", described.kind],
      ...(described.extraHeader ?? []),
      ...reference(mail),
    ],
    introduction: introductionPart(described.text, provider.html, boundary),
    daticert: { ...commonDaticert(described.kind, mail, provider, instant), ...described.daticert },
    daticertXml: null,
    daticertStyle: USUAL_DATICERT_STYLE,
    postacert: described.postacert ?? null,
    extraParts: [],
    boundary,
    signing: { signers: [provider.signer], signingTime: instant },
  };
}

const identifierLine = (mail: Correspondence): string => `Identificativo messaggio: ${mail.identifier}`;

/** Acceptance (RFC 6109 §3.1.2). */
export function acceptance(mail: Correspondence, provider: Provider, instant: number): Draft {
  return receipt(mail, provider, instant, {
    kind: "accettazione",
    prefix: "ACCETTAZIONE",
    mark: "A",
    text: [
      "Ricevuta di accettazione",
      "",
      `${moment(instant)} il messaggio "${mail.subject}" proveniente da "${mail.from.address}" ed indirizzato a:`,
      ...everyone(mail).map((recipient) => `${recipient.address} ("${kindOfMail(recipient)}")`),
      "",
      "è stato accettato dal sistema ed inoltrato.",
      identifierLine(mail),
    ],
  });
}

/** Non-acceptance for a formal fault or for a virus (RFC 6109 §§3.1.3, 3.1.4). */
export function nonAcceptance(
  mail: Correspondence,
  provider: Provider,
  instant: number,
  reason: "formal" | "virus",
): Draft {
  const virus = reason === "virus";
  const fault = virus
    ? `5.5.1 - ${provider.name} - rilevata la presenza di un virus nel messaggio`
    : `5.6.0 - ${provider.name} - un destinatario della spedizione non compare nei campi A o Cc`;
  return receipt(mail, provider, instant, {
    kind: "non-accettazione",
    prefix: virus ? "AVVISO DI NON ACCETTAZIONE PER VIRUS" : "AVVISO DI NON ACCETTAZIONE",
    mark: virus ? "NV" : "NF",
    text: [
      virus
        ? "Errore nell'accettazione del messaggio per la presenza di virus"
        : "Errore nell'accettazione del messaggio",
      "",
      `${moment(instant)} nel messaggio "${mail.subject}" proveniente da "${mail.from.address}" ed indirizzato a:`,
      ...everyone(mail).map(({ address }) => address),
      "",
      virus
        ? "è stata rilevata la presenza di contenuti pericolosi (virus di prova EICAR)."
        : "è stato rilevato un problema che ne impedisce l'accettazione: un destinatario non compare nei campi A o Cc.",
      "Il messaggio non è stato accettato e non è stato inoltrato ad alcun destinatario.",
      identifierLine(mail),
    ],
    daticert: { errore: virus ? "virus" : "altro", erroreEsteso: fault },
    extraHeader: virus ? [["X-VerificaSicurezza", "errore"]] : [],
  });
}

/** Take-charge, from the recipients' provider to the sender's provider (RFC 6109 §3.2.3). */
export function takeCharge(
  mail: Correspondence,
  provider: Provider,
  instant: number,
  { to, recipients }: { readonly to: string; readonly recipients: readonly string[] },
): Draft {
  return receipt(mail, provider, instant, {
    kind: "presa-in-carico",
    prefix: "PRESA IN CARICO",
    mark: "P",
    to,
    text: [
      "Ricevuta di presa in carico",
      "",
      `${moment(instant)} il messaggio "${mail.subject}" proveniente da "${mail.from.address}" ed indirizzato a:`,
      ...recipients,
      "",
      "è stato preso in carico dal sistema.",
      identifierLine(mail),
    ],
    daticert: { ricezione: recipients },
  });
}

/** Delivery to one recipient (RFC 6109 §3.3.2); what it holds of the original follows the kind asked for and `To` or `Cc` (pec-messages §5.3). */
export function delivery(mail: Correspondence, provider: Provider, instant: number, recipient: string): Draft {
  const primary = mail.to.some(({ address }) => address === recipient);
  const holds = primary ? mail.receiptType : "sintetica";
  const inside = { completa: envelopedOriginal(mail), breve: hashedOriginal(mail), sintetica: undefined }[holds];
  const names = {
    completa: "La ricevuta contiene in allegato il messaggio originale completo.",
    breve:
      "La ricevuta contiene in allegato il messaggio originale, con l'impronta SHA-1 al posto di ciascun allegato.",
    sintetica: "La ricevuta non contiene il messaggio originale.",
  } as const;
  return receipt(mail, provider, instant, {
    kind: "avvenuta-consegna",
    prefix: "CONSEGNA",
    mark: primary ? "C" : "CC",
    text: [
      {
        completa: "Ricevuta di avvenuta consegna",
        breve: "Ricevuta breve di avvenuta consegna",
        sintetica: "Ricevuta sintetica di avvenuta consegna",
      }[holds],
      "",
      `${moment(instant)} il messaggio "${mail.subject}" proveniente da "${mail.from.address}" ed indirizzato a "${recipient}" è stato consegnato nella casella di destinazione.`,
      names[holds],
      "Questa ricevuta, per la Sua garanzia, è firmata digitalmente.",
      identifierLine(mail),
    ],
    daticert: { ricevuta: mail.receiptType, consegna: recipient },
    ...(inside === undefined ? {} : { postacert: inside }),
  });
}

const DELIVERY_FAULTS = {
  "no-dest": ["5.1.1", "indirizzo non valido"],
  "no-dominio": ["5.1.2", "dominio non valido"],
  altro: ["5.2.2", "casella piena"],
  virus: ["5.5.1", "presenza di un virus nel messaggio"],
} as const;

/** Non-delivery to one recipient (RFC 6109 §§3.3.3, 3.2.5). */
export function nonDelivery(
  mail: Correspondence,
  provider: Provider,
  instant: number,
  recipient: string,
  errore: keyof typeof DELIVERY_FAULTS,
): Draft {
  const [code, words] = DELIVERY_FAULTS[errore];
  const virus = errore === "virus";
  return receipt(mail, provider, instant, {
    kind: "errore-consegna",
    prefix: virus ? "AVVISO DI MANCATA CONSEGNA PER VIRUS" : "AVVISO DI MANCATA CONSEGNA",
    mark: virus ? "EV" : "E",
    text: [
      virus ? "Avviso di mancata consegna per presenza di virus" : "Avviso di mancata consegna",
      "",
      `${moment(instant)} nel messaggio "${mail.subject}" proveniente da "${mail.from.address}" e destinato all'utente "${recipient}" è stato rilevato un errore:`,
      `${code} - ${provider.name} - ${words}.`,
      "Il messaggio è stato rifiutato dal sistema e non è stato consegnato.",
      identifierLine(mail),
    ],
    daticert: { errore, consegna: recipient, erroreEsteso: `${code} - ${provider.name} - ${words}` },
    extraHeader: virus ? [["X-VerificaSicurezza", "errore"]] : [],
  });
}

/** Notice that delivery is late (12 h) or has failed (24 h); same header, subject and kind (RFC 6109 §3.1.6). `undecidable`: nothing in it tells which. */
export function lateNotice(
  mail: Correspondence,
  provider: Provider,
  instant: number,
  recipient: string,
  stage: "12h" | "24h" | "undecidable",
): Draft {
  const sentences = {
    "12h":
      "non è stato consegnato nelle prime dodici ore dal suo invio. Non è escluso che la consegna avvenga più tardi.",
    "24h":
      "non è stato consegnato nelle ventiquattro ore successive al suo invio. La spedizione si considera non andata a buon fine.",
    undecidable: "non risulta consegnato per superamento del tempo massimo.",
  } as const;
  const faults = {
    "12h": `4.4.1 - ${provider.name} - mancata consegna entro 12 ore dall'invio`,
    "24h": `5.4.1 - ${provider.name} - mancata consegna entro 24 ore dall'invio`,
    undecidable: null,
  } as const;
  return receipt(mail, provider, instant, {
    kind: "preavviso-errore-consegna",
    prefix: "AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO",
    mark: { "12h": "L12", "24h": "L24", undecidable: "L0" }[stage],
    text: [
      "Avviso di mancata consegna per superamento del tempo massimo",
      "",
      `${moment(instant)} il messaggio "${mail.subject}" proveniente da "${mail.from.address}" e destinato all'utente "${recipient}" ${sentences[stage]}`,
      identifierLine(mail),
    ],
    daticert: {
      errore: stage === "undecidable" ? "nessuno" : "altro",
      consegna: recipient,
      erroreEsteso: faults[stage],
    },
  });
}

/** Virus detection, from the recipients' provider to the sender's provider (RFC 6109 §3.2.4). */
export function virusDetection(
  mail: Correspondence,
  provider: Provider,
  instant: number,
  { to, recipient }: { readonly to: string; readonly recipient: string },
): Draft {
  return receipt(mail, provider, instant, {
    kind: "rilevazione-virus",
    prefix: "PROBLEMA DI SICUREZZA",
    mark: "V",
    to,
    text: [
      "Avviso di rilevazione di virus informatico",
      "",
      `${moment(instant)} nel messaggio "${mail.subject}" proveniente da "${mail.from.address}" e destinato all'utente "${recipient}"`,
      "è stata rilevata la presenza di contenuti pericolosi (virus di prova EICAR). Il messaggio è stato bloccato.",
      identifierLine(mail),
    ],
    daticert: {
      errore: "virus",
      consegna: recipient,
      erroreEsteso: `5.5.1 - ${provider.name} - presenza di un virus nel messaggio`,
    },
    extraHeader: [["X-Mittente", mail.from.address]],
  });
}

/** The draft sealed by another signer, and with whatever else of the seal is to differ. */
export const sealedWith = (draft: Draft, signing: Partial<Draft["signing"]>): Draft => ({
  ...draft,
  signing: { ...draft.signing, ...signing },
});

/** Certification data of a draft that has some. */
export function daticertOf(draft: Draft): DaticertContent {
  if (draft.daticert === null) throw new Error("this draft has no certification data");
  return draft.daticert;
}

export const withDaticert = (draft: Draft, change: Partial<DaticertContent>): Draft => ({
  ...draft,
  daticert: { ...daticertOf(draft), ...change },
});

/** A draft whose event, Date and certified time move together; the signing time does too. */
export function movedBy(draft: Draft, milliseconds: number): Draft {
  const instant = daticertOf(draft).instant + milliseconds;
  return {
    ...withDaticert(draft, { instant }),
    header: draft.header.map((field) => (field[0] === "Date" ? ["Date", localTime(instant).header] : field)),
    signing: { ...draft.signing, signingTime: instant + 2 * SECOND },
  };
}

export const identifierOf = (draft: Draft): string => fieldValue(draft.header, "Message-ID");
