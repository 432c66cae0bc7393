// Belongs here: the outcome of path building and validation (RFC 5280 §6) at a given time. Does NOT belong here: whether the path makes a PEC seal (core/verdict).
import type { Certificate } from "../pki/certificate.ts";
import type { RevocationResult } from "./check-revocation.ts";
import type { TrustAnchor } from "../trust/trust-types.ts";

/** Why a path was refused, from best to worst explanation; `certificate` is an index into `path`. */
export interface ChainProblem {
  readonly code:
    | "NO_PATH" // no anchor reached
    | "ANCHOR_USE_ENDED" // path only to an anchor that may not be used at this time or for this issuer
    | "EXPIRED"
    | "NOT_YET_VALID"
    | "SIGNATURE_INVALID"
    | "ALGORITHM_UNSUPPORTED"
    | "ALGORITHM_REFUSED" // supported but not acceptable at this time (MD5; SHA-1 certificates outside the DigitPA time …)
    | "BASIC_CONSTRAINTS"
    | "PATH_LENGTH"
    | "KEY_USAGE"
    | "EXTENDED_KEY_USAGE"
    | "NAME_CONSTRAINTS"
    | "UNKNOWN_CRITICAL_EXTENSION"
    | "DEFECTIVE_CERTIFICATE"
    | "POLICY" // a CA demands an explicit policy and no policy is valid along the path (RFC 5280 §6.1.5)
    | "EMAIL_ADDRESS" // the address asked for is not in the certificate
    | "DENIED" // on the denied list
    | "BUDGET_EXHAUSTED"
    | "REVOKED" // only when lists were given: before `at`, or for a compromised key
    | "REVOCATION_UNKNOWN"; // lists were given and do not decide
  readonly certificate: number | null;
  readonly detail: string;
}

export interface ChainResult {
  /** `FAILED` needs proof; `INDETERMINATE` where knowledge is missing: no path, an algorithm that is not supported, undecided revocation. */
  readonly outcome: "PASSED" | "INDETERMINATE" | "FAILED";
  /** Signer first, anchor last; the best path tried when none passed (possibly only the signer). */
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor | null;
  /** Empty when passed; of the best failing path otherwise. */
  readonly problems: readonly ChainProblem[];
  /** Weaknesses that were accepted for the time: SHA-1 signed certificate, key under 2048 bits. */
  readonly weaknesses: readonly ("WEAK_KEY" | "SHA1_CERTIFICATE")[];
  /** Of each certificate of the path but the anchor, in order; `null`: not asked. */
  readonly revocation: readonly RevocationResult[] | null;
}
