import { describe, expect, it } from "vitest";
import { readOnly } from "../../../src/core/pki/asn1.ts";
import { type DistinguishedName, equalNames, readName } from "../../../src/core/pki/distinguished-name.ts";
import {
  bmpString,
  objectIdentifier,
  printableString,
  sequence,
  setOf,
  teletexString,
  utf8String,
} from "../../provider/der.ts";

const [COMMON_NAME, UNIT] = ["2.5.4.3", "2.5.4.11"];
const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), value);
const nameOf = (...relativeNames: readonly Uint8Array[]): DistinguishedName =>
  readName(readOnly(sequence(...relativeNames), "DER"));
const common = (value: Uint8Array): DistinguishedName => nameOf(setOf(attribute(COMMON_NAME, value)));

describe("names compared by RFC 5280 §7.1", () => {
  it.each<[string, Uint8Array, Uint8Array]>([
    ["string types", printableString("Autorita 1"), utf8String("Autorita 1")],
    ["types for all characters", bmpString("Autorità"), utf8String("Autorità")],
    ["types of one octet", teletexString("Autorità"), utf8String("Autorità")],
    ["case", utf8String("STRASSE Ä"), utf8String("straße ä")],
    ["blanks at the ends and in a row", utf8String("  Pec   CA "), utf8String("Pec CA")],
    ["composition", utf8String("Autorita\u0300"), utf8String("Autorità")],
    ["width", utf8String("ＰＥＣ"), utf8String("PEC")],
    ["characters that stand for nothing", utf8String("P\u00adE\u200bC\u0000"), utf8String("PEC")],
  ])("are equal in spite of %s", (_, a, b) => {
    expect(equalNames(common(a), common(b))).toBe(true);
  });

  it.each<[string, DistinguishedName, DistinguishedName]>([
    ["another letter", common(utf8String("PEC")), common(utf8String("PEG"))],
    ["a look-alike letter", common(utf8String("PEC")), common(utf8String("РЕС"))],
    ["no blank", common(utf8String("PEC CA")), common(utf8String("PECCA"))],
    ["another type", common(utf8String("PEC")), nameOf(setOf(attribute(UNIT, utf8String("PEC"))))],
    [
      "another order of relative names",
      nameOf(setOf(attribute(COMMON_NAME, utf8String("a"))), setOf(attribute(UNIT, utf8String("b")))),
      nameOf(setOf(attribute(UNIT, utf8String("b"))), setOf(attribute(COMMON_NAME, utf8String("a")))),
    ],
    [
      "two relative names for one of two attributes",
      nameOf(setOf(attribute(COMMON_NAME, utf8String("a"))), setOf(attribute(UNIT, utf8String("b")))),
      nameOf(setOf(attribute(COMMON_NAME, utf8String("a")), attribute(UNIT, utf8String("b")))),
    ],
  ])("differ by %s", (_, a, b) => {
    expect(equalNames(a, b)).toBe(false);
  });

  it("take the attributes of one relative name as a set", () => {
    const [a, b] = [attribute(COMMON_NAME, utf8String("a")), attribute(UNIT, printableString("B"))];
    const [c, d] = [attribute(COMMON_NAME, printableString("A")), attribute(UNIT, utf8String("b"))];
    expect(equalNames(nameOf(setOf(a, b)), nameOf(setOf(d, c)))).toBe(true);
    expect(equalNames(nameOf(setOf(a, b)), nameOf(setOf(c)))).toBe(false);
  });
});
