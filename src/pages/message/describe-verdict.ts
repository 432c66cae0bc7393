// Belongs here: why the verdict is what it is: the sentence of the verdict, the checks that matter (worst first), the remarks.
// Does NOT belong here: reaching the verdict (core/verdict), wording (see _locales).
import type { Check, CheckId, Inspection, Remark } from "../../core/index.ts";
import type { Sentence, Value } from "../sentence.ts";
import { dayText, instantSentence, mailTimeValue } from "../certified-time.ts";
import { foreign, keyOf, own, phrase, sentence } from "../values.ts";

/** Both sides of a disagreement, each with a label. */
export interface Comparison {
  readonly fieldKey: string;
  readonly sides: readonly { readonly labelKey: string; readonly value: Value }[];
}

export interface Reason {
  readonly sentence: Sentence;
  readonly comparisons: readonly Comparison[];
  /** What the person can do about it, in a button beside the sentence. */
  readonly offers: "check-revocation" | null;
}

export interface VerdictView {
  readonly sentence: Sentence;
  readonly reasons: readonly Reason[];
  readonly remarks: readonly Reason[];
}

/** What the two sides of a comparison are called; a check not listed compares nothing. */
const COMPARED: Readonly<Partial<Record<CheckId, { readonly expected: string; readonly found: string }>>> = {
  "signer-address": { expected: "side_from", found: "side_certificate" },
  "from-field": { expected: "side_from", found: "side_from" },
  "sender-field": { expected: "side_from", found: "side_sender" },
  "daticert-kind": { expected: "side_certified", found: "side_header" },
  "daticert-sender-display": { expected: "side_certified", found: "side_header" },
  "daticert-sender-original": { expected: "side_certified", found: "side_original" },
  "daticert-reply-to": { expected: "side_certified", found: "side_header" },
  "daticert-recipients": { expected: "side_certified", found: "side_header" },
  "daticert-message-id": { expected: "side_certified", found: "side_header" },
  "daticert-identifier": { expected: "side_certified", found: "side_header" },
  "daticert-identifier-original": { expected: "side_certified", found: "side_original" },
  "daticert-subject": { expected: "side_certified", found: "side_header" },
  "daticert-time": { expected: "side_certified", found: "side_signing_time" },
  "date-field": { expected: "side_certified", found: "side_header" },
  "future-time": { expected: "side_clock", found: "side_signing_time" },
};

/** Sentences for one code of `detail.code`: `check_<id>_<outcome>_<code>`. Other codes are told by the outcome alone. */
const SENTENCES_BY_CODE: ReadonlySet<string> = new Set([
  "check_structure_failed_conflicting_claims",
  "check_structure_failed_unrecognized_kind",
  "check_structure_failed_original_missing",
  "check_structure_failed_ambiguous",
  "check_cms_format_warning_several_signers",
  "check_imitation_failed_sealed_message_inside",
  "check_imitation_failed_no_service_domain",
  "check_imitation_failed_service_address",
  "check_imitation_failed_display_name",
  "check_imitation_failed_subject",
  "check_from_field_failed_foreign_letters",
  "check_pec_authority_failed_unknown_issuing_key",
  "check_cms_format_failed_embedded_content_differs",
  "check_cms_format_failed_no_signer",
  "check_cms_format_failed_signing_certificate_mismatch",
  "check_daticert_subject_warning_repeated_field",
  "check_date_field_warning_repeated_field",
  "check_daticert_message_id_warning_repeated_field",
  "check_daticert_identifier_warning_repeated_field",
  "check_signature_present_failed_signature_part_missing",
  "check_pec_authority_failed_no_policy",
  "check_pec_authority_not_done_newer_pec_authority",
  "check_from_field_failed_missing",
  "check_from_field_failed_several_fields",
  "check_from_field_failed_several_addresses",
  "check_daticert_present_failed_several",
  "check_daticert_format_warning_offset_missing",
]);

/** Which checks a remark is about: there its dates and both values are found. */
const CHECKS_OF_REMARK: Readonly<Record<Remark, readonly CheckId[]>> = {
  SHA1_DIGEST: ["signature-algorithms"],
  CERTIFICATE_EXPIRED_SINCE: ["certificate-validity"],
  REVOCATION_NOT_CHECKED: ["revocation"],
  WEAK_KEY: ["certificate-algorithms"],
  SHA1_CERTIFICATE: ["certificate-algorithms"],
  TIMES_APART: ["daticert-time"],
  NO_SIGNING_TIME: ["daticert-time"],
  HEADERS_DIFFER: [
    "daticert-sender-display",
    "daticert-sender-original",
    "daticert-reply-to",
    "daticert-recipients",
    "daticert-subject",
    "date-field",
    "daticert-message-id",
    "daticert-identifier",
    "daticert-identifier-original",
  ],
  TIME_ZONE_MISSING: ["daticert-format"],
  REVOKED_LATER: ["revocation"],
  USER_ADDED_ANCHOR: ["trust-origin"],
};

/** What is most worth reading first; the one that accompanies nearly every message comes last. */
const REMARKS_BY_WEIGHT: readonly Remark[] = [
  "USER_ADDED_ANCHOR",
  "REVOKED_LATER",
  "HEADERS_DIFFER",
  "TIME_ZONE_MISSING",
  "TIMES_APART",
  "NO_SIGNING_TIME",
  "SHA1_DIGEST",
  "WEAK_KEY",
  "SHA1_CERTIFICATE",
  "CERTIFICATE_EXPIRED_SINCE",
  "REVOCATION_NOT_CHECKED",
];

interface Headline {
  readonly sentence: Sentence;
  /** Checks that the sentence has already said. */
  readonly covers: readonly CheckId[];
}

/** The verdict in words, its reasons (worst first) and its remarks. */
export function describeVerdict(inspection: Inspection, locale: string): VerdictView {
  const headline = headlineOf(inspection, locale);
  return {
    sentence: headline.sentence,
    reasons: reasonsOf(inspection, headline.covers, locale),
    remarks: remarksOf(inspection, locale),
  };
}

function headlineOf(inspection: Inspection, locale: string): Headline {
  const { kind, look, seal, signature } = inspection;
  const check = (id: CheckId) => inspection.checks.find((candidate) => candidate.id === id);
  const say = (key: string, covers: readonly CheckId[] = [], ...values: readonly Value[]): Headline => ({
    sentence: sentence(key, ...values),
    covers,
  });
  if (seal.indication === "NONE") return say("verdict_none");
  if (kind === "rem" && seal.indication === "INDETERMINATE") return say("verdict_rem", ["certificate-path"]);
  if (seal.indication === "TOTAL-PASSED") return say(look === "neutral" ? "verdict_neutral" : "verdict_sealed");
  if (
    check("signature-present")?.outcome === "FAILED" &&
    signature === null &&
    check("signature-present")?.detail["code"] === undefined
  ) {
    return say("verdict_no_signature", ["signature-present"]);
  }
  switch (seal.subIndication) {
    case "HASH_FAILURE":
      return say("verdict_hash_failure", ["message-digest"]);
    case "SIG_CRYPTO_FAILURE":
      return say("verdict_sig_crypto_failure", ["signature-value"]);
    case "FORMAT_FAILURE":
      return say("verdict_format_failure");
    case "CHAIN_CONSTRAINTS_FAILURE":
      return say("verdict_chain_constraints_failure");
    case "SIG_CONSTRAINTS_FAILURE":
      return seal.indication === "INDETERMINATE"
        ? say("verdict_future_time", ["future-time"])
        : say("verdict_sig_constraints_failure");
    case "EXPIRED":
      return say("verdict_expired_then", ["certificate-validity"]);
    case "NOT_YET_VALID":
      return say("verdict_not_yet_valid_then", ["certificate-validity"]);
    case "REVOKED": {
      const [date, reason] = revocationValues(inspection, locale);
      return date === null
        ? say("verdict_revoked", ["revocation"])
        : say("verdict_revoked_on", ["revocation"], date, reason);
    }
    case "NO_SIGNING_CERTIFICATE_FOUND":
      return say("verdict_no_signing_certificate", ["signing-certificate"]);
    case "NO_CERTIFICATE_CHAIN_FOUND":
      return check("pec-authority")?.detail["code"] === "NEWER_PEC_AUTHORITY"
        ? say("verdict_newer_authority", ["pec-authority"])
        : say("verdict_no_certificate_chain", ["certificate-path"]);
    case "NO_CERTIFICATE_CHAIN_FOUND_NO_POE":
      return say("verdict_anchor_use_ended", ["certificate-path"]);
    case "CRYPTO_CONSTRAINTS_FAILURE":
    case "CRYPTO_CONSTRAINTS_FAILURE_NO_POE":
      return say("verdict_algorithm_not_accepted", ["message-digest", "signature-value", "signature-algorithms"]);
    case "REVOKED_NO_POE": {
      const [date] = revocationValues(inspection, locale);
      return date === null
        ? say("verdict_key_compromised", ["revocation"])
        : say("verdict_key_compromised_on", ["revocation"], date);
    }
    case "REVOKED_CA_NO_POE":
      return say("verdict_authority_revoked", ["revocation"]);
    case "TRY_LATER": {
      const [date] = revocationValues(inspection, locale);
      if (check("revocation")?.detail["reason"] === "certificateHold" && date !== null) {
        return say("verdict_on_hold", ["revocation"], date);
      }
      return say(seal.indication === "TOTAL-FAILED" ? "verdict_failed" : "verdict_indeterminate");
    }
    case "CERTIFICATE_CHAIN_GENERAL_FAILURE":
    case "OUT_OF_BOUNDS_NO_POE":
    case "OUT_OF_BOUNDS_NOT_REVOKED":
    case null:
      return say(seal.indication === "TOTAL-FAILED" ? "verdict_failed" : "verdict_indeterminate");
  }
}

/** Failures, then what could not be answered when that is the verdict. Notes never stand beside a failure as if they softened it. */
function reasonsOf(inspection: Inspection, covered: readonly CheckId[], locale: string): readonly Reason[] {
  const { seal } = inspection;
  if (seal.indication === "NONE" || seal.indication === "TOTAL-PASSED") return [];
  const matters = (check: Check): boolean =>
    check.outcome === "FAILED" ||
    (seal.indication === "INDETERMINATE" && check.outcome === "NOT_DONE" && check.id !== "revocation");
  const checks = inspection.checks.filter(
    (check) => matters(check) && (!covered.includes(check.id) || compares(check)),
  );
  const weight = (check: Check) => (check.outcome === "FAILED" ? 0 : 1);
  return [...checks]
    .sort((a, b) => weight(a) - weight(b))
    .map((check) => ({
      sentence: checkSentence(check, inspection, locale),
      comparisons: comparisonsOf([check], inspection, locale),
      offers: null,
    }));
}

function remarksOf(inspection: Inspection, locale: string): readonly Reason[] {
  const { remarks } = inspection.seal;
  const listed = REMARKS_BY_WEIGHT.filter((remark) => remarks.includes(remark));
  // One sentence speaks of both weaknesses (ui.md).
  const said = listed.filter((remark) => remark !== "SHA1_CERTIFICATE" || !remarks.includes("WEAK_KEY"));
  const others = said.filter((remark) => remark !== "REVOCATION_NOT_CHECKED");
  return [
    ...others.map((remark) => remarkReason(remark, inspection, locale)),
    recordReason(inspection, locale),
    revocationReason(inspection, locale),
  ].filter((reason) => reason !== null);
}

/**
 * A record is worth a word only where it closes a gap: the certificate has ended since, by age or by revocation. What only a file says is
 * not said to be this computer's own.
 */
function recordReason({ seal, signature, daticert }: Inspection, locale: string): Reason | null {
  if (signature === null || seal.indication !== "TOTAL-PASSED") return null;
  const { recordedAt, toldAt, revocation, signer } = signature;
  const isExpired = seal.remarks.includes("CERTIFICATE_EXPIRED_SINCE");
  const isOld = (at: number): boolean => isExpired && signer !== null && at <= signer.notAfter;
  const isOwn =
    recordedAt !== null && (isOld(recordedAt) || (revocation.status === "revoked" && recordedAt < revocation.time));
  const at = isOwn ? recordedAt : toldAt !== null && isOld(toldAt) ? toldAt : null;
  if (at === null) return null;
  const when: Value = { type: "sentence", sentence: instantSentence(at, daticert?.data.offset ?? null, locale) };
  return { sentence: sentence(isOwn ? "remark_recorded" : "remark_told", when), comparisons: [], offers: null };
}

/** Why revocation data decide nothing: codes that have words of their own (core/chain/revocation-result.ts). */
const UNKNOWN_REVOCATION: ReadonlySet<string> = new Set([
  "NO_DATA",
  "MALFORMED",
  "OTHER_ISSUER",
  "SIGNATURE_INVALID",
  "SIGNER_NOT_ACCEPTED",
  "WEAK_ALGORITHM",
  "FUTURE",
  "NO_ANSWER",
  "DELTA",
  "SOME_REASONS",
  "OTHER_SCOPE",
  "STALE",
  "EXPIRED_BEFORE",
]);

/** What is known of the revocation of a seal that holds; what was found out is told by the remark `REVOKED_LATER`. */
function revocationReason(inspection: Inspection, locale: string): Reason | null {
  const { kind, seal, signature } = inspection;
  // The wrapper of an anomaly vouches for nothing, revoked or not.
  if (signature === null || seal.indication !== "TOTAL-PASSED" || kind === "anomalia") return null;
  const { revocation } = signature;
  switch (revocation.status) {
    case "not-asked":
      if (!seal.remarks.includes("REVOCATION_NOT_CHECKED")) return null;
      return {
        sentence: sentence("remark_revocation_not_checked"),
        comparisons: [],
        offers: checkOffered(inspection),
      };
    case "unknown":
      return {
        sentence: sentence("remark_revocation_unknown", unknownRevocation(revocation.code)),
        comparisons: [],
        offers: revocation.code === "EXPIRED_BEFORE" ? null : checkOffered(inspection),
      };
    case "good": {
      const when = own(dayText(revocation.thisUpdate, locale));
      return { sentence: sentence("remark_revocation_good", when), comparisons: [], offers: null };
    }
    case "revoked":
      return null;
  }
}

function unknownRevocation(code: string): Value {
  return phrase(keyOf("revocation_unknown", UNKNOWN_REVOCATION.has(code) ? code : "other"));
}

/** Only where an answer can be had: the certificate names a list, and lists still speak of it (trust-policy §2). */
function checkOffered({ seal, signature }: Inspection): Reason["offers"] {
  const addresses = signature?.signer?.crlDistributionPoints ?? [];
  const named = addresses.some((address) => /^https?:/i.test(address));
  return named && !seal.remarks.includes("CERTIFICATE_EXPIRED_SINCE") ? "check-revocation" : null;
}

/** Reasons of RFC 5280 §5.3.1 that have words; any other is told as one that was not given. */
const REVOCATION_REASONS: ReadonlySet<string> = new Set([
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
]);

/** When and why the certificate was revoked. */
export function revocationValues(inspection: Inspection, locale: string): readonly [date: Value | null, reason: Value] {
  const { signature, daticert, checks } = inspection;
  const revocation = signature?.revocation;
  const known = revocation?.status === "revoked" && REVOCATION_REASONS.has(revocation.reason);
  const reason = phrase(keyOf("revocation_reason", known ? revocation.reason : "unspecified"));
  if (revocation?.status === "revoked") {
    const date = instantSentence(revocation.time, daticert?.data.offset ?? null, locale);
    return [{ type: "sentence", sentence: date }, reason];
  }
  const date = checks.find(({ id }) => id === "revocation")?.detail["date"];
  return [date === undefined ? null : detailValue(date, inspection, locale), reason];
}

function remarkReason(remark: Remark, inspection: Inspection, locale: string): Reason {
  const checks = inspection.checks.filter(
    (check) => CHECKS_OF_REMARK[remark].includes(check.id) && check.outcome !== "PASSED",
  );
  const detail = (name: string) => checks.map((check) => check.detail[name]).find((value) => value !== undefined);
  const plain: Reason = { sentence: sentence(keyOf("remark", remark)), comparisons: [], offers: null };
  switch (remark) {
    case "HEADERS_DIFFER":
      return { ...plain, comparisons: comparisonsOf(checks, inspection, locale) };
    case "TIMES_APART": {
      const minutes = Number(detail("minutes"));
      const apart = Number.isFinite(minutes) ? durationValue(minutes, locale) : phrase("duration_unknown");
      return {
        ...plain,
        sentence: sentence("remark_times_apart", apart),
        comparisons: comparisonsOf(checks, inspection, locale),
      };
    }
    case "REVOKED_LATER": {
      const [date, reason] = revocationValues(inspection, locale);
      return date === null ? plain : { ...plain, sentence: sentence("remark_revoked_later_on", date, reason) };
    }
    case "USER_ADDED_ANCHOR": {
      const date = detail("date");
      if (date === undefined || date === "") return plain;
      return { ...plain, sentence: sentence("remark_user_added_anchor_on", detailValue(date, inspection, locale)) };
    }
    case "SHA1_DIGEST":
    case "CERTIFICATE_EXPIRED_SINCE":
    case "REVOCATION_NOT_CHECKED":
    case "WEAK_KEY":
    case "SHA1_CERTIFICATE":
    case "NO_SIGNING_TIME":
    case "TIME_ZONE_MISSING":
      return plain;
  }
}

/** The sentence of a check: `check_<id>_<outcome>`, or a more exact one for some codes. */
export function checkSentence(check: Check, inspection: Inspection, locale: string): Sentence {
  const { expected, found, code } = check.detail;
  const key = keyOf("check", check.id, check.outcome);
  if (check.id === "signer-address" && check.outcome === "FAILED" && expected !== undefined && found) {
    const values = [found, expected].map((value) => detailValue(value, inspection, locale));
    return sentence(`${key}_named`, ...values);
  }
  const exact = keyOf(key, code ?? "");
  return sentence(SENTENCES_BY_CODE.has(exact) ? exact : key);
}

/** What one side of a comparison is called; `null` for a check that compares nothing. */
export function sideLabel(id: CheckId, side: "expected" | "found"): string | null {
  return COMPARED[id]?.[side] ?? null;
}

function compares(check: Check): boolean {
  return COMPARED[check.id] !== undefined && check.detail["expected"] !== undefined;
}

function comparisonsOf(checks: readonly Check[], inspection: Inspection, locale: string): readonly Comparison[] {
  return checks.flatMap((check) => {
    const labels = COMPARED[check.id];
    const { expected, found } = check.detail;
    // The sentence of the signer's address names both sides itself.
    if (labels === undefined || expected === undefined || found === undefined || check.id === "signer-address")
      return [];
    const side = (labelKey: string, text: string) => ({
      labelKey,
      value: text === "" ? phrase("value_empty") : detailValue(text, inspection, locale),
    });
    return [
      { fieldKey: keyOf("field", check.id), sides: [side(labels.expected, expected), side(labels.found, found)] },
    ];
  });
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A detail of a check: instants in the certified offset, days as days, all else as text of the mail. */
export function detailValue(text: string, inspection: Inspection, locale: string): Value {
  const offset = inspection.daticert?.data.offset ?? null;
  if (ISO_INSTANT.test(text)) return { type: "sentence", sentence: instantSentence(Date.parse(text), offset, locale) };
  if (ISO_DAY.test(text)) return own(dayText(Date.parse(text), locale));
  return mailTimeValue(text, locale) ?? foreign(text);
}

/** Under two hours in minutes, above in hours: both are always plural. */
function durationValue(minutes: number, locale: string): Value {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return minutes < 120
    ? phrase("duration_minutes", own(number.format(minutes)))
    : phrase("duration_hours", own(number.format(minutes / 60)));
}
