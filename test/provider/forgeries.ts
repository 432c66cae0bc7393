// Belongs here: everything that can be wrong with a message whose provider and certificate are right. Does NOT belong here: wrong certificates and algorithms (see signer-cases.ts).
import type { MessageKind } from "../../src/core/envelope/envelope.ts";
import { writeDaticert } from "./daticert-writer.ts";
import { at, DAY, HOUR, localTime } from "./local-time.ts";
import {
  base64Lines,
  type ByteString,
  CRLF,
  entity,
  type Field,
  fieldValue,
  headerText,
  multipart,
  multipartBody,
  toBytes,
  utf8,
  withoutField,
} from "./mime-builder.ts";
import {
  anomalyEnvelope,
  daticertOf,
  sealedWith,
  transportEnvelope,
  PROVIDER_A,
  withDaticert,
} from "./pec-messages.ts";
import { NOTICE_ACCEPTANCE, NOTICE_DELIVERY, REPLY_ENVELOPE, SHORT_ENVELOPE, withHeader } from "./sample-drafts.ts";
import { attachedMessage, ORDINARY_MAIL, QUOTE_MAIL, SHORT_MAIL } from "./sample-mail.ts";
import {
  type Draft,
  partsOf,
  sealMessage,
  sealOpaque,
  signatureOver,
  signaturePart,
  signedEntity,
  signedMessage,
  unsignedMessage,
} from "./sign-message.ts";
import { ADDRESS_A, type Signer, SIGNERS } from "./test-authority.ts";
import { DEMO_NOW, type Expected, fallsBoth, type Integrity, passes, sealFalls, type TestCase } from "./test-case.ts";

const ENVELOPE: MessageKind = "posta-certificata";

function forged(
  name: string,
  description: string,
  message: ByteString | Draft,
  expected: Expected,
  integrity: Integrity = "intact",
): TestCase {
  const bytes = typeof message === "string" ? message : sealMessage(message);
  return { name, description, bytes: toBytes(bytes), now: DEMO_NOW, integrity, expected };
}

const unsignedClaim = (kind: MessageKind): Expected => sealFalls(kind, "FORMAT_FAILURE", null);
const unreadable = fallsBoth(ENVELOPE, "TOTAL-FAILED", "FORMAT_FAILURE");
const hashFailure = (kind: MessageKind): Expected => fallsBoth(kind, "TOTAL-FAILED", "HASH_FAILURE");
const constraints = sealFalls(ENVELOPE, "SIG_CONSTRAINTS_FAILURE");

/** Replaces text that occurs exactly once, so that a forgery never silently stays the genuine message. */
function altered(message: ByteString, search: string, replacement: string): ByteString {
  if (message.split(search).length !== 2) throw new Error(`${search} does not occur exactly once`);
  return message.replace(search, () => replacement);
}

const own = signedEntity(SHORT_ENVELOPE);
const ownSignature = signatureOver(own, SHORT_ENVELOPE.signing);
const genuine = sealMessage(SHORT_ENVELOPE);

const withSignature = (base64: ByteString): ByteString =>
  signedMessage(SHORT_ENVELOPE.header, SHORT_ENVELOPE.boundary, [own, signaturePart(base64)]);

/** Content or signature is not what was signed. */
function brokenSeals(): readonly TestCase[] {
  const transplanted = signatureOver(signedEntity(REPLY_ENVELOPE), REPLY_ENVELOPE.signing);
  const half = Math.floor(genuine.length * 0.45);
  const inSignature = genuine.indexOf(ownSignature) + Math.floor(ownSignature.length / 3);
  const original = new TextEncoder().encode("un altro contenuto");
  return [
    forged(
      "body-altered-by-one-byte",
      "The hearing is moved from the 3rd to the 8th in the signed text",
      altered(genuine, "udienza al 3 dicembre", "udienza al 8 dicembre"),
      hashFailure(ENVELOPE),
      "broken",
    ),
    forged(
      "daticert-altered",
      "A field of the certification data was rewritten after signing",
      signedMessage(SHORT_ENVELOPE.header, SHORT_ENVELOPE.boundary, [
        signedEntity(withDaticert(SHORT_ENVELOPE, { mittente: "altri@pec.foro-esempio.test" })),
        signaturePart(ownSignature),
      ]),
      hashFailure(ENVELOPE),
      "broken",
    ),
    forged(
      "receipt-altered",
      "The recipient in a delivery receipt was changed",
      signedMessage(NOTICE_DELIVERY.header, NOTICE_DELIVERY.boundary, [
        signedEntity(withDaticert(NOTICE_DELIVERY, { consegna: "altro.indirizzo@pec.comune-borgoinventato.test" })),
        signaturePart(signatureOver(signedEntity(NOTICE_DELIVERY), NOTICE_DELIVERY.signing)),
      ]),
      hashFailure("avvenuta-consegna"),
      "broken",
    ),
    forged(
      "part-removed",
      "The original was cut out of the signed content",
      signedMessage(SHORT_ENVELOPE.header, SHORT_ENVELOPE.boundary, [
        signedEntity({ ...SHORT_ENVELOPE, postacert: null }),
        signaturePart(ownSignature),
      ]),
      hashFailure(ENVELOPE),
      "broken",
    ),
    forged(
      "signature-of-another-message",
      "A genuine signature of another envelope",
      withSignature(transplanted),
      hashFailure(ENVELOPE),
      "broken",
    ),
    forged(
      "signed-attributes-tampered",
      "The signing time in the CMS was changed after signing",
      sealedWith(SHORT_ENVELOPE, { signingTimeTamperedTo: at("2026-10-20T09:00:00+02:00") }),
      fallsBoth(ENVELOPE, "TOTAL-FAILED", "SIG_CRYPTO_FAILURE"),
      "broken",
    ),
    forged(
      "signature-embeds-other-content",
      "The CMS is right about this message and carries another content as well",
      sealedWith(SHORT_ENVELOPE, { embeddedContent: original }),
      unreadable,
    ),
    forged(
      "signature-covers-embedded-content-only",
      "The CMS is right about the content it carries, which is not the message",
      withSignature(signatureOver("un altro contenuto", { ...SHORT_ENVELOPE.signing, embeddedContent: original })),
      hashFailure(ENVELOPE),
      "broken",
    ),
    forged("signature-empty", "smime.p7s of 0 bytes", withSignature(""), unreadable, "unreadable"),
    forged(
      "signature-garbage",
      "smime.p7s that is no ASN.1",
      withSignature(Buffer.from("questo non è un CMS, ma solo testo").toString("base64")),
      unreadable,
      "unreadable",
    ),
    forged(
      "signature-is-a-certificate",
      "smime.p7s that is ASN.1, but a certificate",
      withSignature(Buffer.from(SHORT_ENVELOPE.signing.signers[0]?.certificate ?? []).toString("base64")),
      unreadable,
      "unreadable",
    ),
    forged(
      "signature-broken-base64",
      "Characters that no base64 has, in the middle of the signature",
      withSignature(`${ownSignature.slice(0, 400)}!!!%%%${ownSignature.slice(409)}`),
      unreadable,
      "unreadable",
    ),
    forged(
      "signature-without-signer",
      "SignedData with certificates and no SignerInfo",
      sealedWith(SHORT_ENVELOPE, {
        signers: [],
        certificates: SHORT_ENVELOPE.signing.signers.map(({ certificate }) => certificate),
      }),
      unreadable,
      "unreadable",
    ),
    forged(
      "truncated-in-signature",
      "The message ends within the signature",
      genuine.slice(0, inSignature),
      unreadable,
      "unreadable",
    ),
    forged(
      "truncated-in-content",
      "The message ends within the signed content: no signature part is left",
      genuine.slice(0, half),
      unreadable,
      "unreadable",
    ),
    forged(
      "cut-after-header",
      "Only the outer header is left",
      genuine.slice(0, genuine.indexOf(CRLF + CRLF) + 4),
      unreadable,
      "unreadable",
    ),
  ];
}

/** Claims without a signature. */
function unsigned(): readonly TestCase[] {
  const plainHeader = SHORT_ENVELOPE.header;
  const receipt = sealMessage(NOTICE_DELIVERY);
  return [
    forged(
      "header-only-forgery",
      "Plain text with the header of an envelope",
      entity(
        [...plainHeader, ["MIME-Version", "1.0"], ["Content-Type", "text/plain; charset=utf-8"]],
        `Gentile Avvocato, apra subito il collegamento.${CRLF}`,
      ),
      unsignedClaim(ENVELOPE),
      "unsigned",
    ),
    forged(
      "receipt-header-only-forgery",
      "Plain text with the header of a delivery receipt",
      entity(
        [...NOTICE_DELIVERY.header, ["MIME-Version", "1.0"], ["Content-Type", "text/plain; charset=utf-8"]],
        `Consegnato.${CRLF}`,
      ),
      unsignedClaim("avvenuta-consegna"),
      "unsigned",
    ),
    forged(
      "unsigned-with-parts",
      "daticert.xml and postacert.eml in place, nothing signed",
      unsignedMessage(SHORT_ENVELOPE),
      unsignedClaim(ENVELOPE),
      "unsigned",
    ),
    forged(
      "receipt-wrapped-in-envelope",
      "A genuine receipt inside an unsigned message that claims to be an envelope",
      multipart(
        "mixed",
        "wrap1",
        [SHORT_ENVELOPE.introduction, attachedMessage(receipt, "postacert.eml")],
        [...plainHeader, ["MIME-Version", "1.0"]],
      ),
      unsignedClaim(ENVELOPE),
      "unsigned",
    ),
    forged(
      "envelope-wrapped-in-receipt",
      "A genuine envelope inside an unsigned message that claims to be a receipt",
      multipart(
        "mixed",
        "wrap2",
        [NOTICE_DELIVERY.introduction, attachedMessage(genuine, "postacert.eml")],
        [...NOTICE_DELIVERY.header, ["MIME-Version", "1.0"]],
      ),
      unsignedClaim("avvenuta-consegna"),
      "unsigned",
    ),
    forged(
      "genuine-message-as-only-body",
      "The body is one message/rfc822 with a genuine envelope",
      entity([...plainHeader, ["MIME-Version", "1.0"], ["Content-Type", "message/rfc822"]], genuine),
      unsignedClaim(ENVELOPE),
      "unsigned",
    ),
  ];
}

/** A sealed content under a header of another kind or another sender. */
function relabelled(): readonly TestCase[] {
  const asReceipt = withoutField(SHORT_ENVELOPE.header, "X-Trasporto");
  const asEnvelope = withoutField(NOTICE_DELIVERY.header, "X-Ricevuta");
  const originalIsReceipt: Draft = { ...SHORT_ENVELOPE, postacert: sealMessage(NOTICE_DELIVERY) };
  const from = fieldValue(SHORT_ENVELOPE.header, "From");
  return [
    forged(
      "claim-of-unknown-kind",
      "X-Ricevuta with a value that no rule knows: claims PEC, and no kind",
      withHeader(NOTICE_ACCEPTANCE, "X-Ricevuta", "raccomandata"),
      { ...constraints, kind: null },
    ),
    forged(
      "claims-of-two-kinds",
      "X-Ricevuta and X-Trasporto in one header",
      { ...NOTICE_ACCEPTANCE, header: [...NOTICE_ACCEPTANCE.header, ["X-Trasporto", "posta-certificata"]] },
      sealFalls("accettazione", "SIG_CONSTRAINTS_FAILURE"),
    ),
    forged(
      "receipt-relabelled-as-envelope",
      "Sealed content of a receipt under X-Trasporto",
      { ...NOTICE_DELIVERY, header: [...asEnvelope, ["X-Trasporto", "posta-certificata"]] },
      constraints,
    ),
    forged(
      "envelope-relabelled-as-receipt",
      "Sealed content of an envelope under X-Ricevuta",
      { ...SHORT_ENVELOPE, header: [...asReceipt, ["X-Ricevuta", "avvenuta-consegna"]] },
      sealFalls("avvenuta-consegna", "SIG_CONSTRAINTS_FAILURE"),
    ),
    forged(
      "acceptance-relabelled-as-delivery",
      "An acceptance shown as a delivery",
      withHeader(NOTICE_ACCEPTANCE, "X-Ricevuta", "avvenuta-consegna"),
      sealFalls("avvenuta-consegna", "SIG_CONSTRAINTS_FAILURE"),
    ),
    forged(
      "envelope-whose-original-is-a-receipt",
      "The sealed envelope's original is a provider's receipt: its From is not mittente",
      originalIsReceipt,
      constraints,
    ),
    forged(
      "from-differs-from-certificate",
      "From names another provider",
      withHeader(
        SHORT_ENVELOPE,
        "From",
        '"Per conto di: nadia.orsetti@pec.foro-esempio.test" <posta-certificata@pec.gestore-due.test>',
      ),
      constraints,
    ),
    forged(
      "from-is-the-person",
      "From names the human sender, not the provider",
      withHeader(SHORT_ENVELOPE, "From", '"Avv. Nadia Orsetti" <nadia.orsetti@pec.foro-esempio.test>'),
      constraints,
    ),
    forged(
      "from-missing",
      "No From field",
      { ...SHORT_ENVELOPE, header: withoutField(SHORT_ENVELOPE.header, "From") },
      constraints,
    ),
    forged(
      "from-twice",
      "Two From fields, the second another sender",
      { ...SHORT_ENVELOPE, header: [...SHORT_ENVELOPE.header, ["From", "<presidente@tribunale-inventato.test>"]] },
      constraints,
    ),
    forged(
      "from-twice-false-first",
      "Two From fields, the first another sender",
      { ...SHORT_ENVELOPE, header: [["From", "<presidente@tribunale-inventato.test>"], ...SHORT_ENVELOPE.header] },
      constraints,
    ),
    forged(
      "from-with-two-addresses",
      "One From field, two mailboxes",
      withHeader(SHORT_ENVELOPE, "From", `${from}, <presidente@tribunale-inventato.test>`),
      constraints,
    ),
    forged(
      "sender-differs",
      "Sender is another address than From",
      { ...SHORT_ENVELOPE, header: [...SHORT_ENVELOPE.header, ["Sender", "<liste@tribunale-inventato.test>"]] },
      constraints,
    ),
  ];
}

/** Parts that no signature covers. */
function uncovered(): readonly TestCase[] {
  const sealed = sealMessage({ ...SHORT_ENVELOPE, header: [] });
  const note = (text: string): ByteString => entity([["Content-Type", "text/plain; charset=us-ascii"]], text);
  const around = (children: readonly ByteString[]): ByteString =>
    multipart("mixed", "outerwrap", children, [...SHORT_ENVELOPE.header, ["MIME-Version", "1.0"]]);
  const html = entity([["Content-Type", "text/html; charset=utf-8"]], "<p>Paghi subito la fattura allegata.</p>");
  const children = [own, signaturePart(ownSignature)];
  return [
    forged(
      "unsigned-part-before",
      "multipart/mixed with a text before the signed part",
      around([note("Paghi subito la fattura allegata."), sealed]),
      constraints,
    ),
    forged(
      "unsigned-part-after",
      "multipart/mixed with a footer after the signed part",
      around([sealed, note("Inviato dalla lista")]),
      constraints,
    ),
    forged(
      "unsigned-parts-around",
      "Text before and after the signed part",
      around([html, sealed, note("Inviato dalla lista")]),
      constraints,
    ),
    forged(
      "third-child-in-multipart-signed",
      "A third part after the signature",
      signedMessage(SHORT_ENVELOPE.header, SHORT_ENVELOPE.boundary, [...children, html]),
      constraints,
    ),
    forged(
      "signed-part-in-alternative",
      "multipart/alternative: an unsigned HTML beside the signed part",
      entity(
        [...SHORT_ENVELOPE.header, ["MIME-Version", "1.0"], ["Content-Type", 'multipart/alternative; boundary="alt"']],
        multipartBody("alt", [sealed, html]),
      ),
      constraints,
    ),
  ];
}

/** Certification data that contradict, are missing or are an attack; the provider signed them all the same. */
function certificationData(): readonly TestCase[] {
  const xml = writeDaticert(daticertOf(SHORT_ENVELOPE));
  const withXml = (document: string): Draft => ({ ...SHORT_ENVELOPE, daticertXml: document });
  const second = partsOf(NOTICE_DELIVERY)[1] ?? "";
  const nested = multipart("mixed", "deeper", [
    entity([["Content-Type", "text/plain"]], "Allegati di servizio"),
    second,
  ]);
  const signedAt = daticertOf(SHORT_ENVELOPE).instant;
  const certifiedAt = (milliseconds: number): Draft => {
    const draft = withDaticert(SHORT_ENVELOPE, { instant: signedAt - milliseconds });
    return withHeader(draft, "Date", localTime(signedAt - milliseconds).header);
  };
  const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
    "\n",
  );
  const bomb = (doctype: string, subject: string): string =>
    xml.replace("?>\n", `?>\n${doctype}\n`).replace(SHORT_MAIL.subject, subject);
  return [
    forged("daticert-missing", "An envelope without daticert.xml", { ...SHORT_ENVELOPE, daticert: null }, constraints),
    forged(
      "receipt-daticert-missing",
      "A receipt without daticert.xml",
      { ...NOTICE_ACCEPTANCE, daticert: null },
      sealFalls("accettazione", "SIG_CONSTRAINTS_FAILURE"),
    ),
    forged(
      "daticert-only-deeper",
      "The only daticert.xml is not a direct child",
      {
        ...SHORT_ENVELOPE,
        daticert: null,
        extraParts: [multipart("mixed", "deeper", [partsOf(SHORT_ENVELOPE)[1] ?? ""])],
      },
      constraints,
    ),
    forged(
      "daticert-second-deeper",
      "A second daticert.xml in a deeper part: the direct child counts",
      { ...SHORT_ENVELOPE, extraParts: [nested] },
      passes(ENVELOPE),
    ),
    forged(
      "daticert-second-child",
      "Two daticert.xml as direct children",
      { ...SHORT_ENVELOPE, extraParts: [second] },
      constraints,
    ),
    forged(
      "daticert-malformed",
      "XML that is not well formed",
      withXml(xml.replace("</intestazione>", "")),
      constraints,
    ),
    forged("daticert-truncated", "XML that ends early", withXml(xml.slice(0, xml.indexOf("<dati>") + 20)), constraints),
    forged(
      "daticert-not-xml",
      "Plain text under the name daticert.xml",
      withXml("nessun dato di certificazione"),
      constraints,
    ),
    forged("daticert-empty", "0 bytes", withXml(""), constraints),
    forged(
      "daticert-doctype",
      "A DOCTYPE, harmless in itself",
      withXml(bomb('<!DOCTYPE postacert SYSTEM "http://example.test/daticert.dtd">', SHORT_MAIL.subject)),
      constraints,
    ),
    forged(
      "daticert-external-entity",
      "An entity that would read a local file",
      withXml(bomb('<!DOCTYPE postacert [<!ENTITY f SYSTEM "file:///etc/hostname">]>', "&f;")),
      constraints,
    ),
    forged(
      "daticert-billion-laughs",
      "Entities that would expand to gigabytes",
      withXml(bomb(`<!DOCTYPE postacert [\n<!ENTITY l0 "ah">\n${laughs}\n]>`, "&l9;")),
      constraints,
    ),
    forged(
      "daticert-invalid-date",
      "The 31st of February",
      withXml(xml.replace("<giorno>20/10/2026</giorno>", "<giorno>31/02/2026</giorno>")),
      constraints,
    ),
    forged(
      "daticert-kind-differs",
      "tipo says accettazione, header says envelope",
      withDaticert(SHORT_ENVELOPE, { tipo: "accettazione" }),
      constraints,
    ),
    forged(
      "daticert-kind-unknown",
      "tipo that no rule knows",
      withDaticert(SHORT_ENVELOPE, { tipo: "raccomandata" }),
      constraints,
    ),
    forged(
      "daticert-sender-differs",
      "mittente is not the From of the original",
      withDaticert(SHORT_ENVELOPE, { mittente: "presidente@pec.tribunale-inventato.test" }),
      constraints,
    ),
    forged(
      "certified-time-2h-apart",
      "Certified time two hours before signing",
      certifiedAt(2 * HOUR),
      passes(ENVELOPE, ["TIMES_APART"]),
    ),
    forged(
      "certified-time-30h-apart",
      "Certified time thirty hours before signing",
      certifiedAt(30 * HOUR),
      constraints,
    ),
    forged(
      "identifier-differs-from-original",
      "identificativo is not the Message-ID of the sealed original",
      withHeader(
        withDaticert(SHORT_ENVELOPE, { identificativo: "opec21030.99999999999999.1.1.1.1@pec.gestore-uno.test" }),
        "Message-ID",
        "<opec21030.99999999999999.1.1.1.1@pec.gestore-uno.test>",
      ),
      passes(ENVELOPE, ["HEADERS_DIFFER"]),
    ),
    forged(
      "original-missing",
      "An envelope without postacert.eml",
      { ...SHORT_ENVELOPE, postacert: null },
      constraints,
    ),
  ];
}

/** Only what no signature covers was changed: the seal stands, with a remark. */
function headersChanged(): readonly TestCase[] {
  const differs = passes(ENVELOPE, ["HEADERS_DIFFER"]);
  const envelope = SHORT_ENVELOPE;
  const later = localTime(daticertOf(envelope).instant + 9 * DAY).header;
  return [
    forged(
      "outer-subject-changed",
      "Another subject in the outer header",
      withHeader(envelope, "Subject", "POSTA CERTIFICATA: Pagamento urgente"),
      differs,
    ),
    forged("outer-date-changed", "Another date in the outer header", withHeader(envelope, "Date", later), differs),
    forged(
      "outer-reference-changed",
      "X-Riferimento-Message-ID is not the certified msgid",
      withHeader(envelope, "X-Riferimento-Message-ID", "<altro@pec.foro-esempio.test>"),
      differs,
    ),
    forged(
      "outer-message-id-changed",
      "Message-ID of the envelope is not identificativo",
      withHeader(envelope, "Message-ID", "<altro.20261020@pec.gestore-uno.test>"),
      differs,
    ),
    forged(
      "outer-display-name-changed",
      '"Per conto di" somebody else than mittente',
      withHeader(envelope, "From", `"Per conto di: presidente@pec.tribunale-inventato.test" <${ADDRESS_A}>`),
      differs,
    ),
    forged(
      "outer-subject-list-tag",
      "A mailing list put its tag before the prefix",
      withHeader(envelope, "Subject", `[avvocati] POSTA CERTIFICATA: ${SHORT_MAIL.subject}`),
      differs,
    ),
  ];
}

/** Right seals over hostile originals: what a sender can put into a mail. */
function hostileOriginals(): readonly TestCase[] {
  const mail = { ...SHORT_MAIL, id: "H1" };
  const instant = at("2026-10-20T08:17:33+02:00");
  const html =
    '<html><body><script>alert(1)</script><img src="http://traccia.test/x.png" onerror="alert(2)"><a href="javascript:alert(3)">qui</a></body></html>';
  return [
    forged(
      "original-subject-with-markup",
      "Markup and control characters in the subject",
      transportEnvelope(
        { ...mail, subject: '<b>&amp;</b> "</oggetto>" \u202e\u2066 <script>alert(1)</script>' },
        PROVIDER_A,
        instant,
      ),
      passes(ENVELOPE),
    ),
    forged(
      "original-active-content",
      "Script, remote picture and javascript link in the original",
      transportEnvelope({ ...mail, id: "H2", html }, PROVIDER_A, instant),
      passes(ENVELOPE),
    ),
    forged(
      "original-attachment-path-in-name",
      "Attachment names that try to leave the folder",
      transportEnvelope(
        {
          ...mail,
          id: "H3",
          attachments: [
            { name: "../../.bashrc", contentType: "text/plain", content: "echo" },
            { name: "fattura.pdf.exe", contentType: "application/pdf", content: "MZ" },
          ],
        },
        PROVIDER_A,
        instant,
      ),
      passes(ENVELOPE),
    ),
  ];
}

/** Messages that Thunderbird divides in another way, so that a genuine part is verified and a forged one shown. */
function readInTwoWays(): readonly TestCase[] {
  const HTML = "<p>Paghi subito la fattura allegata.</p>";
  const REAL = "REAL";
  const children = [own, signaturePart(ownSignature)];
  const signedType = (parameters: string, protocol = "application/x-pkcs7-signature"): ByteString =>
    `multipart/signed; protocol="${protocol}"; micalg="sha-256"; ${parameters}`;
  const plainType = signedType('boundary="REAL"');
  /** What the forger wants to be seen, divided by another boundary or by delimiter lines of another kind. */
  const decoy = (boundary: string, afterDelimiter = CRLF, lineEnd = CRLF): ByteString =>
    [
      `--${boundary}${afterDelimiter}Content-Type: text/html${lineEnd}${lineEnd}${HTML}${lineEnd}`,
      `--${boundary}${afterDelimiter}Content-Type: application/x-pkcs7-signature${lineEnd}${lineEnd}x${lineEnd}`,
      `--${boundary}--${afterDelimiter}`,
    ].join("");
  const divided = (
    contentType: ByteString,
    preamble: ByteString,
    {
      boundary = REAL,
      parts = children,
      fields = [] as readonly Field[],
    }: { readonly boundary?: string; readonly parts?: readonly ByteString[]; readonly fields?: readonly Field[] } = {},
  ): ByteString =>
    entity(
      [...SHORT_ENVELOPE.header, ["MIME-Version", "1.0"], ...fields, ["Content-Type", contentType]],
      preamble + multipartBody(boundary, parts),
    );
  const contentBoundary = `------=_Content_${SHORT_ENVELOPE.boundary}`;
  const withLineInOriginal = (line: ByteString): Draft => ({
    ...SHORT_ENVELOPE,
    postacert: `${SHORT_ENVELOPE.postacert ?? ""}${line}`,
  });
  const afterFormFeed = `${CRLF}${contentBoundary}\f${CRLF}Content-Type: text/html${CRLF}${CRLF}${HTML}${CRLF}`;
  const betweenReturns = `${CRLF}riga\r${contentBoundary}\rContent-Type: text/html\r\r${HTML}\r${CRLF}`;
  const withSecondField = (name: string, value: string): Draft => ({
    ...SHORT_ENVELOPE,
    header: [[name, value], ...SHORT_ENVELOPE.header],
  });
  const impostor = '"Presidente" <presidente@tribunale-inventato.test>';
  const cms = Buffer.from(ownSignature, "base64").toString("latin1");
  const fromField = (name: string, from: string): TestCase =>
    forged(name, `From that jsmime reads by context: ${from}`, withHeader(SHORT_ENVELOPE, "From", from), constraints);
  return [
    forged(
      "boundary-as-encoded-word",
      "A boundary that is another one when its encoded word is decoded",
      divided(signedType('boundary="=?us-ascii?Q?REAL?="'), decoy("=?us-ascii?Q?REAL?=")),
      unreadable,
      "unreadable",
    ),
    forged(
      "boundary-in-comment",
      "A boundary in a comment, where Thunderbird takes it",
      divided(signedType('(; boundary=EVIL;) boundary="REAL"'), decoy("EVIL")),
      constraints,
    ),
    forged(
      "boundary-in-comment-after-value",
      "A comment with a boundary after a quoted value",
      divided(signedType('x="a" (;boundary=EVIL); boundary="REAL"'), decoy("EVIL")),
      constraints,
    ),
    forged(
      "boundary-with-nul",
      "A boundary that ends at NUL for some",
      divided(signedType('boundary="EVIL\0"'), decoy("EVIL"), { boundary: "EVIL\0" }),
      constraints,
    ),
    forged(
      "boundary-twice",
      "Two boundary parameters",
      divided(signedType('boundary=REAL; boundary="REAL"'), ""),
      constraints,
    ),
    forged(
      "boundary-in-sections",
      "A boundary in the sections of RFC 2231 beside a plain one",
      divided(signedType('boundary*0=RE; boundary*1=AL; boundary="REAL"'), decoy("RE")),
      constraints,
    ),
    forged(
      "content-type-with-leading-comment",
      "A comment before the type, which Thunderbird takes for the type",
      divided(`(x) ${plainType}`, ""),
      constraints,
      // OpenSSL's judge looks for the type at the beginning of the field.
      "unsigned",
    ),
    forged(
      "content-type-twice",
      "A second Content-Type",
      divided(plainType, HTML + CRLF).replace(
        `${CRLF}Content-Type: multipart/signed`,
        `${CRLF}Content-Type: multipart/signed; boundary="REAL"; protocol="application/x-pkcs7-signature"$&`,
      ),
      constraints,
    ),
    ...(
      [
        ["form-feed", "Content-Type\f"],
        ["fold", `Content-Type${CRLF} `],
      ] as const
    ).map(([name, disguised]) =>
      forged(
        `content-type-disguised-by-${name}`,
        "A first Content-Type that only lenient readers see: the message is HTML to them",
        divided(plainType, HTML + CRLF, { fields: [[disguised, "text/html"]] }),
        unsignedClaim(ENVELOPE),
      ),
    ),
    ...(
      [
        ["form-feed", "\f"],
        ["vertical-tab", "\v"],
      ] as const
    ).map(([name, blank]) =>
      forged(
        `delimiter-with-${name}`,
        "Delimiters that libmime alone takes for such, before the real ones",
        divided(plainType, decoy(REAL, blank + CRLF)),
        constraints,
      ),
    ),
    forged(
      "delimiter-between-carriage-returns",
      "Delimiters on lines that a carriage return alone ends",
      divided(plainType, `testo\r${decoy(REAL, "\r", "\r")}${CRLF}`),
      constraints,
    ),
    forged(
      "delimiter-in-original-with-form-feed",
      "The sender's own text divides the provider's part: the signature is right about it all the same",
      withLineInOriginal(afterFormFeed),
      constraints,
    ),
    forged(
      "delimiter-in-original-between-carriage-returns",
      "The same with carriage returns alone",
      withLineInOriginal(betweenReturns),
      constraints,
    ),
    forged(
      "delimiter-in-original-of-opaque-signature",
      "The same inside application/pkcs7-mime",
      sealOpaque(withLineInOriginal(afterFormFeed)),
      constraints,
    ),
    forged(
      "protocol-of-pgp",
      "The protocol says PGP, whose reader in Thunderbird divides the message in its own way",
      divided(signedType(`boundary="'REAL'"`, "application/pgp-signature"), decoy(REAL), { boundary: "'REAL'" }),
      unsignedClaim(ENVELOPE),
    ),
    forged("protocol-unknown", "The protocol is none", divided(signedType('boundary="REAL"', "x/foo"), ""), unreadable),
    forged(
      "signature-part-is-html",
      "The second part is text to show, and a CMS at the same time",
      divided(plainType, "", {
        parts: [
          own,
          entity(
            [
              ["Content-Type", "text/html"],
              ["Content-Transfer-Encoding", "base64"],
            ],
            base64Lines(cms),
          ),
        ],
      }),
      unreadable,
    ),
    ...(
      [
        ["form-feed", "\f"],
        ["vertical-tab", "\v"],
        ["fold", `${CRLF} `],
        ["nul", "\0"],
      ] as const
    ).map(([name, disguise]) =>
      forged(
        `from-disguised-by-${name}`,
        "A From before the real one that Thunderbird shows and strict readers pass over",
        withSecondField(`From${disguise}`, impostor),
        constraints,
      ),
    ),
    forged("sender-disguised-by-form-feed", "The same with Sender", withSecondField("Sender\f", impostor), constraints),
    forged(
      "reply-to-disguised-by-form-feed",
      "The same with Reply-To",
      withSecondField("Reply-To\f", impostor),
      constraints,
    ),
    fromField("from-quote-in-comment", `(") <${ADDRESS_A}>`),
    fromField("from-bracket-in-comment", `("[") <${ADDRESS_A}>`),
    fromField("from-backslash", `\\${ADDRESS_A}`),
    fromField(
      "from-delimiters-in-encoded-word",
      `=?us-ascii?Q?<presidente@tribunale-inventato.test> ],]?= <${ADDRESS_A}>`,
    ),
    forged(
      "from-hidden-by-byte-order-mark",
      "A byte order mark before From, the first field: Thunderbird shows no sender",
      `\xef\xbb\xbf${sealMessage({
        ...SHORT_ENVELOPE,
        header: [["From", fieldValue(SHORT_ENVELOPE.header, "From")], ...withoutField(SHORT_ENVELOPE.header, "From")],
      })}`,
      constraints,
    ),
  ];
}

/** A message that only looks like PEC: nobody claims a kind in the header, nobody signed. */
const imitation: Expected = { ...unsignedClaim(ENVELOPE), kind: null };

/** Ordinary mail dressed up as a provider's. */
function imitations(): readonly TestCase[] {
  const mail = (name: string, description: string, from: ByteString, subject = "Fattura in scadenza"): TestCase =>
    forged(
      name,
      description,
      ORDINARY_MAIL.bytes.replace(/^From: .*$/m, `From: ${from}`).replace(/^Subject: .*$/m, `Subject: ${subject}`),
      imitation,
      "unsigned",
    );
  const anybody = "notifiche@truffa.example";
  return [
    mail("imitation-by-subject", "Only the subject looks like PEC", anybody, "POSTA CERTIFICATA: Notifica di atto"),
    mail(
      "imitation-by-encoded-subject",
      "The same as an encoded word",
      anybody,
      headerText("POSTA CERTIFICATA: atto più allegati"),
    ),
    mail("imitation-by-notice-subject", "The subject of a notice", anybody, "AVVISO DI MANCATA CONSEGNA: Diffida"),
    mail(
      "imitation-by-display-name",
      "A provider's address in the name only",
      `"posta-certificata@pec.aruba.it" <${anybody}>`,
    ),
    mail("imitation-of-service-address", "A provider's own address, unsigned", "posta-certificata@pec.aruba.it"),
    mail(
      "imitation-on-users-domain",
      "The service mailbox's name at a domain of users",
      "posta-certificata@pec.foro-esempio.test",
    ),
    forged(
      "imitation-with-claim-and-display-name",
      "X-Trasporto, and 'Per conto di' before somebody else's address",
      entity(
        [
          ["From", `"Per conto di: presidente@giustizia.test" <${anybody}>`],
          ["Subject", "Notifica"],
          ["X-Trasporto", "posta-certificata"],
        ],
        `Apra il collegamento.${CRLF}`,
      ),
      unsignedClaim(ENVELOPE),
      "unsigned",
    ),
  ];
}

/** From and Sender under a good seal, written to be taken for another one's, or for the right one. */
function senders(): readonly TestCase[] {
  const from = (name: string, description: string, value: ByteString, expected = constraints): TestCase =>
    forged(`from-${name}`, description, withHeader(SHORT_ENVELOPE, "From", value), expected);
  const sender = (name: string, description: string, value: ByteString): TestCase =>
    forged(
      `sender-${name}`,
      description,
      { ...SHORT_ENVELOPE, header: [...SHORT_ENVELOPE.header, ["Sender", value]] },
      constraints,
    );
  const renamed = passes(ENVELOPE, ["HEADERS_DIFFER"]);
  const local = "posta-certificata";
  const domain = "pec.gestore-uno.test";
  return [
    from("cyrillic-domain", "One letter of the domain is Cyrillic", utf8(`${local}@pec.gestore-un\u043e.test`)),
    from("cyrillic-local-part", "One letter of the local part is Cyrillic", utf8(`post\u0430-certificata@${domain}`)),
    from(
      "cyrillic-as-encoded-word",
      "The address as an encoded word",
      `=?utf-8?Q?${local}=40pec.gestore-un=D0=BE.test?=`,
    ),
    from("fullwidth-hyphen", "A hyphen of East Asian width", utf8(`${local}@pec.gestore\uff0duno.test`)),
    from("zero-width-space", "A space that nobody sees", utf8(`${local}@${domain}\u200b`)),
    from("soft-hyphen", "A hyphen that nobody sees", utf8(`${local}@pec.gestore\u00ad-uno.test`)),
    from("punycode", "A domain that looks alike once decoded", `${local}@pec.xn--gestore-un-abc.test`),
    from("quoted-domain", "The domain in quotes", `${local}@"${domain}"`),
    from("trailing-dot", "A dot after the domain", `${local}@${domain}.`),
    from("group", "The address as the only member of a group", `Gestori: ${ADDRESS_A};`),
    from("route", "A route before the address (RFC 5322 §4.4)", `<@truffa.example:${ADDRESS_A}>`),
    from("nul", "NUL between the address and another domain", `${ADDRESS_A}\0.truffa.example`),
    from("unquoted-address-as-name", "Another address and a comma before", `presidente@tribunale.test, <${ADDRESS_A}>`),
    from("semicolon", "Two addresses as some programs write lists", `presidente@tribunale.test; ${ADDRESS_A}`),
    from(
      "comment-after-domain",
      "A comment that continues the domain for the eye",
      `${ADDRESS_A}(.truffa.example)`,
      renamed,
    ),
    from(
      "display-name-is-address",
      "Another address as the name",
      `"presidente@tribunale.test" <${ADDRESS_A}>`,
      renamed,
    ),
    from(
      "display-name-in-angles",
      "Another address in angle brackets, in quotes",
      `"<p@tribunale.test>" <${ADDRESS_A}>`,
      renamed,
    ),
    from(
      "display-name-reversed",
      "A name written backwards by U+202E",
      `=?utf-8?Q?=E2=80=AEtset.ottif=40etnediserp?= <${ADDRESS_A}>`,
      renamed,
    ),
    from(
      "display-name-with-line-break",
      "A line break and a second From in an encoded word",
      `=?utf-8?Q?x=0D=0AFrom=3A_z=40w?= <${ADDRESS_A}>`,
      renamed,
    ),
    sender("empty", "An empty Sender", ""),
    sender("group", "Sender as a group around the right address", `x: ${ADDRESS_A};`),
    sender("cyrillic", "Sender that looks like From", utf8(`post\u0430-certificata@${domain}`)),
  ];
}

/** Fields that may stand once, twice: which one is shown depends on the program. */
function repeatedFields(): readonly TestCase[] {
  const twice = (name: string, value: string): TestCase =>
    forged(
      `field-twice-${name.toLowerCase()}${value === fieldValue(SHORT_ENVELOPE.header, name) ? "" : "-other"}`,
      `${name} stands twice`,
      { ...SHORT_ENVELOPE, header: [...SHORT_ENVELOPE.header, [name, value]] },
      passes(ENVELOPE, ["HEADERS_DIFFER"]),
    );
  return ["Subject", "Date", "Message-ID", "X-Riferimento-Message-ID"].flatMap((name) => [
    twice(name, fieldValue(SHORT_ENVELOPE.header, name)),
    twice(name, name === "Date" ? "Mon, 1 Jan 2024 00:00:00 +0000" : "<altro@truffa.example>"),
  ]);
}

/** Signatures and parts put together in other ways than a provider's. */
function containers(): readonly TestCase[] {
  const bare = sealMessage({ ...SHORT_ENVELOPE, header: [] });
  const outer = [...SHORT_ENVELOPE.header, ["MIME-Version", "1.0"]] as const;
  const { good, person } = SIGNERS;
  const signedAgain = (by: Signer): ByteString =>
    signedMessage(SHORT_ENVELOPE.header, "again", [
      bare,
      signaturePart(signatureOver(bare, { ...SHORT_ENVELOPE.signing, signers: [by] })),
    ]);
  const deep = multipart("mixed", "a1", [multipart("mixed", "a2", [bare])], outer);
  const manyFields = entity(
    [["Content-Type", "text/plain"], ...Array.from({ length: 3_000 }, (_, index): Field => [`X-${index}`, "x"])],
    "Testo",
  );
  const encoded = (encoding: string): ByteString =>
    altered(
      genuine,
      `${CRLF}Content-Type: multipart/signed`,
      `${CRLF}Content-Transfer-Encoding: ${encoding}${CRLF}Content-Type: multipart/signed`,
    );
  const ambiguous = constraints;
  return [
    forged(
      "container-signed-deeper",
      "The signed part two levels below the top",
      deep,
      unsignedClaim(ENVELOPE),
      "intact",
    ),
    forged(
      "container-only-child",
      "The signed part as the only child of a multipart/mixed",
      multipart("mixed", "a1", [bare], outer),
      constraints,
    ),
    forged(
      "container-related",
      "multipart/related around the signed part",
      multipart("related", "a1", [bare], outer),
      constraints,
    ),
    forged(
      "container-signed-again-by-person",
      "A person's signature over a genuine sealed content",
      signedAgain(person),
      fallsBothWithPerson(),
    ),
    forged(
      "container-signed-again-by-provider",
      "The provider's signature over a multipart/signed: no daticert among its children",
      signedAgain(good),
      constraints,
    ),
    forged(
      "container-person-with-providers-certificate",
      "A person signs; the provider's certificate rides along",
      sealedWith(SHORT_ENVELOPE, {
        signers: [person],
        certificates: [person, good].flatMap(({ certificate, embedded }) => [certificate, ...embedded]),
      }),
      fallsBothWithPerson(),
    ),
    forged(
      "container-person-beside-provider",
      "A person's signature beside the provider's: it adds nothing, and takes nothing away",
      sealedWith(SHORT_ENVELOPE, { signers: [person, good] }),
      passes(ENVELOPE),
    ),
    forged(
      "container-second-signer-unknown",
      "A second signer whose certificate is not there",
      sealedWith(SHORT_ENVELOPE, { signers: [good, person], certificates: [good.certificate, ...good.embedded] }),
      fallsBoth(ENVELOPE, "INDETERMINATE", "NO_SIGNING_CERTIFICATE_FOUND"),
    ),
    forged(
      "container-encoded-base64",
      "base64 on multipart/signed, which some readers undo",
      encoded("base64"),
      ambiguous,
    ),
    forged(
      "container-encoded-quoted-printable",
      "quoted-printable on multipart/signed",
      encoded("quoted-printable"),
      ambiguous,
    ),
    forged(
      "container-encoding-twice",
      "Two encodings of the signature part",
      altered(
        genuine,
        `name="smime.p7s"${CRLF}Content-Transfer`,
        `name="smime.p7s"${CRLF}Content-Transfer-Encoding: base64${CRLF}Content-Transfer`,
      ),
      ambiguous,
    ),
    forged(
      "container-opaque-limits",
      "Thousands of fields in a part inside an opaque signature: what lies beyond was not looked at",
      sealOpaque({ ...SHORT_ENVELOPE, introduction: manyFields }),
      unreadable,
    ),
    forged(
      "container-limits",
      "The same in a detached signature",
      { ...SHORT_ENVELOPE, introduction: manyFields },
      unreadable,
    ),
    forged(
      "container-anomaly-as-envelope",
      "An anomaly envelope under X-Trasporto: posta-certificata",
      withHeader(
        anomalyEnvelope(QUOTE_MAIL, PROVIDER_A, at("2026-11-04T10:10:22+01:00")),
        "X-Trasporto",
        "posta-certificata",
      ),
      constraints,
    ),
    forged(
      "claim-with-comment",
      "X-Trasporto with a comment, which no rule allows",
      withHeader(SHORT_ENVELOPE, "X-Trasporto", "posta-certificata (vera)"),
      { ...constraints, kind: null },
    ),
    forged(
      "receipt-in-original-presented-as-receipt",
      "The sender attached a genuine receipt and somebody gave the envelope a receipt's subject",
      withHeader(
        transportEnvelope(
          {
            ...SHORT_MAIL,
            id: "RIN",
            attachments: [
              { name: "postacert.eml", contentType: "message/rfc822", content: sealMessage(NOTICE_DELIVERY) },
            ],
          },
          PROVIDER_A,
          at("2026-10-20T08:17:33+02:00"),
        ),
        "Subject",
        "CONSEGNA: Diffida ad adempiere",
      ),
      passes(ENVELOPE, ["HEADERS_DIFFER"]),
    ),
  ];
}

const fallsBothWithPerson = (): Expected => sealFalls(ENVELOPE, "CHAIN_CONSTRAINTS_FAILURE");

/** Forged, broken, relabelled and merely retouched messages. */
export function forgeries(): readonly TestCase[] {
  return [
    ...brokenSeals(),
    ...unsigned(),
    ...relabelled(),
    ...uncovered(),
    ...readInTwoWays(),
    ...certificationData(),
    ...headersChanged(),
    ...hostileOriginals(),
    ...imitations(),
    ...senders(),
    ...repeatedFields(),
    ...containers(),
  ];
}
