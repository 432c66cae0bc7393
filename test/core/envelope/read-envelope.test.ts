import { describe, expect, it } from "vitest";
import type { Envelope } from "../../../src/core/envelope/envelope.ts";
import { attachedMessageBytes, originalMessageBytes } from "../../../src/core/envelope/original-message-bytes.ts";
import { readEnvelope } from "../../../src/core/envelope/read-envelope.ts";
import { readSignedParts } from "../../../src/core/envelope/read-signed-parts.ts";
import { fieldValue } from "../../../src/core/mime/field-value.ts";
import { parseMime } from "../../../src/core/mime/parse-mime.ts";
import { base64, bytesOf, mutate, randomNumbers, textOf } from "../mime/bytes-of.ts";

function read(text: string): { envelope: Envelope; bytes: Uint8Array } {
  const bytes = bytesOf(text);
  return { envelope: readEnvelope(bytes, parseMime(bytes)), bytes };
}

function multipart(boundary: string, ...parts: readonly string[]): string {
  return parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("") + `--${boundary}--\r\n`;
}

const TEXT = "Content-Type: text/plain\r\n\r\ntesto del gestore";
const DATICERT =
  'Content-Type: application/xml; name="daticert.xml"\r\nContent-Disposition: inline; filename="daticert.xml"\r\n\r\n<postacert/>';
const ORIGINAL = "From: mario@pec.it\r\nSubject: originale\r\n\r\nciao";
const POSTACERT = `Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n${ORIGINAL}`;
const SIGNATURE = 'Content-Type: application/x-pkcs7-signature; name="smime.p7s"\r\n\r\nMIIB';

function signed(content: string, signature = SIGNATURE, protocol = "application/x-pkcs7-signature"): string {
  return `Content-Type: multipart/signed; protocol="${protocol}"; boundary=S\r\n\r\n${multipart("S", content, signature)}`;
}

function mixed(...parts: readonly string[]): string {
  return `Content-Type: multipart/mixed; boundary=M\r\n\r\n${multipart("M", ...parts)}`;
}

/** An outer multipart/mixed whose boundary is none of those above. */
function wrapped(...parts: readonly string[]): string {
  return `Content-Type: multipart/mixed; boundary=O\r\n\r\n${multipart("O", ...parts)}`;
}

const TRANSPORT = `X-Trasporto: posta-certificata\r\n${signed(mixed(TEXT, DATICERT, POSTACERT))}`;
const RECEIPT = `X-Ricevuta: accettazione\r\n${signed(mixed(TEXT, DATICERT))}`;

describe("readEnvelope: what the header claims (pec-messages §1.1)", () => {
  it.each([
    ["X-Ricevuta: accettazione", "accettazione"],
    ["X-Ricevuta: non-accettazione", "non-accettazione"],
    ["X-Ricevuta: presa-in-carico", "presa-in-carico"],
    ["X-Ricevuta: avvenuta-consegna", "avvenuta-consegna"],
    ["X-Ricevuta: errore-consegna", "errore-consegna"],
    ["X-Ricevuta: mancata-consegna", "errore-consegna"],
    ["X-Ricevuta: preavviso-errore-consegna", "preavviso-errore-consegna"],
    ["X-Ricevuta: rilevazione-virus", "rilevazione-virus"],
    ["X-Trasporto: posta-certificata", "posta-certificata"],
    ["X-Trasporto: errore", "anomalia"],
    ["x-RICEVUTA:\r\n\tAvvenuta-Consegna ", "avvenuta-consegna"],
    ["REM-MessageType: http://uri.etsi.org/19522/v1#/ERDMessageType/dispatch", "rem"],
    ["REM-MessageType: <http://uri.etsi.org/19522/v1#/ERDMessageType/receipt>", "rem"],
    ["X-Trasporto: posta-certificata\r\nX-Ricevuta: accettazione", "accettazione"],
    ["X-Trasporto: altro\r\nREM-MessageType: http://uri.etsi.org/19522/v1#/ERDMessageType/receipt", "rem"],
  ])("%j is %s", (header, kind) => {
    const { envelope } = read(`${header}\r\nSubject: x\r\n\r\nbody`);
    expect(envelope.kind).toBe(kind);
    expect(envelope.unrecognized).toBeNull();
  });

  it.each([
    ["X-Ricevuta: letta", null, "letta"],
    ["X-Ricevuta: letta\r\nX-Trasporto: posta-certificata", null, "letta"],
    ["X-Trasporto: altro", null, "altro"],
    ["X-Ricevuta:", null, ""],
    ["REM-MessageType: other", "rem", "other"],
  ])("keeps the unknown value of %j verbatim", (header, kind, value) => {
    const { envelope } = read(`${header}\r\n\r\n`);
    expect(envelope.kind).toBe(kind);
    expect(envelope.unrecognized).toBe(value);
  });

  it.each([
    "Subject: POSTA CERTIFICATA: x",
    "X-Riferimento-Message-ID: <a@b>",
    "X-TipoRicevuta: completa",
    "X-REM-Msg-Type: Dispatch",
    "\u00a0X-Ricevuta: accettazione",
  ])("takes %j for no claim", (header) => {
    expect(read(`${header}\r\n\r\nbody`).envelope).toMatchObject({ kind: null, unrecognized: null });
  });

  it("never classifies by what is attached or inside", () => {
    expect(read(mixed(TEXT, DATICERT, POSTACERT)).envelope.kind).toBeNull();
    const bounced = `X-Trasporto: errore\r\n${signed(mixed(TEXT, `Content-Type: message/rfc822\r\n\r\n${TRANSPORT}`))}`;
    expect(read(bounced).envelope.kind).toBe("anomalia");
  });

  it.each([
    ["X-Ricevuta: accettazione\r\nX-Ricevuta: avvenuta-consegna", "accettazione", true],
    ["X-Ricevuta: accettazione\r\nX-Trasporto: errore", "accettazione", true],
    ["X-Trasporto: errore\r\nX-Trasporto: posta-certificata", "anomalia", true],
    ["X-Trasporto: errore\r\nX-Trasporto: Errore", "anomalia", false],
    ["X-Ricevuta: accettazione\r\nX-Ricevuta: accettazione", "accettazione", false],
    ["X-Trasporto: errore\r\nREM-MessageType: x", "anomalia", false],
    ["REM-MessageType: x\r\nREM-MessageType: y", "rem", true],
    ["X-Trasporto: errore", "anomalia", false],
  ])("says whether claims conflict: %j", (header, kind, conflicting) => {
    expect(read(`${header}\r\n\r\n`).envelope).toMatchObject({ kind, conflictingClaims: conflicting });
  });

  it.each([
    ["X-Tiporicevuta: breve", "breve"],
    ["X-TipoRicevuta: COMPLETA", "completa"],
    ["X-TipoRicevuta: sintetica", "sintetica"],
    ["X-TipoRicevuta: lunga", null],
    ["Subject: x", null],
  ])("reads the receipt asked for from %j", (header, expected) => {
    expect(read(`${header}\r\n\r\n`).envelope.requestedReceipt).toBe(expected);
  });
});

describe("readEnvelope: signed layer", () => {
  it("finds exactly the first child of multipart/signed", () => {
    const { envelope, bytes } = read(TRANSPORT);
    expect(envelope.signed).toMatchObject({ form: "detached", coversWholeMessage: true, extraParts: [] });
    const content = envelope.signed?.form === "detached" ? envelope.signed.content : null;
    // The content's own last line break is signed; the one before the delimiter is not.
    expect(content && textOf(bytes, content.range)).toBe(mixed(TEXT, DATICERT, POSTACERT));
  });

  it.each([
    ["by protocol", signed(mixed(TEXT), "Content-Type: application/octet-stream\r\n\r\nx"), "detached"],
    ["by protocol without x-", signed(mixed(TEXT), SIGNATURE, "Application/PKCS7-Signature"), "detached"],
    [
      "by the second part alone",
      signed(mixed(TEXT)).replace('protocol="application/x-pkcs7-signature"; ', ""),
      "detached",
    ],
    [
      "not by the second part under another protocol",
      signed(mixed(TEXT), SIGNATURE, "application/pgp-signature"),
      null,
    ],
    ["not by the second part under no known protocol", signed(mixed(TEXT), SIGNATURE, "x/foo"), null],
    ["not by the protocol of a part that is shown", signed(mixed(TEXT), "Content-Type: text/html\r\n\r\nx"), null],
    [
      "not by an unnamed part without a protocol",
      signed(mixed(TEXT), "Content-Type: application/octet-stream\r\n\r\nx").replace(/protocol="[^"]*"; /, ""),
      null,
    ],
    [
      "not PGP",
      signed(mixed(TEXT), "Content-Type: application/pgp-signature\r\n\r\nx", "application/pgp-signature"),
      null,
    ],
    ["opaque", "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx", "opaque"],
    ["opaque x-", "Content-Type: application/x-pkcs7-mime; smime-type=Signed-Data\r\n\r\nx", "opaque"],
    ["not encrypted", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx", null],
    [
      "no second part",
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=S\r\n\r\n--S\r\n\r\nx',
      null,
    ],
    ["no parts", 'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=S\r\n\r\n', null],
    ["unsigned", mixed(TEXT), null],
  ])("recognises a signature %s", (_, message, form) => {
    expect(read(message).envelope.signed?.form ?? null).toBe(form);
  });

  it("leaves the parts of an opaque signature to readSignedParts", () => {
    const { envelope } = read(
      "X-Ricevuta: accettazione\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx",
    );
    expect(envelope).toMatchObject({ kind: "accettazione", parts: null, daticert: null, daticertCount: 0 });
    const content = bytesOf(mixed(TEXT, DATICERT));
    const parts = readSignedParts(content, parseMime(content).root, "accettazione");
    expect(parts.parts).toHaveLength(2);
    expect(parts.daticert?.fileName).toBe("daticert.xml");
  });

  it("never says that a signature inside a multipart/mixed covers the whole message", () => {
    for (const message of [
      wrapped(TEXT, signed(mixed(TEXT, DATICERT))),
      wrapped(signed(mixed(TEXT, DATICERT)), TEXT),
    ]) {
      const { envelope } = read(`X-Ricevuta: accettazione\r\n${message}`);
      expect(envelope.kind).toBe("accettazione");
      expect(envelope.signed).toMatchObject({ form: "detached", coversWholeMessage: false });
    }
  });

  it("does not find a signature deeper than the direct children", () => {
    const deep = `X-Ricevuta: accettazione\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n${multipart("A", `Content-Type: multipart/mixed; boundary=B\r\n\r\n${multipart("B", signed(mixed(TEXT, DATICERT)))}`)}`;
    expect(read(deep).envelope.signed).toBeNull();
  });

  it("names parts beyond the two of multipart/signed", () => {
    const message = `Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=S\r\n\r\n${multipart("S", mixed(TEXT), SIGNATURE, TEXT)}`;
    const { signed: layer } = read(message).envelope;
    expect(layer?.form === "detached" ? layer.extraParts.length : -1).toBe(1);
  });

  it("reads a message without a signature by its own parts", () => {
    const { envelope } = read(`X-Ricevuta: accettazione\r\n${mixed(TEXT, DATICERT)}`);
    expect(envelope.signed).toBeNull();
    expect(envelope.daticert).not.toBeNull();
  });
});

describe("readEnvelope: daticert and original message", () => {
  const receipt = (...parts: readonly string[]): Envelope =>
    read(`X-Ricevuta: avvenuta-consegna\r\n${signed(mixed(TEXT, ...parts))}`).envelope;
  const xml = (header: string, body: string): string => `${header}\r\n\r\n${body}`;

  it.each([
    ["filename only", xml("Content-Disposition: attachment; filename=DatiCert.XML", "x"), 1],
    ["name only, as octet-stream", xml("Content-Type: application/octet-stream; name=daticert.xml", "x"), 1],
    [
      "no name, root postacert",
      xml("Content-Type: text/xml", '<?xml version="1.0"?><!-- x --><postacert tipo="x"/>'),
      1,
    ],
    [
      "no name, root postacert, base64",
      xml("Content-Type: application/xml\r\nContent-Transfer-Encoding: base64", base64("\r\n<postacert>")),
      1,
    ],
    ["another name, root postacert", xml("Content-Type: application/xml; name=certdata.xml", "<postacert>"), 1],
    ["root of another name", xml("Content-Type: application/xml", "<postacerts/>"), 0],
    ["mentioned in a comment", xml("Content-Type: application/xml", "<!-- <postacert> --><other/>"), 0],
    ["not XML", xml("Content-Type: text/plain", "<postacert/>"), 0],
  ])("finds the daticert: %s", (_, part, count) => {
    const envelope = receipt(part);
    expect(envelope.daticertCount).toBe(count);
    expect(envelope.daticert === null).toBe(count === 0);
  });

  it("prefers the one with the name, and counts those that could be it", () => {
    expect(receipt(xml("Content-Type: application/xml", "<postacert/>"), DATICERT)).toMatchObject({ daticertCount: 1 });
    expect(receipt(DATICERT, DATICERT)).toMatchObject({ daticertCount: 2 });
  });

  it("takes no daticert from deeper than the direct children", () => {
    expect(receipt(`Content-Type: multipart/mixed; boundary=D\r\n\r\n${multipart("D", DATICERT)}`).daticert).toBeNull();
    expect(receipt(`Content-Type: message/rfc822; name=postacert.eml\r\n\r\n${RECEIPT}`).daticert).toBeNull();
  });

  it("takes parts from a multipart/mixed only", () => {
    const message = `X-Ricevuta: accettazione\r\n${signed(mixed(TEXT, DATICERT).replace("multipart/mixed", "multipart/related"))}`;
    expect(read(message).envelope).toMatchObject({ parts: [], daticert: null });
  });

  it("finds the message of an anomaly, and a daticert that should not be beside it", () => {
    const { envelope, bytes } = read(
      `X-Trasporto: errore\r\n${signed(mixed(TEXT, DATICERT, `Content-Type: message/rfc822\r\n\r\n${ORIGINAL}`))}`,
    );
    expect(envelope).toMatchObject({ kind: "anomalia", daticertCount: 1 });
    expect(envelope.postacert && textOf(originalMessageBytes(bytes, envelope.postacert), { start: 0, end: 99 })).toBe(
      ORIGINAL,
    );
  });

  it.each([
    ["by name among several messages", ["Content-Type: message/rfc822\r\n\r\nSubject: other\r\n\r\n", POSTACERT]],
    ["unnamed", [`Content-Type: message/rfc822\r\n\r\n${ORIGINAL}`]],
    ["octet-stream by name", [`Content-Type: application/octet-stream; name=PostaCert.eml\r\n\r\n${ORIGINAL}`]],
    [
      "octet-stream in base64",
      [
        `Content-Type: application/octet-stream; name=postacert.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(ORIGINAL)}`,
      ],
    ],
    [
      "message in base64, which is illegal",
      [`Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(ORIGINAL)}`],
    ],
    [
      "message said to be base64 that is not",
      [`Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${ORIGINAL}`],
    ],
    [
      "by REM's section type",
      [
        "Content-Type: message/rfc822\r\n\r\nSubject: other\r\n\r\n",
        `Content-Type: message/rfc822\r\nREM-Section-Type: rem_message/original\r\n\r\n${ORIGINAL}`,
      ],
    ],
  ])("finds the original message: %s", (_, parts) => {
    const { envelope, bytes } = read(`X-Trasporto: posta-certificata\r\n${signed(mixed(TEXT, ...parts))}`);
    const original = envelope.postacert === null ? null : originalMessageBytes(bytes, envelope.postacert);
    expect(original && textOf(original, { start: 0, end: original.length })).toBe(ORIGINAL);
  });

  it.each([
    ["accettazione", "X-Ricevuta: accettazione", false],
    ["avvenuta-consegna", "X-Ricevuta: avvenuta-consegna", false],
    ["posta-certificata", "X-Trasporto: posta-certificata", true],
    ["anomalia", "X-Trasporto: errore", true],
  ])("takes a message that is not named postacert.eml for the original of an envelope only: %s", (_, header, taken) => {
    const bounce = "Content-Type: message/rfc822\r\n\r\nFrom: MAILER-DAEMON@x.test\r\n\r\nbounce";
    const { envelope } = read(`${header}\r\n${signed(mixed(TEXT, DATICERT, bounce))}`);
    expect(envelope.postacert !== null).toBe(taken);
    const both = read(`${header}\r\n${signed(mixed(TEXT, DATICERT, bounce, POSTACERT))}`).envelope;
    expect(both.postacert?.fileName).toBe("postacert.eml");
  });

  it("gives the original's bytes without a copy", () => {
    const { envelope, bytes } = read(TRANSPORT);
    expect(envelope.postacert && originalMessageBytes(bytes, envelope.postacert).buffer).toBe(bytes.buffer);
  });
});

describe("readEnvelope: attached messages", () => {
  const attach = (message: string, header = "Content-Type: message/rfc822"): string => `${header}\r\n\r\n${message}`;

  it.each([
    ["forwarded", attach(TRANSPORT), "posta-certificata"],
    [
      "receipt as octet-stream",
      attach(RECEIPT, "Content-Type: application/octet-stream; name=Ricevuta.EML"),
      "accettazione",
    ],
    [
      "in base64",
      attach(
        base64(RECEIPT),
        "Content-Type: application/octet-stream; name=a.eml\r\nContent-Transfer-Encoding: base64",
      ),
      "accettazione",
    ],
    [
      "message in base64",
      attach(base64(RECEIPT), "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64"),
      "accettazione",
    ],
  ])("finds one: %s", (_, part, kind) => {
    const { envelope, bytes } = read(`Subject: Fwd\r\n${wrapped(TEXT, part)}`);
    expect(envelope.kind).toBeNull();
    expect(envelope.attached.map(({ path, kind: claimed }) => [path, claimed])).toEqual([[[1], kind]]);
    const message = attachedMessageBytes(bytes, envelope.root, [1]);
    expect(message && readEnvelope(message, parseMime(message)).kind).toBe(kind);
  });

  it("goes into forwarded ordinary mail, and not into the PEC that it finds", () => {
    const forwarded = `Content-Type: multipart/mixed; boundary=I\r\n\r\n${multipart("I", TEXT, attach(`X-Trasporto: errore\r\nSubject: =?utf-8?Q?perch=C3=A9?=\r\n${signed(mixed(TEXT, attach(RECEIPT)))}`))}`;
    const { envelope } = read(wrapped(TEXT, attach(forwarded)));
    expect(envelope.attached.map(({ path, kind, subject }) => [path, kind, subject])).toEqual([
      [[1, 0, 1], "anomalia", "perché"],
    ]);
  });

  it("does not list ordinary attached mail, nor files that only look so by name", () => {
    const { envelope } = read(
      wrapped(
        TEXT,
        attach(ORIGINAL),
        attach("\r\nX-Ricevuta: accettazione", "Content-Type: application/octet-stream; name=a.eml"),
      ),
    );
    expect(envelope.attached).toEqual([]);
  });

  it("lists none for a message that claims something itself", () => {
    expect(
      read(TRANSPORT.replace('name="postacert.eml"', "name=x").replace(ORIGINAL, RECEIPT)).envelope.attached,
    ).toEqual([]);
  });

  it("stops at a depth and at a number", () => {
    const deep = "Content-Type: message/rfc822\r\n\r\n".repeat(50) + "X-Ricevuta: accettazione\r\n\r\n";
    expect(read(deep).envelope.attached).toEqual([]);
    const many = wrapped(...Array.from({ length: 500 }, () => attach("X-Ricevuta: accettazione\r\n\r\n")));
    expect(read(many).envelope.attached).toHaveLength(50);
  });

  it("gives null for a path that is not there", () => {
    const { envelope, bytes } = read(TRANSPORT);
    expect(attachedMessageBytes(bytes, envelope.root, [7, 1])).toBeNull();
  });
});

describe("readEnvelope: any bytes", () => {
  const message = bytesOf(TRANSPORT);

  it("reads an envelope cut off after any byte", () => {
    for (let length = 0; length <= message.length; length++) {
      const cut = message.subarray(0, length);
      const { kind } = readEnvelope(cut, parseMime(cut));
      expect(kind === null || kind === "posta-certificata").toBe(true);
    }
  });

  it("reads 1,000 damaged envelopes and gets bytes for whatever it finds", () => {
    const random = randomNumbers(2005);
    for (let count = 0; count < 1_000; count++) {
      const damaged = mutate(message, random);
      const { postacert, attached, root } = readEnvelope(damaged, parseMime(damaged));
      if (postacert !== null) expect(originalMessageBytes(damaged, postacert)).toBeInstanceOf(Uint8Array);
      for (const { path } of attached) expect(attachedMessageBytes(damaged, root, path)).not.toBeNull();
    }
  });

  it("finds the header of a message with 8-bit bytes everywhere", () => {
    const { envelope } = read(`X-Ricevuta: accettazione\r\nSubject: \xe8\r\n\r\n\xff\xfe`);
    expect(fieldValue(envelope.root, "Subject")).toBe("è");
    expect(envelope.kind).toBe("accettazione");
  });
});
