// Belongs here: keys and short-hands for certificates of the chain tests. Does NOT belong here: the PEC provider of test/provider.
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { parseCertificate } from "../../../src/core/pki/parse-certificate.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import type { TrustAnchor, TrustedAuthorities } from "../../../src/core/trust/trust-types.ts";
import { buildCertificate, type CertificateDescription, type NameEntry } from "../../provider/certificate-builder.ts";

/** The moment at which everything made here is valid. */
export const AT = Date.UTC(2024, 5, 1);
const DAY = 86_400_000;

export interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** ECDSA: made in a millisecond, so each test has its own. */
export const newKeys = (namedCurve = "P-256"): Keys => generateKeyPairSync("ec", { namedCurve });
export const newRsaKeys = (modulusLength: number): Keys => generateKeyPairSync("rsa", { modulusLength });

/** C=IT, O=Test, CN=… */
export const named = (commonName: string): readonly NameEntry[] => [
  { type: "C", value: "IT" },
  { type: "O", value: "Test" },
  { type: "CN", value: commonName },
];

export interface Authority {
  readonly name: readonly NameEntry[];
  readonly keys: Keys;
  readonly certificate: Certificate;
}

let serial = 1;
type Overrides = Partial<CertificateDescription>;

async function issue(
  subject: readonly NameEntry[],
  publicKey: KeyObject,
  issuer: { readonly name: readonly NameEntry[]; readonly keys: Keys },
  overrides: Overrides,
): Promise<Certificate> {
  return parseCertificate(
    buildCertificate({
      subject,
      issuer: issuer.name,
      serial: serial++,
      notBefore: AT - 365 * DAY,
      notAfter: AT + 365 * DAY,
      publicKey,
      issuerPrivateKey: issuer.keys.privateKey,
      ...overrides,
    }),
  );
}

const AUTHORITY: Overrides = { basicConstraints: { ca: true }, keyUsage: { bits: ["keyCertSign", "cRLSign"] } };
const LEAF: Overrides = {
  keyUsage: { bits: ["digitalSignature"] },
  extendedKeyUsage: ["1.3.6.1.5.5.7.3.4"],
  subjectAltName: [{ rfc822Name: "posta-certificata@pec.test" }],
};

export async function newRoot(commonName = "Root", overrides: Overrides = {}, keys = newKeys()): Promise<Authority> {
  const name = named(commonName);
  return { name, keys, certificate: await issue(name, keys.publicKey, { name, keys }, { ...AUTHORITY, ...overrides }) };
}

export async function newAuthority(
  issuer: Authority,
  commonName: string,
  overrides: Overrides = {},
  keys = newKeys(),
): Promise<Authority> {
  const name = named(commonName);
  return { name, keys, certificate: await issue(name, keys.publicKey, issuer, { ...AUTHORITY, ...overrides }) };
}

export async function newLeaf(issuer: Authority, overrides: Overrides = {}, keys = newKeys()): Promise<Certificate> {
  return issue(named("Signer"), keys.publicKey, issuer, { ...LEAF, ...overrides });
}

export function anchorOf(
  { certificate }: { readonly certificate: Certificate },
  limits: Partial<TrustAnchor> = {},
): TrustAnchor {
  return {
    certificate,
    origin: "shipped",
    usableUntil: null,
    onlyIssuingKeys: null,
    onlyDomains: null,
    source: "test",
    date: "2024-06-01",
    ...limits,
  };
}

export function trusting(root: Authority, extra: Partial<TrustedAuthorities> = {}): TrustedAuthorities {
  return { anchors: [anchorOf(root)], issuingKeys: [], intermediates: [], denied: [], ...extra };
}
