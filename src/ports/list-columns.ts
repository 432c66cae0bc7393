// Belongs here: columns of the message list, which only the full package has. Does NOT belong here: which ones (see app/list-columns.ts).

export interface ColumnSource {
  readonly header: "author" | "subject";
  /** Regular expression without regard to case; its first group is the text of the cell. Has to be fast on hostile input. */
  readonly pattern: string;
}

export interface ListColumn {
  readonly id: string;
  /** Key into _locales. */
  readonly title: string;
  readonly value: ColumnSource;
  /** Where this does not match, the cell is empty. */
  readonly onlyIf: ColumnSource;
}
