// Belongs here: finding messages again by their Message-ID, showing them, marking them read.
import type { FoundMessage, Mailbox } from "../ports/mailbox.ts";
import { headersUnder, type Header } from "./mail-folders.ts";
import { messenger } from "./messenger.ts";

export const mailbox: Mailbox = {
  async find(headerMessageId) {
    return (await headersUnder(headerMessageId)).map(foundMessage).filter((message) => message !== null);
  },

  async open(id) {
    await messenger.messageDisplay.open({ messageId: id, active: true });
  },

  async markRead(ids) {
    for (const id of ids) await messenger.messages.update(id, { read: true });
  },
};

function foundMessage({ id, folder, read, tags }: Header): FoundMessage | null {
  if (folder?.id === undefined || folder.accountId === undefined) return null;
  const isSentCopy = folder.specialUse?.includes("sent") === true;
  return { id, folderId: folder.id, accountId: folder.accountId, read: read === true, tags: tags ?? [], isSentCopy };
}
