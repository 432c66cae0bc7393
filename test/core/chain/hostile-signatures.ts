// Belongs here: signatures whose certificates are made to cost as much time as possible, each in the name of one attack; the bytes are those
// a mail can carry. Does NOT belong here: judging them (see hostile-signatures.test.ts).
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  buildCertificate,
  encodeName,
  signatureAlgorithmIdentifier,
  type CertificateDescription,
  type GeneralNameInput,
} from "../../provider/certificate-builder.ts";
import {
  bitString,
  context,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tlv,
} from "../../provider/der.ts";
import { AT, named, newKeys, type Keys } from "./test-hierarchy.ts";

export interface HostileSignature {
  readonly attack: string;
  readonly content: Uint8Array;
  readonly cms: Uint8Array;
}

const CONTENT = new TextEncoder().encode("Content-Type: text/plain\r\n\r\nhostile\r\n");
const YEAR = 365 * 86_400_000;
const SHA256 = "2.16.840.1.101.3.4.2.1";
const DATA = "1.2.840.113549.1.7.1";

const AUTHORITY: Partial<CertificateDescription> = {
  basicConstraints: { ca: true },
  keyUsage: { bits: ["keyCertSign"] },
  subjectKeyIdentifier: false,
  authorityKeyIdentifier: false,
};
const SIGNER: Partial<CertificateDescription> = {
  subjectAltName: [{ rfc822Name: "posta-certificata@pec.test" }],
  keyUsage: { bits: ["digitalSignature"] },
  authorityKeyIdentifier: false,
};

let serial = 1;

function certificate(
  subject: string,
  keys: Pick<Keys, "publicKey">,
  issuer: string,
  issuerKey: KeyObject,
  change: Partial<CertificateDescription>,
): Uint8Array {
  return buildCertificate({
    subject: named(subject),
    issuer: named(issuer),
    serial: serial++,
    notBefore: AT - YEAR,
    notAfter: AT + YEAR,
    publicKey: keys.publicKey,
    issuerPrivateKey: issuerKey,
    ...change,
  });
}

/** One SignerInfo without signed attributes and with a signature that is none; `serial` 1 is that of the signer of every hostile CMS here. */
function signerInfo(issuer: string, number: number, algorithm: Uint8Array, signature: Uint8Array): Uint8Array {
  return sequence(
    integer(1),
    sequence(encodeName(named(issuer)), integer(number)),
    sequence(objectIdentifier(SHA256), nullValue()),
    algorithm,
    octetString(signature),
  );
}

function signedData(certificates: readonly Uint8Array[], signers: readonly Uint8Array[]): Uint8Array {
  return sequence(
    objectIdentifier("1.2.840.113549.1.7.2"),
    context(
      0,
      sequence(
        integer(1),
        setOf(sequence(objectIdentifier(SHA256), nullValue())),
        sequence(objectIdentifier(DATA)),
        context(0, ...certificates),
        tlv(0x31, ...signers),
      ),
    ),
  );
}

const ecdsaSha256 = (key: KeyObject): Uint8Array => signatureAlgorithmIdentifier(key, "SHA-256");
/** Numbers of the right size: nothing is refused before the curve is used. */
const randomEcdsaSignature = (octets: number): Uint8Array => {
  const number = tlv(2, Uint8Array.of(1), new Uint8Array(octets - 2).fill(0x5a));
  return sequence(number, number);
};

/** A signer that is right, and whatever else is carried. */
function withCertificates(
  attack: string,
  leaf: Uint8Array,
  others: readonly Uint8Array[],
  keys: Keys,
  issuer: string,
  number: number,
): HostileSignature {
  const info = signerInfo(issuer, number, ecdsaSha256(keys.privateKey), randomEcdsaSignature(32));
  return { attack, content: CONTENT, cms: signedData([leaf, ...others], [info]) };
}

/** RSA public key of any size: signing with it is never needed. */
function rsaKey(bits: number, exponent: Uint8Array): Uint8Array {
  const modulus = new Uint8Array(bits / 8 + 1).fill(0xc5);
  modulus[0] = 0;
  const key = sequence(tlv(2, modulus), tlv(2, exponent));
  return sequence(sequence(objectIdentifier("1.2.840.113549.1.1.1"), nullValue()), bitString(key));
}

/** The certificate with another public key in it; its signature is wrong then, which nobody knows before the key above it is tried. */
function withPublicKey(der: Uint8Array, keys: Pick<Keys, "publicKey">, replacement: Uint8Array): Uint8Array {
  const own = keys.publicKey.export({ type: "spki", format: "der" });
  const at = Buffer.from(der).indexOf(own);
  const { tbs, rest } = splitCertificate(der);
  const inside = Buffer.from(tbs).indexOf(own);
  if (at < 0 || inside < 0) throw new Error("no such key");
  return sequence(sequence(tbs.subarray(0, inside), replacement, tbs.subarray(inside + own.length)), rest);
}

/** Content of the signed part, and what follows it. */
function splitCertificate(der: Uint8Array): { readonly tbs: Uint8Array; readonly rest: Uint8Array } {
  const outer = contentOf(der, 0);
  const tbs = contentOf(der, outer.start);
  return { tbs: der.subarray(tbs.start, tbs.end), rest: der.subarray(tbs.end, outer.end) };
}

function contentOf(der: Uint8Array, offset: number): { readonly start: number; readonly end: number } {
  const first = der[offset + 1] ?? 0;
  if (first < 0x80) return { start: offset + 2, end: offset + 2 + first };
  const octets = first & 0x7f;
  const length = der.subarray(offset + 2, offset + 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  return { start: offset + 2 + octets, end: offset + 2 + octets + length };
}

const extension = (oid: string, value: Uint8Array) => ({ extraExtensions: [{ oid, value }] });
const repeat = <Item>(count: number, make: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Every attack. Made anew at each call: nothing is remembered from one measurement to the next. */
export function hostileSignatures(): readonly HostileSignature[] {
  const keys = newKeys();
  const slow = newKeys("P-521");
  const number = (): number => serial;
  const leafOf = (
    issuer: string,
    change: Partial<CertificateDescription> = {},
  ): { leaf: Uint8Array; number: number } => {
    const own = number();
    return { number: own, leaf: certificate("Signer", keys, issuer, keys.privateKey, { ...SIGNER, ...change }) };
  };
  const attack = (
    name: string,
    issuer: string,
    others: readonly Uint8Array[],
    change: Partial<CertificateDescription> = {},
  ): HostileSignature => {
    const { leaf, number: own } = leafOf(issuer, change);
    return withCertificates(name, leaf, others, keys, issuer, own);
  };
  return [
    sixteenSigners(slow),
    attack("64 authorities of one name with P-521 keys", "CA", floodOf(64, "P-521")),
    rsaFlood("RSA 8192 keys with exponents of 32 bits", 8192, Uint8Array.of(0, 0xff, 0xff, 0xff, 0xfb), keys),
    rsaFlood("RSA 16384 keys", 16384, Uint8Array.of(1, 0, 1), keys),
    rsaFlood("RSA keys with exponents as long as the modulus", 4096, new Uint8Array(512).fill(0x5b), keys),
    attack("a mesh of authorities that certify each other", "Member 0", mesh(8)),
    attack("10,000 certificates", "CA", Array<Uint8Array>(10_000).fill(floodOf(1, "P-256")[0] ?? new Uint8Array())),
    attack(
      "thousands of object identifiers",
      "CA",
      [],
      extension("2.5.29.37", sequence(...repeat(7_000, (index) => objectIdentifier(`1.2.${index}.${index}.9`)))),
    ),
    attack("thousands of names in a certificate", "CA", [], {
      subjectAltName: repeat(2_500, (index): GeneralNameInput => ({
        directoryName: [{ type: "CN", value: `n${index}` }],
      })),
    }),
    attack("thousands of name constraints", "CA", constrained(3), {
      subjectAltName: repeat(900, (index) => ({ rfc822Name: `a${index}@b.test` })),
    }),
    attack(
      "name constraints in every authority of a mesh",
      "Member 0",
      mesh(5, { nameConstraints: { excluded: repeat(100, (index) => ({ rfc822Name: `c${index}.test` })) } }),
      { subjectAltName: repeat(300, (index) => ({ rfc822Name: `a${index}@b.test` })) },
    ),
    attack(
      "directory names against name constraints in a mesh",
      "Member 0",
      mesh(5, {
        nameConstraints: {
          excluded: repeat(60, (index) => ({ directoryName: [{ type: "CN", value: `Ä ${index}` }] })),
        },
      }),
      { subjectAltName: repeat(300, (index) => ({ directoryName: [{ type: "CN", value: `Ö ${index}` }] })) },
    ),
    attack("policies mapped to each other in every authority", "Member 0", mesh(6, policies(20))),
  ];
}

/** All sixteen name one signer, of which there are many certificates, none with the right key. */
function sixteenSigners({ publicKey, privateKey }: Keys): HostileSignature {
  const certificates = repeat(40, () =>
    certificate("Signer", newKeys("P-521"), "CA", privateKey, { ...SIGNER, serial: 7 }),
  );
  void publicKey;
  const info = signerInfo("CA", 7, ecdsaSha256(privateKey), randomEcdsaSignature(66));
  return {
    attack: "16 signers, each of 40 certificates",
    content: CONTENT,
    cms: signedData(
      certificates,
      repeat(16, () => info),
    ),
  };
}

function floodOf(count: number, curve: string): readonly Uint8Array[] {
  return repeat(count, () => {
    const keys = newKeys(curve);
    return certificate("CA", keys, "Nobody", keys.privateKey, AUTHORITY);
  });
}

/** The signer's certificate claims an RSA signature, so that each key is tried. */
function rsaFlood(attack: string, bits: number, exponent: Uint8Array, keys: Keys): HostileSignature {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const authorities = repeat(60, (index) => {
    const key = rsaKey(bits, exponent);
    key[key.length - 40 - exponent.length] = index; // another key each time
    return withPublicKey(certificate("CA", keys, "Nobody", keys.privateKey, AUTHORITY), keys, key);
  });
  const number = serial;
  const leaf = certificate("Signer", keys, "CA", rsa.privateKey, SIGNER);
  return withCertificates(attack, leaf, authorities, keys, "CA", number);
}

function mesh(size: number, change: Partial<CertificateDescription> = {}): readonly Uint8Array[] {
  const members = repeat(size, () => newKeys());
  return members.flatMap((issuer, from) =>
    members.flatMap((subject, to) =>
      from === to
        ? []
        : [certificate(`Member ${to}`, subject, `Member ${from}`, issuer.privateKey, { ...AUTHORITY, ...change })],
    ),
  );
}

function constrained(count: number): readonly Uint8Array[] {
  const excluded = repeat(900, (index) => ({ rfc822Name: `c${index}.test` }));
  return repeat(count, () => {
    const keys = newKeys();
    return certificate("CA", keys, "Nobody", keys.privateKey, { ...AUTHORITY, nameConstraints: { excluded } });
  });
}

function policies(count: number): Partial<CertificateDescription> {
  const oid = (index: number): Uint8Array => objectIdentifier(`1.2.3.${index}`);
  const mappings = repeat(count, (from) => repeat(count, (to) => sequence(oid(from), oid(to)))).flat();
  return {
    certificatePolicies: repeat(count, (index) => `1.2.3.${index}`),
    extraExtensions: [
      { oid: "2.5.29.33", critical: true, value: sequence(...mappings) },
      { oid: "2.5.29.36", critical: true, value: sequence(tlv(0x80, Uint8Array.of(0))) },
    ],
  };
}
