// Belongs here: the certificates in a file that the person chose, as they are to be shown in full before one is added (trust-policy §7, tier 2).
// Does NOT belong here: adding one (see with-user-anchors.ts).
import type { Certificate } from "../pki/certificate.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import { parseCertificate } from "../pki/parse-certificate.ts";
import { encodeBase64, parsePem } from "../pki/parse-pem.ts";
import type { TrustedAuthorities } from "./trust-types.ts";

/** A list of all public roots has 300 KB. */
const MAX_FILE_BYTES = 1024 * 1024;
/** Shown one by one to a person, who looks for one of them. */
const MAX_CERTIFICATES = 500;

/** Why a certificate cannot be an anchor. */
export type AnchorProblem =
  | "NOT_A_CERTIFICATE"
  | "DEFECTIVE" // breaks RFC 5280 in its encoding, or has a critical extension that nobody here knows
  | "NOT_A_CA" // a signer's certificate as anchor would make one leaked key an authority
  | "DENIED"
  | "ALREADY_KNOWN"; // shipped, or added before

/** What a person compares before trusting it. Texts for display, times in milliseconds UTC. */
export interface AnchorDescription {
  readonly base64: string;
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, upper case. */
  readonly serial: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Lower-case hexadecimal, of the DER. */
  readonly sha256: string;
  readonly isAuthority: boolean;
  /** Issued by itself, as roots are. An authority below a root may be added as well. */
  readonly isRoot: boolean;
  /** Such as `RSA 2048` or `P-256`. */
  readonly publicKey: string;
  readonly signatureAlgorithm: string;
}

/** `certificate` is `null` only for what is no certificate; `problem` is `null` for what can be added. */
export interface AnchorCandidate {
  readonly certificate: AnchorDescription | null;
  readonly problem: AnchorProblem | null;
}

/** Reads PEM or DER. Never throws for any input: a file without a certificate gives one candidate, `NOT_A_CERTIFICATE`. */
export async function readAnchorFile(
  bytes: Uint8Array,
  authorities: TrustedAuthorities,
): Promise<readonly AnchorCandidate[]> {
  if (bytes.length > MAX_FILE_BYTES) return [{ certificate: null, problem: "NOT_A_CERTIFICATE" }];
  const blocks = parsePem(new TextDecoder().decode(bytes)).slice(0, MAX_CERTIFICATES);
  return Promise.all(
    (blocks.length > 0 ? blocks : [bytes]).map(async (der): Promise<AnchorCandidate> => {
      const certificate = await decodeCertificate(der);
      if (certificate === null) return { certificate: null, problem: "NOT_A_CERTIFICATE" };
      return { certificate: describe(certificate), problem: anchorProblem(certificate, authorities) };
    }),
  );
}

/** `null` for what is no certificate. */
export async function decodeCertificate(der: Uint8Array): Promise<Certificate | null> {
  try {
    return await parseCertificate(der);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

/** Why this certificate cannot be added to these authorities; `null` when it can. */
export function anchorProblem(
  certificate: Certificate,
  { anchors, denied }: TrustedAuthorities,
): Exclude<AnchorProblem, "NOT_A_CERTIFICATE"> | null {
  const { sha256, spkiSha256, defects, extensions } = certificate;
  if (denied.some((entry) => entry.sha256 === sha256 || entry.sha256 === spkiSha256)) return "DENIED";
  if (defects.length > 0 || extensions.unknownCritical.length > 0) return "DEFECTIVE";
  if (!isAuthority(certificate)) return "NOT_A_CA";
  return anchors.some((anchor) => anchor.certificate.sha256 === sha256) ? "ALREADY_KNOWN" : null;
}

/** basicConstraints CA, and keyCertSign where keyUsage is present. */
function isAuthority({ extensions: { basicConstraints, keyUsage } }: Certificate): boolean {
  return basicConstraints?.ca === true && (keyUsage === null || keyUsage.bits.includes("keyCertSign"));
}

function describe(certificate: Certificate): AnchorDescription {
  const { der, subject, issuer, serial, notBefore, notAfter, sha256, publicKey, signatureAlgorithm } = certificate;
  return {
    base64: encodeBase64(der),
    subject: subject.text,
    issuer: issuer.text,
    serial,
    notBefore,
    notAfter,
    sha256,
    isAuthority: isAuthority(certificate),
    isRoot: subject.text === issuer.text,
    publicKey: publicKey.curve ?? `${publicKey.algorithm} ${publicKey.bits ?? "?"}`,
    signatureAlgorithm: signatureAlgorithm.name,
  };
}
