// Belongs here: telling from the message list alone which messages are worth reading. Does NOT belong here: any judgement; what is read is inspected.

/** Providers write receipts from this mailbox of their service domain (RFC 6109 §2.1; the English text of §3.1.5 translates it by mistake). */
const SERVICE_MAILBOX = /posta-certificata@/i;
/** Transport envelopes and anomaly envelopes come from the same mailbox. Lists may put a tag before the prefix (pec-messages §2.5). */
const RECEIPT_PREFIX =
  /(?:^|[\s\]])(?:accettazione|avviso\s+di\s+non\s+accettazione|presa\s+in\s+carico|consegna|avviso\s+di\s+mancata\s+consegna|problema\s+di\s+sicurezza)/i;
const ENVELOPE_PREFIX = /^\s*(?:posta\s+certificata|anomalia\s+messaggio)\s*:/i;

export interface ListedHeader {
  readonly author: string;
  readonly subject: string;
}

/** Whether a message comes, by its list entry, from a provider: envelope, receipt or notice. */
export function isFromServiceMailbox({ author }: Pick<ListedHeader, "author">): boolean {
  return SERVICE_MAILBOX.test(author);
}

/** Cheap and generous: a receipt that is overlooked is worse than one message read in vain. */
export function mayBeReceipt({ author, subject }: ListedHeader): boolean {
  return isFromServiceMailbox({ author }) && !ENVELOPE_PREFIX.test(subject) && RECEIPT_PREFIX.test(subject);
}
