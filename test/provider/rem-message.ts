// Belongs here: a REM dispatch in the shape of EN 319 532-3 (pec-messages §8), enough to be recognised. Does NOT belong here: PEC.
import { createHash } from "node:crypto";
import { type Correspondence, envelopedOriginal, mailboxes } from "./correspondence.ts";
import { localTime } from "./local-time.ts";
import {
  type ByteString,
  CRLF,
  entity,
  type Field,
  headerText,
  multipart,
  multipartBody,
  quotedPrintable,
  utf8,
} from "./mime-builder.ts";
import { signatureOver, signaturePart, signedMessage } from "./sign-message.ts";
import { REM_ADDRESS, SIGNERS } from "./test-authority.ts";

const section = (name: string): Field => ["REM-Section-Type", `rem_message/${name}`];

function text(subtype: string, content: string): ByteString {
  return entity(
    [
      ["Content-Type", `text/${subtype}; charset=UTF-8`],
      ["Content-Transfer-Encoding", "quoted-printable"],
    ],
    quotedPrintable(utf8(content)),
  );
}

function evidence(mail: Correspondence, instant: number, digest: string): string {
  const id = mail.identifier;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<e:Evidence xmlns:e="http://uri.etsi.org/19522/v1#" version="EN319522v1.1.1">',
    `  <e:EvidenceIdentifier>evidence-${id}</e:EvidenceIdentifier>`,
    "  <e:ERDSEventId>http://uri.etsi.org/19522/Event/SubmissionAcceptance</e:ERDSEventId>",
    `  <e:EventTime>${new Date(instant).toISOString()}</e:EventTime>`,
    `  <e:MessageIdentifier>${id}</e:MessageIdentifier>`,
    `  <e:UserContentInfo><PartInfo><DigestValue>${digest}</DigestValue></PartInfo></e:UserContentInfo>`,
    "</e:Evidence>",
  ].join(CRLF);
}

/** A sealed dispatch: what a recipient gets. */
export function remDispatch(mail: Correspondence, instant: number): ByteString {
  const original = envelopedOriginal(mail);
  const digest = createHash("sha256").update(Buffer.from(original, "latin1")).digest("base64");
  const boundary = `rem${mail.id}`;
  const words = `Messaggio REM inviato da ${mail.from.address}: ${mail.subject}`;
  const content = entity(
    [["Content-Type", `multipart/mixed;${CRLF}\tboundary="----=_Content_${boundary}"`]],
    multipartBody(`----=_Content_${boundary}`, [
      multipart(
        "alternative",
        `----=_Text_${boundary}`,
        [text("plain", words), text("html", `<html><body><p>${words}</p></body></html>`)],
        [section("introduction")],
      ),
      entity(
        [
          section("original"),
          ["Content-Type", 'message/rfc822; name="AttachedMimeMessage"'],
          ["Content-Transfer-Encoding", "binary"],
          ["Content-Disposition", 'attachment; filename="AttachedMimeMessage"'],
        ],
        original,
      ),
      entity(
        [
          section("xml_evidence"),
          ["Content-Type", 'application/xml; charset=UTF-8; name="SubmissionAcceptance.xml"'],
          ["Content-Transfer-Encoding", "quoted-printable"],
          ["Content-Disposition", 'attachment; filename="SubmissionAcceptance.xml"'],
        ],
        quotedPrintable(utf8(evidence(mail, instant, digest))),
      ),
    ]),
  );
  const header: readonly Field[] = [
    ["Return-Path", `<${REM_ADDRESS}>`],
    ["Date", localTime(instant).header],
    ["From", `"On behalf of: ${mail.from.address}"${CRLF} <${REM_ADDRESS}>`],
    ["Reply-To", mail.from.address],
    ["To", mailboxes(mail.to)],
    ["Message-ID", `<${mail.identifier}>`],
    ["Subject", headerText(`REM Dispatch: ${mail.subject}`)],
    ["REM-MetadataVersion", "EN31953203V010201"],
    ["REM-MessageType", "http://uri.etsi.org/19522/v1#/ERDMessageType/dispatch"],
    ["REM-EventIdentifier", "http://uri.etsi.org/19522/Event/SubmissionAcceptance"],
    ["REM-ReasonIdentifier", "http://uri.etsi.org/19522/EventReason/MessageAccepted"],
    ["REM-Evidence-ID", `<evidence-${mail.identifier}>`],
    ["REM-ApplicablePolicy", "http://uri.etsi.org/19532/v1#/REMbaseline"],
    ["REM-ApplicablePolicy", "https://eidas.agid.gov.it/REM/rem-policy-it"],
    ["REM-DigestAlgorithm", "http://www.w3.org/2001/04/xmlenc#sha256"],
    ["REM-DigestValue", digest],
    ...(mail.messageId === null ? [] : ([["REM-UAMessageIdentifier", mail.messageId]] as const)),
    ["REM-MD08", mail.from.address],
    ["REM-ModeOfConsignment", "http://uri.etsi.org/19522/v1#/consignment/basic"],
  ];
  const signature = signaturePart(signatureOver(content, { signers: [SIGNERS.remService], signingTime: instant }));
  return signedMessage(header, boundary, [content, signature]);
}
