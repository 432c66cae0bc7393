// OpenSSL is the judge of the same files: what it takes apart and finds right is taken apart and found right here, and the other way round.
import { execFile } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSignedFile } from "../../../src/core/attachments/read-signed-file.ts";
import { at } from "../../provider/local-time.ts";
import { buildCertificate } from "../../provider/certificate-builder.ts";
import { buildSignedData, type SigningOptions } from "../../provider/cms-builder.ts";
import { objectIdentifier, octetString, pem, sequence, setOf } from "../../provider/der.ts";
import { samplePdf } from "../../provider/sample-files.ts";
import { SIGNERS } from "../../provider/test-authority.ts";

const SIGNED_AT = at("2026-10-12T09:20:00+02:00");
const DOCUMENT = new Uint8Array(Buffer.from(samplePdf(["Contratto", "Documento di esempio"]), "latin1"));

const signed = (content: Uint8Array, options: Partial<SigningOptions> = {}): Uint8Array =>
  buildSignedData(content, {
    signers: [SIGNERS.person],
    signingTime: SIGNED_AT,
    embeddedContent: content,
    ...options,
  });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, "latin1"));
const inLines = (value: string): string => value.replace(/(.{64})/g, "$1\r\n");

describe("a signed file", () => {
  it("names who signed, when by their own clock, and what their certificate says", async () => {
    const file = await readSignedFile(signed(DOCUMENT));
    expect(file).toMatchObject({ trouble: null, code: null });
    expect(file.layers).toHaveLength(1);
    expect(file.layers[0]?.signers).toEqual([
      expect.objectContaining({
        integrity: "intact",
        code: null,
        signingTime: SIGNED_AT,
        digestAlgorithm: "SHA-256",
        hasCountersignatures: false,
        hasTimeStamp: false,
      }),
    ]);
    expect(file.layers[0]?.signers[0]?.certificate).toMatchObject({
      name: "Piero Ferraris",
      number: null,
      issuer: "Sigillo Personal Mail Test CA",
    });
    expect(file.content?.bytes).toEqual(DOCUMENT);
    expect(file.content?.sha256).toBe(createHash("sha256").update(DOCUMENT).digest("hex"));
  });

  it.each([
    ["PEM of PKCS #7", (der: Uint8Array) => text(pem("PKCS7", der))],
    ["PEM of CMS", (der: Uint8Array) => text(pem("CMS", der))],
    ["plain base64 in lines", (der: Uint8Array) => text(inLines(base64(der)))],
    ["plain base64 in one line", (der: Uint8Array) => text(base64(der))],
  ])("is read in %s", async (_, encode) => {
    const file = await readSignedFile(encode(signed(DOCUMENT)));
    expect(file.layers[0]?.signers[0]?.integrity).toBe("intact");
    expect(file.content?.bytes).toEqual(DOCUMENT);
  });

  it("within another: both layers, and the document inside", async () => {
    const twice = signed(text(inLines(base64(signed(DOCUMENT)))), { signers: [SIGNERS.elliptic] });
    const { layers, content, trouble } = await readSignedFile(twice);
    expect(layers.map(({ signers }) => signers.map(({ integrity }) => integrity))).toEqual([["intact"], ["intact"]]);
    expect(layers[1]?.signers[0]?.certificate?.name).toBe("Piero Ferraris");
    expect(content?.bytes).toEqual(DOCUMENT);
    expect(trouble).toBeNull();
  });

  it("within others more often than anybody signs: what is inside is handed out as it is, and that is said", async () => {
    let nested: Uint8Array = DOCUMENT;
    for (let layer = 0; layer < 8; layer++) nested = signed(nested);
    const { layers, content, trouble } = await readSignedFile(nested);
    expect(layers).toHaveLength(6);
    expect(trouble).toBe("too-deep");
    expect((await readSignedFile(content?.bytes ?? new Uint8Array())).layers).toHaveLength(2);
  });

  it("by somebody whose name is empty: the whole subject is the name", async () => {
    const subject = [
      { type: "O", value: "Ente" },
      { type: "CN", value: " " },
    ] as const;
    const { key, issuer, serial } = SIGNERS.person;
    const times = { notBefore: SIGNED_AT - 1000, notAfter: SIGNED_AT + 1000 };
    const keys = { publicKey: createPublicKey(key), issuerPrivateKey: key };
    const certificate = buildCertificate({ subject, issuer, serial, ...times, ...keys });
    const { layers } = await readSignedFile(signed(DOCUMENT, { certificates: [certificate] }));
    expect(layers[0]?.signers[0]?.certificate?.name).toContain("O=Ente");
  });

  it("with several signers: each of them", async () => {
    const { layers } = await readSignedFile(signed(DOCUMENT, { signers: [SIGNERS.person, SIGNERS.elliptic] }));
    // In the order of the file, which DER sorts.
    expect(layers[0]?.signers.map(({ integrity, signatureAlgorithm }) => [integrity, signatureAlgorithm])).toEqual([
      ["intact", "ECDSA with SHA-256"],
      ["intact", "RSA PKCS#1 v1.5 with SHA-256"],
    ]);
  });
});

describe("what is wrong with a signed file", () => {
  const integrity = async (bytes: Uint8Array): Promise<unknown> =>
    (await readSignedFile(bytes)).layers[0]?.signers[0]?.integrity;
  const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
    text(Buffer.from(bytes).toString("latin1").replace(from, to));

  it("another content", async () => {
    expect(await integrity(replaced(signed(DOCUMENT), "Contratto", "ContraTto"))).toBe("altered");
    const bare = signed(DOCUMENT, { signedAttributes: false });
    expect(await integrity(bare)).toBe("intact");
    expect(await integrity(replaced(bare, "Contratto", "ContraTto"))).toBe("altered");
  });

  it("another signing time than the one signed", async () => {
    expect(await integrity(signed(DOCUMENT, { signingTimeTamperedTo: SIGNED_AT + 60_000 }))).toBe("not-authentic");
  });

  it("the attributes of somebody's genuine signature, put in the place of the document", async () => {
    const attributes = setOf(
      sequence(objectIdentifier("1.2.840.113549.1.9.3"), setOf(objectIdentifier("1.2.840.113549.1.7.1"))),
      sequence(
        objectIdentifier("1.2.840.113549.1.9.4"),
        setOf(octetString(createHash("sha256").update(DOCUMENT).digest())),
      ),
    );
    const genuine = signed(DOCUMENT, { signingTime: null });
    expect(Buffer.from(genuine).includes(Buffer.from(attributes.subarray(1)))).toBe(true);
    // The very signature of the genuine file: it is over these octets.
    const confused = signed(attributes, { signedAttributes: false });
    expect(Buffer.from(confused.subarray(-256)).equals(Buffer.from(genuine.subarray(-256)))).toBe(true);
    expect((await readSignedFile(confused)).layers[0]?.signers[0]).toMatchObject({
      integrity: "irregular",
      code: "CONTENT_IS_SIGNED_ATTRIBUTES",
    });
  });

  it("no certificate", async () => {
    const { layers } = await readSignedFile(signed(DOCUMENT, { certificates: [] }));
    expect(layers[0]?.signers[0]).toMatchObject({
      integrity: "unverifiable",
      code: "NO_CERTIFICATE",
      certificate: null,
    });
  });

  it.each([
    ["not-signed", () => DOCUMENT],
    ["not-signed", () => new Uint8Array()],
    ["not-signed", () => text("Questo non è un file firmato")],
    ["detached", () => buildSignedData(DOCUMENT, { signers: [SIGNERS.person], signingTime: SIGNED_AT })],
    ["damaged", () => signed(DOCUMENT).subarray(0, 200)],
    [
      "encrypted",
      () => replaced(signed(DOCUMENT), "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"),
    ],
    ["too-many-signers", () => signed(DOCUMENT, { signers: Array<typeof SIGNERS.person>(17).fill(SIGNERS.person) })],
  ])("%s", async (trouble, make) => {
    expect(await readSignedFile(make())).toMatchObject({ layers: [], content: null, trouble });
  });
});

describe("files signed by OpenSSL", () => {
  let folder: string;
  const inFolder = (name: string): string => join(folder, name);
  const openssl = (...argv: readonly string[]): Promise<number> =>
    new Promise((resolve) => {
      execFile("openssl", argv, (error) => resolve(error === null ? 0 : 1));
    });
  const sign = async (name: string, ...more: readonly string[]): Promise<Uint8Array> => {
    const argv = ["cms", "-sign", "-binary", "-nodetach", "-in", inFolder("documento.pdf"), "-out", inFolder(name)];
    const who = ["-signer", inFolder("person.pem"), "-inkey", inFolder("person.key")];
    expect(await openssl(...argv, ...who, ...more)).toBe(0);
    return new Uint8Array(await readFile(inFolder(name)));
  };
  /** OpenSSL's own word on the same file, without a chain, as here. */
  const judged = (name: string, form: string): Promise<number> =>
    openssl("cms", "-verify", "-noverify", "-binary", "-inform", form, "-in", inFolder(name), "-out", inFolder("out"));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sigillo-p7m-"));
    await writeFile(inFolder("documento.pdf"), DOCUMENT);
    await writeFile(inFolder("person.pem"), pem("CERTIFICATE", SIGNERS.person.certificate));
    const key = createPrivateKey(SIGNERS.person.key.export({ type: "pkcs8", format: "pem" }));
    await writeFile(inFolder("person.key"), key.export({ type: "pkcs8", format: "pem" }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ["in DER", "DER", []],
    ["in PEM", "PEM", []],
    ["with the reference to the certificate that CAdES demands", "DER", ["-cades"]],
    ["in the streaming form, with indefinite lengths", "DER", ["-stream"]],
    ["with SHA-512", "DER", ["-md", "sha512"]],
    ["with RSA-PSS", "DER", ["-keyopt", "rsa_padding_mode:pss"]],
    ["identified by the key", "DER", ["-keyid"]],
  ] as const)("%s", async (_, form, options) => {
    const bytes = await sign("firmato.p7m", "-outform", form, ...options);
    expect(await judged("firmato.p7m", form)).toBe(0);
    const { layers, content } = await readSignedFile(bytes);
    expect(layers[0]?.signers[0]).toMatchObject({ integrity: "intact", code: null });
    expect(content?.bytes).toEqual(DOCUMENT);
    expect(new Uint8Array(await readFile(inFolder("out")))).toEqual(DOCUMENT);
  });

  it("altered by one character: both see it", async () => {
    const bytes = await sign("alterato.p7m", "-outform", "DER");
    const altered = text(Buffer.from(bytes).toString("latin1").replace("Contratto", "ContraTto"));
    await writeFile(inFolder("alterato.p7m"), altered);
    expect(await judged("alterato.p7m", "DER")).not.toBe(0);
    expect((await readSignedFile(altered)).layers[0]?.signers[0]?.integrity).toBe("altered");
  });

  it("a file built here is right for OpenSSL too", async () => {
    await writeFile(inFolder("nostro.p7m"), signed(DOCUMENT));
    expect(await judged("nostro.p7m", "DER")).toBe(0);
    expect(new Uint8Array(await readFile(inFolder("out")))).toEqual(DOCUMENT);
  });
});
