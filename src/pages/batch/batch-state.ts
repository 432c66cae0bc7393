// Belongs here: everything the page for checking many messages knows at a moment, as one value. Does NOT belong here: how it changes
// (see batch-session.ts).
import type { BatchAnswer, BatchSource, BatchTotal } from "../../messages.ts";
import type { Answers, BatchFilter } from "./filter-rows.ts";
import type { CheckedRow } from "./checked-row.ts";
import type { Column, Order } from "./sort-rows.ts";

export type Places = Extract<BatchAnswer, { readonly state: "places" }>;

/** What is said beside a control after it was used. */
export interface BatchNotice {
  /** Which control, as the drawing names it. */
  readonly at: string;
  readonly key: string;
  readonly failed: boolean;
}

export type Run =
  /** Nothing was begun yet, or something else is to be chosen. */
  | { readonly state: "choosing" }
  | {
      readonly state: "running";
      readonly total: BatchTotal;
      /** In the unit of the total. */
      readonly done: number;
      /** Folder or file that it is at; empty at the beginning. */
      readonly at: string;
      /** Milliseconds; `null`: cannot be told yet. */
      readonly timeLeft: number | null;
    }
  | { readonly state: "ended"; readonly how: "finished" | "cancelled" | "failed" };

export interface BatchState {
  /** `null`: not known yet. */
  readonly places: Places | null;
  /** Id of the chosen folder; empty: none. */
  readonly folder: string;
  readonly run: Run;
  /** Names of what is looked through. */
  readonly sources: readonly string[];
  /** Every row, in the order found. */
  readonly rows: readonly CheckedRow[];
  /** Those that are shown, in the order shown. */
  readonly shown: readonly CheckedRow[];
  readonly answers: Answers;
  readonly filter: BatchFilter;
  readonly order: Order;
  /** Key of the row that the keyboard is on. */
  readonly selected: string | null;
  /** Key of the row whose details are shown. */
  readonly open: string | null;
  /** The control whose work is under way. */
  readonly busy: string | null;
  readonly notice: BatchNotice | null;
}

/** What a person can do on the page. */
export interface BatchDeeds {
  readonly chooseFolder: (id: string) => void;
  /** The button was pressed before a folder was chosen. */
  readonly missFolder: () => void;
  readonly start: (source: BatchSource) => void;
  readonly cancel: () => void;
  /** Shows the choices again; what was found stays until something else is begun. */
  readonly again: () => void;
  readonly filterBy: (change: Partial<BatchFilter>) => void;
  readonly clearFilter: () => void;
  readonly sortBy: (column: Column) => void;
  readonly select: (key: string) => void;
  /** Opens the details of a row, or closes them when they are open. */
  readonly toggle: (key: string) => void;
  readonly close: () => void;
  /** The message itself, in Thunderbird. */
  readonly openMessage: (at: string, row: CheckedRow) => void;
  /** Opens the page that makes a bundle of evidence of the rows shown, or of what is selected in the message list. */
  readonly makeEvidence: (at: string, of: "shown" | "selection") => void;
  readonly save: (at: "save-table" | "save-report") => void;
}
