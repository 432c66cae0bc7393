// Belongs here: what in the fate of a sent message a person must hear of, each with a name of its own, so that it is told once.
// Does NOT belong here: telling it (app/), wording (see _locales).
import { plainIdentifier } from "./identifiers.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import {
  ACCEPTANCE_DUE,
  DELIVERY_LATE,
  DELIVERY_OVERDUE,
  type RecipientStatus,
  type SentStatus,
} from "./sent-status.ts";

export type ProblemKind = "refused" | "acceptance-missing" | "not-delivered" | "timed-out" | "overdue" | "late";

export interface Problem {
  /** The same however often and in whatever order the ledger is asked. */
  readonly id: string;
  readonly kind: ProblemKind;
  /** In lower case; `null`: it concerns the whole message. */
  readonly recipient: string | null;
  /** When it came to be: certified, or due by the clock; milliseconds UTC. What is older than the ledger is shown but not announced. */
  readonly since: number;
}

/** Worst first. */
export function problemsOf(entry: LedgerEntry, status: SentStatus): readonly Problem[] {
  // Named by the send it concerns, which never changes: the entry may yet be joined with others, and the notice of 12 hours that comes
  // after the clock has told the same is no second event.
  const problem = (kind: ProblemKind, recipient: string | null, since: number, send: string): Problem => ({
    id: JSON.stringify([kind, entry.sender, recipient, send]),
    kind,
    recipient,
    since,
  });
  const found: Problem[] = [];
  const { refusal, acceptanceMissing } = status;
  // Attack: whoever got the envelope hands it in for an address that does not exist, and its sender is told of a failure that is none.
  const recipients = status.recipients.filter(({ isExpected }) => isExpected);
  // One refusal is one event, whatever the number of recipients.
  if (refusal !== null && recipients.some(({ state }) => state === "refused")) {
    found.push(problem("refused", null, refusal.time.instant, refusal.identifier));
  }
  if (acceptanceMissing) {
    const [copy] = entry.copies
      .filter(({ sentAt }) => sentAt !== null)
      .sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0));
    const since = (copy?.sentAt ?? 0) + ACCEPTANCE_DUE;
    found.push(problem("acceptance-missing", null, since, plainIdentifier(copy?.messageId ?? "")));
  }
  for (const recipient of recipients) {
    const kind = kindOf(recipient);
    if (kind === null) continue;
    const { address, decidedBy, acceptance } = recipient;
    const due = (acceptance?.time.instant ?? 0) + (kind === "overdue" ? DELIVERY_OVERDUE : DELIVERY_LATE);
    const send = (decidedBy ?? acceptance)?.identifier ?? "";
    found.push(problem(kind, address, decidedBy?.time.instant ?? due, send));
  }
  return found.sort((left, right) => WEIGHT.indexOf(left.kind) - WEIGHT.indexOf(right.kind));
}

const WEIGHT: readonly ProblemKind[] = [
  "refused",
  "not-delivered",
  "timed-out",
  "overdue",
  "acceptance-missing",
  "late",
];

function kindOf({ state }: RecipientStatus): ProblemKind | null {
  switch (state) {
    case "not-delivered":
    case "timed-out":
    case "overdue":
    case "late":
      return state;
    case "sent":
    case "accepted":
    case "refused":
    case "delivered":
    case "forwarded":
      return null;
  }
}
