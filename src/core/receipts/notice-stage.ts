// Belongs here: telling the 12-hour notice from the 24-hour one (pec-messages §2.2): same header, same subject, same `tipo`.
// Does NOT belong here: wording (see _locales).

/** `undecided` is shown with the weaker statement: «consegna non ancora confermata». */
export type NoticeStage = "twelve-hours" | "twenty-four-hours" | "undecided";

/** Error texts are short; a longer one is searched no further (attack: megabytes of text in a daticert). */
const SEARCHED_LENGTH = 2_000;

const HOUR = 3_600_000;
/** The final notice may not be issued earlier (RFC 6109 §3.1.6). */
const EARLIEST_FINAL = 22 * HOUR;

/** Final by its code (RFC 3463 5.4.1), whatever the words beside it say. */
const FINAL_CODE = /^\s*5\.4\.1(?!\d)/;
const MENTIONS_12 = /(?<![\d.:,/])(?:12|dodici)\s*(?:ore|h\b|hours)/i;
const MENTIONS_24 = /(?<![\d.:,/])(?:24|ventiquattro)\s*(?:ore|h\b|hours)/i;

/**
 * `elapsed`: milliseconds from the acceptance to the notice, both as certified; `null`: no acceptance is known. Early enough it is the
 * first notice, whatever its text says. Late enough it is the final one, unless its text speaks of the first: the weaker statement is
 * never given up for a guess.
 */
export function noticeStage(errorText: string | null, elapsed: number | null): NoticeStage {
  const text = (errorText ?? "").slice(0, SEARCHED_LENGTH);
  if (FINAL_CODE.test(text)) return "twenty-four-hours";
  if (elapsed !== null && elapsed < EARLIEST_FINAL) return "twelve-hours";
  const twelve = MENTIONS_12.test(text);
  const twentyFour = MENTIONS_24.test(text);
  if (twelve === twentyFour) return elapsed === null || twelve ? "undecided" : "twenty-four-hours";
  if (twentyFour) return "twenty-four-hours";
  return elapsed === null ? "twelve-hours" : "undecided";
}
