// Belongs here: the received PEC that a message answers: whose mailbox it came from, and how its sender is answered.
// Does NOT belong here: the window to write in (see ports/outgoing-messages.ts), answers that our own buttons begin (see run-action.ts).
import type { AnsweredPec, Inspection } from "../../core/index.ts";
import type { MessageSource } from "../../ports/message-source.ts";
import type { Translate } from "../../ports/translate.ts";
import { replyDraft } from "../message/draft.ts";

export interface Answered {
  readonly pec: AnsweredPec;
  /** Whom, and under which subject, an answer to its sender goes; `null`: it carries no message of anybody else. */
  readonly toSender: { readonly to: readonly string[]; readonly subject: string } | null;
  /** The message came by PEC from somebody: an answer to them may be meant as PEC too. */
  readonly isCertified: boolean;
}

export interface AnsweredPecsDependencies {
  readonly source: MessageSource;
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  readonly translate: Translate;
}

/** Numbers of messages are good for one run of Thunderbird; a window is asked about again and again. */
const MAX_KEPT = 20;

/** @returns what tells it of a message by its number; `null`: it is no PEC, or not a provider's */
export function createAnsweredPecs(
  dependencies: AnsweredPecsDependencies,
): (messageId: number) => Promise<Answered | null> {
  const kept = new Map<number, Promise<Answered | null>>();
  return (messageId) => {
    const known = kept.get(messageId);
    if (known !== undefined) return known;
    const reading = read(messageId, dependencies);
    kept.set(messageId, reading);
    // What failed once may go well later: an IMAP server that was away is back.
    reading.catch(() => kept.delete(messageId));
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
    return reading;
  };
}

async function read(
  messageId: number,
  { source, inspect, translate }: AnsweredPecsDependencies,
): Promise<Answered | null> {
  const { kind, look, seal, header, original } = await inspect(await source.read(messageId));
  // A forgery names whom it likes; Thunderbird's own answer goes where every answer to it would.
  if (look === "none" || seal.indication === "TOTAL-FAILED" || kind === null || kind === "rem") return null;
  const carries = kind === "posta-certificata" || kind === "anomalia";
  const draft =
    carries && original !== null ? replyDraft(original, "", { all: false, ownAddresses: [], translate }) : null;
  const isAnswerable = draft !== null && draft.to.length > 0;
  return {
    pec: { serviceAddress: header.fromAddress, subject: isAnswerable ? (original?.subject ?? null) : null },
    toSender: isAnswerable ? { to: draft.to, subject: draft.subject } : null,
    isCertified: kind === "posta-certificata",
  };
}
