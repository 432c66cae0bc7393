// Facts of a transport envelope in which everything is right; tests change one thing at a time.
import type { ChainResult } from "../../../src/core/chain/chain-result.ts";
import type { SignerFacts } from "../../../src/core/cms/signed-data.ts";
import type { Daticert } from "../../../src/core/daticert/daticert.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import type { DistinguishedName } from "../../../src/core/pki/distinguished-name.ts";
import type { PecIssuingKey } from "../../../src/core/trust/trust-types.ts";
import type { AddressFacts, AssessedSigner, MessageFacts } from "../../../src/core/verdict/message-facts.ts";

export const CERTIFIED_AT = Date.UTC(2026, 9, 16, 16, 32, 35);
export const NOW = Date.UTC(2026, 10, 22);
export const YEAR = 365 * 24 * 3_600_000;

const name = (text: string): DistinguishedName => ({ der: new Uint8Array(), relativeNames: [], text });

export const CERTIFICATE: Certificate = {
  der: new Uint8Array(),
  sha256: "00",
  spkiSha256: "00",
  serial: "01",
  subject: name("CN=Posta Certificata, O=Gestore"),
  issuer: name("CN=Autorità"),
  notBefore: CERTIFIED_AT - YEAR,
  notAfter: CERTIFIED_AT + YEAR,
  publicKey: { algorithm: "RSA", oid: "1.2.840.113549.1.1.1", bits: 2048, curve: null },
  subjectPublicKeyInfo: new Uint8Array(),
  tbs: new Uint8Array(),
  signature: new Uint8Array(),
  signatureParameters: null,
  signatureAlgorithm: {
    oid: "1.2.840.113549.1.1.11",
    name: "RSA PKCS#1 v1.5 with SHA-256",
    digest: "SHA-256",
    supported: true,
  },
  signatureAlgorithmsAgree: true,
  extensions: {
    basicConstraints: null,
    keyUsage: null,
    extendedKeyUsage: null,
    subjectKeyIdentifier: null,
    authorityKeyIdentifier: null,
    subjectAltName: [{ form: "rfc822Name", value: "posta-certificata@gestore.test" }],
    nameConstraints: null,
    policyMappings: [],
    policyConstraints: null,
    inhibitAnyPolicy: null,
    certificatePolicies: null,
    crlDistributionPoints: [],
    distributionPoints: [],
    ocspNoCheck: false,
    unknownCritical: [],
  },
  defects: [],
};

export const SIGNER_FACTS: SignerFacts = {
  digestAlgorithm: "SHA-256",
  signatureAlgorithm: CERTIFICATE.signatureAlgorithm,
  messageDigest: "MATCH",
  signatureValue: "VALID",
  signingTime: CERTIFIED_AT,
  certificate: CERTIFICATE,
  signature: new Uint8Array(),
  unsignedAttributes: [],
  defects: [],
};

export const CHAIN: ChainResult = {
  outcome: "PASSED",
  path: [CERTIFICATE, CERTIFICATE],
  anchor: {
    certificate: CERTIFICATE,
    origin: "shipped",
    usableUntil: null,
    onlyIssuingKeys: null,
    onlyDomains: null,
    source: "test",
    date: "2026-11-22",
  },
  problems: [],
  weaknesses: [],
  revocation: null,
};

export const ISSUING_KEY: PecIssuingKey = {
  spkiSha256: "00",
  name: "Autorità",
  from: null,
  until: null,
  requiredPolicy: null,
  emailProtectionRequired: true,
  criticalKeyUsageRequired: true,
  weakAlgorithmsAccepted: false,
};

export const SIGNER: AssessedSigner = {
  facts: SIGNER_FACTS,
  chain: CHAIN,
  authority: { standing: "PEC_AUTHORITY", key: ISSUING_KEY },
  addresses: ["posta-certificata@gestore.test"],
  revocation: { status: "GOOD", thisUpdate: NOW - 3_600_000, nextUpdate: NOW + 24 * 3_600_000 },
  authorityRevokedAt: null,
};

export const DATICERT: Daticert = {
  tipo: "posta-certificata",
  errore: "nessuno",
  mittente: "mario.rossi@pec.test",
  destinatari: [{ indirizzo: "anna@pec.test", tipo: "certificato" }],
  risposte: "mario.rossi@pec.test",
  oggetto: "Atto di citazione",
  gestoreEmittente: "Gestore S.p.A.",
  data: { instant: CERTIFIED_AT, local: "2026-10-16T18:32:35", offset: "+0200" },
  identificativo: "opec1.20261016@gestore.test",
  msgid: "abc@client.test",
  ricevuta: "completa",
  consegna: null,
  ricezione: [],
  erroreEsteso: null,
  deviations: [],
};

export const NO_ADDRESS: AddressFacts = { occurrences: 0, addresses: [], displayName: "", defect: null };

export function passingFacts(changes: Partial<MessageFacts> = {}): MessageFacts {
  const daticert = changes.daticert === undefined ? DATICERT : changes.daticert;
  return {
    now: NOW,
    kind: "posta-certificata",
    claims: true,
    imitation: null,
    unrecognized: null,
    conflictingClaims: false,
    limitsReached: [],
    ambiguities: [],
    signatureAnnounced: true,
    cms: {
      outcome: "READ",
      signers: [SIGNER_FACTS],
      certificates: [CERTIFICATE],
      embeddedContent: "ABSENT",
      content: null,
      contentSha256: () => Promise.resolve("00"),
    },
    coversWholeMessage: true,
    signers: [SIGNER],
    validationTime: CERTIFIED_AT,
    validationTimeSource: "SIGNING_TIME",
    from: {
      occurrences: 1,
      addresses: ["posta-certificata@gestore.test"],
      displayName: "Per conto di: mario.rossi@pec.test",
      defect: null,
    },
    sender: NO_ADDRESS,
    replyTo: { ...NO_ADDRESS, occurrences: 1, addresses: ["mario.rossi@pec.test"] },
    recipients: ["anna@pec.test"],
    header: {
      from: '"Per conto di: mario.rossi@pec.test" <posta-certificata@gestore.test>',
      subject: "POSTA CERTIFICATA: Atto di citazione",
      messageId: "<opec1.20261016@gestore.test>",
      referenceMessageId: "<abc@client.test>",
      date: "Fri, 16 Oct 2026 18:32:35 +0200",
      dateInstant: CERTIFIED_AT,
      repeated: new Map(),
      wasReceived: true,
    },
    daticertCount: 1,
    daticertResult: daticert && { outcome: "READ", daticert },
    daticert,
    original: {
      from: { ...NO_ADDRESS, occurrences: 1, addresses: ["mario.rossi@pec.test"] },
      messageId: "<opec1.20261016@gestore.test>",
      subject: "Atto di citazione",
    },
    recordedAt: null,
    toldAt: null,
    proof: null,
    ...changes,
  };
}

/** The deciding signer with changes to what the CMS says of it. */
export function signerWith(facts: Partial<SignerFacts>, changes: Partial<AssessedSigner> = {}): AssessedSigner {
  return { ...SIGNER, ...changes, facts: { ...SIGNER_FACTS, ...facts } };
}
