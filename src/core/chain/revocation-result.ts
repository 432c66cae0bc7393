// Belongs here: what is asked about the revocation of a certificate and what may be answered (RFC 5280 §6.3, RFC 6960).
// Does NOT belong here: how the answer is found (see check-revocation.ts), what it means for a seal (core/verdict).
import type { Certificate } from "../pki/certificate.ts";
import type { RevocationReason } from "../pki/distribution-point.ts";

/** Certificates that may sign lists in place of the issuer's own key: another key of the same authority, or the issuer of indirect lists. */
export interface ListSigners {
  readonly candidates: readonly Certificate[];
  /** RFC 5280 §6.3.3 f: it has a path below the same anchor as the certificate asked about, and is not revoked itself. */
  readonly isAcceptable: (signer: Certificate) => Promise<boolean>;
}

export interface RevocationData {
  /** DER of revocation lists, of whatever origin. */
  readonly crls: readonly Uint8Array[];
  /** DER of OCSP responses, of whatever origin. */
  readonly ocspResponses: readonly Uint8Array[];
  /** The moment of asking, milliseconds UTC: what was made after it is not believed. */
  readonly at: number;
  /**
   * The moment that an answer must reach to say `good`, milliseconds UTC; default `at`. For a signature of the past it is the certified
   * time: EN 319 102-1 §5.2.5 measures freshness against the time of validation, so a list that was current then, or was made later while
   * the certificate lived, answers for it, although a newer one exists by now.
   */
  readonly asOf?: number;
  /** Without it only the issuer's own key signs lists. */
  readonly listSigners?: ListSigners;
}

export type RevocationResult =
  | {
      readonly status: "good";
      /** As of when, milliseconds UTC. */
      readonly thisUpdate: number;
      /** Until when it was current, milliseconds UTC. */
      readonly nextUpdate: number;
    }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      /** Milliseconds since 1970, UTC. The caller compares it with the certified time. */
      readonly time: number;
      /** When the key is thought to have been lost; `null` when not stated. */
      readonly invalidityDate: number | null;
      readonly thisUpdate: number;
    }
  /** `code`: why nothing could be decided, of the list or response that came closest. */
  | { readonly status: "unknown"; readonly code: UnknownCode };

/** From farthest to closest. */
export const UNKNOWN_CODES = [
  "NO_DATA",
  "MALFORMED",
  "OTHER_ISSUER", // of another authority, or about certificates of another
  "SIGNATURE_INVALID",
  "SIGNER_NOT_ACCEPTED", // signed by a certificate that may not sign lists or answers
  "WEAK_ALGORITHM", // SHA-1 at a time when nobody needed it any more
  "UNSUPPORTED", // algorithm or critical extension
  "FUTURE", // made after the moment of asking
  "NO_ANSWER", // the OCSP responder answered that it cannot or does not know
  "DELTA", // changes to a list that is not at hand
  "OTHER_SCOPE", // lists for other certificates, or other distribution points
  "SOME_REASONS", // lists for some reasons only, which together are not all
  "EXPIRED_BEFORE", // younger than the certificate's end: expired certificates are dropped from lists
  "STALE",
] as const;
export type UnknownCode = (typeof UNKNOWN_CODES)[number];

/** One list, group of lists or response; `good` may still not reach the moment asked about. */
export type RevocationAnswer = RevocationResult;

export const unknown = (code: UnknownCode): Extract<RevocationResult, { status: "unknown" }> => ({
  status: "unknown",
  code,
});

/** A computer's clock may be this wrong before what a list or response says of itself counts as future (as for the certified time, trust-policy §4.1). */
export const CLOCK_TOLERANCE = 3_600_000;

/** DigitPA CA1 ended then (trust-policy §5): the last authority whose lists had nothing better than SHA-1. */
export const SHA1_ACCEPTED_UNTIL = Date.UTC(2018, 0, 14);
