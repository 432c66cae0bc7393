// Belongs here: decoding an X.509 certificate into plain values (RFC 5280 §4), strictly where a lax reading could be abused:
// DER lengths, trailing bytes, duplicate and malformed extensions. Does NOT belong here: any judgement on what was decoded (see core/chain).
import {
  children,
  constructed,
  ElementReader,
  equalBytes,
  primitive,
  readOnly,
  TAG,
  type Asn1Element,
} from "./asn1.ts";
import {
  hexadecimal,
  readBitStringBytes,
  readBoolean,
  readIntegerBytes,
  readNamedBits,
  readObjectIdentifier,
  readSerial,
  readSmallInteger,
  readTime,
} from "./asn1-values.ts";
import type { Certificate, KeyUsageBit, NameConstraints } from "./certificate.ts";
import { digest } from "./digest.ts";
import { readName } from "./distinguished-name.ts";
import { readDistributionPoint, type DistributionPoint } from "./distribution-point.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";
import { MalformedError } from "./malformed-error.ts";
import { readPublicKeyFacts } from "./public-key.ts";
import { describeSignatureAlgorithm, readAlgorithmIdentifier } from "./signature-algorithm.ts";

/** Certificates measured have under 6 KB; the attack is one of many megabytes with a million names. */
const MAX_CERTIFICATE_BYTES = 256 * 1024;

const KEY_USAGE_BITS: readonly KeyUsageBit[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
} as const;
const PROCESSED: ReadonlySet<string> = new Set(Object.values(EXTENSION));

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/**
 * Decodes one DER certificate. What makes it unusable but leaves it readable is listed in `defects`; what cannot be read at all throws.
 * @throws MalformedError
 */
export async function parseCertificate(der: Uint8Array): Promise<Certificate> {
  if (der.length > MAX_CERTIFICATE_BYTES) throw new MalformedError("CERTIFICATE_TOO_LARGE");
  const outer = ElementReader.of(readOnly(der, "DER"), TAG.sequence, "DER");
  const tbs = outer.required(TAG.sequence);
  const outerAlgorithm = outer.required(TAG.sequence);
  const signature = readBitStringBytes(outer.required(TAG.bitString));
  outer.end();

  const fields = ElementReader.of(tbs, TAG.sequence, "DER");
  const version = readVersion(fields.optional(constructed(0)));
  const serial = fields.required(TAG.integer);
  readIntegerBytes(serial);
  const innerAlgorithm = fields.required(TAG.sequence);
  const issuer = readName(fields.required(TAG.sequence));
  const validity = ElementReader.of(fields.required(TAG.sequence), TAG.sequence, "DER");
  const notBefore = readTime(validity.required());
  const notAfter = readTime(validity.required());
  validity.end();
  const subject = readName(fields.required(TAG.sequence));
  const subjectPublicKeyInfo = fields.required(TAG.sequence).bytes;
  fields.optional(primitive(1)); // issuerUniqueID and subjectUniqueID: obsolete, ignored
  fields.optional(primitive(2));
  const extensionsField = fields.optional(constructed(3));
  fields.end();
  if (extensionsField !== null && version !== 3) throw new MalformedError("CERTIFICATE_VERSION");

  const identifier = readAlgorithmIdentifier(outerAlgorithm);
  const defects: string[] = [];
  const extensions = extensionsField === null ? [] : readExtensions(extensionsField, defects);
  const [sha256, spkiSha256] = await Promise.all([digest("SHA-256", der), digest("SHA-256", subjectPublicKeyInfo)]);
  return {
    der,
    sha256: hexadecimal(sha256),
    spkiSha256: hexadecimal(spkiSha256),
    serial: readSerial(serial),
    subject,
    issuer,
    notBefore,
    notAfter,
    publicKey: readPublicKeyFacts(subjectPublicKeyInfo),
    subjectPublicKeyInfo,
    tbs: tbs.bytes,
    signatureAlgorithm: describeSignatureAlgorithm(identifier, null),
    signatureParameters: identifier.parameters,
    signature,
    signatureAlgorithmsAgree: equalBytes(innerAlgorithm.bytes, outerAlgorithm.bytes),
    extensions: decodeExtensions(extensions, defects),
    defects,
  };
}

function readVersion(field: Asn1Element | null): number {
  if (field === null) return 1;
  const version = readOnly(field.content, "DER");
  if (version.tag !== TAG.integer) throw new MalformedError("CERTIFICATE_VERSION");
  return readSmallInteger(version.content) + 1;
}

function readExtensions(field: Asn1Element, defects: string[]): readonly Extension[] {
  const seen = new Set<string>();
  const list = readOnly(field.content, "DER");
  if (list.tag !== TAG.sequence) throw new MalformedError("UNEXPECTED_TAG");
  return children(list, "DER").map((element) => {
    const reader = ElementReader.of(element, TAG.sequence, "DER");
    const oid = readObjectIdentifier(reader.required(TAG.objectIdentifier));
    const criticalField = reader.optional(TAG.boolean);
    const { content: value } = reader.required(TAG.octetString);
    reader.end();
    // RFC 5280 §4.2: two readers that each take another one of the two would disagree on what the certificate may do.
    if (seen.has(oid)) defects.push(`DUPLICATE_EXTENSION:${oid}`);
    seen.add(oid);
    return { oid, critical: criticalField !== null && readBoolean(criticalField), value };
  });
}

function decodeExtensions(extensions: readonly Extension[], defects: string[]): Certificate["extensions"] {
  /** Value of an extension by its decoder; `null` when absent or malformed, the latter noted as a defect. */
  const decode = <Value>(oid: string, decoder: (value: Asn1Element, critical: boolean) => Value): Value | null => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    if (extension === undefined) return null;
    try {
      return decoder(readOnly(extension.value, "DER"), extension.critical);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      defects.push(`EXTENSION_MALFORMED:${oid}`);
      return null;
    }
  };
  const distributionPoints =
    decode(EXTENSION.crlDistributionPoints, (value) => sequenceOf(value, readDistributionPoint)) ?? [];
  return {
    basicConstraints: decode(EXTENSION.basicConstraints, readBasicConstraints),
    keyUsage: decode(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage: decode(EXTENSION.extendedKeyUsage, (value) => nonEmpty(sequenceOf(value, readObjectIdentifier))),
    subjectKeyIdentifier: decode(EXTENSION.subjectKeyIdentifier, readKeyIdentifier),
    authorityKeyIdentifier: decode(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    subjectAltName: decode(EXTENSION.subjectAltName, (value) => nonEmpty(sequenceOf(value, readGeneralName))),
    nameConstraints: decode(EXTENSION.nameConstraints, readNameConstraints),
    certificatePolicies: decode(EXTENSION.certificatePolicies, readPolicies),
    policyMappings: decode(EXTENSION.policyMappings, (value) => nonEmpty(sequenceOf(value, readPolicyMapping))),
    policyConstraints: decode(EXTENSION.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: decode(EXTENSION.inhibitAnyPolicy, readInteger),
    crlDistributionPoints: urisOf(distributionPoints),
    distributionPoints,
    ocspNoCheck: extensions.some(({ oid }) => oid === EXTENSION.ocspNoCheck),
    unknownCritical: extensions.filter(({ oid, critical }) => critical && !PROCESSED.has(oid)).map(({ oid }) => oid),
  };
}

function sequenceOf<Value>(element: Asn1Element, read: (element: Asn1Element) => Value): readonly Value[] {
  if (element.tag !== TAG.sequence) throw new MalformedError("UNEXPECTED_TAG");
  return children(element, "DER").map(read);
}

/** SIZE (1..MAX), as most lists of RFC 5280 are declared. */
function nonEmpty<Value>(list: readonly Value[]): readonly Value[] {
  if (list.length === 0) throw new MalformedError("EMPTY_LIST");
  return list;
}

function readInteger(element: Asn1Element): number {
  if (element.tag !== TAG.integer) throw new MalformedError("UNEXPECTED_TAG");
  return readSmallInteger(element.content);
}

function readBasicConstraints(
  value: Asn1Element,
  critical: boolean,
): NonNullable<Certificate["extensions"]["basicConstraints"]> {
  const reader = ElementReader.of(value, TAG.sequence, "DER");
  const ca = reader.optional(TAG.boolean);
  const pathLength = reader.optional(TAG.integer);
  reader.end();
  return {
    ca: ca !== null && readBoolean(ca),
    pathLength: pathLength === null ? null : readSmallInteger(pathLength.content),
    critical,
  };
}

function readKeyUsage(value: Asn1Element, critical: boolean): NonNullable<Certificate["extensions"]["keyUsage"]> {
  if (value.tag !== TAG.bitString) throw new MalformedError("UNEXPECTED_TAG");
  const bits = readNamedBits(value.content).flatMap((bit) => KEY_USAGE_BITS[bit] ?? []);
  return { bits, critical };
}

function readKeyIdentifier(value: Asn1Element): string {
  if (value.tag !== TAG.octetString) throw new MalformedError("UNEXPECTED_TAG");
  return hexadecimal(value.content);
}

function readAuthorityKeyIdentifier(value: Asn1Element): string | null {
  const identifier = ElementReader.of(value, TAG.sequence, "DER").optional(primitive(0));
  return identifier === null ? null : hexadecimal(identifier.content);
}

function readNameConstraints(value: Asn1Element, critical: boolean): NameConstraints {
  const reader = ElementReader.of(value, TAG.sequence, "DER");
  const permitted = reader.optional(constructed(0));
  const excluded = reader.optional(constructed(1));
  reader.end();
  if (permitted === null && excluded === null) throw new MalformedError("NAME_CONSTRAINTS");
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded), critical };
}

/** GeneralSubtrees. `minimum` and `maximum` must have their only allowed values (RFC 5280 §4.2.1.10): zero by default, and absent. */
function readSubtrees(field: Asn1Element | null): readonly GeneralName[] {
  if (field === null) return [];
  return nonEmpty(
    children(field, "DER").map((subtree) => {
      const reader = ElementReader.of(subtree, TAG.sequence, "DER");
      const base = readGeneralName(reader.required());
      reader.end();
      return base;
    }),
  );
}

function readPolicies(value: Asn1Element): readonly string[] {
  const policies = nonEmpty(
    sequenceOf(value, (policy) =>
      readObjectIdentifier(ElementReader.of(policy, TAG.sequence, "DER").required(TAG.objectIdentifier)),
    ),
  );
  // RFC 5280 §4.2.1.4: an identifier must not appear twice.
  if (new Set(policies).size !== policies.length) throw new MalformedError("DUPLICATE_POLICY");
  return policies;
}

function readPolicyMapping(element: Asn1Element): { readonly issuer: string; readonly subject: string } {
  const reader = ElementReader.of(element, TAG.sequence, "DER");
  const issuer = readObjectIdentifier(reader.required(TAG.objectIdentifier));
  const subject = readObjectIdentifier(reader.required(TAG.objectIdentifier));
  reader.end();
  return { issuer, subject };
}

function readPolicyConstraints(value: Asn1Element): NonNullable<Certificate["extensions"]["policyConstraints"]> {
  const reader = ElementReader.of(value, TAG.sequence, "DER");
  const explicit = reader.optional(primitive(0));
  const mapping = reader.optional(primitive(1));
  reader.end();
  return {
    requireExplicitPolicy: explicit === null ? null : readSmallInteger(explicit.content),
    inhibitPolicyMapping: mapping === null ? null : readSmallInteger(mapping.content),
  };
}

/** URIs in the full names of all points, for display and for fetching on request. */
function urisOf(points: readonly DistributionPoint[]): readonly string[] {
  return points.flatMap(({ name }) =>
    name?.form === "full"
      ? name.names.flatMap((generalName) =>
          generalName.form === "uniformResourceIdentifier" ? [generalName.value] : [],
        )
      : [],
  );
}
