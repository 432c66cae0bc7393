// Belongs here: the signed attributes of a SignerInfo (RFC 5652 §§5.3, 11; RFC 5035; RFC 6211): their values, the bytes under the
// signature, and the rules they break. Does NOT belong here: checking digest and signature (see read-signed-data.ts).
import {
  children,
  compareBytes,
  ElementReader,
  encodeAsDer,
  encodeElement,
  equalBytes,
  octetStringBytes,
  readElement,
  readOnly,
  TAG,
  constructed,
  type Asn1Element,
} from "../pki/asn1.ts";
import { readObjectIdentifier, readSerial, readTime } from "../pki/asn1-values.ts";
import type { Certificate } from "../pki/certificate.ts";
import { digest, digestAlgorithm } from "../pki/digest.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import { readAlgorithmIdentifier } from "../pki/signature-algorithm.ts";

const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_TIME = "1.2.840.113549.1.9.5";
const ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const SHA1 = "1.3.14.3.2.26";
const SHA256 = "2.16.840.1.101.3.4.2.1";

/** Attributes that must have exactly one value (RFC 5652 §11, RFC 5035 §§3, 5.4, RFC 6211 §2). */
const SINGLE_VALUED: ReadonlySet<string> = new Set([
  CONTENT_TYPE,
  MESSAGE_DIGEST,
  SIGNING_TIME,
  ALGORITHM_PROTECTION,
  SIGNING_CERTIFICATE,
  SIGNING_CERTIFICATE_V2,
]);
/** Real signatures have three to eight. */
const MAX_ATTRIBUTES = 64;
/** Measured under 1 KB. They are encoded once more, element by element; the attack is thousands of empty elements for each signer. */
const MAX_ATTRIBUTES_OCTETS = 8_192;

interface CertificateReference {
  readonly digestOid: string;
  readonly hash: Uint8Array;
  /** `null` when the reference names no serial. */
  readonly serial: string | null;
}

export interface SignedAttributes {
  readonly messageDigest: Uint8Array | null;
  readonly signingTime: number | null;
  /** The byte strings that the signature may be over, in the order to try: as encoded, and in DER when that differs (RFC 5652 §5.4). */
  readonly signedBytes: readonly Uint8Array[];
  /** Certificates that signingCertificate and signingCertificateV2 name as the signer's. */
  readonly references: readonly CertificateReference[];
  readonly defects: readonly string[];
}

interface Expectations {
  readonly contentType: string;
  readonly digestOid: string;
  readonly signatureOid: string;
}

/** `field`: the `[0] IMPLICIT SET OF Attribute`. @throws MalformedError when it is no set of attributes. */
export function readSignedAttributes(field: Asn1Element, expected: Expectations): SignedAttributes {
  if (field.bytes.length > MAX_ATTRIBUTES_OCTETS) throw new MalformedError("TOO_MANY_ATTRIBUTES");
  const elements = children(field, "BER");
  if (elements.length > MAX_ATTRIBUTES) throw new MalformedError("TOO_MANY_ATTRIBUTES");
  const defects: string[] = [];
  const attributes = elements.map((element) => {
    const reader = ElementReader.of(element, TAG.sequence, "BER");
    const type = readObjectIdentifier(reader.required(TAG.objectIdentifier));
    const values = children(reader.required(TAG.set), "BER");
    reader.end();
    return { type, values };
  });
  for (const type of new Set(attributes.map((attribute) => attribute.type))) {
    const instances = attributes.filter((attribute) => attribute.type === type);
    if (instances.length > 1) defects.push(`DUPLICATE_ATTRIBUTE:${type}`);
    if (SINGLE_VALUED.has(type) && instances.some(({ values }) => values.length !== 1)) {
      defects.push(`ATTRIBUTE_VALUES:${type}`);
    }
  }

  /** First value of an attribute; `null` when absent or malformed, the latter noted as a defect. */
  const valueOf = <Value>(type: string, read: (element: Asn1Element) => Value): Value | null => {
    const value = attributes.find((attribute) => attribute.type === type)?.values[0];
    if (value === undefined) return null;
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      defects.push(`ATTRIBUTE_MALFORMED:${type}`);
      return null;
    }
  };
  if (!attributes.some(({ type }) => type === CONTENT_TYPE)) defects.push("CONTENT_TYPE_MISSING");
  const contentType = valueOf(CONTENT_TYPE, readObjectIdentifier);
  if (contentType !== null && contentType !== expected.contentType) defects.push("CONTENT_TYPE_MISMATCH");
  const protection = valueOf(ALGORITHM_PROTECTION, readAlgorithmProtection);
  if (
    protection !== null &&
    (protection.digestOid !== expected.digestOid || protection.signatureOid !== expected.signatureOid)
  ) {
    defects.push("ALGORITHM_PROTECTION_MISMATCH");
  }
  const references = [
    valueOf(SIGNING_CERTIFICATE, (value) => readSigningCertificate(value, SHA1)),
    valueOf(SIGNING_CERTIFICATE_V2, (value) => readSigningCertificate(value, SHA256)),
  ].filter((reference) => reference !== null);
  return {
    messageDigest: valueOf(MESSAGE_DIGEST, octetStringBytes),
    signingTime: valueOf(SIGNING_TIME, readTime),
    signedBytes: signedBytes(field, elements),
    references,
    defects,
  };
}

/**
 * Whether a content is itself a set of signed attributes. Attack (RFC 5652 §5.4 lets both be signed alike): somebody's genuine signature
 * with the attributes taken out and put in the place of the document, which that person then seems to have signed.
 */
export function isSetOfSignedAttributes(content: Uint8Array): boolean {
  if (content[0] !== TAG.set || content.length > MAX_ATTRIBUTES_OCTETS) return false;
  try {
    const attributes = children(readOnly(content, "BER"), "BER");
    return attributes.some((attribute) => {
      const type = ElementReader.of(attribute, TAG.sequence, "BER").required(TAG.objectIdentifier);
      return readObjectIdentifier(type) === MESSAGE_DIGEST;
    });
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}

/** The signature is over the attributes as a SET OF, not under the implicit tag they have in the message. */
function signedBytes(field: Asn1Element, elements: readonly Asn1Element[]): readonly Uint8Array[] {
  const asEncoded = field.bytes.slice();
  asEncoded[0] = TAG.set;
  const sorted = elements.map((element) => encodeAsDer(element)).sort(compareBytes);
  const der = encodeElement(TAG.set, ...sorted);
  return equalBytes(asEncoded, der) ? [der] : [asEncoded, der];
}

/** CMSAlgorithmProtection (RFC 6211 §2). */
function readAlgorithmProtection(value: Asn1Element): { readonly digestOid: string; readonly signatureOid: string } {
  const reader = ElementReader.of(value, TAG.sequence, "BER");
  const digestOid = readAlgorithmIdentifier(reader.required(TAG.sequence)).oid;
  const signature = reader.required(constructed(1));
  reader.end();
  return { digestOid, signatureOid: readObjectIdentifier(readElement(signature.content, 0, "BER")) };
}

/** SigningCertificate and SigningCertificateV2 (RFC 5035 §§3, 5.4.1): the first reference is the signer's. */
function readSigningCertificate(value: Asn1Element, defaultDigest: string): CertificateReference {
  const [certificates] = children(value, "BER");
  if (certificates === undefined) throw new MalformedError("SIGNING_CERTIFICATE");
  const [first] = children(certificates, "BER");
  const reader = ElementReader.of(first, TAG.sequence, "BER");
  const algorithm = defaultDigest === SHA256 ? reader.optional(TAG.sequence) : null;
  const hash = octetStringBytes(reader.required());
  const issuerSerial = reader.optional(TAG.sequence);
  reader.end();
  return {
    digestOid: algorithm === null ? defaultDigest : readAlgorithmIdentifier(algorithm).oid,
    hash,
    serial: issuerSerial === null ? null : readReferencedSerial(issuerSerial),
  };
}

/** IssuerSerial: the names are covered by the hash of the certificate; the serial is compared because it is cheap to say what differs. */
function readReferencedSerial(issuerSerial: Asn1Element): string {
  const reader = ElementReader.of(issuerSerial, TAG.sequence, "BER");
  reader.required(TAG.sequence);
  const serial = readSerial(reader.required(TAG.integer));
  reader.end();
  return serial;
}

/** Defects of the references to the signer's certificate: the attribute binds the signature to one certificate of several with one key. */
export async function referenceDefects(
  references: readonly CertificateReference[],
  certificate: Certificate,
): Promise<readonly string[]> {
  const defects: string[] = [];
  for (const { digestOid, hash, serial } of references) {
    const algorithm = digestAlgorithm(digestOid);
    if (algorithm === null) {
      defects.push("SIGNING_CERTIFICATE_UNSUPPORTED");
    } else if (
      !equalBytes(await digest(algorithm, certificate.der), hash) ||
      (serial !== null && serial !== certificate.serial)
    ) {
      defects.push("SIGNING_CERTIFICATE_MISMATCH");
    }
  }
  return defects;
}
