import { describe, expect, it } from "vitest";
import { decodeEncodedWords } from "../../../src/core/mime/encoded-words.ts";
import { parseMailDate } from "../../../src/core/mime/mail-date.ts";
import { MAX_PARAMETERS } from "../../../src/core/mime/mime-limits.ts";
import { parseParameterizedValue } from "../../../src/core/mime/parameterized-value.ts";
import { isPlainContentType } from "../../../src/core/mime/plain-content-type.ts";

describe("decodeEncodedWords", () => {
  it.each([
    ["plain text", "plain text"],
    ["=?ISO-8859-1?Q?perch=E9_s=EC?=", "perché sì"],
    ["=?utf-8?B?cGVyY2jDqQ==?=", "perché"],
    ["=?utf-8?b?cGVyY2jDqQ?=", "perché"],
    ["a =?utf-8?Q?b?= c", "a b c"],
    ["=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"],
    ["=?utf-8?Q?a?=\t\r\n =?iso-8859-1?Q?b?=", "ab"],
    ["=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"],
    // A character split between words: 0xC3 0xA9 is é.
    ["=?UTF-8?Q?perch=C3?= =?utf-8?Q?=A9?=", "perché"],
    ["=?UTF-8?B?cGVyY2jD?= =?UTF-8?B?qQ==?=", "perché"],
    ["=?utf-8*it?Q?ciao?=", "ciao"],
    ["=?x-unknown?Q?a=E9?= tail", "=?x-unknown?Q?a=E9?= tail"],
    ["=?x-unknown?Q?a?= =?utf-8?Q?b?=", "=?x-unknown?Q?a?= b"],
    ["=?utf-8?Q?b?= =?x-unknown?Q?a?=", "b =?x-unknown?Q?a?="],
    ["=?utf-8?B?!!?=", "=?utf-8?B?!!?="],
    ["=?utf-8?X?abc?=", "=?utf-8?X?abc?="],
    ["=?utf-8?Q?unfinished", "=?utf-8?Q?unfinished"],
    ["=?utf-8?Q?raw blank?=", "raw blank"],
    ["=?utf-8?Q?100=ZZ?=", "100=ZZ"],
  ])("%j is %j", (text, expected) => {
    expect(decodeEncodedWords(text)).toBe(expected);
  });

  it("lets no line break or NUL out of a word", () => {
    expect(decodeEncodedWords("=?utf-8?Q?a=0D=0AX-Ricevuta:_b=00?=")).toBe("a  X-Ricevuta: b ");
  });
});

describe("parseParameterizedValue", () => {
  const parameter = (text: string, name: string): string | undefined =>
    parseParameterizedValue(text).parameters.get(name);

  it.each([
    ["a/b; x=y", "y"],
    ["a/b;X=y;", "y"],
    ['a/b; x="a;b=\\"c\\""', 'a;b="c"'],
    ["a/b; x = y", "y"],
    ["a/b; x=----=_Part_1", "----=_Part_1"],
    ["a/b (comment; x=no); (more (nested)) x=y (last)", "y"],
    ['a/b; x="never closed', "never closed"],
    ["a/b; x=first; x=second", "first"],
    ["a/b; junk; ; x=y", "y"],
    ["a/b; x", undefined],
    ["a/b; x=", ""],
    // RFC 2231 §3, §4: sections, charset, both.
    ["a/b; x*=utf-8''perch%C3%A9", "perché"],
    ["a/b; x*=iso-8859-1'it'perch%e9", "perché"],
    ["a/b; x*0=long; x*1=name", "longname"],
    ["a/b; x*1=name; x*0=long", "longname"],
    ["a/b; x*0*=utf-8''perch%C3; x*1*=%A9; x*2=\"' no'\"", "perché' no'"],
    ["a/b; x*0=a; x*2=c", "a"],
    ["a/b; x*1=b", undefined],
    ["a/b; x=plain; x*=utf-8''extended", "extended"],
    ["a/b; x*=plain%20text", "plain text"],
    ["a/b; x*=x-unknown''a%E9", "aé"],
    ["a/b; x*=utf-8''50%", "50%"],
    // RFC 2047 where it is forbidden: only file names are decoded (see below).
    ['a/b; x="=?utf-8?Q?perch=C3=A9.pdf?="', "=?utf-8?Q?perch=C3=A9.pdf?="],
  ])("x of %j is %j", (text, expected) => {
    expect(parameter(text, "x")).toBe(expected);
  });

  it("decodes encoded words in file names and never in a boundary", () => {
    const text =
      'a/b; name="=?utf-8?Q?perch=C3=A9.pdf?="; filename==?utf-8?B?cGVyY2jDqQ==?=; boundary="=?us-ascii?Q?REAL?="';
    expect(parameter(text, "name")).toBe("perché.pdf");
    expect(parameter(text, "filename")).toBe("perché");
    expect(parameter(text, "boundary")).toBe("=?us-ascii?Q?REAL?=");
  });

  it("keeps names from the prototype apart", () => {
    expect(parameter("a/b; __proto__=x", "__proto__")).toBe("x");
    expect(parameter("a/b", "constructor")).toBeUndefined();
  });

  it("says when there are too many", () => {
    expect(parseParameterizedValue("a/b" + "; x=y".repeat(MAX_PARAMETERS)).limitReached).toBe(false);
    expect(parseParameterizedValue("a/b" + "; x=y".repeat(MAX_PARAMETERS + 1)).limitReached).toBe(true);
  });
});

describe("isPlainContentType", () => {
  it.each([
    "text/plain",
    'Multipart/Signed; protocol="application/x-pkcs7-signature";\tmicalg="sha-256"; boundary="----=_Signed_1"',
    "multipart/signed;protocol = application/pkcs7-signature ; micalg=sha1;boundary=----=_Part_1.2'3;",
    'application/pkcs7-signature; name="posta certificata (1).p7s"',
    'multipart/mixed; boundary=""',
  ])("is true for %j", (value) => {
    expect(isPlainContentType(value)).toBe(true);
  });

  it.each([
    "",
    "text",
    "(x) multipart/signed; boundary=REAL",
    "multipart/signed (x); boundary=REAL",
    "multipart/signed; (; boundary=EVIL;) boundary=REAL",
    'multipart/signed; x="a" (;boundary=EVIL); boundary=REAL',
    "multipart/signed; boundary=REAL(c)",
    "multipart/signed; boundary=EVIL; boundary=REAL",
    "multipart/signed; boundary=EVIL; Boundary=REAL",
    "multipart/signed; boundary*=REAL",
    "multipart/signed; boundary*0=RE; boundary*1=AL",
    "multipart/signed; boundary=EVIL junk; boundary*=REAL",
    'multipart/signed; boundary="=?us-ascii?Q?REAL?="',
    'multipart/signed; boundary="RE\\AL"',
    'multipart/signed; boundary="REAL "',
    'multipart/signed; boundary="never closed',
    'multipart/signed; boundary="EVIL\u0000"',
    "multipart/signed; boundary\f=EVIL; boundary=REAL",
    "multipart/signed; boundary=Città",
    "multipart/signed; boundary",
    "multipart/signed;; boundary=REAL",
  ])("is false for %j", (value) => {
    expect(isPlainContentType(value)).toBe(false);
  });

  it.each([" ", ";", "; a=", '; a="', "; a=b", "x"])("takes linear time for a long run of %j", (piece) => {
    // Quadratic work on it takes longer, beyond the test's own limit.
    expect(isPlainContentType(`text/plain${piece.repeat(1_000_000 / piece.length)}!!`)).toBe(false);
  });
});

describe("parseMailDate", () => {
  it.each([
    ["Thu, 05 Dec 2024 00:02:10 +0100", "2024-12-04T23:02:10Z"],
    ["5 Dec 2024 00:02 +0000", "2024-12-05T00:02:00Z"],
    ["Thu,5 Dec 2024 00:02:10 -0000 (comment (nested))", "2024-12-05T00:02:10Z"],
    ["Thu (day), 05 Dec 2024 00:02:10 GMT", "2024-12-05T00:02:10Z"],
    ["05 Dec 24 00:02:10 EST", "2024-12-05T05:02:10Z"],
    ["05 Dec 99 00:02:10 PDT", "1999-12-05T07:02:10Z"],
    ["05 Dec 124 00:02:10 UT", "2024-12-05T00:02:10Z"],
    ["05 Dec 2024 00:02:10 A", "2024-12-05T00:02:10Z"],
    ["05 Dec 2024 00:02:10", "2024-12-05T00:02:10Z"],
    ["29 Feb 2024 23:59:60 +0000", "2024-03-01T00:00:00Z"],
    ["05 December 2024 00 : 02 : 10 +0530", "2024-12-04T18:32:10Z"],
  ])("%j is %s", (text, expected) => {
    expect(parseMailDate(text)).toBe(Date.parse(expected));
  });

  it.each([
    "",
    "no date",
    "31 Feb 2024 00:00:00 +0000",
    "29 Feb 2023 00:00:00 +0000",
    "1 Dec 2024 25:00:00 +0000",
    "1 Dec 2024 00:61 +0000",
    "1 Xyz 2024 00:00 +0000",
    "1 Dec 2024 00:00:00 +0160",
    "0 Dec 2024 00:00 +0000",
    `1 Dec 2024 00:00 +0000${" ".repeat(300)}`,
  ])("%j is none", (text) => {
    expect(parseMailDate(text)).toBeNull();
  });
});
