// Belongs here: when two values of a message count as the same. Does NOT belong here: what a difference means (see checks.ts).
import type { MessageKind, PecKind } from "../envelope/envelope.ts";

function bareIdentifier(value: string): string {
  // Folding leaves blanks inside long identifiers (pec-messages §2.7).
  return value.replace(/\s+/g, "").replace(/^<|>$/g, "");
}

/** Message identifiers, with or without angle brackets; without case, since relays are known to change it (pec-messages §2.7). */
export function sameIdentifier(a: string, b: string): boolean {
  return bareIdentifier(a).toLowerCase() === bareIdentifier(b).toLowerCase();
}

/** Text for people: white space and the composition of accents do not count. */
export function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  return plain(a) === plain(b);
}

/** Prefixes that a kind may bear (pec-messages §2.1), longest first so that a shorter one never eats the head of a longer one. */
const SUBJECT_PREFIXES: Readonly<Record<PecKind, readonly string[]>> = {
  "posta-certificata": ["POSTA CERTIFICATA"],
  anomalia: ["ANOMALIA MESSAGGIO"],
  accettazione: ["ACCETTAZIONE"],
  "non-accettazione": ["AVVISO DI NON ACCETTAZIONE PER VIRUS", "AVVISO DI NON ACCETTAZIONE"],
  "presa-in-carico": ["PRESA IN CARICO"],
  "avvenuta-consegna": ["CONSEGNA"],
  "errore-consegna": ["AVVISO DI MANCATA CONSEGNA PER VIRUS", "AVVISO DI MANCATA CONSEGNA"],
  "preavviso-errore-consegna": ["AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO"],
  "rilevazione-virus": ["PROBLEMA DI SICUREZZA"],
};

/**
 * The original subject: one prefix of that very kind is taken off, never two (pec-messages §2.5). The prefix of another kind stays, so
 * that an acceptance whose subject was changed to a delivery's differs.
 */
export function stripSubjectPrefix(subject: string, kind: MessageKind | null): string {
  if (kind === null || kind === "rem") return subject;
  const start = subject.trimStart();
  for (const prefix of SUBJECT_PREFIXES[kind]) {
    const pattern = prefix.replaceAll(".", "\\.").replaceAll(" ", "\\s*");
    const match = new RegExp(`^${pattern}\\s*:\\s?`, "i").exec(start);
    if (match !== null) return start.slice(match[0].length);
  }
  return subject;
}

/**
 * Prefixes that nobody writes before a subject of his own. In capitals, as every provider has them: newsletters write "Posta certificata: …",
 * couriers "Avviso di mancata consegna: …". `CONSEGNA:` and `ACCETTAZIONE:` are words of every day.
 */
const TELLING_PREFIXES =
  /^\s*(?:POSTA\s+CERTIFICATA|ANOMALIA\s+MESSAGGIO|AVVISO\s+DI\s+(?:NON\s+ACCETTAZIONE|MANCATA\s+CONSEGNA)[^:]{0,40})\s*:/;

/** Whether a subject begins as only a provider's does; a reply or a forwarded mail has another prefix first. */
export function hasTellingPrefix(subject: string): boolean {
  return TELLING_PREFIXES.test(subject);
}
