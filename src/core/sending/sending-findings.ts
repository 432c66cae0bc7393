// Belongs here: what is wrong with a message about to be sent, and how much that weighs; pure (RFC 6109 §3.1.1, pec-messages §§5, 6).
// Does NOT belong here: reading the message and what is known of its recipients (app/), wording (_locales).
import { sameAddress } from "../mime/address-list.ts";
import { brittleNames } from "./brittle-names.ts";
import type { DeliveryReceiptKind } from "./delivery-receipt-kind.ts";
import { hasProviderPrefix } from "./provider-subject.ts";
import type { Recipients } from "./recipients.ts";
import type { SendingLimits } from "./sending-limits.ts";

export type SendingFindingId =
  | "bcc"
  | "no-to"
  | "ordinary-server"
  | "from-differs"
  | "answers-provider"
  | "too-many-recipients"
  | "too-large"
  | "ordinary-recipients"
  | "copies"
  | "no-subject"
  | "brief-names"
  | "lists"
  | "provider-subject";

/**
 * - `stop`: the provider refuses it for everybody, always; it is not sent;
 * - `warning`: it may be refused, or proves less than one thinks: asked before sending;
 * - `note`: to know; shown while writing.
 */
export type FindingWeight = "stop" | "warning" | "note";

/** What mends it at once. */
export const SENDING_FIXES = [
  "remove-bcc",
  "bcc-to-recipients",
  "remove-automatic-bcc",
  "copies-to-recipients",
  "own-address",
  "answer-sender",
  "original-subject",
  "check-account",
] as const;
export type SendingFix = (typeof SENDING_FIXES)[number];

export interface SendingFinding {
  readonly id: SendingFindingId;
  readonly weight: FindingWeight;
  /** Whom, or what, it is about: addresses, or names of files or lists. */
  readonly about: readonly string[];
  /** What fills the sentence besides: counts and names. Bytes as numbers. */
  readonly values: readonly (number | string)[];
  /** The first is the one to do. */
  readonly fixes: readonly SendingFix[];
}

const WEIGHTS: Readonly<Record<SendingFindingId, FindingWeight>> = {
  bcc: "stop",
  "no-to": "stop",
  "ordinary-server": "warning",
  "from-differs": "warning",
  "answers-provider": "warning",
  "too-many-recipients": "warning",
  "too-large": "warning",
  "ordinary-recipients": "warning",
  copies: "warning",
  "no-subject": "warning",
  "brief-names": "warning",
  lists: "note",
  "provider-subject": "note",
};

/** The received message that is being answered. */
export interface AnsweredPec {
  /** The provider's own mailbox that it came from: nobody reads what is sent there. */
  readonly serviceAddress: string;
  /** Subject of the message that it carries, whose sender can be answered; `null`: it carries none. */
  readonly subject: string | null;
}

export interface OutgoingPec {
  /** Address of From. */
  readonly from: string;
  /** Addresses that the provider takes mail from on this account; empty: not known. */
  readonly mailboxAddresses: readonly string[];
  readonly to: Recipients;
  readonly cc: Recipients;
  readonly bcc: Recipients;
  /** Host that it goes to, when that is known to be no PEC provider's; `null`: it is one, or nothing is known. */
  readonly ordinaryServer: string | null;
  /** Recipients that the identity adds to Bcc by itself; empty: none, or not known. */
  readonly automaticBcc: readonly string[];
  readonly subject: string;
  readonly receiptKind: DeliveryReceiptKind;
  /** Bytes, encoded. */
  readonly size: number;
  /** Names. */
  readonly attachments: readonly string[];
  readonly limits: SendingLimits;
  /** Of its recipients, those that an acceptance called ordinary mail. In lower case. */
  readonly ordinary: ReadonlySet<string>;
  /** `null`: it answers no PEC. */
  readonly answered: AnsweredPec | null;
}

/** Stops first, then in the order of what they cost. */
export function sendingFindings(pec: OutgoingPec): readonly SendingFinding[] {
  const findings = [
    bccFinding(pec),
    noTo(pec),
    ordinaryServer(pec),
    fromDiffers(pec),
    answersProvider(pec),
    tooManyRecipients(pec),
    tooLarge(pec),
    ordinaryRecipients(pec),
    copies(pec),
    pec.subject.trim() === "" ? finding("no-subject") : null,
    briefNames(pec),
    lists(pec),
    providerSubject(pec),
  ];
  return findings.filter((each) => each !== null);
}

/**
 * The one finding that nothing may hide, from the field alone: with hidden recipients the provider refuses the message for everybody
 * (RFC 6109 §3.1.1).
 */
export function bccFinding({
  bcc: hidden,
  automaticBcc,
}: Pick<OutgoingPec, "bcc" | "automaticBcc">): SendingFinding | null {
  const about = [...hidden.addresses, ...hidden.lists];
  if (about.length === 0) return null;
  const isAutomatic = hidden.addresses.some((address) => automaticBcc.some((own) => sameAddress(own, address)));
  return finding("bcc", {
    about,
    fixes: isAutomatic ? ["remove-automatic-bcc", "remove-bcc"] : ["remove-bcc", "bcc-to-recipients"],
  });
}

function noTo({ to, cc }: OutgoingPec): SendingFinding | null {
  if (to.addresses.length + to.lists.length > 0) return null;
  const hasCopies = cc.addresses.length + cc.lists.length > 0;
  return finding("no-to", { fixes: hasCopies ? ["copies-to-recipients"] : [] });
}

/** The sender's provider makes PEC of a message as it takes it (RFC 6109 §3.1). By any other server it goes as ordinary mail, without receipts. */
function ordinaryServer({ ordinaryServer: host }: OutgoingPec): SendingFinding | null {
  return host === null ? null : finding("ordinary-server", { values: [host], fixes: ["check-account"] });
}

/** Thunderbird hands the address of From to the server as the sender; the provider accepts its own mailbox only. */
function fromDiffers({ from, mailboxAddresses }: OutgoingPec): SendingFinding | null {
  const [mailbox] = mailboxAddresses;
  if (mailbox === undefined || mailboxAddresses.some((each) => sameAddress(each, from))) return null;
  return finding("from-differs", { about: [from], values: [mailbox], fixes: ["own-address"] });
}

function answersProvider({ to, cc, answered }: OutgoingPec): SendingFinding | null {
  if (answered === null) return null;
  const about = [...to.addresses, ...cc.addresses].filter((each) => sameAddress(each, answered.serviceAddress));
  return about.length === 0
    ? null
    : finding("answers-provider", { about, fixes: answered.subject === null ? [] : ["answer-sender"] });
}

const countOf = ({ to, cc }: OutgoingPec): number =>
  new Set([...to.addresses, ...cc.addresses].map((address) => address.toLowerCase())).size;

function tooManyRecipients(pec: OutgoingPec): SendingFinding | null {
  const { recipients, recipientsOf } = pec.limits;
  const count = countOf(pec);
  if (count <= recipients) return null;
  return finding("too-many-recipients", { values: [count, recipients, recipientsOf ?? ""] });
}

function tooLarge(pec: OutgoingPec): SendingFinding | null {
  const { bytes, timesRecipients, bytesOf } = pec.limits;
  const times = timesRecipients ? Math.max(countOf(pec), 1) : 1;
  if (pec.size * times <= bytes) return null;
  return finding("too-large", { values: [pec.size, times, pec.size * times, bytes, bytesOf ?? ""] });
}

function ordinaryRecipients({ to, cc, ordinary }: OutgoingPec): SendingFinding | null {
  const about = [...to.addresses, ...cc.addresses].filter((address) => ordinary.has(address.toLowerCase()));
  return about.length === 0 ? null : finding("ordinary-recipients", { about });
}

/** Only recipients in To get a receipt that returns content. A synthetic receipt returns none to anybody: then nothing is lost by Cc. */
function copies({ to, cc, receiptKind }: OutgoingPec): SendingFinding | null {
  const hasTo = to.addresses.length + to.lists.length > 0;
  if (!hasTo || receiptKind === "sintetica") return null;
  const inTo = new Set(to.addresses.map((address) => address.toLowerCase()));
  const about = [...cc.addresses.filter((address) => !inTo.has(address.toLowerCase())), ...cc.lists];
  return about.length === 0 ? null : finding("copies", { about, fixes: ["copies-to-recipients"] });
}

function briefNames({ receiptKind, attachments }: OutgoingPec): SendingFinding | null {
  const about = receiptKind === "breve" ? brittleNames(attachments) : [];
  return about.length === 0 ? null : finding("brief-names", { about });
}

function lists({ to, cc }: OutgoingPec): SendingFinding | null {
  const about = [...to.lists, ...cc.lists];
  return about.length === 0 ? null : finding("lists", { about });
}

function providerSubject({ subject, answered }: OutgoingPec): SendingFinding | null {
  const original = answered?.subject ?? null;
  if (original === null || !hasProviderPrefix(subject, original)) return null;
  return finding("provider-subject", { fixes: ["original-subject"] });
}

function finding(
  id: SendingFindingId,
  { about = [], values = [], fixes = [] }: Partial<Pick<SendingFinding, "about" | "values" | "fixes">> = {},
): SendingFinding {
  return { id, weight: WEIGHTS[id], about, values, fixes };
}
