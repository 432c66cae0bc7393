// Belongs here: one line of a table of sent messages: what is needed to list, filter and sort them, and no more.
// Does NOT belong here: wording (see _locales), everything else that is known of a message (see ledger-entry.ts).
import { plainAddress } from "./identifiers.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { problemsOf } from "./problems.ts";
import { type RecipientState, type SentStatus, sentStatus } from "./sent-status.ts";

export interface RowRecipient {
  /** In lower case. */
  readonly address: string;
  readonly state: RecipientState;
  /** Receipts contradict each other. */
  readonly isContradicted: boolean;
}

export interface LedgerRow {
  /** Finds the entry. */
  readonly link: string;
  /** Address of the mailbox it was sent from, in lower case. */
  readonly sender: string;
  readonly subject: string;
  /** As the sent copy claims; milliseconds UTC; `null`: no copy, or no readable Date. */
  readonly sentAt: number | null;
  /** As certified; milliseconds UTC; `null`: not accepted, or not known. */
  readonly acceptedAt: number | null;
  /** What the list is sorted by in time: certified where something is. `null`: nothing is known. */
  readonly at: number | null;
  readonly hasCopy: boolean;
  readonly acceptanceMissing: boolean;
  /** When the newest of its problems came to be, milliseconds UTC; `null`: it has none. Older than the ledger, it is shown calmly. */
  readonly problemSince: number | null;
  /** Without addresses that only a receipt names: the sender did not write to them. */
  readonly recipients: readonly RowRecipient[];
}

/** `now`: milliseconds UTC. */
export function ledgerRow(entry: LedgerEntry, now: number): LedgerRow {
  const status = sentStatus(entry, now);
  const sentAt = earliest(entry.copies.map((copy) => copy.sentAt));
  const acceptedAt = status.acceptance?.time.instant ?? null;
  return {
    link: entry.links[0] ?? "",
    sender: plainAddress(entry.sender),
    subject: subjectOf(entry, status),
    sentAt,
    acceptedAt,
    at: acceptedAt ?? earliest(entry.receipts.map((receipt) => receipt.time.instant)) ?? sentAt,
    hasCopy: entry.copies.length > 0,
    acceptanceMissing: status.acceptanceMissing,
    problemSince: latest(problemsOf(entry, status).map(({ since }) => since)),
    recipients: status.recipients
      .filter(({ isExpected }) => isExpected)
      .map(({ address, state, contradictions }) => ({ address, state, isContradicted: contradictions.length > 0 })),
  };
}

/** The certified subject counts before the copy's. */
function subjectOf(entry: LedgerEntry, { acceptance }: SentStatus): string {
  const certified = [acceptance, ...entry.receipts].map((receipt) => receipt?.subject ?? null);
  return certified.find((subject) => subject !== null) ?? entry.copies[0]?.subject ?? "";
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function latest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.max(...times);
}
