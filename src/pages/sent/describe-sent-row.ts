// Belongs here: the one line of the collapsed pane of a sent message (ui.md, "The collapsed row").
// Does NOT belong here: the table of recipients (see describe-sent.ts), the rows of received messages (see message/describe-row.ts).
import type { Receipt, RecipientState, RecipientStatus, SentStatus } from "../../core/index.ts";
import type { SentReport } from "../../messages.ts";
import type { Sentence, Value } from "../sentence.ts";
import type { Glyph, RowView, Tone } from "../row-view.ts";
import { reasonOf } from "./describe-recipient.ts";
import { countsOf, elapsedValue, expectedOf, joined, whenOf } from "./sent-values.ts";
import { foreign, foreignAddress, keyOf, own, phrase, sentence } from "../values.ts";

/** @param now milliseconds UTC */
export function describeSentRow({ entry, status }: SentReport, now: number, locale: string): RowView {
  const recipients = expectedOf(status.recipients);
  const tone = toneOf(status);
  const said: Sentence = status.acceptanceMissing
    ? sentence("row_sent_no_acceptance", elapsedValue(now - firstSent(entry.copies, now), locale))
    : sentenceFor(status, recipients, locale);
  const contradicted = status.recipients.some(({ contradictions }) => contradictions.length > 0);
  const returned = recipients.some((recipient) => recipient.returned?.recipient.action === "failed");
  const parts = [
    // First: a word such as «Consegnata» is not to be believed before it.
    ...(contradicted ? [phrase("row_sent_contradiction")] : []),
    valueOf(said),
    ...(returned ? [phrase("row_sent_returned")] : []),
  ];
  return {
    glyph: contradicted ? "unknown" : glyphOf(recipients),
    tone,
    sentence: parts.length === 1 ? said : sentence("row_sent_pair", ...pairOf(parts)),
  };
}

const firstSent = (copies: SentReport["entry"]["copies"], now: number): number =>
  Math.min(now, ...copies.map(({ sentAt }) => sentAt ?? now));

const valueOf = (said: Sentence): Value => ({ type: "sentence", sentence: said });

function sentenceFor(status: SentStatus, recipients: readonly RecipientStatus[], locale: string): Sentence {
  const { refusal, acceptance } = status;
  if (refusal !== null && recipients.every(({ state }) => state === "refused")) {
    return sentence("row_sent_refused", foreign(refusal.provider), whenOf(refusal, locale));
  }
  const [only, ...others] = recipients;
  if (only !== undefined && others.length === 0) return sentenceForOne(only, acceptance, locale);
  if (recipients.every(({ state }) => state === "sent")) {
    return sentence("row_sent_waiting", own(String(recipients.length)));
  }
  const parts = [
    ...deliveredPart(recipients),
    ...countsOf(recipients, ["delivered"]),
    ...acceptedPart(acceptance, locale),
  ];
  return sentence("row_sent_pair", ...pairOf(parts));
}

/** Of how many a delivery was due; of ordinary mail none is, so «1 di 2» would alarm where all is in order. */
function deliveredPart(recipients: readonly RecipientStatus[]): readonly Value[] {
  const due = recipients.filter(({ state }) => state !== "forwarded");
  if (due.length === 0) return [];
  const count = own(String(due.length));
  const delivered = due.filter(({ state }) => state === "delivered").length;
  if (delivered < due.length) return [phrase("row_sent_some", own(String(delivered)), count)];
  const all = due.length === recipients.length ? "row_sent_all" : "row_sent_all_certified";
  if (due.length === 2) return [phrase(`${all}_two`)];
  return [due.length === 1 ? phrase("row_sent_all_certified_one") : phrase(all, count)];
}

function acceptedPart(acceptance: Receipt | null, locale: string): readonly Value[] {
  return acceptance === null ? [] : [phrase("row_sent_accepted", whenOf(acceptance, locale))];
}

function sentenceForOne(recipient: RecipientStatus, acceptance: Receipt | null, locale: string): Sentence {
  const { state, decidedBy } = recipient;
  const address = foreignAddress(recipient.address);
  const key = keyOf("row_sent_one", state);
  if (decidedBy !== null && state !== "late") {
    const [when, provider] = [whenOf(decidedBy, locale), foreign(decidedBy.provider)];
    if (state === "delivered") return sentence("row_avvenuta_consegna", address, when, provider);
    if (state === "timed-out") return sentence("row_preavviso_24", address, provider, when);
    if (state === "not-delivered") return sentence("row_errore_consegna", address, reasonOf(decidedBy), provider, when);
    if (state === "accepted") return sentence(key, when, address);
  }
  const parts = [phrase(key, address), ...acceptedPart(acceptance, locale)];
  return state === "sent" ? sentence(key, address) : sentence("row_sent_pair", ...pairOf(parts));
}

function pairOf([first = own(""), ...rest]: readonly Value[]): readonly Value[] {
  return [first, joined(rest, "row_sent_pair")];
}

function toneOf({ recipients, acceptanceMissing }: SentStatus): Tone {
  const isBad = recipients.some(
    ({ state, contradictions }) =>
      contradictions.length > 0 ||
      state === "refused" ||
      state === "not-delivered" ||
      state === "timed-out" ||
      state === "overdue",
  );
  if (isBad || acceptanceMissing) return "bad";
  return recipients.some(({ state }) => state === "late") ? "late" : "plain";
}

function glyphOf(recipients: readonly RecipientStatus[]): Glyph {
  const met = (...states: readonly RecipientState[]): boolean => recipients.some(({ state }) => states.includes(state));
  if (met("refused", "not-delivered", "timed-out")) return "refused";
  if (met("sent", "accepted", "late", "overdue")) return "waiting";
  return met("delivered") ? "delivered" : "relayed";
}
