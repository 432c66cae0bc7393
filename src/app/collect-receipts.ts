// Belongs here: finding receipts and sent copies in the mailbox and handing them to the ledger, as mail comes in or in a walk over every folder.
// Does NOT belong here: what they mean (core/receipts), how they are kept (ports/ledger-store.ts), how progress is shown.
//
// Cheap first: only what the message list makes a candidate is read, one message at a time, and nothing is read twice. What one page of
// a list yields is kept as a whole before the next is asked for, so that a crash costs one page of work and no receipt.
import {
  type Inspection,
  type LedgerEvent,
  mayBeReceipt,
  parseAddressList,
  type Receipt,
  receiptOf,
  returnedMailOf,
} from "../core/index.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { ListedMessage, MailFolder, MailFolders } from "../ports/mail-folders.ts";
import type { MessageSource } from "../ports/message-source.ts";
import type { WalkMemory } from "../ports/walk-memory.ts";

export interface WalkProgress {
  readonly folder: string;
  /** Messages of this folder that are done, and how many it has when known. */
  readonly done: number;
  readonly total: number | null;
  /** Of all folders. */
  readonly foldersDone: number;
  readonly folderCount: number;
}

export interface CollectSummary {
  readonly receipts: number;
  readonly unverified: number;
  /** Left for later because of their size. */
  readonly tooLarge: number;
  /** Gone or not readable; tried again at the next walk. */
  readonly unreadable: number;
  readonly finished: boolean;
}

export interface WalkOptions {
  readonly onProgress: (progress: WalkProgress) => void;
  /** Asked between pages. */
  readonly isCancelled: () => boolean;
}

export interface CollectReceipts {
  /** New mail of one folder. */
  collect(folder: Pick<MailFolder, "holdsSent">, messages: readonly ListedMessage[]): Promise<CollectSummary>;
  /** Every folder of every account; takes up a walk that was interrupted where it was. */
  walk(options: WalkOptions): Promise<CollectSummary>;
}

export interface CollectDependencies {
  readonly folders: MailFolders;
  readonly source: MessageSource;
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  /** Bytes of the message inside an envelope. */
  readonly extractOriginal: (bytes: Uint8Array) => Promise<Uint8Array | null>;
  readonly ledger: LedgerStore;
  readonly memory: WalkMemory;
  /** Largest message that is read unasked, in bytes: on IMAP reading may mean downloading. */
  readonly sizeLimit: () => Promise<number>;
}

const NOTHING: CollectSummary = { receipts: 0, unverified: 0, tooLarge: 0, unreadable: 0, finished: true };

export function createCollectReceipts(dependencies: CollectDependencies): CollectReceipts {
  const { folders, source, inspect, extractOriginal, ledger, memory, sizeLimit } = dependencies;

  async function collectReceipts(messages: readonly ListedMessage[]): Promise<CollectSummary> {
    const candidates = messages.filter(mayBeReceipt);
    if (candidates.length === 0) return NOTHING;
    const [seen, limit] = await Promise.all([ledger.seen(candidates.map(seenKey)), sizeLimit()]);
    const events: LedgerEvent[] = [];
    const unverified: Receipt[] = [];
    const read: string[] = [];
    let [tooLarge, unreadable] = [0, 0];
    for (const message of candidates) {
      if (seen.has(seenKey(message))) continue;
      if (message.size > limit) {
        tooLarge++;
        continue;
      }
      const event = await readEvent(message.id);
      if (event === "unreadable") {
        unreadable++;
        continue;
      }
      read.push(seenKey(message));
      if (event?.type === "receipt" && !event.receipt.verified) unverified.push(event.receipt);
      else if (event !== null) events.push(event);
    }
    await ledger.add({ events, unverified, seen: read });
    const receipts = events.filter(({ type }) => type === "receipt").length;
    return { receipts, unverified: unverified.length, tooLarge, unreadable, finished: true };
  }

  /** `null`: neither receipt nor returned mail. */
  async function readEvent(messageId: number): Promise<LedgerEvent | "unreadable" | null> {
    const bytes = await source.read(messageId).catch((error: unknown) => {
      // Deleted or moved since it was listed, or the connection is gone: the next walk tries again.
      if (error instanceof Error) return null;
      throw error;
    });
    if (bytes === null) return "unreadable";
    const inspection = await inspect(bytes);
    const receipt = receiptOf(inspection);
    if (receipt !== null) return { type: "receipt", receipt };
    if (inspection.kind !== "anomalia" || inspection.seal.indication !== "TOTAL-PASSED") return null;
    const original = await extractOriginal(bytes);
    const mail = original === null ? null : returnedMailOf(original);
    return mail === null ? null : { type: "returned", mail };
  }

  /** Only copies of PEC mailboxes: those of whose messages a receipt speaks. Nothing is read. */
  async function collectCopies(messages: readonly ListedMessage[]): Promise<void> {
    const events: LedgerEvent[] = [];
    for (const { author, headerMessageId, recipients, subject, date } of messages) {
      const from = addressOf(author);
      if (headerMessageId === "" || !(await ledger.isKnownSender(from))) continue;
      const copy = { messageId: headerMessageId, from, recipients: recipients.map(addressOf), subject, sentAt: date };
      events.push({ type: "sent", copy });
    }
    if (events.length > 0) await ledger.add({ events, unverified: [], seen: [] });
  }

  async function walkFolder(
    folder: MailFolder,
    work: (page: readonly ListedMessage[]) => Promise<CollectSummary>,
    options: WalkOptions,
    place: { readonly foldersDone: number; readonly folderCount: number },
  ): Promise<CollectSummary> {
    let summary = NOTHING;
    let done = 0;
    for await (const page of folders.list(folder.id)) {
      if (options.isCancelled()) return { ...summary, finished: false };
      summary = sum(summary, await work(page));
      done += page.length;
      options.onProgress({ folder: folder.name, done, total: folder.messageCount, ...place });
    }
    return summary;
  }

  return {
    async collect({ holdsSent }, messages) {
      const summary = await collectReceipts(messages);
      if (holdsSent) await collectCopies(messages);
      return summary;
    },

    async walk(options) {
      const all = await folders.all();
      const done = [...((await memory.load()) ?? [])];
      // Copies last: only receipts tell whose they are.
      const steps = [
        ...all.map((folder) => ({ key: `receipts ${folder.id}`, folder, work: collectReceipts })),
        ...all
          .filter(({ holdsSent }) => holdsSent)
          .map((folder) => ({
            key: `copies ${folder.id}`,
            folder,
            work: async (page: readonly ListedMessage[]) => collectCopies(page).then(() => NOTHING),
          })),
      ];
      let summary = NOTHING;
      for (const [index, { key, folder, work }] of steps.entries()) {
        if (done.includes(key)) continue;
        const place = { foldersDone: index, folderCount: steps.length };
        summary = sum(summary, await walkFolder(folder, work, options, place));
        if (!summary.finished) return summary;
        done.push(key);
        await memory.save(done);
      }
      await memory.save(null);
      return summary;
    },
  };
}

function sum(left: CollectSummary, right: CollectSummary): CollectSummary {
  return {
    receipts: left.receipts + right.receipts,
    unverified: left.unverified + right.unverified,
    tooLarge: left.tooLarge + right.tooLarge,
    unreadable: left.unreadable + right.unreadable,
    finished: left.finished && right.finished,
  };
}

/** A message that was moved or copied is the same one; another message under its Message-ID hardly has its size and date too. */
const seenKey = ({ headerMessageId, size, date }: ListedMessage): string =>
  JSON.stringify([headerMessageId, size, date]);

const addressOf = (field: string): string => parseAddressList(field).addresses[0]?.address ?? "";
