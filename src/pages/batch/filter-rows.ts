// Belongs here: which rows are shown, and how many there are of each. Does NOT belong here: their order (see sort-rows.ts).
import { searchable } from "../table/searchable.ts";
import { type CheckedRow, type Kind, type Word } from "./checked-row.ts";

export interface BatchFilter {
  /** `null`: any. */
  readonly word: Word | null;
  readonly kind: Kind | null;
  /** Words of subject, sender or place, as typed: each has to be there. */
  readonly text: string;
}

export const NO_FILTER: BatchFilter = { word: null, kind: null, text: "" };

export const isFiltering = ({ word, kind, text }: BatchFilter): boolean =>
  word !== null || kind !== null || text.trim() !== "";

/** In the order they came. */
export function filterRows(rows: readonly CheckedRow[], filter: BatchFilter): readonly CheckedRow[] {
  if (!isFiltering(filter)) return rows;
  const words = searchable(filter.text)
    .split(/\s+/)
    .filter((word) => word !== "");
  return rows.filter(
    ({ word, kind, text }) =>
      (filter.word === null || word === filter.word) &&
      (filter.kind === null || kind === filter.kind) &&
      words.every((each) => text.includes(each)),
  );
}

/** How many rows there are of each word and kind. */
export interface Answers {
  readonly words: ReadonlyMap<Word, number>;
  readonly kinds: ReadonlyMap<Kind, number>;
}

export const NO_ANSWERS: Answers = { words: new Map(), kinds: new Map() };

/** The counts with some more rows. */
export function countMore({ words, kinds }: Answers, rows: readonly CheckedRow[]): Answers {
  const [countedWords, countedKinds] = [new Map(words), new Map(kinds)];
  for (const { word, kind } of rows) {
    countedWords.set(word, (countedWords.get(word) ?? 0) + 1);
    // What was not inspected has no kind.
    if (word !== "failed") countedKinds.set(kind, (countedKinds.get(kind) ?? 0) + 1);
  }
  return { words: countedWords, kinds: countedKinds };
}
