// Belongs here: the genuine certificates kept as test data, decoded. Does NOT belong here: those that are shipped (see src/core/trust).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import { parseCertificate } from "../../../src/core/pki/parse-certificate.ts";
import { parsePem } from "../../../src/core/pki/parse-pem.ts";

const FOLDER = join(import.meta.dirname, "certificates");

interface Index {
  /** Signing certificates of providers. `validIssuers`: shipped issues under which `openssl verify` accepted them. */
  readonly signers: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly source: string;
    readonly rfc822Name: string;
    readonly validIssuers: readonly string[];
  }[];
  /** Authorities that stand near the PEC ones and must never make a seal. */
  readonly other: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly source: string;
    readonly role: string;
  }[];
}

export const published = JSON.parse(readFileSync(join(FOLDER, "index.json"), "utf8")) as Index;

export async function readPublished(file: string): Promise<Certificate> {
  const [der] = parsePem(readFileSync(join(FOLDER, file), "utf8"));
  if (der === undefined) throw new Error(`no certificate in ${file}`);
  return parseCertificate(der);
}
