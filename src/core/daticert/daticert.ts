// Belongs here: the certification data of RFC 6109 §4.4, as values. Does NOT belong here: reading them (see parse-daticert.ts).

export type DaticertKind =
  | "accettazione"
  | "non-accettazione"
  | "presa-in-carico"
  | "avvenuta-consegna"
  | "posta-certificata"
  | "errore-consegna"
  | "preavviso-errore-consegna"
  | "rilevazione-virus";

/** A certified time. `instant` is UTC in milliseconds since 1970; `local` and `offset` are as the provider wrote them. */
export interface CertifiedTime {
  readonly instant: number;
  /** `YYYY-MM-DDTHH:MM:SS` in the declared offset. */
  readonly local: string;
  /** `+0200`; `null` when missing or malformed: then `instant` reads `local` as Europe/Rome time and is not certified. */
  readonly offset: string | null;
}

export interface DaticertRecipient {
  readonly indirizzo: string;
  readonly tipo: "certificato" | "esterno";
}

/** Certification data. Values are the strings of the document ("007" stays "007"); identifiers are without angle brackets and trimmed. */
export interface Daticert {
  readonly tipo: DaticertKind;
  readonly errore: "nessuno" | "no-dest" | "no-dominio" | "virus" | "altro";
  readonly mittente: string;
  readonly destinatari: readonly DaticertRecipient[];
  readonly risposte: string | null;
  readonly oggetto: string | null;
  readonly gestoreEmittente: string;
  readonly data: CertifiedTime;
  readonly identificativo: string;
  readonly msgid: string | null;
  readonly ricevuta: "completa" | "breve" | "sintetica" | null;
  readonly consegna: string | null;
  readonly ricezione: readonly string[];
  readonly erroreEsteso: string | null;
  /** Deviations from the DTD that were tolerated, by stable code, such as `MSGID_WRAPPED`. */
  readonly deviations: readonly string[];
}

export type DaticertResult =
  | { readonly outcome: "READ"; readonly daticert: Daticert }
  /** `code` is stable, such as `NOT_WELL_FORMED`, `DOCTYPE_REFUSED`, `TOO_LARGE`, `MISSING_ELEMENT`, `INVALID_DATE`; `detail` names the element. */
  | { readonly outcome: "MALFORMED"; readonly code: string; readonly detail: string };
