// Belongs here: decoding a certificate revocation list (RFC 5280 §5). Does NOT belong here: whether it may be used (see core/chain/check-revocation.ts).
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
import {
  hexadecimal,
  readBitStringBytes,
  readBoolean,
  readObjectIdentifier,
  readSerial,
  readSmallInteger,
  readTime,
} from "./asn1-values.ts";
import type { DistinguishedName, SignatureAlgorithm } from "./certificate.ts";
import { readName } from "./distinguished-name.ts";
import { readGeneralName } from "./general-name.ts";
import { MalformedError } from "./malformed-error.ts";
import { describeSignatureAlgorithm, readAlgorithmIdentifier } from "./signature-algorithm.ts";

/** The largest lists of public CAs have some 10 MB. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;

/** Values of CRLReason (RFC 5280 §5.3.1) by number; 7 is not used. */
const REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  null,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;
export type RevocationReason = NonNullable<(typeof REASONS)[number]>;

export interface RevokedEntry {
  /** Milliseconds since 1970, UTC. */
  readonly revocationDate: number;
  readonly reason: RevocationReason;
  /** When the key is thought to have been lost; `null` when not stated. */
  readonly invalidityDate: number | null;
  /** Critical extensions of the entry that are not processed. */
  readonly unknownCritical: readonly string[];
}

/** Which certificates a list is about (RFC 5280 §5.2.5). */
export interface IssuingDistributionPoint {
  /** URIs of the point; `null`: the list is for every point. Empty: a point named in another form. */
  readonly uris: readonly string[] | null;
  readonly onlyUserCertificates: boolean;
  readonly onlyAuthorityCertificates: boolean;
  readonly onlySomeReasons: boolean;
  readonly indirect: boolean;
  readonly onlyAttributeCertificates: boolean;
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
  readonly isDelta: boolean;
  /** crlNumber (RFC 5280 §5.2.3), hexadecimal as serial numbers are. */
  readonly number: string | null;
  readonly unknownCritical: readonly string[];
  /** Entries of one serial number (as in Certificate), in order. Lists may have a million entries, so they are read only when asked. @throws MalformedError */
  readonly entriesOf: (serial: string) => readonly RevokedEntry[];
}

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const EXTENSION = {
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  authorityKeyIdentifier: "2.5.29.35",
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
  const valueOf = (oid: string): Asn1Element | null => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    return extension === undefined ? null : readOnly(extension.value, "DER");
  };
  const keyIdentifier = valueOf(EXTENSION.authorityKeyIdentifier);
  const point = valueOf(EXTENSION.issuingDistributionPoint);
  const number = valueOf(EXTENSION.crlNumber);
  const identifier = readAlgorithmIdentifier(outerAlgorithm);
  return {
    issuer,
    thisUpdate,
    nextUpdate: nextUpdate === null ? null : readTime(nextUpdate),
    tbs: tbs.bytes,
    signature,
    signatureAlgorithm: describeSignatureAlgorithm(identifier, null),
    signatureParameters: identifier.parameters,
    signatureAlgorithmsAgree: equalBytes(innerAlgorithm.bytes, outerAlgorithm.bytes),
    authorityKeyIdentifier: keyIdentifier === null ? null : readKeyIdentifier(keyIdentifier),
    issuingDistributionPoint: point === null ? null : readIssuingDistributionPoint(point),
    number: number === null ? null : readSerial(number),
    isDelta: extensions.some(({ oid }) => oid === EXTENSION.deltaIndicator),
    unknownCritical: unknownCritical(extensions),
    entriesOf: (serial) => (entries === null ? [] : findEntries(entries.content, serial)),
  };
}

function unknownCritical(extensions: readonly Extension[]): readonly string[] {
  return extensions.filter(({ oid, critical }) => critical && !PROCESSED.has(oid)).map(({ oid }) => oid);
}

function readExtensions(list: Asn1Element): readonly Extension[] {
  const extensions = children(list, "DER").map((element): Extension => {
    const reader = ElementReader.of(element, TAG.sequence, "DER");
    const oid = readObjectIdentifier(reader.required(TAG.objectIdentifier));
    const critical = reader.optional(TAG.boolean);
    const { content: value } = reader.required(TAG.octetString);
    reader.end();
    return { oid, critical: critical !== null && readBoolean(critical), value };
  });
  if (new Set(extensions.map(({ oid }) => oid)).size !== extensions.length) {
    throw new MalformedError("DUPLICATE_EXTENSION");
  }
  return extensions;
}

function readKeyIdentifier(value: Asn1Element): string | null {
  const identifier = ElementReader.of(value, TAG.sequence, "DER").optional(primitive(0));
  return identifier === null ? null : hexadecimal(identifier.content);
}

function readIssuingDistributionPoint(value: Asn1Element): IssuingDistributionPoint {
  const reader = ElementReader.of(value, TAG.sequence, "DER");
  const name = reader.optional(constructed(0));
  const flag = (element: Asn1Element | null): boolean => element !== null && element.content[0] !== 0;
  const onlyUserCertificates = flag(reader.optional(primitive(1)));
  const onlyAuthorityCertificates = flag(reader.optional(primitive(2)));
  const onlySomeReasons = reader.optional(primitive(3)) !== null;
  const indirect = flag(reader.optional(primitive(4)));
  const onlyAttributeCertificates = flag(reader.optional(primitive(5)));
  reader.end();
  return {
    uris: name === null ? null : readPointUris(name),
    onlyUserCertificates,
    onlyAuthorityCertificates,
    onlySomeReasons,
    indirect,
    onlyAttributeCertificates,
  };
}

function readPointUris(name: Asn1Element): readonly string[] {
  return children(name, "DER")
    .filter(({ tag }) => tag === constructed(0))
    .flatMap((fullName) => children(fullName, "DER").map(readGeneralName))
    .flatMap((generalName) => (generalName.form === "uniformResourceIdentifier" ? [generalName.value] : []));
}

function findEntries(content: Uint8Array, serial: string): readonly RevokedEntry[] {
  const found: RevokedEntry[] = [];
  for (let offset = 0; offset < content.length;) {
    const entry = readElement(content, offset, "DER");
    offset += entry.bytes.length;
    if (entry.tag !== TAG.sequence) throw new MalformedError("UNEXPECTED_TAG");
    if (readSerial(readElement(entry.content, 0, "DER")) === serial) found.push(readEntry(entry));
  }
  return found;
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
    unknownCritical: unknownCritical(extensions),
  };
}

function readReason(value: Asn1Element): RevocationReason {
  if (value.tag !== TAG.enumerated) throw new MalformedError("UNEXPECTED_TAG");
  // A reason that does not exist says only that it is revoked.
  return REASONS[readSmallInteger(value.content)] ?? "unspecified";
}
