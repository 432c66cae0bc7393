// Belongs here: decoding a certificate revocation list (RFC 5280 §5). Does NOT belong here: whether it may be used (see core/chain/check-revocation.ts).
//
// A list may have a million entries, and one is asked for. So the entries are walked over as bytes (three headers each, about 10 ms for 1 MB; as
// objects they took 0.5 s), and only those found are decoded.
import {
  children,
  constructed,
  ElementReader,
  equalBytes,
  primitive,
  readElement,
  readOnly,
  TAG,
  type Asn1Element,
} from "./asn1.ts";
import { hexadecimal, readBitStringBytes, readIntegerBytes, readSmallInteger, readTime } from "./asn1-values.ts";
import type { SignatureAlgorithm } from "./certificate.ts";
import { type DistinguishedName, equalNames, readName } from "./distinguished-name.ts";
import {
  readIssuingDistributionPoint,
  REVOCATION_REASONS,
  type IssuingDistributionPoint,
  type RevocationReason,
} from "./distribution-point.ts";
import { readGeneralName } from "./general-name.ts";
import { MalformedError } from "./malformed-error.ts";
import { readExtensions, unknownCritical } from "./read-extensions.ts";
import { describeSignatureAlgorithm, readAlgorithmIdentifier } from "./signature-algorithm.ts";

/** The largest lists of public CAs have some 10 MB; the attack is a download that fills the memory. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;
/** As many as fit into the largest list; the attack is a list of entries of a few octets, which takes seconds to walk over. */
const MAX_ENTRIES = 1_000_000;
/** CRLNumber has at most 20 octets (RFC 5280 §5.2.3); the attack is a number of megabytes. */
const MAX_NUMBER_OCTETS = 20;

export interface RevokedEntry {
  /** Milliseconds since 1970, UTC. */
  readonly revocationDate: number;
  readonly reason: RevocationReason;
  /** When the key is thought to have been lost; `null` when not stated. */
  readonly invalidityDate: number | null;
}

export interface RevocationList {
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signatureParameters: Uint8Array | null;
  readonly signatureAlgorithmsAgree: boolean;
  readonly authorityKeyIdentifier: string | null;
  readonly issuingDistributionPoint: IssuingDistributionPoint | null;
  /** DER of that extension's value, by which a delta is compared with its complete list; `null` when absent. */
  readonly issuingDistributionPointDer: Uint8Array | null;
  /** CRLNumber; `null` when absent. */
  readonly number: bigint | null;
  /** BaseCRLNumber of a delta list (§5.2.4); `null`: a complete list. */
  readonly baseNumber: bigint | null;
  /** Certificates that expired after this moment stay listed (expiredCertsOnCRL, X.509 §9.5.2.8); `null` when not stated. */
  readonly keepsExpiredSince: number | null;
  /** Critical extensions of the list that are not processed. */
  readonly unknownCritical: readonly string[];
  /**
   * Entries of one certificate, in order, by its serial number (as in Certificate) and issuer; `null` when any entry of the list has a
   * critical extension that is not processed, which makes the whole list unusable (RFC 5280 §5.3). @throws MalformedError
   */
  readonly entriesOf: (serial: string, issuer: DistinguishedName) => readonly RevokedEntry[] | null;
}

const EXTENSION = {
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  authorityKeyIdentifier: "2.5.29.35",
  expiredCertificates: "2.5.29.60",
} as const;
const PROCESSED: ReadonlySet<string> = new Set(Object.values(EXTENSION));

/** @throws MalformedError */
export function parseRevocationList(der: Uint8Array): RevocationList {
  if (der.length > MAX_LIST_BYTES) throw new MalformedError("LIST_TOO_LARGE");
  const outer = ElementReader.of(readOnly(der, "DER"), TAG.sequence, "DER");
  const tbs = outer.required(TAG.sequence);
  const outerAlgorithm = outer.required(TAG.sequence);
  const signature = readBitStringBytes(outer.required(TAG.bitString));
  outer.end();

  const fields = ElementReader.of(tbs, TAG.sequence, "DER");
  fields.optional(TAG.integer);
  const innerAlgorithm = fields.required(TAG.sequence);
  const issuer = readName(fields.required(TAG.sequence));
  const thisUpdate = readTime(fields.required(TAG.utcTime, TAG.generalizedTime));
  const nextUpdate = fields.optional(TAG.utcTime, TAG.generalizedTime);
  const entries = fields.optional(TAG.sequence);
  const extensionsField = fields.optional(constructed(0));
  fields.end();

  const extensions = extensionsField === null ? [] : readExtensions(readOnly(extensionsField.content, "DER"));
  const read = <Value>(oid: string, decode: (value: Asn1Element) => Value): Value | null => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    return extension === undefined ? null : decode(readOnly(extension.value, "DER"));
  };
  const identifier = readAlgorithmIdentifier(outerAlgorithm);
  const issuingDistributionPoint = read(EXTENSION.issuingDistributionPoint, readIssuingDistributionPoint);
  const indirect = issuingDistributionPoint?.indirect ?? false;
  return {
    issuer,
    thisUpdate,
    nextUpdate: nextUpdate === null ? null : readTime(nextUpdate),
    tbs: tbs.bytes,
    signature,
    signatureAlgorithm: describeSignatureAlgorithm(identifier, null),
    signatureParameters: identifier.parameters,
    signatureAlgorithmsAgree: equalBytes(innerAlgorithm.bytes, outerAlgorithm.bytes),
    authorityKeyIdentifier: read(EXTENSION.authorityKeyIdentifier, readKeyIdentifier),
    issuingDistributionPoint,
    issuingDistributionPointDer: read(EXTENSION.issuingDistributionPoint, ({ bytes }) => bytes),
    number: read(EXTENSION.crlNumber, readNumber),
    baseNumber: read(EXTENSION.deltaIndicator, readNumber),
    keepsExpiredSince: read(EXTENSION.expiredCertificates, readTime),
    unknownCritical: unknownCritical(extensions, PROCESSED),
    entriesOf: (serial, certificateIssuer) =>
      entries === null ? [] : findEntries(entries.content, serial, certificateIssuer, { issuer, indirect }),
  };
}

function readKeyIdentifier(value: Asn1Element): string | null {
  const identifier = ElementReader.of(value, TAG.sequence, "DER").optional(primitive(0));
  return identifier === null ? null : hexadecimal(identifier.content);
}

function readNumber(element: Asn1Element): bigint {
  const octets = readIntegerBytes(element);
  if ((octets[0] ?? 0x80) >= 0x80 || octets.length > MAX_NUMBER_OCTETS) throw new MalformedError("INTEGER");
  return BigInt(`0x${hexadecimal(octets)}`);
}

/** One DER header after the other, without an object for each. */
class Headers {
  readonly #bytes: Uint8Array;
  tag = 0;
  contentStart = 0;
  end = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Reads the header at `offset`; its element must end at or before `limit`. @throws MalformedError */
  read(offset: number, limit: number): void {
    this.tag = this.#bytes[offset] ?? 0;
    let length = this.#bytes[offset + 1] ?? 0;
    let start = offset + 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4) throw new MalformedError("LENGTH");
      length = 0;
      for (const last = start + octets; start < last; start++) length = length * 256 + (this.#bytes[start] ?? 0);
      if (length < 0x80 || length < 256 ** (octets - 1)) throw new MalformedError("NOT_DER", "length");
    }
    this.contentStart = start;
    this.end = start + length;
    if (this.end > limit) throw new MalformedError("TRUNCATED");
  }

  readTagged(tag: number, offset: number, limit: number): void {
    this.read(offset, limit);
    if (this.tag !== tag) throw new MalformedError("UNEXPECTED_TAG");
  }
}

/** Last octet of the identifiers 2.5.29.n (encoded 55 1D n) of extensions of entries. */
const ENTRY_EXTENSION = { reasonCode: 21, invalidityDate: 24, certificateIssuer: 29 } as const;

function findEntries(
  content: Uint8Array,
  serial: string,
  certificateIssuer: DistinguishedName,
  list: { readonly issuer: DistinguishedName; readonly indirect: boolean },
): readonly RevokedEntry[] | null {
  const wanted = serialOctets(serial);
  const found: RevokedEntry[] = [];
  const headers = new Headers(content);
  // RFC 5280 §5.3.3: an entry without the extension is of the same issuer as the one before it, the first one of the list's.
  let isOfIssuer = equalNames(list.issuer, certificateIssuer);
  let count = 0;
  for (let offset = 0; offset < content.length;) {
    count += 1;
    if (count > MAX_ENTRIES) throw new MalformedError("TOO_MANY_ENTRIES");
    headers.readTagged(TAG.sequence, offset, content.length);
    const { contentStart: entryStart, end: entryEnd } = headers;
    headers.readTagged(TAG.integer, entryStart, entryEnd);
    const { contentStart: serialStart, end: serialEnd } = headers;
    headers.read(serialEnd, entryEnd);
    if (headers.end < entryEnd) {
      const names = scanEntryExtensions(content, headers, headers.end, entryEnd, list.indirect);
      if (names === "UNKNOWN_CRITICAL") return null;
      if (names !== null) isOfIssuer = names.some((name) => equalNames(name, certificateIssuer));
    }
    if (isOfIssuer && hasOctets(content, serialStart, serialEnd, wanted)) {
      found.push(readEntry(readElement(content, offset, "DER")));
    }
    offset = entryEnd;
  }
  return found;
}

/** The issuers named by certificateIssuer, `null` without it. Looks at every entry, so nothing else is decoded. */
function scanEntryExtensions(
  content: Uint8Array,
  headers: Headers,
  start: number,
  limit: number,
  indirect: boolean,
): readonly DistinguishedName[] | "UNKNOWN_CRITICAL" | null {
  headers.readTagged(TAG.sequence, start, limit);
  if (headers.end !== limit) throw new MalformedError("TRAILING_BYTES");
  let names: readonly DistinguishedName[] | null = null;
  for (let offset = headers.contentStart; offset < limit;) {
    headers.readTagged(TAG.sequence, offset, limit);
    const { end } = headers;
    headers.readTagged(TAG.objectIdentifier, headers.contentStart, end);
    const { contentStart: at, end: identifierEnd } = headers;
    const isCommon = identifierEnd - at === 3 && content[at] === 0x55 && content[at + 1] === 0x1d;
    const number = isCommon ? content[at + 2] : undefined;
    headers.read(identifierEnd, end);
    let isCritical = false;
    if (headers.tag === TAG.boolean) {
      isCritical = content[headers.contentStart] !== 0;
      headers.read(headers.end, end);
    }
    if (number === ENTRY_EXTENSION.certificateIssuer && indirect) {
      names = readIssuerNames(content.subarray(headers.contentStart, headers.end));
    } else if (isCritical && number !== ENTRY_EXTENSION.reasonCode && number !== ENTRY_EXTENSION.invalidityDate) {
      return "UNKNOWN_CRITICAL";
    }
    offset = end;
  }
  return names;
}

function readIssuerNames(value: Uint8Array): readonly DistinguishedName[] {
  return children(readOnly(value, "DER"), "DER")
    .map(readGeneralName)
    .flatMap((name) => (name.form === "directoryName" ? [name.value] : []));
}

/** Content octets of the INTEGER that a serial number of Certificate was read from. */
function serialOctets(serial: string): Uint8Array {
  const isNegative = serial.startsWith("-");
  const digits = isNegative ? serial.slice(1) : serial;
  const octets = Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
  return isNegative || (octets[0] ?? 0) < 0x80 ? octets : Uint8Array.of(0, ...octets);
}

function hasOctets(content: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  if (end - start !== wanted.length) return false;
  for (let index = 0; index < wanted.length; index++) if (content[start + index] !== wanted[index]) return false;
  return true;
}

function readEntry(entry: Asn1Element): RevokedEntry {
  const reader = ElementReader.of(entry, TAG.sequence, "DER");
  reader.required(TAG.integer);
  const revocationDate = readTime(reader.required());
  const extensionsField = reader.optional(TAG.sequence);
  reader.end();
  const extensions = extensionsField === null ? [] : readExtensions(extensionsField);
  const reason = extensions.find(({ oid }) => oid === EXTENSION.reasonCode);
  const invalidity = extensions.find(({ oid }) => oid === EXTENSION.invalidityDate);
  return {
    revocationDate,
    reason: reason === undefined ? "unspecified" : readReason(readOnly(reason.value, "DER")),
    invalidityDate: invalidity === undefined ? null : readTime(readOnly(invalidity.value, "DER")),
  };
}

/** CRLReason (RFC 5280 §5.3.1). @throws MalformedError */
export function readReason(value: Asn1Element): RevocationReason {
  if (value.tag !== TAG.enumerated) throw new MalformedError("UNEXPECTED_TAG");
  // A reason that does not exist says only that it is revoked.
  return REVOCATION_REASONS[readSmallInteger(value.content)] ?? "unspecified";
}
