// Belongs here: an answer to, or a forward of, the original message inside an envelope: its sender, subject and text.
// Does NOT belong here: the provider's text, which is never quoted; opening the window (see ports/composer.ts).
import type { Mailbox, OriginalMessage } from "../../core/index.ts";
import type { Draft } from "../../ports/composer.ts";
import type { NamedFile } from "../../ports/file-saver.ts";
import type { Translate } from "../../ports/translate.ts";

/** Longest text that is quoted: a window to write in has to stay usable. */
const MAX_QUOTED = 200_000;

/** One person of an address field: what is written into the new message's field. */
interface Person {
  readonly address: string;
  readonly mailbox: string;
}

/** @param ownAddresses the person's own, lower case: they do not answer themselves */
export function replyDraft(
  original: OriginalMessage,
  text: string,
  { all, ownAddresses, translate }: { all: boolean; ownAddresses: readonly string[]; translate: Translate },
): Draft {
  const { from, replyTo, to, cc: copied } = original.people;
  const author = peopleOf(replyTo.length === 0 ? from : replyTo);
  const others = peopleOf([...to, ...copied]);
  const taken = new Set([...ownAddresses, ...author.map(({ address }) => address.toLowerCase())]);
  const cc: string[] = [];
  for (const { address, mailbox } of all ? others : []) {
    if (taken.has(address.toLowerCase())) continue;
    taken.add(address.toLowerCase());
    cc.push(mailbox);
  }
  const said = translate("quote_reply", [oneLine(original.date), oneLine(original.from)]);
  return {
    to: author.map(({ mailbox }) => mailbox),
    cc,
    subject: withPrefix("Re: ", original.subject),
    body: `\n\n${said}\n${quoted(text)}\n`,
    attachments: [],
  };
}

export function forwardDraft(
  original: OriginalMessage,
  text: string,
  attachments: readonly NamedFile[],
  translate: Translate,
): Draft {
  const fields = [
    ["quote_subject", original.subject],
    ["quote_date", original.date],
    ["quote_from", original.from],
    ["quote_to", original.to],
    ["quote_cc", original.cc],
  ] as const;
  const lines = fields.filter(([, value]) => value !== "").map(([key, value]) => `${translate(key)} ${oneLine(value)}`);
  return {
    to: [],
    cc: [],
    subject: withPrefix("Fwd: ", original.subject),
    body: ["", "", translate("quote_forward"), ...lines, "", cut(text)].join("\n"),
    attachments,
  };
}

function peopleOf(mailboxes: readonly Mailbox[]): readonly Person[] {
  return mailboxes
    .filter(({ address }) => address.includes("@"))
    .map(({ displayName, address }) => ({ address, mailbox: mailboxOf(displayName, address) }));
}

function mailboxOf(displayName: string, address: string): string {
  return displayName === "" ? address : `"${displayName.replace(/["\\]/gu, "\\$&")}" <${address}>`;
}

function withPrefix(prefix: string, subject: string): string {
  const clean = oneLine(subject);
  return clean.toLowerCase().startsWith(prefix.toLowerCase()) ? clean : prefix + clean;
}

/** RFC 3676 §4.5: quoting a quotation adds no blank. */
function quoted(text: string): string {
  return cut(text)
    .split("\n")
    .map((line) => (line.startsWith(">") ? `>${line}` : `> ${line}`))
    .join("\n");
}

function cut(text: string): string {
  const lines = text.replace(/\r\n?/gu, "\n").trimEnd();
  return lines.length > MAX_QUOTED ? `${lines.slice(0, MAX_QUOTED)}\n[…]` : lines;
}

/** A line break in a field of the new message would start another field. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+\s*/gu, " ").trim();
}
