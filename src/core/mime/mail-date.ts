// Belongs here: the date of a `Date` field (RFC 5322 §3.3, §4.3). Does NOT belong here: certified times (see core/daticert).

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Obsolete zones with a known meaning (RFC 5322 §4.3), minutes east of UTC; every other name counts as -0000. */
const OBSOLETE_ZONES: ReadonlyMap<string, number> = new Map([
  ["ut", 0],
  ["gmt", 0],
  ["z", 0],
  ["est", -300],
  ["edt", -240],
  ["cst", -360],
  ["cdt", -300],
  ["mst", -420],
  ["mdt", -360],
  ["pst", -480],
  ["pdt", -420],
]);

/** Longest text looked at; a date has about 40 characters. Attack: megabytes for the pattern to try. */
const MAX_DATE_LENGTH = 200;

const DATE =
  /^(?:[a-z]{3,9}\s*,?\s*)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?$/i;

/** Milliseconds since 1970, UTC; `null` when the text is no date, or a date that does not exist such as 31 February. */
export function parseMailDate(value: string): number | null {
  if (value.length > MAX_DATE_LENGTH) return null;
  const match = DATE.exec(withoutComments(value));
  if (match === null) return null;
  const [, day = "", monthName = "", yearText = "", hour = "", minute = "", second = "0", zone = ""] = match;
  const month = MONTHS.indexOf(monthName.toLowerCase());
  const offset = zoneOffset(zone);
  if (month < 0 || offset === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const year = fullYear(yearText);
  const midnight = Date.UTC(year, month, Number(day));
  const date = new Date(midnight);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month || date.getUTCDate() !== Number(day)) return null;
  return midnight + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000;
}

/** RFC 5322 §4.3: 00–49 are 2000–2049, other years of two or three digits count from 1900. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length >= 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

/** Minutes east of UTC; `null` when impossible. */
function zoneOffset(zone: string): number | null {
  const numeric = /^([+-])(\d\d)(\d\d)$/.exec(zone);
  if (numeric === null) return OBSOLETE_ZONES.get(zone.toLowerCase()) ?? 0;
  const [, sign, hours = "", minutes = ""] = numeric;
  if (Number(minutes) > 59) return null;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function withoutComments(text: string): string {
  let depth = 0;
  let kept = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "(") depth++;
    if (depth === 0) kept += character;
    else if (character === "\\") index++;
    if (character === ")" && depth > 0) {
      depth--;
      kept += " ";
    }
  }
  return kept.trim();
}
