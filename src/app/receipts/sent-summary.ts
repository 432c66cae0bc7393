// Belongs here: the fate of a sent message in one word: its tag, and its cell in the message list.
// Does NOT belong here: the fate itself (core/receipts), the words (see _locales).
import type { RecipientState, RecipientStatus, SentStatus } from "../../core/index.ts";
import type { SentTag } from "../../ports/sent-tags.ts";
import type { Translate } from "../../ports/translate.ts";

export interface SentCell {
  /** Symbol and words; empty: there is nothing to say. */
  readonly text: string;
  /** The worse, the higher. */
  readonly rank: number;
}

/** `null`: nothing is known yet. */
export function sentTag(status: SentStatus): SentTag | null {
  const states = statesOf(status, isUndisputed);
  if (states.some((state) => FAILED.includes(state))) return "not-delivered";
  // Nobody has said that an overdue message was not delivered: only time has passed.
  if (status.acceptanceMissing || states.some((state) => LATE.includes(state))) return "late";
  // Of what receipts contradict each other in, no tag speaks.
  if (isDisputed(status)) return status.acceptance === null ? null : "accepted";
  if (states.includes("delivered") && states.every((state) => CLOSED.includes(state))) return "delivered";
  return status.acceptance === null ? null : "accepted";
}

/** Shape and words, never colour: a cell of the list has none of its own. */
export function sentCell(status: SentStatus, translate: Translate): SentCell {
  if (isDisputed(status)) return { text: `? ${translate("cell_contradiction")}`, rank: DISPUTED_RANK };
  const states = statesOf(status);
  const kind = sentTag(status) ?? "sent";
  const isForwarded = states.length > 0 && states.every((state) => state === "forwarded");
  const words = status.acceptanceMissing ? translate("recipient_state_no_acceptance") : wordsFor(states, translate);
  return { text: `${isForwarded ? "→" : SYMBOLS[kind]} ${words}`, rank: RANKS[kind] };
}

/** An address that only a receipt names, and nobody wrote to, does not count. */
function statesOf(
  { recipients }: SentStatus,
  counts: (recipient: RecipientStatus) => boolean = () => true,
): readonly RecipientState[] {
  return recipients.filter((recipient) => recipient.isExpected && counts(recipient)).map(({ state }) => state);
}

const isUndisputed = ({ contradictions }: RecipientStatus): boolean => contradictions.length === 0;
const isDisputed = ({ recipients }: SentStatus): boolean => !recipients.every(isUndisputed);

function wordsFor(states: readonly RecipientState[], translate: Translate): string {
  const [first = "sent"] = states;
  const isSame = states.every((state) => state === first);
  if (isSame && (states.length <= 1 || first !== "delivered")) {
    return translate(`recipient_state_${first.replaceAll("-", "_")}`);
  }
  // Of ordinary recipients no receipt is due.
  const expected = states.filter((state) => state !== "forwarded");
  const count = (state: RecipientState): number => states.filter((each) => each === state).length;
  const delivered = translate("cell_delivered_of", [String(count("delivered")), String(expected.length)]);
  const worst = WORST_FIRST.find((state) => count(state) > 0);
  if (worst === undefined) return delivered;
  const number = count(worst) === 1 ? "one" : "many";
  return `${delivered}, ${translate(`sent_count_${worst.replaceAll("-", "_")}_${number}`, [String(count(worst))])}`;
}

const FAILED: readonly RecipientState[] = ["refused", "not-delivered", "timed-out"];
const LATE: readonly RecipientState[] = ["late", "overdue"];
/** What is named beside what was delivered; that the rest is awaited goes without saying. */
const WORST_FIRST: readonly RecipientState[] = [...FAILED, "overdue", "late"];
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

/** Nothing else needs a look more. */
const DISPUTED_RANK = 6;
