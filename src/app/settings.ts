// Belongs here: what the person decided on the options page, from `unknown` to values.
// Does NOT belong here: where it is stored (see ports/settings-store.ts).
import { type DeliveryReceiptKind, deliveryReceiptKind, type UserAnchor } from "../core/index.ts";
import type { AccountRepair, AccountRequest, MailWorkName, NoticeKind } from "../messages.ts";
import type { SettingsStore } from "../ports/settings-store.ts";
import { parseChange } from "./accounts/parse-account-request.ts";
import { isRecord, isTime } from "./plain-values.ts";

/** In the order in which they are offered. */
export const NOTICE_KINDS: readonly NoticeKind[] = [
  "refused",
  "not-delivered",
  "overdue",
  "late",
  "acceptance-missing",
];

/** Receipts up to this size are read unasked, in bytes: a complete one returns the whole message, and on IMAP reading may mean downloading. */
export const DEFAULT_RECEIPT_SIZE_LIMIT = 10_000_000;

export const MAIL_WORKS: readonly MailWorkName[] = ["tags", "order"];

/** A password for mail programs that ends; the person wants to be told before. */
export interface PasswordReminder {
  /** Of the mailbox, in lower case. */
  readonly address: string;
  /** The operator's own words for the password. */
  readonly name: string;
  /** After how many it ends. */
  readonly months: number;
  /** Milliseconds UTC; `setAt`: when the person said so. */
  readonly madeAt: number;
  readonly setAt: number;
  /** How many times the person was told. */
  readonly told: number;
}

/** What the person decided of an address that mail is written from. */
export interface SendingChoice {
  /** In lower case. */
  readonly address: string;
  /** `null`: not said; then other facts tell whether it is PEC. */
  readonly isPec: boolean | null;
  /** Asked for unless a message says otherwise; `null`: the complete one. */
  readonly receiptKind: DeliveryReceiptKind | null;
  /** No question before PEC with recipients in Cc, or ordinary mail to PEC addresses, is sent. */
  readonly isQuiet: boolean;
}

export interface Settings {
  /** Revocation lists are fetched by themselves when one is needed. Off by default: nothing leaves the computer unasked. */
  readonly alwaysAsk: boolean;
  /** Local records are written. */
  readonly keepRecords: boolean;
  /** Authorities that the person added, in order. */
  readonly anchors: readonly UserAnchor[];
  /** Kinds that the person does not want to be told of. */
  readonly silentNotices: readonly NoticeKind[];
  /** Sent messages carry tags that say what became of them. Off by default: nothing is changed on mail unasked. */
  readonly tagSent: boolean;
  /** Linked receipts are moved into a folder of their own. Off by default. */
  readonly orderReceipts: boolean;
  /** Bytes; see `DEFAULT_RECEIPT_SIZE_LIMIT`. */
  readonly receiptSizeLimit: number;
  /** Work on mail that has begun, or has to be done for everything there is, and is not done yet. */
  readonly unfinished: readonly MailWorkName[];
  readonly passwordReminders: readonly PasswordReminder[];
  /** Repairs of accounts that can be undone, the last one at the end. */
  readonly accountRepairs: readonly AccountRepair[];
  readonly sendingChoices: readonly SendingChoice[];
}

/** Rejects when they cannot be read: nobody may take a choice of the person for its opposite. */
export async function readSettings(store: SettingsStore): Promise<Settings> {
  const stored = await store.read();
  const { alwaysAsk, keepRecords, anchors, silentNotices, tagSent, orderReceipts, receiptSizeLimit } = stored;
  return {
    alwaysAsk: alwaysAsk === true,
    keepRecords: keepRecords !== false,
    anchors: Array.isArray(anchors) ? anchors.map(parseUserAnchor).filter((anchor) => anchor !== null) : [],
    silentNotices: someOf(NOTICE_KINDS, silentNotices),
    tagSent: tagSent === true,
    orderReceipts: orderReceipts === true,
    receiptSizeLimit: isSizeLimit(receiptSizeLimit) ? receiptSizeLimit : DEFAULT_RECEIPT_SIZE_LIMIT,
    unfinished: someOf(MAIL_WORKS, stored["unfinished"]),
    passwordReminders: parseReminders(stored["passwordReminders"]),
    accountRepairs: parseRepairs(stored["accountRepairs"]),
    sendingChoices: parseSendingChoices(stored["sendingChoices"]),
  };
}

function parseReminders(value: unknown): readonly PasswordReminder[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown): PasswordReminder[] => {
    if (!isRecord(each)) return [];
    const { address, name, months, madeAt, setAt, told } = each;
    if (typeof address !== "string" || typeof name !== "string") return [];
    if (!isTime(madeAt) || !isTime(setAt)) return [];
    return isCount(months) && Number.isSafeInteger(told)
      ? [{ address, name, months, madeAt, setAt, told: Number(told) }]
      : [];
  });
}

function parseRepairs(value: unknown): readonly AccountRepair[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown): AccountRepair[] => {
    const change = isRecord(each) ? parseChange(each["change"]) : null;
    const account = isRecord(each) ? each["account"] : null;
    return change !== null && typeof account === "string" ? [{ account, change }] : [];
  });
}

function parseSendingChoices(value: unknown): readonly SendingChoice[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown): SendingChoice[] => {
    if (!isRecord(each) || typeof each["address"] !== "string") return [];
    const { address, isPec, receiptKind, isQuiet } = each;
    return [
      {
        address,
        isPec: typeof isPec === "boolean" ? isPec : null,
        receiptKind: deliveryReceiptKind(receiptKind),
        isQuiet: isQuiet === true,
      },
    ];
  });
}

function someOf<Name extends string>(names: readonly Name[], value: unknown): readonly Name[] {
  return Array.isArray(value) ? names.filter((name) => value.includes(name)) : [];
}

export function writeSettings(store: SettingsStore, changes: Partial<Settings>): Promise<void> {
  return store.write(changes);
}

/** What the person chose for an address, beside what they chose for it before. */
export async function keepSendingChoice(
  store: SettingsStore,
  written: string,
  choice: Partial<Omit<SendingChoice, "address">>,
): Promise<void> {
  const address = written.toLowerCase();
  if (address === "") return;
  const { sendingChoices } = await readSettings(store);
  const former = sendingChoices.find((each) => each.address === address);
  const others = sendingChoices.filter((each) => each.address !== address);
  const next = { address, isPec: null, receiptKind: null, isQuiet: false, ...former, ...choice };
  await writeSettings(store, { sendingChoices: [...others, next] });
}

/** More than anybody repairs; the oldest are forgotten. */
const MAX_REPAIRS = 200;

/** A repair is remembered, and forgotten once it was undone. */
export async function keepRepair(
  { account, change, undo }: Omit<Extract<AccountRequest, { readonly name: "change" }>, "name">,
  store: SettingsStore,
): Promise<void> {
  const { owner, setting } = change;
  const others = (await readSettings(store)).accountRepairs.filter(
    (each) => each.change.owner !== owner || each.change.setting !== setting,
  );
  const accountRepairs = undo ? others : [...others, { account, change }];
  await writeSettings(store, { accountRepairs: accountRepairs.slice(-MAX_REPAIRS) });
}

/** Bytes. */
export function isSizeLimit(value: unknown): value is number {
  return isCount(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

/** `null`: none of ours. Whether it holds is for the core to say. */
export function parseUserAnchor(value: unknown): UserAnchor | null {
  if (!isRecord(value)) return null;
  const { base64, sha256, source, addedAt, system, domains, notAfter } = value;
  if (typeof base64 !== "string" || typeof sha256 !== "string" || typeof source !== "string") return null;
  if (!isTime(addedAt) || (system !== "PEC" && system !== "REM") || (notAfter !== null && !isTime(notAfter)))
    return null;
  if (!Array.isArray(domains)) return null;
  const names: readonly unknown[] = domains;
  if (!names.every((name) => typeof name === "string")) return null;
  return { base64, sha256, source, addedAt, system, domains: names, notAfter };
}
