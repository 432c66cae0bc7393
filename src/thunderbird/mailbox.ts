// Belongs here: finding messages again by their Message-ID, showing them, marking them read.
import type { FoundMessage, Mailbox } from "../ports/mailbox.ts";
import { messenger } from "./messenger.ts";

export const mailbox: Mailbox = {
  async find(headerMessageId) {
    if (headerMessageId === "") return [];
    if (messenger.messageIndex !== undefined) {
      const ids = await messenger.messageIndex.find(headerMessageId);
      const headers = await Promise.all(ids.map((id) => messenger.messages.get(id)));
      return headers.map(foundMessage).filter((message) => message !== null);
    }
    const found: FoundMessage[] = [];
    let list = await messenger.messages.query({ headerMessageId });
    while (typeof list !== "string") {
      found.push(...list.messages.map(foundMessage).filter((message) => message !== null));
      if (typeof list.id !== "string") break;
      list = await messenger.messages.continueList(list.id);
    }
    return found;
  },

  async open(id) {
    await messenger.messageDisplay.open({ messageId: id, active: true });
  },

  async markRead(ids) {
    for (const id of ids) await messenger.messages.update(id, { read: true });
  },
};

type Header = Awaited<ReturnType<typeof messenger.messages.get>>;

function foundMessage({ id, folder, read, tags }: Header): FoundMessage | null {
  if (folder?.id === undefined || folder.accountId === undefined) return null;
  const isSentCopy = folder.specialUse?.includes("sent") === true;
  return { id, folderId: folder.id, accountId: folder.accountId, read: read === true, tags: tags ?? [], isSentCopy };
}
