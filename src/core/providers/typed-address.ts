// Belongs here: reading an address as people type and paste it. Does NOT belong here: addresses in header fields (core/mime).
import { isAscii } from "../mime/ascii-address.ts";
import { parseAddressList } from "../mime/address-list.ts";
import { domainName } from "./domain-name.ts";

export interface TypedAddress {
  /** `localPart@domain`: the domain in lower case and ASCII, the local part as typed. */
  readonly address: string;
  readonly localPart: string;
  readonly domain: string;
}

/**
 * - `EMPTY`: nothing was typed;
 * - `NO_AT`: a name or a domain only;
 * - `SEVERAL_ADDRESSES`: more than one `@`;
 * - `BLANK_INSIDE`;
 * - `BAD_LOCAL_PART`: before the `@` there is nothing, or what no PEC address has (letters with accents, signs, dots in a row);
 * - `BAD_DOMAIN`: what follows is no domain.
 */
export type AddressProblem = "EMPTY" | "NO_AT" | "SEVERAL_ADDRESSES" | "BLANK_INSIDE" | "BAD_LOCAL_PART" | "BAD_DOMAIN";

/** RFC 5321 §4.5.3.1.1. */
const MAX_LOCAL_PART_LENGTH = 64;
/** An address with a name beside it. Attack: megabytes in the field, read at each key. */
const MAX_TYPED_LENGTH = 1000;
/** RFC 5322 §3.2.3, dot-atom. */
const DOT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** What comes along when an address is copied: blanks of any width, marks without width. */
const AROUND = /^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/g;

/** One address: alone, as a link (`mailto:`), or with a name (`Studio Rossi <rossi@pec.it>`). */
export function readTypedAddress(text: string): TypedAddress | AddressProblem {
  if (text.length > MAX_TYPED_LENGTH) return "BAD_LOCAL_PART";
  const typed = text.replace(AROUND, "").replace(/^mailto:/i, "");
  if (typed === "") return "EMPTY";
  const alone = typed.includes("<") ? inAngles(typed) : typed;
  const at = alone.lastIndexOf("@");
  if (at === -1) return "NO_AT";
  const localPart = alone.slice(0, at);
  if (localPart.includes("@")) return "SEVERAL_ADDRESSES";
  if (/\s/.test(alone)) return "BLANK_INSIDE";
  if (localPart.length > MAX_LOCAL_PART_LENGTH || !isAscii(localPart) || !DOT_ATOM.test(localPart))
    return "BAD_LOCAL_PART";
  const domain = domainName(alone.slice(at + 1));
  return domain === null ? "BAD_DOMAIN" : { address: `${localPart}@${domain}`, localPart, domain };
}

function inAngles(text: string): string {
  const { addresses } = parseAddressList(text);
  return addresses.map(({ address }) => address).join(",");
}
