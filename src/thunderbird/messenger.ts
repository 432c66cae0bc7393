// Belongs here: the one door to Thunderbird's WebExtension API, and the types of our Experiments.
// Does NOT belong here: anything done through it (one file per API beside this one).
import browser from "webextension-polyfill";
import type { Appearance } from "../messages.ts";
import type {
  AccountDetails,
  CreatedAccount,
  CreationFailure,
  MailAccounts,
  NewAccount,
  SettingValue,
} from "../ports/mail-accounts.ts";
import type { ConnectionFailure } from "../ports/secure-connections.ts";

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
  add(
    id: string,
    column: { name: string; value?: HeaderMatch; onlyIf?: HeaderMatch; exceptIn?: ("inbox" | "junk")[] },
  ): Promise<void>;
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
  newestKey(folderId: string): Promise<number>;
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

/** src/experiments/secureConnection/schema.json */
interface SecureConnectionApi {
  open(host: string, port: number): Promise<{ id: number } | { failure: ConnectionFailure }>;
  exchange(id: number, text: string, until: string): Promise<{ text: string } | { failure: ConnectionFailure }>;
  close(id: number): Promise<void>;
}

/** src/experiments/mailAccounts/schema.json */
interface MailAccountsApi {
  list(): ReturnType<MailAccounts["list"]>;
  outgoingServers(): ReturnType<MailAccounts["outgoingServers"]>;
  details(account: string): Promise<AccountDetails>;
  refreshFolders(account: string): Promise<boolean>;
  create(
    account: NewAccount,
  ): Promise<Omit<Extract<CreatedAccount, { ok: true }>, "ok"> | { failure: CreationFailure }>;
  change(owner: string, setting: string, value: SettingValue): Promise<SettingValue>;
  mailExchangers(domain: string): Promise<readonly { host: string; preference: number }[]>;
  readonly onLoginFailed: { addListener(listener: (host: string, username: string) => void): void };
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
  readonly secureConnection?: SecureConnectionApi;
  readonly mailAccounts?: MailAccountsApi;
}

// The polyfill hands out Thunderbird's own `browser`, whose types it knows for Firefox only.
export const messenger = browser as unknown as typeof globalThis.messenger & Additions;
