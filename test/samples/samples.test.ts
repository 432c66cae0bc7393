// Real messages, never part of the project: read from the directory in SIGILLO_SAMPLES (pec/*.eml, rem/*.eml).
// A file name that begins with "altered-" says that its signed bytes were changed; every other PEC message is intact.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWords } from "../../src/cli/read-words.ts";
import {
  compareContent,
  createEvidenceBundle,
  extractOriginal,
  inspect,
  linksOf,
  receiptOf,
  sentStatus,
  shippedAuthorities,
  withEvent,
} from "../../src/core/index.ts";
import { unpackZip } from "../lab/read-zip.ts";

const directory = process.env["SIGILLO_SAMPLES"];
if (directory === undefined) throw new Error("SIGILLO_SAMPLES names no directory of samples");

const NOW = Date.UTC(2026, 10, 22);
const messages = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(directory, folder)).filter((file) => pattern.test(file));
const inspectFile = async (folder: string, file: string) =>
  inspect(new Uint8Array(readFileSync(join(directory, folder, file))), {
    now: NOW,
    anchors: await shippedAuthorities(),
  });

const KINDS = ["posta-certificata", "accettazione", "avvenuta-consegna"] as const;

describe("PEC messages", () => {
  const files = messages("pec", /\.eml$/);
  const intact = files.filter((file) => !file.startsWith("altered-"));
  const altered = files.filter((file) => file.startsWith("altered-"));

  it("are there", () => {
    expect(intact.length).toBeGreaterThan(0);
    expect(altered.length).toBeGreaterThan(0);
  });

  it.each(intact)("%s: sealed, with remarks", async (file) => {
    const { kind, seal, look, daticert, checks } = await inspectFile("pec", file);
    expect(kind).toBe(KINDS.find((name) => file.includes(name)));
    expect(checks.filter((check) => check.outcome === "FAILED")).toEqual([]);
    expect(seal.indication).toBe("TOTAL-PASSED");
    expect(seal.subIndication).toBeNull();
    expect(seal.remarks).toEqual(
      expect.arrayContaining(["SHA1_DIGEST", "CERTIFICATE_EXPIRED_SINCE", "REVOCATION_NOT_CHECKED"]),
    );
    expect(seal.remarks).not.toContain("USER_ADDED_ANCHOR");
    expect(look).toBe("sealed-with-remarks");
    expect(daticert?.tipo).toBe(kind);
  });

  it.each(altered)("%s: the content does not match the seal", async (file) => {
    const { seal, signature, look } = await inspectFile("pec", file);
    expect(seal).toEqual({ indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] });
    expect(signature).toMatchObject({ indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE" });
    expect(look).toBe("not-valid");
  });
});

describe("a bundle of them all", () => {
  it("is verified by sha256sum and OpenSSL, following its own commands", async () => {
    const anchors = await shippedAuthorities();
    const chunks: Uint8Array[] = [];
    const facts = { createdAt: NOW, version: "0", authorities: anchors, revocation: { crls: [], ocspResponses: [] } };
    const made = createEvidenceBundle(facts, await readWords("it"), (chunk) => chunks.push(chunk.slice()));
    for (const name of ["pec", "rem"]) {
      for (const file of messages(name, /\.eml$/)) {
        const bytes = new Uint8Array(readFileSync(join(directory, name, file)));
        await made.addMessage(bytes, await inspect(bytes, { now: NOW, anchors }), "message");
      }
    }
    await made.finish([], []);
    const folder = mkdtempSync(join(tmpdir(), "sigillo-samples-"));
    try {
      await unpackZip(Buffer.concat(chunks), folder);
      expect(spawnSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder }).status).toBe(0);
      const manifest = JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8")) as {
        readonly messages: readonly {
          readonly openssl: { readonly command: string; readonly expects: string } | null;
        }[];
      };
      const commands = manifest.messages.map(({ openssl }) => openssl).filter((openssl) => openssl !== null);
      expect(commands.some(({ expects }) => expects === "valid")).toBe(true);
      for (const { command, expects } of commands) {
        const { status } = spawnSync("sh", ["-c", command], { cwd: folder });
        expect([command, status === 0]).toEqual([command, expects !== "broken"]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("REM messages", () => {
  const files = messages("rem", /^REM_.*\.eml$/);

  it.each(files)("%s: recognised, not yet verifiable", async (file) => {
    const { kind, seal, signature, look } = await inspectFile("rem", file);
    expect(kind).toBe("rem");
    expect(seal).toMatchObject({ indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" });
    expect(signature).toMatchObject({ indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" });
    expect(look).toBe("cannot-be-verified");
  });
});

describe("receipts of one sent message", () => {
  const bytesOf = (file: string) => new Uint8Array(readFileSync(join(directory, "pec", file)));
  const receiptIn = async (file: string) => {
    const anchors = await shippedAuthorities();
    // With local records, as the add-on has them: they name the signature.
    const records = { find: () => Promise.resolve(null) };
    const receipt = receiptOf(await inspect(bytesOf(file), { now: NOW, anchors, records }));
    if (receipt === null) throw new Error(`${file} is no receipt`);
    return receipt;
  };
  const PAIRS = [
    ["2014", "aruba-2014-accettazione-lf.eml", "aruba-2014-avvenuta-consegna-lf.eml"],
    ["2014, CRLF", "aruba-2014-accettazione-crlf.eml", "aruba-2014-avvenuta-consegna-lf.eml"],
    ["2018", "aruba-2018-accettazione.eml", "aruba-2018-avvenuta-consegna.eml"],
  ] as const;

  it.each(PAIRS)("of %s link, in either order", async (_, acceptance, delivery) => {
    const receipts = [await receiptIn(acceptance), await receiptIn(delivery)];
    expect(receipts.map(({ verified }) => verified)).toEqual([true, true]);
    for (const [first, second] of [receipts, receipts.toReversed()]) {
      if (first === undefined || second === undefined) throw new Error("no pair");
      const entry = withEvent([], { type: "receipt", receipt: first });
      const links = linksOf({ type: "receipt", receipt: second });
      expect(entry.links.filter((link) => links.includes(link)).length).toBeGreaterThan(0);
      const { recipients, acceptanceMissing } = sentStatus(
        withEvent([entry], { type: "receipt", receipt: second }),
        NOW,
      );
      expect(recipients.map(({ state, isExpected, contradictions }) => [state, isExpected, contradictions])).toEqual([
        ["delivered", true, []],
      ]);
      expect(acceptanceMissing).toBe(false);
    }
  });

  it("are one receipt, whatever line ends a store gave it", async () => {
    const [lf, crlf] = [
      await receiptIn("aruba-2014-accettazione-lf.eml"),
      await receiptIn("aruba-2014-accettazione-crlf.eml"),
    ];
    expect(lf.id).toBe(crlf.id);
  });

  it.each(PAIRS.slice(1))("of %s return the message that was sent", async (_, __, delivery) => {
    const returned = await extractOriginal(bytesOf(delivery));
    if (returned === null) throw new Error("nothing is returned");
    const text = Buffer.from(returned).toString("latin1");
    // As the client kept it: with its own identifier, without what the provider added (pec-messages §2.7).
    const own = /^X-Riferimento-Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? "";
    const sent = text
      .replace(/^X-Riferimento-Message-ID:.*\r?\n(?:[ \t].*\r?\n)*/im, "")
      .replace(/^Message-ID:.*\r?\n(?:[ \t].*\r?\n)*/im, `Message-ID: ${own}\r\n`);
    expect(own).not.toBe("");
    expect((await compareContent(Buffer.from(sent, "latin1"), returned)).outcome).toBe("same");
    const changed = Buffer.from(sent.replace(/^Subject:\s*/im, "Subject: altro "), "latin1");
    expect(await compareContent(changed, returned)).toMatchObject({
      outcome: "differs",
      differences: [{ what: "field", name: "Subject" }],
    });
  });
});
