// The command as a person or a program calls it: output, exit status, what is said of wrong calls.
import { execFile } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toMbox } from "../lab/to-mbox.ts";
import { caseNamed } from "../provider/all-cases.ts";
import { pem } from "../provider/der.ts";
import { buildOcspResponse } from "../provider/ocsp-builder.ts";
import { ISSUERS, REVOCATION_LISTS, rootPem, SIGNERS } from "../provider/test-authority.ts";

const PROJECT = join(import.meta.dirname, "../..");
const START_LIMIT = 180_000;
let folder: string;
let envelope: string;
let ordinary: string;
let anchor: string;
let list: string;
let revokingList: string;
let answer: string;
let revoked: string;

const ocspAnswer = (): Uint8Array =>
  buildOcspResponse({
    issuer: { name: ISSUERS.issuing.name, publicKey: createPublicKey(ISSUERS.issuing.key) },
    answers: [
      {
        serial: SIGNERS.revoked.serial,
        status: "good",
        thisUpdate: Date.UTC(2026, 10, 20),
        nextUpdate: Date.UTC(2026, 10, 21),
      },
    ],
    producedAt: Date.UTC(2026, 10, 20),
    signerPrivateKey: ISSUERS.issuing.key,
  });

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...argv: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const command = ["--import", "tsx", "src/cli/inspect.ts", ...argv];
    execFile(process.execPath, command, { cwd: PROJECT }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
const jsonLines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sigillo-inspect-"));
  const put = async (name: string, content: Uint8Array | string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  envelope = await put("envelope.eml", caseNamed("envelope").bytes);
  ordinary = await put("ordinary.eml", caseNamed("ordinary-mail").bytes);
  anchor = await put("root.pem", rootPem);
  list = await put("list.crl", REVOCATION_LISTS.nothingRevoked);
  revokingList = await put("revoking.pem", pem("X509 CRL", REVOCATION_LISTS.revokedBefore));
  answer = await put("answer.der", ocspAnswer());
  revoked = await put("revoked.eml", caseNamed("signer-revoked").bytes);
});
afterAll(() => rm(folder, { recursive: true }));

describe("npm run inspect", { timeout: START_LIMIT }, () => {
  it("--json: one object per file and line, with the names of the contract", async () => {
    const at = "2026-11-20T09:00:00Z";
    const { status, stdout, stderr } = await run("--json", "--anchor", anchor, "--at", at, envelope, ordinary);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [first, second] = jsonLines(stdout);
    expect(first).toMatchObject({
      schema: 1,
      file: envelope,
      kind: "posta-certificata",
      seal: { indication: "TOTAL-PASSED", subIndication: null },
      signature: {
        indication: "INDETERMINATE",
        subIndication: "TRY_LATER",
        digestAlgorithm: "SHA-256",
        signingTime: expect.stringMatching(/^2026-.*Z$/) as unknown,
        validationTime: expect.stringMatching(/^2026-.*Z$/) as unknown,
        signer: {
          emails: ["posta-certificata@pec.gestore-uno.test"],
          serial: expect.stringMatching(/^[0-9A-F]+$/) as unknown,
          notBefore: expect.stringMatching(/Z$/) as unknown,
          notAfter: expect.stringMatching(/Z$/) as unknown,
        },
        revocation: { status: "not-asked" },
        recordedAt: null,
        chain: [expect.any(String), expect.any(String), expect.stringContaining("Test Root")] as unknown,
      },
      daticert: {
        tipo: "posta-certificata",
        errore: "nessuno",
        data: expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/) as unknown,
        ricezione: [],
        consegna: null,
        erroreEsteso: null,
      },
    });
    expect(Object.keys((first as { daticert: object }).daticert)).toEqual(
      expect.arrayContaining([
        "mittente",
        "destinatari",
        "risposte",
        "oggetto",
        "gestoreEmittente",
        "identificativo",
        "msgid",
        "ricevuta",
      ]),
    );
    expect(second).toMatchObject({ kind: null, seal: { indication: "NONE" }, signature: null, daticert: null });
  });

  it("an anchor handed in is said so; without it the authority is unknown", async () => {
    const [withAnchor] = jsonLines((await run("--json", "--anchor", anchor, envelope)).stdout);
    expect((withAnchor as { seal: { remarks: string[] } }).seal.remarks).toContain("USER_ADDED_ANCHOR");
    const [without] = jsonLines((await run("--json", envelope)).stdout);
    expect(without).toMatchObject({
      seal: { indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" },
    });
  });

  it("--crl is asked about the signer, in DER and PEM", async () => {
    const options = ["--json", "--anchor", anchor, "--at", "2026-11-20T09:00:00Z"];
    const [good] = jsonLines((await run(...options, "--crl", list, revoked)).stdout);
    expect(good).toMatchObject({
      seal: { indication: "TOTAL-PASSED" },
      signature: { revocation: { status: "good", thisUpdate: "2026-11-20T00:00:00.000Z" } },
    });
    const [bad] = jsonLines((await run(...options, "--crl", list, "--crl", revokingList, revoked)).stdout);
    expect(bad).toMatchObject({
      seal: { indication: "TOTAL-FAILED", subIndication: "REVOKED" },
      signature: { revocation: { status: "revoked", reason: "superseded", time: "2026-10-01T08:00:00.000Z" } },
    });
  });

  it("--ocsp is asked about the signer, and the report says so", async () => {
    const options = ["--anchor", anchor, "--at", "2026-11-20T09:00:00Z"];
    const { stdout } = await run(...options, "--ocsp", answer, revoked);
    expect(stdout).toMatch(/revocation +good as of 2026-11-20T00:00:00.000Z/);
  });

  it("--at is the moment taken as now and never the certified time", async () => {
    const [early] = jsonLines(
      (await run("--json", "--anchor", anchor, "--at", "2020-01-01T00:00:00Z", envelope)).stdout,
    );
    expect(early).toMatchObject({ seal: { indication: "INDETERMINATE", subIndication: "SIG_CONSTRAINTS_FAILURE" } });
    const [late] = jsonLines(
      (await run("--json", "--anchor", anchor, "--at", "2060-01-01T00:00:00Z", envelope)).stdout,
    );
    expect(late).toMatchObject({ seal: { indication: "TOTAL-PASSED" } });
    const validationTime = (inspected: unknown) =>
      (inspected as { signature: { validationTime: string } }).signature.validationTime;
    expect(validationTime(late)).toBe(validationTime(early));
  });

  it("prints a readable report without --json", async () => {
    const { status, stdout } = await run("--anchor", anchor, envelope);
    expect(status).toBe(0);
    expect(stdout).toContain(envelope);
    expect(stdout).toMatch(/seal +TOTAL-PASSED/);
  });

  it("names an unreadable file, inspects the others, and ends with 2", async () => {
    const missing = join(folder, "missing.eml");
    const { status, stdout, stderr } = await run("--json", missing, folder, ordinary);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toEqual([
      `inspect: ${missing}: there is no such file`,
      `inspect: ${folder}: this is a folder, not a file`,
    ]);
    expect(jsonLines(stdout)).toHaveLength(1);
  });

  it.each([
    ["no file", () => []],
    ["an unknown option", () => ["--frobnicate", envelope]],
    ["a time without zone", () => ["--at", "2026-11-20T09:00:00", envelope]],
    ["a language that there is not", () => ["--language", "de", envelope]],
    ["a time that is none", () => ["--at", "yesterday", envelope]],
    ["an anchor that is missing", () => ["--anchor", join(folder, "nothing.pem"), envelope]],
    ["a list that is none", () => ["--crl", envelope, envelope]],
    ["a list handed in as an answer", () => ["--ocsp", list, envelope]],
    ["an anchor that is no certificate", () => ["--anchor", envelope, envelope]],
  ])("%s: usage on the error stream, 2", async (_, argv) => {
    const { status, stdout, stderr } = await run(...argv());
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage:");
  });

  describe("mbox files and reports", () => {
    let mailbox: string;
    const parts = ["envelope", "body-altered-by-one-byte", "ordinary-mail"].map((name) => caseNamed(name).bytes);
    const looks = (stdout: string) =>
      jsonLines(stdout).map((line) => {
        const { position, look } = line as { position: number | null; look: string };
        return [position, look];
      });

    beforeAll(async () => {
      mailbox = join(folder, "posta.mbox");
      await writeFile(mailbox, toMbox(parts));
    });

    it("each message of an mbox file is inspected, with its place in the file", async () => {
      const { status, stdout } = await run("--json", "--anchor", anchor, mailbox, envelope);
      expect(status).toBe(0);
      expect(looks(stdout)).toEqual([
        [1, "sealed-with-remarks"],
        [2, "not-valid"],
        [3, "none"],
        [null, "sealed-with-remarks"],
      ]);
      const [, second] = jsonLines(stdout);
      const { start, length } = second as { start: number; length: number };
      const bytes = await readFile(mailbox);
      expect(new Uint8Array(bytes.subarray(start, start + length))).toEqual(parts[1]);
      expect((second as { boundariesDoubtful: boolean }).boundariesDoubtful).toBe(false);
    });

    it("is known by its content too, and its messages are named in the text", async () => {
      const unnamed = join(folder, "Inbox");
      await writeFile(unnamed, toMbox(parts));
      const { stdout } = await run("--anchor", anchor, unnamed);
      expect(stdout).toContain(`${unnamed}#2`);
    });

    it("--report writes a table and a report, and never overwrites either", async () => {
      const reports = join(folder, "rapporto", "uno");
      const missing = join(folder, "missing.eml");
      const first = await run(
        "--anchor",
        anchor,
        "--at",
        "2026-11-20T09:00:00Z",
        "--report",
        reports,
        mailbox,
        missing,
      );
      expect(first.status).toBe(2);
      expect(await readdir(reports)).toEqual(["report.csv", "report.html"]);
      const table = await readFile(join(reports, "report.csv"), "utf8");
      const [head, ...lines] = table.trimEnd().split("\r\n");
      expect(head).toMatch(/^\ufeff"Esito";"Motivo";"Tipo"/);
      expect(lines.map((line) => line.split(";").slice(0, 2).join(" "))).toEqual([
        '"Sigillo valido, con note" ""',
        '"Sigillo non valido" "Contenuto modificato o danneggiato"',
        '"Non è PEC" ""',
        '"Non verificato" "Non si può leggere: file cambiato o server non raggiungibile"',
      ]);
      const report = await readFile(join(reports, "report.html"), "utf8");
      expect(report).toContain("Verifica dei messaggi (4)");
      expect(report).not.toMatch(/<script|https?:\/\//);

      const second = await run("--report", reports, mailbox);
      expect(second).toMatchObject({ status: 2, stdout: "" });
      expect(second.stderr).toContain(`${join(reports, "report.csv")}: is there already; nothing is overwritten`);
      expect(await readFile(join(reports, "report.csv"), "utf8")).toBe(table);
    });

    it("--language en; a folder that is a file is told", async () => {
      const reports = join(folder, "report-en");
      expect((await run("--report", reports, "--language", "en", envelope)).status).toBe(0);
      expect(await readFile(join(reports, "report.html"), "utf8")).toContain('<html lang="en-GB">');
      const wrong = await run("--report", envelope, envelope);
      expect(wrong).toMatchObject({ status: 2, stdout: "" });
      expect(wrong.stderr).toContain("Usage:");
    });
  });

  it("refuses a signer's certificate as anchor", async () => {
    const leaf = join(folder, "leaf.pem");
    await writeFile(leaf, pem("CERTIFICATE", SIGNERS.good.certificate));
    const { status, stderr } = await run("--anchor", leaf, envelope);
    expect(status).toBe(2);
    expect(stderr).toContain("NOT_A_CA");
  });
});
