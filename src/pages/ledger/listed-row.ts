// Belongs here: what a row of the table comes to as a whole: one condition and its word, and the text that it is found by.
// Does NOT belong here: what its recipients' states mean (core/receipts), wording (see _locales).
import type { LedgerRow } from "../../core/index.ts";
import { searchable } from "../table/searchable.ts";

/** Of the whole message: the worst that is true of any recipient. In this order when sorted. */
export const CONDITIONS = [
  "failed",
  "late",
  "waiting",
  "delivered",
  "forwarded",
  /** Failed before there was a ledger: a fact, and no alarm. */
  "past-failed",
  /** Of that time too: what became of it no receipt tells that was found. They may have been deleted, and nothing be wrong. */
  "no-outcome",
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** What is said of a row: of several failures the plainest. Key into _locales (`ledger_word_…`). */
export type Word =
  | "refused"
  | "not-delivered"
  | "contradiction"
  | "timed-out"
  | "overdue"
  | "acceptance-missing"
  | "late"
  | "waiting"
  | "delivered"
  | "forwarded"
  | "no-outcome";

export interface ListedRow {
  readonly row: LedgerRow;
  readonly condition: Condition;
  readonly word: Word;
  /** Recipients to whose mailboxes it was delivered, as no other receipt denies. */
  readonly delivered: number;
  /** Recipients of whom a delivery is expected: no receipt comes of ordinary mail. */
  readonly awaited: number;
  /** Subject and addresses, as `searchable` makes them. */
  readonly text: string;
}

const DAY = 24 * 60 * 60_000;

/** `began`: since when there is a ledger, milliseconds UTC. */
export function listedRow(row: LedgerRow, began: number): ListedRow {
  const { condition, word } = judge(row, began);
  const addresses = row.recipients.map(({ address }) => address);
  return {
    row,
    condition,
    word,
    delivered: row.recipients.filter(({ state, isContradicted }) => state === "delivered" && !isContradicted).length,
    awaited: row.recipients.filter(({ state }) => state !== "forwarded").length,
    text: searchable([row.subject, row.sender, ...addresses].join("\n")),
  };
}

function judge(row: LedgerRow, began: number): { readonly condition: Condition; readonly word: Word } {
  const has = (state: LedgerRow["recipients"][number]["state"]): boolean =>
    row.recipients.some((recipient) => recipient.state === state && !recipient.isContradicted);
  const isPast = row.problemSince !== null && row.problemSince < began;
  const isOld = row.at === null || row.at < began - DAY;
  const certified = (["refused", "not-delivered", "timed-out"] as const).find(has);
  if (certified !== undefined) return { condition: isPast ? "past-failed" : "failed", word: certified };
  // Between receipts that contradict each other nothing is decided here: neither the good word nor the bad one is said.
  if (row.recipients.some(({ isContradicted }) => isContradicted)) {
    return { condition: isOld ? "past-failed" : "failed", word: "contradiction" };
  }
  // What the clock alone says of that time says only that no receipt was found.
  const nothing = { condition: "no-outcome", word: "no-outcome" } as const;
  if (row.acceptanceMissing) return isPast ? nothing : { condition: "failed", word: "acceptance-missing" };
  if (has("overdue")) return isPast ? nothing : { condition: "failed", word: "overdue" };
  if (has("late")) return isOld ? nothing : { condition: "late", word: "late" };
  if (has("sent") || has("accepted")) return isOld ? nothing : { condition: "waiting", word: "waiting" };
  if (has("delivered")) return { condition: "delivered", word: "delivered" };
  return has("forwarded") ? { condition: "forwarded", word: "forwarded" } : nothing;
}
