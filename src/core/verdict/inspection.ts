// Belongs here: the result of an inspection, as plain values (structured-cloneable; no functions).
// Does NOT belong here: wording (see _locales), how the result is reached (see inspect.ts).
import type { Daticert } from "../daticert/daticert.ts";
import type { MessageKind } from "../envelope/envelope.ts";
import type { Indication, SubIndication } from "./indication.ts";
import type { LocalRecord } from "./local-record.ts";
import type { NoticeStage } from "../receipts/notice-stage.ts";
import type { OriginalMessage } from "../message/original-message.ts";

export type Remark =
  | "SHA1_DIGEST"
  | "CERTIFICATE_EXPIRED_SINCE"
  | "REVOCATION_NOT_CHECKED"
  | "WEAK_KEY"
  | "SHA1_CERTIFICATE"
  | "TIMES_APART"
  | "NO_SIGNING_TIME"
  | "HEADERS_DIFFER"
  | "TIME_ZONE_MISSING"
  | "REVOKED_LATER"
  | "USER_ADDED_ANCHOR";

export type Look = "sealed" | "sealed-with-remarks" | "cannot-be-verified" | "not-valid" | "neutral" | "none";

export interface Seal {
  /** `NONE` when the message claims nothing. */
  readonly indication: Indication | "NONE";
  /** `null` when passed. */
  readonly subIndication: SubIndication | null;
  readonly remarks: readonly Remark[];
}

export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, upper case. */
  readonly serial: string;
  /** rfc822Names of subjectAltName. */
  readonly emails: readonly string[];
  /** Milliseconds since 1970, UTC. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Lower-case hexadecimal SHA-256 of the DER. */
  readonly sha256: string;
  /** O of the subject, for display. */
  readonly organization: string | null;
  /** Addresses of the lists that may revoke it (RFC 5280 §4.2.1.13), as written there: never trusted, never fetched unasked. */
  readonly crlDistributionPoints: readonly string[];
}

/** What is known of the revocation of the deciding signer's certificate. */
export type RevocationReport =
  | { readonly status: "not-asked" }
  /** `thisUpdate`: the age of the answer, milliseconds UTC. */
  | { readonly status: "good"; readonly thisUpdate: number }
  | { readonly status: "revoked"; readonly thisUpdate: number; readonly time: number; readonly reason: string }
  /** `code`: why the data at hand decide nothing (see check-revocation.ts). */
  | { readonly status: "unknown"; readonly code: string };

export interface SignatureReport {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly digestAlgorithm: string | null;
  readonly signatureAlgorithm: string | null;
  readonly signingTime: number | null;
  /** t of trust-policy §4.1. */
  readonly validationTime: number;
  readonly signer: CertificateSummary | null;
  /** Signer first, anchor last; only the signer when no path was found. */
  readonly chain: readonly CertificateSummary[];
  readonly revocation: RevocationReport;
  /** Since when this computer knows this very signature (see LocalRecord), milliseconds UTC; `null`: no record. */
  readonly recordedAt: number | null;
  /** When it was verified by what an imported file says, milliseconds UTC; `null`: none says so. */
  readonly toldAt: number | null;
}

export type CheckOutcome = "PASSED" | "FAILED" | "WARNING" | "NOT_DONE";

export interface Check {
  readonly id: CheckId;
  readonly outcome: CheckOutcome;
  /** Values to fill into the sentence: both sides of a comparison as `expected` and `found`, a `code`, … All strings. */
  readonly detail: Readonly<Record<string, string>>;
}

/** Every question asked of a message, in the order in which the report lists them. */
export const CHECK_IDS = [
  "structure", // the parts that the kind demands are there and readable
  "signature-present", // is there a signature at all
  "imitation", // does an unsigned message pass itself off as a provider's, and by what
  "coverage", // nothing outside the signature is presented as PEC content
  "cms-format",
  "message-digest",
  "signature-value",
  "signing-certificate", // the signer's certificate is in the CMS or known
  "signature-algorithms",
  "certificate-path", // a path to a trusted anchor, valid at t
  "certificate-algorithms",
  "pec-authority", // the issuing key is that of a PEC authority, with its policy
  "trust-origin", // anchor shipped or added by the person
  "certificate-validity", // valid at t, and now
  "revocation",
  "signer-address", // rfc822Name = From
  "from-field", // exactly one From with one address
  "sender-field",
  "daticert-present",
  "daticert-format",
  "daticert-kind", // tipo = X-Ricevuta / X-Trasporto
  "daticert-sender-display", // mittente = "Per conto di"
  "daticert-sender-original", // mittente = From of the inner message
  "daticert-reply-to", // risposte = Reply-To
  "daticert-recipients", // To and Cc among destinatari
  "daticert-message-id", // msgid = X-Riferimento-Message-ID
  "daticert-identifier", // identificativo = Message-ID of the envelope
  "daticert-identifier-original", // identificativo = Message-ID of the inner message
  "daticert-subject", // oggetto = outer Subject without prefix
  "daticert-time", // certified time = signingTime
  "date-field", // Date = certified time
  "future-time", // t not in the future
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export interface AttachedClaim {
  /** Child indexes from the root of the shown message. */
  readonly path: readonly number[];
  readonly kind: MessageKind;
  readonly fileName: string | null;
  readonly subject: string;
}

export interface Inspection {
  readonly kind: MessageKind | null;
  readonly look: Look;
  readonly seal: Seal;
  readonly signature: SignatureReport | null;
  readonly daticert: Daticert | null;
  /** The document as text, when it could be decoded; for display only. */
  readonly daticertXml: string | null;
  /** Of a late notice: which of the two it is, by its own words alone; `null` for every other kind. */
  readonly noticeStage: NoticeStage | null;
  readonly checks: readonly Check[];
  /** The value of an unknown `X-Ricevuta` or `X-Trasporto`, verbatim; the kind is then `null`. */
  readonly unrecognized: string | null;
  /** Unsigned header fields of the message itself, decoded, for display and comparison. */
  readonly header: {
    readonly from: string;
    /** As `OriginalMessage.fromAddress`. */
    readonly fromAddress: string;
    readonly subject: string;
    readonly date: string;
    readonly messageId: string;
    /** Some server has passed it on (RFC 5321 §4.4): it is no copy that a client kept of what it sent. */
    readonly wasReceived: boolean;
  };
  readonly original: OriginalMessage | null;
  readonly attached: readonly AttachedClaim[];
  /** To be kept on this computer: the record handed in, brought up to date, or a new one. `null`: nothing intact was verified. */
  readonly record: LocalRecord | null;
}
