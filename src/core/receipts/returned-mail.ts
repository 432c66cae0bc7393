// Belongs here: a delivery status notification (RFC 3464) that came back for a recipient outside PEC, wrapped in an anomaly envelope (pec-messages §5.4).
// Does NOT belong here: receipts. Nobody sealed what such a notice says: it is told beside a recipient and moves no state.
import { bestTextBody } from "../mime/best-text-body.ts";
import { decodeBody } from "../mime/decode-body.ts";
import { decodeUnlabelled } from "../mime/charset.ts";
import { parseAddressList } from "../mime/address-list.ts";
import { fieldValue } from "../mime/field-value.ts";
import { parseMailDate } from "../mime/mail-date.ts";
import type { MimePart } from "../mime/mime-part.ts";
import { parseMime } from "../mime/parse-mime.ts";
import { plainAddress, plainIdentifier } from "./identifiers.ts";

/** Notices are short; attack: megabytes of status fields. */
const MAX_STATUS_BYTES = 256 * 1024;
/** Nobody seals such a notice, and an entry keeps many. Attack: half a megabyte of recipients and diagnostics in each. */
const MAX_RECIPIENTS = 50;
const MAX_EXPLANATION_LENGTH = 1_000;

export interface ReturnedRecipient {
  /** In lower case. */
  readonly address: string;
  readonly action: "failed" | "delayed";
  /** Enhanced status code (RFC 3463), such as `5.1.1`; empty when the notice gives none. */
  readonly status: string;
  /** What the other server said; empty when the notice does not tell. */
  readonly diagnostic: string;
}

export interface ReturnedMail {
  /** All it says: the same for every copy. */
  readonly id: string;
  /** Whom the notice was sent to, in lower case: the sender of the returned mail. */
  readonly sender: string;
  /** Message-ID of the returned mail: the provider's identifier, for the provider's envelope is what was sent on. */
  readonly identifier: string;
  /** Date of the notice, milliseconds UTC, claimed by whoever wrote it; `null`: none that can be read. */
  readonly date: number | null;
  readonly recipients: readonly ReturnedRecipient[];
  /** The notice's text for people, shortened. */
  readonly explanation: string;
}

/** Reads the message inside an anomaly envelope. `null`: it is no delivery status notification, or names no message. */
export function returnedMailOf(message: Uint8Array): ReturnedMail | null {
  const { root } = parseMime(message);
  if (root.contentType.value !== "multipart/report") return null;
  const status = root.children.find(({ contentType }) => contentType.value === "message/delivery-status");
  const identifier = returnedIdentifier(message, root);
  const sender = parseAddressList(fieldValue(root, "To") ?? "").addresses[0]?.address ?? "";
  if (status === undefined || identifier === "" || sender === "") return null;
  const recipients = readRecipients(decodeUnlabelled(decodeBody(message, status).subarray(0, MAX_STATUS_BYTES)));
  if (recipients.length === 0) return null;
  const said = {
    sender: plainAddress(sender),
    identifier,
    date: parseMailDate(fieldValue(root, "Date") ?? ""),
    recipients,
    explanation: bestTextBody(message, root).trim().slice(0, MAX_EXPLANATION_LENGTH),
  };
  return { id: JSON.stringify(said), ...said };
}

/** The returned mail is enclosed whole or as its header alone (RFC 6522 §3). */
function returnedIdentifier(message: Uint8Array, root: MimePart): string {
  for (const child of root.children) {
    const type = child.contentType.value;
    if (type !== "message/rfc822" && type !== "text/rfc822-headers") continue;
    const enclosed = child.children[0] ?? parseMime(decodeBody(message, child)).root;
    const identifier = plainIdentifier(fieldValue(enclosed, "Message-ID") ?? "");
    if (identifier !== "") return identifier;
  }
  return "";
}

/** Groups of fields, one for each recipient, after the group about the message (RFC 3464 §2.1). */
function readRecipients(text: string): readonly ReturnedRecipient[] {
  const groups = text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n[ \t]*\n+/)
    .slice(0, MAX_RECIPIENTS);
  return groups.flatMap((group) => {
    const fields = readFields(group);
    const action = fields.get("action")?.toLowerCase();
    const address = plainAddress(withoutType(fields.get("final-recipient") ?? fields.get("original-recipient") ?? ""));
    if (address === "" || (action !== "failed" && action !== "delayed")) return [];
    const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "";
    const diagnostic = withoutType(fields.get("diagnostic-code") ?? "").slice(0, MAX_EXPLANATION_LENGTH);
    return [{ address, action, status, diagnostic }];
  });
}

/** "rfc822; anna@example.org" → "anna@example.org" */
const withoutType = (value: string): string => value.replace(/^[^;@\s]*;\s*/, "").trim();

function readFields(group: string): ReadonlyMap<string, string> {
  const unfolded = group.replace(/\n[ \t]+/g, " ");
  const fields = new Map<string, string>();
  for (const line of unfolded.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
