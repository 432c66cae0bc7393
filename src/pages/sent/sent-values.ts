// Belongs here: words that several parts of the fate of a sent message share: counts, lists, elapsed time, kinds of receipts.
// Does NOT belong here: which of them are said (see describe-sent.ts, describe-recipient.ts, describe-sent-row.ts).
import type { Receipt, RecipientState, RecipientStatus } from "../../core/index.ts";
import type { Value } from "../sentence.ts";
import { certifiedTimeSentence } from "../certified-time.ts";
import { keyOf, own, phrase } from "../values.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** As many hours are still counted as hours: deadlines are. */
const HOURS_COUNTED = 72;

/** What went wrong comes first, then what is open, then what is settled. */
export const BY_CONCERN: readonly RecipientState[] = [
  "refused",
  "not-delivered",
  "timed-out",
  "overdue",
  "late",
  "sent",
  "accepted",
  "forwarded",
  "delivered",
];

/** The sender did not write to an address that only a receipt names: it is shown, and not counted. */
export const expectedOf = (recipients: readonly RecipientStatus[]): readonly RecipientStatus[] =>
  recipients.filter(({ isExpected }) => isExpected);

/** How many are in each state, such as «1 non consegnato», in the order of concern; without those in `except`. */
export function countsOf(recipients: readonly RecipientStatus[], except: readonly RecipientState[]): readonly Value[] {
  return BY_CONCERN.filter((state) => !except.includes(state)).flatMap((state) => {
    const count = recipients.filter((recipient) => recipient.state === state).length;
    if (count === 0) return [];
    const key = keyOf("sent_count", state);
    return [count === 1 ? phrase(`${key}_one`) : phrase(`${key}_many`, own(String(count)))];
  });
}

/** One value of several, with what the translation has between them. */
export function joined(values: readonly Value[], pairKey: "row_sent_pair" | "sent_list_pair"): Value {
  const [first = own(""), ...rest] = values;
  if (rest.length === 0) return first;
  const tail = joined(rest, pairKey);
  return pairKey === "row_sent_pair" ? phrase("row_sent_pair", first, tail) : phrase("sent_list_pair", first, tail);
}

/** Such as «14 ore»: what has wholly passed, in one unit. */
export function elapsedValue(milliseconds: number, locale: string): Value {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  const hours = Math.floor(milliseconds / HOUR);
  const [value, unit] =
    hours < 1 ? [minutes, "minute"] : hours < HOURS_COUNTED ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  return own(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value));
}

export const whenOf = ({ time }: Receipt, locale: string): Value => ({
  type: "sentence",
  sentence: certifiedTimeSentence(time, locale),
});

export const kindOf = ({ kind }: Receipt): Value => phrase(keyOf("kind_phrase", kind));
