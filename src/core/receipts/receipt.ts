// Belongs here: what is kept of one receipt or notice (RFC 6109 §§3.1, 3.3), from its inspection.
// Does NOT belong here: which sent message it speaks of (see ledger-entry.ts), what follows for its recipients (see sent-status.ts).
import type { CertifiedTime, Daticert, DaticertRecipient } from "../daticert/daticert.ts";
import type { MessageKind, PecKind } from "../envelope/envelope.ts";
import type { Inspection } from "../verdict/inspection.ts";
import { parseAddressList } from "../mime/address-list.ts";
import { bareIdentifier, plainAddress, plainIdentifier } from "./identifiers.ts";

export type ReceiptKind = Exclude<PecKind, "posta-certificata" | "anomalia">;

const RECEIPT_KINDS: Readonly<Record<ReceiptKind, true>> = {
  accettazione: true,
  "non-accettazione": true,
  "presa-in-carico": true,
  "avvenuta-consegna": true,
  "errore-consegna": true,
  "preavviso-errore-consegna": true,
  "rilevazione-virus": true,
};

export interface Receipt {
  /** The same for every copy of one receipt, in whatever folder: the SHA-256 of its signature's value; of a receipt that is not verified, all it claims. */
  readonly id: string;
  readonly kind: ReceiptKind;
  /** Message-ID of the receipt itself, without brackets: where it lies today is asked of the mailbox, which may have moved it. Not signed. */
  readonly messageId: string;
  /** Its seal passed. One that did not is shown apart and never moves a state (pec-messages §7). */
  readonly verified: boolean;
  /** It comes from a file that the person restored, and the mail itself was not found yet. Never together with `verified`. */
  readonly restored?: true;
  /** Address of the sender of the message it speaks of, in lower case. */
  readonly sender: string;
  /** The client's own Message-ID, without brackets, as it was written: the sent copy is found by it. `null` when the client wrote none. */
  readonly msgid: string | null;
  /** The identifier that the provider gave the sent message. */
  readonly identifier: string;
  readonly provider: string;
  readonly time: CertifiedTime;
  readonly subject: string | null;
  /** Everybody the message was sent to; addresses as the provider wrote them. */
  readonly recipients: readonly DaticertRecipient[];
  /** The one recipient it is about, in lower case; `null`: about the whole message. */
  readonly recipient: string | null;
  /** Kind of delivery receipt that was asked for. */
  readonly requested: Daticert["ricevuta"];
  readonly error: Daticert["errore"];
  /** The provider's own words. */
  readonly errorText: string | null;
}

/** Certified time, then id, for an order that is always the same. */
export function byTime(left: Receipt, right: Receipt): number {
  return left.time.instant - right.time.instant || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

function isReceiptKind(kind: MessageKind | null): kind is ReceiptKind {
  return kind !== null && Object.hasOwn(RECEIPT_KINDS, kind);
}

/** `null`: no receipt, or one without readable certification data, which names no message at all. */
export function receiptOf({ kind, daticert, seal, record, header }: Inspection): Receipt | null {
  if (!isReceiptKind(kind) || daticert === null) return null;
  const claimed: Claim = {
    kind,
    messageId: bareIdentifier(header.messageId),
    sender: senderOf(daticert),
    msgid: daticert.msgid === null ? null : bareIdentifier(daticert.msgid),
    identifier: plainIdentifier(daticert.identificativo),
    provider: daticert.gestoreEmittente,
    time: daticert.data,
    subject: daticert.oggetto,
    recipients: daticert.destinatari,
    // An empty element names nobody.
    recipient: daticert.consegna === null || daticert.consegna === "" ? null : plainAddress(daticert.consegna),
    requested: daticert.ricevuta,
    error: daticert.errore,
    errorText: daticert.erroreEsteso,
  };
  // The kind is read from an unsigned field; where the signed one differs the seal does not pass, and it never may.
  const verified = seal.indication === "TOTAL-PASSED" && record !== null && daticert.tipo === kind;
  return { id: verified ? record.signatureSha256 : unverifiedId(claimed), verified, ...claimed };
}

type Claim = Omit<Receipt, "id" | "verified" | "restored">;

/** Under which id this receipt was kept while nobody had verified it. */
export function unverifiedId(receipt: Claim): string {
  const { kind, messageId, sender, msgid, identifier, provider, time, subject, recipients } = receipt;
  const { recipient, requested, error, errorText } = receipt;
  return JSON.stringify([
    [kind, messageId, sender, msgid, identifier, provider, time.instant, time.local, time.offset, subject],
    [recipients.map(({ indirizzo, tipo }) => [indirizzo, tipo]), recipient, requested, error, errorText],
  ]);
}

/** A bare address by the rules; one with a name or in brackets is understood as well. */
function senderOf({ mittente }: Daticert): string {
  const [only, ...others] = parseAddressList(mittente).addresses;
  return plainAddress(only === undefined || others.length > 0 ? mittente : only.address);
}
