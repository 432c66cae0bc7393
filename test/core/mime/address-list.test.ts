import { describe, expect, it } from "vitest";
import { parseAddressList, sameAddress } from "../../../src/core/mime/address-list.ts";
import { MAX_ADDRESSES } from "../../../src/core/mime/mime-limits.ts";

/** `name|address` of each mailbox. */
function read(value: string): readonly string[] {
  return parseAddressList(value).addresses.map(({ displayName, address }) => `${displayName}|${address}`);
}

describe("parseAddressList: what is correct", () => {
  it.each([
    ["posta-certificata@pec.it", ["|posta-certificata@pec.it"]],
    ["<a@b.it>", ["|a@b.it"]],
    ["Mario Rossi <a@b.it>", ["Mario Rossi|a@b.it"]],
    [
      '"Per conto di: mario@pec.it" <posta-certificata@gestore.it>',
      ["Per conto di: mario@pec.it|posta-certificata@gestore.it"],
    ],
    // pec-messages §2.4: providers leave the quotes out; Thunderbird shows the service address.
    [
      "Per conto di: mario@pec.it <posta-certificata@gestore.it>",
      ["Per conto di: mario@pec.it|posta-certificata@gestore.it"],
    ],
    ["PER CONTO DI:mario@pec.it <a@b.it>", ["PER CONTO DI: mario@pec.it|a@b.it"]],
    ["=?utf-8?Q?Per_conto_di:_mario@pec.it?= <a@b.it>", ["Per conto di: mario@pec.it|a@b.it"]],
    ['"Rossi, Mario" <a@b.it>, c@d.it', ["Rossi, Mario|a@b.it", "|c@d.it"]],
    ["a@b.it (Mario Rossi)", ["Mario Rossi|a@b.it"]],
    ["Mario (il solito) Rossi <a@b.it>", ["Mario (il solito) Rossi|a@b.it"]],
    ["<a@b.it> (Mario)", ["Mario|a@b.it"]],
    ["a(x)@(y)b.it", ["y|a@b.it"]],
    ["=?utf-8?Q?Nicol=C3=B2?= Rossi <a@b.it>", ["Nicolò Rossi|a@b.it"]],
    ['"=?utf-8?Q?Nicol=C3=B2?=" <a@b.it>', ["Nicolò|a@b.it"]],
    ["=?utf-8?Q?a=40b.it=2C_=3Cc=40d.it=3E?= <e@f.it>", ["a@b.it, <c@d.it>|e@f.it"]],
    ['"a \\"b\\" c" <a@b.it>', ['a "b" c|a@b.it']],
    ['"mario rossi"@b.it', ['|"mario rossi"@b.it']],
    ['"mario"@b.it', ["|mario@b.it"]],
    ['"a@b"@c.it', ['|"a@b"@c.it']],
    ["a@[192.0.2.1]", ["|a@[192.0.2.1]"]],
    [", ,a@b.it,,", ["|a@b.it"]],
    ["", []],
  ])("%j", (value, expected) => {
    expect(read(value)).toEqual(expected);
    expect(parseAddressList(value).defects).toEqual([]);
  });
});

describe("parseAddressList: what is odd is read as Thunderbird reads it, and said", () => {
  it.each([
    [
      "Per altri: mario@pec.it <posta-certificata@gestore.it>",
      ["mario@pec.it|posta-certificata@gestore.it"],
      ["GROUP"],
    ],
    ["Gruppo: a@b.it, c@d.it; e@f.it", ["|a@b.it", "|c@d.it", "|e@f.it"], ["GROUP"]],
    ["undisclosed-recipients:;", [], ["GROUP"]],
    ["a@b.it <c@d.it>", ["a@b.it|c@d.it"], []],
    ["<a@b.it> <c@d.it>", ["<a@b.it>|c@d.it"], ["SEVERAL_ANGLES"]],
    ["<<a@b.it>>", ["<|a@b.it"], ["SEVERAL_ANGLES", "STRAY_ANGLE"]],
    ["<a@b.it> c@d.it", ["|a@b.it"], ["TEXT_AFTER_ADDRESS"]],
    ["Mario <a@b.it", ["Mario|a@b.it"], ["UNCLOSED_ANGLE"]],
    ["Mario a@b.it>", ['|"Mario a"@b.it'], ["STRAY_ANGLE", "BLANK_IN_ADDRESS"]],
    ["Mario Rossi a@b.it", ['|"Mario Rossi a"@b.it'], ["BLANK_IN_ADDRESS"]],
    ["a@b.it c", ["|a@b.it c"], ["BLANK_IN_ADDRESS", "INVALID_ADDRESS"]],
    ["Mario Rossi", ["Mario Rossi|"], ["NO_ADDRESS"]],
    ["a@b.it <>", ["a@b.it|"], ["NO_ADDRESS"]],
    ["<mario>", ["|mario"], ["INVALID_ADDRESS"]],
    ["<a@b@c.it>", ['|"a@b"@c.it'], ["INVALID_ADDRESS"]],
    ["<@b.it>", ["|@b.it"], ["INVALID_ADDRESS"]],
    ["<a@b.it.>", ["|a@b.it."], ["INVALID_ADDRESS"]],
    ['<a@"b.it">', ["|a@b.it"], ["INVALID_ADDRESS"]],
    ['<a""b@c.it>', ["|ab@c.it"], ["INVALID_ADDRESS"]],
    ['<"a"b@c.it>', ["|ab@c.it"], ["INVALID_ADDRESS"]],
    ["<a@b..it>", ["|a@b..it"], ["INVALID_ADDRESS"]],
    ["<a@>", ["|a@"], ["INVALID_ADDRESS"]],
    ['"Mario <a@b.it>', ["Mario <a@b.it>|"], ["UNCLOSED_QUOTE", "NO_ADDRESS"]],
    ["a@b.it (Mario", ["Mario|a@b.it"], ["UNCLOSED_COMMENT"]],
    ["<=?utf-8?Q?a?=@b.it>", ["|a@b.it"], ["ENCODED_WORD_IN_ADDRESS"]],
    ["a@b.it\0.evil.it", ["|a@b.it\0.evil.it"], ["CONTROL_CHARACTER"]],
    ["a@b.it\rFrom: c@d.it", ["|c@d.it"], ["CONTROL_CHARACTER", "GROUP"]],
  ])("%j", (value, addresses, defects) => {
    expect(read(value)).toEqual(addresses);
    expect(new Set(parseAddressList(value).defects)).toEqual(new Set(defects));
  });

  // What Thunderbird's jsmime makes of these is a matter of context: quotes, brackets and backslashes count inside comments.
  it.each([
    ['(") <posta-certificata@pec.it>', "AMBIGUOUS_COMMENT"],
    ['("[") <posta-certificata@pec.it>', "AMBIGUOUS_COMMENT"],
    ["(a\\) <evil@evil.test> () <posta-certificata@pec.it>", "AMBIGUOUS_COMMENT"],
    ["(=?utf-8?Q?a?=) <posta-certificata@pec.it>", "AMBIGUOUS_COMMENT"],
    ["\\posta-certificata@pec.it", "BACKSLASH"],
    ["Posta\\, Certificata <posta-certificata@pec.it>", "BACKSLASH"],
    ["=?us-ascii?Q?<evil@evil.test> ],]?= <posta-certificata@pec.it>", "MALFORMED_ENCODED_WORD"],
    ["=?us-ascii?Q?a b?= <posta-certificata@pec.it>", "MALFORMED_ENCODED_WORD"],
    ["=?us-ascii?Q?a\r\n b?= <posta-certificata@pec.it>", "MALFORMED_ENCODED_WORD"],
    ["=?us-ascii?Q?a,b?= <posta-certificata@pec.it>", "MALFORMED_ENCODED_WORD"],
    ['=?us-ascii?Q?a"b?= <posta-certificata@pec.it>', "MALFORMED_ENCODED_WORD"],
    ["=?us-ascii?Q?a <posta-certificata@pec.it>", "MALFORMED_ENCODED_WORD"],
    ["(), <posta-certificata@pec.it>", "NO_ADDRESS"],
    ["Per conto di: a@b.it <posta-certificata@pec.it>, c@d.it", "GROUP"],
    ["c@d.it, Per conto di: a@b.it <posta-certificata@pec.it>", "GROUP"],
    ["Per conto di: Studio: a@b.it <posta-certificata@pec.it>", "GROUP"],
    ["Studio per conto di: a@b.it <posta-certificata@pec.it>", "GROUP"],
    ["Per conto di: posta-certificata@pec.it", "GROUP"],
    ["Per conto di: <posta-certificata@pec.it>", "GROUP"],
  ])("%j has the defect %s", (value, defect) => {
    expect(parseAddressList(value).defects).toContain(defect);
  });

  it("never takes a display name for the address", () => {
    for (const name of [
      '"vera@banca.it"',
      "vera@banca.it",
      "=?utf-8?Q?vera=40banca.it?=",
      "(vera@banca.it)",
      "<vera@banca.it>",
    ]) {
      expect(parseAddressList(`${name} <falsa@altro.it>`).addresses.map(({ address }) => address)).toEqual([
        "falsa@altro.it",
      ]);
    }
  });

  it("reads nothing but commas and stops at a number of addresses", () => {
    expect(parseAddressList(",".repeat(300_000)).addresses).toEqual([]);
    const many = parseAddressList("a@b.it,".repeat(MAX_ADDRESSES + 1));
    expect(many.addresses).toHaveLength(MAX_ADDRESSES);
    expect(many.defects).toEqual(["TOO_MANY_ADDRESSES"]);
  });

  it.each(["=?", "<", "@", "(", '"', "a ", "a@", "[", "=?a?q?b?= "])(
    "reads a long field of %j in linear time",
    (piece) => {
      // Quadratic work on it takes longer, beyond the test's own limit.
      expect(parseAddressList(piece.repeat(300_000 / piece.length)).addresses.length).toBeLessThanOrEqual(1);
    },
  );
});

describe("sameAddress", () => {
  it("compares without case, and ASCII only", () => {
    expect(sameAddress("Posta-Certificata@PEC.it", "posta-certificata@pec.it")).toBe(true);
    expect(sameAddress("k@pec.it", "\u212a@pec.it")).toBe(false);
  });
});
