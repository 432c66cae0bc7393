// Belongs here: a row as the page needs it: what it is found and sorted by. Does NOT belong here: which rows are shown (see
// filter-rows.ts), wording.
import type { BatchRow, Look, MessageKind } from "../../core/index.ts";
import { searchable } from "../table/searchable.ts";
import { keyOf } from "../values.ts";

/** The look of the seal, or that there is no verdict; worst first, as they are sorted. */
export const WORDS = [
  "not-valid",
  "cannot-be-verified",
  "failed",
  "sealed-with-remarks",
  "sealed",
  "neutral",
  "none",
] as const satisfies readonly (Look | "failed")[];
export type Word = (typeof WORDS)[number];

/** `none`: it claims nothing, or was not inspected; `unknown`: a kind that no rule knows. */
export type Kind = MessageKind | "none" | "unknown";

export interface CheckedRow {
  /** Its number in the order found, as text. */
  readonly key: string;
  readonly row: BatchRow;
  readonly word: Word;
  readonly kind: Kind;
  /** Key into _locales, or `null`. */
  readonly reasonKey: string | null;
  /** Subject, sender and place, as `searchable` makes them. */
  readonly text: string;
}

export function checkedRow(row: BatchRow, number: number): CheckedRow {
  const { outcome, subject, from, place } = row;
  const isInspected = outcome.state === "inspected";
  return {
    key: String(number),
    row,
    word: isInspected ? outcome.look : "failed",
    kind: !isInspected ? "none" : (outcome.kind ?? (outcome.unrecognized === null ? "none" : "unknown")),
    reasonKey: !isInspected
      ? keyOf("batch_failure", outcome.why)
      : outcome.reason === null
        ? null
        : keyOf("batch_reason", outcome.reason),
    text: searchable([subject, from, place.source === "file" ? place.file : place.folder].join("\n")),
  };
}

/** Of the kind in words. */
export const kindKey = (kind: Kind): string => (kind === "none" ? "batch_kind_none" : keyOf("kind", kind));

/** Nobody can say more of it than its header declares. */
export const isVouchedFor = ({ word }: CheckedRow): boolean => word === "sealed" || word === "sealed-with-remarks";
