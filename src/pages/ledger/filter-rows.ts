// Belongs here: which rows are shown, and how many there are of each condition. Does NOT belong here: their order (see sort-rows.ts).
import { searchable } from "../table/searchable.ts";
import { type Condition, CONDITIONS, type ListedRow } from "./listed-row.ts";

export interface LedgerFilter {
  /** `null`: any. */
  readonly condition: Condition | null;
  /** Address of the mailbox; `null`: any. */
  readonly sender: string | null;
  /** Part of a recipient's address, as typed. */
  readonly recipient: string;
  /** Words of the subject or of any address, as typed: each has to be there. */
  readonly text: string;
  readonly period: Period;
}

export type Period =
  | { readonly name: "always" }
  /** The last days, by the clock of this computer. */
  | { readonly name: "days"; readonly days: number }
  /** ISO days, both included; empty: open. */
  | { readonly name: "between"; readonly from: string; readonly to: string };

export const NO_FILTER: LedgerFilter = {
  condition: null,
  sender: null,
  recipient: "",
  text: "",
  period: { name: "always" },
};

export function isFiltering({ condition, sender, recipient, text, period }: LedgerFilter): boolean {
  return (
    condition !== null || sender !== null || recipient.trim() !== "" || text.trim() !== "" || period.name !== "always"
  );
}

const DAY = 24 * 60 * 60_000;

/** In the order they came. `now`: milliseconds UTC. */
export function filterRows(rows: readonly ListedRow[], filter: LedgerFilter, now: number): readonly ListedRow[] {
  if (!isFiltering(filter)) return rows;
  const words = searchable(filter.text)
    .split(/\s+/)
    .filter((word) => word !== "");
  const recipient = filter.recipient.trim().toLowerCase();
  const { earliest, latest } = limits(filter.period, now);
  return rows.filter(
    ({ row, condition, text }) =>
      (filter.condition === null || condition === filter.condition) &&
      (filter.sender === null || row.sender === filter.sender) &&
      (recipient === "" || row.recipients.some(({ address }) => address.includes(recipient))) &&
      words.every((word) => text.includes(word)) &&
      (filter.period.name === "always" || (row.at !== null && row.at >= earliest && row.at < latest)),
  );
}

/** From and until when, milliseconds UTC; the second is not included. */
function limits(period: Period, now: number): { readonly earliest: number; readonly latest: number } {
  switch (period.name) {
    case "always":
      return { earliest: -Infinity, latest: Infinity };
    case "days":
      return { earliest: now - period.days * DAY, latest: Infinity };
    case "between":
      return { earliest: dayStart(period.from, 0) ?? -Infinity, latest: dayStart(period.to, 1) ?? Infinity };
  }
}

/** Midnight by the clock of this computer, `later` days on; `null`: no day, as while it is being typed. */
function dayStart(day: string, later: number): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return null;
  const [, year, month, date] = match.map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later).getTime();
}

export type Counts = Readonly<Record<Condition, number>>;

export function countRows(rows: readonly ListedRow[]): Counts {
  const counts = new Map<Condition, number>(CONDITIONS.map((condition) => [condition, 0]));
  for (const { condition } of rows) counts.set(condition, (counts.get(condition) ?? 0) + 1);
  const of = (condition: Condition): number => counts.get(condition) ?? 0;
  return {
    failed: of("failed"),
    late: of("late"),
    waiting: of("waiting"),
    delivered: of("delivered"),
    forwarded: of("forwarded"),
    "past-failed": of("past-failed"),
    "no-outcome": of("no-outcome"),
  };
}
