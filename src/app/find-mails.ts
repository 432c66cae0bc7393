// Belongs here: finding many messages, or few, by their Message-ID in given folders.
import type { MailFolders } from "../ports/mail-folders.ts";
import type { Mailbox } from "../ports/mailbox.ts";

/** Thunderbird may look through every folder for each message; from so many on, going through the lists once is quicker. */
const MANY = 20;

export interface FoundMail {
  /** Good for this run of Thunderbird only. */
  readonly id: number;
  readonly messageId: string;
  readonly folderId: string;
}

export interface FindMailsDependencies {
  readonly mailbox: Pick<Mailbox, "find">;
  readonly folders: Pick<MailFolders, "list">;
}

/** `messageIds`: without brackets, as they were written. */
export async function findMails(
  folderIds: readonly string[],
  messageIds: ReadonlySet<string>,
  { mailbox, folders }: FindMailsDependencies,
): Promise<readonly FoundMail[]> {
  const found: FoundMail[] = [];
  if (messageIds.size < MANY) {
    for (const messageId of messageIds) {
      for (const { id, folderId } of await mailbox.find(messageId)) {
        if (folderIds.includes(folderId)) found.push({ id, messageId, folderId });
      }
    }
    return found;
  }
  for (const folderId of folderIds) {
    for await (const page of folders.list(folderId)) {
      for (const { id, headerMessageId: messageId } of page) {
        if (messageIds.has(messageId)) found.push({ id, messageId, folderId });
      }
    }
  }
  return found;
}
