// Belongs here: telling of mail that came in and of copies of what was sent.
import type { ListedMessage } from "../ports/mail-folders.ts";
import { listed, pagesOf } from "./mail-folders.ts";
import { messenger } from "./messenger.ts";

/** Calls `listener` for messages that came in, in whatever folder a filter put them, page by page. */
export function onNewMail(listener: (folderId: string, messages: readonly ListedMessage[]) => void): void {
  const tell = async (folderId: string | undefined, list: Parameters<typeof pagesOf>[0]): Promise<void> => {
    if (folderId === undefined) return;
    for await (const page of pagesOf(list)) listener(folderId, page);
  };
  messenger.messages.onNewMailReceived.addListener((folder, list) => void tell(folder.id, list), true);
}

/** Calls `listener` for each copy that Thunderbird keeps of a message that it has just sent. */
export function onSent(listener: (folderId: string, messages: readonly ListedMessage[]) => void): void {
  messenger.compose.onAfterSend.addListener((_tab, { messages }) => {
    for (const message of messages) {
      if (message.folder?.id !== undefined) listener(message.folder.id, [listed(message)]);
    }
  });
}

/**
 * Calls `listener` when the number of messages in a folder changes, whatever the reason: an import, a filter, the person, or another
 * computer through the server. Thunderbird calls only what it has not seen read anywhere new mail.
 */
export function onFolderChanged(listener: (folderId: string) => void): void {
  messenger.folders.onFolderInfoChanged.addListener((folder, { totalMessageCount }) => {
    if (folder.id !== undefined && totalMessageCount !== undefined) listener(folder.id);
  });
}

/** The same as `onNewMail` for messages that were copied or moved. */
export function onCopied(listener: (folderId: string, messages: readonly ListedMessage[]) => void): void {
  const tell = async (list: Parameters<typeof pagesOf>[0]): Promise<void> => {
    const folderId = list.messages[0]?.folder?.id;
    for await (const page of pagesOf(list)) if (folderId !== undefined) listener(folderId, page);
  };
  messenger.messages.onCopied.addListener((_from, to) => void tell(to));
  messenger.messages.onMoved.addListener((_from, to) => void tell(to));
}
