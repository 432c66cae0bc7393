// Belongs here: requests of the options page from `unknown` to their type. Does NOT belong here: answering them (see answer-options.ts).
import type { OptionsRequest } from "../../messages.ts";
import { isRecord, isTime } from "../plain-values.ts";
import { isSizeLimit, MAIL_WORKS, NOTICE_KINDS, parseUserAnchor } from "../settings.ts";

/** Files larger than this are no lists, certificates or records of ours (see the limits of core/pki and of records-file.ts). */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_CHARACTERS = 512 * 1024 * 1024;
/** Longest address, file name or domain that is stored. */
const MAX_NAME = 2_000;
const MAX_DOMAINS = 200;

/** `null`: none of ours. */
export function parseOptionsRequest(value: unknown): OptionsRequest | null {
  if (!isRecord(value)) return null;
  const { name } = value;
  switch (name) {
    case "read":
    case "delete-records":
    case "export-records":
    case "save-backup":
      return { name };
    case "read-anchor-file": {
      const { bytes } = value;
      return isBytes(bytes) ? { name, bytes } : null;
    }
    case "add-anchor":
      return parseAddAnchor(value);
    case "remove-anchor": {
      const { sha256 } = value;
      return isName(sha256) ? { name, sha256 } : null;
    }
    case "restore-anchor": {
      const anchor = parseUserAnchor(value["anchor"]);
      return anchor && { name, anchor };
    }
    case "set-always-ask":
    case "set-keep-records": {
      const { on } = value;
      return typeof on === "boolean" ? { name, on } : null;
    }
    case "fetch-list": {
      const { url } = value;
      return isName(url) ? { name, url } : null;
    }
    case "add-revocation-file": {
      const { fileName, bytes } = value;
      return isName(fileName) && isBytes(bytes) ? { name, fileName, bytes } : null;
    }
    case "forget-revocation-data": {
      const { id } = value;
      return isName(id) ? { name, id } : null;
    }
    case "import-records":
    case "restore-backup": {
      const { text } = value;
      return typeof text === "string" && text.length <= MAX_CHARACTERS ? { name, text } : null;
    }
    case "set-notice": {
      const kind = NOTICE_KINDS.find((each) => each === value["kind"]);
      const { on } = value;
      return kind !== undefined && typeof on === "boolean" ? { name, kind, on } : null;
    }
    case "set-mail-work": {
      const work = MAIL_WORKS.find((each) => each === value["work"]);
      const { on } = value;
      return work !== undefined && typeof on === "boolean" ? { name, work, on } : null;
    }
    case "set-receipt-size-limit": {
      const { bytes } = value;
      return isSizeLimit(bytes) ? { name, bytes } : null;
    }
    default:
      return null;
  }
}

function parseAddAnchor(value: Readonly<Record<string, unknown>>): OptionsRequest | null {
  const { base64, fingerprint, source, notAfter } = value;
  if (typeof base64 !== "string" || base64.length > MAX_BYTES || !isName(fingerprint) || !isName(source)) return null;
  if (notAfter !== null && !isTime(notAfter)) return null;
  const domains: unknown = value["domains"];
  if (!Array.isArray(domains) || domains.length > MAX_DOMAINS) return null;
  const names: readonly unknown[] = domains;
  if (!names.every(isName)) return null;
  return { name: "add-anchor", base64, fingerprint, source, domains: names, notAfter };
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array && value.length <= MAX_BYTES;
const isName = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_NAME;
