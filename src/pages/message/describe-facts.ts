// Belongs here: people, subject, time and identifiers of the message, as certified by the provider or as merely declared.
// Does NOT belong here: the verdict (see describe-verdict.ts), the raw fields of daticert (see describe-technical.ts).
import type { Daticert, Inspection } from "../../core/index.ts";
import type { Sentence, Value } from "../sentence.ts";
import { certifiedTimeSentence, mailTimeValue } from "../certified-time.ts";
import { failureReason } from "./describe-row.ts";
import { foreign, foreignAddress, keyOf, phrase, sentence } from "../values.ts";

export interface RecipientView {
  readonly address: Value;
  /** PEC or ordinary mail. */
  readonly kindKey: string;
}

export type Fact =
  | { readonly type: "text"; readonly labelKey: string; readonly value: Value }
  | { readonly type: "recipients"; readonly labelKey: string; readonly recipients: readonly RecipientView[] }
  /** `copied` is the exact text that goes to the clipboard. */
  | { readonly type: "identifier"; readonly labelKey: string; readonly value: Value; readonly copied: string };

export interface FactsView {
  /** `certified` only when the seal passed and the values come from the signed daticert. */
  readonly certified: boolean;
  readonly titleKey: string;
  readonly facts: readonly Fact[];
  readonly note: Sentence | null;
}

/** Values of a seal that passed come from daticert alone, which is signed; all others are named as declared. */
export function describeFacts(inspection: Inspection, locale: string): FactsView {
  const { daticert, seal, kind } = inspection;
  if (daticert === null || kind === "anomalia" || kind === "rem") {
    return { certified: false, titleKey: "facts_unsigned", facts: unsignedFacts(inspection, locale), note: null };
  }
  const certified = seal.indication === "TOTAL-PASSED" && kind !== null;
  return {
    certified,
    titleKey: certified ? "facts_certified" : "facts_declared",
    facts: daticertFacts(daticert, certified, locale),
    note: recipientsNote(daticert),
  };
}

function daticertFacts(daticert: Daticert, certified: boolean, locale: string): readonly Fact[] {
  const label = (name: string) => (certified ? `fact_${name}` : `fact_${name}_declared`);
  const isEnvelope = daticert.tipo === "posta-certificata";
  const { consegna, risposte, oggetto, msgid, ricevuta } = daticert;
  const answersElsewhere = risposte !== null && risposte !== "" && !sameAddress(risposte, daticert.mittente);
  const failed = daticert.errore !== "nessuno" || (daticert.erroreEsteso ?? "").trim() !== "";
  const facts: readonly (Fact | null)[] = [
    text(label(isEnvelope ? "sender" : "sent_by"), foreignAddress(daticert.mittente)),
    answersElsewhere ? text(label("answers_to"), foreignAddress(risposte)) : null,
    consegna === null ? null : text(label(consegnaLabel(daticert)), foreignAddress(consegna)),
    {
      type: "recipients",
      labelKey: label("recipients"),
      recipients: daticert.destinatari.map(({ indirizzo, tipo }) => ({
        address: foreignAddress(indirizzo),
        kindKey: keyOf("recipient", tipo),
      })),
    },
    text(label("subject"), oggetto === null || oggetto.trim() === "" ? phrase("no_subject") : foreign(oggetto)),
    text(label("date"), { type: "sentence", sentence: certifiedTimeSentence(daticert.data, locale) }),
    text(label("provider"), foreign(daticert.gestoreEmittente)),
    failed ? text(label("reason"), failureReason(daticert)) : null,
    ricevuta === null
      ? null
      : // The envelope tells what the sender asked for, a receipt what it is.
        text(label(isEnvelope ? "receipt_asked" : "receipt_type"), phrase(keyOf("receipt_type", ricevuta))),
    identifier(label("identifier"), daticert.identificativo),
    msgid === null || msgid === "" ? null : identifier(label("message_id"), msgid),
  ];
  return facts.filter((fact) => fact !== null);
}

function consegnaLabel(daticert: Daticert): string {
  return daticert.tipo === "avvenuta-consegna" ? "delivered_to" : "concerned";
}

/** Without daticert there are only header fields that nobody signed. */
function unsignedFacts(inspection: Inspection, locale: string): readonly Fact[] {
  const { header, original } = inspection;
  const date = original?.date ?? header.date;
  const facts: readonly (Fact | null)[] = [
    optional("fact_sender_declared", original?.from ?? header.from),
    optional(
      "fact_recipients_declared",
      original === null ? "" : [original.to, original.cc].filter((x) => x !== "").join(", "),
    ),
    optional("fact_subject_declared", original?.subject ?? header.subject),
    date.trim() === "" ? null : text("fact_date_declared", mailTimeValue(date, locale) ?? foreign(date)),
    header.messageId === "" ? null : identifier("fact_message_id_declared", withoutBrackets(header.messageId)),
  ];
  return facts.filter((fact) => fact !== null);
}

/** No delivery receipt is foreseen for ordinary addresses (pec-messages §9): said where somebody would wait for one. */
function recipientsNote(daticert: Daticert): Sentence | null {
  const someExternal = daticert.destinatari.some(({ tipo }) => tipo === "esterno");
  return daticert.tipo === "accettazione" && someExternal ? sentence("note_external_recipients") : null;
}

/** As daticert writes identifiers, so that one that was copied can be compared and searched for. */
function withoutBrackets(messageId: string): string {
  return /^\s*<([^<>]+)>\s*$/.exec(messageId)?.[1] ?? messageId;
}

function text(labelKey: string, value: Value): Fact {
  return { type: "text", labelKey, value };
}

function optional(labelKey: string, value: string): Fact | null {
  return value.trim() === "" ? null : text(labelKey, foreign(value));
}

function identifier(labelKey: string, value: string): Fact {
  return { type: "identifier", labelKey, value: foreign(value), copied: value };
}

function sameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
