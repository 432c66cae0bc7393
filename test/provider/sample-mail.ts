// Belongs here: the invented correspondence that the test messages are about. Names and domains are made up (.test, .example).
// Does NOT belong here: envelopes and receipts (see pec-messages.ts).
import type { Correspondence, Recipient } from "./correspondence.ts";
import { at } from "./local-time.ts";
import {
  base64Lines,
  type ByteString,
  CRLF,
  entity,
  headerText,
  multipart,
  quotedPrintable,
  utf8,
} from "./mime-builder.ts";
import type { OrdinaryMessage } from "./pec-messages.ts";
import { samplePdf, samplePng } from "./sample-files.ts";

export const LAWYER = { name: "Avv. Chiara Montaldi", address: "chiara.montaldi@pec.avvocati-esempio.test" };
const COMPANY: Recipient = {
  name: "Edilnova Costruzioni S.r.l.",
  address: "amministrazione@pec.edilnova-costruzioni.test",
  certified: true,
};
const TOWN: Recipient = {
  name: "Comune di Borgo Inventato",
  address: "protocollo@pec.comune-borgoinventato.test",
  certified: true,
};
const SURVEYOR: Recipient = { name: "Geom. Ivo Talpa", address: "ivo.talpa@studio-perizie.example", certified: false };
const COLLEAGUE: Recipient = {
  name: "Avv. Nadia Orsetti",
  address: "nadia.orsetti@pec.foro-esempio.test",
  certified: true,
};

export const RECIPIENTS = { COMPANY, TOWN, SURVEYOR, COLLEAGUE } as const;

const CONTRACT_PDF = samplePdf([
  "Diffida ad adempiere",
  "Cantiere di via dei Tigli 12, Borgo Inventato",
  "Termine: quindici giorni dal ricevimento",
]);
const REPORT_PDF = samplePdf(["Relazione tecnica", "Infiltrazioni al secondo piano", "Documento di esempio"]);
const PHOTO_PNG = samplePng(24);

/** What the lawyer sends: several recipients of every sort, a complete receipt asked for. */
export const FORMAL_NOTICE: Correspondence = {
  id: "D1",
  from: LAWYER,
  to: [COMPANY, TOWN],
  cc: [COLLEAGUE, SURVEYOR],
  replyTo: null,
  subject: "Diffida ad adempiere - cantiere di via dei Tigli",
  messageId: "<6f1c2b90-44d1-4c0e-9a57-51f0b6a7d101@pec.avvocati-esempio.test>",
  identifier: "opec21030.20261012093015.04512.881.1.53@pec.gestore-uno.test",
  receiptType: "completa",
  receiptTypeAsked: true,
  writtenAt: at("2026-10-12T09:29:51+02:00"),
  text: [
    "Spett.le Edilnova Costruzioni,",
    "",
    "in nome e per conto del mio assistito Vi diffido ad ultimare i lavori di cui al contratto del 3 marzo 2026",
    "entro quindici giorni dal ricevimento della presente. In difetto il contratto si intenderà risolto.",
    "",
    "Allego la diffida firmata e la documentazione fotografica.",
    "",
    "Distinti saluti",
    "Avv. Chiara Montaldi",
    "",
  ].join("\n"),
  html: null,
  attachments: [
    { name: "diffida.pdf", contentType: "application/pdf", content: CONTRACT_PDF },
    { name: "facciata-è-così.png", contentType: "image/png", content: PHOTO_PNG },
  ],
};

/** What the lawyer receives: a reply with HTML and an accented file name. */
export const REPLY: Correspondence = {
  id: "R2",
  from: { name: "Edilnova Costruzioni S.r.l.", address: COMPANY.address },
  to: [{ ...LAWYER, certified: true }],
  cc: [],
  replyTo: "direzione@pec.edilnova-costruzioni.test",
  subject: "Riscontro alla diffida: perché i lavori sono in ritardo",
  messageId: "<CA+2b7e151628aed2a6@pec.edilnova-costruzioni.test>",
  identifier: "opec21030.20261019164502.11873.212.1.60@pec.gestore-uno.test",
  receiptType: "completa",
  receiptTypeAsked: false,
  writtenAt: at("2026-10-19T16:44:20+02:00"),
  text: [
    "Gentile Avvocato,",
    "",
    "i lavori sono in ritardo perché il secondo piano è stato interessato da infiltrazioni, come da relazione allegata.",
    "Chiediamo una proroga di trenta giorni e siamo disponibili ad un incontro in cantiere.",
    "",
    "Cordialità",
    "Edilnova Costruzioni S.r.l.",
    "",
  ].join("\n"),
  html: [
    "<html><body>",
    "<p>Gentile Avvocato,</p>",
    "<p>i lavori sono in ritardo perché il secondo piano è stato interessato da <b>infiltrazioni</b>, come da relazione allegata.</p>",
    "<p>Chiediamo una proroga di trenta giorni e siamo disponibili ad un incontro in cantiere.</p>",
    "<p>Cordialità<br>Edilnova Costruzioni S.r.l.</p>",
    "</body></html>",
    "",
  ].join("\n"),
  attachments: [
    { name: "relazione tecnica - città.pdf", contentType: "application/pdf", content: REPORT_PDF },
    { name: "secondo-piano.png", contentType: "image/png", content: PHOTO_PNG },
  ],
};

/** A short mail of the colleague to the lawyer, plain text only. */
export const SHORT_MAIL: Correspondence = {
  id: "S3",
  from: { name: COLLEAGUE.name, address: COLLEAGUE.address },
  to: [{ ...LAWYER, certified: true }],
  cc: [],
  replyTo: null,
  subject: "Udienza del 3 dicembre",
  messageId: "<20261020081500.A1B2@pec.foro-esempio.test>",
  identifier: "opec21030.20261020081733.20011.640.1.12@pec.gestore-uno.test",
  receiptType: "completa",
  receiptTypeAsked: false,
  writtenAt: at("2026-10-20T08:15:00+02:00"),
  text: "Cara Collega,\n\nti confermo il rinvio dell'udienza al 3 dicembre, ore 10.\n\nUn saluto\nNadia Orsetti\n",
  html: null,
  attachments: [],
};

/** The same notice with brief receipts asked for. */
export const BRIEF_NOTICE: Correspondence = {
  ...FORMAL_NOTICE,
  id: "D4",
  subject: "Sollecito - cantiere di via dei Tigli",
  messageId: "<a1d2e3f4-0001-4abc-8def-000000000004@pec.avvocati-esempio.test>",
  identifier: "opec21030.20261028101105.30021.17.1.53@pec.gestore-uno.test",
  receiptType: "breve",
  writtenAt: at("2026-10-28T10:10:40+01:00"),
};

export const SYNTHETIC_NOTICE: Correspondence = {
  ...FORMAL_NOTICE,
  id: "D5",
  subject: "Comunicazione di cortesia",
  messageId: "<a1d2e3f4-0001-4abc-8def-000000000005@pec.avvocati-esempio.test>",
  identifier: "opec21030.20261029112200.30177.18.1.53@pec.gestore-uno.test",
  receiptType: "sintetica",
  writtenAt: at("2026-10-29T11:21:30+01:00"),
  attachments: [],
};

/** A mail to an address whose delivery fails or is late. */
export const FAILING_NOTICE: Correspondence = {
  ...FORMAL_NOTICE,
  id: "D6",
  to: [{ name: "Ditta Vecchia Insegna", address: "info@pec.vecchia-insegna.test", certified: true }],
  cc: [],
  subject: "Richiesta di pagamento - fattura 118/2026",
  messageId: "<a1d2e3f4-0001-4abc-8def-000000000006@pec.avvocati-esempio.test>",
  identifier: "opec21030.20261102090210.31001.22.1.53@pec.gestore-uno.test",
  writtenAt: at("2026-11-02T09:01:44+01:00"),
  text: "Spett.le Ditta,\n\nsollecito il pagamento della fattura 118/2026, scaduta il 30 settembre.\n\nAvv. Chiara Montaldi\n",
  attachments: [{ name: "fattura-118.pdf", contentType: "application/pdf", content: REPORT_PDF }],
};

/** A mail that the provider refuses. */
export const REFUSED_MAIL: Correspondence = {
  ...SHORT_MAIL,
  id: "N7",
  from: LAWYER,
  to: [COLLEAGUE],
  subject: "Bozza di comparsa",
  messageId: "<a1d2e3f4-0001-4abc-8def-000000000007@pec.avvocati-esempio.test>",
  identifier: "opec21030.20261103151530.31990.23.1.53@pec.gestore-uno.test",
  writtenAt: at("2026-11-03T15:15:20+01:00"),
};

function ordinaryBytes(fields: readonly (readonly [string, ByteString])[], text: string): ByteString {
  return entity(
    [
      ...fields,
      ["MIME-Version", "1.0"],
      ["Content-Type", "text/plain; charset=UTF-8"],
      ["Content-Transfer-Encoding", "quoted-printable"],
    ],
    quotedPrintable(utf8(text.replaceAll("\n", CRLF))),
  );
}

/** Ordinary mail that claims nothing. */
export const ORDINARY_MAIL: OrdinaryMessage = {
  id: "O8",
  from: "ivo.talpa@studio-perizie.example",
  to: [LAWYER],
  subject: "Sopralluogo di giovedì",
  messageId: "<20261104.101010.talpa@studio-perizie.example>",
  bytes: ordinaryBytes(
    [
      ["Return-Path", "<ivo.talpa@studio-perizie.example>"],
      ["Message-ID", "<20261104.101010.talpa@studio-perizie.example>"],
      ["Date", "Wed, 4 Nov 2026 10:10:10 +0100"],
      ["From", '"Geom. Ivo Talpa" <ivo.talpa@studio-perizie.example>'],
      ["To", `"${LAWYER.name}" <${LAWYER.address}>`],
      ["Subject", headerText("Sopralluogo di giovedì")],
    ],
    "Buongiorno Avvocato,\n\nconfermo il sopralluogo di giovedì alle 9. Porterò il livello laser.\n\nIvo Talpa\n",
  ),
};

/** Ordinary mail that arrives in a PEC mailbox. */
export const QUOTE_MAIL: OrdinaryMessage = {
  id: "Q1",
  from: "preventivi@copisteria-inventata.example",
  to: [LAWYER],
  subject: "Preventivo per la rilegatura degli atti",
  messageId: "<preventivo.77@copisteria-inventata.example>",
  bytes: ordinaryBytes(
    [
      ["Return-Path", "<preventivi@copisteria-inventata.example>"],
      ["Message-ID", "<preventivo.77@copisteria-inventata.example>"],
      ["Date", "Wed, 4 Nov 2026 10:10:14 +0100"],
      ["From", "Copisteria Inventata <preventivi@copisteria-inventata.example>"],
      ["To", `"${LAWYER.name}" <${LAWYER.address}>`],
      ["Subject", "Preventivo per la rilegatura degli atti"],
    ],
    "Buongiorno,\n\nla rilegatura di sei volumi costa 84 euro più IVA, consegna in tre giorni.\n\nLa copisteria\n",
  ),
};

/** A delivery status notification of ordinary mail (RFC 3464), as it comes back for an external recipient. */
export const BOUNCE: OrdinaryMessage = {
  id: "B9",
  from: "MAILER-DAEMON@mx.studio-perizie.example",
  to: [LAWYER],
  subject: "Undelivered Mail Returned to Sender",
  messageId: "<20261012073200.4A1B2@mx.studio-perizie.example>",
  bytes: entity(
    [
      ["Return-Path", "<>"],
      ["Message-ID", "<20261012073200.4A1B2@mx.studio-perizie.example>"],
      ["Date", "Mon, 12 Oct 2026 09:32:00 +0200"],
      ["From", "MAILER-DAEMON@mx.studio-perizie.example (Mail Delivery System)"],
      ["To", LAWYER.address],
      ["Subject", "Undelivered Mail Returned to Sender"],
      ["MIME-Version", "1.0"],
      ["Content-Type", `multipart/report; report-type=delivery-status;${CRLF}\tboundary="4A1B2.1"`],
    ],
    [
      "--4A1B2.1",
      "Content-Type: text/plain; charset=us-ascii",
      "",
      "I could not deliver your message to one recipient.",
      "<ivo.talpa@studio-perizie.example>: user unknown",
      "--4A1B2.1",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.studio-perizie.example",
      "",
      "Final-Recipient: rfc822; ivo.talpa@studio-perizie.example",
      "Action: failed",
      "Status: 5.1.1",
      "--4A1B2.1--",
      "",
    ].join(CRLF),
  ),
};

/** Ordinary mail with a file attached, given as a complete entity. */
export function ordinaryMailWith(
  {
    id,
    subject,
    date,
    messageId,
  }: { readonly id: string; readonly subject: string; readonly date: string; readonly messageId: string },
  attachment: ByteString,
): OrdinaryMessage {
  const text = entity(
    [
      ["Content-Type", "text/plain; charset=UTF-8"],
      ["Content-Transfer-Encoding", "quoted-printable"],
    ],
    quotedPrintable(utf8(`Buongiorno,${CRLF}${CRLF}inoltro in allegato. Resto a disposizione.${CRLF}${CRLF}Ivo Talpa`)),
  );
  return {
    id,
    from: "ivo.talpa@studio-perizie.example",
    to: [LAWYER],
    subject,
    messageId,
    bytes: multipart(
      "mixed",
      `------------ord${id}`,
      [text, attachment],
      [
        ["Return-Path", "<ivo.talpa@studio-perizie.example>"],
        ["Message-ID", messageId],
        ["Date", date],
        ["From", '"Geom. Ivo Talpa" <ivo.talpa@studio-perizie.example>'],
        ["To", `"${LAWYER.name}" <${LAWYER.address}>`],
        ["Subject", headerText(subject)],
        ["MIME-Version", "1.0"],
      ],
    ),
  };
}

/** A message attached as such. */
export const attachedMessage = (bytes: ByteString, fileName: string): ByteString =>
  entity(
    [
      ["Content-Type", `message/rfc822; name="${fileName}"`],
      ["Content-Transfer-Encoding", "8bit"],
      ["Content-Disposition", `attachment; filename="${fileName}"`],
    ],
    bytes,
  );

/** A message attached as a plain file. */
export const attachedFile = (bytes: ByteString, fileName: string): ByteString =>
  entity(
    [
      ["Content-Type", `application/octet-stream; name="${fileName}"`],
      ["Content-Transfer-Encoding", "base64"],
      ["Content-Disposition", `attachment; filename="${fileName}"`],
    ],
    base64Lines(bytes),
  );
