// Belongs here: everything the ledger page knows at a moment, as one value. Does NOT belong here: how it changes (see ledger-session.ts).
import type { LedgerAnswer, LedgerOverview } from "../../messages.ts";
import type { SentView } from "../sent/describe-sent.ts";
import type { Counts, LedgerFilter } from "./filter-rows.ts";
import type { ListedRow } from "./listed-row.ts";
import type { Column, Order } from "./sort-rows.ts";

/** What is said beside a control after it was used. */
export interface LedgerNotice {
  /** Which control, as the drawing names it. */
  readonly at: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly failed: boolean;
}

export interface LedgerState {
  /** `null`: not known yet. */
  readonly overview: LedgerOverview | null;
  /** The background does not answer, or not even its overview can be had. Key into _locales, or `null`. */
  readonly trouble: string | null;
  readonly view: "sent" | "apart";
  /** All rows in the order shown. */
  readonly sorted: readonly ListedRow[];
  /** Those of them that are shown. */
  readonly shown: readonly ListedRow[];
  readonly counts: Counts;
  /** Rows are still coming in for the first time. */
  readonly loading: boolean;
  readonly filter: LedgerFilter;
  readonly order: Order;
  /** Link of the row that the keyboard is on. */
  readonly selected: string | null;
  /** The row whose details are shown; `sent` is `null` until they are there. */
  readonly details: { readonly link: string; readonly sent: SentView | null; readonly isGone: boolean } | null;
  /** `null`: not asked for yet. */
  readonly apart: Extract<LedgerAnswer, { readonly state: "apart" }> | null;
  readonly allProblemsShown: boolean;
  /** The control whose work is under way. */
  readonly busy: string | null;
  readonly notice: LedgerNotice | null;
  /** The control that asks "really?". */
  readonly asking: string | null;
}

/** What a person can do on the page. */
export interface LedgerDeeds {
  readonly filterBy: (change: Partial<LedgerFilter>) => void;
  readonly clearFilter: () => void;
  readonly sortBy: (column: Column) => void;
  readonly select: (link: string) => void;
  /** Opens the details of a row, or closes them when they are open. */
  readonly toggle: (link: string) => void;
  /** Shows a row and its details, whatever the filter. */
  readonly reveal: (link: string) => void;
  readonly close: () => void;
  readonly show: (view: LedgerState["view"]) => void;
  /** Shows all problems, or the worst one again. */
  readonly toggleProblems: () => void;
  readonly acknowledge: (at: string, problems: readonly string[] | "all") => void;
  readonly markReceiptsRead: (at: string, link: string) => void;
  /** The message under that Message-ID. */
  readonly openMessage: (at: string, messageId: string) => void;
  /** Opens the page that makes a bundle of evidence of these entries. */
  readonly makeEvidence: (at: string, links: readonly string[] | "shown") => void;
  /** The message that was sent, from a complete delivery receipt. */
  readonly restore: (at: string, link: string, how: "open" | "save") => void;
  readonly verifyPostponed: (at: string, key: string) => void;
  readonly saveTable: (at: string) => void;
  readonly startWalk: (at: string) => void;
  readonly cancelWalk: (at: string) => void;
  readonly forgetSender: (at: string, address: string) => void;
  /** Asks "really?" at that control; `null`: no. */
  readonly ask: (at: string | null) => void;
}
