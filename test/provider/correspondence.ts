// Belongs here: the mail that people write, before and after the provider rewrote its identifier (pec-messages §2.7).
// Does NOT belong here: envelopes and receipts about it (see pec-messages.ts).
import { createHash } from "node:crypto";
import { localTime } from "./local-time.ts";
import {
  base64Lines,
  type ByteString,
  CRLF,
  entity,
  extendedParameter,
  type Field,
  headerText,
  multipart,
  quotedPrintable,
  utf8,
} from "./mime-builder.ts";

export interface Recipient {
  readonly name: string;
  readonly address: string;
  /** A PEC mailbox; else ordinary mail (*esterno*). */
  readonly certified: boolean;
}

export interface Attachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: ByteString;
}

export interface Correspondence {
  /** Distinguishes boundaries; letters and digits. */
  readonly id: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly Recipient[];
  readonly cc: readonly Recipient[];
  readonly replyTo: string | null;
  readonly subject: string;
  /** What the client wrote, with angle brackets; `null`: the client wrote none. */
  readonly messageId: string | null;
  /** PEC msgid, without angle brackets. */
  readonly identifier: string;
  readonly receiptType: "completa" | "breve" | "sintetica";
  /** Whether the client asked for that kind in `X-TipoRicevuta`. */
  readonly receiptTypeAsked: boolean;
  /** Client's Date, milliseconds UTC. */
  readonly writtenAt: number;
  /** Plain text, lines ended by LF. */
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
}

export const mailbox = ({ name, address }: { readonly name: string; readonly address: string }): ByteString =>
  /^[A-Za-z0-9 ]*$/.test(name) || !/^[\x20-\x7e]*$/.test(name)
    ? `${headerText(name)} <${address}>`
    : `"${name}" <${address}>`;

export const mailboxes = (people: readonly { readonly name: string; readonly address: string }[]): ByteString =>
  people.map(mailbox).join(`,${CRLF}\t`);

const textLines = (text: string): ByteString => quotedPrintable(utf8(text.replaceAll("\n", CRLF)));

function textPart(subtype: string, text: string): ByteString {
  return entity(
    [
      ["Content-Type", `text/${subtype}; charset=UTF-8`],
      ["Content-Transfer-Encoding", "quoted-printable"],
    ],
    textLines(text),
  );
}

function attachmentPart({ name, contentType, content }: Attachment): ByteString {
  const isMessage = contentType === "message/rfc822";
  return entity(
    [
      ["Content-Type", `${contentType};${CRLF} name="${headerText(name)}"`],
      ["Content-Transfer-Encoding", isMessage ? "8bit" : "base64"],
      ["Content-Disposition", `attachment;${CRLF} ${extendedParameter("filename", name)}`],
    ],
    isMessage ? content : base64Lines(content),
  );
}

/** The part that a brief receipt puts in place of an attachment: hexadecimal SHA-1 of its content (RFC 6109 §3.3.2.2). */
function hashPart({ name, content }: Attachment): ByteString {
  const digest = createHash("sha1").update(Buffer.from(content, "latin1")).digest("hex");
  return entity(
    [
      ["Content-Type", `text/plain;${CRLF} name="${headerText(`${name}.hash`)}"`],
      ["Content-Transfer-Encoding", "7bit"],
      ["Content-Disposition", `attachment;${CRLF} ${extendedParameter("filename", `${name}.hash`)}`],
    ],
    digest,
  );
}

function bodyEntity(mail: Correspondence, attachments: readonly ByteString[]): ByteString {
  const text = textPart("plain", mail.text);
  const body =
    mail.html === null
      ? text
      : multipart("alternative", `------------alt${mail.id}`, [text, textPart("html", mail.html)]);
  return attachments.length === 0 ? body : multipart("mixed", `------------mix${mail.id}`, [body, ...attachments]);
}

function headerOf(mail: Correspondence, withClientIdentifier: boolean): readonly Field[] {
  const optional = (name: string, value: ByteString | null): readonly Field[] =>
    value === null ? [] : [[name, value]];
  return [
    ...optional("Message-ID", withClientIdentifier ? mail.messageId : null),
    ["Date", localTime(mail.writtenAt).header],
    ["MIME-Version", "1.0"],
    ["User-Agent", "Mozilla Thunderbird"],
    ["Subject", headerText(mail.subject)],
    ["From", mailbox(mail.from)],
    ["To", mailboxes(mail.to)],
    ...optional("Cc", mail.cc.length === 0 ? null : mailboxes(mail.cc)),
    ...optional("Reply-To", mail.replyTo),
    ...optional("X-TipoRicevuta", mail.receiptTypeAsked ? mail.receiptType : null),
  ];
}

const block = (fields: readonly Field[], body: ByteString): ByteString =>
  fields.map(([name, value]) => `${name}: ${value}${CRLF}`).join("") + body;

const finalLine = (message: ByteString): ByteString => (message.endsWith(CRLF) ? message : message + CRLF);

/** The message as the sender's client handed it in, and as Sent keeps it. */
export const originalMessage = (mail: Correspondence): ByteString =>
  finalLine(block(headerOf(mail, true), bodyEntity(mail, mail.attachments.map(attachmentPart))));

function rewritten(mail: Correspondence, attachments: readonly ByteString[]): ByteString {
  const body = bodyEntity(mail, attachments);
  const end = body.indexOf(CRLF + CRLF);
  const identifiers: readonly Field[] = [
    ["Message-ID", `<${mail.identifier}>`],
    ...(mail.messageId === null ? [] : ([["X-Riferimento-Message-ID", mail.messageId]] as const)),
  ];
  // The two fields stand last in the header block, after those of the body (pec-messages §2.7).
  return finalLine(block(headerOf(mail, false), body.slice(0, end + 2)) + block(identifiers, "") + body.slice(end + 2));
}

/** The message as `postacert.eml` holds it: identifier rewritten, the client's one kept in `X-Riferimento-Message-ID`. */
export const envelopedOriginal = (mail: Correspondence): ByteString =>
  rewritten(mail, mail.attachments.map(attachmentPart));

/** The same with every attachment replaced by its hash, for brief receipts. */
export const hashedOriginal = (mail: Correspondence): ByteString => rewritten(mail, mail.attachments.map(hashPart));
