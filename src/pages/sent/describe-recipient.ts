// Belongs here: one recipient of a sent message as a line of the table: state, certified time, and what is to be known about it.
// Does NOT belong here: the sum and what is missing (see describe-sent.ts), drawing.
import type { Receipt, RecipientStatus } from "../../core/index.ts";
import type { Sentence, Value } from "../sentence.ts";
import type { Glyph, Tone } from "../row-view.ts";
import { kindOf, whenOf } from "./sent-values.ts";
import { foreign, foreignAddress, keyOf, phrase, sentence } from "../values.ts";

export interface ReceiptLink {
  /** Message-ID of the receipt. */
  readonly messageId: string;
  readonly labelKey: string;
  /** Names the button for screen readers. */
  readonly spoken: Sentence;
  /** That receipt is the message shown. */
  readonly isShown: boolean;
}

export interface RecipientNote {
  readonly sentence: Sentence;
  /** `quoted`: somebody else's words. */
  readonly look: "plain" | "quoted" | "strong";
  readonly receipt: ReceiptLink | null;
}

export interface SentRecipientView {
  /** Unique in the table. */
  readonly key: string;
  readonly address: Value;
  readonly kindKey: string;
  readonly glyph: Glyph;
  readonly tone: Tone;
  readonly stateKey: string;
  readonly when: Value | null;
  readonly provider: Value | null;
  readonly receipt: ReceiptLink | null;
  /** Id of the delivery receipt whose content can be compared with the sent copy. */
  readonly comparable: { readonly receipt: string; readonly spoken: Sentence } | null;
  readonly notes: readonly RecipientNote[];
}

export interface RecipientOptions {
  readonly locale: string;
  /** Message-ID of the message shown, without brackets. */
  readonly shownMessageId: string;
  readonly hasCopy: boolean;
}

export function describeRecipient(recipient: RecipientStatus, options: RecipientOptions): SentRecipientView {
  const { address, certified, state, decidedBy } = recipient;
  const { locale } = options;
  return {
    key: address,
    address: foreignAddress(address),
    kindKey: certified === null ? "recipient_unknown" : certified ? "recipient_certificato" : "recipient_esterno",
    ...look(recipient),
    stateKey: keyOf("recipient_state", state),
    when: decidedBy && whenFor(decidedBy, locale),
    provider: decidedBy && foreign(decidedBy.provider),
    receipt: decidedBy && linkTo(decidedBy, address, options),
    comparable: comparableOf(recipient, options),
    notes: notesOf(recipient, options),
  };
}

/** The time of the acceptance is none of a delivery, and says so where it stands for want of one. */
function whenFor(receipt: Receipt, locale: string): Value {
  const when = whenOf(receipt, locale);
  return receipt.kind === "accettazione" ? phrase("row_sent_accepted", when) : when;
}

function look({ state }: RecipientStatus): { readonly glyph: Glyph; readonly tone: Tone } {
  switch (state) {
    case "delivered":
      return { glyph: "delivered", tone: "plain" };
    case "refused":
    case "not-delivered":
    case "timed-out":
      return { glyph: "refused", tone: "bad" };
    case "overdue":
      return { glyph: "waiting", tone: "bad" };
    case "late":
      return { glyph: "waiting", tone: "late" };
    case "forwarded":
      return { glyph: "relayed", tone: "plain" };
    case "sent":
    case "accepted":
      return { glyph: "waiting", tone: "plain" };
  }
}

function linkTo(receipt: Receipt, address: string, { shownMessageId }: RecipientOptions): ReceiptLink {
  return {
    messageId: receipt.messageId,
    // Where nothing but the acceptance speaks of a recipient, the button does not promise more.
    labelKey: receipt.kind === "accettazione" ? "sent_open_accepting" : "sent_open_receipt",
    spoken: sentence("sent_open_receipt_of", kindOf(receipt), foreignAddress(address)),
    isShown: receipt.messageId === shownMessageId,
  };
}

/** A synthetic receipt returns no content; whether another one does is known once it is read (pec-messages §5.3). */
function comparableOf(
  { state, decidedBy, address }: RecipientStatus,
  { hasCopy }: RecipientOptions,
): SentRecipientView["comparable"] {
  if (state !== "delivered" || decidedBy === null || decidedBy.requested === "sintetica" || !hasCopy) return null;
  return { receipt: decidedBy.id, spoken: sentence("sent_compare_of", foreignAddress(address)) };
}

function notesOf(recipient: RecipientStatus, options: RecipientOptions): readonly RecipientNote[] {
  const { address, decidedBy, contradictions, receipts, isExpected } = recipient;
  const { locale } = options;
  const others = receipts.filter((receipt) => receipt !== decidedBy && !contradictions.includes(receipt));
  return [
    ...(isExpected ? [] : [plain(sentence("sent_note_unexpected"))]),
    ...contradictions.map((receipt) => {
      const said = [kindOf(receipt), whenOf(receipt, locale), foreign(receipt.provider)];
      const link = linkTo(receipt, address, options);
      return { sentence: sentence("sent_note_contradiction", ...said), look: "strong", receipt: link } as const;
    }),
    ...explanationOf(recipient),
    ...returnedNotes(recipient),
    ...others.map((receipt): RecipientNote => {
      const said = sentence("sent_note_other", kindOf(receipt), whenOf(receipt, locale));
      return { sentence: said, look: "plain", receipt: linkTo(receipt, address, options) };
    }),
  ];
}

const plain = (said: Sentence): RecipientNote => ({ sentence: said, look: "plain", receipt: null });

const quoted = (said: Sentence): RecipientNote => ({ sentence: said, look: "quoted", receipt: null });

/** Plain words, and beside them the provider's own. */
function explanationOf({ state, notice, decidedBy }: RecipientStatus): readonly RecipientNote[] {
  const text = decidedBy === null ? [] : providerText(decidedBy);
  switch (state) {
    case "not-delivered":
      return decidedBy === null ? [] : [plain(sentence(reasonKey(decidedBy))), ...text];
    case "refused":
      return [plain(sentence("sent_reason_refused")), ...text];
    case "timed-out":
      return [plain(sentence("sent_note_24")), ...text];
    case "late":
      if (decidedBy === null) return [plain(sentence("sent_note_clock"))];
      return [plain(sentence(notice === "undecided" ? "sent_note_undecided" : "sent_note_12")), ...text];
    case "overdue":
      return [plain(sentence("sent_note_clock"))];
    case "sent":
    case "accepted":
    case "delivered":
    case "forwarded":
      return [];
  }
}

/** The provider's own words about a failure. */
export function providerText({ errorText }: Receipt): readonly RecipientNote[] {
  const text = errorText?.trim() ?? "";
  return text === "" ? [] : [quoted(sentence("sent_provider_text", foreign(text)))];
}

function returnedNotes({ returned }: RecipientStatus): readonly RecipientNote[] {
  if (returned === null) return [];
  const { action, status, diagnostic } = returned.recipient;
  const text = diagnostic === "" ? status : diagnostic;
  return [
    plain(sentence(keyOf("sent_note_returned", action))),
    ...(text === "" ? [] : [quoted(sentence("sent_returned_text", foreign(text)))]),
  ];
}

/** What the provider wrote, else what its code means: for the row. */
export function reasonOf({ errorText, error }: Receipt): Value {
  const text = errorText?.trim() ?? "";
  return text === "" ? phrase(keyOf("failure", error)) : foreign(text, ROW_REASON_LENGTH);
}

/** The row has other things to say. */
const ROW_REASON_LENGTH = 120;

/** Enhanced status codes (RFC 3463 §3) that a person can do something about; the attribute `errore` knows few reasons (pec-messages §2.8). */
const REASONS: Readonly<Record<string, string>> = {
  "5.1.1": "sent_reason_no_dest",
  "5.1.2": "sent_reason_no_dominio",
  "5.2.1": "sent_reason_closed",
  "5.2.2": "sent_reason_full",
  "4.2.2": "sent_reason_full",
  "5.2.3": "sent_reason_size",
  "5.3.4": "sent_reason_size",
};

function reasonKey({ error, errorText }: Receipt): string {
  if (error === "virus" || error === "no-dest" || error === "no-dominio") return keyOf("sent_reason", error);
  const code = /^\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)/.exec((errorText ?? "").slice(0, 40))?.[1] ?? "";
  return REASONS[code] ?? "sent_reason_other";
}
