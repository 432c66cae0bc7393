// Belongs here: the order of the rows. Does NOT belong here: which are shown (see filter-rows.ts).
import { searchable } from "../table/searchable.ts";
import { type CheckedRow, WORDS } from "./checked-row.ts";

export const COLUMNS = ["verdict", "kind", "date", "subject", "from", "place"] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  /** `found`: as they came. */
  readonly column: Column | "found";
  readonly descending: boolean;
}

export const AS_FOUND: Order = { column: "found", descending: false };

/** What a click on a column's head does: its own first order, then the opposite. */
export function nextOrder(order: Order, column: Column): Order {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column === "date" };
}

/** Rows that are alike in that column stay in the order they came in. */
export function sortRows(rows: readonly CheckedRow[], { column, descending }: Order): readonly CheckedRow[] {
  if (column === "found") return rows;
  // Keys are made once for each row, not in every comparison.
  const keyed = rows.map((row, index) => ({ row, index, key: keyOf(row, column) }));
  const sign = descending ? -1 : 1;
  keyed.sort((one, other) => sign * compare(one.key, other.key) || one.index - other.index);
  return keyed.map(({ row }) => row);
}

function keyOf({ row, word, kind }: CheckedRow, column: Column): string | number {
  switch (column) {
    case "verdict":
      return WORDS.indexOf(word);
    case "kind":
      return kind;
    case "date":
      return row.date ?? -Infinity;
    case "subject":
      return searchable(row.subject);
    case "from":
      return searchable(row.from);
    case "place":
      return row.place.source === "file" ? row.place.file : row.place.folder;
  }
}

function compare(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
