// Belongs here: day, hour and zone of the certification data as an instant (RFC 6109 §4.2; pec-messages §3.3). Pure arithmetic.
// Does NOT belong here: comparison with other times (see core/verdict).
import type { CertifiedTime } from "./daticert.ts";

export interface CertifiedTimeReading {
  readonly time: CertifiedTime;
  /** How the zone departs from `[+|-]hhmm`, and whether day, month or hour lack their leading zero. */
  readonly deviations: readonly TimeDeviation[];
}

type TimeDeviation = "ZONE_MISSING" | "ZONE_MALFORMED" | "ZONE_WITH_COLON" | "TIME_NOT_PADDED";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * @param day `dd/mm/yyyy`; the leading zeroes may be missing
 * @param hour `hh:mm:ss`, or `h:mm:ss`; second 60 is allowed
 * @param zone `[+|-]hhmm`; when missing or malformed, the time is read as Europe/Rome and `offset` is `null`
 * @returns `null` when day or hour does not exist.
 */
export function readCertifiedTime(day: string, hour: string, zone: string | null): CertifiedTimeReading | null {
  const date = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(day);
  const clock = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(hour);
  if (date === null || clock === null) return null;
  const [, writtenDay = "", writtenMonth = "", yearText = ""] = date;
  const [, writtenHour = "", minuteText = "", secondText = ""] = clock;
  const written = [writtenDay, writtenMonth, writtenHour] as const;
  const [dayText, monthText, hourText] = [padded(writtenDay), padded(writtenMonth), padded(writtenHour)];
  const [year, month, dayOfMonth] = [Number(yearText), Number(monthText), Number(dayText)];
  // Years below 100 would be taken for 19xx by Date.UTC; no certified mail is that old.
  if (year < 1970) return null;
  const midnight = Date.UTC(year, month - 1, dayOfMonth);
  const check = new Date(midnight);
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== dayOfMonth) return null;
  if (Number(hourText) > 23 || Number(minuteText) > 59 || Number(secondText) > 60) return null;

  const asUtc = midnight + Number(hourText) * HOUR + Number(minuteText) * MINUTE + Number(secondText) * 1000;
  const { offset, minutes, deviation } = readZone(zone);
  return {
    time: {
      instant: minutes === null ? romeToUtc(asUtc) : asUtc - minutes * MINUTE,
      local: `${yearText}-${monthText}-${dayText}T${hourText}:${minuteText}:${secondText}`,
      offset,
    },
    deviations: [
      ...(deviation === null ? [] : [deviation]),
      ...(written.some((text) => text.length < 2) ? (["TIME_NOT_PADDED"] as const) : []),
    ],
  };
}

const padded = (text: string): string => text.padStart(2, "0");

interface Zone {
  readonly offset: string | null;
  /** East of UTC. */
  readonly minutes: number | null;
  readonly deviation: TimeDeviation | null;
}

function readZone(zone: string | null): Zone {
  if (zone === null || zone === "") return { offset: null, minutes: null, deviation: "ZONE_MISSING" };
  const match = /^([+-])(\d{2})(:?)(\d{2})$/.exec(zone);
  const [, sign = "", hours = "", colon = "", minutes = ""] = match ?? [];
  // Zones reach from -1200 to +1400.
  if (match === null || Number(hours) > 14 || Number(minutes) > 59) {
    return { offset: null, minutes: null, deviation: "ZONE_MALFORMED" };
  }
  return {
    offset: sign + hours + minutes,
    minutes: (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)),
    deviation: colon === "" ? null : "ZONE_WITH_COLON",
  };
}

/**
 * Local time of Rome to UTC. Summer time of the European Union (Directive 2000/84/EC): from the last Sunday of March to the
 * last Sunday of October, at 01:00 UTC. In the hour that comes twice, the first is taken.
 */
function romeToUtc(local: number): number {
  const ifSummer = local - 2 * HOUR;
  const year = new Date(local).getUTCFullYear();
  const summer = ifSummer >= lastSunday(year, 2) + HOUR && ifSummer < lastSunday(year, 9) + HOUR;
  return summer ? ifSummer : local - HOUR;
}

/** Midnight UTC of the last Sunday of a month (0 is January) of 31 days. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 31);
  return last - new Date(last).getUTCDay() * 24 * HOUR;
}
