// Belongs here: the original message as values for display, and its bytes and attachments for opening and saving.
// Does NOT belong here: whether it is sealed (see core/verdict).
import { attachedMessageBytes, originalMessageBytes } from "../envelope/original-message-bytes.ts";
import { type Mailbox, parseAddressList } from "../mime/address-list.ts";
import { attachmentsOf } from "../mime/attachments-of.ts";
import { bestTextBody } from "../mime/best-text-body.ts";
import { decodeBody } from "../mime/decode-body.ts";
import { decodeEncodedWords } from "../mime/encoded-words.ts";
import { fieldValue } from "../mime/field-value.ts";
import type { MimePart } from "../mime/mime-part.ts";
import { parseMime } from "../mime/parse-mime.ts";
import { partAt } from "../mime/part-at.ts";
import { openMessage, type LocatedPart } from "./open-message.ts";

export interface OriginalAttachment {
  /** Child indexes from the root of the original message. */
  readonly path: readonly number[];
  readonly name: string | null;
  readonly contentType: string;
  /** Decoded size in bytes (estimated from the encoding for base64). */
  readonly size: number;
}

/** The message inside `postacert.eml`, as its own header says. */
export interface OriginalMessage {
  readonly from: string;
  /** Addresses of From without any name, which anybody may choose. Read before decoding: an encoded name can look like an address. */
  readonly fromAddress: string;
  readonly to: string;
  readonly cc: string;
  readonly replyTo: string;
  /** The same fields as mailboxes, for answering. Read before decoding: a decoded name may hold what looks like another mailbox. */
  readonly people: Readonly<Record<"from" | "to" | "cc" | "replyTo", readonly Mailbox[]>>;
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  readonly attachments: readonly OriginalAttachment[];
}

/** A decoded field of a header; empty when it is missing. */
export function textOfField(part: MimePart, name: string): string {
  return decodeEncodedWords(fieldValue(part, name) ?? "");
}

/** The bare addresses of an address field, as written there (not decoded), separated by commas; empty when there is none. */
export function addressesOf(field: string): string {
  return parseAddressList(field)
    .addresses.map(({ address }) => address)
    .filter((address) => address !== "")
    .join(", ");
}

const mailboxesOf = (part: MimePart, name: string): readonly Mailbox[] =>
  parseAddressList(fieldValue(part, name) ?? "").addresses;

export function summarizeOriginal({ bytes, part }: LocatedPart): OriginalMessage {
  return {
    from: textOfField(part, "From"),
    fromAddress: addressesOf(fieldValue(part, "From") ?? ""),
    to: textOfField(part, "To"),
    cc: textOfField(part, "Cc"),
    replyTo: textOfField(part, "Reply-To"),
    people: {
      from: mailboxesOf(part, "From"),
      to: mailboxesOf(part, "To"),
      cc: mailboxesOf(part, "Cc"),
      replyTo: mailboxesOf(part, "Reply-To"),
    },
    subject: textOfField(part, "Subject"),
    date: textOfField(part, "Date"),
    messageId: textOfField(part, "Message-ID"),
    attachments: attachmentsOf(bytes, part).map(({ path, name, contentType, size }) => ({
      path,
      name,
      contentType,
      size,
    })),
  };
}

/** Bytes of `postacert.eml` as the provider enclosed it; `null` when the message has none. */
export async function extractOriginal(bytes: Uint8Array): Promise<Uint8Array | null> {
  const { original } = await openMessage(bytes);
  return original && original.bytes.subarray(original.part.range.start, original.part.range.end);
}

/** Bytes of the message attached at a path of child indexes; `null` when there is no such part. */
export function extractAttached(bytes: Uint8Array, path: readonly number[]): Uint8Array | null {
  return attachedMessageBytes(bytes, parseMime(bytes).root, path);
}

export interface ExtractedAttachment {
  /** As the message says: for display, or to be sanitised before it names a file. */
  readonly name: string | null;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** An attachment of a message (not of a PEC envelope) at a path of `OriginalAttachment`; `null` when there is no such part. */
export function extractAttachment(message: Uint8Array, path: readonly number[]): ExtractedAttachment | null {
  const part = partAt(parseMime(message).root, path);
  if (part === null) return null;
  const carriesMessage = part.contentType.value === "message/rfc822";
  return {
    name: part.fileName,
    contentType: part.contentType.value,
    bytes: carriesMessage ? originalMessageBytes(message, part) : decodeBody(message, part),
  };
}

/** Text of a message for quoting and printing (see `bestTextBody`). */
export function plainTextBody(message: Uint8Array): string {
  return bestTextBody(message, parseMime(message).root);
}
