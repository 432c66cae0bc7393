// Belongs here: the cases of NIST's Public Key Interoperability Test Suite (version 1.0.1, with the certificates of 2011): their section, what
// the document expects of each with its default inputs, and their files. Does NOT belong here: running them (see pkits.test.ts).
//
// The data hold a signed message and a signer's certificate for each case. Their names say Valid or Invalid; where they do not, the outcome
// depends on the inputs, and the one with default inputs is listed here from the document. Sections are told by names too.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface PkitsCase {
  /** Such as `4.3`. */
  readonly section: string;
  readonly name: string;
  readonly expected: "valid" | "invalid";
  readonly message: Uint8Array;
  /** DER of the signer's certificate as published beside the message. */
  readonly certificate: Uint8Array;
}

export interface PkitsSection {
  readonly number: string;
  readonly title: string;
  /** Cases in the document. */
  readonly count: number;
  /** Which names belong here, without Valid, Invalid and the number of the test. */
  readonly names: RegExp;
}

export const SECTIONS: readonly PkitsSection[] = [
  { number: "4.1", title: "Signature verification", count: 6, names: /^(Signatures|CASignature|EESignature|DSA.*)$/ },
  { number: "4.2", title: "Validity periods", count: 8, names: /not(Before|After)Date$/ },
  {
    number: "4.3",
    title: "Name chaining",
    count: 11,
    names: /^(NameChaining.*|.*AttributeTypes|Rollover.*|UTF8String.*)$/,
  },
  {
    number: "4.4",
    title: "Basic revocation",
    count: 21,
    names:
      /^(MissingCRL|Revoked..|BadCRL.*|WrongCRL|TwoCRLs|UnknownCRL.*|.*CRLnextUpdate|.*SerialNumber|SeparateCertificateandCRLKeys)$/,
  },
  { number: "4.5", title: "Self-issued certificates", count: 8, names: /^BasicSelfIssued/ },
  { number: "4.6", title: "Basic constraints", count: 17, names: /basicConstraints|^cAFalse$|pathLenConstraint$/ },
  { number: "4.7", title: "Key usage", count: 5, names: /^keyUsage/ },
  {
    number: "4.8",
    title: "Certificate policies",
    count: 20,
    names: /^(AllCertificates.*|DifferentPolicies|OverlappingPolicies|AnyPolicy|.*Qualifier)$/,
  },
  { number: "4.9", title: "Require explicit policy", count: 8, names: /requireExplicitPolicy$/i },
  { number: "4.10", title: "Policy mappings", count: 14, names: /^(PolicyMapping|Mapping(From|To)anyPolicy)$/ },
  { number: "4.11", title: "Inhibit policy mapping", count: 11, names: /inhibitPolicyMapping$/ },
  { number: "4.12", title: "Inhibit any policy", count: 10, names: /inhibitAnyPolicy$/ },
  { number: "4.13", title: "Name constraints", count: 38, names: /nameConstraints$/ },
  {
    number: "4.14",
    title: "Distribution points",
    count: 35,
    names:
      /^(distributionPoint|NoissuingDistributionPoint|onlyContains.*|onlySomeReasons|IDPwithindirectCRL|cRLIssuer)$/,
  },
  { number: "4.15", title: "Delta lists", count: 10, names: /^deltaCRL/ },
  {
    number: "4.16",
    title: "Private extensions",
    count: 2,
    names: /^Unknown(NotCritical|Critical)CertificateExtension$/,
  },
];

/** With default inputs; these have policies that a CA of the path demands and that not all of it has. */
const INVALID_BY_DEFAULT: ReadonlySet<string> = new Set([
  "MissingCRLTest1",
  ...[4, 5, 7, 8, 9, 12].map((number) => `DifferentPoliciesTest${number}`),
]);

/** Certificates whose file is named otherwise than the message. */
const CERTIFICATE_NAMES: ReadonlyMap<string, string> = new Map([
  ["ValidSignaturesTest1", "ValidCertificatePathTest1"],
  ["AllCertificatesSamePolicyTest1", "ValidCertificatePathTest1"],
  ["InvalidNameChainingEETest1", "InvalidNameChainingTest1"],
  ["ValidNameChainingUIDsTest6", "ValidNameUIDsTest6"],
  ["MissingCRLTest1", "InvalidMissingCRLTest1"],
  ["AllCertificatesAnyPolicyTest11", "AllCertificatesanyPolicyTest11"],
  ["ValidSelfIssuedDNnameConstraintsTest19", "ValidDNnameConstraintsTest19"],
  ["InvalidSelfIssuedDNnameConstraintsTest20", "InvalidDNnameConstraintsTest20"],
  ["InvalidonlyContainsUserCertsCRLTest11", "InvalidonlyContainsUserCertsTest11"],
  ["InvalidonlyContainsCACertsCRLTest12", "InvalidonlyContainsCACertsTest12"],
  ["ValidonlyContainsCACertsCRLTest13", "ValidonlyContainsCACertsTest13"],
]);

/** Every case; a file that fits no section, or two, is an error. */
export function readCases(folder: string): readonly PkitsCase[] {
  return readdirSync(join(folder, "smime")).map((file) => {
    const name = file.replace(/^Signed/, "").replace(/\.eml$/, "");
    const stem = name.replace(/^(Valid|Invalid)/, "").replace(/Test\d+$/, "");
    const [section, ...others] = SECTIONS.filter(({ names }) => names.test(stem));
    if (section === undefined || others.length > 0) throw new Error(`section of ${file}`);
    const certificate = (CERTIFICATE_NAMES.get(name) ?? name).replace(
      /(V|Inv)alidR(equireExplicitPolicy)/,
      "$1alidr$2",
    );
    return {
      section: section.number,
      name,
      expected: name.startsWith("Invalid") || INVALID_BY_DEFAULT.has(name) ? "invalid" : "valid",
      message: readFileSync(join(folder, "smime", file)),
      certificate: readFileSync(join(folder, "certs", `${certificate}EE.crt`)),
    };
  });
}

/** DER of every CA certificate of the suite, and of its only anchor. */
export function readAuthorities(folder: string): {
  readonly anchor: Uint8Array;
  readonly others: readonly Uint8Array[];
} {
  const anchor = "TrustAnchorRootCertificate.crt";
  const files = readdirSync(join(folder, "certs")).filter((file) => !file.endsWith("EE.crt") && file !== anchor);
  const read = (file: string): Uint8Array => readFileSync(join(folder, "certs", file));
  return { anchor: read(anchor), others: files.map(read) };
}

/** DER of every revocation list of the suite. */
export function readLists(folder: string): readonly Uint8Array[] {
  return readdirSync(join(folder, "crls")).map((file) => readFileSync(join(folder, "crls", file)));
}
