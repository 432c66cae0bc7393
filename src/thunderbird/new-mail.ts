// Belongs here: telling of mail that came in, of copies of what was sent, and of what was deleted.
import type { ListedMessage } from "../ports/mail-folders.ts";
import { listed, pagesOf } from "./mail-folders.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

type List = Parameters<typeof pagesOf>[0];

/** Calls `listener` for messages that came in, in whatever folder a filter put them, page by page. */
export function onNewMail(listener: (folderId: string, messages: readonly ListedMessage[]) => Promise<void>): void {
  const tell = async (folderId: string | undefined, list: List): Promise<void> => {
    if (folderId === undefined) return;
    for await (const page of pagesOf(list)) await listener(folderId, page);
  };
  messenger.messages.onNewMailReceived.addListener(
    pendingListener((folder, list) => tell(folder.id, list)),
    true,
  );
}

/** Calls `listener` for each copy that Thunderbird keeps of a message that it has just sent. */
export function onSent(listener: (folderId: string, messages: readonly ListedMessage[]) => Promise<void>): void {
  messenger.compose.onAfterSend.addListener(
    pendingListener(async (_tab, { messages }) => {
      for (const message of messages) {
        if (message.folder?.id !== undefined) await listener(message.folder.id, [listed(message)]);
      }
    }),
  );
}

/**
 * Calls `listener` when the number of messages in a folder changes, whatever the reason: an import, a filter, the person, or another
 * computer through the server. Thunderbird calls only what it has not seen read anywhere new mail.
 */
export function onFolderChanged(listener: (folderId: string) => Promise<void>): void {
  messenger.folders.onFolderInfoChanged.addListener(
    pendingListener(async (folder, { totalMessageCount }) => {
      if (folder.id !== undefined && totalMessageCount !== undefined) await listener(folder.id);
    }),
  );
}

/** The same as `onNewMail` for messages that were copied or moved. */
export function onCopied(listener: (folderId: string, messages: readonly ListedMessage[]) => Promise<void>): void {
  const tell = async (list: List): Promise<void> => {
    const folderId = list.messages[0]?.folder?.id;
    for await (const page of pagesOf(list)) if (folderId !== undefined) await listener(folderId, page);
  };
  const came = pendingListener((_from: unknown, to: List) => tell(to));
  messenger.messages.onCopied.addListener(came);
  messenger.messages.onMoved.addListener(came);
}

/** Calls `listener` for messages that are gone for good, page by page: what goes to the bin is moved. */
export function onDeleted(listener: (messages: readonly ListedMessage[]) => Promise<void>): void {
  messenger.messages.onDeleted.addListener(
    pendingListener(async (list) => {
      for await (const page of pagesOf(list)) await listener(page);
    }),
  );
}
