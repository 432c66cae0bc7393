// Belongs here: damage to messages that keeps them messages: fields, boundaries, parts, encodings, line ends, and pieces of others.
// Does NOT belong here: damage to the CMS (see mutate-der.ts), verdicts.
import { base64Lines, type ByteString, CRLF } from "../provider/mime-builder.ts";
import type { Random } from "./random.ts";

const FIELDS: readonly [ByteString, ...ByteString[]] = [
  "From: presidente@tribunale-inventato.test",
  'From: "Per conto di: altri@pec.test" <posta-certificata@pec.gestore-due.test>',
  "From: posta-certificata@pec.gestore-uno.test",
  "Sender: liste@tribunale-inventato.test",
  "Subject: POSTA CERTIFICATA: Pagamento urgente",
  "Subject: =?utf-8?Q?CONSEGNA=3A_?= altro",
  "Date: Mon, 1 Jan 2024 00:00:00 +0000",
  "Reply-To: risposte@truffa.test",
  "X-Trasporto: posta-certificata",
  "X-Trasporto: errore",
  "X-Ricevuta: avvenuta-consegna",
  "X-Ricevuta: accettazione",
  "X-Ricevuta: inventata",
  "REM-MessageType: http://uri.etsi.org/19522/v1#/ERDMessageType/dispatch",
  "Content-Type: text/html",
  'Content-Type: multipart/mixed; boundary="altro"',
  'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="altro"',
  "Content-Type: application/pkcs7-mime; smime-type=signed-data",
  "Content-Type: message/rfc822",
  "Content-Transfer-Encoding: base64",
  "Content-Transfer-Encoding: quoted-printable",
  "Content-Transfer-Encoding: x-uuencode",
  'Content-Disposition: attachment; filename="daticert.xml"',
  "Content-Disposition: attachment; filename*=utf-8''postacert.eml; filename=\"a\"",
  "MIME-Version: 1.0",
  "Message-ID: <x@y>",
  "Campo senza due punti",
  ": nessun nome",
  ` continuazione${CRLF}\t`,
  "From nessuno Thu Jan  1 00:00:00 1970",
  `X-Lungo: ${"a ".repeat(2_000)}`,
  `X-Codificato: ${"=?utf-8?B?YQ==?= ".repeat(50)}`,
];

const DISGUISES = [
  "\f",
  "\v",
  "\0",
  "\r",
  "\t",
  " ",
  `${CRLF} `,
  "\xa0",
  "\x85",
  "\xef\xbb\xbf",
  "\\",
  '"',
  "(",
  "=?",
  ";",
  "--",
] as const;

const DECOYS: readonly [ByteString, ...ByteString[]] = [
  `Content-Type: text/html${CRLF}${CRLF}<p>Paghi subito.</p>${CRLF}`,
  `Content-Type: text/plain${CRLF}${CRLF}Paghi subito.${CRLF}`,
  `Content-Type: application/xml; name="daticert.xml"${CRLF}${CRLF}<postacert tipo="accettazione"/>${CRLF}`,
  `Content-Type: message/rfc822; name="postacert.eml"${CRLF}${CRLF}From: a@b${CRLF}${CRLF}Paghi subito.${CRLF}`,
  `Content-Type: application/x-pkcs7-signature; name="smime.p7s"${CRLF}Content-Transfer-Encoding: base64${CRLF}${CRLF}MIIB${CRLF}`,
  `Content-Type: multipart/mixed; boundary="dentro"${CRLF}${CRLF}--dentro${CRLF}${CRLF}x${CRLF}--dentro--${CRLF}`,
  CRLF,
  "",
];

/** Index of the first character after a line break, at or after a random place; the beginning when there is none. */
function lineStart(text: ByteString, random: Random, limit = text.length): number {
  const at = text.indexOf("\n", random.below(limit));
  return at < 0 ? 0 : at + 1;
}

function boundaries(text: ByteString): readonly string[] {
  return [...text.matchAll(/boundary="([^"\r\n]+)"/g)].map(([, boundary = ""]) => boundary);
}

/** Where a header ends, of the message or of a part: fields are put before. */
function headerLimit(text: ByteString): number {
  const end = text.indexOf(CRLF + CRLF);
  return end < 0 ? text.length : end + 2;
}

const OPERATIONS: readonly [Operation, ...Operation[]] = [
  // A field put in at the top header, or anywhere.
  (text, random) => {
    const at = lineStart(text, random, random.chance(0.7) ? headerLimit(text) : text.length);
    return text.slice(0, at) + random.pick(FIELDS) + CRLF + text.slice(at);
  },
  // A field in disguise: an odd character in or after its name, its value, its line end.
  (text, random) => {
    const at = random.below(random.chance(0.7) ? headerLimit(text) : text.length);
    const near = random.chance(0.5) ? text.indexOf(":", at) : at;
    const place = near < 0 ? at : near;
    return text.slice(0, place) + random.pick(DISGUISES) + text.slice(place);
  },
  // Lines removed, repeated, moved.
  (text, random) => {
    const start = lineStart(text, random, random.chance(0.6) ? headerLimit(text) : text.length);
    const end = lineStart(text.slice(start), random, 200) + start;
    const line = text.slice(start, end);
    const without = text.slice(0, start) + text.slice(end);
    switch (random.below(3)) {
      case 0:
        return without;
      case 1:
        return text.slice(0, start) + line.repeat(random.count(20)) + text.slice(start);
      default: {
        const at = lineStart(without, random);
        return without.slice(0, at) + line + without.slice(at);
      }
    }
  },
  // A part put before a delimiter, after one, or in place of one.
  (text, random) => {
    const boundary = random.pick(boundaries(text));
    if (boundary === undefined) return text;
    const places = [...text.matchAll(/\n--/g)].map(({ index }) => index + 1);
    const at = random.pick(places) ?? text.length;
    const delimiter = `--${boundary}${random.pick(["", "", "", "--", " ", "\t", "\f", "x", "\r"])}${random.pick([CRLF, CRLF, "\n", "\r"])}`;
    return text.slice(0, at) + delimiter + random.pick(DECOYS) + text.slice(at);
  },
  // A boundary renamed where it is declared, where it is used, or lengthened into another's prefix.
  (text, random) => {
    const boundary = random.pick(boundaries(text));
    if (boundary === undefined) return text;
    const other = random.pick([
      boundary.slice(0, -1),
      `${boundary}-`,
      `${boundary}--`,
      `${boundary} `,
      `=?us-ascii?Q?${boundary}?=`,
      boundary.toUpperCase(),
      random.pick(boundaries(text)) ?? "",
      "b".repeat(1_200),
    ]);
    switch (random.below(3)) {
      case 0:
        return text.replace(`boundary="${boundary}"`, () => `boundary="${other}"`);
      case 1:
        return text.replace(`--${boundary}`, () => `--${other}`);
      default:
        return text.replace(
          `boundary="${boundary}"`,
          () => `boundary*0="${boundary.slice(0, 5)}"; boundary*1="${boundary.slice(5)}"; boundary=${other}`,
        );
    }
  },
  // Line ends: all, those of the header, or some.
  (text, random) => {
    const limit = random.chance(0.3) ? headerLimit(text) : text.length;
    const [search, replacement] = random.pick([
      [/\r\n/g, "\n"],
      [/\r\n/g, "\r"],
      [/\r?\n/g, "\r\r\n"],
      [/\r\n/g, "\n\r"],
      [/\r\n/g, random.chance(0.5) ? "\n" : "\r\n"],
    ] as const);
    const some = random.chance(0.5);
    return (
      text.slice(0, limit).replace(search, (match) => (some && random.chance(0.5) ? match : replacement)) +
      text.slice(limit)
    );
  },
  // The whole message inside another: as a part, as an attached message, below many levels.
  (text, random, donor) => {
    const headerEnd = headerLimit(text);
    const header = text.slice(0, headerEnd).replace(/^content-[^\r]*(\r\n[ \t][^\r]*)*\r\n/gim, "");
    const body = /^content-[^\r]*(\r\n[ \t][^\r]*)*\r\n/gim.exec(text.slice(0, headerEnd))?.[0] ?? "";
    const inner = random.pick([
      body + text.slice(headerEnd),
      `Content-Type: message/rfc822${CRLF}${CRLF}${text}`,
      donor,
    ]);
    const depth = random.count(random.pick([1, 3, 120]));
    const opening = Array.from(
      { length: depth },
      (_, level) =>
        `Content-Type: multipart/${random.pick(["mixed", "alternative", "signed", "digest"])}; boundary="w${level}"${CRLF}${CRLF}--w${level}${CRLF}`,
    ).join("");
    return header + opening + inner + (random.chance(0.7) ? `${CRLF}--w${depth - 1}${CRLF}${random.pick(DECOYS)}` : "");
  },
  // Head of one, tail of another, cut at lines or at parts.
  (text, random, donor) => {
    const pattern = random.pick(["\n", "\n--", "\r\n\r\n"]);
    const here = text.indexOf(pattern, random.below(text.length));
    const there = donor.indexOf(pattern, random.below(donor.length));
    return text.slice(0, here < 0 ? text.length : here) + donor.slice(Math.max(there, 0));
  },
  // The donor's header over this body.
  (text, _random, donor) => donor.slice(0, headerLimit(donor)) + text.slice(headerLimit(text)),
  // A piece in another encoding, announced or not.
  (text, random) => {
    const start = lineStart(text, random);
    const end = start + random.below(4_000);
    const piece = text.slice(start, end);
    const announced = random.chance(0.5) ? `Content-Transfer-Encoding: base64${CRLF}${CRLF}` : "";
    return text.slice(0, start) + announced + base64Lines(piece) + CRLF + text.slice(end);
  },
];

type Operation = (text: ByteString, random: Random, donor: ByteString) => ByteString;

/** A message with one to a few damages to its structure. */
export function mutateMessage(message: ByteString, random: Random, donor: ByteString): ByteString {
  let mutated = message;
  for (let rounds = random.count(4); rounds > 0; rounds--) mutated = random.pick(OPERATIONS)(mutated, random, donor);
  return mutated;
}
