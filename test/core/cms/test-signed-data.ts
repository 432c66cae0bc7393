// Belongs here: SignedData taken apart so that a test can bend each field. Does NOT belong here: regular messages (see test/provider).
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  buildCertificate,
  digestAlgorithmIdentifier,
  encodeName,
  signatureAlgorithmIdentifier,
  signBytes,
  type NameEntry,
} from "../../provider/certificate-builder.ts";
import {
  concat,
  context,
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  set,
  setOf,
  time,
} from "../../provider/der.ts";

export const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  algorithmProtection: "1.2.840.113549.1.9.52",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const;

export type Digest = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

export const SIGNING_TIME = Date.UTC(2024, 4, 1, 10, 0, 0);
export const CONTENT = Buffer.from("Content-Type: text/plain\r\n\r\nCiao\r\n", "latin1");

export const hash = (digest: Digest, bytes: Uint8Array): Uint8Array =>
  createHash(digest.replace("-", "").toLowerCase()).update(bytes).digest();

export const attribute = (oid: string, ...values: readonly Uint8Array[]): Uint8Array =>
  sequence(objectIdentifier(oid), setOf(...values));

/** The three attributes of every real PEC signature. */
export const usualAttributes = (digest: Digest = "SHA-256", content: Uint8Array = CONTENT): readonly Uint8Array[] => [
  attribute(OID.contentType, objectIdentifier(OID.data)),
  attribute(OID.signingTime, time(SIGNING_TIME)),
  attribute(OID.messageDigest, octetString(hash(digest, content))),
];

export interface Person {
  readonly key: KeyObject;
  readonly issuer: readonly NameEntry[];
  readonly serial: number;
  readonly certificate: Uint8Array;
}

let nextSerial = 100;

export function newPerson(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
  }),
  serial = nextSerial++,
): Person {
  const issuer: readonly NameEntry[] = [{ type: "CN", value: "Test CA" }];
  const certificate = buildCertificate({
    subject: [{ type: "CN", value: `Signer ${serial}` }],
    issuer,
    serial,
    notBefore: Date.UTC(2023, 0),
    notAfter: Date.UTC(2026, 0),
    publicKey: keys.publicKey,
    issuerPrivateKey: keys.privateKey,
  });
  return { key: keys.privateKey, issuer, serial, certificate };
}

export interface SignerOptions {
  readonly digest?: Digest;
  /** `null`: no signed attributes. Default: the usual ones. */
  readonly attributes?: readonly Uint8Array[] | null;
  /** Content under the signature when there are no attributes. */
  readonly content?: Uint8Array;
  /** Attributes in the order given, not sorted; signed over DER all the same or over what is written. */
  readonly order?: "der" | "written, signed as der" | "written, signed as written";
  readonly plainRsa?: boolean;
  readonly pss?: boolean;
  readonly identifier?: Uint8Array;
  /** Digest of the signature algorithm when it shall differ from digestAlgorithm. */
  readonly signatureDigest?: Digest;
}

export function signerInfo(person: Person, options: SignerOptions = {}): Uint8Array {
  const { digest = "SHA-256", content = CONTENT, order = "der", pss = false } = options;
  const attributes = options.attributes === undefined ? usualAttributes(digest, content) : options.attributes;
  const signatureDigest = options.signatureDigest ?? digest;
  const der = attributes === null ? null : setOf(...attributes);
  const written = attributes === null || order === "der" ? der : set(...attributes);
  const signed = order === "written, signed as written" ? written : der;
  const algorithm =
    (options.plainRsa ?? false)
      ? sequence(objectIdentifier("1.2.840.113549.1.1.1"), nullValue())
      : signatureAlgorithmIdentifier(person.key, signatureDigest, pss);
  return sequence(
    integer(1),
    options.identifier ?? sequence(encodeName(person.issuer), integer(person.serial)),
    digestAlgorithmIdentifier(digest),
    ...(written === null ? [] : [concat(Uint8Array.of(0xa0), written.subarray(1))]),
    algorithm,
    octetString(signBytes(person.key, signatureDigest, signed ?? content, pss)),
  );
}

export interface SignedDataOptions {
  readonly signers: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
  readonly embedded?: Uint8Array;
  readonly contentType?: string;
}

export function signedData({ signers, certificates, embedded, contentType = OID.data }: SignedDataOptions): Uint8Array {
  return sequence(
    objectIdentifier(OID.signedData),
    context(
      0,
      sequence(
        integer(1),
        setOf(digestAlgorithmIdentifier("SHA-256")),
        sequence(objectIdentifier(contentType), ...(embedded === undefined ? [] : [context(0, octetString(embedded))])),
        ...(certificates.length === 0 ? [] : [context(0, ...certificates)]),
        set(...signers),
      ),
    ),
  );
}

/** Constructed element in indefinite form, as streaming encoders write it. */
export const indefinite = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  concat(Uint8Array.of(tag, 0x80), ...contents, Uint8Array.of(0, 0));

export const keyIdentifierChoice = (identifier: Uint8Array): Uint8Array => contextPrimitive(0, identifier);
