// Belongs here: when two values of a message count as the same. Does NOT belong here: what a difference means (see checks.ts).

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

/** Longest first, so that a shorter prefix never eats the head of a longer one (pec-messages §2.5). */
const SUBJECT_PREFIX = new RegExp(
  "^\\s*(?:" +
    [
      "AVVISO\\s+DI\\s+MANCATA\\s+CONSEGNA\\s+PER\\s+SUP\\.\\s*TEMPO\\s+MASSIMO",
      "AVVISO\\s+DI\\s+MANCATA\\s+CONSEGNA\\s+PER\\s+VIRUS",
      "AVVISO\\s+DI\\s+MANCATA\\s+CONSEGNA",
      "AVVISO\\s+DI\\s+NON\\s+ACCETTAZIONE\\s+PER\\s+VIRUS",
      "AVVISO\\s+DI\\s+NON\\s+ACCETTAZIONE",
      "ANOMALIA\\s+MESSAGGIO",
      "POSTA\\s+CERTIFICATA",
      "PROBLEMA\\s+DI\\s+SICUREZZA",
      "PRESA\\s+IN\\s+CARICO",
      "ACCETTAZIONE",
      "CONSEGNA",
    ].join("|") +
    ")\\s*:\\s?",
  "i",
);

/** The original subject: one prefix is taken off, never two (pec-messages §2.5). */
export function stripSubjectPrefix(subject: string): string {
  return subject.replace(SUBJECT_PREFIX, "");
}
