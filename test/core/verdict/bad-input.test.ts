// Bad input (each has a verdict, within the test's hang limit), and the embedding property: nothing inside an original message
// changes what is said of the envelope around it.
import { describe, expect, it } from "vitest";
import {
  extractOriginal,
  inspect,
  shippedAuthorities,
  withExtraAuthorities,
  type Inspection,
} from "../../../src/core/index.ts";
import { allCases, caseNamed } from "../../provider/all-cases.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";
import { CRLF, entity, toByteString, toBytes, type ByteString } from "../../provider/mime-builder.ts";
import { SHORT_ENVELOPE } from "../../provider/sample-drafts.ts";
import { sealMessage, signaturePart, signedEntity, signedMessage, type Draft } from "../../provider/sign-message.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";
import { processorTime } from "../processor-time.ts";

/** The limit of the specification for one message, milliseconds of the processor's own time. */
const HANG_LIMIT = 2_000;

const judge = async (message: ByteString | Uint8Array): Promise<Inspection> =>
  inspect(typeof message === "string" ? toBytes(message) : message, {
    now: DEMO_NOW,
    anchors: await withExtraAuthorities(await shippedAuthorities(), extraAuthorities),
  });
async function judgeInTime(message: ByteString | Uint8Array, limit: number): Promise<Inspection> {
  const { result, spent } = await processorTime(() => judge(message));
  expect(spent).toBeLessThan(limit);
  return result;
}
const verdict = ({ kind, seal }: Inspection): string =>
  [kind, seal.indication, seal.subIndication].filter((part) => part !== null).join(" / ");

/** An original message with the sender that the certification data name. */
const originalHeader = SHORT_ENVELOPE.postacert?.split(CRLF + CRLF)[0] ?? "";
const originalWith = (fields: ByteString, body: ByteString): ByteString =>
  [originalHeader.replace(/^(Content-|MIME-)[^\r]*(\r\n[ \t][^\r]*)*\r\n/gim, ""), fields, "", body].join(CRLF);

function nested(depth: number): ByteString {
  const opening = Array.from({ length: depth }, (_, level) =>
    [`--b${level}`, `Content-Type: multipart/mixed; boundary="b${level + 1}"`, "", ""].join(CRLF),
  );
  return opening.join("");
}

const envelopeWith = (change: Partial<Draft>): ByteString =>
  sealMessage({ ...SHORT_ENVELOPE, boundary: "Outermost", ...change });
const unsignedClaim = (rest: readonly ByteString[]): ByteString =>
  ["From: posta-certificata@pec.gestore-uno.test", "X-Trasporto: posta-certificata", ...rest].join(CRLF);

const BILLION_LAUGHS =
  '<!DOCTYPE p [<!ENTITY a "ha">' +
  Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? "" : n - 1};`.repeat(10)}">`).join("") +
  "]><postacert>&a29;</postacert>";

const BAD: readonly (readonly [name: string, message: () => ByteString, verdict: string])[] = [
  ["empty file", () => "", "NONE"],
  ["one line break", () => CRLF, "NONE"],
  ["zero bytes only", () => "\0".repeat(10_000), "NONE"],
  [
    "10,000 nested parts",
    () => unsignedClaim(['Content-Type: multipart/mixed; boundary="b0"', "", nested(10_000)]),
    "posta-certificata / TOTAL-FAILED / FORMAT_FAILURE",
  ],
  [
    "100,000 header fields",
    () => unsignedClaim([...Array.from({ length: 100_000 }, (_, n) => `X-${n}: x`), "", ""]),
    "posta-certificata / TOTAL-FAILED / FORMAT_FAILURE",
  ],
  [
    "a header line of 10 MB",
    () => unsignedClaim([`Subject: ${"a".repeat(10_000_000)}`, "", ""]),
    "posta-certificata / TOTAL-FAILED / FORMAT_FAILURE",
  ],
  [
    "a line of 10 MB that begins like a delimiter",
    () => unsignedClaim(['Content-Type: multipart/mixed; boundary="b"', "", `--b${"-".repeat(10_000_000)}`]),
    "posta-certificata / TOTAL-FAILED / FORMAT_FAILURE",
  ],
  [
    "1,000,000 lines that begin like a delimiter",
    () => unsignedClaim(['Content-Type: multipart/mixed; boundary="b"', "", `--bb${CRLF}`.repeat(1_000_000)]),
    "posta-certificata / TOTAL-FAILED / FORMAT_FAILURE",
  ],
  [
    "daticert of 5 MB",
    () => envelopeWith({ daticertXml: `<postacert>${"<x/>".repeat(1_300_000)}</postacert>` }),
    "posta-certificata / TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE",
  ],
  [
    "billion laughs",
    () => envelopeWith({ daticertXml: BILLION_LAUGHS }),
    "posta-certificata / TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE",
  ],
  [
    "daticert that is no XML",
    () => envelopeWith({ daticertXml: "\0\u0001<<<&&&" }),
    "posta-certificata / TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE",
  ],
  [
    "CMS of 10 MB of garbage",
    () => {
      const content = signedEntity(SHORT_ENVELOPE);
      const garbage = Buffer.alloc(10_000_000, 0x30).toString("base64");
      return signedMessage(SHORT_ENVELOPE.header, "x", [content, signaturePart(garbage)]);
    },
    "posta-certificata / TOTAL-FAILED / FORMAT_FAILURE",
  ],
];

describe("bad input", () => {
  it.each(BAD)("%s", async (_, message, expected) => {
    const inspection = await judgeInTime(message(), HANG_LIMIT);
    expect(verdict(inspection)).toBe(expected);
    if (inspection.kind !== null) expect(inspection.checks.some((check) => check.outcome === "FAILED")).toBe(true);
  });

  it("a message cut at any byte never passes, and never throws", { timeout: 60_000 }, async () => {
    const message = toBytes(sealMessage(SHORT_ENVELOPE));
    const complete = await judge(message);
    expect(complete.seal.indication).toBe("TOTAL-PASSED");
    // The last bytes are the closing delimiter, outside what is signed.
    const signatureEnd = toByteString(message).lastIndexOf(`${CRLF}------=_Signed`);
    for (let end = 0; end < signatureEnd - 10; end += 37) {
      expect((await judge(message.subarray(0, end))).seal.indication).not.toBe("TOTAL-PASSED");
    }
  });
});

const EMBEDDED: readonly (readonly [name: string, original: () => ByteString])[] = [
  ["10,000 nested parts", () => originalWith('Content-Type: multipart/mixed; boundary="b0"', nested(10_000))],
  [
    "20,000 parts side by side",
    () => originalWith('Content-Type: multipart/mixed; boundary="b"', `--b${CRLF}${CRLF}x${CRLF}`.repeat(20_000)),
  ],
  ["100,000 header fields", () => originalWith(Array.from({ length: 100_000 }, (_, n) => `X-${n}: x`).join(CRLF), "x")],
  ["a header line of 10 MB", () => originalWith(`X-Long: ${"a".repeat(10_000_000)}`, "x")],
  [
    "an unclosed multipart",
    () => originalWith('Content-Type: multipart/mixed; boundary="never closed"', `--never closed${CRLF}${CRLF}x`),
  ],
];

describe("what an original message contains does not change what is said of its envelope", () => {
  it.each(EMBEDDED)("%s", async (_, original) => {
    const inspection = await judgeInTime(envelopeWith({ postacert: original() }), 2 * HANG_LIMIT);
    expect(inspection.checks.filter((check) => check.outcome === "FAILED")).toEqual([]);
    expect(verdict(inspection)).toBe("posta-certificata / TOTAL-PASSED");
  });

  it("any message of the provider, right or forged", { timeout: 60_000 }, async () => {
    for (const { name, bytes } of allCases()) {
      // As an attachment of the original, so that the original keeps its sender.
      // A mail travels with CRLF line ends, and is signed as such.
      const travelled = toByteString(bytes).replace(/\r?\n/g, CRLF);
      const attached = entity([["Content-Type", 'message/rfc822; name="postacert.eml"']], travelled);
      const original = originalWith(
        'Content-Type: multipart/mixed; boundary="outer-of-test"',
        [`--outer-of-test`, attached, `--outer-of-test--`, ""].join(CRLF),
      );
      expect(`${name}: ${verdict(await judge(envelopeWith({ postacert: original })))}`).toBe(
        `${name}: posta-certificata / TOTAL-PASSED`,
      );
    }
  });
});

/** What a sender may write; each is put into the original as it stands. */
const HOSTILE: readonly (readonly [name: string, original: () => ByteString])[] = [
  ["lines of an mbox file", () => originalWith("X-A: b", ["From nessuno", ">From nessuno", ">>From x"].join(CRLF))],
  [
    "lines that look like delimiters",
    () => originalWith("X-A: b", ["--", "----", "--x--", "------=_Signed", ""].join(CRLF)),
  ],
  ["8-bit and NUL", () => originalWith("X-\xe8: \xff\0", "\0\x80\xff\x1a")],
  ["a header of PEC", () => originalWith(["X-Trasporto: errore", "X-Ricevuta: accettazione"].join(CRLF), "x")],
  [
    "parts of PEC by name",
    () =>
      originalWith(
        'Content-Type: multipart/mixed; boundary="b"',
        [
          ...["--b", 'Content-Type: application/xml; name="daticert.xml"', "", "<postacert tipo='accettazione'/>"],
          ...["--b", 'Content-Type: message/rfc822; name="postacert.eml"', "", "From: altri@altrove.test", "", "x"],
          ...["--b", 'Content-Type: application/x-pkcs7-signature; name="smime.p7s"', "", "MIIB", "--b--", ""],
        ].join(CRLF),
      ),
  ],
  [
    "an opaque signature and an encrypted mail",
    () => originalWith("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "MIIB"),
  ],
  ["no end of the header", () => originalHeader],
  [
    "a message in base64",
    () => originalWith("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64", "RnJvbTogYQ=="),
  ],
];

describe.each([
  ["CRLF", (message: ByteString) => message],
  ["LF", (message: ByteString) => message.replaceAll(CRLF, "\n")],
])("hostile originals, stored with %s", (_, stored) => {
  it.each(HOSTILE)("%s", async (__, original) => {
    const inspection = await judge(stored(envelopeWith({ postacert: original() })));
    expect(inspection.checks.filter(({ outcome }) => outcome === "FAILED" || outcome === "WARNING")).toEqual([]);
    expect(verdict(inspection)).toBe("posta-certificata / TOTAL-PASSED");
  });
});

describe("how lines end does not change a verdict", () => {
  const LINE_ENDS: readonly (readonly [name: string, rewrite: (message: ByteString) => ByteString])[] = [
    ["LF", (message) => message.replaceAll(CRLF, "\n")],
    ["CRLF in the header alone", (message) => rewrittenAfterHeader(message)],
    ["LF at every second line", (message) => everySecond(message)],
  ];
  const rewrittenAfterHeader = (message: ByteString): ByteString => {
    const end = message.indexOf(CRLF + CRLF);
    return end < 0 ? message : message.slice(0, end) + message.slice(end).replaceAll(CRLF, "\n");
  };
  const everySecond = (message: ByteString): ByteString => {
    let line = 0;
    return message.replaceAll(CRLF, () => (line++ % 2 === 0 ? "\n" : CRLF));
  };
  // What has line ends of other kinds of its own cannot be told from one that a system rewrote.
  const cases = allCases().filter(({ bytes }) => !/\r(?!\n)|(?<!\r)\n/.test(toByteString(bytes)));

  it.each(LINE_ENDS)("%s", { timeout: 60_000 }, async (_, rewrite) => {
    expect(cases.length).toBeGreaterThan(150);
    for (const { name, bytes, now } of cases) {
      const anchors = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
      const told = async (message: Uint8Array): Promise<unknown> => {
        const { kind, look, seal, signature, checks } = await inspect(message, { now, anchors });
        return {
          name,
          kind,
          look,
          seal,
          indication: signature?.indication,
          checks: checks.map(({ id, outcome }) => `${id} ${outcome}`),
        };
      };
      expect(await told(toBytes(rewrite(toByteString(bytes))))).toEqual(await told(bytes));
    }
  });
});

describe("counterfeits are named", () => {
  const named = async (name: string): Promise<string | undefined> => {
    const { checks } = await judge(caseNamed(name).bytes);
    return checks.find(({ id }) => id === "imitation")?.detail["code"];
  };

  it.each([
    ["imitation-by-subject", "SUBJECT"],
    ["imitation-by-encoded-subject", "SUBJECT"],
    ["imitation-by-display-name", "DISPLAY_NAME"],
    ["imitation-with-claim-and-display-name", "DISPLAY_NAME"],
    ["imitation-of-service-address", "SERVICE_ADDRESS"],
    ["imitation-on-users-domain", "NO_SERVICE_DOMAIN"],
    ["receipt-wrapped-in-envelope", "SEALED_MESSAGE_INSIDE"],
    ["envelope-wrapped-in-receipt", "SEALED_MESSAGE_INSIDE"],
    ["envelope", undefined],
    ["ordinary-mail", undefined],
    ["ordinary-forward-of-pec-with-its-subject", undefined],
    ["ordinary-mail-with-everyday-prefix", undefined],
    ["ordinary-mail-of-newsletter", undefined],
    ["ordinary-mail-of-courier", undefined],
    ["ordinary-mail-of-monitor", undefined],
    ["rem-dispatch", undefined],
  ])("%s: %s", async (name, code) => {
    expect(await named(name)).toBe(code);
  });

  it("an address in letters of another alphabet is shown so that it looks different", async () => {
    const { checks, header } = await judge(caseNamed("from-cyrillic-domain").bytes);
    const detailOf = (id: string) => checks.find((check) => check.id === id)?.detail;
    expect(detailOf("from-field")).toEqual({ code: "FOREIGN_LETTERS", found: header.fromAddress });
    expect(detailOf("signer-address")).toEqual({
      expected: header.fromAddress,
      found: "posta-certificata@pec.gestore-uno.test",
    });
    expect(header.fromAddress).toMatch(/^posta-certificata@pec\.xn--[a-z0-9-]+\.test$/);
  });

  it("of several signers all are named, and nothing else follows", async () => {
    const { checks, look } = await judge(caseNamed("container-person-beside-provider").bytes);
    const format = checks.find(({ id }) => id === "cms-format");
    expect([format?.outcome, format?.detail["code"], look]).toEqual(["WARNING", "SEVERAL_SIGNERS", "sealed"]);
    expect(format?.detail["found"]?.split(" · ")).toHaveLength(2);
  });
});

describe("headers made to be read in two ways", () => {
  it("a carriage return that hides a second From", async () => {
    const header = SHORT_ENVELOPE.header.map(([name, value]): Draft["header"][number] =>
      name === "Subject" ? [name, `${value}\rFrom: giudice@tribunale.test`] : [name, value],
    );
    const inspection = await judge(sealMessage({ ...SHORT_ENVELOPE, header }));
    expect(verdict(inspection)).toBe("posta-certificata / TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE");
    expect(inspection.checks.find(({ id }) => id === "structure")?.detail["found"]).toBe("STRAY_CARRIAGE_RETURN");
  });

  it("a certified envelope relabelled as ordinary mail", async () => {
    const header = SHORT_ENVELOPE.header.map(([name, value]): Draft["header"][number] =>
      name === "X-Trasporto" ? [name, "errore"] : [name, value],
    );
    const inspection = await judge(sealMessage({ ...SHORT_ENVELOPE, header }));
    expect(verdict(inspection)).toBe("anomalia / TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE");
    expect(inspection.look).toBe("not-valid");
  });
});

describe("authentic messages that were stored another way", () => {
  const original = `${SHORT_ENVELOPE.postacert ?? ""}${CRLF}From qui in poi${CRLF}>From già quotato${CRLF}`;
  const sealed = sealMessage({ ...SHORT_ENVELOPE, postacert: original });

  it("lines beginning with From, quoted by an mbox file", async () => {
    const stored = sealed.replace(/\r\n(>*From )(?=qui|gi)/g, "\r\n>$1");
    expect(stored).not.toBe(sealed);
    expect(verdict(await judge(stored))).toBe("posta-certificata / TOTAL-PASSED");
  });

  it("the same by programs that quote only what was not quoted before", async () => {
    const body = `${SHORT_ENVELOPE.postacert ?? ""}${CRLF}From qui in poi${CRLF}>>From già quotato${CRLF}`;
    const stored = sealMessage({ ...SHORT_ENVELOPE, postacert: body }).replace("\r\nFrom qui", "\r\n>From qui");
    expect(verdict(await judge(stored))).toBe("posta-certificata / TOTAL-PASSED");
  });

  it("what is shown and handed out is what was signed, without the signs that the file has put before it", async () => {
    const stored = toBytes(sealed.replace("\r\nFrom qui", "\r\n>From qui").replace(">From già", ">>From già"));
    const handedOut = toByteString((await extractOriginal(stored)) ?? new Uint8Array());
    expect(handedOut).toContain("\r\nFrom qui in poi\r\n>From già");
  });

  it("a field of the original that other programs read cannot be hidden by such a sign", async () => {
    const twoSenders = original.replace(/^From: /m, () => "From : Giudice <giudice@tribunale.test>\r\nFrom: ");
    const genuine = sealMessage({ ...SHORT_ENVELOPE, postacert: twoSenders });
    const failure = "posta-certificata / TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE";
    expect(verdict(await judge(genuine))).toBe(failure);
    const stored = genuine.replace(/^(>*From )(?=:|qui|gi)/gm, ">$1");
    expect(stored).toContain("\r\n>From : Giudice");
    expect(verdict(await judge(stored))).toBe(failure);
  });

  it("other text put before a line", async () => {
    expect(verdict(await judge(sealed.replace("\r\nFrom qui", "\r\n>>From qui")))).toBe(
      "posta-certificata / TOTAL-FAILED / HASH_FAILURE",
    );
    expect(verdict(await judge(sealed.replace("\r\nFrom qui", "\r\n>Dal qui")))).toBe(
      "posta-certificata / TOTAL-FAILED / HASH_FAILURE",
    );
  });
});
