// Belongs here: columns of the message list, which only the full package has. Does NOT belong here: which ones (see app/list-columns.ts).

export interface ColumnSource {
  readonly header: "author" | "subject";
  /** Regular expression without regard to case; its first group is the text of the cell. Has to be fast on hostile input. */
  readonly pattern: string;
}

/** A column whose text stands in the message's own header. */
export interface ListColumn {
  readonly id: string;
  /** Key into _locales. */
  readonly title: string;
  readonly value: ColumnSource;
  /** Where this does not match, the cell is empty. */
  readonly onlyIf: ColumnSource;
}

export interface ColumnValue {
  /** Message-ID without brackets, as it was written. */
  readonly messageId: string;
  readonly text: string;
  /** What the column is sorted by; 0 is that of empty cells. */
  readonly rank: number;
}

/** A column whose texts are handed over; they last until Thunderbird ends or the add-on is disabled. */
export interface ValueColumn {
  /** Whether `markFilled` was called since the column began to be. */
  isFilled(): Promise<boolean>;
  markFilled(): Promise<void>;
  setValues(values: readonly ColumnValue[]): Promise<void>;
}
