// Belongs here: telling the 12-hour notice from the 24-hour one (pec-messages §2.2): same header, same subject, same `tipo`.
// Does NOT belong here: the rule by time elapsed since acceptance, which needs the ledger of receipts; wording (see _locales).

/** `undecided` is shown with the weaker statement: «consegna non ancora confermata». */
export type NoticeStage = "twelve-hours" | "twenty-four-hours" | "undecided";

/** Error texts are short; a longer one is searched no further (attack: megabytes of text in a daticert). */
const SEARCHED_LENGTH = 2_000;

/** Final by its code (RFC 3463 5.4.1), whatever the words beside it say. */
const FINAL_CODE = /^\s*5\.4\.1(?!\d)/;
const MENTIONS_12 = /(?<![\d.:,/])(?:12|dodici)\s*(?:ore|h\b|hours)/i;
const MENTIONS_24 = /(?<![\d.:,/])(?:24|ventiquattro)\s*(?:ore|h\b|hours)/i;

/** What the provider's error text says of the time that has passed. A text that mentions both times decides nothing. */
export function noticeStage(erroreEsteso: string | null): NoticeStage {
  const text = (erroreEsteso ?? "").slice(0, SEARCHED_LENGTH);
  if (FINAL_CODE.test(text)) return "twenty-four-hours";
  const twelve = MENTIONS_12.test(text);
  const twentyFour = MENTIONS_24.test(text);
  if (twelve === twentyFour) return "undecided";
  return twelve ? "twelve-hours" : "twenty-four-hours";
}
