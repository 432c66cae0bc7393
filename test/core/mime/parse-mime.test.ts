import { describe, expect, it } from "vitest";
import { fieldValue, fieldValues } from "../../../src/core/mime/field-value.ts";
import {
  MAX_BOUNDARY_LENGTH,
  MAX_DEPTH,
  MAX_FIELDS,
  MAX_HEADER_BYTES,
  MAX_OUTER_PARTS,
  MAX_PARAMETERS,
  MAX_PARTS,
} from "../../../src/core/mime/mime-limits.ts";
import type { MimePart } from "../../../src/core/mime/mime-part.ts";
import { parseMime } from "../../../src/core/mime/parse-mime.ts";
import { partAt } from "../../../src/core/mime/part-at.ts";
import { bytesOf, crlf, mutate, randomNumbers, textOf } from "./bytes-of.ts";

function parse(text: string): { root: MimePart; bytes: Uint8Array; limits: readonly string[] } {
  const bytes = bytesOf(text);
  const { root, limitsReached } = parseMime(bytes);
  return { root, bytes, limits: limitsReached };
}

function bodies(text: string): readonly string[] {
  const { root, bytes } = parse(text);
  return root.children.map((child) => textOf(bytes, child.body));
}

function countParts(part: MimePart): number {
  return 1 + part.children.reduce((sum, child) => sum + countParts(child), 0);
}

/** What is wrong with the ranges: each lies in its parent's, header before body, children in order and apart. */
function unsoundRanges(part: MimePart, length: number): readonly string[] {
  const { range, header, body, children } = part;
  const faults: string[] = [];
  if (range.start < 0 || range.end > length || range.start > range.end) faults.push("range");
  if (header.start !== range.start || header.end < header.start) faults.push("header");
  if (body.start < header.end || body.end !== range.end || body.start > body.end) faults.push("body");
  let last = body.start;
  for (const child of children) {
    if (child.range.start < last || child.range.end > range.end) faults.push("child");
    last = child.range.end;
    faults.push(...unsoundRanges(child, length));
  }
  return faults;
}

const MULTIPART = crlf(
  "From: a@b.it",
  'Content-Type: multipart/mixed; boundary="XX"',
  "",
  "preamble",
  "--XX",
  "Content-Type: text/plain",
  "",
  "one",
  "--XX",
  "",
  "two",
  "",
  "--XX--",
  "epilogue",
);

describe("parseMime: parts", () => {
  it("gives a part without the line break that belongs to the next delimiter", () => {
    const { root, bytes } = parse(MULTIPART);
    const [first, second] = root.children;
    expect(first && textOf(bytes, first.range)).toBe("Content-Type: text/plain\r\n\r\none");
    expect(first && textOf(bytes, first.header)).toBe("Content-Type: text/plain\r\n");
    expect(second && textOf(bytes, second.range)).toBe("\r\ntwo\r\n");
    expect(root.children).toHaveLength(2);
    expect(root.multipart?.closed).toBe(true);
    expect(root.multipart && textOf(bytes, root.multipart.preamble)).toBe("preamble");
    expect(root.multipart && textOf(bytes, root.multipart.epilogue)).toBe("epilogue\r\n");
  });

  it("reads LF, CRLF and mixed line ends alike", () => {
    expect(bodies(MULTIPART.replaceAll("\r\n", "\n"))).toEqual(["one", "two\n"]);
    let index = 0;
    expect(bodies(MULTIPART.replaceAll("\r\n", () => (index++ % 2 === 0 ? "\n" : "\r\n")))).toHaveLength(2);
  });

  it("takes a lone CR for text, not for a line end", () => {
    const { root } = parse("Subject: a\rX-Ricevuta: accettazione\r\n\r\nbody");
    expect(fieldValue(root, "X-Ricevuta")).toBeNull();
    expect(fieldValue(root, "Subject")).toBe("a\rX-Ricevuta: accettazione");
    expect(bodies("Content-Type: multipart/mixed; boundary=B\n\n--B\n\none\r--B\rtwo\n--B--")).toEqual([
      "one\r--B\rtwo",
    ]);
  });

  it("ends the last part at the end of the bytes when the closing delimiter is missing", () => {
    const { root } = parse("Content-Type: multipart/mixed; boundary=B\n\n--B\n\none\n--B\n\ntwo\n");
    expect(root.children).toHaveLength(2);
    expect(root.multipart?.closed).toBe(false);
    expect(root.children[1]?.range.end).toBe(root.range.end);
  });

  it.each([
    ["----AB is not a delimiter of --A", "--A", "----AB", 0],
    ["text after the boundary", "A", "--A x", 0],
    ["text after the closing hyphens", "A", "--A--x", 0],
    ["three hyphens after the boundary", "A", "--A---", 0],
    ["a blank before the hyphens", "A", " --A", 0],
    ["another case", "A", "--a", 0],
    ["blanks and tabs as padding", "A", "--A \t ", 1],
  ])("matches a delimiter line exactly: %s", (_, boundary, line, count) => {
    expect(bodies(`Content-Type: multipart/mixed; boundary="${boundary}"\n\n${line}\n\nx\n`)).toHaveLength(count);
  });

  it("tells boundaries apart that begin alike, whichever is outside", () => {
    const message = (outer: string, inner: string): string =>
      [
        `Content-Type: multipart/mixed; boundary="${outer}"\n\n--${outer}`,
        `Content-Type: multipart/mixed; boundary="${inner}"\n\n--${inner}\n\nin\n--${inner}--`,
        `--${outer}\n\nout\n--${outer}--`,
      ].join("\n");
    for (const [outer, inner] of [
      ["----A", "----AB"],
      ["----AB", "----A"],
      ["A", "--A"],
    ] as const) {
      const { root } = parse(message(outer, inner));
      expect(root.children.map((child) => child.children.length)).toEqual([1, 0]);
    }
  });

  it("reads --A-- as the end of the outer A, not as the beginning of a part of an inner A--", () => {
    const { root } = parse(
      "Content-Type: multipart/mixed; boundary=A\n\n--A\nContent-Type: multipart/mixed; boundary=A--\n\n--A--\n\nx",
    );
    expect(root.multipart?.closed).toBe(true);
    expect(root.children[0]?.children).toEqual([]);
  });

  it("lets a delimiter of an outer multipart end the parts inside, headers too", () => {
    const { root, bytes } = parse(
      "Content-Type: multipart/mixed; boundary=O\n\n--O\nContent-Type: multipart/mixed; boundary=I\n\n--I\nX-Open: header\n--O\n\nlast\n--O--\n--I\n\nno part\n",
    );
    expect(root.children).toHaveLength(2);
    const inner = partAt(root, [0, 0]);
    expect(inner && fieldValue(inner, "x-open")).toBe("header");
    expect(inner && textOf(bytes, inner.range)).toBe("X-Open: header");
    expect(root.children[0]?.multipart?.closed).toBe(false);
  });

  it("gives a boundary that both declare to the outer multipart", () => {
    const { root } = parse(
      "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nx\n--B--\n",
    );
    expect(root.children).toHaveLength(2);
    expect(root.children[0]?.children).toEqual([]);
  });

  it("takes nothing after the closing delimiter for a part", () => {
    expect(bodies("Content-Type: multipart/mixed; boundary=B\n\n--B\n\none\n--B--\n--B\n\nsmuggled\n--B--\n")).toEqual([
      "one",
    ]);
  });

  it("has empty parts and parts without an empty line", () => {
    const { root, bytes } = parse(
      "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n--B\r\nX-Only: header\r\n--B\r\n\r\n--B--\r\n",
    );
    expect(root.children.map((child) => textOf(bytes, child.range))).toEqual(["", "X-Only: header", ""]);
    const headerOnly = root.children[1];
    expect(headerOnly && fieldValue(headerOnly, "X-Only")).toBe("header");
  });

  it.each(["", "; boundary=", '; boundary="  "'])("leaves a multipart without a boundary opaque (%j)", (parameter) => {
    const { root } = parse(`Content-Type: multipart/mixed${parameter}\n\n--\n\nx\n----\n`);
    expect(root.children).toEqual([]);
    expect(root.multipart?.closed).toBe(false);
  });

  it("goes into message/rfc822 in an identity encoding only", () => {
    const message = (encoding: string): MimePart | undefined =>
      parse(`Content-Type: message/rfc822\n${encoding}\n\nSubject: inner\n\nbody`).root.children[0];
    expect(message("X: y")?.fields[0]?.value).toBe("inner");
    expect(message("Content-Transfer-Encoding: 8BIT (really)")?.fields[0]?.value).toBe("inner");
    expect(message("Content-Transfer-Encoding: base64")).toBeUndefined();
    expect(message("Content-Transfer-Encoding: quoted-printable")).toBeUndefined();
    expect(message("Content-Transfer-Encoding: x-unknown")).toBeUndefined();
  });

  it("ends an embedded message where its part ends", () => {
    const { root, bytes } = parse(
      "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nbody\r\n\r\n--B--\r\n",
    );
    const message = partAt(root, [0, 0]);
    expect(message && textOf(bytes, message.range)).toBe("Subject: in\r\n\r\nbody\r\n");
  });

  it("takes parts of a digest for messages (RFC 2046 §5.1.5)", () => {
    const { root } = parse("Content-Type: multipart/digest; boundary=B\n\n--B\n\nSubject: in\n\nx\n--B--");
    expect(root.children[0]?.contentType.value).toBe("message/rfc822");
    expect(partAt(root, [0, 0])?.fields[0]?.value).toBe("in");
  });
});

describe("parseMime: headers", () => {
  it("unfolds, keeps duplicates in order, and finds names in any case", () => {
    const { root } = parse("SUBJECT: one\r\n two\r\n\tthree\r\nReceived: a\r\nreceived: b\r\n\r\n");
    expect(fieldValue(root, "subject")).toBe("one two\tthree");
    expect(fieldValues(root, "Received")).toEqual(["a", "b"]);
    expect(fieldValue(root, "received")).toBe("a");
    expect(fieldValue(root, "absent")).toBeNull();
  });

  it("passes over lines that are no fields, with their continuations", () => {
    const { root } = parse("no colon\n continued: not a field\n: no name\nSubject : with a blank\nX:\n\n");
    expect(root.fields.map(({ name, value }) => [name, value])).toEqual([
      ["subject", "with a blank"],
      ["x", ""],
    ]);
  });

  it("takes a line of blanks for a continuation, not for the end of the header", () => {
    const { root } = parse("Subject: a\r\n \r\nX-Ricevuta: accettazione\r\n\r\n");
    expect(fieldValue(root, "X-Ricevuta")).toBe("accettazione");
  });

  it("reads raw 8-bit text as UTF-8 when valid, else as windows-1252", () => {
    const { root } = parse("A: perch\xc3\xa9\nB: perch\xe9\nC: \x80\nD: a\0b\n\n");
    expect(root.fields.map(({ value }) => value)).toEqual(["perché", "perché", "€", "a\0b"]);
  });

  it("does not take look-alike names for the real ones", () => {
    const { root } = parse("\xef\xbb\xbfFrom: bom@x.it\n\xe2\x84\xaaey: kelvin\n\n");
    expect(fieldValue(root, "From")).toBeNull();
    expect(fieldValue(root, "key")).toBeNull();
  });

  it("gives the range of a field without its line break", () => {
    const { root, bytes } = parse("A: 1\r\n 2\r\nB: 3\r\n\r\n");
    expect(root.fields.map(({ range }) => textOf(bytes, range))).toEqual(["A: 1\r\n 2", "B: 3"]);
  });

  it("tolerates an mbox separator before the header", () => {
    const { root } = parse("From - Thu Jan 1 00:00:00 1970\nSubject: x\n\nbody");
    expect(root.fields.map(({ name }) => name)).toEqual(["subject"]);
  });

  it("reads a header without an empty line to the end", () => {
    const { root } = parse("Subject: x\nContent-Type: multipart/mixed; boundary=B");
    expect(root.contentType.value).toBe("multipart/mixed");
    expect(root.body.start).toBe(root.body.end);
  });

  it.each([
    ["absent", "", "text/plain"],
    ["without a slash", "Content-Type: text\n", "text/plain"],
    ["empty", "Content-Type:\n", "text/plain"],
    ["with comments", "Content-Type: (a) Text/HTML (b); charset=x\n", "text/html"],
    ["duplicate", "Content-Type: text/html\nContent-Type: image/png\n", "text/html"],
  ])("has a content type: %s", (_, header, expected) => {
    expect(parse(`${header}X: y\n\n`).root.contentType.value).toBe(expected);
  });

  it("prefers the file name of the disposition", () => {
    const { root } = parse(
      "Content-Type: application/xml; name=a.xml\nContent-Disposition: ATTACHMENT; filename=b.xml\n\n",
    );
    expect(root.disposition?.value).toBe("attachment");
    expect(root.fileName).toBe("b.xml");
    expect(parse("Content-Type: application/xml; name=a.xml\n\n").root.fileName).toBe("a.xml");
    expect(parse("X: y\n\n").root.fileName).toBeNull();
  });
});

describe("parseMime: what other readers see in another way", () => {
  const TYPE = "Content-Type: multipart/mixed; boundary=REAL\r\n";
  const message = (before: string, header = TYPE): string =>
    `From: a@b.it\r\n${header}\r\n${before}--REAL\r\nContent-Type: multipart/mixed; boundary=IN\r\n\r\n--IN\r\n\r\none\r\n--IN--\r\n--REAL--\r\n`;
  const ambiguities = (text: string): readonly string[] => parseMime(bytesOf(text)).ambiguities;

  it("finds nothing in sound messages", () => {
    expect(ambiguities(MULTIPART)).toEqual([]);
    expect(ambiguities(MULTIPART.replaceAll("\r\n", "\n"))).toEqual([]);
    expect(ambiguities(message("This is a preamble\r\n--other\r\n--REAL text\r\n--REALx\r\n -- REAL\r\n"))).toEqual([]);
  });

  it.each([
    ["form feed", "--REAL\f\r\nContent-Type: text/html\r\n\r\nEVIL\r\n"],
    ["vertical tab", "--REAL\v\r\n"],
    ["blanks of all kinds", "--REAL \v\t\f \n"],
    ["form feed after a closing delimiter", "--REAL--\f\r\n"],
    ["carriage return before and after", "x\r--REAL\rContent-Type: text/html\r\rEVIL\r\n"],
    ["carriage return before only", "x\r--REAL\r\n"],
    ["carriage return after only", "--REAL\rContent-Type: text/html\r\n"],
    ["two carriage returns and a line feed", "--REAL\r\r\n"],
    ["thousands of blanks", `--REAL${" ".repeat(5_000)}\f\r\n`],
  ])("notes a stray delimiter: %s", (_, before) => {
    expect(ambiguities(message(before))).toEqual(["STRAY_DELIMITER"]);
    expect(parse(message(before)).root.children).toHaveLength(1);
  });

  it("notes a stray delimiter of the signed content too, and none of parts further inside", () => {
    expect(ambiguities(message("").replace("one", "--IN\f\r\n\r\nEVIL"))).toEqual(["STRAY_DELIMITER"]);
    expect(ambiguities(message("").replace("one", "x\r--IN\r\rEVIL"))).toEqual(["STRAY_DELIMITER"]);
    const nested = (boundary: string, inside: string): string =>
      `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n--${boundary}\r\n${inside}\r\n--${boundary}--`;
    const stray = (boundary: string): string => nested(boundary, `\r\n--${boundary}\f`);
    expect(ambiguities(message("").replace("\r\none", stray("TWO")))).toEqual(["STRAY_DELIMITER"]);
    expect(ambiguities(message("").replace("\r\none", nested("TWO", stray("THREE"))))).toEqual([]);
    expect(ambiguities(message("") + "--REAL\f\r\n")).toEqual([]);
  });

  it.each([
    ["a second field", `${TYPE}Content-Type: text/html\r\n`],
    ["a second field before it, folded before the colon", `Content-Type\r\n : text/html\r\n${TYPE}`],
    ["a comment", "Content-Type: multipart/mixed; (; boundary=EVIL;) boundary=REAL\r\n"],
    ["an encoded word", 'Content-Type: multipart/mixed; x="=?us-ascii?Q?a?="; boundary=REAL\r\n'],
    ["a parameter in sections", "Content-Type: multipart/mixed; boundary*0=RE; boundary*1=AL\r\n"],
  ])("notes a content type that can be read in two ways: %s", (_, header) => {
    expect(ambiguities(message("", header))).toEqual(["CONTENT_TYPE_AMBIGUOUS"]);
  });

  it("notes the content type of the root's children, and of none further inside", () => {
    expect(ambiguities(message("").replace("boundary=IN", "boundary=IN; x=1; x=2"))).toEqual([
      "CONTENT_TYPE_AMBIGUOUS",
    ]);
    expect(ambiguities(message("").replace("\r\none", "Content-Type: (x) text/plain\r\n\r\none"))).toEqual([]);
  });

  it.each([
    ["CONTROL_CHARACTER_IN_HEADER", "X: a\0b\r\n"],
    ["CONTROL_CHARACTER_IN_HEADER", "X: a\x7f\r\n"],
    ["CONTROL_CHARACTER_IN_HEADER", "From\f: evil@evil.test\r\n"],
    ["CONTROL_CHARACTER_IN_HEADER", "\0\r\n"],
    ["STRAY_CARRIAGE_RETURN", "Subject: a\rFrom: evil@evil.test\r\n"],
    ["STRAY_CARRIAGE_RETURN", "X-Scanned: yes\r\r\n"],
  ])("notes %s in the header: %j", (code, field) => {
    expect(ambiguities(message("", field + TYPE))).toEqual([code]);
  });

  it.each(["From\f", "From\v ", "From\r\n ", "From\r\n\t\f", "From\0", "From\0x"])(
    "counts %j as the field From that Thunderbird takes it for",
    (name) => {
      const { root } = parse(`Date: x\r\n${name}: evil@evil.test\r\nFrom: a@b.it\r\n\r\n`);
      expect(fieldValues(root, "From")).toEqual(["evil@evil.test", "a@b.it"]);
    },
  );

  it("looks at a million carriage returns and delimiters in linear time", () => {
    // Quadratic work on it takes longer, beyond the test's own limit.
    const { root } = parse(message("\r--REA".repeat(1_000_000) + "\r\n" + "--" + " ".repeat(3_000_000) + "\r\n"));
    expect(root.children).toHaveLength(1);
  });
});

describe("parseMime: limits", () => {
  it("leaves 10,000 nested multiparts opaque below the limit", () => {
    let text = "";
    for (let depth = 0; depth < 10_000; depth++) {
      text += `Content-Type: multipart/mixed; boundary=B${String(depth)}\n\n--B${String(depth)}\n`;
    }
    const { root, limits } = parse(text);
    expect(limits).toEqual(["DEPTH"]);
    expect(countParts(root)).toBe(MAX_DEPTH + 1);
  });

  it("leaves 10,000 nested messages opaque below the limit", () => {
    const { root, limits } = parse("Content-Type: message/rfc822\n\n".repeat(10_000));
    expect(limits).toEqual(["DEPTH"]);
    expect(countParts(root)).toBe(MAX_DEPTH + 1);
  });

  it("keeps a signature after an original message that exhausts the number of parts", () => {
    const { root, limits } = parse(
      [
        "Content-Type: multipart/signed; boundary=S\n\n--S\nContent-Type: multipart/mixed; boundary=M\n\n--M",
        "Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=F\n",
        "--F\n\n".repeat(MAX_PARTS + 1000) + "--F--",
        "--M--\n--S\nContent-Type: application/pkcs7-signature\n\nsignature\n--S--",
      ].join("\n"),
    );
    expect(limits).toEqual(["PARTS"]);
    expect(root.children[1]?.contentType.value).toBe("application/pkcs7-signature");
    expect(root.multipart?.closed).toBe(true);
  });

  it("stops at a number of parts in any case", () => {
    const { root, limits } = parse("Content-Type: multipart/mixed; boundary=B\n\n" + "--B\n\n".repeat(50_000));
    expect(limits).toEqual(["PARTS"]);
    expect(countParts(root)).toBe(MAX_OUTER_PARTS);
  });

  it("keeps the first of 100,000 fields and still finds the body", () => {
    const { root, bytes, limits } = parse("X-A: b\n".repeat(100_000) + "\nbody");
    expect(limits).toEqual(["FIELDS"]);
    expect(root.fields).toHaveLength(MAX_FIELDS);
    expect(textOf(bytes, root.body)).toBe("body");
  });

  it("leaves out a header line of 10 MB and keeps the others", () => {
    const { root, limits } = parse(`A: 1\nSubject: ${"x".repeat(10_000_000)}\nB: 2\n\nbody`);
    expect(limits).toEqual(["HEADER_SIZE"]);
    expect(root.fields.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("counts header bytes over all fields", () => {
    const { root, limits } = parse(`X: ${"y".repeat(MAX_HEADER_BYTES / 4)}\n`.repeat(5) + "\n");
    expect(limits).toEqual(["HEADER_SIZE"]);
    expect(root.fields).toHaveLength(3);
  });

  it("takes no boundary beyond its limit, and one at the limit", () => {
    const message = (length: number): string =>
      `Content-Type: multipart/mixed; boundary=${"x".repeat(length)}\n\n--${"x".repeat(length)}\n\n`;
    expect(parse(message(MAX_BOUNDARY_LENGTH)).root.children).toHaveLength(1);
    expect(parse(message(MAX_BOUNDARY_LENGTH + 1)).limits).toEqual(["BOUNDARY_LENGTH"]);
  });

  it("reads parameters up to a number", () => {
    const parameters = Array.from({ length: MAX_PARAMETERS + 1 }, (_, index) => `; p${String(index)}=1`).join("");
    const { root, limits } = parse(`Content-Type: text/plain${parameters}\n\n`);
    expect(limits).toEqual(["PARAMETERS"]);
    expect(root.contentType.parameters.size).toBe(MAX_PARAMETERS);
  });

  it("names no limit for ordinary mail", () => {
    expect(parse(MULTIPART).limits).toEqual([]);
  });
});

describe("parseMime: any bytes", () => {
  const message = bytesOf(
    MULTIPART.replace(
      "one",
      "Content-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\n--Y\r\n\r\nz",
    ),
  );

  it("reads a message cut off after any byte", () => {
    for (let length = 0; length <= message.length; length++) {
      const cut = message.subarray(0, length);
      expect(unsoundRanges(parseMime(cut).root, length)).toEqual([]);
    }
  });

  it("reads 2,000 damaged messages", () => {
    const random = randomNumbers(20_241_205);
    for (let count = 0; count < 2_000; count++) {
      const damaged = mutate(message, random);
      expect(unsoundRanges(parseMime(damaged).root, damaged.length)).toEqual([]);
    }
  });

  it("reads ranges of a view that does not begin its buffer", () => {
    const buffer = new Uint8Array(message.length + 7);
    buffer.set(message, 7);
    expect(parseMime(buffer.subarray(7)).root.children.map(({ range }) => range)).toEqual(
      parseMime(message).root.children.map(({ range }) => range),
    );
  });
});
