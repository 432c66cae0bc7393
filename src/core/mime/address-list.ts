// Belongs here: address fields (RFC 5322 §3.4, §4.4) read as Thunderbird reads them, so that the address that is verified is
// the address that is shown. Does NOT belong here: whether an address is the right one (see core/verdict).
import { lowerCaseAscii } from "./charset.ts";
import { decodeEncodedWords } from "./encoded-words.ts";
import { MAX_ADDRESSES } from "./mime-limits.ts";

export interface Mailbox {
  /** Decoded, blanks collapsed; a comment when there is no other name; may be empty. Never to be taken for the address. */
  readonly displayName: string;
  /** The addr-spec, case kept; empty when there is none. A local part that needs quotes has them. */
  readonly address: string;
}

/** What RFC 5322 §3.4 does not allow, or what no certified `From` has. */
export type AddressDefect =
  | "CONTROL_CHARACTER" // NUL, a bare CR or another one: readers may stop or break there
  | "UNCLOSED_QUOTE"
  | "UNCLOSED_COMMENT"
  | "UNCLOSED_ANGLE"
  | "STRAY_ANGLE" // `>` without `<`, or `<` inside `<`
  | "SEVERAL_ANGLES" // `<a@x> <b@x>`: the last one counts
  | "TEXT_AFTER_ADDRESS"
  | "NO_ADDRESS" // a name only
  | "BLANK_IN_ADDRESS" // such as a name before an address without angle brackets
  | "INVALID_ADDRESS" // not local@domain
  | "ENCODED_WORD_IN_ADDRESS" // RFC 2047 §5 forbids it; Thunderbird decodes it
  | "MALFORMED_ENCODED_WORD" // with a blank or a delimiter inside, or begun and not finished: Thunderbird takes other text for it
  | "BACKSLASH" // outside quotes: Thunderbird keeps or drops it by context
  | "AMBIGUOUS_COMMENT" // with a quote, bracket, backslash or encoded word inside, which Thunderbird obeys even there
  | "GROUP" // allowed in general (RFC 6854), never used by PEC
  | "TOO_MANY_ADDRESSES";

export interface AddressList {
  readonly addresses: readonly Mailbox[];
  /** Each once. */
  readonly defects: readonly AddressDefect[];
}

type Token =
  | { readonly kind: "special"; readonly text: "<" | ">" | "@" | "," | ";" | ":" }
  | { readonly kind: "word" | "quoted" | "encoded" | "comment"; readonly text: string; readonly blankBefore: boolean };

/** Adjacent encoded words form one token. Sticky: tried only where `=?` stands. */
const ENCODED_WORDS = /=\?[^?]*\?[BbQq]\?[^?]*\?=(?:[ \t\r\n]*=\?[^?]*\?[BbQq]\?[^?]*\?=)*/y;
const SPECIALS = '<>@,;:"([';
/** An encoded word as RFC 2047 §2 has it, but for `:`, `@` and `.`, which writers of PEC leave as they are. */
const SOUND_ENCODED_WORDS = /^(?:[ \t\r\n]*=\?[\w*.:+-]+\?[BbQq]\?[^?\s,;<>()[\]"\\]*\?=)+$/;

/** The name that providers leave without quotes, so that it reads as a group's (pec-messages §2.4). */
const ON_BEHALF_OF = "per conto di";

/**
 * Reads an address field (`From`, `To`, `Cc`, `Reply-To`, `Sender`). Never fails; the more odd the text, the more defects.
 * As in Thunderbird: a comma or semicolon outside quotes, comments and brackets ends a mailbox; what stands before a colon is
 * a group's name; of several `<…>` the last one is the address. `Per conto di: x@y <service>` without quotes is one mailbox of
 * that name: Thunderbird shows the service address.
 */
export function parseAddressList(value: string): AddressList {
  const defects = new Set<AddressDefect>();
  // The class is C0 without tab, and DEL; folding line breaks are gone by now.
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) defects.add("CONTROL_CHARACTER");
  const addresses: Mailbox[] = [];
  const groups: string[] = [];
  let segment: Token[] = [];
  const endMailbox = (): void => {
    const mailbox = segment.length === 0 ? null : readMailbox(segment, defects);
    segment = [];
    if (mailbox === null) return;
    if (addresses.length < MAX_ADDRESSES) addresses.push(mailbox);
    else defects.add("TOO_MANY_ADDRESSES");
  };
  for (const token of tokenize(value, defects)) {
    if (token.kind !== "special" || token.text === "<" || token.text === ">" || token.text === "@") {
      segment.push(token);
    } else if (token.text === ":") {
      groups.push(joinName(segment));
      segment = [];
    } else {
      endMailbox();
    }
  }
  endMailbox();
  const onBehalfOf = addresses.length === 1 ? mailboxOnBehalfOf(groups, addresses[0]) : null;
  if (onBehalfOf !== null && defects.size === 0) return { addresses: [onBehalfOf], defects: [] };
  if (groups.length > 0) defects.add("GROUP");
  return { addresses, defects: [...defects] };
}

/** The mailbox under its whole name, when the only group is the name's own beginning; else `null`. */
function mailboxOnBehalfOf(groups: readonly string[], only: Mailbox | undefined): Mailbox | null {
  const [group, ...others] = groups;
  if (only === undefined || group?.toLowerCase() !== ON_BEHALF_OF || others.length > 0) return null;
  // Without a name there is nobody on whose behalf: then it is a group of one.
  return only.displayName === "" ? null : { ...only, displayName: `${group}: ${only.displayName}` };
}

function tokenize(value: string, defects: Set<AddressDefect>): readonly Token[] {
  const tokens: Token[] = [];
  let blankBefore = false;
  let index = 0;
  const push = (kind: "word" | "quoted" | "encoded" | "comment", text: string): void => {
    tokens.push({ kind, text, blankBefore });
    blankBefore = false;
  };
  while (index < value.length) {
    const character = value.charAt(index);
    if (isBlank(character)) {
      blankBefore = true;
      index++;
    } else if (
      character === "<" ||
      character === ">" ||
      character === "@" ||
      character === "," ||
      character === ";" ||
      character === ":"
    ) {
      tokens.push({ kind: "special", text: character });
      blankBefore = false;
      index++;
    } else if (character === '"') {
      const end = endOfQuoted(value, index + 1, '"');
      if (end >= value.length) defects.add("UNCLOSED_QUOTE");
      push("quoted", decodeEncodedWords(unescape(value.slice(index + 1, end))));
      index = end + 1;
    } else if (character === "[") {
      const end = endOfQuoted(value, index + 1, "]");
      push("word", value.slice(index, end + 1));
      index = end + 1;
    } else if (character === "(") {
      const end = endOfComment(value, index);
      if (end > value.length) defects.add("UNCLOSED_COMMENT");
      const text = value.slice(index + 1, end - 1);
      if (/["[\\]|=\?/.test(text)) defects.add("AMBIGUOUS_COMMENT");
      push("comment", decodeEncodedWords(unescape(text)));
      index = end;
    } else {
      ENCODED_WORDS.lastIndex = index;
      const encoded = value.startsWith("=?", index) ? ENCODED_WORDS.exec(value) : null;
      if (encoded !== null) {
        if (!SOUND_ENCODED_WORDS.test(encoded[0])) defects.add("MALFORMED_ENCODED_WORD");
        push("encoded", decodeEncodedWords(encoded[0]));
        index += encoded[0].length;
      } else {
        const end = endOfWord(value, index);
        const word = value.slice(index, end);
        if (word.includes("\\")) defects.add("BACKSLASH");
        if (word.startsWith("=?")) defects.add("MALFORMED_ENCODED_WORD");
        push("word", unescape(word));
        index = end;
      }
    }
  }
  return tokens;
}

function readMailbox(tokens: readonly Token[], defects: Set<AddressDefect>): Mailbox | null {
  const open = tokens.findLastIndex((token) => token.text === "<" && token.kind === "special");
  const firstAt = tokens.findIndex((token) => token.text === "@" && token.kind === "special");
  if (open < 0) {
    if (tokens.some((token) => token.kind === "special" && token.text === ">")) defects.add("STRAY_ANGLE");
    if (firstAt >= 0) return { displayName: nameFromComments(tokens), address: joinAddress(tokens, defects) };
    const displayName = joinName(tokens);
    defects.add("NO_ADDRESS");
    if (displayName === "") return null;
    return { displayName, address: "" };
  }
  const before = tokens.slice(0, open);
  const close = tokens.findIndex((token, index) => index > open && token.kind === "special" && token.text === ">");
  if (close < 0) defects.add("UNCLOSED_ANGLE");
  const inside = tokens.slice(open + 1, close < 0 ? tokens.length : close);
  const after = close < 0 ? [] : tokens.slice(close + 1);

  const openedBefore = before.filter((token) => token.kind === "special" && token.text === "<").length;
  const closedBefore = before.filter((token) => token.kind === "special" && token.text === ">").length;
  if (openedBefore > 0) defects.add("SEVERAL_ANGLES");
  if (openedBefore !== closedBefore) defects.add("STRAY_ANGLE");
  if (after.some((token) => token.kind === "special" && token.text === ">")) defects.add("STRAY_ANGLE");
  if (after.some((token) => token.kind !== "comment" && token.text !== ">")) defects.add("TEXT_AFTER_ADDRESS");

  const address = joinAddress(inside, defects);
  const displayName = joinName(before);
  if (address === "") defects.add("NO_ADDRESS");
  if (address === "" && displayName === "") return null;
  return { displayName: displayName === "" ? nameFromComments(after) : displayName, address };
}

function joinAddress(tokens: readonly Token[], defects: Set<AddressDefect>): string {
  // Pieces are joined at the end: to look at the end of a growing string is to copy it each time.
  const pieces: string[] = [];
  let lastAt = -1;
  let atCount = 0;
  let lastWasQuoted = false;
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    if (token.kind === "special") {
      if (token.text !== "@") continue;
      lastAt = pieces.length;
      atCount++;
    } else {
      if (token.kind === "encoded") defects.add("ENCODED_WORD_IN_ADDRESS");
      // A quoted string is the whole local part, or nothing that readers agree on (RFC 5322 §3.4.1): `a""b@c`, `a@"c"`.
      if (token.kind === "quoted" && pieces.length > 0) defects.add("INVALID_ADDRESS");
      if (lastWasQuoted && lastAt !== pieces.length - 1) defects.add("INVALID_ADDRESS");
      lastWasQuoted = token.kind === "quoted";
      if (token.blankBefore && pieces.length > 0 && lastAt !== pieces.length - 1) {
        defects.add("BLANK_IN_ADDRESS");
        pieces.push(" ");
      }
    }
    pieces.push(token.text);
  }
  if (pieces.length === 0) return "";
  // Of several at signs the last one divides; the others belong to the local part.
  const local = pieces.slice(0, Math.max(lastAt, 0)).join("");
  const domain = pieces.slice(lastAt + 1).join("");
  // An empty label is none (RFC 1034 §3.1); readers differ on what is left.
  const malformedDomain = domain === "" || /[\s@<>(),;"]|^\.|\.\.|\.$/.test(domain);
  if (atCount !== 1 || local === "" || malformedDomain) defects.add("INVALID_ADDRESS");
  if (atCount === 0) return domain;
  const quoted = /[\s!()<>[\]:;@\\,"]/.test(local) ? `"${local.replace(/([\\"])/g, "\\$1")}"` : local;
  return `${quoted}@${domain}`;
}

/** The text before the address as one line; what looks like an address in it stays text. */
function joinName(tokens: readonly Token[]): string {
  if (tokens.every((token) => token.kind === "comment")) return nameFromComments(tokens);
  const pieces: string[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === "special") pieces.push(token.text);
    else if (token.kind === "comment") pieces.push(` (${token.text})`);
    else pieces.push(token.blankBefore || tokens[index - 1]?.kind === "comment" ? " " : "", token.text);
  });
  return collapseBlanks(pieces.join(""));
}

/** `mario@pec.it (Mario Rossi)`: the old form of a name (RFC 5322 §3.4). */
function nameFromComments(tokens: readonly Token[]): string {
  const comment = tokens.findLast((token) => token.kind === "comment");
  return comment === undefined ? "" : collapseBlanks(comment.text);
}

function collapseBlanks(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function unescape(text: string): string {
  return text.replace(/\\([^])?/g, "$1");
}

function isBlank(character: string): boolean {
  return character === " " || character === "\t" || character === "\r" || character === "\n";
}

/** Index of the closing character; the text's length when there is none. */
function endOfQuoted(text: string, start: number, closing: string): number {
  let index = start;
  while (index < text.length && text[index] !== closing) index += text[index] === "\\" ? 2 : 1;
  return Math.min(index, text.length);
}

/** Index after the comment that opens at `start`; one more than the text's length when it is never closed. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return index + 1;
  }
  return text.length + 1;
}

function endOfWord(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    const character = text.charAt(index);
    if (isBlank(character) || SPECIALS.includes(character)) break;
    // An encoded word ends a word even without a blank before it; the first character is taken in any case.
    if (index > start && character === "=" && text[index + 1] === "?") break;
    index += character === "\\" ? 2 : 1;
  }
  return Math.min(index, text.length);
}

/**
 * Whether two addresses are the same mailbox as far as a client can tell: domains compare without case (RFC 5321 §2.3.5),
 * local parts too, since no PEC provider tells them apart (pec-messages §1.1).
 */
export function sameAddress(left: string, right: string): boolean {
  return lowerCaseAscii(left) === lowerCaseAscii(right);
}
