// Belongs here: the one line of the collapsed pane, by kind (ui.md, "The collapsed row").
// Does NOT belong here: the word of the seal beside it (see describe-report.ts), drawing.
import type { Daticert, Inspection, NoticeStage } from "../../core/index.ts";
import type { Glyph, RowView, Tone } from "../row-view.ts";
import type { Value } from "../sentence.ts";
import { certifiedTimeSentence } from "../certified-time.ts";
import { foreign, foreignAddress, keyOf, own, phrase, sentence } from "../values.ts";

/** Subjects and error texts share the line with the facts: they are cut sooner than elsewhere. */
const ROW_TEXT_LENGTH = 120;

/**
 * The row. Certified values stand in it only when the seal passed; a message that merely claims to be PEC is said to
 * «present itself as» something, and its values are declared, not certified.
 */
export function describeRow(inspection: Inspection, locale: string): RowView {
  const { kind, seal, daticert, attached } = inspection;
  if (kind === null && seal.indication === "NONE") return noClaimRow(attached.length, locale);
  // Neither kind carries PEC value, whatever the state of its wrapper.
  if (kind === "anomalia") return { glyph: "plain", tone: "plain", sentence: sentence("row_anomalia") };
  if (kind === "rem") return { glyph: "envelope", tone: "plain", sentence: sentence("row_rem") };
  if (kind === null || seal.indication !== "TOTAL-PASSED" || daticert === null) return claimRow(inspection);
  return certifiedRow(daticert, inspection.noticeStage, locale);
}

function noClaimRow(attached: number, locale: string): RowView {
  if (attached === 0) return { glyph: "plain", tone: "plain", sentence: sentence("row_none") };
  const text =
    attached === 1
      ? sentence("row_attached_one")
      : sentence("row_attached_many", own(new Intl.NumberFormat(locale).format(attached)));
  return { glyph: "plain", tone: "plain", sentence: text };
}

function claimRow(inspection: Inspection): RowView {
  const kind = claimedKind(inspection);
  if (kind === null) return imitationRow(inspection.header.fromAddress);
  if (inspection.kind !== "posta-certificata") {
    return { glyph: "unknown", tone: "plain", sentence: sentence("row_claim", kind) };
  }
  // Never a display name: whoever forges a message chooses that one too.
  const sender = inspection.daticert?.mittente ?? inspection.original?.fromAddress ?? inspection.header.fromAddress;
  if (sender === "") return { glyph: "unknown", tone: "plain", sentence: sentence("row_claim", kind) };
  return { glyph: "unknown", tone: "plain", sentence: sentence("row_claim_from", kind, foreignAddress(sender)) };
}

/** It bears no header of PEC at all and only looks like it (see core/verdict/find-imitation.ts). */
function imitationRow(sender: string): RowView {
  const text = sender === "" ? sentence("row_imitation") : sentence("row_imitation_from", foreignAddress(sender));
  return { glyph: "unknown", tone: "plain", sentence: text };
}

/** The kind within a sentence; a value of X-Ricevuta that nobody knows is quoted. `null`: the header names none. */
function claimedKind({ kind, unrecognized }: Inspection): Value | null {
  if (kind !== null) return phrase(keyOf("kind_phrase", kind));
  return unrecognized === null ? null : phrase("kind_phrase_unrecognized", foreign(unrecognized, ROW_TEXT_LENGTH));
}

function certifiedRow(daticert: Daticert, stage: NoticeStage | null, locale: string): RowView {
  const when: Value = { type: "sentence", sentence: certifiedTimeSentence(daticert.data, locale) };
  const provider = foreign(daticert.gestoreEmittente);
  const subject =
    daticert.oggetto === null || daticert.oggetto.trim() === ""
      ? phrase("no_subject")
      : foreign(daticert.oggetto, ROW_TEXT_LENGTH);
  const recipient = daticert.consegna === null ? phrase("recipient_not_named") : foreignAddress(daticert.consegna);
  const reason = failureReason(daticert, errorWithoutProvider(daticert));
  switch (daticert.tipo) {
    case "posta-certificata":
      return row("envelope", "plain", "row_posta_certificata", foreignAddress(daticert.mittente), provider, when);
    case "accettazione":
      return row("accepted", "plain", "row_accettazione", subject, provider, when);
    case "non-accettazione":
      return row("refused", "bad", "row_non_accettazione", subject, reason, provider, when);
    case "avvenuta-consegna":
      return row("delivered", "plain", "row_avvenuta_consegna", recipient, when, provider);
    case "errore-consegna":
      return row("refused", "bad", "row_errore_consegna", recipient, reason, provider, when);
    case "preavviso-errore-consegna":
      return noticeRow(stage ?? "undecided", recipient, reason, provider, when);
    case "presa-in-carico":
      return row("relayed", "plain", "row_presa_in_carico", provider, when);
    case "rilevazione-virus":
      return row("virus", "bad", "row_rilevazione_virus", provider, when);
  }
}

function noticeRow(stage: NoticeStage, recipient: Value, reason: Value, provider: Value, when: Value): RowView {
  switch (stage) {
    case "twelve-hours":
      return row("waiting", "late", "row_preavviso_12", recipient, provider, when);
    case "twenty-four-hours":
      return row("refused", "bad", "row_preavviso_24", recipient, provider, when);
    case "undecided":
      return row("waiting", "late", "row_preavviso", recipient, reason, provider, when);
  }
}

/** What the provider wrote, else what its code means. */
export function failureReason(daticert: Daticert, text = daticert.erroreEsteso?.trim() ?? ""): Value {
  return text === "" ? phrase(keyOf("failure", daticert.errore)) : foreign(text, ROW_TEXT_LENGTH);
}

/** Longer ones are cut anyway. Attack: megabytes of text in a daticert. */
const SEARCHED_LENGTH = 2_000;

/**
 * The error text without «5.1.1 - <gestore> - » (pec-messages §3.4) where that is the provider the row names anyway; code and name
 * stand among the facts and in the table of daticert.
 */
function errorWithoutProvider({ erroreEsteso, gestoreEmittente }: Daticert): string {
  const text = erroreEsteso?.trim() ?? "";
  const parts = /^[245]\.\d{1,3}\.\d{1,3}\s+-\s+/.exec(text.slice(0, SEARCHED_LENGTH));
  const rest = parts === null ? "" : text.slice(parts[0].length);
  const provider = gestoreEmittente.trim();
  if (provider === "" || !rest.toLowerCase().startsWith(provider.toLowerCase())) return text;
  const separator = /^\s+-\s+(?=\S)/.exec(rest.slice(provider.length, provider.length + SEARCHED_LENGTH));
  return separator === null ? text : rest.slice(provider.length + separator[0].length);
}

function row(glyph: Glyph, tone: Tone, key: string, ...values: readonly Value[]): RowView {
  return { glyph, tone, sentence: sentence(key, ...values) };
}
