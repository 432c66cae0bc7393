// Belongs here: the one door to Thunderbird's WebExtension API, and the types of our Experiments.
// Does NOT belong here: anything done through it (one file per API beside this one).
import browser from "webextension-polyfill";
import type { Appearance } from "../messages.ts";

/** src/experiments/messageHeaderPane/schema.json */
interface MessageHeaderPaneApi {
  open(tabId: number, messageId: number, page: string): Promise<boolean>;
  setHeight(tabId: number, messageId: number, height: number): Promise<boolean>;
  getAppearance(tabId: number): Promise<Appearance | null>;
  readonly onAppearanceChanged: { addListener(listener: () => void): void };
}

interface HeaderMatch {
  readonly header: "author" | "subject";
  readonly pattern: string;
}

/** src/experiments/messageListColumns/schema.json */
interface MessageListColumnsApi {
  add(id: string, column: { name: string; value: HeaderMatch; onlyIf?: HeaderMatch }): Promise<void>;
  remove(id: string): Promise<void>;
}

/** src/experiments/messageBytes/schema.json */
interface MessageBytesApi {
  read(messageId: number): Promise<Blob>;
}

/** In Thunderbird 140 and later; not yet in the types at hand. */
interface MessengerUtilities {
  convertToPlainText(html: string): Promise<string>;
}

interface Additions {
  readonly messengerUtilities: MessengerUtilities;
  readonly messageHeaderPane?: MessageHeaderPaneApi;
  readonly messageListColumns?: MessageListColumnsApi;
  readonly messageBytes?: MessageBytesApi;
}

// The polyfill hands out Thunderbird's own `browser`, whose types it knows for Firefox only.
export const messenger = browser as unknown as typeof globalThis.messenger & Additions;
