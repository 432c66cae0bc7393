import { describe, expect, it } from "vitest";
import { attachmentsOf } from "../../../src/core/mime/attachments-of.ts";
import { decodeBase64 } from "../../../src/core/mime/base64.ts";
import { bestTextBody } from "../../../src/core/mime/best-text-body.ts";
import { decodeBody, decodeBodyStart, decodeText, estimateSize } from "../../../src/core/mime/decode-body.ts";
import { htmlToText } from "../../../src/core/mime/html-to-text.ts";
import { parseMime } from "../../../src/core/mime/parse-mime.ts";
import { partAt } from "../../../src/core/mime/part-at.ts";
import { decodeQuotedPrintable } from "../../../src/core/mime/quoted-printable.ts";
import { base64, bytesOf, crlf, randomNumbers } from "./bytes-of.ts";

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

describe("decodeBase64", () => {
  it.each([
    ["", ""],
    ["YQ==", "a"],
    ["YWI=", "ab"],
    ["YWJj", "abc"],
    ["YWJj\r\nZGVm\r\n", "abcdef"],
    ["Y W\tJ*j", "abc"],
    ["YWI", "ab"],
    ["YQ==YWI=", "aab"],
    ["Y", ""],
    ["====", ""],
    ["_-YWJj", "abc"],
  ])("%j is %j", (encoded, expected) => {
    expect(latin(decodeBase64(bytesOf(encoded)))).toBe(expected);
  });

  it("decodes what the platform encoded, wrapped at any width", () => {
    const random = randomNumbers(6109);
    for (let count = 0; count < 200; count++) {
      const text = Array.from({ length: Math.floor(random() * 100) }, () =>
        String.fromCharCode(Math.floor(random() * 256)),
      ).join("");
      const width = 1 + Math.floor(random() * 80);
      const wrapped = btoa(text).replace(new RegExp(`.{${String(width)}}`, "g"), "$&\n");
      expect(latin(decodeBase64(bytesOf(wrapped)))).toBe(text);
    }
  });
});

describe("decodeQuotedPrintable", () => {
  it.each([
    ["a=3Db", "a=b"],
    ["=e9=E9", "\xe9\xe9"],
    ["soft=\r\nbreak=\nagain= \t\r\nend=", "softbreakagainend"],
    ["blanks \t \r\nnext \nlast ", "blanks\r\nnext\nlast "],
    ["=XY=4", "=XY=4"],
    ["raw \xe9 byte", "raw \xe9 byte"],
    ["kept=20\r\n", "kept \r\n"],
    ["a\rb", "a\rb"],
  ])("%j is %j", (encoded, expected) => {
    expect(latin(decodeQuotedPrintable(bytesOf(encoded)))).toBe(expected);
  });
});

describe("decodeBody and decodeText", () => {
  const text = (header: string, body: string): string => {
    const bytes = bytesOf(`${header}\n\n${body}`);
    return decodeText(bytes, parseMime(bytes).root);
  };

  it.each([
    ["Content-Type: text/plain; charset=utf-8", "perch\xc3\xa9", "perché"],
    ["Content-Type: text/plain; charset=iso-8859-1", "perch\xe9", "perché"],
    ["Content-Type: text/plain; charset=windows-1252", "\x80", "€"],
    ["Content-Type: text/plain; charset=x-unknown", "perch\xe9", "perché"],
    ["Content-Type: text/plain", "perch\xc3\xa9", "perché"],
    ["Content-Type: text/plain; charset=us-ascii", "\x93x\x94", "“x”"],
    ["Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64", "cGVyY2jDqQ==", "perché"],
    ["Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", "perch=C3=A9", "perché"],
  ])("%s, %j is %j", (header, body, expected) => {
    expect(text(header, body)).toBe(expected);
  });

  it("gives a view, not a copy, of a body in an identity encoding", () => {
    const bytes = bytesOf("Content-Transfer-Encoding: x-unknown\n\nbody");
    const body = decodeBody(bytes, parseMime(bytes).root);
    expect(latin(body)).toBe("body");
    expect(body.buffer).toBe(bytes.buffer);
  });

  it("decodes no more than asked for the beginning", () => {
    const bytes = bytesOf(`Content-Transfer-Encoding: base64\n\n${base64("abc".repeat(1000))}`);
    const start = decodeBodyStart(bytes, parseMime(bytes).root, 10);
    expect(latin(start).startsWith("abcabcabca")).toBe(true);
    expect(start.length).toBeLessThan(100);
  });

  it.each([0, 1, 2, 3, 56, 57, 58, 200])("estimates the size of %d bytes in base64", (length) => {
    for (const lineBreak of ["\r\n", "\n"]) {
      const encoded = btoa("x".repeat(length)).replace(/.{76}/g, `$&${lineBreak}`);
      const bytes = bytesOf(`Content-Transfer-Encoding: base64\n\n${encoded}${lineBreak}`);
      expect(estimateSize(bytes, parseMime(bytes).root)).toBe(length);
    }
  });
});

describe("htmlToText", () => {
  it.each([
    ["<p>Uno</p><p>Due</p>", "Uno\nDue"],
    ["a<br>b<BR/>c", "a\nb\nc"],
    ["a<br><br>b", "a\n\nb"],
    ["<head><title>no</title></head><body>yes", "yes"],
    ["<head><body>yes", "yes"],
    ["<style>p { color: red }</style><script>alert('<p>')</script>x", "x"],
    ["a <!-- <p>no</p> --> b", "a b"],
    ["&lt;b&gt; &amp;amp; &egrave; &#232; &#xE8; &euro; &unknown; &#0; &#xD800;", "<b> &amp; è è è € &unknown;"],
    ["1 < 2 > 0", "1 < 2 > 0"],
    ["<a title='>'>x</a>", "x"],
    ["  a \n\t b  ", "a b"],
    ["<td>a</td><td>b</td>", "a b"],
    ["<!DOCTYPE html><?x y?></>z", "z"],
    ["unclosed <b", "unclosed"],
    ["unclosed <!-- x", "unclosed"],
  ])("%j is %j", (html, expected) => {
    expect(htmlToText(html).trimEnd()).toBe(expected);
  });

  it.each(["<", "<!--", "<a ", "&", "<p>", "a <"])("reads a long text of %j in linear time", (piece) => {
    expect(htmlToText(piece.repeat(300_000 / piece.length)).length).toBeLessThanOrEqual(300_000);
  });
});

const ORIGINAL = bytesOf(
  crlf(
    "Content-Type: multipart/mixed; boundary=M",
    "",
    "--M",
    "Content-Type: multipart/related; boundary=R",
    "",
    "--R",
    "Content-Type: multipart/alternative; boundary=A",
    "",
    "--A",
    "Content-Type: text/html; charset=utf-8",
    "",
    "<p>html</p>",
    "--A",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "plain",
    "lines",
    "--A--",
    "--R",
    "Content-Type: image/png; name=logo.png",
    "Content-ID: <logo>",
    "Content-Transfer-Encoding: base64",
    "",
    "YWJj",
    "--R--",
    "--M",
    "Content-Type: application/pdf",
    "Content-Disposition: attachment; filename*=utf-8''atto%20di%20citazione.pdf",
    "Content-Transfer-Encoding: base64",
    "",
    "YWJjZA==",
    "--M",
    "Content-Type: message/rfc822",
    "",
    "Content-Type: application/pdf; name=inside.pdf",
    "",
    "x",
    "--M",
    "Content-Type: text/plain; name=note.txt",
    "",
    "note",
    "--M",
    'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=S',
    "",
    "--S",
    "Content-Type: text/plain",
    "",
    "signed",
    "--S",
    "Content-Type: application/pkcs7-signature; name=smime.p7s",
    "",
    "x",
    "--S--",
    "--M--",
  ),
);

describe("attachmentsOf", () => {
  it("lists what a mail client lists", () => {
    const { root } = parseMime(ORIGINAL);
    const entries = attachmentsOf(ORIGINAL, root);
    expect(entries.map(({ path, name, contentType, size }) => [path, name, contentType, size])).toEqual([
      [[1], "atto di citazione.pdf", "application/pdf", 4],
      [[2], null, "message/rfc822", 51],
      [[3], "note.txt", "text/plain", 4],
    ]);
    for (const { path, part } of entries) expect(partAt(root, path)).toBe(part);
  });

  it("lists a message that is itself a file", () => {
    const bytes = bytesOf("Content-Type: application/pdf; name=a.pdf\n\nx");
    expect(attachmentsOf(bytes, parseMime(bytes).root).map(({ path, name }) => [path, name])).toEqual([[[], "a.pdf"]]);
  });

  it("lists nothing for plain text", () => {
    const bytes = bytesOf("Subject: x\n\nbody");
    expect(attachmentsOf(bytes, parseMime(bytes).root)).toEqual([]);
  });
});

describe("bestTextBody", () => {
  const body = (text: string): string => {
    const bytes = bytesOf(text);
    return bestTextBody(bytes, parseMime(bytes).root);
  };

  it("prefers the plain alternative and has LF line ends", () => {
    expect(bestTextBody(ORIGINAL, parseMime(ORIGINAL).root)).toBe("plain\nlines");
  });

  it("reduces HTML to text when there is nothing else", () => {
    expect(body("Content-Type: text/html\n\n<p>a</p><p>b</p>")).toBe("a\nb");
  });

  it("takes the message before the footer of a mailing list", () => {
    expect(
      body(
        "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/html\n\n<b>message</b>\n--B\n\nfooter\n--B--",
      ),
    ).toBe("message");
  });

  it("takes no attachment, and no text of an attached message", () => {
    expect(
      body(
        "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Disposition: attachment\n\nfile\n--B\nContent-Type: message/rfc822\n\nSubject: x\n\ninner\n--B--",
      ),
    ).toBe("");
  });
});

describe("partAt", () => {
  it("finds parts by path and gives null for what is not there", () => {
    const { root } = parseMime(ORIGINAL);
    expect(partAt(root, [])).toBe(root);
    expect(partAt(root, [0, 0, 1])?.contentType.value).toBe("text/plain");
    expect(partAt(root, [9])).toBeNull();
    expect(partAt(root, [0, -1])).toBeNull();
    expect(partAt(root, [1, 0, 0, 0])).toBeNull();
  });
});
