// Belongs here: the fate of a sent message as data: the sum in a sentence, the recipients, what is missing, what does not count.
// Does NOT belong here: single recipients (see describe-recipient.ts), drawing (see message/draw-sent.ts, ledger/draw-details.ts), judging receipts (core/receipts).
//
// Everything here comes from verified receipts, from the clock, or from the sender's own copy; what was not verified is named apart and
// nothing that it claims of recipients is repeated.
import type { Receipt, RecipientStatus } from "../../core/index.ts";
import type { SentReport } from "../../messages.ts";
import type { Sentence, Value } from "../sentence.ts";
import { instantSentence } from "../certified-time.ts";
import { describeRecipient, providerText, type RecipientNote, type SentRecipientView } from "./describe-recipient.ts";
import type { RowView } from "../row-view.ts";
import { describeSentRow } from "./describe-sent-row.ts";
import { BY_CONCERN, countsOf, elapsedValue, expectedOf, joined, kindOf, whenOf } from "./sent-values.ts";
import { foreign, foreignAddress, keyOf, own, phrase, sentence } from "../values.ts";

/** DPR 68/2005 art. 8 (pec-messages §5.5). */
const OUTCOME_DUE = 24 * 3_600_000;

export interface MessageLink {
  readonly messageId: string;
  readonly labelKey: string;
}

export interface SentView {
  readonly role: SentReport["role"];
  /** Finds the entry. */
  readonly link: string;
  /** Of the sent message; a receipt keeps its own. */
  readonly row: RowView;
  readonly sum: Sentence;
  /** Why it was refused: of the whole message. */
  readonly sumNotes: readonly RecipientNote[];
  /** Worst first. */
  readonly recipients: readonly SentRecipientView[];
  /** What has not come, and what to do. */
  readonly missing: readonly Sentence[];
  readonly remarks: readonly Sentence[];
  readonly unverified: readonly { readonly id: string; readonly sentence: Sentence; readonly messageId: string }[];
  /** The sent message and what concerns it as a whole; not the message shown. */
  readonly links: readonly MessageLink[];
  /** How many verified ones there are. */
  readonly receipts: number;
  /** A complete delivery receipt is there, which may hold the message: whether it does is known once it is read. */
  readonly isRestorable: boolean;
}

export interface DescribeSentOptions {
  /** Milliseconds UTC. */
  readonly now: number;
  /** BCP 47 tag of the user interface. */
  readonly locale: string;
  /** Message-ID of the message shown; empty: none is. */
  readonly shownMessageId: string;
}

export function describeSent(sent: SentReport, { now, locale, shownMessageId }: DescribeSentOptions): SentView {
  const { role, entry, status, unverified } = sent;
  const shown = shownMessageId.replace(/^\s*<|>\s*$/g, "");
  const options = { locale, shownMessageId: shown, hasCopy: entry.copies.length > 0 };
  const refused = isRefused(sent);
  return {
    role,
    link: entry.links[0] ?? "",
    row: describeSentRow(sent, now, locale),
    sum: sumOf(sent, locale),
    sumNotes: refused && status.refusal !== null ? [refusedNote, ...providerText(status.refusal)] : [],
    recipients: byConcern(status.recipients).map((recipient) => {
      const view = describeRecipient(recipient, options);
      // Told once above the table.
      return refused ? { ...view, receipt: null, notes: [] } : view;
    }),
    missing: missingOf(sent, now, locale),
    remarks: remarksOf(sent),
    unverified: unverified.map((receipt) => ({
      id: receipt.id,
      sentence: sentence(receipt.restored === true ? "sent_restored" : "sent_unverified", kindOf(receipt)),
      messageId: receipt.messageId,
    })),
    links: linksFor(sent, shown),
    receipts: entry.receipts.length,
    isRestorable: entry.receipts.some(
      ({ kind, requested }) => kind === "avvenuta-consegna" && requested === "completa",
    ),
  };
}

const refusedNote: RecipientNote = { sentence: sentence("sent_reason_refused"), look: "plain", receipt: null };

function isRefused({ status }: SentReport): boolean {
  return status.refusal !== null && status.recipients.every(({ state }) => state === "refused");
}

/** Stable: those of one state stay in the order in which the message names them. */
function byConcern(recipients: readonly RecipientStatus[]): readonly RecipientStatus[] {
  const rank = ({ state, contradictions }: RecipientStatus): number =>
    contradictions.length > 0 ? -1 : BY_CONCERN.indexOf(state);
  return [...recipients].sort((left, right) => rank(left) - rank(right));
}

function sumOf(sent: SentReport, locale: string): Sentence {
  const { acceptance, refusal, recipients } = sent.status;
  if (refusal !== null && isRefused(sent)) {
    return sentence("sent_sum_refused", foreign(refusal.provider), whenOf(refusal, locale));
  }
  const [only, ...others] = expectedOf(recipients);
  const counts =
    only !== undefined && others.length === 0
      ? phrase(keyOf("recipient_state", only.state))
      : joined(countsOf(expectedOf(recipients), []), "sent_list_pair");
  if (acceptance === null) {
    const isOpen = expectedOf(recipients).every(({ state }) => state === "sent");
    return isOpen ? sentence("sent_sum_nothing") : sentence("sent_sum_open", counts);
  }
  return sentence("sent_sum_accepted", foreign(acceptance.provider), whenOf(acceptance, locale), counts);
}

function missingOf({ entry, status, collecting }: SentReport, now: number, locale: string): readonly Sentence[] {
  if (collecting === true) return [sentence("sent_collecting")];
  const { acceptance, recipients, acceptanceMissing } = status;
  if (acceptanceMissing) {
    const sentAt = Math.min(now, ...entry.copies.map((copy) => copy.sentAt ?? now));
    return [sentence("sent_missing_acceptance", elapsedValue(now - sentAt, locale))];
  }
  if (acceptance === null) {
    return recipients.some(({ state }) => state === "sent") && entry.receipts.length === 0
      ? [sentence("sent_missing_acceptance_yet")]
      : [];
  }
  const waiting = recipients.filter(({ state }) => state === "accepted" || state === "late" || state === "overdue");
  return [...byAcceptance(waiting)].flatMap(([accepted, those]) => {
    const overdue = those.filter(({ state }) => state === "overdue");
    const open = those.filter(({ state }) => state !== "overdue");
    const elapsed = elapsedValue(now - accepted.time.instant, locale);
    const { instant, offset } = accepted.time;
    const until: Value = { type: "sentence", sentence: instantSentence(instant + OUTCOME_DUE, offset, locale) };
    return [
      ...(overdue.length === 0
        ? []
        : [sentence("sent_missing_overdue", whoOf(overdue), elapsed, until, foreign(accepted.provider))]),
      ...(open.length === 0 ? [] : [sentence("sent_missing_delivery", whoOf(open), elapsed, until)]),
    ];
  });
}

/** The deadlines run from the acceptance of the send that decides. */
function byAcceptance(recipients: readonly RecipientStatus[]): ReadonlyMap<Receipt, readonly RecipientStatus[]> {
  const groups = new Map<Receipt, RecipientStatus[]>();
  for (const recipient of recipients) {
    if (recipient.acceptance === null) continue;
    const group = groups.get(recipient.acceptance);
    if (group === undefined) groups.set(recipient.acceptance, [recipient]);
    else group.push(recipient);
  }
  return groups;
}

function whoOf(recipients: readonly RecipientStatus[]): Value {
  const [only, ...others] = recipients;
  return only !== undefined && others.length === 0
    ? foreignAddress(only.address)
    : phrase("sent_recipients_count", own(String(recipients.length)));
}

function remarksOf({ entry, status, collecting }: SentReport): readonly Sentence[] {
  return [
    // Sent mail is looked through last.
    ...(entry.copies.length === 0 && collecting !== true ? [sentence("sent_no_copy")] : []),
    ...(status.sends > 1 ? [sentence("sent_several_sends", own(String(status.sends)))] : []),
  ];
}

function linksFor({ role, entry, status }: SentReport, shownMessageId: string): readonly MessageLink[] {
  const [copy] = entry.copies;
  const links: readonly (MessageLink | null)[] = [
    role !== "sent-copy" && copy !== undefined ? { messageId: copy.messageId, labelKey: "sent_open_message" } : null,
    status.acceptance && { messageId: status.acceptance.messageId, labelKey: "sent_open_acceptance" },
    status.refusal && { messageId: status.refusal.messageId, labelKey: "sent_open_refusal" },
  ];
  return links.filter((link) => link !== null && link.messageId !== shownMessageId).filter((link) => link !== null);
}
