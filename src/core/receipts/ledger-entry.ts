// Belongs here: one sent message with everything that is known of its fate, as a set: a pure reducer, idempotent and free of order.
// Does NOT belong here: where entries are kept (ports/), what a set means (see sent-status.ts).
//
// Links (pec-messages §7): the signed `msgid` is the sent message's Message-ID; the provider's `identificativo` groups all receipts
// of one send. Subject and time never link. Both count only together with the sender: whoever knows a Message-ID can send a mail of
// their own that bears it, and hand on the receipts that a real provider sealed for them.
import { plainAddress, plainIdentifier } from "./identifiers.ts";
import { byTime, type Receipt } from "./receipt.ts";
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
 * Of receipts of one kind about one recipient of one send. One or two are usual. Attack: a recipient who hands the envelope in again and
 * again has its provider seal a new delivery each time, and every one makes the entry larger.
 */
const MAX_ALIKE = 20;

/** Nobody seals what bounces say, and everybody who got the mail can make them. Attack: ten thousand of them. */
const MAX_RETURNED = 50;

/**
 * The entry that holds `event` and all that `found` hold: the entries kept under any of `linksOf(event)`, which the result replaces.
 * The same event twice changes nothing (the result is then the entry found itself), and any order gives the same entry. A receipt that
 * is not verified adds nothing.
 */
export function withEvent(found: readonly LedgerEntry[], event: LedgerEvent): LedgerEntry {
  const isSound = event.type !== "receipt" || event.receipt.verified;
  const parts: readonly Contents[] = isSound ? [...found, contentsOf(event)] : found;
  const links = [...new Set([...found.flatMap((entry) => entry.links), ...linksOf(event)])].sort();
  const copies = byKey(
    parts.flatMap((part) => part.copies),
    (copy) => plainIdentifier(copy.messageId),
  );
  const receipts = boundedReceipts(
    byKey(
      parts.flatMap((part) => part.receipts),
      ({ id }) => id,
    ),
  );
  const returned = byKey(
    parts.flatMap((part) => part.returned),
    ({ id }) => id,
  ).slice(0, MAX_RETURNED);
  const [only, ...others] = found;
  const isSame =
    only !== undefined &&
    others.length === 0 &&
    hasSameItems(only.links, links) &&
    hasSameItems(only.copies, copies) &&
    hasSameItems(only.receipts, receipts) &&
    hasSameItems(only.returned, returned);
  return isSame ? only : { links, sender: senderOf(event), copies, receipts: sharingLists(receipts), returned };
}

type Contents = Pick<LedgerEntry, "copies" | "receipts" | "returned">;

function contentsOf(event: LedgerEvent): Contents {
  return {
    copies: event.type === "sent" ? [event.copy] : [],
    receipts: event.type === "receipt" ? [event.receipt] : [],
    returned: event.type === "returned" ? [event.mail] : [],
  };
}

/** The very same values: an event that is there already has not displaced what was kept. */
function hasSameItems(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
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

/** The earliest of those alike stay. The first so many of a set are the same in whatever order it grew. */
function boundedReceipts(receipts: readonly Receipt[]): readonly Receipt[] {
  const alike = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const key = JSON.stringify([receipt.kind, receipt.recipient, receipt.identifier]);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [receipt]);
    else known.push(receipt);
  }
  const surplus = new Set([...alike.values()].flatMap((each) => each.sort(byTime).slice(MAX_ALIKE)));
  return surplus.size === 0 ? receipts : receipts.filter((receipt) => !surplus.has(receipt));
}

/**
 * Every receipt repeats the list of all recipients. Equal lists become one, which is also stored once: five hundred receipts of a message to
 * five hundred people would otherwise hold a quarter of a million addresses.
 */
function sharingLists(receipts: readonly Receipt[]): readonly Receipt[] {
  // Looked up, not compared one with the other. Attack: a thousand receipts with a thousand lists.
  const shared = new Set<Receipt["recipients"]>();
  const byContent = new Map<string, Receipt["recipients"]>();
  return receipts.map((receipt) => {
    const { recipients } = receipt;
    if (shared.has(recipients)) return receipt;
    const content = JSON.stringify(recipients.map(({ indirizzo, tipo }) => [indirizzo, tipo]));
    const known = byContent.get(content);
    if (known !== undefined) return { ...receipt, recipients: known };
    shared.add(recipients);
    byContent.set(content, recipients);
    return receipt;
  });
}
