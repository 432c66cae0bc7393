// Belongs here: which message is on the screen, and telling when that changes.
import type { SelectedMessage, ShownMessage, ShownMessages } from "../ports/shown-messages.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

export const shownMessages: ShownMessages = {
  async current(tabId) {
    try {
      const list: unknown = await messenger.messageDisplay.getDisplayedMessages(tabId);
      await abortUnfinished(list);
      return onlyEntry(list)?.id ?? null;
    } catch (error) {
      // Thunderbird throws for a tab that is gone; a tab that is there always has an answer.
      if (await tabExists(tabId)) throw error;
      return null;
    }
  },

  async inActiveTab() {
    const [tab] = await messenger.tabs.query({ active: true, lastFocusedWindow: true });
    return shownIn(tab?.id);
  },

  async everywhere() {
    const tabs = await messenger.tabs.query({ type: ["mail", "messageDisplay"] });
    const shown = await Promise.all(tabs.map(({ id }) => shownIn(id)));
    return shown.filter((message) => message !== null);
  },
};

/** Calls `listener` whenever a tab shows one message. A selection of several has no header, and so no pane and no button. */
export function onMessageShown(listener: (tabId: number, messageId: number) => Promise<void>): void {
  messenger.messageDisplay.onMessagesDisplayed.addListener(
    pendingListener(async (tab, list) => {
      const { id: tabId } = tab;
      if (tabId === undefined) return;
      void abortUnfinished(list);
      const only = onlyEntry(list);
      if (only !== null) await listener(tabId, only.id);
    }),
  );
}

/**
 * Calls `listener` when the selection of a 3-pane tab changes, which is before the selected message is shown; with `null` when it is not
 * one message.
 */
export function onSelectionChanged(listener: (tabId: number, selected: SelectedMessage | null) => Promise<void>): void {
  messenger.mailTabs.onSelectedMessagesChanged.addListener(
    pendingListener(async (tab, list) => {
      const { id: tabId } = tab;
      void abortUnfinished(list);
      const only = onlyEntry(list);
      const selected =
        only === null ? null : { messageId: only.id, author: only.author ?? "", size: only.size ?? Infinity };
      if (tabId !== undefined) await listener(tabId, selected);
    }),
  );
}

async function shownIn(tabId: number | undefined): Promise<ShownMessage | null> {
  if (tabId === undefined) return null;
  const messageId = await shownMessages.current(tabId);
  return messageId === null ? null : { tabId, messageId };
}

/** An unfinished list is kept by Thunderbird until aborted. */
async function abortUnfinished(list: unknown): Promise<void> {
  if (isMessageList(list) && typeof list.id === "string") await messenger.messages.abortList(list.id);
}

/** Manifest V3 hands out a page of a list (the types at hand say: an array). */
function onlyEntry(list: unknown): MessageEntry | null {
  if (!isMessageList(list)) return null;
  const [first, ...others] = list.messages;
  return first === undefined || others.length > 0 ? null : first;
}

interface MessageEntry {
  readonly id: number;
  readonly author?: string;
  readonly size?: number;
}

interface MessagePage {
  readonly id: unknown;
  readonly messages: readonly MessageEntry[];
}

function isMessageList(value: unknown): value is MessagePage {
  return typeof value === "object" && value !== null && "messages" in value && Array.isArray(value.messages);
}

async function tabExists(tabId: number): Promise<boolean> {
  return (await messenger.tabs.query({})).some(({ id }) => id === tabId);
}
