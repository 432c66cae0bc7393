// Belongs here: telling from the message list alone which messages are worth reading. Does NOT belong here: any judgement; what is read is inspected.

/** Providers write receipts from this mailbox of their service domain (RFC 6109 §2.1; the English text of §3.1.5 translates it by mistake). */
const SERVICE_MAILBOX = /posta-certificata@/i;
/** Transport envelopes and anomaly envelopes come from the same mailbox. Lists may put a tag before the prefix (pec-messages §2.5). */
const RECEIPT_PREFIX =
  /(?:^|[\s\]])(?:accettazione|avviso\s+di\s+non\s+accettazione|presa\s+in\s+carico|consegna|avviso\s+di\s+mancata\s+consegna|problema\s+di\s+sicurezza)/i;
const ENVELOPE_PREFIX = /^\s*posta\s+certificata\s*:/i;
/**
 * A delivery status notification of ordinary mail comes in an anomaly envelope (pec-messages §5.4), as does every other ordinary mail, which
 * is not worth reading. Told by its sender, whom the envelope names, or by its subject in the words of common mail systems.
 */
const ANOMALY_PREFIX = /^\s*anomalia\s+messaggio\s*:/i;
const MAIL_SYSTEM = /mailer-daemon|postmaster|mail\s+delivery\s+(?:sub)?system/i;
const NOTIFICATION_SUBJECT =
  /undeliver|non\s+recapitat|non\s+consegna|mancat[oa]\s+(?:recapito|consegna)|returned\s+mail|returned\s+to\s+sender|failure\s+notice|delivery\s+(?:status|failure|failed|delay|has\s+failed|incomplete|problem)|delayed\s+mail|could\s+not\s+be\s+delivered|could\s+not\s+send/i;

export interface ListedHeader {
  readonly author: string;
  readonly subject: string;
}

/** What the message list makes a receipt, and was not read because of its size. */
export interface PostponedReceipt extends ListedHeader {
  /** Names it among everything that was ever listed. */
  readonly key: string;
  /** Without brackets. */
  readonly messageId: string;
  /** Milliseconds UTC. */
  readonly date: number | null;
  /** Bytes. */
  readonly size: number;
}

/** Whether a message comes, by its list entry, from a provider: envelope, receipt or notice. */
export function isFromServiceMailbox({ author }: Pick<ListedHeader, "author">): boolean {
  return SERVICE_MAILBOX.test(author);
}

/**
 * Whether a receipt, by its subject in the message list, may speak of a message with that subject. Subjects link nothing: this only tells
 * whether there is something to wait for.
 */
export function maySpeakOf(receiptSubject: string, subject: string): boolean {
  const prefix = RECEIPT_PREFIX.exec(receiptSubject);
  if (prefix === null) return false;
  const rest = receiptSubject.slice(prefix.index + prefix[0].length);
  // Some notices say more before the colon: "… PER SUP. TEMPO MASSIMO:".
  return comparable(rest.slice(rest.indexOf(":") + 1)) === comparable(subject);
}

const comparable = (subject: string): string => subject.replace(/\s+/g, " ").trim().toLowerCase();

/** Cheap and generous: a receipt that is overlooked is worse than one message read in vain. */
export function mayBeReceipt({ author, subject }: ListedHeader): boolean {
  if (!isFromServiceMailbox({ author })) return false;
  if (ANOMALY_PREFIX.test(subject)) return MAIL_SYSTEM.test(author) || NOTIFICATION_SUBJECT.test(subject);
  return !ENVELOPE_PREFIX.test(subject) && RECEIPT_PREFIX.test(subject);
}
