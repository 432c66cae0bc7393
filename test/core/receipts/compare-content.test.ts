import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compareContent } from "../../../src/core/receipts/compare-content.ts";
import {
  type Correspondence,
  envelopedOriginal,
  hashedOriginal,
  originalMessage,
} from "../../provider/correspondence.ts";
import { base64Lines, CRLF, toBytes } from "../../provider/mime-builder.ts";
import { SHORT_MAIL } from "../../provider/sample-mail.ts";
import { processorTime } from "../processor-time.ts";

const MAIL: Correspondence = {
  ...SHORT_MAIL,
  attachments: [
    { name: "diffida.pdf", contentType: "application/pdf", content: "%PDF-1.4 diffida \r\n\x00\xff" },
    { name: "perché è così.txt", contentType: "text/plain", content: "riga uno\r\nriga due\r\n" },
    {
      name: "inoltrato.eml",
      contentType: "message/rfc822",
      content: ["Subject: dentro", "", "testo", ""].join(CRLF),
    },
  ],
};

const sent = toBytes(originalMessage(MAIL));
const withLf = (bytes: Uint8Array): Uint8Array => bytes.filter((byte, index) => byte !== 13 || bytes[index + 1] !== 10);
const replaced = (text: string, from: string, to: string): Uint8Array => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return toBytes(text.replace(from, to));
};

describe("complete receipt", () => {
  const returned = envelopedOriginal(MAIL);

  it("is the same although the identifier was rewritten and fields were added", async () => {
    const comparison = await compareContent(sent, toBytes(returned));
    expect(comparison.outcome).toBe("same");
    expect(comparison).toMatchObject({
      parts: [{ name: null }, { name: "diffida.pdf" }, { name: "perché è così.txt" }, { name: "inoltrato.eml" }],
    });
  });

  it("is the same when one of the copies has other line ends", async () => {
    expect((await compareContent(withLf(sent), toBytes(returned))).outcome).toBe("same");
    expect((await compareContent(sent, withLf(toBytes(returned)))).outcome).toBe("same");
  });

  it("is the same when a part was encoded anew", async () => {
    const plain: Correspondence = { ...MAIL, text: "testo", html: null, attachments: [] };
    const recoded = envelopedOriginal(plain)
      .replace("Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: base64")
      .replace(/\r\n\r\n[^]*$/, `${CRLF}${CRLF}${Buffer.from("testo\r\n").toString("base64")}${CRLF}`);
    expect((await compareContent(toBytes(originalMessage(plain)), toBytes(recoded))).outcome).toBe("same");
  });

  it("names the attachment that differs", async () => {
    const changed = {
      ...MAIL,
      attachments: [{ ...MAIL.attachments[0], content: "%PDF-1.4 altro" }, ...MAIL.attachments.slice(1)],
    };
    expect(await compareContent(sent, toBytes(envelopedOriginal(changed as Correspondence)))).toEqual({
      outcome: "differs",
      differences: [
        { what: "part-changed", part: { name: "diffida.pdf", contentType: "application/pdf", hashedForm: null } },
      ],
    });
  });

  it("names the text, a missing part, an added part and a header field that differ", async () => {
    const text = await compareContent(sent, toBytes(envelopedOriginal({ ...MAIL, text: "tutt'altro" })));
    expect(text).toMatchObject({ outcome: "differs", differences: [{ what: "part-changed", part: { name: null } }] });
    const missing = await compareContent(
      sent,
      toBytes(envelopedOriginal({ ...MAIL, attachments: MAIL.attachments.slice(1) })),
    );
    expect(missing).toMatchObject({ differences: [{ what: "part-missing", part: { name: "diffida.pdf" } }] });
    const fewer = toBytes(originalMessage({ ...MAIL, attachments: MAIL.attachments.slice(1) }));
    const added = await compareContent(fewer, toBytes(returned));
    expect(added).toMatchObject({ differences: [{ what: "part-added", part: { name: "diffida.pdf" } }] });
    const field = await compareContent(sent, toBytes(envelopedOriginal({ ...MAIL, subject: "Altro oggetto" })));
    expect(field).toMatchObject({ differences: [{ what: "field", name: "Subject", returned: "Altro oggetto" }] });
  });
});

describe("brief receipt", () => {
  const brief = hashedOriginal(MAIL);

  it("agrees by the hash of the decoded attachment, and says so", async () => {
    const comparison = await compareContent(sent, toBytes(brief));
    expect(comparison.outcome).toBe("same");
    expect(comparison).toMatchObject({
      parts: expect.arrayContaining([
        expect.objectContaining({ name: "diffida.pdf", hashedForm: "decoded" }),
      ]) as unknown,
    });
  });

  type Attachment = Correspondence["attachments"][number];
  /** Longer than a line of base64, which alone would not tell the forms apart. */
  const LONG: Attachment = {
    name: "diffida.pdf",
    contentType: "application/pdf",
    content: "%PDF-1.4 diffida \r\n\x00\xff".repeat(9),
  };
  const encoded = base64Lines(LONG.content);
  const lf = (content: string): string => content.replaceAll(CRLF, "\n");
  const sha1 = (content: string): string => createHash("sha1").update(content, "latin1").digest("hex");
  const stores = [(bytes: Uint8Array): Uint8Array => bytes, withLf];
  const agrees = (name: string, hashedForm: string) => ({
    outcome: "same",
    parts: expect.arrayContaining([expect.objectContaining({ name, hashedForm })]) as unknown,
  });
  /** A copy with that attachment, and the brief receipt whose hash is of `hashed`. */
  const pair = (attachment: Attachment, hashed: string) => {
    const one: Correspondence = { ...MAIL, attachments: [attachment] };
    return {
      copy: originalMessage(one),
      receipt: replaced(hashedOriginal(one), sha1(attachment.content), sha1(hashed).toUpperCase()),
    };
  };

  it.each([
    ["decoded", LONG.content],
    ["encoded-crlf", encoded],
    ["encoded-crlf-final", `${encoded}${CRLF}`],
    ["encoded-lf", lf(encoded)],
    ["encoded-lf-final", `${lf(encoded)}\n`],
    ["encoded-one-line", encoded.replaceAll(CRLF, "")],
  ])("agrees by the form %s, whatever line ends the copy is stored with", async (form, hashed) => {
    const { copy, receipt } = pair(LONG, hashed);
    for (const store of stores) {
      expect(await compareContent(store(toBytes(copy)), receipt)).toMatchObject(agrees("diffida.pdf", form));
    }
  });

  const ATTACHED = ["Subject: dentro", "", "testo", "", "", ""].join(CRLF);
  it.each([
    ["decoded", ATTACHED],
    ["encoded-crlf", ATTACHED.trimEnd()],
    ["encoded-crlf-final", ATTACHED.trimEnd() + CRLF],
    ["encoded-crlf-final", ATTACHED + CRLF],
    ["encoded-lf", lf(ATTACHED.trimEnd())],
    ["encoded-lf-final", `${lf(ATTACHED)}\n`],
  ])(
    "agrees with an attached message by the form %s, whatever line ends the copy is stored with",
    async (form, hashed) => {
      const message: Attachment = { name: "inoltrato.eml", contentType: "message/rfc822", content: ATTACHED };
      const { copy, receipt } = pair(message, hashed);
      for (const store of stores) {
        expect(await compareContent(store(toBytes(copy)), receipt)).toMatchObject(agrees("inoltrato.eml", form));
      }
    },
  );

  it.each([
    ["quoted-printable", "perch=C3=A9=20s=C3=AC\r\nriga due\r\n", "perch\xc3\xa9 s\xc3\xac\r\nriga due\r\n"],
    ["8bit", "perch\xc3\xa9\r\n\r\n", "perch\xc3\xa9\r\n\r\n"],
  ])(
    "agrees with a text attachment in %s as it was on the way, although the copy is stored with LF",
    async (encoding, stored, content) => {
      const text: Attachment = { name: "nota.txt", contentType: "text/plain", content };
      const { copy, receipt } = pair(text, content);
      const attached = `Content-Transfer-Encoding: base64${CRLF}Content-Disposition: attachment`;
      const inSent = copy
        .replace(attached, attached.replace("base64", encoding))
        .replace(base64Lines(content), () => stored);
      expect(inSent).toContain(stored);
      for (const store of stores) {
        expect(await compareContent(store(toBytes(inSent)), receipt)).toMatchObject(agrees("nota.txt", "decoded"));
      }
    },
  );

  it("is compared in a moment although hundreds of its hashes agree with no large attachment", async () => {
    const large: Attachment = { ...LONG, content: "x".repeat(500_000) };
    const { copy } = pair(large, "");
    const hash = (index: number): Attachment => ({ ...LONG, name: `${String(index)}.bin`, content: String(index) });
    const receipt = hashedOriginal({ ...MAIL, attachments: Array.from({ length: 400 }, (_, index) => hash(index)) });
    const { result, spent } = await processorTime(() => compareContent(toBytes(copy), toBytes(receipt)));
    expect(result).toMatchObject({ outcome: "differs" });
    // Hashed for each of them the attachment takes more than a minute.
    expect(spent).toBeLessThan(5_000);
  });

  it("accepts SHA-256 and matches by value whatever the name", async () => {
    const one: Correspondence = { ...MAIL, attachments: MAIL.attachments.slice(0, 1) };
    const content = Buffer.from(one.attachments[0]?.content ?? "", "latin1");
    const [ours, theirs] = ["sha1", "sha256"].map((name) => createHash(name).update(content).digest("hex"));
    const renamed = hashedOriginal(one).replaceAll("diffida.pdf.hash", "DIFFIDA_1.PDF.HASH");
    const comparison = await compareContent(toBytes(originalMessage(one)), replaced(renamed, ours ?? "", theirs ?? ""));
    expect(comparison.outcome).toBe("same");
  });

  it("cannot be compared when a hash agrees with nothing; that is no difference", async () => {
    const one: Correspondence = { ...MAIL, attachments: MAIL.attachments.slice(0, 1) };
    const ours = createHash("sha1")
      .update(Buffer.from(one.attachments[0]?.content ?? "", "latin1"))
      .digest("hex");
    const comparison = await compareContent(
      toBytes(originalMessage(one)),
      replaced(hashedOriginal(one), ours, "0".repeat(40)),
    );
    expect(comparison).toEqual({
      outcome: "not-comparable",
      code: "HASH_UNMATCHED",
      parts: [{ name: "diffida.pdf", contentType: "text/plain", hashedForm: null }],
    });
  });

  it("still names the text when that differs", async () => {
    const comparison = await compareContent(sent, toBytes(hashedOriginal({ ...MAIL, text: "tutt'altro" })));
    expect(comparison).toMatchObject({
      outcome: "differs",
      differences: [{ what: "part-changed", part: { name: null } }],
    });
  });

  it("takes a file of the sender that merely ends in .hash for what it is", async () => {
    const own: Correspondence = {
      ...MAIL,
      attachments: [{ name: "somma.hash", contentType: "text/plain", content: "non è un'impronta" }],
    };
    expect((await compareContent(toBytes(originalMessage(own)), toBytes(envelopedOriginal(own)))).outcome).toBe("same");
  });
});

describe("a copy from which the person removed attachments", () => {
  /** As Thunderbird leaves them (X-Mozilla-Altered). */
  const stub = (type: string, name: string, how: string): string =>
    [
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: inline; filename="${name}"`,
      `X-Mozilla-Altered: ${how}; date="Sun Nov 22 10:00:00 2026"`,
      "",
      "You deleted an attachment from this message.",
      "",
    ].join(CRLF);
  const pdf = /Content-Type: application\/pdf[^]*?(?=\r\n--)/;
  const DELETED = stub("text/x-moz-deleted", "Deleted: diffida.pdf", "AttachmentDeleted");
  const DETACHED = stub("application/pdf", "diffida.pdf", "AttachmentDetached");
  const without = (part: string): Uint8Array => {
    const original = originalMessage(MAIL);
    expect(original).toMatch(pdf);
    return toBytes(original.replace(pdf, part));
  };
  const REMOVED = { outcome: "not-comparable", code: "ATTACHMENTS_REMOVED", parts: [{ name: "diffida.pdf" }] };

  it.each([
    ["deleted", DELETED],
    ["moved to a file", DETACHED],
  ])("cannot be compared when one was %s; that is no difference", async (_how, part) => {
    expect(await compareContent(without(part), toBytes(envelopedOriginal(MAIL)))).toMatchObject(REMOVED);
    expect(await compareContent(without(part), toBytes(hashedOriginal(MAIL)))).toMatchObject(REMOVED);
  });

  it("still names what differs besides", async () => {
    const comparison = await compareContent(without(DELETED), toBytes(envelopedOriginal({ ...MAIL, text: "altro" })));
    expect(comparison).toMatchObject({
      outcome: "differs",
      differences: [{ what: "part-changed", part: { name: null } }],
    });
  });

  it("is the same when the message was sent like that", async () => {
    const copy = without(DELETED);
    expect((await compareContent(copy, copy)).outcome).toBe("same");
  });
});

describe("bad input", () => {
  it("gives up on a message of very many parts", async () => {
    const parts = Array.from({ length: 600 }, () => `--b${CRLF}${CRLF}x${CRLF}`).join("");
    const message = toBytes(`Content-Type: multipart/mixed; boundary=b${CRLF}${CRLF}${parts}--b--${CRLF}`);
    expect(await compareContent(message, message)).toMatchObject({ outcome: "not-comparable", code: "TOO_MANY_PARTS" });
  });

  it("gives up on a message that was not read whole", async () => {
    const nested = Array.from(
      { length: 120 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${String(depth)}${CRLF}${CRLF}--b${String(depth)}${CRLF}`,
    );
    const message = toBytes(nested.join(""));
    expect(await compareContent(message, message)).toMatchObject({ outcome: "not-comparable", code: "LIMIT_REACHED" });
    expect(await compareContent(sent, message)).toMatchObject({ outcome: "not-comparable", code: "LIMIT_REACHED" });
  });

  it("has an answer for nothing and for garbage", async () => {
    const empty = new Uint8Array();
    expect((await compareContent(empty, empty)).outcome).toBe("same");
    expect((await compareContent(sent, Uint8Array.from([0, 255, 13, 10, 13, 10, 7]))).outcome).toBe("differs");
  });
});
