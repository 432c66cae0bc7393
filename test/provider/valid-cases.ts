// Belongs here: right messages of every kind, variant and observed encoding (pec-messages §§2, 3). Does NOT belong here: anything wrong (see forgeries.ts), other signers (see signer-cases.ts).
import {
  BOUNCE,
  BRIEF_NOTICE,
  FAILING_NOTICE,
  FORMAL_NOTICE,
  ORDINARY_MAIL,
  RECIPIENTS,
  REFUSED_MAIL,
  REPLY,
  SHORT_MAIL,
  SYNTHETIC_NOTICE,
  attachedFile,
  attachedMessage,
  ordinaryMailWith,
  QUOTE_MAIL,
} from "./sample-mail.ts";
import type { Correspondence } from "./correspondence.ts";
import { writeDaticert } from "./daticert-writer.ts";
import { at, HOUR, localTime } from "./local-time.ts";
import { base64Lines, type ByteString, CRLF, entity, fieldValue, toBytes, utf8, withoutField } from "./mime-builder.ts";
import {
  anomalyEnvelope,
  daticertOf,
  delivery,
  lateNotice,
  nonAcceptance,
  nonDelivery,
  type OrdinaryMessage,
  PROVIDER_A,
  PROVIDER_B,
  takeCharge,
  transportEnvelope,
  virusDetection,
  withDaticert,
} from "./pec-messages.ts";
import { remDispatch } from "./rem-message.ts";
import { NOTICE_ACCEPTANCE, NOTICE_DELIVERY, REPLY_ENVELOPE, SHORT_ENVELOPE, withHeader } from "./sample-drafts.ts";
import { type Draft, partsOf, sealMessage } from "./sign-message.ts";
import { ordinarySignedMail } from "./ordinary-signed-mail.ts";
import { ADDRESS_A } from "./test-authority.ts";
import { claimsNothing, DEMO_NOW, type Expected, passes, type TestCase } from "./test-case.ts";
import type { MessageKind } from "../../src/core/envelope/envelope.ts";

function fromBytes(
  name: string,
  description: string,
  bytes: ByteString,
  expected: Expected,
  integrity: TestCase["integrity"] = "intact",
): TestCase {
  return { name, description, bytes: toBytes(bytes), now: DEMO_NOW, integrity, expected };
}

const right = (name: string, description: string, kind: MessageKind, draft: Draft): TestCase =>
  fromBytes(name, description, sealMessage(draft), passes(kind));

/** A message as anomaly envelopes take it in: whatever arrived. */
const arrived = (id: string, mail: Correspondence, bytes: ByteString, identifier: string): OrdinaryMessage => ({
  id,
  from: mail.from.address,
  to: mail.to,
  subject: `POSTA CERTIFICATA: ${mail.subject}`,
  messageId: identifier,
  bytes,
});

/** Every kind of pec-messages §2.1 and its variants. */
function kinds(): readonly TestCase[] {
  const late = FAILING_NOTICE.to[0]?.address ?? "";
  const sent = at("2026-11-02T09:02:10+01:00");
  const failing = (hours: number): number => sent + hours * HOUR;
  const toCompany = RECIPIENTS.COMPANY.address;
  return [
    right("envelope", "Transport envelope with HTML and attachments", "posta-certificata", REPLY_ENVELOPE),
    right("envelope-plain", "Transport envelope around a short plain text", "posta-certificata", SHORT_ENVELOPE),
    right(
      "envelope-several-recipients",
      "To and Cc, certified and external recipients, text also as HTML",
      "posta-certificata",
      transportEnvelope(FORMAL_NOTICE, PROVIDER_B, at("2026-10-12T09:30:15+02:00")),
    ),
    right(
      "envelope-without-client-message-id",
      "The client wrote no Message-ID: neither msgid nor X-Riferimento-Message-ID",
      "posta-certificata",
      transportEnvelope({ ...SHORT_MAIL, id: "S3n", messageId: null }, PROVIDER_A, at("2026-10-20T08:17:33+02:00")),
    ),
    right(
      "envelope-empty-subject",
      "No subject at all: the prefix alone",
      "posta-certificata",
      withDaticert(
        transportEnvelope({ ...SHORT_MAIL, id: "S3e", subject: "" }, PROVIDER_A, at("2026-10-20T08:17:33+02:00")),
        { oggetto: null },
      ),
    ),
    right(
      "anomaly-ordinary-mail",
      "Anomaly envelope around ordinary mail",
      "anomalia",
      anomalyEnvelope(QUOTE_MAIL, PROVIDER_A, at("2026-11-04T10:10:22+01:00")),
    ),
    right(
      "anomaly-bounce",
      "Anomaly envelope around a delivery status notification",
      "anomalia",
      anomalyEnvelope(BOUNCE, PROVIDER_A, at("2026-10-12T09:32:05+02:00")),
    ),
    right(
      "anomaly-envelope-inside",
      "Anomaly envelope around a PEC envelope that was forwarded by an ordinary server: still an anomaly",
      "anomalia",
      anomalyEnvelope(
        arrived("W1", REPLY, sealMessage(REPLY_ENVELOPE), fieldValue(REPLY_ENVELOPE.header, "Message-ID")),
        PROVIDER_A,
        at("2026-10-19T17:01:00+02:00"),
      ),
    ),
    right(
      "anomaly-receipt-inside",
      "Anomaly envelope around a genuine receipt",
      "anomalia",
      anomalyEnvelope(
        arrived("W2", FORMAL_NOTICE, sealMessage(NOTICE_DELIVERY), fieldValue(NOTICE_DELIVERY.header, "Message-ID")),
        PROVIDER_A,
        at("2026-10-19T17:02:00+02:00"),
      ),
    ),
    right("acceptance", "Acceptance naming certified and external recipients", "accettazione", NOTICE_ACCEPTANCE),
    right(
      "non-acceptance-formal",
      "A formal fault",
      "non-accettazione",
      nonAcceptance(REFUSED_MAIL, PROVIDER_A, at("2026-11-03T15:15:31+01:00"), "formal"),
    ),
    right(
      "non-acceptance-virus",
      "A virus found at submission",
      "non-accettazione",
      nonAcceptance(REFUSED_MAIL, PROVIDER_A, at("2026-11-03T15:15:31+01:00"), "virus"),
    ),
    right(
      "take-charge",
      "Take-charge, between providers",
      "presa-in-carico",
      takeCharge(FORMAL_NOTICE, PROVIDER_B, at("2026-10-12T09:30:20+02:00"), {
        to: ADDRESS_A,
        recipients: FORMAL_NOTICE.to.map(({ address }) => address),
      }),
    ),
    right("delivery-complete", "Complete receipt, with the original", "avvenuta-consegna", NOTICE_DELIVERY),
    right(
      "delivery-copy-recipient",
      "Complete asked for, Cc recipient: no original inside",
      "avvenuta-consegna",
      delivery(FORMAL_NOTICE, PROVIDER_B, at("2026-10-12T09:30:44+02:00"), RECIPIENTS.COLLEAGUE.address),
    ),
    right(
      "delivery-brief",
      "Brief receipt: hashes in place of attachments",
      "avvenuta-consegna",
      delivery(BRIEF_NOTICE, PROVIDER_B, at("2026-10-28T10:11:25+01:00"), toCompany),
    ),
    right(
      "delivery-synthetic",
      "Synthetic receipt",
      "avvenuta-consegna",
      delivery(SYNTHETIC_NOTICE, PROVIDER_B, at("2026-10-29T11:22:31+01:00"), toCompany),
    ),
    right(
      "non-delivery-no-dest",
      "Unknown mailbox",
      "errore-consegna",
      nonDelivery(FAILING_NOTICE, PROVIDER_B, failing(0) + 9000, late, "no-dest"),
    ),
    right(
      "non-delivery-no-domain",
      "Unknown domain",
      "errore-consegna",
      nonDelivery(FAILING_NOTICE, PROVIDER_A, failing(0) + 9000, late, "no-dominio"),
    ),
    right(
      "non-delivery-mailbox-full",
      "Mailbox full",
      "errore-consegna",
      nonDelivery(FAILING_NOTICE, PROVIDER_B, failing(0) + 9000, late, "altro"),
    ),
    right(
      "non-delivery-virus",
      "A virus found by the recipient's provider",
      "errore-consegna",
      nonDelivery(FAILING_NOTICE, PROVIDER_A, failing(0) + 9000, late, "virus"),
    ),
    right(
      "late-notice-12h",
      "No take-charge after 12 hours",
      "preavviso-errore-consegna",
      lateNotice(FAILING_NOTICE, PROVIDER_A, failing(12), late, "12h"),
    ),
    right(
      "late-notice-24h",
      "Not delivered after 24 hours: final",
      "preavviso-errore-consegna",
      lateNotice(FAILING_NOTICE, PROVIDER_A, failing(23), late, "24h"),
    ),
    right(
      "late-notice-undecidable",
      "Nothing in it tells the 12 h from the 24 h notice",
      "preavviso-errore-consegna",
      lateNotice(FAILING_NOTICE, PROVIDER_A, failing(23), late, "undecidable"),
    ),
    right(
      "virus-detection",
      "Virus detection, between providers",
      "rilevazione-virus",
      virusDetection(FAILING_NOTICE, PROVIDER_B, failing(0) + 6000, { to: ADDRESS_A, recipient: late }),
    ),
    fromBytes(
      "rem-dispatch",
      "A REM dispatch: recognised, not yet verifiable",
      remDispatch({ ...SHORT_MAIL, id: "REM1" }, at("2026-11-10T11:00:00+01:00")),
      {
        kind: "rem",
        seal: { indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND", remarks: [] },
        signature: { indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" },
        look: "cannot-be-verified",
      },
    ),
  ];
}

/** Mail that claims nothing. */
function ordinary(): readonly TestCase[] {
  const pec = sealMessage(REPLY_ENVELOPE);
  const description = { date: "Thu, 5 Nov 2026 12:00:00 +0100", subject: "Inoltro della PEC" };
  return [
    fromBytes("ordinary-mail", "Plain mail", ORDINARY_MAIL.bytes, claimsNothing(), "unsigned"),
    fromBytes(
      "ordinary-signed-mail",
      "S/MIME mail of a person: it claims nothing",
      ordinarySignedMail(),
      claimsNothing({ indication: "INDETERMINATE", subIndication: "TRY_LATER" }),
    ),
    fromBytes(
      "ordinary-mail-with-attached-pec",
      "A PEC forwarded as attachment",
      ordinaryMailWith(
        { ...description, id: "F1", messageId: "<f1@studio-perizie.example>" },
        attachedMessage(pec, "postacert.eml"),
      ).bytes,
      claimsNothing(),
      "unsigned",
    ),
    fromBytes(
      "ordinary-mail-with-postacert-file",
      "A PEC attached as a file of unknown type",
      ordinaryMailWith(
        { ...description, id: "F2", messageId: "<f2@studio-perizie.example>" },
        attachedFile(pec, "postacert.eml"),
      ).bytes,
      claimsNothing(),
      "unsigned",
    ),
    fromBytes(
      "ordinary-mail-with-everyday-prefix",
      "CONSEGNA: is what people write too",
      ORDINARY_MAIL.bytes.replace(/^Subject: .*$/m, "Subject: CONSEGNA: materiale in cantiere"),
      claimsNothing(),
      "unsigned",
    ),
    ...[
      ["newsletter", "Posta certificata: la tua casella sta per scadere"],
      ["courier", "Avviso di mancata consegna: spedizione 4711"],
      ["monitor", "Anomalia messaggio: coda piena"],
    ].map(([who = "", subject = ""]) =>
      fromBytes(
        `ordinary-mail-of-${who}`,
        "Words of a provider's subject, as people write them",
        ORDINARY_MAIL.bytes.replace(/^Subject: .*$/m, `Subject: ${subject}`),
        claimsNothing(),
        "unsigned",
      ),
    ),
    fromBytes(
      "ordinary-reply-to-pec",
      "An ordinary mail that answers a PEC",
      ORDINARY_MAIL.bytes.replace(/^Subject: .*$/m, "Subject: R: POSTA CERTIFICATA: Sopralluogo"),
      claimsNothing(),
      "unsigned",
    ),
    fromBytes(
      "ordinary-forward-of-pec-with-its-subject",
      "A PEC forwarded as attachment by a program that keeps the subject",
      ordinaryMailWith(
        { ...description, subject: "POSTA CERTIFICATA: Riscontro", id: "F3", messageId: "<f3@studio-perizie.example>" },
        attachedMessage(pec, "postacert.eml"),
      ).bytes,
      claimsNothing(),
      "unsigned",
    ),
  ];
}

/** A right envelope with its certification data written in another way. */
function daticertVariant(
  name: string,
  description: string,
  rewrite: (xml: string) => string,
  style: Partial<Draft["daticertStyle"]> = {},
): TestCase {
  const xml = rewrite(writeDaticert(daticertOf(SHORT_ENVELOPE)));
  return right(`daticert-${name}`, description, "posta-certificata", {
    ...SHORT_ENVELOPE,
    daticertXml: xml,
    daticertStyle: { ...SHORT_ENVELOPE.daticertStyle, ...style },
  });
}

const asIs = (xml: string): string => xml;

/** Observed forms of the certification data (pec-messages §§2.6, 2.8, 3). */
function daticertForms(): readonly TestCase[] {
  const msgid = SHORT_MAIL.messageId ?? "";
  const escaped = msgid.replace("<", "&lt;").replace(">", "&gt;");
  return [
    daticertVariant("quoted-printable", "quoted-printable", asIs, { encoding: "quoted-printable" }),
    daticertVariant("7bit", "7bit", asIs, { encoding: "7bit" }),
    daticertVariant("attachment", "Content-Disposition: attachment", asIs, { disposition: "attachment" }),
    daticertVariant("text-xml", "text/xml", asIs, { contentType: "text/xml" }),
    daticertVariant("without-name", "No name in any field", asIs, { named: false }),
    daticertVariant("not-self-closed", "<ricevuta></ricevuta>", (xml) =>
      xml.replace('<ricevuta tipo="completa"/>', '<ricevuta tipo="completa"></ricevuta>'),
    ),
    daticertVariant("msgid-wrapped", "msgid folded over two lines", (xml) =>
      xml.replace(escaped, `${escaped.slice(0, 20)}\n      ${escaped.slice(20)}`),
    ),
    daticertVariant("msgid-padded", "Blanks around msgid", (xml) => xml.replace(escaped, `  ${escaped}  `)),
    daticertVariant("msgid-in-cdata", "msgid in a CDATA section", (xml) =>
      xml.replace(escaped, `<![CDATA[${msgid}]]>`),
    ),
    daticertVariant("msgid-numeric-references", "Angle brackets as numeric references", (xml) =>
      xml.replace(escaped, msgid.replace("<", "&#60;").replace(">", "&#x3E;")),
    ),
    daticertVariant("stray-text", "Text between elements", (xml) => xml.replace("<dati>", "<dati>testo estraneo")),
    daticertVariant("byte-order-mark", "UTF-8 byte order mark first", (xml) => `\ufeff${xml}`),
    daticertVariant("blank-lines-first", "Blank lines before the XML declaration", (xml) => `\n\n${xml}`),
    daticertVariant("without-declaration", "No XML declaration", (xml) => xml.replace(/^.*\n/, "")),
    daticertVariant("without-defaults", "Attributes that have defaults are left out", (xml) =>
      xml.replace(' errore="nessuno"', "").replaceAll('<destinatari tipo="certificato">', "<destinatari>"),
    ),
    daticertVariant("zone-with-colon", "Zone +02:00", (xml) => xml.replace("+0200", "+02:00")),
    daticertVariant("single-quotes", "Attributes in single quotes, spread over lines", (xml) =>
      xml.replace('tipo="posta-certificata" errore="nessuno"', "tipo='posta-certificata'\n   errore='nessuno'"),
    ),
    daticertVariant("comment", "A comment and a processing instruction", (xml) =>
      xml.replace("<dati>", "<!-- dati --><?gestore uno?><dati>"),
    ),
    daticertVariant("unknown-error", "An errore that the DTD does not have", (xml) =>
      xml.replace('errore="nessuno"', 'errore="casella-piena"'),
    ),
    daticertVariant("capitals", "Enumerations in capitals", (xml) =>
      xml.replace('tipo="posta-certificata"', 'tipo="Posta-Certificata"'),
    ),
    daticertVariant("time-not-padded", "An hour without its leading zero", (xml) =>
      xml.replace("<ora>08:17:33", "<ora>8:17:33"),
    ),
    right("daticert-8bit-accents", "Raw UTF-8 in an 8bit part", "posta-certificata", {
      ...REPLY_ENVELOPE,
      daticertStyle: { ...REPLY_ENVELOPE.daticertStyle, encoding: "8bit" },
    }),
    right(
      "daticert-other-offset",
      "Date in +0000, certified time in +0200",
      "posta-certificata",
      withHeader(SHORT_ENVELOPE, "Date", localTime(at("2026-10-20T06:17:33Z"), 0).header),
    ),
    right(
      "daticert-leading-zeroes",
      "Values that look like numbers stay strings",
      "posta-certificata",
      transportEnvelope({ ...SHORT_MAIL, id: "S3z", subject: "007" }, PROVIDER_A, at("2026-10-20T08:17:33+02:00")),
    ),
  ];
}

/** Observed forms of header and body (pec-messages §§2.6, 2.8). */
function messageForms(): readonly TestCase[] {
  const sealed = sealMessage(SHORT_ENVELOPE);
  const replyDraft = REPLY_ENVELOPE;
  const identifier = fieldValue(SHORT_ENVELOPE.header, "Message-ID");
  return [
    fromBytes("form-lf", "Saved with bare LF", sealed.replaceAll(CRLF, "\n"), passes("posta-certificata")),
    fromBytes(
      "form-mixed-line-ends",
      "Header in CRLF, the rest in LF",
      (() => {
        const end = sealed.indexOf(CRLF + CRLF) + 4;
        return sealed.slice(0, end) + sealed.slice(end).replaceAll(CRLF, "\n");
      })(),
      passes("posta-certificata"),
    ),
    right(
      "form-tiporicevuta-lower-case",
      "X-Tiporicevuta with a small r",
      "posta-certificata",
      (() => {
        const draft = transportEnvelope(
          { ...SHORT_MAIL, id: "S3t", receiptTypeAsked: true },
          PROVIDER_A,
          at("2026-10-20T08:17:33+02:00"),
        );
        return withHeader(draft, "X-TipoRicevuta", "completa", "X-Tiporicevuta");
      })(),
    ),
    right("form-header-names-lower-case", "All field names in lower case", "posta-certificata", {
      ...SHORT_ENVELOPE,
      header: SHORT_ENVELOPE.header.map(([name, value]) => [name.toLowerCase(), value]),
    }),
    right(
      "form-folded-headers",
      "Long identifiers and kind folded",
      "posta-certificata",
      withHeader(
        withHeader(SHORT_ENVELOPE, "Message-ID", `${CRLF} ${identifier}`),
        "X-Trasporto",
        `${CRLF}\tposta-certificata`,
      ),
    ),
    right(
      "form-kind-upper-case",
      "Value of X-Ricevuta in capitals and with blanks",
      "accettazione",
      withHeader(NOTICE_ACCEPTANCE, "X-Ricevuta", "  ACCETTAZIONE  "),
    ),
    right(
      "form-from-encoded-word",
      "Display name as an encoded word",
      "posta-certificata",
      withHeader(
        SHORT_ENVELOPE,
        "From",
        `=?utf-8?Q?Per_conto_di=3A_nadia=2Eorsetti=40pec=2Eforo-esempio=2Etest?= <${ADDRESS_A}>`,
      ),
    ),
    right("form-sender-equals-from", "Sender present and equal to From", "posta-certificata", {
      ...SHORT_ENVELOPE,
      header: [...SHORT_ENVELOPE.header, ["Sender", `<${ADDRESS_A}>`]],
    }),
    right(
      "form-address-in-capitals",
      "From in other capitals than the certificate",
      "posta-certificata",
      withHeader(
        SHORT_ENVELOPE,
        "From",
        `"Per conto di: nadia.orsetti@pec.foro-esempio.test" <posta-certificata@PEC.GESTORE-UNO.TEST>`,
      ),
    ),
    right(
      "form-8bit-subject",
      "Raw UTF-8 in the outer subject",
      "posta-certificata",
      withHeader(
        replyDraft,
        "Subject",
        utf8("POSTA CERTIFICATA: Riscontro alla diffida: perché i lavori sono in ritardo"),
      ),
    ),
    right(
      "form-subject-prefix-small",
      "Prefix in small letters",
      "posta-certificata",
      withHeader(SHORT_ENVELOPE, "Subject", `Posta certificata: ${SHORT_MAIL.subject}`),
    ),
    right("form-raw-latin1-text", "ISO-8859-1 text in an 8bit part", "posta-certificata", {
      ...SHORT_ENVELOPE,
      introduction: entity(
        [
          ["Content-Type", "text/plain; charset=iso-8859-1"],
          ["Content-Transfer-Encoding", "8bit"],
        ],
        "Il messaggio \xe8 stato inviato: citt\xe0, perch\xe9.",
      ),
    }),
    right("form-extra-part", "A further part of the provider, signed with the rest", "posta-certificata", {
      ...SHORT_ENVELOPE,
      extraParts: [entity([["Content-Type", "text/plain; charset=us-ascii"]], "Informazioni sul servizio")],
    }),
    right(
      "form-double-prefix",
      "The sender wrote the prefix too: one is taken off, the other stays",
      "posta-certificata",
      transportEnvelope(
        { ...SHORT_MAIL, id: "S3d", subject: "POSTA CERTIFICATA: Udienza" },
        PROVIDER_A,
        at("2026-10-20T08:17:33+02:00"),
      ),
    ),
    right("form-without-message-id", "No Message-ID in the outer header", "posta-certificata", {
      ...SHORT_ENVELOPE,
      header: withoutField(SHORT_ENVELOPE.header, "Message-ID"),
    }),
    right(
      "form-mancata-consegna",
      "A value of X-Ricevuta that no rule has and some programs write, for errore-consegna",
      "errore-consegna",
      withHeader(
        nonDelivery(
          FAILING_NOTICE,
          PROVIDER_B,
          at("2026-11-02T09:02:19+01:00"),
          FAILING_NOTICE.to[0]?.address ?? "",
          "altro",
        ),
        "X-Ricevuta",
        "mancata-consegna",
      ),
    ),
    right("form-original-before-daticert", "The order of the two parts is not fixed", "posta-certificata", {
      ...SHORT_ENVELOPE,
      daticert: null,
      extraParts: partsOf(SHORT_ENVELOPE).slice(1, 2),
    }),
    right("form-postacert-base64", "base64 on message/rfc822: not allowed, and reported", "posta-certificata", {
      ...SHORT_ENVELOPE,
      postacert: null,
      extraParts: [
        entity(
          [
            ["Content-Type", 'message/rfc822; name="postacert.eml"'],
            ["Content-Transfer-Encoding", "base64"],
            ["Content-Disposition", 'attachment; filename="postacert.eml"'],
          ],
          base64Lines(SHORT_ENVELOPE.postacert ?? ""),
        ),
      ],
    }),
    right("form-postacert-without-name", "The original has neither name nor disposition", "posta-certificata", {
      ...SHORT_ENVELOPE,
      postacert: null,
      extraParts: [entity([["Content-Type", "message/rfc822"]], SHORT_ENVELOPE.postacert ?? "")],
    }),
    fromBytes(
      "form-standard-signature-types",
      "application/pkcs7-signature without the x-, and a signature part without any name",
      sealed
        .replaceAll("application/x-pkcs7-signature", "application/pkcs7-signature")
        .replace('; name="smime.p7s"', "")
        .replace(`Content-Disposition: attachment; filename="smime.p7s"${CRLF}`, ""),
      passes("posta-certificata"),
    ),
    fromBytes(
      "form-signature-without-encoding",
      "smime.p7s in base64 without Content-Transfer-Encoding",
      sealed.replace(`name="smime.p7s"${CRLF}Content-Transfer-Encoding: base64${CRLF}`, `name="smime.p7s"${CRLF}`),
      passes("posta-certificata"),
    ),
    fromBytes(
      "form-signature-as-octet-stream",
      "smime.p7s as application/octet-stream",
      sealed.replace("Content-Type: application/x-pkcs7-signature", "Content-Type: application/octet-stream"),
      passes("posta-certificata"),
    ),
    fromBytes(
      "form-byte-order-mark",
      "A byte order mark before the first field, which no reader then knows",
      `\xef\xbb\xbf${sealed}`,
      passes("posta-certificata"),
    ),
    fromBytes(
      "form-blanks-after-delimiters",
      "Spaces and a tab after the delimiters",
      sealed.replaceAll(`_Signed_${SHORT_ENVELOPE.boundary}${CRLF}`, `_Signed_${SHORT_ENVELOPE.boundary} \t${CRLF}`),
      passes("posta-certificata"),
    ),
    right(
      "form-from-without-quotes",
      "Per conto di: without quotes, which reads like a group",
      "posta-certificata",
      withHeader(SHORT_ENVELOPE, "From", `Per conto di: nadia.orsetti@pec.foro-esempio.test <${ADDRESS_A}>`),
    ),
    right("form-claim-twice", "X-Trasporto twice, with one value", "posta-certificata", {
      ...SHORT_ENVELOPE,
      header: [...SHORT_ENVELOPE.header, ["X-Trasporto", "Posta-Certificata"]],
    }),
    right("form-claim-beside-rem", "REM-MessageType beside X-Trasporto: PEC's field decides", "posta-certificata", {
      ...SHORT_ENVELOPE,
      header: [...SHORT_ENVELOPE.header, ["REM-MessageType", "http://uri.etsi.org/19522/v1#/ERDMessageType/payload"]],
    }),
    right("form-receipt-with-bounce", "A receipt with another message than the original", "accettazione", {
      ...NOTICE_ACCEPTANCE,
      extraParts: [
        entity(
          [["Content-Type", "message/rfc822"]],
          `From: MAILER-DAEMON@relay.test${CRLF}Subject: Returned mail${CRLF}${CRLF}Non recapitato`,
        ),
      ],
    }),
    right("form-without-date", "No Date field", "posta-certificata", {
      ...SHORT_ENVELOPE,
      header: withoutField(SHORT_ENVELOPE.header, "Date"),
    }),
    right(
      "form-original-carries-a-receipt",
      "The sender attached a genuine receipt, daticert and all: the envelope stays an envelope",
      "posta-certificata",
      transportEnvelope(
        {
          ...SHORT_MAIL,
          id: "S3r",
          attachments: [{ name: "ricevuta.eml", contentType: "message/rfc822", content: sealMessage(NOTICE_DELIVERY) }],
        },
        PROVIDER_A,
        at("2026-10-20T08:17:33+02:00"),
      ),
    ),
    right(
      "form-original-attaches-daticert",
      "The sender attached a file named daticert.xml",
      "posta-certificata",
      transportEnvelope(
        {
          ...SHORT_MAIL,
          id: "S3x",
          attachments: [
            {
              name: "daticert.xml",
              contentType: "application/xml",
              content: writeDaticert(daticertOf(NOTICE_DELIVERY)),
            },
          ],
        },
        PROVIDER_A,
        at("2026-10-20T08:17:33+02:00"),
      ),
    ),
  ];
}

/** Right messages that passed through many hands, or come from writers with habits of their own. */
function oddForms(): readonly TestCase[] {
  const sealed = sealMessage(SHORT_ENVELOPE);
  const odd = (name: string, description: string, message: ByteString): TestCase =>
    fromBytes(`odd-${name}`, description, message, passes("posta-certificata"));
  /** What must be there to be changed. */
  const rewritten = (search: string | RegExp, replacement: string): ByteString => {
    const message = sealed.replace(search, replacement);
    if (message === sealed) throw new Error(`nothing to change: ${String(search)}`);
    return message;
  };
  const withFields = (...fields: readonly (readonly [string, string])[]): ByteString =>
    sealMessage({ ...SHORT_ENVELOPE, header: [...fields, ...SHORT_ENVELOPE.header] });
  const from = (name: string, description: string, value: string): TestCase =>
    odd(`from-${name}`, description, sealMessage(withHeader(SHORT_ENVELOPE, "From", value)));
  const mailbox = "From - Tue Oct 20 08:17:33 2026";
  const received = Array.from(
    { length: 300 },
    (_, index) => ["Received", `from a${index} by b${CRLF}\twith SMTP; Tue, 20 Oct 2026 08:17:33 +0200`] as const,
  );
  const base64 = /(?:[A-Za-z0-9+/=]{76}\r\n)+[A-Za-z0-9+/=]+\r\n(?=------=_Signed)/;
  const inLines = base64.exec(sealed)?.[0] ?? "";
  return [
    odd("mbox-line", "The separator line of an mbox file first", `${mailbox}${CRLF}${sealed}`),
    odd("mbox-line-after-byte-order-mark", "A byte order mark before it", `\xef\xbb\xbf${mailbox}${CRLF}${sealed}`),
    odd("mbox-line-quoted", "The line quoted by another mbox file", `>${mailbox}${CRLF}${sealed}`),
    odd(
      "mozilla-fields",
      "Fields of Thunderbird's own folders",
      withFields(["X-Mozilla-Status", "0001"], ["X-Mozilla-Keys", "   "]),
    ),
    odd("many-relays", "300 Received fields", withFields(...received)),
    odd(
      "filters",
      "Fields of filters, raw 8-bit too",
      withFields(
        ["DKIM-Signature", "v=1; b=abc="],
        ["X-Spam", "\xe8\xe0"],
        ["Authentication-Results", "mx; dkim=pass"],
      ),
    ),
    odd("blank-lines-after", "Blank lines after the end", `${sealed}${CRLF}${CRLF}`),
    odd("nul-after", "NUL characters after the end", `${sealed}\0\0`),
    odd(
      "epilogue",
      "A scanner's line after the end, where no reader looks",
      `${sealed}Controllato da un antivirus${CRLF}`,
    ),
    odd(
      "preamble",
      "Another text before the first part, where no reader looks",
      rewritten("This is an S/MIME signed message", "Messaggio firmato"),
    ),
    odd(
      "base64-with-blanks",
      "Blanks at the ends of the signature's lines",
      sealed.replace(inLines, inLines.replaceAll(CRLF, `  ${CRLF}`)),
    ),
    odd("without-micalg", "No micalg", rewritten(/\tmicalg="sha-256"; /, "\t")),
    odd("wrong-micalg", "micalg of another digest", rewritten('micalg="sha-256"', 'micalg="sha1"')),
    odd(
      "protocol-without-quotes",
      "protocol without quotes",
      rewritten('protocol="application/x-pkcs7-signature"', "protocol=application/x-pkcs7-signature"),
    ),
    odd(
      "types-in-capitals",
      "Types in other capitals",
      sealed.replace("multipart/signed", "Multipart/SIGNED").replaceAll("x-pkcs7-signature", "X-PKCS7-Signature"),
    ),
    odd(
      "date-with-comment",
      "A comment after the date",
      sealMessage(withHeader(SHORT_ENVELOPE, "Date", `${fieldValue(SHORT_ENVELOPE.header, "Date")} (CEST)`)),
    ),
    odd(
      "undisclosed-recipients",
      "No recipient in To",
      sealMessage(withHeader(SHORT_ENVELOPE, "To", "undisclosed-recipients:;")),
    ),
    odd("blank-before-colon", "A blank before a colon (RFC 5322 §4.5)", rewritten("X-Trasporto:", "X-Trasporto :")),
    from("without-name", "No display name", ADDRESS_A),
    from(
      "in-english",
      "The English form of RFC 6109",
      `"On behalf of: nadia.orsetti@pec.foro-esempio.test" <${ADDRESS_A}>`,
    ),
    from(
      "folded",
      "Folded inside the name",
      `"Per conto di:${CRLF} nadia.orsetti@pec.foro-esempio.test"${CRLF} <${ADDRESS_A}>`,
    ),
    from(
      "with-both-names",
      "Name and address of the sender in the name",
      `"Per conto di: Avv. Nadia Orsetti <nadia.orsetti@pec.foro-esempio.test>" <${ADDRESS_A}>`,
    ),
  ];
}

/** Right messages, and mail that claims nothing. */
export function validCases(): readonly TestCase[] {
  return [...kinds(), ...ordinary(), ...daticertForms(), ...messageForms(), ...oddForms()];
}
