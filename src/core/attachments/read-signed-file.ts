// Belongs here: taking a signed file (CAdES, ETSI EN 319 122-1; `.p7m`) apart: signers, integrity, the document inside.
// Does NOT belong here: CMS itself (see core/cms), trust: no path is built and no list is asked, so nothing is said of the certificate but
// what stands in it.
import { readSignedData } from "../cms/read-signed-data.ts";
import type { SignerFacts } from "../cms/signed-data.ts";
import { decodeBase64 } from "../mime/base64.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { DistinguishedName } from "../pki/distinguished-name.ts";
import { sha256Of } from "../pki/digest.ts";
import type { FileIntegrity, FileSigner, SignedFile, SignedFileTrouble, SignedLayer } from "./signed-file.ts";

/** Files signed by one office after the other have two or three. The attack is a file of a thousand thin layers, each read whole. */
const MAX_LAYERS = 6;
/** First octet of a SEQUENCE, as every CMS begins. */
const SEQUENCE = 0x30;
/** So much of a text tells whether it is base64. */
const TEXT_HEAD = 256;

const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
const SERIAL_NUMBER = "2.5.4.5";

const COUNTERSIGNATURE = "1.2.840.113549.1.9.6";
/** The time-stamps of CAdES (EN 319 122-1 §5.3 and its archive forms), all below one arc. */
const TIME_STAMPS: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.9.16.2.14",
  "1.2.840.113549.1.9.16.2.27",
  "1.2.840.113549.1.9.16.2.48",
  "0.4.0.1733.2.4",
]);

/** A reference to the certificate by a digest that is not known here: it says less, and nothing wrong. */
const HARMLESS: ReadonlySet<string> = new Set(["SIGNING_CERTIFICATE_UNSUPPORTED"]);

/** Reads a signed file in DER, BER, PEM or plain base64, and what is signed inside it. Never throws for any input. */
export async function readSignedFile(bytes: Uint8Array): Promise<SignedFile> {
  const layers: SignedLayer[] = [];
  let inside = bytes;
  for (;;) {
    const result = await readSignedData(binaryOf(inside), null);
    if (result.outcome === "MALFORMED" || result.content === null) {
      const code = result.outcome === "MALFORMED" ? result.code : "NO_CONTENT";
      // Within a signed file anything may stand: it is the document.
      if (layers.length > 0) return { layers, content: await contentOf(inside), trouble: null, code: null };
      return { layers, content: null, trouble: troubleOf(code), code };
    }
    layers.push({ signers: result.signers.map(signerOf) });
    inside = result.content;
    if (layers.length === MAX_LAYERS) {
      const isMore = inside[0] === SEQUENCE && (await readSignedData(inside, null)).outcome === "READ";
      return { layers, content: await contentOf(inside), trouble: isMore ? "too-deep" : null, code: null };
    }
  }
}

async function contentOf(bytes: Uint8Array): Promise<SignedFile["content"]> {
  return { bytes, sha256: await sha256Of(bytes) };
}

/** The CMS in PEM or plain base64, as some programs write it; anything else as it is. */
function binaryOf(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === SEQUENCE) return bytes;
  const head = String.fromCharCode(...bytes.subarray(0, TEXT_HEAD));
  const label = /^\s*-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----/.exec(head);
  if (label === null && !/^[A-Za-z0-9+/=\s]+$/.test(head)) return bytes;
  const start = label === null ? 0 : label[0].length;
  const end = label === null ? -1 : bytes.indexOf(DASH, start);
  const decoded = decodeBase64(bytes.subarray(start, end < 0 ? bytes.length : end));
  return decoded[0] === SEQUENCE ? decoded : bytes;
}

const DASH = 0x2d;

function troubleOf(code: string): SignedFileTrouble {
  switch (code) {
    case "NOT_CMS":
    case "EMPTY":
      return "not-signed";
    // Of another type: nearly always EnvelopedData.
    case "NOT_SIGNED_DATA":
      return "encrypted";
    case "NO_CONTENT":
      return "detached";
    case "TOO_LARGE":
      return "too-large";
    case "TOO_MANY_SIGNERS":
      return "too-many-signers";
    default:
      return "damaged";
  }
}

function signerOf(facts: SignerFacts): FileSigner {
  const { certificate, signingTime, digestAlgorithm, signatureAlgorithm, unsignedAttributes } = facts;
  const [integrity, code] = integrityOf(facts);
  return {
    integrity,
    code,
    certificate: certificate && describe(certificate),
    signingTime,
    digestAlgorithm,
    signatureAlgorithm: signatureAlgorithm.name,
    hasCountersignatures: unsignedAttributes.includes(COUNTERSIGNATURE),
    hasTimeStamp: unsignedAttributes.some((type) => TIME_STAMPS.has(type)),
  };
}

/** What is proved wrong comes first: an altered content is altered whatever else cannot be computed. */
function integrityOf({ messageDigest, signatureValue, defects }: SignerFacts): readonly [FileIntegrity, string | null] {
  if (messageDigest === "MISMATCH") return ["altered", null];
  if (signatureValue === "INVALID") {
    // Without signed attributes the signature is over the content itself: which of both is wrong cannot be told.
    return [messageDigest === "UNSIGNED_ATTRIBUTES_ABSENT" ? "altered" : "not-authentic", null];
  }
  if (signatureValue !== "VALID") return ["unverifiable", signatureValue];
  if (messageDigest === "MISSING" || messageDigest === "UNSUPPORTED") return ["unverifiable", messageDigest];
  const defect = defects.find((each) => !HARMLESS.has(each));
  return defect === undefined ? ["intact", null] : ["irregular", defect];
}

function describe(certificate: Certificate): NonNullable<FileSigner["certificate"]> {
  const { subject, issuer, serial, notBefore, notAfter, sha256 } = certificate;
  return {
    name: attributeOf(subject, COMMON_NAME) ?? subject.text,
    number: attributeOf(subject, SERIAL_NUMBER),
    organization: attributeOf(subject, ORGANIZATION),
    issuer: attributeOf(issuer, COMMON_NAME) ?? issuer.text,
    subject: subject.text,
    serial: serial.toUpperCase(),
    notBefore,
    notAfter,
    sha256,
  };
}

/** Attack: a name of nothing, and a signature would be nobody's. */
const attributeOf = ({ relativeNames }: DistinguishedName, type: string): string | null =>
  relativeNames.flat().find((attribute) => attribute.type === type && attribute.value.trim() !== "")?.value ?? null;
