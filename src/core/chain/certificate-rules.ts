// Belongs here: the rules that one certificate must obey in its place on a path (RFC 5280 §§4.2, 6.1.3–6.1.5; trust-policy §7).
// Does NOT belong here: signatures and the search for a path (see validate-chain.ts), policies (see policy-rules.ts).
//
// Every rule of a CA looks only downwards, at the certificates already on the path. So a path is judged while it is built upwards, and
// a candidate that breaks a rule is dropped before anything above it is looked at.
import type { Certificate } from "../pki/certificate.ts";
import { equalNames } from "../pki/distinguished-name.ts";
import type { TrustAnchor, TrustedAuthorities } from "../trust/trust-types.ts";
import type { ChainProblem } from "./chain-result.ts";
import { nameConstraintViolation } from "./name-constraints.ts";

const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
const ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";

export interface PathRequirements {
  /** The moment of validation, milliseconds UTC. */
  readonly at: number;
  /** `email`: S/MIME rules for usage, extended usage and mailbox apply; `any`: RFC 5280 only. */
  readonly purpose: "email" | "any";
  /** Address that the leaf must carry; only with `email`. */
  readonly email?: string;
}

type Found = (code: ChainProblem["code"], detail: string) => void;

/** Problems of the signer's certificate, index 0 of the path. */
export function leafProblems(
  leaf: Certificate,
  requirements: PathRequirements,
  denied: TrustedAuthorities["denied"],
): readonly ChainProblem[] {
  return collect(0, (found) => {
    commonProblems(leaf, requirements, denied, found);
    if (requirements.purpose !== "email") return;
    const { basicConstraints, keyUsage, subjectAltName } = leaf.extensions;
    if (basicConstraints?.ca === true) found("BASIC_CONSTRAINTS", "a CA certificate signs as a person");
    if (keyUsage !== null && !keyUsage.bits.some((bit) => bit === "digitalSignature" || bit === "nonRepudiation")) {
      found("KEY_USAGE", keyUsage.bits.join(" "));
    }
    const { email } = requirements;
    if (
      email !== undefined &&
      !subjectAltName?.some((name) => name.form === "rfc822Name" && sameMailbox(name.value, email))
    ) {
      found("EMAIL_ADDRESS", email);
    }
  });
}

/** Problems of a CA that stands at index `below.length` of a path whose lower certificates are `below`. */
export function authorityProblems(
  authority: Certificate,
  below: readonly Certificate[],
  requirements: PathRequirements,
  denied: TrustedAuthorities["denied"],
): readonly ChainProblem[] {
  return collect(below.length, (found) => {
    commonProblems(authority, requirements, denied, found);
    issuerProblems(authority, below, found);
  });
}

/**
 * Problems of an anchor. RFC 5280 takes only its name and key; its own limits (constraints, path length, usage, life) are kept as well, as
 * OpenSSL does: the root's owner wrote them, and a person who adds an authority may rely on them.
 */
export function anchorProblems(
  anchor: TrustAnchor,
  below: readonly Certificate[],
  requirements: PathRequirements,
  denied: TrustedAuthorities["denied"],
): readonly ChainProblem[] {
  const { certificate } = anchor;
  const { at } = requirements;
  return collect(below.length, (found) => {
    deniedProblem(certificate, denied, found);
    anchorUseProblem(anchor, below, at, found);
    if (at < certificate.notBefore) found("NOT_YET_VALID", new Date(certificate.notBefore).toISOString());
    encodingProblems(certificate, found);
    extendedUsageProblem(certificate, requirements, found);
    issuerProblems(certificate, below, found);
  });
}

/** Problems of an anchor that is itself the signer: its use alone, the rest is judged as a signer's. */
export function anchorAsLeafProblems(anchor: TrustAnchor, { at }: PathRequirements): readonly ChainProblem[] {
  return collect(0, (found) => {
    anchorUseProblem(anchor, [], at, found);
  });
}

/** Our limits of an anchor, and its own end. */
function anchorUseProblem(
  { certificate, usableUntil, onlyIssuingKeys }: TrustAnchor,
  below: readonly Certificate[],
  at: number,
  found: Found,
): void {
  const end = Math.min(usableUntil ?? certificate.notAfter, certificate.notAfter);
  if (at > end) found("ANCHOR_USE_ENDED", new Date(end).toISOString());
  if (onlyIssuingKeys === null) return;
  const authorities = below.slice(1);
  const allowed = authorities.every(({ spkiSha256 }) => onlyIssuingKeys.includes(spkiSha256));
  if (authorities.length === 0 || !allowed) found("ANCHOR_USE_ENDED", "not for this issuing key");
}

function collect(index: number, judge: (found: Found) => void): readonly ChainProblem[] {
  const problems: ChainProblem[] = [];
  judge((code, detail) => problems.push({ code, certificate: index, detail }));
  return problems;
}

function commonProblems(
  certificate: Certificate,
  requirements: PathRequirements,
  denied: TrustedAuthorities["denied"],
  found: Found,
): void {
  deniedProblem(certificate, denied, found);
  if (requirements.at < certificate.notBefore) found("NOT_YET_VALID", new Date(certificate.notBefore).toISOString());
  if (requirements.at > certificate.notAfter) found("EXPIRED", new Date(certificate.notAfter).toISOString());
  if (!certificate.signatureAlgorithmsAgree) found("DEFECTIVE_CERTIFICATE", "signature algorithms differ");
  encodingProblems(certificate, found);
  extendedUsageProblem(certificate, requirements, found);
}

/** The list wins over everything, additions of the person included. */
function deniedProblem(certificate: Certificate, denied: TrustedAuthorities["denied"], found: Found): void {
  const entry = denied.find(({ sha256 }) => sha256 === certificate.sha256 || sha256 === certificate.spkiSha256);
  if (entry !== undefined) found("DENIED", entry.reason);
}

function encodingProblems({ defects, extensions }: Certificate, found: Found): void {
  for (const defect of defects) found("DEFECTIVE_CERTIFICATE", defect);
  for (const oid of extensions.unknownCritical) found("UNKNOWN_CRITICAL_EXTENSION", oid);
}

/** RFC 5280 speaks of end entities only; in CAs every S/MIME client reads the extension as a limit on what stands below. */
function extendedUsageProblem({ extensions }: Certificate, { purpose }: PathRequirements, found: Found): void {
  const usages = extensions.extendedKeyUsage;
  if (purpose !== "email" || usages === null) return;
  if (!usages.includes(EMAIL_PROTECTION) && !usages.includes(ANY_EXTENDED_KEY_USAGE)) {
    found("EXTENDED_KEY_USAGE", usages.join(" "));
  }
}

function issuerProblems(authority: Certificate, below: readonly Certificate[], found: Found): void {
  const { basicConstraints, keyUsage, nameConstraints } = authority.extensions;
  if (basicConstraints?.ca !== true) found("BASIC_CONSTRAINTS", authority.subject.text);
  if (keyUsage !== null && !keyUsage.bits.includes("keyCertSign")) found("KEY_USAGE", keyUsage.bits.join(" "));
  const pathLength = basicConstraints?.pathLength ?? null;
  const intermediates = below.slice(1).filter((certificate) => !isSelfIssued(certificate)).length;
  if (pathLength !== null && intermediates > pathLength) found("PATH_LENGTH", `${intermediates} > ${pathLength}`);
  if (nameConstraints === null) return;
  for (const [index, certificate] of below.entries()) {
    // RFC 5280 §6.1.3 b: self-issued CAs are exempt (a new key under the old name), a self-issued leaf is not.
    if (index > 0 && isSelfIssued(certificate)) continue;
    const violation = nameConstraintViolation(nameConstraints, certificate);
    if (violation !== null) found("NAME_CONSTRAINTS", violation);
  }
}

export function isSelfIssued(certificate: Certificate): boolean {
  return equalNames(certificate.subject, certificate.issuer);
}

/** The domain without regard to case, the local part exactly (RFC 5280 §7.5). */
function sameMailbox(a: string, b: string): boolean {
  const [atA, atB] = [a.lastIndexOf("@"), b.lastIndexOf("@")];
  return atA > 0 && a.slice(0, atA) === b.slice(0, atB) && a.slice(atA).toLowerCase() === b.slice(atB).toLowerCase();
}
