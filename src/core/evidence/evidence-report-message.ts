// Belongs here: one message of a bundle in its report: what it is, the verdict, every check, the command that verifies it.
// Does NOT belong here: the report around it (see evidence-report.ts), reaching the verdict (core/verdict), wording (see _locales).
import { certifiedTimeText, type Words } from "../batch/batch-words.ts";
import { parseMailDate } from "../mime/mail-date.ts";
import type { Check, CheckOutcome, Inspection } from "../verdict/inspection.ts";
import type { BundledMessage } from "./bundled-message.ts";
import { code, command, count, fact, foreign, utcTime } from "./evidence-report-parts.ts";
import { element, type HtmlElement } from "./html-text.ts";

/** Recipients named one by one; all of them are in the certification data. */
const MAX_RECIPIENTS = 50;

/** What the message is, in words. */
export function messageTitle({ role, inspection }: BundledMessage, words: Words): string {
  const { kind, unrecognized } = inspection;
  if (role === "sent-copy") return words("evidence_gap_sent_copy");
  if (kind !== null) return words(`kind_${kind.replaceAll("-", "_")}`);
  return words(unrecognized === null ? "batch_kind_none" : "kind_unknown");
}

/** The certification data count for something only where the seal holds; an anomaly certifies nothing. */
export const isVouched = ({ seal, kind }: Inspection): boolean =>
  seal.indication === "TOTAL-PASSED" && kind !== "anomalia" && kind !== null;

export function verdictCell({ role, inspection }: BundledMessage, words: Words): HtmlElement {
  const { look } = inspection;
  // The sender's own copy was never sealed: its provider seals what it sends on.
  if (role === "sent-copy" && look === "none") return element("td", { class: look }, words("evidence_own_copy"));
  return element("td", { class: look }, [element("strong", {}, words(`look_${look.replaceAll("-", "_")}`))]);
}

export function timeCell({ inspection }: BundledMessage): HtmlElement {
  const { daticert, header } = inspection;
  if (daticert !== null && isVouched(inspection)) return element("td", {}, certifiedTimeText(daticert.data));
  const declared = parseMailDate(header.date);
  return element("td", { class: "declared" }, declared === null ? "—" : utcTime(declared));
}

export function drawMessage(message: BundledMessage, words: Words): HtmlElement {
  const { number, inspection } = message;
  return element("article", { id: `message-${String(number)}` }, [
    element("h3", {}, `${String(number)}. ${messageTitle(message, words)}`),
    drawVerdict(message, words),
    element("dl", {}, [
      ...drawFile(message, words),
      ...drawCertified(inspection, words),
      ...drawSignature(inspection, words),
    ]),
    drawChecks(inspection, words),
    drawCommand(message, words),
  ]);
}

function drawVerdict({ role, inspection }: BundledMessage, words: Words): HtmlElement {
  const { look, seal, kind, signature } = inspection;
  if (look === "none") {
    return element("p", { class: look }, words(role === "sent-copy" ? "evidence_own_copy_explained" : "verdict_none"));
  }
  const word = element("strong", {}, words(`look_${look.replaceAll("-", "_")}`));
  const remarks = seal.remarks.map((remark) => words(`batch_remark_${remark.toLowerCase()}`));
  const reason =
    seal.indication === "TOTAL-PASSED"
      ? words(look === "neutral" ? "evidence_anomaly" : "verdict_sealed")
      : words(reasonKey(kind, signature === null, seal));
  return element("p", { class: look }, [
    word,
    `. ${reason}`,
    ...(remarks.length === 0
      ? []
      : [element("br", {}), element("small", {}, `${words("batch_remarks")}: ${remarks.join("; ")}`)]),
  ]);
}

function reasonKey(kind: Inspection["kind"], isUnsigned: boolean, seal: Inspection["seal"]): string {
  if (seal.indication === "TOTAL-FAILED" && isUnsigned) return "batch_reason_unsigned";
  if (seal.indication === "INDETERMINATE" && kind === "rem") return "batch_reason_rem";
  return `batch_reason_${(seal.subIndication ?? (seal.indication === "TOTAL-FAILED" ? "failed" : "indeterminate")).toLowerCase()}`;
}

function drawFile(message: BundledMessage, words: Words): readonly HtmlElement[] {
  const { file, sha256, size, daticertFile, chainFile, anchorFile } = message;
  const files = [daticertFile, chainFile, anchorFile].filter((each) => each !== null);
  return [
    ...fact("evidence_file", words, code(file), ` · ${words("evidence_bytes", [count(size, words)])}`),
    ...fact("evidence_sha256", words, code(sha256)),
    ...(files.length === 0
      ? []
      : fact("evidence_files", words, ...files.flatMap((each, index) => [index === 0 ? null : ", ", code(each)]))),
  ];
}

function drawCertified(inspection: Inspection, words: Words): readonly HtmlElement[] {
  const { daticert, header } = inspection;
  const ending = isVouched(inspection) ? "" : "_declared";
  const text = (key: string, value: string | null): readonly HtmlElement[] =>
    value === null || value === "" ? [] : fact(`${key}${ending}`, words, foreign(value));
  if (daticert === null) {
    return [
      ...text("fact_sender", header.from),
      ...text("fact_subject", header.subject),
      ...text("fact_date", header.date),
      ...text("fact_message_id", header.messageId),
    ];
  }
  const recipients = daticert.destinatari.map(({ indirizzo, tipo }) => `${indirizzo} (${words(`recipient_${tipo}`)})`);
  const shown = recipients.slice(0, MAX_RECIPIENTS).join(", ");
  const rest = recipients.length - MAX_RECIPIENTS;
  return [
    ...fact(
      `fact_date${ending}`,
      words,
      element(isVouched(inspection) ? "strong" : "em", {}, certifiedTimeText(daticert.data)),
      " · ",
      foreign(daticert.gestoreEmittente),
    ),
    ...text("fact_sender", daticert.mittente),
    ...fact(
      `fact_recipients${ending}`,
      words,
      foreign(shown),
      rest > 0 ? ` ${words("evidence_more", [count(rest, words)])}` : null,
    ),
    ...text("fact_delivered_to", daticert.consegna),
    ...text("fact_subject", daticert.oggetto),
    ...text("fact_receipt_type", daticert.tipo === "avvenuta-consegna" ? daticert.ricevuta : null),
    ...text("fact_reason", daticert.erroreEsteso),
    ...text("fact_identifier", daticert.identificativo),
    ...text("fact_message_id", daticert.msgid),
  ];
}

function drawSignature({ signature }: Inspection, words: Words): readonly HtmlElement[] {
  if (signature === null) return [];
  const { indication, subIndication, digestAlgorithm, signatureAlgorithm, signingTime, validationTime, chain } =
    signature;
  const { recordedAt, toldAt, revocation } = signature;
  return [
    ...fact("technical_digest", words, digestAlgorithm ?? words("value_missing")),
    ...fact(
      "technical_signature_algorithm",
      words,
      signatureAlgorithm === null ? words("value_missing") : algorithmText(signatureAlgorithm, words),
    ),
    ...fact("technical_signing_time", words, signingTime === null ? words("value_missing") : utcTime(signingTime)),
    ...fact("technical_validation_time", words, utcTime(validationTime)),
    ...fact("technical_revocation", words, revocationText(revocation, words)),
    ...(recordedAt === null ? [] : fact("technical_recorded_at", words, utcTime(recordedAt))),
    ...(toldAt === null ? [] : fact("technical_told_at", words, utcTime(toldAt))),
    ...fact("technical_strict", words, subIndication === null ? indication : `${indication} / ${subIndication}`),
    ...fact(
      "technical_chain",
      words,
      element(
        "ol",
        {},
        chain.map(({ subject, notBefore, notAfter, sha256, emails }) =>
          element("li", {}, [
            foreign(subject),
            ...(emails.length === 0 ? [] : [" · ", foreign(emails.join(", "))]),
            ` · ${utcTime(notBefore)} – ${utcTime(notAfter)} · SHA-256 `,
            code(sha256),
          ]),
        ),
      ),
    ),
  ];
}

/** `RSA PKCS#1 v1.5 with SHA-256` in the report's language; an unknown algorithm is its identifier. */
function algorithmText(name: string, words: Words): HtmlElement | string {
  const [, key, digest] = /^(.+) with (\S+)$/.exec(name) ?? [];
  return key === undefined || digest === undefined ? foreign(name) : words("algorithm_with_digest", [key, digest]);
}

function revocationText(revocation: NonNullable<Inspection["signature"]>["revocation"], words: Words): string {
  switch (revocation.status) {
    case "not-asked":
      return words("technical_revocation_not_asked");
    case "good":
      return words("technical_revocation_good", [utcTime(revocation.thisUpdate)]);
    case "revoked":
      return words("technical_revocation_revoked", [utcTime(revocation.time), revocation.reason]);
    case "unknown":
      return words("technical_revocation_unknown", [revocation.code]);
  }
}

const OUTCOMES: Readonly<Record<CheckOutcome, string>> = {
  PASSED: "evidence_check_passed",
  WARNING: "evidence_check_warning",
  NOT_DONE: "evidence_check_not_done",
  FAILED: "evidence_check_failed",
};

function drawChecks({ checks }: Inspection, words: Words): HtmlElement | null {
  if (checks.length === 0) return null;
  return element("table", { class: "checks" }, [
    element("caption", {}, words("technical_checks")),
    element(
      "tbody",
      {},
      checks.map((check) =>
        element("tr", { class: check.outcome.toLowerCase().replace("_", "-") }, [
          element("td", {}, words(OUTCOMES[check.outcome])),
          element("td", {}, [
            words(`check_${check.id.replaceAll("-", "_")}_${check.outcome.toLowerCase()}`),
            ...detailOf(check, words),
          ]),
        ]),
      ),
    ),
  ]);
}

/** Details that people can read; the rest is in the manifest. */
const DETAILS = ["expected", "found", "code", "name", "date"] as const;

function detailOf({ outcome, detail }: Check, words: Words): readonly (HtmlElement | string)[] {
  if (outcome === "PASSED") return [];
  return DETAILS.flatMap((name) => {
    const value = detail[name] ?? "";
    return value === "" ? [] : [element("br", {}), `${words(`detail_${name}`)}: `, foreign(value)];
  });
}

function drawCommand({ openssl, inspection }: BundledMessage, words: Words): HtmlElement | null {
  if (openssl === null) return null;
  // What a stranger signed with a certificate of their own is as good to OpenSSL as a provider's seal.
  const isNoSeal = openssl.expects === "valid" && inspection.seal.indication !== "TOTAL-PASSED";
  return element("section", { class: `check-${openssl.expects}` }, [
    element("h4", {}, words("evidence_command")),
    command(["openssl", ...openssl.args].join(" ")),
    element("p", {}, words(`evidence_expects_${openssl.expects}`)),
    isNoSeal ? element("p", {}, [element("strong", {}, words("evidence_expects_no_seal"))]) : null,
  ]);
}
