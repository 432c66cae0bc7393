// Belongs here: how long something still takes, in words that are as exact as an estimate can be.
import type { Translate } from "../sentence.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `timeLeft`: milliseconds. */
export function timeLeftText(
  timeLeft: number,
  { translate, locale }: { readonly translate: Translate; readonly locale: string },
): string {
  if (timeLeft < MINUTE) return translate("ledger_walk_left_seconds");
  const unit = (value: number, name: "minute" | "hour"): string =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const minutes = Math.ceil(timeLeft / MINUTE);
  const text = timeLeft < 2 * HOUR ? unit(minutes, "minute") : unit(Math.round(timeLeft / HOUR), "hour");
  return translate("ledger_walk_left", [text]);
}
