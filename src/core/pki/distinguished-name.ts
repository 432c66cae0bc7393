// Belongs here: decoding a Name and comparing names (RFC 5280 §§4.1.2.4, 7.1). Does NOT belong here: name constraints (see core/chain).
import { children, ElementReader, TAG, type Asn1Element } from "./asn1.ts";
import { hexadecimal, readObjectIdentifier, readText } from "./asn1-values.ts";
import { MalformedError } from "./malformed-error.ts";

export interface NameAttribute {
  /** Object identifier of the attribute type, dotted. */
  readonly type: string;
  readonly value: string;
}

/** A distinguished name: relative names in order of encoding, each with one or more attributes. */
export interface DistinguishedName {
  readonly der: Uint8Array;
  readonly relativeNames: readonly (readonly NameAttribute[])[];
  /** For people, most specific first: `CN=…, O=…, C=IT`. */
  readonly text: string;
}

export const EMAIL_ADDRESS_ATTRIBUTE = "1.2.840.113549.1.9.1";
export const ORGANIZATION_ATTRIBUTE = "2.5.4.10";

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.4", "SN"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "street"],
  [ORGANIZATION_ATTRIBUTE, "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.12", "title"],
  ["2.5.4.42", "GN"],
  ["2.5.4.97", "organizationIdentifier"],
  [EMAIL_ADDRESS_ATTRIBUTE, "emailAddress"],
  ["0.9.2342.19200300.100.1.25", "DC"],
]);

/** Names measured have under 300 octets; the attack is one of megabytes, named once for each signer. */
const MAX_NAME_OCTETS = 4_096;

/** @throws MalformedError */
export function readName(element: Asn1Element): DistinguishedName {
  if (element.tag !== TAG.sequence || element.bytes.length > MAX_NAME_OCTETS) throw new MalformedError("NAME");
  const relativeNames = children(element, "DER").map((relativeName) => {
    if (relativeName.tag !== TAG.set) throw new MalformedError("NAME");
    return readRelativeName(relativeName);
  });
  return { der: element.bytes, relativeNames, text: nameText(relativeNames) };
}

/** Attributes of a RelativeDistinguishedName, whatever its tag: it is also used implicitly tagged. @throws MalformedError */
export function readRelativeName(element: Asn1Element): readonly NameAttribute[] {
  if (element.content.length === 0 || element.content.length > MAX_NAME_OCTETS) throw new MalformedError("NAME");
  return children(element, "DER").map(readAttribute);
}

function readAttribute(element: Asn1Element): NameAttribute {
  const reader = ElementReader.of(element, TAG.sequence, "DER");
  const type = readObjectIdentifier(reader.required(TAG.objectIdentifier));
  const value = reader.required();
  reader.end();
  // A value that is no text is compared and shown by its encoding (RFC 4514 §2.4).
  return { type, value: readText(value) ?? `#${hexadecimal(value.bytes)}` };
}

/** RFC 4514 form with a space after each comma. Escaped so that one value cannot look like several attributes. */
function nameText(relativeNames: readonly (readonly NameAttribute[])[]): string {
  return relativeNames
    .map((attributes) =>
      attributes.map(({ type, value }) => `${SHORT_NAMES.get(type) ?? type}=${escapeValue(value)}`).join("+"),
    )
    .reverse()
    .join(", ");
}

function escapeValue(value: string): string {
  if (!/[\\,+"<>;\p{Cc}]/u.test(value)) return value;
  return value
    .replace(/[\\,+"<>;]/g, "\\$&")
    .replace(/\p{Cc}/gu, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

const keys = new WeakMap<DistinguishedName, string>();

/** Two names are equal by RFC 5280 §7.1 exactly when their keys are equal strings. */
export function nameKey(name: DistinguishedName): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = JSON.stringify(name.relativeNames.map(relativeNameKey));
  keys.set(name, key);
  return key;
}

/** As `nameKey`, of one relative name; its attributes are a set. */
export function relativeNameKey(attributes: readonly NameAttribute[]): string {
  return JSON.stringify(attributes.map(({ type, value }) => `${type}=${comparableText(value)}`).sort());
}

/** Characters that stand for nothing (RFC 4518 §2.2), such as a soft hyphen: with one in it, an excluded name would look like another. Control characters that are blanks stay. */
const NOTHING =
  /[\u00ad\u034f\u06dd\u070f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;

/** Preparation of RFC 4518 for caseIgnoreMatch: nothing invisible, no case (upper first: ß is SS), compatibility form, blanks trimmed and collapsed. */
function comparableText(text: string): string {
  return text
    .replace(NOTHING, "")
    .normalize("NFKC")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC")
    .trim()
    .replace(/\s+/g, " ");
}

export function equalNames(a: DistinguishedName, b: DistinguishedName): boolean {
  return nameKey(a) === nameKey(b);
}

/** First value of an attribute type, from the most specific end of the name. */
export function nameAttribute(name: DistinguishedName, type: string): string | null {
  return name.relativeNames.flat().findLast((attribute) => attribute.type === type)?.value ?? null;
}
