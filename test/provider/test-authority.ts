// Belongs here: the certificates of the test provider, right and wrong ones, and the revocation lists about them (RFC 6109 §5.5; trust-policy §7).
// Does NOT belong here: private keys (see keys.ts), what messages look like (see pec-messages.ts).
import { createPublicKey, type KeyObject } from "node:crypto";
import { buildCertificate, type CertificateDescription, type NameEntry } from "./certificate-builder.ts";
import { pem } from "./der.ts";
import {
  ellipticSignerKey,
  issuingKey,
  legacyIssuingKey,
  newerAgencyKey,
  personKey,
  personalAuthorityKey,
  rootKey,
  signerAKey,
  signerBKey,
  unknownRootKey,
  weakSignerKey,
} from "./keys.ts";
import { at } from "./local-time.ts";
import { buildRevocationList } from "./revocation-list-builder.ts";

const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
const AUTHORITY_POLICY = "1.3.76.16.3.1";
const SIGNER_POLICY = "1.3.76.16.3.1.1";

/** Who signs: certificate, its key, and the certificates that go into the CMS beside it. */
export interface Signer {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
  readonly issuer: readonly NameEntry[];
  readonly serial: number;
  readonly embedded: readonly Uint8Array[];
}

interface Authority {
  readonly certificate: Uint8Array;
  readonly name: readonly NameEntry[];
  readonly key: KeyObject;
  /** What its signers' CMS carry beside the signer: the authority itself, and never the root. */
  readonly embedded: readonly Uint8Array[];
}

const publicHalf = (key: KeyObject): KeyObject => createPublicKey(key);

const name = (organization: string, commonName: string): readonly NameEntry[] => [
  { type: "C", value: "IT" },
  { type: "O", value: organization },
  { type: "CN", value: commonName },
];

function rootAuthority(commonName: string, key: KeyObject, serial: number): Authority {
  const ownName = name("Sigillo PEC, test only", commonName);
  const certificate = buildCertificate({
    subject: ownName,
    issuer: ownName,
    serial,
    notBefore: at("2010-01-01T00:00:00Z"),
    notAfter: at("2049-12-31T23:59:59Z"),
    publicKey: publicHalf(key),
    issuerPrivateKey: key,
    basicConstraints: { ca: true },
    keyUsage: { bits: ["keyCertSign", "cRLSign"] },
  });
  return { certificate, name: ownName, key, embedded: [] };
}

const testRoot = rootAuthority("Sigillo PEC Test Root", rootKey, 1);
const unknownRoot = rootAuthority("Radice Sconosciuta Test", unknownRootKey, 1);

export const rootCertificate: Uint8Array = testRoot.certificate;
export const rootPem: string = pem("CERTIFICATE", testRoot.certificate);
/** In no set of trusted authorities. */
export const unknownRootCertificate: Uint8Array = unknownRoot.certificate;

const ORGANIZATION_A = "Gestore Uno S.p.A.";
const ORGANIZATION_B = "Gestore Due S.r.l.";
const subtree = (organization: string): { readonly directoryName: readonly NameEntry[] } => ({
  directoryName: [
    { type: "C", value: "IT" },
    { type: "O", value: organization },
  ],
});

/** As AgID CA1 has them: service domains and organisations permitted, every IP address excluded, not critical. */
const NAME_CONSTRAINTS: CertificateDescription["nameConstraints"] = {
  critical: false,
  permitted: [
    { rfc822Name: "pec.gestore-uno.test" },
    { rfc822Name: "pec.gestore-due.test" },
    subtree(ORGANIZATION_A),
    subtree(ORGANIZATION_B),
  ],
  excluded: [{ iPAddress: Array<number>(8).fill(0) }, { iPAddress: Array<number>(32).fill(0) }],
};

function subordinate(
  issuer: Authority,
  ownName: readonly NameEntry[],
  key: KeyObject,
  serial: number,
  rest: Partial<CertificateDescription>,
): Authority {
  const certificate = buildCertificate({
    subject: ownName,
    issuer: issuer.name,
    serial,
    notBefore: at("2011-01-01T00:00:00Z"),
    notAfter: at("2049-06-30T00:00:00Z"),
    publicKey: publicHalf(key),
    issuerPrivateKey: issuer.key,
    basicConstraints: { ca: true, pathLength: 0 },
    keyUsage: { bits: ["keyCertSign", "cRLSign"] },
    ...rest,
  });
  return { certificate, name: ownName, key, embedded: [certificate] };
}

const PEC_AUTHORITY: Partial<CertificateDescription> = {
  extendedKeyUsage: [CLIENT_AUTHENTICATION, EMAIL_PROTECTION],
  certificatePolicies: [AUTHORITY_POLICY],
  nameConstraints: NAME_CONSTRAINTS,
};

const issuingAuthority = subordinate(
  testRoot,
  name("Sigillo PEC, test only", "Sigillo PEC Test CA 1"),
  issuingKey,
  0x1001,
  PEC_AUTHORITY,
);
const legacyAuthority = subordinate(
  testRoot,
  name("Sigillo PEC, test only", "Sigillo PEC Test CA of 2011"),
  legacyIssuingKey,
  0x1002,
  { notAfter: at("2018-01-14T00:00:00Z"), digest: "SHA-1" },
);
const personalAuthority = subordinate(
  testRoot,
  name("Sigillo PEC, test only", "Sigillo Personal Mail Test CA"),
  personalAuthorityKey,
  0x1003,
  { extendedKeyUsage: [EMAIL_PROTECTION] },
);
const newerAgency = subordinate(
  testRoot,
  name("Agenzia per l'Italia Digitale", "AgID Test CA of another key"),
  newerAgencyKey,
  0x1004,
  PEC_AUTHORITY,
);
const unknownAuthority = subordinate(
  unknownRoot,
  name("Autorita Ignota", "CA Ignota per la posta certificata"),
  issuingKey,
  0x1005,
  PEC_AUTHORITY,
);

/** Who signs certificates and lists: for tests that make more of either. */
export const ISSUERS = {
  root: { name: testRoot.name, key: testRoot.key },
  issuing: { name: issuingAuthority.name, key: issuingAuthority.key, serial: 0x1001 },
} as const;
export const issuingCertificate: Uint8Array = issuingAuthority.certificate;
/** The same authority certified anew: same name and key, as AgID CA1 is each year. */
export const reissuedIssuingCertificate: Uint8Array = subordinate(
  testRoot,
  issuingAuthority.name,
  issuingKey,
  0x1006,
  PEC_AUTHORITY,
).certificate;
export const legacyIssuingCertificate: Uint8Array = legacyAuthority.certificate;
export const personalAuthorityCertificate: Uint8Array = personalAuthority.certificate;
export const newerAgencyCertificate: Uint8Array = newerAgency.certificate;
export const unknownAuthorityCertificate: Uint8Array = unknownAuthority.certificate;

export const ADDRESS_A = "posta-certificata@pec.gestore-uno.test";
export const ADDRESS_B = "posta-certificata@pec.gestore-due.test";
export const REM_ADDRESS = "rem-service@pec.gestore-uno.test";
export const PERSON_ADDRESS = "p.ferraris@posta-libera.test";

/** The provider's certificate of RFC 6109 §5.5 under `issuer`, with what `rest` changes. */
function signer(
  serial: number,
  rest: Partial<CertificateDescription> = {},
  {
    issuer = issuingAuthority,
    key = signerAKey,
    withPolicy = true,
  }: { readonly issuer?: Authority; readonly key?: KeyObject; readonly withPolicy?: boolean } = {},
): Signer {
  const certificate = buildCertificate({
    subject: name(ORGANIZATION_A, "Posta Certificata Gestore Uno"),
    issuer: issuer.name,
    serial,
    notBefore: at("2024-01-15T00:00:00Z"),
    // A real one lives three years; this one outlives the demo's readers.
    notAfter: at("2045-01-15T00:00:00Z"),
    publicKey: publicHalf(key),
    issuerPrivateKey: issuer.key,
    keyUsage: { bits: ["digitalSignature"] },
    extendedKeyUsage: [EMAIL_PROTECTION],
    subjectAltName: [{ rfc822Name: ADDRESS_A }],
    ...(withPolicy ? { certificatePolicies: [SIGNER_POLICY] } : {}),
    crlDistributionPoint: "http://crl.sigillo.test/pec",
    ...rest,
  });
  return { certificate, key, issuer: issuer.name, serial, embedded: issuer.embedded };
}

/** Every signer, named for what is wrong with it. Moments refer to messages of October and November 2026. */
export const SIGNERS = {
  good: signer(0x2001),
  /** The second provider, who delivers. */
  goodB: signer(
    0x2002,
    {
      subject: name(ORGANIZATION_B, "Posta Certificata Gestore Due"),
      subjectAltName: [{ rfc822Name: ADDRESS_B }],
    },
    { key: signerBKey },
  ),
  expiredSince: signer(0x2003, { notBefore: at("2023-10-16T00:00:00Z"), notAfter: at("2026-10-16T00:00:00Z") }),
  expiredAtSigning: signer(0x2004, { notBefore: at("2022-03-01T00:00:00Z"), notAfter: at("2025-03-01T00:00:00Z") }),
  notYetValid: signer(0x2005, { notBefore: at("2026-12-01T00:00:00Z") }),
  /** Within the name constraints, another address than From. */
  wrongAddress: signer(0x2006, { subjectAltName: [{ rfc822Name: "assistenza@pec.gestore-uno.test" }] }),
  addressOutsideConstraints: signer(0x2007, {
    subjectAltName: [{ rfc822Name: "posta-certificata@pec.gestore-estraneo.test" }],
  }),
  organizationOutsideConstraints: signer(0x2008, {
    subject: name("Gestore Estraneo S.r.l.", "Posta Certificata Gestore Estraneo"),
  }),
  wrongKeyUsage: signer(0x2009, { keyUsage: { bits: ["keyEncipherment"] } }),
  wrongExtendedKeyUsage: signer(0x200a, { extendedKeyUsage: [CLIENT_AUTHENTICATION] }),
  authorityAsLeaf: signer(0x200b, { basicConstraints: { ca: true } }),
  noPolicy: signer(0x200c, {}, { withPolicy: false }),
  otherPolicy: signer(0x2011, { certificatePolicies: ["2.23.140.1.5.1.1"] }),
  sha1Certificate: signer(0x200d, { digest: "SHA-1" }),
  weakKey: signer(0x200e, {}, { key: weakSignerKey }),
  elliptic: signer(0x200f, {}, { key: ellipticSignerKey }),
  revoked: signer(0x2010),
  /** A person's own certificate under the same root, for the person's own address. */
  person: signer(
    0x3001,
    {
      subject: [
        { type: "C", value: "IT" },
        { type: "CN", value: "Piero Ferraris" },
      ],
      subjectAltName: [{ rfc822Name: PERSON_ADDRESS }],
      certificatePolicies: ["2.23.140.1.5.1.1"],
    },
    { issuer: personalAuthority, key: personKey },
  ),
  /** A personal certificate that names the provider's service address and even its policy: only the issuing key gives it away. */
  personAsProvider: signer(0x3002, {}, { issuer: personalAuthority, key: personKey }),
  newerAgency: signer(0x4001, {}, { issuer: newerAgency }),
  unknownAuthority: signer(0x5001, {}, { issuer: unknownAuthority }),
  /** A REM service; its authority is in no list until REM anchors are. */
  remService: signer(
    0x5002,
    { subjectAltName: [{ rfc822Name: REM_ADDRESS }], certificatePolicies: ["0.4.0.19522.1"] },
    { issuer: unknownAuthority, key: signerBKey },
  ),
  /** As of the time of DigitPA CA1: RSA 1024, certificate signed with SHA-1, neither policy nor extended key usage. */
  legacy: (() => {
    const issuer = legacyAuthority;
    const certificate = buildCertificate({
      subject: name(ORGANIZATION_A, "Posta Certificata Gestore Uno"),
      issuer: issuer.name,
      serial: 0x6001,
      notBefore: at("2013-02-01T00:00:00Z"),
      notAfter: at("2016-02-01T00:00:00Z"),
      publicKey: publicHalf(weakSignerKey),
      issuerPrivateKey: issuer.key,
      digest: "SHA-1",
      keyUsage: { bits: ["digitalSignature"] },
      subjectAltName: [{ rfc822Name: ADDRESS_A }],
    });
    return { certificate, key: weakSignerKey, issuer: issuer.name, serial: 0x6001, embedded: issuer.embedded };
  })(),
} satisfies Record<string, Signer>;

export type SignerName = keyof typeof SIGNERS;

const revokedAt = (revocationDate: number, reason: "superseded" | "keyCompromise"): Uint8Array =>
  buildRevocationList({
    issuer: issuingAuthority.name,
    issuerPrivateKey: issuingAuthority.key,
    thisUpdate: at("2026-11-20T00:00:00Z"),
    nextUpdate: at("2026-11-27T00:00:00Z"),
    number: 77,
    revoked: [{ serial: SIGNERS.revoked.serial, revocationDate, reason }],
  });

/** Revocation lists of the issuing authority (DER); `SIGNERS.revoked` signed its message on 20 October 2026. */
export const REVOCATION_LISTS = {
  nothingRevoked: buildRevocationList({
    issuer: issuingAuthority.name,
    issuerPrivateKey: issuingAuthority.key,
    thisUpdate: at("2026-11-20T00:00:00Z"),
    nextUpdate: at("2026-11-27T00:00:00Z"),
    number: 77,
    revoked: [],
  }),
  revokedBefore: revokedAt(at("2026-10-01T08:00:00Z"), "superseded"),
  revokedAfter: revokedAt(at("2026-11-05T08:00:00Z"), "superseded"),
  keyCompromised: revokedAt(at("2026-11-05T08:00:00Z"), "keyCompromise"),
} as const;
