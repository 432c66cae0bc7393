// Belongs here: values as they stand in the cells of a long table: text from strangers, numbers, times.
// Does NOT belong here: certified times in their own offset (see ../certified-time.ts).
import { h, type VNode } from "../view.ts";
import { visibleText } from "../visible-text.ts";

/** Text that strangers wrote: made visible, and isolated so that its direction cannot turn ours around. */
export function foreignText(text: string): VNode {
  const { shown, full } = visibleText(text);
  return h("bdi", { attrs: { dir: "auto", ...(full === null ? {} : { title: full }) } }, shown);
}

export function number(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** Making a format is slow, using it is not; a page has one locale. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** By the clock of this computer, such as «16/10/2025 18:32». */
export function shortTime(instant: number, locale: string): string {
  if (Number.isNaN(new Date(instant).getTime())) return "—";
  const made =
    formats.get(locale) ??
    new Intl.DateTimeFormat(locale, {
      day: "2-digit",
      // In English the order of numbers is ambiguous.
      month: locale.startsWith("it") ? "2-digit" : "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(locale, made);
  return made.format(instant).replace(",", "");
}

/** The day alone, in words. */
export function longDay(instant: number, locale: string): string {
  if (Number.isNaN(new Date(instant).getTime())) return "—";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(instant);
}
