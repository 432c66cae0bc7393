// Belongs here: times, sizes and fingerprints as the options page writes them. Does NOT belong here: sentences (see _locales).
import { visibleText } from "../visible-text.ts";
import { h, type VNode } from "../view.ts";

export function day(time: number, locale: string): string {
  return format(time, locale, { dateStyle: "long", timeZone: "UTC" });
}

/** By the clock of this computer. */
export function moment(time: number, locale: string): string {
  return format(time, locale, { dateStyle: "long", timeStyle: "short" });
}

/** A certificate may name times that no calendar has. */
function format(time: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return Number.isNaN(new Date(time).getTime()) ? "—" : new Intl.DateTimeFormat(locale, options).format(time);
}

/** In kilobytes of 1,000 bytes, rounded up. */
export function size(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1_000), "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

/** How long ago, in the largest unit that fits. */
export function age(time: number, now: number, locale: string): string {
  const minutes = Math.round((time - now) / 60_000);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 48 ? relative.format(hours, "hour") : relative.format(Math.round(hours / 24), "day");
}

/** Text of certificates and names of files: strangers wrote them. */
export function foreignText(text: string): VNode {
  const { shown, full } = visibleText(text);
  return h("bdi", { attrs: { dir: "auto", ...(full === null ? {} : { title: full }) } }, shown);
}

/** In pairs, as certificate viewers write it; a line may break between pairs. */
export function fingerprint(sha256: string): VNode {
  const pairs = sha256.toUpperCase().match(/../g) ?? [];
  return h(
    "code.fingerprint",
    pairs.flatMap((pair, index) => (index === 0 ? [pair] : [":", h("wbr"), pair])),
  );
}
