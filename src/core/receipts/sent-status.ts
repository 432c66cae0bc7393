// Belongs here: what the receipts of one sent message say of each recipient at a given moment (pec-messages §§5.4, 5.5, 7).
// Does NOT belong here: which receipts belong together (see ledger-entry.ts), wording (see _locales).
//
// A function of a set and a moment: order and repetition cannot matter. What receipts say wins over the clock, and what contradicts
// the state that is shown is kept beside it, never resolved in silence.
import { plainAddress } from "./identifiers.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { noticeStage, type NoticeStage } from "./notice-stage.ts";
import type { Receipt } from "./receipt.ts";
import type { ReturnedMail, ReturnedRecipient } from "./returned-mail.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The rules fix no time for the acceptance (it is agreed with the provider, DM 2/11/2005 art. 12); within half an hour it is normally there. */
export const ACCEPTANCE_DUE = 30 * MINUTE;
/** RFC 6109 §3.1.6: after that the sender is told that delivery is late. */
export const DELIVERY_LATE = 12 * HOUR;
/** DPR 68/2005 art. 8: by then the sender must have been told of a failure. */
export const DELIVERY_OVERDUE = 24 * HOUR;

export type RecipientState =
  /** Sent, and nothing is known yet. */
  | "sent"
  | "accepted"
  | "refused"
  | "delivered"
  | "not-delivered"
  /** By the notice of 12 hours, by one that does not tell which it is, or by the clock. */
  | "late"
  /** By the notice of 24 hours: the transmission is closed. */
  | "timed-out"
  /** By the clock: 24 hours have passed, and no receipt tells anything. */
  | "overdue"
  /** Ordinary mail: no receipt will ever come (pec-messages §5.4). */
  | "forwarded";

export interface RecipientStatus {
  /** In lower case. */
  readonly address: string;
  /** A PEC mailbox, as the provider said in a receipt; `null`: no receipt has told. */
  readonly certified: boolean | null;
  readonly state: RecipientState;
  /** The receipt that decides; `null`: the clock, or nothing yet. */
  readonly decidedBy: Receipt | null;
  /** Of a notice that decides: which one it is. */
  readonly notice: NoticeStage | null;
  /** Receipts that say otherwise than `state`. */
  readonly contradictions: readonly Receipt[];
  /** Every receipt about this recipient, by certified time. */
  readonly receipts: readonly Receipt[];
  /** What an unsigned notice says of a recipient outside PEC. */
  readonly returned: { readonly mail: ReturnedMail; readonly recipient: ReturnedRecipient } | null;
}

export interface SentStatus {
  readonly acceptance: Receipt | null;
  readonly refusal: Receipt | null;
  /** How often the message was sent: a client that tries again sends it under the same Message-ID. */
  readonly sends: number;
  /** No acceptance in time; only a copy with a readable Date can tell. */
  readonly acceptanceMissing: boolean;
  readonly recipients: readonly RecipientStatus[];
  /** When the clock alone will change this status next, milliseconds UTC; `null`: never. */
  readonly changesAt: number | null;
}

/** `now`: milliseconds UTC. */
export function sentStatus(entry: LedgerEntry, now: number): SentStatus {
  const receipts = [...entry.receipts].sort(byTime);
  const acceptance = firstOf(receipts, "accettazione");
  const refusal = firstOf(receipts, "non-accettazione");
  const sentAt = earliest(entry.copies.map((copy) => copy.sentAt).filter((time) => time !== null));
  const acceptanceOpen = acceptance === null && refusal === null && sentAt !== null && !receipts.some(isAboutOne);
  const recipients = expectedRecipients(entry, receipts).map(({ address, certified }) =>
    recipientStatus({ address, certified, acceptance, refusal, now, entry, receipts }),
  );
  const clocks = [
    ...(acceptanceOpen ? [sentAt + ACCEPTANCE_DUE] : []),
    ...(acceptance !== null && recipients.some(isOpen)
      ? [acceptance.time.instant + DELIVERY_LATE, acceptance.time.instant + DELIVERY_OVERDUE]
      : []),
  ];
  return {
    acceptance,
    refusal,
    sends: new Set(receipts.map(({ identifier }) => identifier)).size,
    acceptanceMissing: acceptanceOpen && now >= sentAt + ACCEPTANCE_DUE,
    recipients,
    changesAt: earliest(clocks.filter((time) => time > now)),
  };
}

const isOpen = ({ state }: RecipientStatus): boolean => state === "accepted" || state === "late";

const isAboutOne = ({ recipient }: Receipt): boolean => recipient !== null;

function byTime(left: Receipt, right: Receipt): number {
  return left.time.instant - right.time.instant || (left.id < right.id ? -1 : 1);
}

function firstOf(receipts: readonly Receipt[], kind: Receipt["kind"]): Receipt | null {
  return receipts.find((receipt) => receipt.kind === kind) ?? null;
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * The provider's list defines who is expected (every receipt repeats it); before any receipt, the copy's own fields. A recipient that
 * only a receipt names is added: nothing that was certified is left out.
 */
function expectedRecipients(
  entry: LedgerEntry,
  receipts: readonly Receipt[],
): readonly { readonly address: string; readonly certified: boolean | null }[] {
  const expected = new Map<string, boolean | null>();
  // The acceptance comes from the sender's own provider; where lists differ, its word on PEC or ordinary mail stands.
  const lists = [...receipts].sort((a, b) => Number(b.kind === "accettazione") - Number(a.kind === "accettazione"));
  for (const { recipients } of lists) {
    for (const { indirizzo, tipo } of recipients) {
      const address = plainAddress(indirizzo);
      if (!expected.has(address)) expected.set(address, tipo === "certificato");
    }
  }
  if (receipts.length === 0) {
    for (const address of entry.copies.flatMap((copy) => copy.recipients)) expected.set(plainAddress(address), null);
  }
  for (const { recipient } of receipts) {
    if (recipient !== null && !expected.has(recipient)) expected.set(recipient, null);
  }
  return [...expected].map(([address, certified]) => ({ address, certified }));
}

interface Circumstances {
  readonly address: string;
  readonly certified: boolean | null;
  readonly acceptance: Receipt | null;
  readonly refusal: Receipt | null;
  readonly now: number;
  readonly entry: LedgerEntry;
  /** By time. */
  readonly receipts: readonly Receipt[];
}

function recipientStatus(circumstances: Circumstances): RecipientStatus {
  const { address, certified, receipts } = circumstances;
  const about = receipts.filter(({ recipient }) => recipient === address);
  const decision = decide(circumstances, about);
  return {
    address,
    certified,
    notice: null,
    ...decision,
    contradictions: contradictionsOf(decision.state, circumstances, about),
    receipts: about,
    returned: certified === false ? returnedFor(circumstances) : null,
  };
}

interface Decision {
  readonly state: RecipientState;
  readonly decidedBy: Receipt | null;
  readonly notice?: NoticeStage;
}

function decide({ certified, acceptance, refusal, now }: Circumstances, about: readonly Receipt[]): Decision {
  const delivery = firstOf(about, "avvenuta-consegna");
  if (delivery !== null) return { state: "delivered", decidedBy: delivery };
  const failure = firstOf(about, "errore-consegna");
  if (failure !== null) return { state: "not-delivered", decidedBy: failure };
  const notices = about.filter(({ kind }) => kind === "preavviso-errore-consegna");
  const stages = notices.map((notice) => ({ notice, stage: stageOf(notice, acceptance) }));
  const final = stages.find(({ stage }) => stage === "twenty-four-hours");
  if (final !== undefined) return { state: "timed-out", decidedBy: final.notice, notice: final.stage };
  // Refused by one provider and accepted in a second try: the try that went through counts.
  if (acceptance === null) {
    const late = stages[0];
    if (late !== undefined) return { state: "late", decidedBy: late.notice, notice: late.stage };
    return refusal === null ? { state: "sent", decidedBy: null } : { state: "refused", decidedBy: refusal };
  }
  if (certified === false) return { state: "forwarded", decidedBy: acceptance };
  const elapsed = now - acceptance.time.instant;
  if (elapsed >= DELIVERY_OVERDUE) return { state: "overdue", decidedBy: null };
  const late = stages[0];
  if (late !== undefined) return { state: "late", decidedBy: late.notice, notice: late.stage };
  return elapsed >= DELIVERY_LATE ? { state: "late", decidedBy: null } : { state: "accepted", decidedBy: acceptance };
}

function stageOf(notice: Receipt, acceptance: Receipt | null): NoticeStage {
  const known = acceptance !== null && sameSend(notice, acceptance);
  return noticeStage(notice.errorText, known ? notice.time.instant - acceptance.time.instant : null);
}

/** A late notice before a delivery is normal (RFC 6109 §3.1.6); a failure, a closed transmission or a refusal beside one is not. */
function contradictionsOf(
  state: RecipientState,
  { acceptance, refusal }: Circumstances,
  about: readonly Receipt[],
): readonly Receipt[] {
  const opposed = about.filter((receipt) => {
    if (receipt.kind === "errore-consegna") return state === "delivered";
    if (receipt.kind !== "preavviso-errore-consegna") return false;
    return state === "delivered" && stageOf(receipt, acceptance) === "twenty-four-hours";
  });
  // The refusal of another send under the same Message-ID opposes nothing.
  const refused = refusal !== null && state !== "refused" && sameSend(refusal, about[0] ?? acceptance);
  return refused ? [...opposed, refusal] : opposed;
}

const sameSend = (one: Receipt, other: Receipt | null): boolean => one.identifier === other?.identifier;

/** The last word of the other server; ties by id, so that the same notices always give the same answer. */
function returnedFor({ address, entry }: Circumstances): RecipientStatus["returned"] {
  const found = entry.returned.flatMap((mail) =>
    mail.recipients.filter((recipient) => recipient.address === address).map((recipient) => ({ mail, recipient })),
  );
  return found.sort((left, right) => (right.mail.date ?? 0) - (left.mail.date ?? 0))[0] ?? null;
}
