// Bundles of evidence, unpacked and judged by the programs that anybody has: sha256sum and OpenSSL, following the bundle's own words.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { readWords } from "../../../src/cli/read-words.ts";
import {
  createEvidenceBundle,
  type EvidenceFacts,
  type EvidenceGap,
  type EvidenceOfSent,
  type EvidenceRole,
  inspect,
  type LedgerEntry,
  receiptOf,
  sentStatus,
  type TrustedAuthorities,
  withEvent,
} from "../../../src/core/index.ts";
import { testAuthorities } from "../../bench/inspection.ts";
import { readZip, unpackZip } from "../../lab/read-zip.ts";
import { allCases, caseNamed } from "../../provider/all-cases.ts";
import { type DemoSeries, demoSeries } from "../../provider/demo-series.ts";
import { HOUR } from "../../provider/local-time.ts";
import { toBytes } from "../../provider/mime-builder.ts";
import { SHORT_ENVELOPE } from "../../provider/sample-drafts.ts";
import { sealMessage } from "../../provider/sign-message.ts";
import { REVOCATION_LISTS } from "../../provider/test-authority.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";

const CREATED_AT = Date.UTC(2026, 10, 29, 8, 30, 15);
const italian = await readWords("it");
const english = await readWords("en");
let authorities: TrustedAuthorities;
const folders: string[] = [];
/** OpenSSL is started three hundred times. */
const SLOW = 180_000;
const records = { find: () => Promise.resolve(null) };

beforeAll(async () => {
  authorities = await testAuthorities();
});
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Piece {
  readonly bytes: Uint8Array;
  readonly role: EvidenceRole;
  readonly now?: number;
}

interface Options extends Partial<EvidenceFacts> {
  readonly words?: typeof italian;
  readonly sent?: readonly EvidenceOfSent[];
  readonly gaps?: readonly EvidenceGap[];
}

async function bundle(pieces: readonly Piece[], options: Options = {}): Promise<Buffer> {
  const { words = italian, sent = [], gaps = [], ...facts } = options;
  const chunks: Uint8Array[] = [];
  const revocation = { crls: [], ocspResponses: [] };
  const made = createEvidenceBundle(
    { createdAt: CREATED_AT, version: "1.2.3", authorities, revocation, ...facts },
    words,
    (chunk) => chunks.push(chunk.slice()),
  );
  for (const { bytes, role, now = DEMO_NOW } of pieces) {
    const given = { now, anchors: authorities, records, ...(facts.revocation ?? revocation) };
    await made.addMessage(bytes, await inspect(bytes, given), role);
  }
  await made.finish(sent, gaps);
  return Buffer.concat(chunks);
}

async function unpacked(archive: Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sigillo-evidence-"));
  folders.push(folder);
  await unpackZip(archive, folder);
  return folder;
}

function run(folder: string, program: string, args: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  if (error !== undefined) throw new Error(`${program} is needed: ${error.message}`);
  return { status, output: stdout + stderr };
}

interface Manifest {
  readonly schema: { readonly name: string; readonly version: number };
  readonly createdAt: string;
  readonly messages: readonly {
    readonly file: string;
    readonly openssl: { readonly command: string; readonly expects: "valid" | "intact" | "broken" } | null;
  }[];
  readonly sent: readonly { readonly recipients: readonly { readonly receipt: string | null }[] }[];
}
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8")) as Manifest;

/** One sent message of the demo mailbox with all that came back. */
async function ofSeries(
  series: DemoSeries,
): Promise<{ readonly pieces: readonly Piece[]; readonly sent: EvidenceOfSent }> {
  const pieces: Piece[] = series.copy === null ? [] : [{ bytes: series.copy, role: "sent-copy" }];
  const { subject, messageId } = series;
  const copy = { messageId, from: "chiara.montaldi@pec.avvocati.test", recipients: [], subject, sentAt: null };
  let entry: LedgerEntry | null = null;
  for (const { bytes } of series.receipts) {
    pieces.push({ bytes, role: "receipt" });
    const receipt = receiptOf(await inspect(bytes, { now: DEMO_NOW, anchors: authorities, records }));
    if (receipt === null) throw new Error("no receipt");
    entry = withEvent(entry === null ? [] : [entry], { type: "receipt", receipt });
  }
  if (entry === null) throw new Error("no receipts");
  const whole = { ...entry, copies: [{ ...copy, from: entry.sender }] };
  return { pieces, sent: { entry: whole, status: sentStatus(whole, DEMO_NOW) } };
}

function seriesNamed(id: string): DemoSeries {
  const found = demoSeries(DEMO_NOW).find((series) => series.id === id);
  if (found === undefined) throw new Error(`no series ${id}`);
  return found;
}

const SEVERAL_SIGNERS: ReadonlySet<string> = new Set([
  "container-person-beside-provider",
  "signature-with-two-good-signers",
]);

describe("every message of the test provider in one bundle", () => {
  it(
    "is there byte for byte, sha256sum agrees, and OpenSSL answers each command as the bundle says it will",
    async () => {
      const cases = allCases();
      const archive = await bundle(cases.map(({ bytes, now }) => ({ bytes, now, role: "message" })));
      const folder = await unpacked(archive);
      expect(run(folder, "sha256sum", ["-c", "--strict", "SHA256SUMS"])).toMatchObject({ status: 0 });
      const { messages } = manifestOf(folder);
      const answers = messages.map(({ file, openssl }, index) => {
        const testCase = cases[index];
        if (testCase === undefined) throw new Error("more messages than cases");
        expect(readFileSync(join(folder, file)).equals(testCase.bytes), testCase.name).toBe(true);
        if (openssl === null) return `${testCase.name}: unsigned`;
        const [program = "", ...args] = openssl.command.split(" ");
        const { status, output } = run(folder, program, args);
        const isVerified = status === 0 && output.includes("CMS Verification successful");
        expect([testCase.name, openssl.command, isVerified]).toEqual([
          testCase.name,
          openssl.command,
          openssl.expects !== "broken",
        ]);
        return `${testCase.name}: ${openssl.expects}`;
      });
      // What the provider's author expects of them is what the commands claim.
      for (const { name, integrity, expected } of cases) {
        const isGood = expected.seal.indication === "TOTAL-PASSED";
        // Of several signers one is the provider; OpenSSL would want a path for all of them.
        if (isGood) expect(answers).toContain(`${name}: ${SEVERAL_SIGNERS.has(name) ? "intact" : "valid"}`);
        if (integrity === "broken") expect(answers).toContain(`${name}: broken`);
      }
    },
    SLOW,
  );
});

describe("a message whose lines an mbox file has quoted", () => {
  it("is there as it is stored, and what OpenSSL is handed is what was signed", async () => {
    const sealed = sealMessage({
      ...SHORT_ENVELOPE,
      postacert: `${SHORT_ENVELOPE.postacert ?? ""}\r\nFrom qui in poi\r\n`,
    });
    const bytes = toBytes(sealed.replace("\r\nFrom qui", "\r\n>From qui"));
    const folder = await unpacked(await bundle([{ bytes, role: "message" }]));
    const [message] = manifestOf(folder).messages;
    const [program = "", ...args] = message?.openssl?.command.split(" ") ?? [];
    expect(readFileSync(join(folder, message?.file ?? "")).equals(bytes)).toBe(true);
    expect(message?.openssl).toMatchObject({
      expects: "valid",
      command: expect.stringContaining("-content ") as string,
    });
    expect(run(folder, program, args)).toMatchObject({ status: 0 });
  });
});

describe("a sent message with its receipts", () => {
  it("is verified by following the report's own commands, every one of them, in a shell", async () => {
    const { pieces, sent } = await ofSeries(seriesNamed("late-then-delivered"));
    const folder = await unpacked(await bundle(pieces, { sent: [sent] }));
    const html = readFileSync(join(folder, "rapporto.html"), "utf8");
    const commands = [...html.matchAll(/<pre class="command">\n([^<]*)<\/pre>/g)].map(([, line = ""]) =>
      line.replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
    );
    expect(commands).toHaveLength(3 + 3);
    for (const command of commands) {
      expect([command, run(folder, "sh", ["-c", command])]).toMatchObject([command, { status: 0 }]);
    }
    expect(run(folder, "sh", ["-c", commands[1] ?? ""]).output).toMatch(/1\.3\.76\.16\.3\.1\.1/);
  });

  it("says of each recipient what came of it, and in which file", async () => {
    const { pieces, sent } = await ofSeries(seriesNamed("late-then-delivered"));
    const folder = await unpacked(await bundle(pieces, { sent: [sent] }));
    const manifest = manifestOf(folder);
    expect(manifest.sent[0]?.recipients[0]).toMatchObject({
      state: "delivered",
      receipt: expect.stringMatching(/^messages\/004-avvenuta-consegna-/) as string,
    });
    const html = readFileSync(join(folder, "rapporto.html"), "utf8");
    for (const words of [
      "consegnata",
      "n. 4",
      "Ricevuta di accettazione",
      "2026-11-29 08:30:15 UTC",
      "superato",
      "con SHA-256",
    ]) {
      expect(html).toContain(words);
    }
    expect(html).not.toContain(" with ");
    expect(html).not.toMatch(/<script|<link|<img|\bhref=|\bsrc=/i);
  });

  it("in English too", async () => {
    const { pieces, sent } = await ofSeries(seriesNamed("late-then-delivered"));
    const folder = await unpacked(await bundle(pieces, { sent: [sent], words: english }));
    const html = readFileSync(join(folder, "report.html"), "utf8");
    expect(html).toContain('<html lang="en-GB">');
    expect(html).toContain("PEC evidence bundle");
  });

  it("what is missing is named", async () => {
    const { pieces, sent } = await ofSeries(seriesNamed("webmail"));
    const gap: EvidenceGap = {
      ...{ role: "sent-copy", why: "gone", kind: null, subject: "Proposta <b>", messageId: "a@b", date: null },
    };
    const folder = await unpacked(await bundle(pieces, { sent: [sent], gaps: [gap] }));
    const html = readFileSync(join(folder, "rapporto.html"), "utf8");
    expect(html).toContain("Che cosa manca");
    expect(html).toContain("Proposta &lt;b&gt;");
    expect(html).toContain("non è più in nessuna cartella");
    expect(manifestOf(folder)).toMatchObject({ missing: [{ why: "gone", messageId: "a@b" }] });
  });
});

describe("a bundle", () => {
  const pieces = (): readonly Piece[] => [
    { bytes: caseNamed("acceptance").bytes, role: "receipt" },
    { bytes: caseNamed("signer-expired-since").bytes, role: "message" },
  ];

  it("of the same messages differs in the stated time alone", async () => {
    const first = readZip(await bundle(pieces()));
    const again = readZip(await bundle(pieces()));
    expect(again).toEqual(first);
    const later = readZip(await bundle(pieces(), { createdAt: CREATED_AT + 25 * HOUR }));
    const stating = (text: string): string =>
      text
        .replaceAll("2026-11-30T09:30:15.000Z", "2026-11-29T08:30:15.000Z")
        .replaceAll("2026-11-30 09:30:15 UTC", "2026-11-29 08:30:15 UTC");
    expect(later.map(({ name }) => name)).toEqual(first.map(({ name }) => name));
    for (const [index, { name, bytes }] of later.entries()) {
      const then = first[index]?.bytes.toString("latin1") ?? "";
      // These two hold the digests of the report, and of the manifest.
      if (name !== "SHA256SUMS" && name !== "MANIFEST.json")
        expect([name, stating(bytes.toString("latin1"))]).toEqual([name, then]);
    }
    expect(later.every(({ modified }, index) => modified !== first[index]?.modified)).toBe(true);
  });

  it("bears the stated time as the time of its files, whatever the clock's zone here", async () => {
    const [entry] = readZip(await bundle(pieces()));
    const modified = entry?.modified ?? 0;
    const time = [
      modified >>> 25,
      (modified >>> 21) & 15,
      (modified >>> 16) & 31,
      (modified >>> 11) & 31,
      (modified >>> 5) & 63,
    ];
    expect(time).toEqual([46, 11, 29, 8, 30]);
  });

  it("that was tampered with is found out: a changed byte, and a list of digests made to match", async () => {
    const folder = await unpacked(await bundle(pieces()));
    const { messages } = manifestOf(folder);
    const { file = "", openssl = null } = messages[0] ?? {};
    const bytes = readFileSync(join(folder, file));
    const at = bytes.indexOf("accettato");
    bytes.write("rifiutato", at);
    writeFileSync(join(folder, file), bytes);
    const checked = run(folder, "sha256sum", ["-c", "SHA256SUMS"]);
    expect(checked.status).not.toBe(0);
    expect(checked.output).toContain(`${file}: FAILED`);
    const { status, output } = run(folder, "sh", ["-c", openssl?.command ?? ""]);
    expect(status).not.toBe(0);
    expect(output).toContain("CMS Verification failure");
  });

  it("says where OpenSSL is content and the seal is none, and takes no declared subject for a certified one", async () => {
    const stranger = caseNamed("signer-wrong-address").bytes;
    const folder = await unpacked(await bundle([{ bytes: stranger, role: "message" }]));
    const html = readFileSync(join(folder, "rapporto.html"), "utf8");
    expect(manifestOf(folder).messages[0]?.openssl?.expects).toBe("valid");
    expect(html).toContain("Non basta: OpenSSL non conosce le regole della PEC");
    expect(html).toMatch(/<span class="declared"><bdi dir="auto">POSTA CERTIFICATA: /);
    const sealed = await unpacked(await bundle([{ bytes: caseNamed("envelope").bytes, role: "message" }]));
    const good = readFileSync(join(sealed, "rapporto.html"), "utf8");
    expect(good).not.toContain("Non basta: OpenSSL");
    expect(good).not.toMatch(/<span class="declared"><bdi/);
  });

  it("holds the lists that its authorities answered with, and none of others", async () => {
    const bytes = caseNamed("envelope").bytes;
    const crls = [REVOCATION_LISTS.nothingRevoked, new Uint8Array([0x30, 0x00])];
    const revocation = { crls, ocspResponses: [] };
    const folder = await unpacked(await bundle([{ bytes, role: "message" }], { revocation }));
    expect(readFileSync(join(folder, "revocation/list-1.crl")).equals(crls[0] ?? Buffer.of())).toBe(true);
    expect(
      run(folder, "openssl", ["crl", "-inform", "DER", "-in", "revocation/list-1.crl", "-noout", "-issuer"]),
    ).toMatchObject({ status: 0 });
    expect(manifestOf(folder)).toMatchObject({ revocation: [{ file: "revocation/list-1.crl", kind: "list" }] });
  });

  it("lets others have their turn while a large message is written", async () => {
    let turns = 0;
    const bytes = new Uint8Array(5 * 1024 * 1024);
    const facts = { createdAt: CREATED_AT, version: "1", authorities, revocation: { crls: [], ocspResponses: [] } };
    const made = createEvidenceBundle(
      facts,
      italian,
      () => undefined,
      () => Promise.resolve(void (turns += 1)),
    );
    await made.addMessage(bytes, await inspect(bytes, { now: DEMO_NOW, anchors: authorities }), "message");
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  it("holds a large message as it is", async () => {
    const bytes = new Uint8Array(5 * 1024 * 1024 + 7).map((_, index) => (index * 31) & 0x7f);
    bytes.set(new TextEncoder().encode("Subject: grande\r\n\r\n"));
    const entries = readZip(await bundle([{ bytes, role: "message" }]));
    expect(entries[0]?.bytes.equals(bytes)).toBe(true);
  });

  it("names files plainly whatever subjects hold", async () => {
    const subjects = [
      "../../etc/passwd",
      "C:\\Windows\\System32",
      "CON",
      "nul.txt",
      "a\u0000b\u202efdp.exe",
      "x".repeat(300),
      "Perché così — 100%",
      "Perché così — 100%",
      "....",
    ];
    const mails = subjects.map((subject): Piece => ({
      bytes: new TextEncoder().encode(`Subject: ${subject}\r\n\r\nCiao\r\n`),
      role: "message",
    }));
    const entries = readZip(await bundle(mails));
    const names = entries.map(({ name }) => name);
    const files = names.filter((name) => name.startsWith("messages/"));
    expect(files).toHaveLength(subjects.length);
    for (const name of files) expect(name).toMatch(/^messages\/\d{3}-messaggio(-[a-z0-9]+)*\.eml$/);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThan(90);
    const manifest = entries.find(({ name }) => name === "MANIFEST.json")?.bytes.toString("utf8") ?? "";
    expect(manifest).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(manifest)).toHaveProperty(["messages", 4, "header", "subject"], "a\u0000b\u202efdp.exe");
    expect(files[6]).toBe("messages/007-messaggio-perche-cosi-100.eml");
  });

  it("without any message is whole", async () => {
    const folder = await unpacked(await bundle([]));
    expect(run(folder, "sha256sum", ["-c", "SHA256SUMS"])).toMatchObject({ status: 0 });
  });
});
