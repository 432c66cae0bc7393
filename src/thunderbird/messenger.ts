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
  add(id: string, column: { name: string; value?: HeaderMatch; onlyIf?: HeaderMatch }): Promise<void>;
  setValues(id: string, values: { messageId: string; text: string; rank: number }[]): Promise<void>;
  remove(id: string): Promise<void>;
}

/** src/experiments/messageBytes/schema.json */
interface MessageBytesApi {
  read(messageId: number): Promise<Blob>;
}

/** src/experiments/messageIndex/schema.json */
interface MessageIndexApi {
  list(folderId: string, after: number, count: number): Promise<IndexPage>;
  find(headerMessageId: string): Promise<readonly number[]>;
}

interface IndexPage {
  readonly messages: readonly {
    readonly id: number;
    readonly headerMessageId: string;
    readonly author: string;
    readonly recipients: readonly string[];
    readonly subject: string;
    readonly date: number;
    readonly size: number;
  }[];
  readonly last: number | null;
}

/** In Thunderbird 140 and later; not yet in the types at hand. */
interface MessengerUtilities {
  convertToPlainText(html: string): Promise<string>;
}

/** The types at hand have no alarms. */
interface AlarmsApi {
  create(name: string, info: { when: number }): Promise<void>;
  clear(name: string): Promise<boolean>;
  readonly onAlarm: { addListener(listener: (alarm: { readonly name: string }) => void): void };
}

/** With manifest version 3 `null` takes a property back; the types at hand know of no such thing. */
interface SpacesApi {
  query(wanted: { name: string; isSelfOwned: boolean }): Promise<readonly Space[]>;
  create(name: string, tab: { url: string }, button: SpaceButton): Promise<Space>;
  update(id: number, button: SpaceButton): Promise<void>;
}

interface Space {
  readonly id: number;
}

interface SpaceButton {
  title: string;
  defaultIcons: string;
  themeIcons: { light: string; dark: string; size: number }[];
  badgeText: string | null;
  badgeBackgroundColor: string;
}

interface Additions {
  readonly alarms: AlarmsApi;
  readonly spaces: SpacesApi;
  readonly messengerUtilities: MessengerUtilities;
  readonly messageHeaderPane?: MessageHeaderPaneApi;
  readonly messageListColumns?: MessageListColumnsApi;
  readonly messageBytes?: MessageBytesApi;
  readonly messageIndex?: MessageIndexApi;
}

// The polyfill hands out Thunderbird's own `browser`, whose types it knows for Firefox only.
export const messenger = browser as unknown as typeof globalThis.messenger & Additions;
