// Belongs here: X.509 certificates for tests, right and wrong ones, made from a plain description (RFC 5280 §4).
// Does NOT belong here: keys (the caller has them), the test provider's own hierarchy.
import { createHash, createPublicKey, sign, constants, type KeyObject } from "node:crypto";
import {
  bitString,
  boolean,
  concat,
  context,
  contextPrimitive,
  ia5String,
  integer,
  namedBits,
  nullValue,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from "./der.ts";

/** Attribute types that the tests name by their usual short names. */
const ATTRIBUTE_TYPES = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  emailAddress: "1.2.840.113549.1.9.1",
  DC: "0.9.2342.19200300.100.1.25",
} as const;

/** One relative name with one attribute, in order of encoding; `encode` overrides the string type (PrintableString for C, IA5String for emailAddress and DC, else UTF8String). */
export interface NameEntry {
  readonly type: keyof typeof ATTRIBUTE_TYPES;
  readonly value: string;
  readonly encode?: (text: string) => Uint8Array;
}

/** Entries in order of encoding, or complete DER of a Name. */
export type NameInput = readonly NameEntry[] | Uint8Array;

export type GeneralNameInput =
  | { readonly rfc822Name: string }
  | { readonly dNSName: string }
  | { readonly uniformResourceIdentifier: string }
  | { readonly directoryName: NameInput }
  | { readonly iPAddress: readonly number[] }
  | { readonly raw: Uint8Array };

export type SignatureDigest = "MD5" | "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

export interface ExtensionInput {
  readonly oid: string;
  readonly critical?: boolean;
  /** DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

const KEY_USAGE_BITS = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

export interface CertificateDescription {
  readonly subject: NameInput;
  readonly issuer: NameInput;
  readonly serial: number | bigint;
  /** Milliseconds since 1970, UTC. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  readonly issuerPrivateKey: KeyObject;
  /** Default SHA-256. */
  readonly digest?: SignatureDigest;
  /** RSA-PSS with salt as long as the digest. */
  readonly pss?: boolean;
  /** Overrides the algorithm inside the signed part, to make it disagree with the outer one. */
  readonly innerAlgorithm?: Uint8Array;
  /** Default absent. `critical` default true. */
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number; readonly critical?: boolean };
  /** Default absent. `critical` default true. */
  readonly keyUsage?: { readonly bits: readonly (typeof KEY_USAGE_BITS)[number][]; readonly critical?: boolean };
  /** Object identifiers; default absent. */
  readonly extendedKeyUsage?: readonly string[];
  readonly subjectAltName?: readonly GeneralNameInput[];
  /** Default absent. `critical` default true. */
  readonly nameConstraints?: {
    readonly permitted?: readonly GeneralNameInput[];
    readonly excluded?: readonly GeneralNameInput[];
    readonly critical?: boolean;
  };
  /** Object identifiers. */
  readonly certificatePolicies?: readonly string[];
  /** Default true. */
  readonly subjectKeyIdentifier?: boolean;
  /** Default true: taken from the public half of `issuerPrivateKey`. */
  readonly authorityKeyIdentifier?: boolean;
  readonly crlDistributionPoint?: string;
  /** Appended as they are; may repeat an extension. */
  readonly extraExtensions?: readonly ExtensionInput[];
}

export function encodeName(name: NameInput): Uint8Array {
  if (name instanceof Uint8Array) return name;
  return sequence(
    ...name.map(({ type, value, encode }) => {
      const ownType =
        type === "C" ? printableString : type === "emailAddress" || type === "DC" ? ia5String : utf8String;
      return setOf(sequence(objectIdentifier(ATTRIBUTE_TYPES[type]), (encode ?? ownType)(value)));
    }),
  );
}

export function encodeGeneralName(name: GeneralNameInput): Uint8Array {
  if ("rfc822Name" in name) return contextPrimitive(1, Buffer.from(name.rfc822Name, "latin1"));
  if ("dNSName" in name) return contextPrimitive(2, Buffer.from(name.dNSName, "latin1"));
  if ("directoryName" in name) return context(4, encodeName(name.directoryName));
  if ("uniformResourceIdentifier" in name) {
    return contextPrimitive(6, Buffer.from(name.uniformResourceIdentifier, "latin1"));
  }
  if ("iPAddress" in name) return contextPrimitive(7, Uint8Array.from(name.iPAddress));
  return name.raw;
}

const DIGEST_OIDS = {
  "SHA-1": "1.3.14.3.2.26",
  "SHA-256": "2.16.840.1.101.3.4.2.1",
  "SHA-384": "2.16.840.1.101.3.4.2.2",
  "SHA-512": "2.16.840.1.101.3.4.2.3",
} as const;
const RSA_OIDS: Record<SignatureDigest, string> = {
  MD5: "1.2.840.113549.1.1.4",
  "SHA-1": "1.2.840.113549.1.1.5",
  "SHA-256": "1.2.840.113549.1.1.11",
  "SHA-384": "1.2.840.113549.1.1.12",
  "SHA-512": "1.2.840.113549.1.1.13",
};
const ECDSA_OIDS: Record<SignatureDigest, string> = {
  MD5: "1.2.840.10045.4.0",
  "SHA-1": "1.2.840.10045.4.1",
  "SHA-256": "1.2.840.10045.4.3.2",
  "SHA-384": "1.2.840.10045.4.3.3",
  "SHA-512": "1.2.840.10045.4.3.4",
};
const SALT_LENGTHS = { "SHA-1": 20, "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 } as const;

export function digestAlgorithmIdentifier(digest: keyof typeof DIGEST_OIDS): Uint8Array {
  return sequence(objectIdentifier(DIGEST_OIDS[digest]), nullValue());
}

/** AlgorithmIdentifier of a signature by `key` (RSA or EC). */
export function signatureAlgorithmIdentifier(key: KeyObject, digest: SignatureDigest, pss = false): Uint8Array {
  if (key.asymmetricKeyType === "ec") return sequence(objectIdentifier(ECDSA_OIDS[digest]));
  if (!pss) return sequence(objectIdentifier(RSA_OIDS[digest]), nullValue());
  if (digest === "MD5") throw new RangeError("RSA-PSS with MD5 is not made");
  const hash = digestAlgorithmIdentifier(digest);
  return sequence(
    objectIdentifier("1.2.840.113549.1.1.10"),
    sequence(
      context(0, hash),
      context(1, sequence(objectIdentifier("1.2.840.113549.1.1.8"), hash)),
      context(2, integer(SALT_LENGTHS[digest])),
    ),
  );
}

export function signBytes(key: KeyObject, digest: SignatureDigest, data: Uint8Array, pss = false): Uint8Array {
  const algorithm = digest.replace("-", "").toLowerCase();
  if (!pss) return sign(algorithm, data, key);
  return sign(algorithm, data, {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
}

/** SHA-1 of the key bits (RFC 5280 §4.2.1.2 method 1). */
export function keyIdentifier(publicKey: KeyObject): Uint8Array {
  const spki = publicKey.export({ type: "spki", format: "der" });
  // SubjectPublicKeyInfo ::= SEQUENCE { SEQUENCE algorithm, BIT STRING }: skip to the content of the bit string.
  const bits = skipHeader(spki, skipElement(spki, skipHeader(spki, 0))) + 1;
  return createHash("sha1").update(spki.subarray(bits)).digest();
}

function skipHeader(der: Uint8Array, offset: number): number {
  const first = der[offset + 1] ?? 0;
  return offset + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

function skipElement(der: Uint8Array, offset: number): number {
  const first = der[offset + 1] ?? 0;
  const content = skipHeader(der, offset);
  if (first < 0x80) return content + first;
  return content + der.subarray(offset + 2, content).reduce((length, octet) => length * 256 + octet, 0);
}

function extensionsOf(description: CertificateDescription): readonly ExtensionInput[] {
  const list: ExtensionInput[] = [];
  const { basicConstraints, keyUsage, nameConstraints } = description;
  if (basicConstraints !== undefined) {
    const pathLength = basicConstraints.pathLength === undefined ? [] : [integer(basicConstraints.pathLength)];
    const value = sequence(...(basicConstraints.ca ? [boolean(true)] : []), ...pathLength);
    list.push({ oid: "2.5.29.19", critical: basicConstraints.critical ?? true, value });
  }
  if (keyUsage !== undefined) {
    const value = namedBits(keyUsage.bits.map((bit) => KEY_USAGE_BITS.indexOf(bit)));
    list.push({ oid: "2.5.29.15", critical: keyUsage.critical ?? true, value });
  }
  if (description.extendedKeyUsage !== undefined) {
    list.push({ oid: "2.5.29.37", value: sequence(...description.extendedKeyUsage.map(objectIdentifier)) });
  }
  if (description.subjectAltName !== undefined) {
    list.push({ oid: "2.5.29.17", value: sequence(...description.subjectAltName.map(encodeGeneralName)) });
  }
  if (nameConstraints !== undefined) {
    const subtrees = (names: readonly GeneralNameInput[]): Uint8Array[] =>
      names.map((name) => sequence(encodeGeneralName(name)));
    const value = sequence(
      ...(nameConstraints.permitted === undefined ? [] : [context(0, ...subtrees(nameConstraints.permitted))]),
      ...(nameConstraints.excluded === undefined ? [] : [context(1, ...subtrees(nameConstraints.excluded))]),
    );
    list.push({ oid: "2.5.29.30", critical: nameConstraints.critical ?? true, value });
  }
  if (description.certificatePolicies !== undefined) {
    const value = sequence(...description.certificatePolicies.map((oid) => sequence(objectIdentifier(oid))));
    list.push({ oid: "2.5.29.32", value });
  }
  if (description.subjectKeyIdentifier ?? true) {
    list.push({ oid: "2.5.29.14", value: octetString(keyIdentifier(description.publicKey)) });
  }
  if (description.authorityKeyIdentifier ?? true) {
    const issuerKey = createPublicKey(description.issuerPrivateKey);
    list.push({ oid: "2.5.29.35", value: sequence(contextPrimitive(0, keyIdentifier(issuerKey))) });
  }
  if (description.crlDistributionPoint !== undefined) {
    const name = encodeGeneralName({ uniformResourceIdentifier: description.crlDistributionPoint });
    list.push({ oid: "2.5.29.31", value: sequence(sequence(context(0, context(0, name)))) });
  }
  return [...list, ...(description.extraExtensions ?? [])];
}

/** DER of the certificate described; nothing is checked, so that wrong ones can be made. */
export function buildCertificate(description: CertificateDescription): Uint8Array {
  const { issuerPrivateKey, digest = "SHA-256", pss = false } = description;
  const algorithm = signatureAlgorithmIdentifier(issuerPrivateKey, digest, pss);
  const extensions = extensionsOf(description).map(({ oid, critical = false, value }) =>
    sequence(objectIdentifier(oid), ...(critical ? [boolean(true)] : []), octetString(value)),
  );
  const tbs = sequence(
    context(0, integer(2)),
    integer(description.serial),
    description.innerAlgorithm ?? algorithm,
    encodeName(description.issuer),
    sequence(time(description.notBefore), time(description.notAfter)),
    encodeName(description.subject),
    description.publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [context(3, sequence(...extensions))]),
  );
  return concat(sequence(tbs, algorithm, bitString(signBytes(issuerPrivateKey, digest, tbs, pss))));
}
