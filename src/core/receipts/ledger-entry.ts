// Belongs here: one sent message with everything that is known of its fate, as a set: a pure reducer, idempotent and free of order.
// Does NOT belong here: where entries are kept (ports/), what a set means (see sent-status.ts).
//
// Links (pec-messages §7): the signed `msgid` is the sent message's Message-ID; the provider's `identificativo` groups all receipts
// of one send. Subject and time never link. Both count only together with the sender: whoever knows a Message-ID can send a mail of
// their own that bears it, and hand on the receipts that a real provider sealed for them.
import { plainAddress, plainIdentifier } from "./identifiers.ts";
import type { Receipt } from "./receipt.ts";
import type { ReturnedMail } from "./returned-mail.ts";

/** The copy that the sender's client or provider kept. */
export interface SentCopy {
  readonly messageId: string;
  /** Address of From. */
  readonly from: string;
  /** Addresses of To and Cc. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** Milliseconds UTC; `null`: no readable Date. */
  readonly sentAt: number | null;
}

export type LedgerEvent =
  | { readonly type: "sent"; readonly copy: SentCopy }
  | { readonly type: "receipt"; readonly receipt: Receipt }
  | { readonly type: "returned"; readonly mail: ReturnedMail };

export interface LedgerEntry {
  /** What finds the entry (see `linksOf`), sorted. The first is the same whatever the order of events. */
  readonly links: readonly string[];
  readonly sender: string;
  /** Copies by Message-ID; more than one when the provider keeps a rewritten copy beside the client's. */
  readonly copies: readonly SentCopy[];
  /** Verified ones, by id. */
  readonly receipts: readonly Receipt[];
  /** By id. */
  readonly returned: readonly ReturnedMail[];
}

const link = (kind: "client" | "provider", sender: string, identifier: string): string =>
  JSON.stringify([kind, sender, identifier]);

/**
 * Keys under which an event's entry is found and kept; empty: the event belongs to no entry, for a receipt is not verified or names
 * nothing. A provider may keep the sent copy under its own identifier, so a copy's Message-ID is looked for as either.
 */
export function linksOf(event: LedgerEvent): readonly string[] {
  switch (event.type) {
    case "sent": {
      const sender = plainAddress(event.copy.from);
      const identifier = plainIdentifier(event.copy.messageId);
      if (identifier === "") return [];
      return [link("client", sender, identifier), link("provider", sender, identifier)];
    }
    case "receipt":
      return event.receipt.verified ? claimedLinks(event.receipt) : [];
    case "returned":
      return [link("provider", event.mail.sender, event.mail.identifier)];
  }
}

/** Keys of the entry that a receipt says it belongs to, whether or not it is verified. */
export function claimedLinks({ sender, msgid, identifier }: Receipt): readonly string[] {
  const links = [];
  if (msgid !== null && plainIdentifier(msgid) !== "") links.push(link("client", sender, plainIdentifier(msgid)));
  if (identifier !== "") links.push(link("provider", sender, identifier));
  return links;
}

const senderOf = (event: LedgerEvent): string => {
  switch (event.type) {
    case "sent":
      return plainAddress(event.copy.from);
    case "receipt":
      return event.receipt.sender;
    case "returned":
      return event.mail.sender;
  }
};

/**
 * The entry that holds `event` and all that `found` hold: the entries kept under any of `linksOf(event)`, which the result replaces.
 * The same event twice changes nothing, and any order gives the same entry.
 */
export function withEvent(found: readonly LedgerEntry[], event: LedgerEvent): LedgerEntry {
  const { copies, receipts, returned } = {
    copies: event.type === "sent" ? [event.copy] : [],
    receipts: event.type === "receipt" ? [event.receipt] : [],
    returned: event.type === "returned" ? [event.mail] : [],
  };
  return {
    links: [...new Set([...found.flatMap((entry) => entry.links), ...linksOf(event)])].sort(),
    sender: senderOf(event),
    copies: byKey([...found.flatMap((entry) => entry.copies), ...copies], (copy) => plainIdentifier(copy.messageId)),
    receipts: byKey([...found.flatMap((entry) => entry.receipts), ...receipts], ({ id }) => id),
    returned: byKey([...found.flatMap((entry) => entry.returned), ...returned], ({ id }) => id),
  };
}

/** One of each key, sorted by key. Of two that share a key the one that sorts first stays, so that their order does not matter. */
function byKey<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const kept = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const known = kept.get(key);
    if (known === undefined || JSON.stringify(item) < JSON.stringify(known)) kept.set(key, item);
  }
  return [...kept].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, item]) => item);
}
