// Belongs here: times in words: as whoever wrote them wrote them, in their own offset, never converted to the reader's zone.
// Does NOT belong here: reading the time from the document (core/daticert).
import type { CertifiedTime } from "../core/index.ts";
import type { Sentence, Value } from "./sentence.ts";

const MINUTE = 60_000;

/** The certified time, such as «16/10/2025 alle 18:32:35 (+0200)»; without an offset it is said that it is missing. */
export function certifiedTimeSentence(time: CertifiedTime, locale: string): Sentence {
  const wall = wallClock(time.local);
  if (wall === null) return instantSentence(time.instant, time.offset, locale);
  return timeSentence(wall, time.offset, locale);
}

/**
 * An instant in a given offset, so that it can be compared with the certified time at a glance; in UTC when there is none.
 *
 * @param instant milliseconds since 1970, UTC
 * @param offset such as `+0200`
 */
export function instantSentence(instant: number, offset: string | null, locale: string): Sentence {
  const minutes = offset === null ? null : offsetMinutes(offset);
  if (offset === null || minutes === null) return timeSentence(new Date(instant), "+0000", locale);
  return timeSentence(new Date(instant + minutes * MINUTE), offset, locale);
}

/** RFC 5322 §3.3, with the weekday, the seconds and a comment being optional. */
const MAIL_DATE =
  /^\s*(?:[a-z]{3},\s*)?(\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{2}:\d{2}(?::\d{2})?)\s+([+-]\d{4})(?:\s*\([^()]*\))?\s*$/i;

/** The date of a header field in words, in its own offset; `null` when it is not written as RFC 5322 has it. */
export function mailTimeValue(field: string, locale: string): Value | null {
  const match = MAIL_DATE.exec(field);
  const instant = match === null ? Number.NaN : Date.parse(`${match[1] ?? ""} ${match[2] ?? ""}`);
  if (match === null || Number.isNaN(instant)) return null;
  return { type: "sentence", sentence: instantSentence(instant, match[2] ?? null, locale) };
}

/** A day, without time. */
export function dayText(instant: number, locale: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? "—" : dayFormat(locale).format(date);
}

/** `wall` holds the local time in its UTC fields. */
function timeSentence(wall: Date, offset: string | null, locale: string): Sentence {
  if (Number.isNaN(wall.getTime())) return { key: "time_unknown", values: [] };
  // A line may break between day and clock (see time_with_offset), not within the day.
  const parts = [dayFormat(locale).format(wall).replaceAll(" ", "\u00a0"), clockFormat(locale).format(wall)];
  return offset === null
    ? { key: "time_without_offset", values: parts.map((text) => ({ type: "own", text })) }
    : { key: "time_with_offset", values: [...parts, offset].map((text) => ({ type: "own", text })) };
}

/** Making a format is slow, using it is not; a page has one locale. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${locale}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  formats.set(key, made);
  return made;
}

/** Italian writes 16/10/2025. In English the order of numbers is ambiguous, so the month is a word. */
function dayFormat(locale: string): Intl.DateTimeFormat {
  const month = locale.startsWith("it") ? "2-digit" : "short";
  return format("day", locale, { day: "2-digit", month, year: "numeric" });
}

function clockFormat(locale: string): Intl.DateTimeFormat {
  return format("clock", locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/;

function wallClock(local: string): Date | null {
  const match = LOCAL.exec(local);
  // A leap second (23:59:60, RFC 6109 §4.2) is no time for `Date`: the instant is shown instead.
  const wall = match === null ? null : new Date(`${match[0]}Z`);
  return wall === null || Number.isNaN(wall.getTime()) ? null : wall;
}

function offsetMinutes(offset: string): number | null {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(offset);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}
