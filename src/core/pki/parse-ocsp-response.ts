// Belongs here: decoding an OCSP response (RFC 6960 §4.2). Does NOT belong here: whether it may be believed (see core/chain/check-ocsp.ts).
import { children, constructed, ElementReader, primitive, readOnly, TAG, type Asn1Element } from "./asn1.ts";
import {
  hexadecimal,
  readBitStringBytes,
  readObjectIdentifier,
  readSerial,
  readSmallInteger,
  readTime,
} from "./asn1-values.ts";
import type { SignatureAlgorithm } from "./certificate.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import type { RevocationReason } from "./distribution-point.ts";
import { MalformedError } from "./malformed-error.ts";
import { readReason } from "./parse-revocation-list.ts";
import { readExtensions, unknownCritical, type Extension } from "./read-extensions.ts";
import { describeSignatureAlgorithm, readAlgorithmIdentifier } from "./signature-algorithm.ts";

/** Responses have 2 KB, with the responder's certificates up to 10; the attack is one that fills the memory. */
const MAX_RESPONSE_BYTES = 256 * 1024;
/** Answers in one response. Responders give one; the attack is thousands of hashes to compare. */
const MAX_ANSWERS = 64;
/** Certificates beside it: the responder's own and its issuers'. Each is decoded, and costs a public key operation. */
const MAX_CERTIFICATES = 8;

const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";
const EXTENSION = {
  nonce: "1.3.6.1.5.5.7.48.1.2",
  crlReferences: "1.3.6.1.5.5.7.48.1.3",
  archiveCutoff: "1.3.6.1.5.5.7.48.1.6",
  extendedRevoke: "1.3.6.1.5.5.7.48.1.9",
} as const;
const PROCESSED: ReadonlySet<string> = new Set(Object.values(EXTENSION));

/** About one certificate. All hashes are lower-case hexadecimal. */
export interface OcspAnswer {
  /** Object identifier of the digest with which both hashes were made. */
  readonly hashAlgorithm: string;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  /** As in Certificate. */
  readonly serial: string;
  readonly status:
    | { readonly kind: "good" | "unknown" }
    /** Milliseconds since 1970, UTC. */
    | { readonly kind: "revoked"; readonly time: number; readonly reason: RevocationReason };
  readonly thisUpdate: number;
  /** `null`: newer information is available at any time (RFC 6960 §4.2.2.1). */
  readonly nextUpdate: number | null;
  /** The responder knows about certificates that expired after this moment (RFC 6960 §4.4.4); `null` when not stated. */
  readonly archiveCutoff: number | null;
  readonly unknownCritical: readonly string[];
}

export interface OcspResponse {
  readonly responder:
    | { readonly form: "name"; readonly name: DistinguishedName }
    /** SHA-1 of the responder's public key, lower-case hexadecimal. */
    | { readonly form: "key"; readonly sha1: string };
  readonly producedAt: number;
  readonly answers: readonly OcspAnswer[];
  /** Critical extensions of the whole response that are not processed. */
  readonly unknownCritical: readonly string[];
  /** DER of the certificates beside it, the responder's among them when the authority does not sign itself. */
  readonly certificates: readonly Uint8Array[];
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signatureParameters: Uint8Array | null;
  readonly signature: Uint8Array;
  readonly tbs: Uint8Array;
}

/** `null`: the responder gave no answer (`tryLater`, `unauthorized`, …), or one of a kind other than basic. @throws MalformedError */
export function parseOcspResponse(der: Uint8Array): OcspResponse | null {
  if (der.length > MAX_RESPONSE_BYTES) throw new MalformedError("RESPONSE_TOO_LARGE");
  const outer = ElementReader.of(readOnly(der, "DER"), TAG.sequence, "DER");
  const isSuccessful = readSmallInteger(outer.required(TAG.enumerated).content) === 0;
  const responseBytes = outer.optional(constructed(0));
  outer.end();
  if (!isSuccessful || responseBytes === null) return null;
  const typed = ElementReader.of(readOnly(responseBytes.content, "DER"), TAG.sequence, "DER");
  const type = readObjectIdentifier(typed.required(TAG.objectIdentifier));
  const { content } = typed.required(TAG.octetString);
  typed.end();
  return type === BASIC_RESPONSE ? readBasicResponse(content) : null;
}

function readBasicResponse(der: Uint8Array): OcspResponse {
  const outer = ElementReader.of(readOnly(der, "DER"), TAG.sequence, "DER");
  const tbs = outer.required(TAG.sequence);
  const identifier = readAlgorithmIdentifier(outer.required(TAG.sequence));
  const signature = readBitStringBytes(outer.required(TAG.bitString));
  const certificates = outer.optional(constructed(0));
  outer.end();

  const fields = ElementReader.of(tbs, TAG.sequence, "DER");
  fields.optional(constructed(0)); // version: there is only one
  const responder = fields.required(constructed(1), constructed(2));
  const producedAt = readTime(fields.required(TAG.generalizedTime));
  const answers = children(fields.required(TAG.sequence), "DER");
  const extensions = readOptionalExtensions(fields.optional(constructed(1)));
  fields.end();
  if (answers.length > MAX_ANSWERS) throw new MalformedError("TOO_MANY_ANSWERS");
  return {
    responder: readResponder(responder),
    producedAt,
    answers: answers.map(readAnswer),
    unknownCritical: unknownCritical(extensions, PROCESSED),
    certificates: certificates === null ? [] : readCertificates(certificates),
    signatureAlgorithm: describeSignatureAlgorithm(identifier, null),
    signatureParameters: identifier.parameters,
    signature,
    tbs: tbs.bytes,
  };
}

function readResponder(element: Asn1Element): OcspResponse["responder"] {
  const value = readOnly(element.content, "DER");
  if (element.tag === constructed(1)) return { form: "name", name: readName(value) };
  if (value.tag !== TAG.octetString) throw new MalformedError("UNEXPECTED_TAG");
  return { form: "key", sha1: hexadecimal(value.content) };
}

function readCertificates(field: Asn1Element): readonly Uint8Array[] {
  return children(readOnly(field.content, "DER"), "DER")
    .slice(0, MAX_CERTIFICATES)
    .map(({ bytes }) => bytes);
}

function readAnswer(element: Asn1Element): OcspAnswer {
  const reader = ElementReader.of(element, TAG.sequence, "DER");
  const identifier = ElementReader.of(reader.required(TAG.sequence), TAG.sequence, "DER");
  const hashAlgorithm = readAlgorithmIdentifier(identifier.required(TAG.sequence)).oid;
  const issuerNameHash = hexadecimal(identifier.required(TAG.octetString).content);
  const issuerKeyHash = hexadecimal(identifier.required(TAG.octetString).content);
  const serial = readSerial(identifier.required(TAG.integer));
  identifier.end();
  const status = readStatus(reader.required());
  const thisUpdate = readTime(reader.required(TAG.generalizedTime));
  const nextUpdate = reader.optional(constructed(0));
  const extensions = readOptionalExtensions(reader.optional(constructed(1)));
  reader.end();
  const cutoff = extensions.find(({ oid }) => oid === EXTENSION.archiveCutoff);
  return {
    hashAlgorithm,
    issuerNameHash,
    issuerKeyHash,
    serial,
    status,
    thisUpdate,
    nextUpdate: nextUpdate === null ? null : readTime(readOnly(nextUpdate.content, "DER")),
    archiveCutoff: cutoff === undefined ? null : readTime(readOnly(cutoff.value, "DER")),
    unknownCritical: unknownCritical(extensions, PROCESSED),
  };
}

function readStatus(element: Asn1Element): OcspAnswer["status"] {
  switch (element.tag) {
    case primitive(0):
      return { kind: "good" };
    case primitive(2):
      return { kind: "unknown" };
    case constructed(1): {
      const reader = new ElementReader(children(element, "DER"));
      const time = readTime(reader.required(TAG.generalizedTime));
      const reason = reader.optional(constructed(0));
      reader.end();
      return {
        kind: "revoked",
        time,
        reason: reason === null ? "unspecified" : readReason(readOnly(reason.content, "DER")),
      };
    }
    default:
      throw new MalformedError("UNEXPECTED_TAG");
  }
}

function readOptionalExtensions(field: Asn1Element | null): readonly Extension[] {
  return field === null ? [] : readExtensions(readOnly(field.content, "DER"));
}
