// Belongs here: which message is on the screen, and telling when that changes.
import type { ShownMessage, ShownMessages } from "../ports/shown-messages.ts";
import { messenger } from "./messenger.ts";

export const shownMessages: ShownMessages = {
  async current(tabId) {
    try {
      return await onlyMessage(await messenger.messageDisplay.getDisplayedMessages(tabId));
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
export function onMessageShown(listener: (tabId: number, messageId: number) => void): void {
  messenger.messageDisplay.onMessagesDisplayed.addListener((tab, list) => {
    const { id: tabId } = tab;
    if (tabId === undefined) return;
    void onlyMessage(list).then((messageId) => {
      if (messageId !== null) listener(tabId, messageId);
    });
  });
}

/** Calls `listener` when the selection of a 3-pane tab changes, which is before the selected message is shown. */
export function onSelectionChanged(listener: (tabId: number) => void): void {
  messenger.mailTabs.onSelectedMessagesChanged.addListener((tab, list) => {
    const { id: tabId } = tab;
    void onlyMessage(list);
    if (tabId !== undefined) listener(tabId);
  });
}

async function shownIn(tabId: number | undefined): Promise<ShownMessage | null> {
  if (tabId === undefined) return null;
  const messageId = await shownMessages.current(tabId);
  return messageId === null ? null : { tabId, messageId };
}

/** Manifest V3 hands out a page of a list (the types at hand say: an array). An unfinished list is kept by Thunderbird until aborted. */
async function onlyMessage(list: unknown): Promise<number | null> {
  if (!isMessageList(list)) return null;
  if (typeof list.id === "string") await messenger.messages.abortList(list.id);
  const [first, ...others] = list.messages;
  return first === undefined || others.length > 0 ? null : first.id;
}

interface MessagePage {
  readonly id: unknown;
  readonly messages: readonly { readonly id: number }[];
}

function isMessageList(value: unknown): value is MessagePage {
  return typeof value === "object" && value !== null && "messages" in value && Array.isArray(value.messages);
}

async function tabExists(tabId: number): Promise<boolean> {
  return (await messenger.tabs.query({})).some(({ id }) => id === tabId);
}
