// Belongs here: reading a CMS SignedData (RFC 5652 §5) and checking its digests and signature values over the content: facts.
// Does NOT belong here: whether the certificates are trusted (core/chain), what the facts mean (core/verdict).
import {
  children,
  constructed,
  ElementReader,
  equalBytes,
  octetStringBytes,
  primitive,
  readElement,
  TAG,
  type Asn1Element,
} from "../pki/asn1.ts";
import { hexadecimal, readObjectIdentifier, readSerial } from "../pki/asn1-values.ts";
import type { Certificate, SignatureAlgorithm } from "../pki/certificate.ts";
import { digest, digestAlgorithm, digestName, type DigestAlgorithm } from "../pki/digest.ts";
import { equalNames, readName } from "../pki/distinguished-name.ts";
import { knownCertificate } from "../pki/known-certificates.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import {
  describeSignatureAlgorithm,
  readAlgorithmIdentifier,
  type AlgorithmIdentifier,
} from "../pki/signature-algorithm.ts";
import { verifySignature, type SignatureOutcome } from "../pki/verify-signature.ts";
import {
  isSetOfSignedAttributes,
  readSignedAttributes,
  referenceDefects,
  type SignedAttributes,
} from "./signed-attributes.ts";
import type { SignedDataResult, SignerFacts } from "./signed-data.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const DATA = "1.2.840.113549.1.7.1";

/** No provider accepts mails of this size; what is larger is an attack on memory. */
const MAX_CMS_BYTES = 256 * 1024 * 1024;
/** PEC has one signer, S/MIME in practice at most a few; each costs two public key operations. */
const MAX_SIGNERS = 16;
/** Public key operations for all signers together: each of them needs one, two where the attributes are not in DER. The attack is many signers, each answering to many certificates with slow keys (measured: 16 × 40 with P-521, 1.5 s). */
const MAX_SIGNATURE_CHECKS = 20;
/** PEC carries two certificates. More than this only costs time (each is decoded and hashed): the rest is ignored. */
const MAX_CERTIFICATES = 64;
/** The same of all certificates together, in octets: the largest of AgID has 5 KB, and decoding takes up to 3 ms for each KB of small elements. The rest is ignored. */
const MAX_CERTIFICATES_OCTETS = 64 * 1024;

interface SignedDataParts {
  readonly contentType: string;
  readonly embedded: Uint8Array | null;
  readonly certificates: readonly Asn1Element[];
  readonly signerInfos: readonly Asn1Element[];
}

/**
 * Reads a detached signature over `content`, or an opaque one when `content` is null. Never throws for any input.
 * BER is read where CMS allows it. After the CMS only transport padding (CR, LF, blank, NUL) may follow; anything else is refused.
 */
export async function readSignedData(cms: Uint8Array, content: Uint8Array | null): Promise<SignedDataResult> {
  if (cms.length === 0) return { outcome: "MALFORMED", code: "EMPTY" };
  if (cms.length > MAX_CMS_BYTES) return { outcome: "MALFORMED", code: "TOO_LARGE" };
  try {
    const parts = readParts(cms);
    const signedContent = content ?? parts.embedded;
    if (signedContent === null) return { outcome: "MALFORMED", code: "NO_CONTENT" };
    const certificates = await decodeCertificates(parts.certificates);
    const contentDigest = memoizedDigest(signedContent);
    const signers: SignerFacts[] = [];
    const budget = { signatureChecks: MAX_SIGNATURE_CHECKS };
    for (const element of parts.signerInfos) {
      const signer = readSignerInfo(element, parts.contentType);
      signers.push(await signerFacts(signer, certificates, signedContent, contentDigest, budget));
    }
    return {
      outcome: "READ",
      signers,
      certificates,
      embeddedContent: compareEmbedded(parts.embedded, content),
      content: content === null ? parts.embedded : null,
      contentSha256: async () => hexadecimal(await contentDigest("SHA-256")),
    };
  } catch (error) {
    if (error instanceof MalformedError) return { outcome: "MALFORMED", code: error.code };
    throw error;
  }
}

function compareEmbedded(
  embedded: Uint8Array | null,
  content: Uint8Array | null,
): "ABSENT" | "SAME" | "DIFFERENT" | "ONLY" {
  if (content === null) return "ONLY";
  if (embedded === null) return "ABSENT";
  return equalBytes(embedded, content) ? "SAME" : "DIFFERENT";
}

function readParts(cms: Uint8Array): SignedDataParts {
  const contentInfo = readContentInfo(cms);
  const outer = new ElementReader(contentInfo);
  if (readObjectIdentifier(outer.required(TAG.objectIdentifier)) !== SIGNED_DATA) {
    throw new MalformedError("NOT_SIGNED_DATA");
  }
  const [signedData] = children(outer.required(constructed(0)), "BER");
  const reader = ElementReader.of(signedData, TAG.sequence, "BER");
  reader.required(TAG.integer); // version: says only which optional fields may follow
  reader.required(TAG.set); // digestAlgorithms: a hint for one-pass readers, unsigned
  const encapsulated = ElementReader.of(reader.required(TAG.sequence), TAG.sequence, "BER");
  const contentType = readObjectIdentifier(encapsulated.required(TAG.objectIdentifier));
  const embedded = encapsulated.optional(constructed(0));
  encapsulated.end();
  const certificates = reader.optional(constructed(0));
  reader.optional(constructed(1)); // crls: a revocation list inside the message is the sender's choice, so it is not used
  const signerInfos = children(reader.required(TAG.set), "BER");
  reader.end();
  if (signerInfos.length === 0) throw new MalformedError("NO_SIGNER");
  if (signerInfos.length > MAX_SIGNERS) throw new MalformedError("TOO_MANY_SIGNERS");
  return {
    contentType,
    embedded: embedded === null ? null : readEmbedded(embedded),
    certificates: certificates === null ? [] : children(certificates, "BER"),
    signerInfos,
  };
}

function readContentInfo(cms: Uint8Array): readonly Asn1Element[] {
  if (cms[0] !== TAG.sequence) throw new MalformedError("NOT_CMS");
  const contentInfo = readElement(cms, 0, "BER");
  const padding = cms.subarray(contentInfo.bytes.length);
  if (!padding.every((octet) => octet === 0x0d || octet === 0x0a || octet === 0x20 || octet === 0)) {
    throw new MalformedError("TRAILING_BYTES");
  }
  const fields = children(contentInfo, "BER");
  if (fields[0]?.tag !== TAG.objectIdentifier) throw new MalformedError("NOT_CMS");
  return fields;
}

function readEmbedded(field: Asn1Element): Uint8Array {
  const [value, ...rest] = children(field, "BER");
  if (value === undefined || rest.length > 0) throw new MalformedError("CONTENT");
  return octetStringBytes(value);
}

/** Those that can be decoded; a broken or foreign one (attribute certificate) is no reason to refuse the rest. */
async function decodeCertificates(elements: readonly Asn1Element[]): Promise<readonly Certificate[]> {
  let octets = 0;
  const candidates = elements
    .filter(({ tag }) => tag === TAG.sequence)
    .slice(0, MAX_CERTIFICATES)
    .filter(({ bytes }) => (octets += bytes.length) <= MAX_CERTIFICATES_OCTETS);
  const decoded = await Promise.all(
    candidates.map(async ({ bytes }) => {
      try {
        return await knownCertificate(bytes);
      } catch (error) {
        if (error instanceof MalformedError) return null;
        throw error;
      }
    }),
  );
  return decoded.filter((certificate) => certificate !== null);
}

interface SignerInfo {
  readonly matches: (certificate: Certificate) => boolean;
  readonly digestOid: string;
  readonly identifier: AlgorithmIdentifier;
  readonly algorithm: SignatureAlgorithm;
  readonly attributes: SignedAttributes | null;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly string[];
  readonly defects: readonly string[];
}

/** Archive forms of CAdES have some ten; the attack is thousands for each signer. The rest is not looked at. */
const MAX_UNSIGNED_ATTRIBUTES = 32;

/** Unsigned attributes prove nothing, so nothing that is wrong with them counts: what cannot be read is left out. */
function attributeTypes({ content }: Asn1Element): readonly string[] {
  const types: string[] = [];
  try {
    for (let offset = 0; offset < content.length && types.length < MAX_UNSIGNED_ATTRIBUTES;) {
      const attribute = readElement(content, offset, "BER");
      types.push(readObjectIdentifier(readElement(attribute.content, 0, "BER")));
      offset += attribute.bytes.length;
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
  }
  return types;
}

function readSignerInfo(element: Asn1Element, contentType: string): SignerInfo {
  const reader = ElementReader.of(element, TAG.sequence, "BER");
  reader.required(TAG.integer);
  const matches = readSignerIdentifier(reader.required(TAG.sequence, primitive(0)));
  const digestOid = readAlgorithmIdentifier(reader.required(TAG.sequence)).oid;
  const attributesField = reader.optional(constructed(0));
  const identifier = readAlgorithmIdentifier(reader.required(TAG.sequence));
  const signature = octetStringBytes(reader.required(TAG.octetString, TAG.constructedOctetString));
  const unsigned = reader.optional(constructed(1));
  reader.end();
  const algorithm = describeSignatureAlgorithm(identifier, digestOid);
  const attributes =
    attributesField === null
      ? null
      : readSignedAttributes(attributesField, { contentType, digestOid, signatureOid: identifier.oid });
  const defects = [...(attributes?.defects ?? [])];
  // RFC 5652 §5.3: any other content type needs signed attributes.
  if (attributes === null && contentType !== DATA) defects.push("SIGNED_ATTRIBUTES_MISSING");
  if (algorithm.digest !== null && algorithm.digest !== digestName(digestOid)) {
    defects.push("DIGEST_ALGORITHM_MISMATCH");
  }
  const unsignedAttributes = unsigned === null ? [] : attributeTypes(unsigned);
  return { matches, digestOid, identifier, algorithm, attributes, signature, unsignedAttributes, defects };
}

function readSignerIdentifier(element: Asn1Element): (certificate: Certificate) => boolean {
  if (element.tag === primitive(0)) {
    const keyIdentifier = hexadecimal(element.content);
    return (certificate) => certificate.extensions.subjectKeyIdentifier === keyIdentifier;
  }
  const reader = ElementReader.of(element, TAG.sequence, "BER");
  const issuer = readName(reader.required(TAG.sequence));
  const serial = readSerial(reader.required(TAG.integer));
  reader.end();
  return (certificate) => certificate.serial === serial && equalNames(certificate.issuer, issuer);
}

async function signerFacts(
  signer: SignerInfo,
  certificates: readonly Certificate[],
  content: Uint8Array,
  contentDigest: (algorithm: DigestAlgorithm) => Promise<Uint8Array>,
  budget: SignatureBudget,
): Promise<SignerFacts> {
  const { certificate, outcome } = await checkSignature(signer, certificates.filter(signer.matches), content, budget);
  const references = signer.attributes?.references ?? [];
  const isConfused = signer.attributes === null && isSetOfSignedAttributes(content);
  return {
    digestAlgorithm: digestName(signer.digestOid),
    signatureAlgorithm: signer.algorithm,
    messageDigest: await checkMessageDigest(signer, contentDigest),
    signatureValue: outcome,
    signingTime: signer.attributes?.signingTime ?? null,
    certificate,
    signature: signer.signature,
    unsignedAttributes: signer.unsignedAttributes,
    defects: [
      ...signer.defects,
      ...(isConfused ? ["CONTENT_IS_SIGNED_ATTRIBUTES"] : []),
      ...(certificate === null ? [] : await referenceDefects(references, certificate)),
    ],
  };
}

async function checkMessageDigest(
  { attributes, digestOid }: SignerInfo,
  contentDigest: (algorithm: DigestAlgorithm) => Promise<Uint8Array>,
): Promise<SignerFacts["messageDigest"]> {
  if (attributes === null) return "UNSIGNED_ATTRIBUTES_ABSENT";
  if (attributes.messageDigest === null) return "MISSING";
  const algorithm = digestAlgorithm(digestOid);
  if (algorithm === null) return "UNSUPPORTED";
  return equalBytes(await contentDigest(algorithm), attributes.messageDigest) ? "MATCH" : "MISMATCH";
}

/** One digest of the content per algorithm, whatever the number of signers. */
function memoizedDigest(content: Uint8Array): (algorithm: DigestAlgorithm) => Promise<Uint8Array> {
  const known = new Map<DigestAlgorithm, Promise<Uint8Array>>();
  return (algorithm) => {
    const pending = known.get(algorithm) ?? digest(algorithm, content);
    known.set(algorithm, pending);
    return pending;
  };
}

/** Of one CMS; used up as its signers are checked. */
interface SignatureBudget {
  signatureChecks: number;
}

/** Several certificates may answer to one identifier (a reissue, or a decoy put beside the real one): the one under which the signature holds is the signer's. */
async function checkSignature(
  { identifier, algorithm, attributes, signature }: SignerInfo,
  candidates: readonly Certificate[],
  content: Uint8Array,
  budget: SignatureBudget,
): Promise<{ readonly certificate: Certificate | null; readonly outcome: SignatureOutcome | "NO_CERTIFICATE" }> {
  let first: { readonly certificate: Certificate; readonly outcome: SignatureOutcome } | null = null;
  for (const certificate of candidates) {
    const publicKeyInfo = certificate.subjectPublicKeyInfo;
    for (const data of attributes?.signedBytes ?? [content]) {
      // Nothing is proved when some that may be the signer's are not tried.
      if (budget.signatureChecks === 0) return { certificate, outcome: "UNSUPPORTED" };
      budget.signatureChecks -= 1;
      const { parameters } = identifier;
      const outcome = await verifySignature({ algorithm, parameters, publicKeyInfo, signature, data });
      if (outcome === "VALID") return { certificate, outcome };
      first ??= { certificate, outcome };
    }
  }
  return first ?? { certificate: null, outcome: "NO_CERTIFICATE" };
}
