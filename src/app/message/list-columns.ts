// Belongs here: which columns the message list gets, as data. The values are what the header declares: nothing here is verified.
// Does NOT belong here: adding them (see thunderbird/message-list-columns.ts), their titles (see _locales).
import type { ListColumn } from "../../ports/list-columns.ts";

/** Service address of every provider (RFC 6109 §3.2.2; pec-messages §2.4). */
const SERVICE_ADDRESS = "<?posta-certificata@";

/** All prefixes of RFC 6109 Appendix A, longest first; blanks vary in the wild (pec-messages §2.5). */
const PREFIXES = [
  "avviso di mancata consegna per sup\\.\\s*tempo\\s+massimo",
  "avviso di mancata consegna per virus",
  "avviso di mancata consegna",
  "avviso di non accettazione per virus",
  "avviso di non accettazione",
  "problema di sicurezza",
  "anomalia messaggio",
  "posta certificata",
  "presa in carico",
  "accettazione",
  "consegna",
];

export const LIST_COLUMNS: readonly ListColumn[] = [
  {
    id: "sender",
    title: "column_sender",
    // `"Per conto di: mario@pec.it" <posta-certificata@gestore.it>`, quotes or not (pec-messages §2.4).
    value: { header: "author", pattern: `^"?\\s*per conto di\\s*:\\s*([^"<]*[^"<\\s])\\s*"?\\s*${SERVICE_ADDRESS}` },
    onlyIf: { header: "subject", pattern: "^\\s*posta certificata\\s*:" },
  },
  {
    id: "subject",
    title: "column_subject",
    // One prefix only: an original subject may itself begin with one.
    value: { header: "subject", pattern: `^\\s*(?:${PREFIXES.join("|")})\\s*:\\s*(.*)$` },
    onlyIf: { header: "author", pattern: SERVICE_ADDRESS },
  },
];
