// Belongs here: the test provider judged by somebody else: OpenSSL must agree on what is intact and which certificate is good.
// Does NOT belong here: our own verdicts (test/core).
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allCases } from "./all-cases.ts";
import { extraAuthorities } from "./demo-authorities.ts";
import { demoMessages } from "./demo-messages.ts";
import { pem } from "./der.ts";
import { at } from "./local-time.ts";
import { CRLF, toByteString } from "./mime-builder.ts";
import {
  issuingCertificate,
  legacyIssuingCertificate,
  newerAgencyCertificate,
  personalAuthorityCertificate,
  REVOCATION_LISTS,
  rootCertificate,
  rootPem,
  type SignerName,
  SIGNERS,
  unknownRootCertificate,
} from "./test-authority.ts";
import type { Integrity } from "./test-case.ts";
import { toMbox } from "../lab/to-mbox.ts";

let folder = "";

function run(args: readonly string[]): { readonly status: number; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync("openssl", args, { encoding: "latin1" });
  if (error !== undefined) throw new Error(`openssl is needed for the tests of the test provider: ${error.message}`);
  return { status: status ?? -1, output: stdout + stderr };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sigillo-provider-"));
  file(
    "signers.pem",
    Object.values(SIGNERS)
      .map(({ certificate }) => pem("CERTIFICATE", certificate))
      .join(""),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = (entity: string): string => entity.slice(0, entity.indexOf(CRLF + CRLF) + 2).replace(/\r\n[ \t]+/g, " ");

/** Bodies between the lines of a boundary; a small reader of its own, for well made messages only. */
function childrenOf(entity: string): readonly string[] {
  const boundary = /^content-type:\s*multipart\/.*boundary="([^"]+)"/im.exec(header(entity))?.[1];
  if (boundary === undefined) return [];
  const escaped = boundary.replace(/[^\w]/g, "\\$&");
  const delimiter = new RegExp(`\\r\\n--${escaped}(?:--)?[ \\t]*(?=\\r\\n|$)`);
  const pieces = (CRLF + entity.slice(entity.indexOf(CRLF + CRLF) + 4)).split(delimiter);
  return pieces.slice(1, -1).map((piece) => piece.slice(CRLF.length));
}

/** The multipart/signed of a message, be it the message itself or a child. */
function signedPartOf(entity: string): readonly string[] | null {
  if (/^content-type:\s*multipart\/signed/im.test(header(entity))) return childrenOf(entity);
  return (
    childrenOf(entity)
      .map(signedPartOf)
      .find((found) => found !== null) ?? null
  );
}

const bodyOf = (entity: string): string => entity.slice(entity.indexOf(CRLF + CRLF) + 4);

function verified(args: readonly string[]): Integrity {
  // Without the system's own authorities: nobody needs them here, and loading them takes most of the time.
  const { status, output } = run([
    "cms",
    "-verify",
    "-noverify",
    "-no-CAfile",
    "-no-CApath",
    "-no-CAstore",
    "-out",
    join(folder, "out"),
    ...args,
  ]);
  if (status === 0) return "intact";
  // The last two functions to speak of a signer: over the attributes, over the content. Everything else failed before.
  return /CMS_SignerInfo_verify(_content)?:/.test(output) ? "broken" : "unreadable";
}

/** What OpenSSL says of the signature of a message, over the exact bytes of the first part. */
function judge(bytes: Uint8Array): Integrity {
  // Mail saved with bare line feeds verifies after conversion only (trust-policy §1).
  const message = toByteString(bytes).replace(/\r?\n/g, CRLF);
  const certificates = ["-certfile", join(folder, "signers.pem")];
  if (/^content-type:\s*application\/pkcs7-mime/im.test(header(message))) {
    return verified(["-inform", "SMIME", "-in", file("message.eml", Buffer.from(message, "latin1")), ...certificates]);
  }
  const parts = signedPartOf(message);
  if (parts === null) return "unsigned";
  const [content, signature] = parts;
  if (content === undefined || signature === undefined) return "unreadable";
  const encoded = bodyOf(signature).replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+=*$/.test(encoded)) return "unreadable";
  return verified([
    ...["-inform", "DER", "-binary"],
    ...["-in", file("smime.p7s", Buffer.from(encoded, "base64"))],
    ...["-content", file("content", Buffer.from(content, "latin1"))],
    ...certificates,
  ]);
}

describe("every message of the test provider", () => {
  const cases = allCases();

  it("has a name of its own", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it("is made of the same bytes at each call", () => {
    const digests = (): readonly string[] =>
      allCases().map(({ name, bytes }) => `${name} ${createHash("sha256").update(bytes).digest("hex")}`);
    expect(digests()).toEqual(digests());
  });

  it.each(cases.map((testCase) => [testCase.name, testCase] as const))("%s: OpenSSL agrees", (_name, testCase) => {
    expect(judge(testCase.bytes)).toBe(testCase.integrity);
  });
});

describe("certificates of the test provider", () => {
  const verifyAt = (
    signer: SignerName,
    { root = rootCertificate, time = at("2026-10-20T08:17:33+02:00"), level = 1, extra = [] as readonly string[] } = {},
  ): { readonly status: number; readonly output: string } => {
    const { certificate, embedded } = SIGNERS[signer];
    return run([
      ...["verify", "-auth_level", String(level), "-purpose", "smimesign", "-attime", String(time / 1000)],
      ...["-trusted", file("root.pem", pem("CERTIFICATE", root))],
      ...["-untrusted", file("embedded.pem", embedded.map((der) => pem("CERTIFICATE", der)).join(""))],
      ...extra,
      file("leaf.pem", pem("CERTIFICATE", certificate)),
    ]);
  };

  it.each([
    "good",
    "goodB",
    "wrongAddress",
    "noPolicy",
    "otherPolicy",
    "elliptic",
    "revoked",
    "person",
    "personAsProvider",
    "newerAgency",
  ] as const)("%s has a good path", (signer) => {
    expect(verifyAt(signer)).toMatchObject({ status: 0 });
  });

  it.each([
    ["expiredAtSigning", "certificate has expired"],
    ["notYetValid", "certificate is not yet valid"],
    ["addressOutsideConstraints", "permitted subtree violation"],
    ["organizationOutsideConstraints", "permitted subtree violation"],
    ["wrongKeyUsage", "unsupported certificate purpose|unsuitable certificate purpose"],
    ["wrongExtendedKeyUsage", "unsupported certificate purpose|unsuitable certificate purpose"],
    ["unknownAuthority", "unable to get (local )?issuer certificate"],
    ["remService", "unable to get (local )?issuer certificate"],
  ] as const)("%s is refused: %s", (signer, reason) => {
    const { status, output } = verifyAt(signer);
    expect(status).not.toBe(0);
    expect(output).toMatch(new RegExp(reason));
  });

  it.each(["sha1Certificate", "weakKey"] as const)("%s is refused for its strength alone", (signer) => {
    expect(verifyAt(signer, { level: 2 }).status).not.toBe(0);
    expect(verifyAt(signer, { level: 0 }).status).toBe(0);
  });

  it("expiredSince was good when it signed", () => {
    expect(verifyAt("expiredSince", { time: at("2026-10-12T08:00:00Z") }).status).toBe(0);
    expect(verifyAt("expiredSince", { time: at("2026-11-20T08:00:00Z") }).status).not.toBe(0);
  });

  it("legacy was good in its time, at the strength of that time", () => {
    expect(verifyAt("legacy", { time: at("2014-06-11T09:20:00Z"), level: 0 }).status).toBe(0);
  });

  it("unknownAuthority is good under its own root only", () => {
    expect(verifyAt("unknownAuthority", { root: unknownRootCertificate }).status).toBe(0);
  });

  it.each([
    ["nothingRevoked", 0],
    ["revokedBefore", 2],
    ["revokedAfter", 2],
    ["keyCompromised", 2],
  ] as const)("revocation list %s is read", (list, status) => {
    const path = file("list.pem", pem("X509 CRL", REVOCATION_LISTS[list]));
    expect(
      verifyAt("revoked", { time: at("2026-11-20T09:00:00Z"), extra: ["-crl_check", "-CRLfile", path] }).status,
    ).toBe(status);
  });

  it("carries the address and the authority it is named for", () => {
    const certificate = new X509Certificate(SIGNERS.good.certificate);
    expect(certificate.subjectAltName).toBe("email:posta-certificata@pec.gestore-uno.test");
    expect(certificate.checkIssued(new X509Certificate(SIGNERS.good.embedded[0] ?? new Uint8Array()))).toBe(true);
    for (const authority of [newerAgencyCertificate, personalAuthorityCertificate, legacyIssuingCertificate]) {
      expect(new X509Certificate(authority).ca).toBe(true);
      expect(new X509Certificate(authority).checkIssued(new X509Certificate(rootCertificate))).toBe(true);
    }
  });
});

describe("demo mailbox", () => {
  it("trusts the root and the issuing keys of the test authority", () => {
    const spki = (certificate: Uint8Array): string =>
      createHash("sha256")
        .update(new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" }))
        .digest("hex");
    expect(extraAuthorities.map((authority) => authority.rootPem)).toEqual([rootPem, rootPem]);
    expect(extraAuthorities.map(({ issuingKey }) => issuingKey.spkiSha256)).toEqual([
      spki(issuingCertificate),
      spki(legacyIssuingCertificate),
    ]);
  });

  it("holds a message of every kind", () => {
    const kinds = new Set(demoMessages().map(({ expected }) => expected.kind));
    expect([...kinds].toSorted()).toEqual(
      [
        null,
        "accettazione",
        "anomalia",
        "avvenuta-consegna",
        "errore-consegna",
        "non-accettazione",
        "posta-certificata",
        "preavviso-errore-consegna",
        "presa-in-carico",
        "rem",
        "rilevazione-virus",
      ].toSorted(),
    );
  });

  it("is as intact as its titles say", () => {
    const integrities = demoMessages().map(({ id, bytes }) => [id, judge(bytes)] as const);
    const named = (integrity: Integrity): readonly string[] =>
      integrities.filter(([, found]) => found === integrity).map(([id]) => id);
    expect(named("broken")).toEqual(["altered"]);
    expect(named("unreadable")).toEqual([]);
    expect(named("unsigned")).toEqual(["forged", "ordinary-mail", "ordinary-mail-with-attached-pec"]);
  });

  it("has no two messages of one identifier or subject", () => {
    const field = (bytes: Uint8Array, name: string): string =>
      new RegExp(`^${name}: (.*)\\r$`, "im").exec(header(toByteString(bytes)))?.[1] ?? "";
    const messages = demoMessages();
    for (const name of ["Message-ID", "Subject"]) {
      const values = messages.map(
        ({ id, bytes, expected }) =>
          `${expected.kind === "preavviso-errore-consegna" && name === "Subject" ? id : ""}${field(bytes, name)}`,
      );
      expect(values.every((value) => value !== "")).toBe(true);
      expect(new Set(values).size).toBe(messages.length);
    }
  });

  it("goes into an mbox byte for byte", () => {
    const messages = demoMessages().map(({ bytes }) => bytes);
    const mbox = toByteString(toMbox(messages));
    expect(mbox.match(/^From - /gm)).toHaveLength(messages.length);
    for (const bytes of messages) expect(mbox).toContain(toByteString(bytes));
  });
});

it("OpenSSL is there to judge", () => {
  expect(execFileSync("openssl", ["version"], { encoding: "utf8" })).toMatch(/^OpenSSL [13]/);
});
