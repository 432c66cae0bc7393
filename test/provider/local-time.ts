// Belongs here: instants as Italian providers write them. Does NOT belong here: any clock.

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds UTC of an ISO time with its offset. */
export const at = (iso: string): number => {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new Error(`not a time: ${iso}`);
  return instant;
};

/** Last Sunday of a month (0 based), 01:00 UTC: when summer time begins and ends in the Union. */
function lastSunday(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

/** Minutes by which Italian time is ahead of UTC. */
export function italianOffset(instant: number): number {
  const year = new Date(instant).getUTCFullYear();
  return instant >= lastSunday(year, 2) && instant < lastSunday(year, 9) ? 120 : 60;
}

const two = (value: number): string => String(value).padStart(2, "0");

export interface LocalTime {
  /** `dd/mm/yyyy` */
  readonly day: string;
  /** `hh:mm:ss` */
  readonly time: string;
  /** `+0200` */
  readonly zone: string;
  /** `yyyymmddhhmmss`, as in identifiers. */
  readonly compact: string;
  /** RFC 5322 §3.3 */
  readonly header: string;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `instant` in milliseconds UTC, written in Italian time or in the offset given (minutes). */
export function localTime(instant: number, offset = italianOffset(instant)): LocalTime {
  const shifted = new Date(instant + offset * MINUTE);
  const year = String(shifted.getUTCFullYear()).padStart(4, "0");
  const month = two(shifted.getUTCMonth() + 1);
  const day = two(shifted.getUTCDate());
  const time = `${two(shifted.getUTCHours())}:${two(shifted.getUTCMinutes())}:${two(shifted.getUTCSeconds())}`;
  const ahead = Math.abs(offset);
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}${two(ahead % 60)}`;
  const weekday = DAYS[shifted.getUTCDay()] ?? "";
  const monthName = MONTHS[shifted.getUTCMonth()] ?? "";
  return {
    day: `${day}/${month}/${year}`,
    time,
    zone,
    compact: `${year}${month}${day}${time.replaceAll(":", "")}`,
    header: `${weekday}, ${shifted.getUTCDate()} ${monthName} ${year} ${time} ${zone}`,
  };
}
