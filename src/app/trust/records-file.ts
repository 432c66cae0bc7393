// Belongs here: the file in which a person carries local records from one computer to another, and reading it with distrust.
// Does NOT belong here: storing (see local-record-book.ts).
import type { Indication, LocalRecord } from "../../core/index.ts";
import { isRecord, isTime } from "../plain-values.ts";

const FORMAT = "sigillo-pec-records";
const VERSION = 1;

/** Some 400 characters each. Attack: a file that fills the disk. */
const MAX_RECORDS = 1_000_000;

const INDICATIONS: readonly Indication[] = ["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"];

/** One record a line, so that people can look through it. */
export function writeRecordsFile(records: readonly LocalRecord[]): string {
  const lines = records.map((record) => JSON.stringify(record));
  return `{"format":"${FORMAT}","version":${String(VERSION)},"records":[\n${lines.join(",\n")}\n]}\n`;
}

/**
 * `null` unless every record is whole: half a file is no file.
 *
 * @param now milliseconds UTC; a record of the future proves nothing and spoils the file
 */
export function parseRecordsFile(text: string, now: number): readonly LocalRecord[] | null {
  const value = parseJson(text);
  if (!isRecord(value) || value["format"] !== FORMAT || value["version"] !== VERSION) return null;
  const { records } = value;
  if (!Array.isArray(records) || records.length > MAX_RECORDS) return null;
  const parsed = records.map((record) => parseRecord(record, now));
  return parsed.every((record) => record !== null) ? parsed : null;
}

function parseRecord(value: unknown, now: number): LocalRecord | null {
  if (!isRecord(value)) return null;
  const { signatureSha256, signedSha256, signerSha256, issuerSha256 } = value;
  const { validationTime, firstVerifiedAt, toldAt = firstVerifiedAt, notRevokedAt } = value;
  const indication = INDICATIONS.find((each) => each === value["indication"]);
  if (!isHash(signatureSha256) || !isHash(signedSha256) || !isHash(signerSha256)) return null;
  if (issuerSha256 !== null && !isHash(issuerSha256)) return null;
  if (!isTime(validationTime) || !isTime(firstVerifiedAt) || firstVerifiedAt > now) return null;
  if (!isTime(toldAt) || toldAt > now || (notRevokedAt !== null && !isTime(notRevokedAt))) return null;
  if (indication === undefined) return null;
  return {
    signatureSha256,
    signedSha256,
    signerSha256,
    issuerSha256,
    validationTime,
    // Since now it is known here that there is such a signature; all that was before is what the file says.
    firstVerifiedAt: now,
    toldAt: Math.min(firstVerifiedAt, toldAt),
    indication,
    // What an authority once answered is not known from anybody else's word.
    notRevokedAt: null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not ours.
    return null;
  }
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
