// Belongs here: a message as a client handed it in, and what a provider makes of its bytes: who wrote to whom, the copy with
// the rewritten identifier, and the one with hashes in place of attachments (pec-messages §§2.7, 6).
// Does NOT belong here: what the provider answers (see answering-provider.ts).
import { createHash } from "node:crypto";
import type { Correspondence, Recipient } from "./correspondence.ts";
import { localTime } from "./local-time.ts";
import { type ByteString, CRLF, entity, extendedParameter, headerText, toByteString } from "./mime-builder.ts";

/** What comes over SMTP. */
export interface Submission {
  readonly bytes: Uint8Array;
  /** SMTP reverse path, without angle brackets. */
  readonly reversePath: string;
  /** SMTP forward paths, without angle brackets. */
  readonly recipients: readonly string[];
}

/** A submission as its provider sees it. */
export interface SubmittedMail {
  /** For envelopes and receipts; its `text` and `attachments` are empty, the content is in `enveloped`. */
  readonly mail: Correspondence;
  /** Address in From; `null`: none. `mail` has the reverse path, from which certification data come. */
  readonly author: string | null;
  /** The message as `postacert.eml` holds it. */
  readonly enveloped: ByteString;
  /** The same for brief receipts. */
  readonly hashed: ByteString;
}

/** Where brief receipts are not told apart by the rules (pec-messages §6): what of an attachment is hashed. */
export type HashedForm = "decoded" | "encoded-body";

export interface ReadingOptions {
  readonly acceptedAt: number;
  /** Domain of the identifier that the provider gives. */
  readonly domain: string;
  readonly isCertified: (address: string) => boolean;
  readonly hashedForm?: HashedForm;
}

/** Reads a submission as mail clients make them; nothing is checked. */
export function readSubmission(submission: Submission, options: ReadingOptions): SubmittedMail {
  const message = toByteString(submission.bytes);
  const { fields, body } = splitEntity(message);
  const value = (name: string): ByteString | null =>
    fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value ?? null;
  const messageId = value("Message-ID");
  const people = (name: string): readonly Recipient[] =>
    mailboxesOf(value(name) ?? "").map((person) => ({ ...person, certified: options.isCertified(person.address) }));
  const asked = (value("X-TipoRicevuta") ?? "").trim().toLowerCase();
  const receiptType = asked === "breve" || asked === "sintetica" ? asked : "completa";
  const mark = createHash("sha256").update(submission.bytes).digest("hex").slice(0, 8);
  const identifier = `opec21030.${localTime(options.acceptedAt).compact}.${parseInt(mark.slice(0, 4), 16)}.${parseInt(mark.slice(4), 16)}.1.12@${options.domain}`;
  const [from] = mailboxesOf(value("From") ?? "");
  const identifiers =
    `Message-ID: <${identifier}>${CRLF}` + (messageId === null ? "" : `X-Riferimento-Message-ID: ${messageId}${CRLF}`);
  // The two fields stand last in the header block (pec-messages §2.7).
  const rewrite = (content: ByteString): ByteString =>
    fields
      .filter(({ name }) => name.toLowerCase() !== "message-id")
      .map(({ raw }) => raw)
      .join("") +
    identifiers +
    CRLF +
    content;
  return {
    mail: {
      id: mark,
      from: { name: from?.name ?? "", address: submission.reversePath },
      to: people("To"),
      cc: people("Cc"),
      replyTo: value("Reply-To"),
      subject: decodeWords(value("Subject") ?? ""),
      messageId,
      identifier,
      receiptType,
      receiptTypeAsked: asked !== "",
      writtenAt: Date.parse(value("Date") ?? ""),
      text: "",
      html: null,
      attachments: [],
    },
    author: from?.address ?? null,
    enveloped: rewrite(body),
    hashed: rewrite(hashAttachments(value("Content-Type") ?? "", body, options.hashedForm ?? "decoded")),
  };
}

interface HeaderField {
  readonly name: string;
  /** Unfolded. */
  readonly value: ByteString;
  /** As it stands, with its folds and its line end. */
  readonly raw: ByteString;
}

function splitEntity(entity: ByteString): { readonly fields: readonly HeaderField[]; readonly body: ByteString } {
  const end = entity.indexOf(CRLF + CRLF);
  const header = end < 0 ? entity : entity.slice(0, end + 2);
  const fields = (header.match(/[^\r\n].*\r\n(?:[ \t].*\r\n)*/g) ?? []).map((raw) => {
    const colon = raw.indexOf(":");
    return {
      raw,
      name: raw.slice(0, colon),
      value: raw
        .slice(colon + 1)
        .replaceAll(/\r\n/g, "")
        .trim(),
    };
  });
  return { fields, body: end < 0 ? "" : entity.slice(end + 4) };
}

/** Mailboxes of an address list as mail clients write it: no groups, no comments. */
function mailboxesOf(list: ByteString): readonly { readonly name: string; readonly address: string }[] {
  return (list.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [])
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const [, name = "", address = each] = /^(.*?)\s*<([^<>]*)>$/.exec(each) ?? [];
      return { name: decodeWords(name.replace(/^"(.*)"$/, "$1").replaceAll(/\\(.)/g, "$1")), address };
    });
}

/** Encoded words of UTF-8 (RFC 2047), the only charset that today's clients write. */
function decodeWords(text: ByteString): string {
  const joined = text.replaceAll(/\?=\s+=\?/g, "?==?");
  const decoded = joined.replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, encoding: string, content: string) =>
    encoding.toLowerCase() === "b"
      ? Buffer.from(content, "base64").toString("latin1")
      : content.replaceAll("_", " ").replaceAll(/=([0-9A-F]{2})/gi, (_code, hex: string) => hexToByte(hex)),
  );
  return Buffer.from(decoded, "latin1").toString("utf8");
}

const hexToByte = (hex: string): ByteString => String.fromCharCode(parseInt(hex, 16));

/** The body of a message with every named part replaced by the SHA-1 of its content (RFC 6109 §3.3.2.2). */
function hashAttachments(contentType: ByteString, body: ByteString, form: HashedForm): ByteString {
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return body;
  const delimiter = `--${boundary}`;
  const [preamble = "", ...rest] = `${CRLF}${body}`.split(`${CRLF}${delimiter}`);
  const parts = rest.map((part) => (part.startsWith(CRLF) ? CRLF + hashPart(part.slice(2), form) : part));
  return [preamble, ...parts].join(`${CRLF}${delimiter}`).slice(CRLF.length);
}

function hashPart(part: ByteString, form: HashedForm): ByteString {
  const { fields, body } = splitEntity(part);
  const value = (name: string): ByteString => fields.find((field) => field.name.toLowerCase() === name)?.value ?? "";
  const name = /\bname="?([^";]+)"?/i.exec(value("content-type"))?.[1];
  if (name === undefined) {
    const header = part.slice(0, part.length - body.length);
    return header + hashAttachments(value("content-type"), body, form);
  }
  const isBase64 = value("content-transfer-encoding").toLowerCase() === "base64";
  const hashed = form === "decoded" && isBase64 ? Buffer.from(body, "base64") : Buffer.from(body, "latin1");
  const hashName = `${decodeWords(name)}.hash`;
  return entity(
    [
      ["Content-Type", `text/plain;${CRLF} name="${headerText(hashName)}"`],
      ["Content-Transfer-Encoding", "7bit"],
      ["Content-Disposition", `attachment;${CRLF} ${extendedParameter("filename", hashName)}`],
    ],
    createHash("sha1").update(hashed).digest("hex"),
  );
}
