// Belongs here: the fate of a sent message in one word: its tag, and its cell in the message list.
// Does NOT belong here: the fate itself (core/receipts), the words (see _locales).
import type { RecipientState, SentStatus } from "../core/index.ts";
import type { SentTag } from "../ports/sent-tags.ts";
import type { Translate } from "../ports/translate.ts";

export interface SentCell {
  /** Symbol and words; empty: there is nothing to say. */
  readonly text: string;
  /** The worse, the higher. */
  readonly rank: number;
}

/** `null`: nothing is known yet. */
export function sentTag(status: SentStatus): SentTag | null {
  const states = status.recipients.map(({ state }) => state);
  if (states.some((state) => FAILED.includes(state))) return "not-delivered";
  // Nobody has said that an overdue message was not delivered: only time has passed.
  if (status.acceptanceMissing || states.some((state) => LATE.includes(state))) return "late";
  if (states.includes("delivered") && states.every((state) => CLOSED.includes(state))) return "delivered";
  return status.acceptance === null ? null : "accepted";
}

/** Shape and words, never colour: a cell of the list has none of its own. */
export function sentCell(status: SentStatus, translate: Translate): SentCell {
  const states = status.recipients.map(({ state }) => state);
  const [only] = states;
  const kind = status.acceptanceMissing ? "late" : (sentTag(status) ?? "sent");
  const isForwarded = states.length > 0 && states.every((state) => state === "forwarded");
  const symbol = isForwarded ? "→" : SYMBOLS[kind];
  const words = status.acceptanceMissing
    ? translate("cell_acceptance_missing")
    : only === undefined
      ? translate(`cell_state_${kind === "accepted" ? "accepted" : "sent"}`)
      : states.every((state) => state === only)
        ? sameForAll(only, states.length, translate)
        : mixed(states, translate);
  return { text: `${symbol} ${words}`, rank: RANKS[kind] };
}

function sameForAll(state: RecipientState, count: number, translate: Translate): string {
  if (state === "delivered" && count > 1) return translate("cell_delivered_of", [String(count), String(count)]);
  return translate(`cell_state_${state.replaceAll("-", "_")}`);
}

/** What was delivered, of those of whom a receipt is due, and the worst of the rest. */
function mixed(states: readonly RecipientState[], translate: Translate): string {
  const expected = states.filter((state) => state !== "forwarded");
  const count = (kinds: readonly RecipientState[]): number => states.filter((state) => kinds.includes(state)).length;
  const delivered = translate("cell_delivered_of", [String(count(["delivered"])), String(expected.length)]);
  const [failed, late] = [count(FAILED), count(LATE)];
  if (failed > 0) return `${delivered}, ${translate("cell_failed_count", [String(failed)])}`;
  if (late > 0) return `${delivered}, ${translate("cell_late_count", [String(late)])}`;
  return delivered;
}

const FAILED: readonly RecipientState[] = ["refused", "not-delivered", "timed-out"];
const LATE: readonly RecipientState[] = ["late", "overdue"];
const CLOSED: readonly RecipientState[] = ["delivered", "forwarded"];

/** Characters that the fonts of all systems have, none of them an emoji. */
const SYMBOLS: Readonly<Record<SentTag | "sent", string>> = {
  "not-delivered": "✕",
  late: "!",
  sent: "…",
  accepted: "…",
  delivered: "✓",
};

const RANKS: Readonly<Record<SentTag | "sent", number>> = {
  delivered: 1,
  accepted: 2,
  sent: 3,
  late: 4,
  "not-delivered": 5,
};
