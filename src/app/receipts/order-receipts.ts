// Belongs here: moving linked receipts from the inbox into a folder of their own, and back to where they came from.
// Does NOT belong here: moving as such (see ports/mail-mover.ts), asking the person (see pages/options).
//
// Only what lies in an inbox is moved: what the person has put elsewhere is in its place. A Message-ID is no proof: of two messages that
// bear the same one, or one whose like was moved before, none is moved, for the other may be forged (attack: hide a forgery among
// verified receipts by giving it the Message-ID of one).
import type { MailMover } from "../../ports/mail-mover.ts";
import type { MoveMemory, MovedMail } from "../../ports/move-memory.ts";
import { findMails, type FindMailsDependencies } from "../find-mails.ts";
import type { MailWork } from "./follow-entries.ts";

/** Messages of one move: a server that breaks off in the middle costs no more. */
const MOVED_AT_ONCE = 100;

export interface OrderReceiptsDependencies extends FindMailsDependencies {
  readonly mover: MailMover;
  readonly memory: MoveMemory;
}

export function createOrderReceipts(dependencies: OrderReceiptsDependencies): MailWork {
  const { mover, memory } = dependencies;

  async function order(messageIds: ReadonlySet<string>): Promise<void> {
    for (const { accountId, inboxes, receipts } of await mover.accounts()) {
      const found = await findMails([...inboxes, ...(receipts === null ? [] : [receipts])], messageIds, dependencies);
      const counts = new Map<string, number>();
      for (const { messageId } of found) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
      const movable = found.filter(({ messageId, folderId }) => folderId !== receipts && counts.get(messageId) === 1);
      if (movable.length === 0) continue;
      const folder = receipts ?? (await mover.makeReceiptsFolder(accountId));
      for (const some of chunks(movable)) {
        // Remembered first: what is not remembered could not be taken back.
        await memory.remember(some.map(({ messageId, folderId }) => ({ accountId, messageId, from: folderId })));
        await mover.move(
          some.map(({ id }) => id),
          folder,
        );
      }
    }
  }

  async function moveBack(): Promise<void> {
    const accounts = await mover.accounts();
    for (;;) {
      const mails = await memory.some(MOVED_AT_ONCE);
      if (mails.length === 0) return;
      for (const account of accounts) {
        const own = mails.filter(({ accountId }) => accountId === account.accountId);
        if (own.length > 0 && account.receipts !== null) await moveOwnBack(own, account.receipts, account.inboxes);
      }
      // What is no longer in the folder was moved on by the person, and what belongs to a removed account is gone.
      await memory.forget(mails);
    }
  }

  async function moveOwnBack(mails: readonly MovedMail[], receipts: string, inboxes: readonly string[]): Promise<void> {
    const origins = new Map(mails.map(({ messageId, from }) => [messageId, from]));
    const found = await findMails([receipts], new Set(origins.keys()), dependencies);
    const byOrigin = new Map<string, number[]>();
    for (const { id, messageId } of found) {
      const from = origins.get(messageId);
      // A folder that is gone or was renamed is an inbox no more: back to the one that is.
      const to = from !== undefined && inboxes.includes(from) ? from : inboxes[0];
      if (to !== undefined) byOrigin.set(to, [...(byOrigin.get(to) ?? []), id]);
    }
    for (const [folder, ids] of byOrigin) await mover.move(ids, folder);
  }

  return {
    name: "order",
    setting: "orderReceipts",
    permitted: () => mover.permitted(),
    begin() {
      const messageIds = new Set<string>();
      return {
        add({ entry }) {
          // Without a copy in Sent it is linked to nothing that the person could find it by.
          if (entry.copies.length === 0) return;
          for (const { messageId } of entry.receipts) if (messageId !== "") messageIds.add(messageId);
        },
        finish: () => (messageIds.size === 0 ? Promise.resolve() : order(messageIds)),
      };
    },
    undo: moveBack,
  };
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += MOVED_AT_ONCE) yield items.slice(at, at + MOVED_AT_ONCE);
}
