// Belongs here: what the receipts of one sent message say of each recipient at a given moment (pec-messages §§5.4, 5.5, 7).
// Does NOT belong here: which receipts belong together (see ledger-entry.ts), wording (see _locales).
//
// A function of a set and a moment: order and repetition cannot matter. What receipts say wins over the clock, and what contradicts
// the state that is shown is kept beside it, never resolved in silence.
//
// A client that tries again sends under the same Message-ID, and the provider gives every send an identifier of its own. Each send is
// judged by itself, then the one that decides is chosen: the failure of a first try says nothing against the delivery of a second.
//
// Any PEC provider's seal counts, whatever its domain: nothing public tells which provider serves which mailbox (pec-messages §4.5).
// So what one honest provider can be made to seal must not mislead: whoever got the envelope may hand it in for somebody else, whose
// provider then certifies that delivery. It is true, it is shown, and it is said that the sender did not write to that address.
import { plainAddress } from "./identifiers.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { noticeStage, type NoticeStage } from "./notice-stage.ts";
import { byTime, type Receipt } from "./receipt.ts";
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
  /** Whether the acceptance lists it; without one, any receipt's list or the copy. Else the sender did not write to that address. */
  readonly isExpected: boolean;
  /** Of the send that decides, from which the deadlines run; `null`: none is known. */
  readonly acceptance: Receipt | null;
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
  /** The first one. */
  readonly acceptance: Receipt | null;
  /** The last one. */
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
  const sends = sendsOf(receipts);
  const sentAt = earliest(entry.copies.map((copy) => copy.sentAt).filter((time) => time !== null));
  // Whatever a receipt says of a message, a provider has taken it.
  const acceptanceOpen = receipts.length === 0 && sentAt !== null;
  const recipients = addressesOf(entry, sends).map((address) => recipientStatus(address, { sends, entry, now }));
  const clocks = [
    ...(acceptanceOpen ? [sentAt + ACCEPTANCE_DUE] : []),
    ...recipients.filter(isOpen).flatMap(({ acceptance }) => (acceptance === null ? [] : deadlinesOf(acceptance))),
  ];
  return {
    acceptance: firstOf(receipts, "accettazione"),
    refusal: firstOf([...receipts].reverse(), "non-accettazione"),
    sends: sends.length,
    acceptanceMissing: acceptanceOpen && now >= sentAt + ACCEPTANCE_DUE,
    recipients,
    changesAt: earliest(clocks.filter((time) => time > now)),
  };
}

/** The clock may still change it: it never does for ordinary mail (pec-messages §5.4). */
const isOpen = ({ state, certified }: RecipientStatus): boolean =>
  state === "accepted" || (state === "late" && certified !== false);

const deadlinesOf = ({ time }: Receipt): readonly number[] => [
  time.instant + DELIVERY_LATE,
  time.instant + DELIVERY_OVERDUE,
];

function firstOf(receipts: readonly Receipt[], kind: Receipt["kind"]): Receipt | null {
  return receipts.find((receipt) => receipt.kind === kind) ?? null;
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}

/** What the provider was handed once. */
interface Send {
  /** By time. */
  readonly receipts: readonly Receipt[];
  readonly acceptance: Receipt | null;
  readonly refusal: Receipt | null;
  /** Whom the acceptance lists, or without one any receipt, and whether each is a PEC mailbox. */
  readonly listed: ReadonlyMap<string, boolean>;
  /** Receipts about one recipient, each by time. */
  readonly about: ReadonlyMap<string, readonly Receipt[]>;
}

/** The last one begun comes first. `receipts`: by time. */
function sendsOf(receipts: readonly Receipt[]): readonly Send[] {
  const byIdentifier = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const known = byIdentifier.get(receipt.identifier);
    if (known === undefined) byIdentifier.set(receipt.identifier, [receipt]);
    else known.push(receipt);
  }
  const sends = [...byIdentifier.values()].map((each): Send => {
    const acceptance = firstOf(each, "accettazione");
    const refusal = firstOf(each, "non-accettazione");
    // Every receipt repeats the list; the sender's own provider is the one that knows it.
    const listed = listedIn(acceptance === null ? each : [acceptance]);
    return { receipts: each, acceptance, refusal, listed, about: byRecipient(each) };
  });
  const begunAt = ({ acceptance, refusal, receipts: each }: Send): number =>
    (acceptance ?? refusal ?? each[0])?.time.instant ?? 0;
  // Stable: of two begun in the same second the one whose first receipt has the smaller id comes first.
  return sends.sort((left, right) => begunAt(right) - begunAt(left));
}

function byRecipient(receipts: readonly Receipt[]): ReadonlyMap<string, readonly Receipt[]> {
  const about = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    if (receipt.recipient === null) continue;
    const known = about.get(receipt.recipient);
    if (known === undefined) about.set(receipt.recipient, [receipt]);
    else known.push(receipt);
  }
  return about;
}

function listedIn(receipts: readonly Receipt[]): ReadonlyMap<string, boolean> {
  const listed = new Map<string, boolean>();
  const lists = new Set(receipts.map(({ recipients }) => recipients));
  for (const list of lists) {
    for (const { indirizzo, tipo } of list) {
      const address = plainAddress(indirizzo);
      // An empty element names nobody, and nobody is late.
      if (address !== "" && !listed.has(address)) listed.set(address, tipo === "certificato");
    }
  }
  return listed;
}

/** Those listed; before any receipt, those of the copy; and whoever else a receipt speaks of: nothing that was certified is left out. */
function addressesOf({ copies }: LedgerEntry, sends: readonly Send[]): readonly string[] {
  if (sends.length === 0) return [...new Set(copies.flatMap((copy) => copy.recipients.map(plainAddress)))];
  return [...new Set(sends.flatMap(({ listed, about }) => [...listed.keys(), ...about.keys()]))];
}

interface Circumstances {
  readonly sends: readonly Send[];
  readonly entry: LedgerEntry;
  readonly now: number;
}

function recipientStatus(address: string, { sends, entry, now }: Circumstances): RecipientStatus {
  const certified = sends.map(({ listed }) => listed.get(address)).find((each) => each !== undefined) ?? null;
  const concerned = sends.filter(({ listed, about }) => listed.has(address) || about.has(address));
  const decisions = concerned.map((send) => decide(send, address, now));
  const decision = [...decisions].sort((left, right) => WEIGHT[right.state] - WEIGHT[left.state])[0] ?? NOTHING_KNOWN;
  const anyAccepted = sends.some(({ acceptance }) => acceptance !== null);
  return {
    address,
    certified,
    isExpected:
      sends.length === 0 ||
      sends.some(({ acceptance, listed }) => (acceptance !== null || !anyAccepted) && listed.has(address)),
    acceptance: decision.acceptance,
    state: decision.state,
    decidedBy: decision.decidedBy,
    notice: decision.notice,
    contradictions: decision.contradictions,
    receipts: concerned.flatMap(({ about }) => about.get(address) ?? []).sort(byTime),
    returned: certified === true ? null : returnedFor(address, entry),
  };
}

/** Which send decides: one that delivered; then the last that was taken; then one of which nothing is known; then a refused one. */
const WEIGHT: Readonly<Record<RecipientState, number>> = {
  delivered: 3,
  accepted: 2,
  forwarded: 2,
  late: 2,
  overdue: 2,
  "timed-out": 2,
  "not-delivered": 2,
  sent: 1,
  refused: 0,
};

type Decision = Pick<RecipientStatus, "state" | "decidedBy" | "notice" | "acceptance" | "contradictions">;

const NOTHING_KNOWN: Decision = { state: "sent", decidedBy: null, notice: null, acceptance: null, contradictions: [] };

function decide(send: Send, address: string, now: number): Decision {
  const about = send.about.get(address) ?? [];
  const notices = about
    .filter(({ kind }) => kind === "preavviso-errore-consegna")
    .map((receipt) => ({ receipt, stage: stageOf(receipt, send.acceptance) }));
  const { acceptance } = send;
  const { state, decidedBy, notice = null } = stateOf(send, address, now, about, notices);
  const opposed = contradictionsOf(state, send, address, about, notices);
  return { state, decidedBy, notice, acceptance, contradictions: opposed };
}

interface StagedNotice {
  readonly receipt: Receipt;
  readonly stage: NoticeStage;
}

function stateOf(
  { acceptance, refusal, listed }: Send,
  address: string,
  now: number,
  about: readonly Receipt[],
  notices: readonly StagedNotice[],
): { readonly state: RecipientState; readonly decidedBy: Receipt | null; readonly notice?: NoticeStage } {
  const delivery = firstOf(about, "avvenuta-consegna");
  if (delivery !== null) return { state: "delivered", decidedBy: delivery };
  const failure = firstOf(about, "errore-consegna");
  if (failure !== null) return { state: "not-delivered", decidedBy: failure };
  const final = notices.find(({ stage }) => stage === "twenty-four-hours");
  if (final !== undefined) return { state: "timed-out", decidedBy: final.receipt, notice: final.stage };
  const [first] = notices;
  const late = first && ({ state: "late", decidedBy: first.receipt, notice: first.stage } as const);
  if (acceptance === null) {
    if (late !== undefined) return late;
    return refusal === null ? { state: "sent", decidedBy: null } : { state: "refused", decidedBy: refusal };
  }
  // The clock says nothing of ordinary mail; should a provider give notice all the same, its word counts.
  if (listed.get(address) === false) return late ?? { state: "forwarded", decidedBy: acceptance };
  const elapsed = now - acceptance.time.instant;
  if (elapsed >= DELIVERY_OVERDUE) return { state: "overdue", decidedBy: null };
  if (late !== undefined) return late;
  return elapsed >= DELIVERY_LATE ? { state: "late", decidedBy: null } : { state: "accepted", decidedBy: acceptance };
}

const stageOf = ({ errorText, time }: Receipt, acceptance: Receipt | null): NoticeStage =>
  noticeStage(errorText, acceptance === null ? null : time.instant - acceptance.time.instant);

/**
 * Of the same send. A late notice before a delivery is normal (RFC 6109 §3.1.6); a failure, a closed transmission or a refusal beside one is
 * not, nor is a delivery where the acceptance says that there is no PEC mailbox.
 */
function contradictionsOf(
  state: RecipientState,
  { acceptance, refusal, listed }: Send,
  address: string,
  about: readonly Receipt[],
  notices: readonly StagedNotice[],
): readonly Receipt[] {
  const opposed: Receipt[] = [];
  if (state === "delivered") {
    const finals = notices.filter(({ stage }) => stage === "twenty-four-hours").map(({ receipt }) => receipt);
    opposed.push(...about.filter(({ kind }) => kind === "errore-consegna"), ...finals);
    if (acceptance !== null && listed.get(address) === false) opposed.push(acceptance);
  }
  if (refusal !== null && state !== "refused") opposed.push(refusal);
  return opposed.sort(byTime);
}

/** The last word of the other server; ties by id, so that the same notices always give the same answer. */
function returnedFor(address: string, entry: LedgerEntry): RecipientStatus["returned"] {
  const found = entry.returned.flatMap((mail) =>
    mail.recipients.filter((recipient) => recipient.address === address).map((recipient) => ({ mail, recipient })),
  );
  return found.sort((left, right) => (right.mail.date ?? 0) - (left.mail.date ?? 0))[0] ?? null;
}
