// Belongs here: the exact and complete side of the report: strict indication of EN 319 102-1, chain, algorithms, all checks, daticert.
// Does NOT belong here: what a person reads first (see describe-verdict.ts).
import type { CertificateSummary, Check, CheckOutcome, Daticert, Inspection, SubIndication } from "../../core/index.ts";
import { algorithmName } from "../algorithm-name.ts";
import type { Sentence, Value } from "../sentence.ts";
import { visibleBlock } from "../visible-text.ts";
import { dayText, instantSentence } from "../certified-time.ts";
import { checkSentence, detailValue, revocationValues, sideLabel } from "./describe-verdict.ts";
import { foreign, keyOf, own, phrase, sentence } from "../values.ts";

export interface Labelled {
  readonly labelKey: string;
  readonly value: Value;
}

export interface CertificateView {
  readonly name: Value;
  readonly fields: readonly Labelled[];
}

export interface CheckView {
  readonly id: string;
  readonly outcome: CheckOutcome;
  readonly sentence: Sentence;
  readonly detail: readonly Labelled[];
}

export interface TechnicalView {
  readonly strict: { readonly indication: string; readonly subIndication: string | null } | null;
  /** What the strict indication means where it says less than the seal. */
  readonly strictNote: Sentence | null;
  readonly signature: readonly Labelled[];
  readonly chain: readonly CertificateView[];
  readonly checks: readonly CheckView[];
  /** Element names of the document and their values. */
  readonly daticert: readonly { readonly name: string; readonly value: Value }[];
  readonly xml: string | null;
  readonly xmlNote: Sentence | null;
}

/** A daticert is a few kilobytes. Attack: one of megabytes makes the layout of the pane hang. */
const XML_SHOWN_LENGTH = 100_000;
/** Attack: a certificate with thousands of addresses. */
const EMAILS_SHOWN = 20;
/** Recipients are all listed among the facts; the table of fields repeats so many. */
const RECIPIENTS_SHOWN = 50;

export function describeTechnical(inspection: Inspection, locale: string): TechnicalView {
  const { signature, daticert, daticertXml } = inspection;
  const xmlCut = daticertXml !== null && daticertXml.length > XML_SHOWN_LENGTH;
  const count = new Intl.NumberFormat(locale).format(XML_SHOWN_LENGTH);
  return {
    strict: signature === null ? null : { indication: signature.indication, subIndication: signature.subIndication },
    strictNote: strictNote(inspection, locale),
    signature: signatureFields(inspection, locale),
    chain: (signature?.chain ?? []).map((certificate) => certificateView(certificate, locale)),
    checks: inspection.checks.map((check) => ({
      id: check.id,
      outcome: check.outcome,
      sentence: checkSentence(check, inspection, locale),
      detail: detailFields(check, inspection, locale),
    })),
    daticert: daticert === null ? [] : daticertFields(daticert),
    xml: daticertXml === null ? null : visibleBlock(daticertXml.slice(0, XML_SHOWN_LENGTH)),
    xmlNote: xmlCut ? sentence("technical_xml_cut", own(count)) : null,
  };
}

/** Names of details that have a label; others are for developers and stay out of the table. */
const DETAILS = ["expected", "found", "code", "name", "digest", "notBefore", "notAfter", "minutes", "date"] as const;

function detailFields(check: Check, inspection: Inspection, locale: string): readonly Labelled[] {
  return DETAILS.flatMap((name) => {
    const text = check.detail[name] ?? "";
    if (text === "") return [];
    // The core's own names, as above the table; a certificate's name is never read as one.
    if (check.id === "signature-algorithms" && name === "name") {
      return [{ labelKey: "technical_signature_algorithm", value: algorithmName(text) }];
    }
    const side = name === "expected" || name === "found" ? sideLabel(check.id, name) : null;
    return [{ labelKey: side ?? keyOf("detail", name), value: detailValue(text, inspection, locale) }];
  });
}

const NO_PROOF_OF_EXISTENCE: readonly SubIndication[] = [
  "OUT_OF_BOUNDS_NO_POE",
  "OUT_OF_BOUNDS_NOT_REVOKED",
  "REVOKED_NO_POE",
  "REVOKED_CA_NO_POE",
  "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
  "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
];

/** trust-policy §4.2: strictly only a proof of existence by somebody else counts. */
function strictNote({ signature, seal }: Inspection, locale: string): Sentence | null {
  if (signature === null || signature.subIndication === null) return null;
  if (signature.subIndication === "TRY_LATER") return sentence("technical_try_later");
  if (signature.subIndication.startsWith("CRYPTO_CONSTRAINTS_FAILURE")) {
    if (seal.remarks.includes("SHA1_DIGEST")) return sentence("technical_sha1");
    if (seal.remarks.includes("WEAK_KEY") || seal.remarks.includes("SHA1_CERTIFICATE")) {
      return sentence("technical_weak_then");
    }
  }
  if (!NO_PROOF_OF_EXISTENCE.includes(signature.subIndication)) return null;
  return signature.signer === null
    ? sentence("technical_no_proof_of_existence")
    : sentence("technical_no_proof_of_existence_before", own(dayText(signature.signer.notAfter, locale)));
}

function signatureFields(inspection: Inspection, locale: string): readonly Labelled[] {
  const { signature, daticert } = inspection;
  if (signature === null) return [];
  const time = (instant: number): Value => ({
    type: "sentence",
    sentence: instantSentence(instant, daticert?.data.offset ?? null, locale),
  });
  return [
    { labelKey: "technical_digest", value: textOrMissing(signature.digestAlgorithm) },
    {
      labelKey: "technical_signature_algorithm",
      value:
        signature.signatureAlgorithm === null ? phrase("value_missing") : algorithmName(signature.signatureAlgorithm),
    },
    {
      labelKey: "technical_signing_time",
      value: signature.signingTime === null ? phrase("value_missing") : time(signature.signingTime),
    },
    { labelKey: "technical_validation_time", value: time(signature.validationTime) },
    { labelKey: "technical_revocation", value: revocationValue(inspection, time, locale) },
    ...(signature.recordedAt === null
      ? []
      : [{ labelKey: "technical_recorded_at", value: time(signature.recordedAt) } satisfies Labelled]),
    ...(signature.toldAt === null
      ? []
      : [{ labelKey: "technical_told_at", value: time(signature.toldAt) } satisfies Labelled]),
  ];
}

function revocationValue(inspection: Inspection, time: (instant: number) => Value, locale: string): Value {
  const revocation = inspection.signature?.revocation;
  switch (revocation?.status) {
    case "good":
      return phrase("technical_revocation_good", time(revocation.thisUpdate));
    case "revoked": {
      const [date, reason] = revocationValues(inspection, locale);
      return phrase("technical_revocation_revoked", date ?? time(revocation.time), reason);
    }
    case "unknown":
      return phrase("technical_revocation_unknown", foreign(revocation.code));
    case "not-asked":
    case undefined:
      return phrase("technical_revocation_not_asked");
  }
}

function certificateView(certificate: CertificateSummary, locale: string): CertificateView {
  const commonName = /(?:^|,\s*)CN=([^,]+)/i.exec(certificate.subject)?.[1];
  const emails = certificate.emails.slice(0, EMAILS_SHOWN).join(", ");
  const fields: readonly (Labelled | null)[] = [
    { labelKey: "certificate_subject", value: foreign(certificate.subject) },
    emails === "" ? null : { labelKey: "certificate_emails", value: foreign(emails) },
    { labelKey: "certificate_issuer", value: foreign(certificate.issuer) },
    {
      labelKey: "certificate_validity",
      value: phrase(
        "certificate_from_to",
        own(dayText(certificate.notBefore, locale)),
        own(dayText(certificate.notAfter, locale)),
      ),
    },
    { labelKey: "certificate_serial", value: foreign(certificate.serial) },
    { labelKey: "certificate_fingerprint", value: foreign(certificate.sha256) },
  ];
  return {
    name: foreign(commonName ?? certificate.organization ?? certificate.subject),
    fields: fields.filter((field) => field !== null),
  };
}

function daticertFields(daticert: Daticert): TechnicalView["daticert"] {
  const { data } = daticert;
  const recipients = daticert.destinatari.slice(0, RECIPIENTS_SHOWN);
  const left = daticert.destinatari.length - recipients.length;
  const rows: readonly (readonly [string, string | null])[] = [
    ["tipo", daticert.tipo],
    ["errore", daticert.errore],
    ["mittente", daticert.mittente],
    ...recipients.map(({ indirizzo, tipo }) => [`destinatari (${tipo})`, indirizzo] as const),
    ["destinatari", left === 0 ? null : `… +${String(left)}`],
    ["risposte", daticert.risposte],
    ["oggetto", daticert.oggetto],
    ["gestore-emittente", daticert.gestoreEmittente],
    ["data", `${data.local}${data.offset === null ? "" : ` ${data.offset}`}`],
    ["identificativo", daticert.identificativo],
    ["msgid", daticert.msgid],
    ["ricevuta", daticert.ricevuta],
    ["consegna", daticert.consegna],
    ...daticert.ricezione.slice(0, RECIPIENTS_SHOWN).map((address) => ["ricezione", address] as const),
    ["errore-esteso", daticert.erroreEsteso],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [{ name, value: foreign(value) }]));
}

function textOrMissing(text: string | null): Value {
  return text === null ? phrase("value_missing") : foreign(text);
}
