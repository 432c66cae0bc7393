// Belongs here: what each finding means for the two verdicts: the table of trust-policy §4.3, one row each, in its order.
// Does NOT belong here: how a finding is made (see checks.ts), wording (see _locales).
import type { Indication, SubIndication } from "./indication.ts";
import type { Remark } from "./inspection.ts";

export type FindingCode =
  | "REVOCATION_NOT_ASKED"
  | "REVOCATION_NOT_ASKED_RECORDED"
  | "REVOCATION_OLDER"
  | "EXPIRED_SINCE"
  | "EXPIRED_SINCE_NOT_REVOKED"
  | "EXPIRED_SINCE_RECORDED"
  | "SHA1_DIGEST"
  | "WEAK_KEY"
  | "SHA1_CERTIFICATE"
  | "TIMES_APART"
  | "NO_SIGNING_TIME"
  | "HEADERS_DIFFER"
  | "TIME_ZONE_MISSING"
  | "REVOKED_LATER"
  | "REVOKED_LATER_RECORDED"
  | "USER_ADDED_ANCHOR"
  | "SIGNING_CERTIFICATE_MISSING"
  | "NO_PATH"
  | "ANCHOR_USE_ENDED"
  | "ALGORITHM_NOT_ACCEPTED"
  | "KEY_COMPROMISED"
  | "ON_HOLD"
  | "AUTHORITY_REVOKED"
  | "FUTURE_TIME"
  | "SIGNATURE_MISSING"
  | "NOT_A_PEC_AUTHORITY"
  | "NEWER_PEC_AUTHORITY"
  | "CHAIN_CONSTRAINTS"
  | "SIGNED_ATTRIBUTES"
  | "SENDER_DIFFERS"
  | "DATICERT_DISAGREES"
  | "NOT_COVERED"
  | "EXPIRED_THEN"
  | "NOT_YET_VALID_THEN"
  | "REVOKED_THEN"
  | "HASH_DIFFERS"
  | "SIGNATURE_VALUE_WRONG"
  | "UNREADABLE"
  | "REM_NOT_VERIFIABLE_YET";

interface Effect {
  readonly indication: Exclude<Indication, "TOTAL-PASSED">;
  readonly subIndication: SubIndication;
}

/** What a finding does to each verdict; `null`: it leaves that verdict as it is. */
export interface Meaning {
  readonly signature: Effect | null;
  readonly seal: Effect | null;
  readonly remark: Remark | null;
  /** The remark is listed, and no reason to look twice: the look of the seal stays as it is. */
  readonly isQuiet: boolean;
}

const failed = (subIndication: SubIndication): Effect => ({ indication: "TOTAL-FAILED", subIndication });
const indeterminate = (subIndication: SubIndication): Effect => ({ indication: "INDETERMINATE", subIndication });

const NOTHING: Meaning = { signature: null, seal: null, remark: null, isQuiet: false };
const remark = (code: Remark, signature: Effect | null = null): Meaning => ({ ...NOTHING, signature, remark: code });
const quietRemark = (code: Remark, signature: Effect | null = null): Meaning => ({
  ...remark(code, signature),
  isQuiet: true,
});
const signatureOnly = (effect: Effect): Meaning => ({ ...NOTHING, signature: effect });
const sealOnly = (effect: Effect): Meaning => ({ ...NOTHING, seal: effect });
const both = (effect: Effect): Meaning => ({ ...NOTHING, signature: effect, seal: effect });

export const FINDINGS: Readonly<Record<FindingCode, Meaning>> = {
  REVOCATION_NOT_ASKED: quietRemark("REVOCATION_NOT_CHECKED", indeterminate("TRY_LATER")),
  // Nobody answers after the certificate's end: to try later is no advice, and the person's own record stands in (table, row "local record").
  REVOCATION_NOT_ASKED_RECORDED: quietRemark("REVOCATION_NOT_CHECKED"),
  // Not revoked as of a list made at the time of signing or later, but not one of today (EN 319 102-1 §5.2.5, revocation freshness).
  REVOCATION_OLDER: signatureOnly(indeterminate("TRY_LATER")),
  EXPIRED_SINCE: remark("CERTIFICATE_EXPIRED_SINCE", indeterminate("OUT_OF_BOUNDS_NO_POE")),
  EXPIRED_SINCE_NOT_REVOKED: remark("CERTIFICATE_EXPIRED_SINCE", indeterminate("OUT_OF_BOUNDS_NOT_REVOKED")),
  EXPIRED_SINCE_RECORDED: quietRemark("CERTIFICATE_EXPIRED_SINCE"),
  SHA1_DIGEST: remark("SHA1_DIGEST", indeterminate("CRYPTO_CONSTRAINTS_FAILURE")),
  WEAK_KEY: remark("WEAK_KEY", indeterminate("CRYPTO_CONSTRAINTS_FAILURE")),
  SHA1_CERTIFICATE: remark("SHA1_CERTIFICATE", indeterminate("CRYPTO_CONSTRAINTS_FAILURE")),
  TIMES_APART: remark("TIMES_APART"),
  NO_SIGNING_TIME: remark("NO_SIGNING_TIME"),
  HEADERS_DIFFER: remark("HEADERS_DIFFER"),
  // pec-messages §3.3: the time is then no certified one, and that must be said.
  TIME_ZONE_MISSING: remark("TIME_ZONE_MISSING"),
  REVOKED_LATER: remark("REVOKED_LATER", indeterminate("REVOKED_NO_POE")),
  REVOKED_LATER_RECORDED: remark("REVOKED_LATER"),
  USER_ADDED_ANCHOR: remark("USER_ADDED_ANCHOR"),
  SIGNING_CERTIFICATE_MISSING: both(indeterminate("NO_SIGNING_CERTIFICATE_FOUND")),
  NO_PATH: both(indeterminate("NO_CERTIFICATE_CHAIN_FOUND")),
  ANCHOR_USE_ENDED: both(indeterminate("NO_CERTIFICATE_CHAIN_FOUND_NO_POE")),
  ALGORITHM_NOT_ACCEPTED: both(indeterminate("CRYPTO_CONSTRAINTS_FAILURE")),
  KEY_COMPROMISED: both(indeterminate("REVOKED_NO_POE")),
  // A hold may be lifted, and is then as if it had never been: no proof of anything, and a later list decides (EN 319 102-1 §5.2.6).
  ON_HOLD: both(indeterminate("TRY_LATER")),
  AUTHORITY_REVOKED: both(indeterminate("REVOKED_CA_NO_POE")),
  FUTURE_TIME: both(indeterminate("SIG_CONSTRAINTS_FAILURE")),
  SIGNATURE_MISSING: sealOnly(failed("FORMAT_FAILURE")),
  NOT_A_PEC_AUTHORITY: sealOnly(failed("CHAIN_CONSTRAINTS_FAILURE")),
  // An AgID key this version does not know: neither an impostor nor a seal (trust-policy §7, tier 1).
  NEWER_PEC_AUTHORITY: both(indeterminate("NO_CERTIFICATE_CHAIN_FOUND")),
  CHAIN_CONSTRAINTS: {
    ...NOTHING,
    signature: indeterminate("CHAIN_CONSTRAINTS_FAILURE"),
    seal: failed("CHAIN_CONSTRAINTS_FAILURE"),
  },
  // The attributes name another signing certificate than the one that verifies (RFC 5035 §5).
  SIGNED_ATTRIBUTES: {
    ...NOTHING,
    signature: indeterminate("SIG_CONSTRAINTS_FAILURE"),
    seal: failed("SIG_CONSTRAINTS_FAILURE"),
  },
  SENDER_DIFFERS: sealOnly(failed("SIG_CONSTRAINTS_FAILURE")),
  DATICERT_DISAGREES: sealOnly(failed("SIG_CONSTRAINTS_FAILURE")),
  NOT_COVERED: sealOnly(failed("SIG_CONSTRAINTS_FAILURE")),
  EXPIRED_THEN: both(failed("EXPIRED")),
  NOT_YET_VALID_THEN: both(failed("NOT_YET_VALID")),
  REVOKED_THEN: both(failed("REVOKED")),
  HASH_DIFFERS: both(failed("HASH_FAILURE")),
  SIGNATURE_VALUE_WRONG: both(failed("SIG_CRYPTO_FAILURE")),
  UNREADABLE: both(failed("FORMAT_FAILURE")),
  REM_NOT_VERIFIABLE_YET: sealOnly(indeterminate("NO_CERTIFICATE_CHAIN_FOUND")),
};
