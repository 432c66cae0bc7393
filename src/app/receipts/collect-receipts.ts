// Belongs here: finding receipts and sent copies among listed messages and handing them to the ledger.
// Does NOT belong here: which messages are listed when (see receipts-walk.ts), what receipts mean (core/receipts), how they are kept
// (ports/ledger-store.ts).
//
// Cheap first: only what the message list makes a candidate is read, and nothing is read twice. What one page of
// a list yields is kept as a whole before the next is asked for, so that a crash costs one page of work and no receipt.
import {
  type Inspection,
  type LedgerEvent,
  type LocalRecord,
  linksOf,
  mayBeReceipt,
  isFromServiceMailbox,
  parseAddressList,
  type PostponedReceipt,
  type Receipt,
  receiptOf,
  returnedMailOf,
  type SentCopy,
} from "../../core/index.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { ListedMessage, MailFolder, MailFolders } from "../../ports/mail-folders.ts";
import type { MessageSource } from "../../ports/message-source.ts";
import type { WalkCounts } from "../../ports/walk-memory.ts";

/**
 * A copy without any receipt is expected to be accepted only if it was sent after this computer's ledger began, or shortly before:
 * receipts of older mail may have been thrown away long ago, and their absence tells nothing.
 */
const RECEIPTS_STILL_THERE = 24 * 60 * 60_000;

/** What follows from receipts that a walk has found is looked at no more often: each time costs as much as reading several of them. */
const FOLLOW_EVERY_MS = 5_000;

/** What was only noted and is looked for at the end of a walk. Attack: ten thousand false receipts, and a search through all folders for each. */
const LOOKED_FOR = 1_000;

/** Messages read and inspected together: while one is inspected Thunderbird reads the next. A complete receipt may be 100 MB, so few. */
const AT_THE_SAME_TIME = 3;

export interface CollectReceipts {
  /** Messages of one folder: new mail, a copy that was just sent, or a page of a walk. */
  collect(folder: MailFolder, messages: readonly ListedMessage[]): Promise<WalkCounts>;
  /** The same for a walk, which besides remembers where sent copies may lie whose receipts it had not seen yet. */
  beginWalk(): WalkSession;
  /** What was just inspected because the person opened it, with its number: it need not wait until it is collected. */
  opened(inspection: Inspection, messageId: number): Promise<void>;
  /** What was postponed because of its size is read, whatever its size, and kept. */
  verifyPostponed(key: string): Promise<PostponedOutcome>;
  /** What verdicts rest on has changed: receipts that could not be verified are tried again. */
  retryUnverified(): Promise<void>;
  /**
   * These were deleted for good. What counts stays known; what was only noted (not verified, or not read because of its size) goes with
   * the last mail that bears it.
   */
  deleted(messages: readonly ListedMessage[]): Promise<void>;
}

/** `gone`: it is no longer in the mailbox. `unreadable`: it could not be had now, and stays postponed. */
export type PostponedOutcome = "verified" | "unverified" | "no-receipt" | "gone" | "unreadable";

export interface WalkSession {
  collect(folder: MailFolder, messages: readonly ListedMessage[]): Promise<WalkCounts>;
  /** Those of `folders`, none of them for sent mail, in which somebody's mail lies who turned out to send from a PEC mailbox. */
  foldersWithCopies(folders: readonly MailFolder[]): Promise<readonly MailFolder[]>;
  collectCopies(folder: MailFolder, messages: readonly ListedMessage[]): Promise<void>;
  /** Every folder was walked: what was only noted, and lies nowhere any more, goes. */
  forgetGone(): Promise<void>;
}

export interface CollectDependencies {
  readonly folders: Pick<MailFolders, "all" | "list" | "locate" | "at">;
  readonly source: MessageSource;
  /** Keeps no local record. */
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  /** Never rejects. */
  readonly keepRecords: (records: readonly LocalRecord[]) => Promise<void>;
  /** Bytes of the message inside an envelope. */
  readonly extractOriginal: (bytes: Uint8Array) => Promise<Uint8Array | null>;
  readonly ledger: LedgerStore;
  /** Addresses that the person writes PEC as, in lower case, so far as their account tells: no receipt need have come yet. */
  readonly pecAddresses: () => Promise<readonly string[]>;
  /** Largest message that is read unasked, in bytes, where reading may mean downloading. */
  readonly sizeLimit: () => Promise<number>;
  /** The ledger has changed. */
  readonly changed: () => void;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export const NO_COUNTS: WalkCounts = { receipts: 0, unverified: 0, tooLarge: 0, unreadable: 0 };

interface Found {
  readonly counts: WalkCounts;
  readonly events: readonly LedgerEvent[];
  readonly unverified: readonly Receipt[];
  /** What was verified. */
  readonly records: readonly LocalRecord[];
  /** Keys of what was read. */
  readonly seen: readonly string[];
  readonly postponed: readonly PostponedReceipt[];
}

const NOTHING_FOUND: Found = { counts: NO_COUNTS, events: [], unverified: [], records: [], seen: [], postponed: [] };

export function createCollectReceipts(dependencies: CollectDependencies): CollectReceipts {
  const { folders, source, inspect, keepRecords, extractOriginal, ledger, pecAddresses, sizeLimit, changed, now } =
    dependencies;

  let retrying: { again: boolean } | null = null;

  async function findReceipts(folder: MailFolder, messages: readonly ListedMessage[]): Promise<Found> {
    const candidates = messages.filter(mayBeReceipt);
    if (candidates.length === 0) return NOTHING_FOUND;
    const seen = await ledger.seen(candidates.map(seenKey));
    const limit = folder.isOnServer ? await sizeLimit() : Infinity;
    const events: LedgerEvent[] = [];
    const unverified: Receipt[] = [];
    const records: LocalRecord[] = [];
    const read: string[] = [];
    const postponed: PostponedReceipt[] = [];
    let unreadable = 0;
    await forEachOf(candidates, async (message) => {
      if (seen.has(seenKey(message))) return;
      if (message.size > limit) {
        postponed.push(postponedOf(message));
        return;
      }
      const bytes = await bytesOf(message);
      if (bytes === null) {
        unreadable++;
        return;
      }
      const { event, record } = await look(bytes);
      read.push(seenKey(message));
      if (record !== null) records.push(record);
      if (event?.type === "receipt" && !event.receipt.verified) unverified.push(event.receipt);
      else if (event !== null) events.push(event);
    });
    const receipts = events.filter(({ type }) => type === "receipt").length;
    return {
      counts: { receipts, unverified: unverified.length, tooLarge: postponed.length, unreadable },
      events,
      unverified,
      records,
      seen: read,
      postponed,
    };
  }

  /** `null`: deleted or moved since it was listed, or the connection is gone; the next walk tries again. */
  async function bytesOf({ id, size }: ListedMessage): Promise<Uint8Array | null> {
    return source.read(id, size).catch((error: unknown) => {
      if (error instanceof Error) return null;
      throw error;
    });
  }

  async function look(bytes: Uint8Array): Promise<{ event: LedgerEvent | null; record: LocalRecord | null }> {
    const inspection = await inspect(bytes);
    return { event: await eventOf(inspection, bytes), record: inspection.record };
  }

  /** `null`: neither receipt nor returned mail. */
  async function eventOf(inspection: Inspection, bytes: Uint8Array): Promise<LedgerEvent | null> {
    const receipt = receiptOf(inspection);
    if (receipt !== null) return { type: "receipt", receipt };
    if (inspection.kind !== "anomalia" || inspection.seal.indication !== "TOTAL-PASSED") return null;
    const original = await extractOriginal(bytes);
    const mail = original === null ? null : returnedMailOf(original);
    return mail === null ? null : { type: "returned", mail };
  }

  /** Nothing is read. */
  async function findCopies(folder: MailFolder, messages: readonly ListedMessage[]): Promise<readonly LedgerEvent[]> {
    // Whatever anybody may have sent with a forged From lies there.
    if (folder.role === "incoming") return [];
    const copies = messages.map(copyOf).filter((copy) => copy !== null);
    if (copies.length === 0) return [];
    const senders = new Set(await ledger.senders());
    if (folder.role === "sent") {
      const began = await ledger.began(now());
      // The very first PEC of a mailbox, whose acceptance may never come.
      if (copies.some((copy) => !senders.has(copy.from) && mustBeAccepted(copy, began))) {
        for (const address of await pecAddresses()) senders.add(address);
      }
    }
    const sent = copies.filter(({ from }) => senders.has(from)).map((copy) => ({ type: "sent", copy }) as const);
    if (sent.length === 0) return [];
    const entries = await ledger.find([...new Set(sent.flatMap(linksOf))]);
    const began = await ledger.began(now());
    const events: LedgerEvent[] = [];
    for (const event of sent) {
      const { copy } = event;
      const links = linksOf(event);
      const entry = entries.find((each) => each.links.some((link) => links.includes(link)));
      // Identifiers are compared without case (see linksOf): a twin in other letters does not take the place of the copy.
      const identifier = copy.messageId.toLowerCase();
      const isKnown = entry?.copies.some(({ messageId }) => messageId.toLowerCase() === identifier) === true;
      if (isKnown) continue;
      if (entry === undefined && !(folder.role === "sent" && mustBeAccepted(copy, began))) continue;
      events.push(event);
    }
    return events;
  }

  async function keep({ events, unverified, records, seen, postponed }: Found, tell = changed): Promise<void> {
    // Before the messages are kept as read, which they are once.
    await keepRecords(records);
    const told = events.length + unverified.length + postponed.length;
    if (told + seen.length === 0) return;
    await ledger.add({ events, unverified, seen, postponed });
    if (told > 0) tell();
  }

  async function collectPage(folder: MailFolder, messages: readonly ListedMessage[], tell = changed): Promise<Found> {
    const found = await findReceipts(folder, messages);
    await keep(found, tell);
    // After the receipts of the same page: they tell who sends from a PEC mailbox.
    await keepCopies(folder, messages, tell);
    return found;
  }

  async function keepCopies(folder: MailFolder, messages: readonly ListedMessage[], tell = changed): Promise<void> {
    await keep({ ...NOTHING_FOUND, events: await findCopies(folder, messages) }, tell);
  }

  /**
   * Receipts may come before the copy is kept, and the first one of a mailbox tells of copies that were nobody's before, also of mails whose
   * own acceptance never comes.
   *
   * @param known whose receipts were there before
   */
  async function lookForCopies(events: readonly LedgerEvent[], known: readonly string[]): Promise<void> {
    const isNew = (event: LedgerEvent): boolean => event.type === "receipt" && !known.includes(event.receipt.sender);
    if (events.some(isNew)) await lookThroughSent();
    for (const event of events) {
      if (event.type !== "receipt" || event.receipt.msgid === null) continue;
      const [entry] = await ledger.find(linksOf(event));
      if (entry === undefined || entry.copies.length > 0) continue;
      for (const { folder, message } of await folders.locate(event.receipt.msgid)) {
        if (copyOf(message)?.from === entry.sender) await keepCopies(folder, [message]);
      }
    }
  }

  async function lookThroughSent(): Promise<void> {
    for (const folder of (await folders.all()).filter(({ role }) => role === "sent")) {
      const pages = folders.list(folder.id)[Symbol.asyncIterator]();
      for (;;) {
        const page = await pages.next().catch(unlisted);
        if (page === null || page.done === true) break;
        await keepCopies(folder, page.value);
      }
    }
  }

  async function keepOpenedReceipt(receipt: Receipt, messageId: number): Promise<void> {
    const event: LedgerEvent = { type: "receipt", receipt };
    const isPostponed = (await ledger.postponed()).some((each) => each.messageId === receipt.messageId);
    if (!isPostponed) {
      if (!receipt.verified) return;
      const [entry] = await ledger.find(linksOf(event));
      if (entry?.receipts.some(({ id }) => id === receipt.id) === true) return;
    }
    // A file from the disk is not in the mailbox of whoever opens it: it may be anybody's.
    const found = await folders.at(messageId);
    if (found === null) return;
    await keepRead(found.message, event);
  }

  async function keepRead(message: ListedMessage, event: LedgerEvent | null): Promise<void> {
    const isUnverified = event?.type === "receipt" && !event.receipt.verified;
    const events = event === null || isUnverified ? [] : [event];
    const unverified = isUnverified ? [event.receipt] : [];
    const known = await ledger.senders();
    await keep({ ...NOTHING_FOUND, events, unverified, seen: [seenKey(message)] });
    await lookForCopies(events, known);
  }

  async function tryAgain(receipt: Receipt): Promise<void> {
    for (const { message } of await folders.locate(receipt.messageId)) {
      const bytes = await bytesOf(message);
      if (bytes === null) continue;
      const { event, record } = await look(bytes);
      await keepRecords(record === null ? [] : [record]);
      if (event?.type !== "receipt" || !event.receipt.verified) continue;
      const known = await ledger.senders();
      await keep({ ...NOTHING_FOUND, events: [event] });
      await lookForCopies([event], known);
    }
  }

  /** Message-IDs of what was only noted; not of what was restored from a file, whose mail need never have been here. */
  async function notedIds(): Promise<ReadonlySet<string>> {
    const [unverified, postponed] = await Promise.all([ledger.unverified(), ledger.postponed()]);
    const ofMail = unverified.filter(({ restored }) => restored !== true);
    return new Set([...ofMail, ...postponed].map(({ messageId }) => messageId).filter((id) => id !== ""));
  }

  async function forgetGone(messageIds: Iterable<string>): Promise<void> {
    const gone: string[] = [];
    for (const messageId of messageIds) {
      if ((await folders.locate(messageId)).length === 0) gone.push(messageId);
    }
    if (gone.length === 0) return;
    // Should one come back, it is read again.
    await ledger.forgetMails(gone, gone.map(seenBeginning));
    changed();
  }

  return {
    async collect(folder, messages) {
      const known = await ledger.senders();
      const { counts, events } = await collectPage(folder, messages);
      await lookForCopies(events, known);
      return counts;
    },

    beginWalk() {
      /** Who wrote what lies in each folder that was walked. */
      const authors = new Map<string, Set<string>>();
      let toldAt = -Infinity;
      /** At the end everything is followed anyway. */
      const tellSeldom = (): void => {
        if (now() - toldAt < FOLLOW_EVERY_MS) return;
        toldAt = now();
        changed();
      };
      return {
        async collect(folder, messages) {
          const known = authors.get(folder.id) ?? new Set();
          authors.set(folder.id, known);
          for (const message of messages) {
            if (!isFromServiceMailbox(message)) known.add(addressOf(message.author));
          }
          return (await collectPage(folder, messages, tellSeldom)).counts;
        },
        async foldersWithCopies(walked) {
          const senders = new Set(await ledger.senders());
          return walked.filter(({ id, role }) => {
            // One that was walked before an interruption may hold any.
            const known = authors.get(id);
            return role === "other" && (known === undefined || [...known].some((author) => senders.has(author)));
          });
        },
        collectCopies: (folder, messages) => keepCopies(folder, messages, tellSeldom),
        forgetGone: async () => forgetGone([...(await notedIds())].slice(0, LOOKED_FOR)),
      };
    },

    async opened(inspection, messageId) {
      const receipt = receiptOf(inspection);
      if (receipt !== null) return keepOpenedReceipt(receipt, messageId);
      if (inspection.kind !== null || !(await ledger.isKnownSender(inspection.header.fromAddress))) return;
      const found = await folders.at(messageId);
      if (found !== null) await keepCopies(found.folder, [found.message]);
    },

    async verifyPostponed(key) {
      const known = (await ledger.postponed()).find((each) => each.key === key);
      const located = known === undefined ? [] : await folders.locate(known.messageId);
      const message = located.map((each) => each.message).find((each) => seenKey(each) === key);
      if (message === undefined) {
        await ledger.forgetPostponed(key);
        changed();
        return "gone";
      }
      const bytes = await bytesOf(message);
      if (bytes === null) return "unreadable";
      const { event, record } = await look(bytes);
      await keepRecords(record === null ? [] : [record]);
      await keepRead(message, event);
      changed();
      if (event === null) return "no-receipt";
      return event.type === "receipt" && !event.receipt.verified ? "unverified" : "verified";
    },

    async retryUnverified() {
      if (retrying !== null) {
        retrying.again = true;
        return;
      }
      const mine = { again: true };
      retrying = mine;
      try {
        while (mine.again) {
          mine.again = false;
          for (const receipt of await ledger.unverified()) await tryAgain(receipt);
        }
      } finally {
        retrying = null;
      }
    },

    async deleted(messages) {
      const candidates = messages.filter(mayBeReceipt);
      if (candidates.length === 0) return;
      const noted = await notedIds();
      await forgetGone(new Set(candidates.map(({ headerMessageId }) => headerMessageId).filter((id) => noted.has(id))));
    },
  };
}

/** Carries out `work` for each item, for a few at the same time; rejects with the first failure, once all that was begun has ended. */
async function forEachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const workers = Array.from({ length: AT_THE_SAME_TIME }, async () => {
    for (const item of rest) await work(item);
  });
  const outcomes = await Promise.allSettled(workers);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** The folder was removed meanwhile, or its list is damaged: the next walk says so. */
function unlisted(error: unknown): null {
  if (error instanceof Error) return null;
  throw error;
}

const mustBeAccepted = ({ sentAt }: SentCopy, began: number): boolean =>
  sentAt !== null && sentAt >= began - RECEIPTS_STILL_THERE;

/** A message that was moved or copied is the same one; another message under its Message-ID hardly has its size and date too. */
const seenKey = ({ headerMessageId, size, date }: ListedMessage): string =>
  JSON.stringify([headerMessageId, size, date]);

/** Of the keys of all messages under this Message-ID. */
const seenBeginning = (headerMessageId: string): string => `${JSON.stringify([headerMessageId]).slice(0, -1)},`;

function postponedOf(message: ListedMessage): PostponedReceipt {
  const { headerMessageId: messageId, author, subject, date, size } = message;
  return { key: seenKey(message), messageId, author, subject, date, size };
}

/** `null`: it names no message, or nobody who wrote it, or comes from a provider. */
function copyOf(message: ListedMessage): SentCopy | null {
  const { headerMessageId, author, recipients, subject, date } = message;
  const from = addressOf(author);
  if (headerMessageId === "" || from === "" || isFromServiceMailbox(message)) return null;
  return { messageId: headerMessageId, from, recipients: recipients.flatMap(addressesOf), subject, sentAt: date };
}

const addressesOf = (field: string): readonly string[] =>
  parseAddressList(field).addresses.map(({ address }) => address.toLowerCase());

const addressOf = (field: string): string => addressesOf(field)[0] ?? "";
