// Belongs here: passwords for mail programs that an operator ends after some months: which the person wants to be told of, telling them
// in time, and when a new one was stored instead. No password is here, only when it was made.
// Does NOT belong here: which operators have such passwords (core/providers), how the page asks (pages/account).
import { type ClientPassword, operatorById, operatorOfHost, readTypedAddress } from "../../core/index.ts";
import type { PasswordLife } from "../../messages.ts";
import type { AlarmClock } from "../../ports/alarm-clock.ts";
import type { AccountFacts, MailAccounts } from "../../ports/mail-accounts.ts";
import type { Notifier } from "../../ports/notifier.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import type { Translate } from "../../ports/translate.ts";
import { type PasswordReminder, readSettings, writeSettings } from "../settings.ts";

const DAY = 24 * 60 * 60 * 1000;

/** How long before its end the person is told, once each: time enough to make a new one, then a last word, then what has happened. */
const STAGES = [14 * DAY, 3 * DAY, 0] as const;

/** An alarm stands still while the computer sleeps. */
const LATEST_ALARM_MS = 6 * 60 * 60 * 1000;

export interface PasswordReminders {
  all(): Promise<readonly PasswordReminder[]>;
  /** `madeAt`, milliseconds UTC: when the password was made; `null`: the person is told no more. Nothing for an operator whose passwords do not end. */
  set(address: string, operator: string, madeAt: number | null): Promise<void>;
  /** Tells what is due, once each, and wakes itself for the next. */
  follow(): Promise<void>;
  /** A server did not take the stored password: says why that may be, where the operator's passwords give a reason. */
  loginFailed(host: string, username: string): Promise<void>;
}

export interface PasswordRemindersDependencies {
  readonly settings: SettingsStore;
  readonly notifier: Notifier;
  readonly alarm: AlarmClock;
  /** `null` in a package that cannot see when a password was stored. */
  readonly accounts: Pick<MailAccounts, "list"> | null;
  /** The other package is active and does all this. */
  readonly otherIsActive: () => Promise<boolean>;
  readonly translate: Translate;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export function createPasswordReminders(dependencies: PasswordRemindersDependencies): PasswordReminders {
  const { settings, notifier, alarm, accounts, translate, now } = dependencies;
  /** One after the other: each writes the whole list. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const reminders = async (): Promise<readonly PasswordReminder[]> => (await readSettings(settings)).passwordReminders;

  async function follow(): Promise<void> {
    if (await dependencies.otherIsActive()) return;
    const before = await reminders();
    if (before.length === 0) return alarm.set(null);
    const stored = await storedPasswords(accounts);
    const after: PasswordReminder[] = [];
    for (const reminder of before) {
      const renewed = withNewPassword(reminder, stored.get(reminder.address) ?? null);
      const left = passwordEnd(renewed.madeAt, renewed.months) - now();
      const due = STAGES.filter((stage) => left <= stage).length;
      if (due > renewed.told) await notifier.show(noticeOf(renewed, left, translate));
      after.push({ ...renewed, told: Math.max(due, renewed.told) });
    }
    if (JSON.stringify(after) !== JSON.stringify(before)) await writeSettings(settings, { passwordReminders: after });
    const next = after.flatMap(({ madeAt, months }) => STAGES.map((stage) => passwordEnd(madeAt, months) - stage));
    const soonest = Math.min(...next.filter((at) => at > now()), now() + LATEST_ALARM_MS);
    await alarm.set(next.some((at) => at > now()) ? soonest : null);
  }

  return {
    all: reminders,
    set: (address, operator, madeAt) =>
      inTurn(async () => {
        const typed = readTypedAddress(address);
        const key = (typeof typed === "string" ? address.trim() : typed.address).toLowerCase();
        const others = (await reminders()).filter((each) => each.address !== key);
        const password = operatorById(operator)?.clientPassword ?? null;
        const months = password?.expiresAfterMonths ?? null;
        const mine: readonly PasswordReminder[] =
          madeAt === null || months === null
            ? []
            : [{ address: key, name: password?.name ?? "", months, madeAt, setAt: now(), told: 0 }];
        await writeSettings(settings, { passwordReminders: [...others, ...mine] });
        await follow();
      }),
    follow: () => inTurn(follow),
    async loginFailed(host, username) {
      const password = operatorOfHost(host)?.operator.clientPassword ?? null;
      if (password === null || (await dependencies.otherIsActive())) return;
      const all = accounts === null ? [] : (await accounts.list()).accounts;
      const address = addressOfLogin(all, host, username);
      const reminder = (await reminders()).find((each) => each.address === address.toLowerCase()) ?? null;
      const words = whyItFails(password, reminder, now(), translate);
      if (words === null) return;
      const text = translate(words.key, [address, ...words.values]);
      await notifier.show({ id: `${NOTICE}login ${address}`, title: translate("notice_login_failed_title"), text });
    },
  };
}

/** When it ends, in milliseconds UTC. */
export function passwordEnd(madeAt: number, months: number): number {
  const end = new Date(madeAt);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + months);
  // Three months after 30 November is not 2 March.
  if (end.getUTCDate() !== day) end.setUTCDate(0);
  return end.getTime();
}

/** What is known of the password of an account; `null`: its operator's do not end, as far as is known. */
export function passwordLife(
  reminder: PasswordReminder | null,
  operatorId: string | null,
  storedAt: number | null,
): PasswordLife | null {
  const password = (operatorId === null ? null : operatorById(operatorId))?.clientPassword ?? null;
  const months = password?.expiresAfterMonths ?? reminder?.months ?? null;
  if (months === null) return null;
  const madeAt = reminder === null ? null : withNewPassword(reminder, storedAt).madeAt;
  return {
    name: password?.name ?? reminder?.name ?? "",
    months,
    always: password?.needed === "always",
    madeAt,
    endsAt: madeAt === null ? null : passwordEnd(madeAt, months),
    storedAt,
  };
}

/** Whether the notice is one of these. */
export function isPasswordNotice(id: string): boolean {
  return id.startsWith(NOTICE);
}

const NOTICE = "password ";

/** The mailbox that a login belongs to; what cannot be told is the login itself. */
function addressOfLogin(all: readonly AccountFacts[], host: string, username: string): string {
  const isIts = (server: { readonly host: string; readonly username: string } | null): boolean =>
    server?.host === host && server.username === username;
  const account = all.find((each) => isIts(each) || each.identities.some(({ outgoing }) => isIts(outgoing)));
  return account?.identities[0]?.address ?? username;
}

/** `null`: the operator's passwords give no reason. */
function whyItFails(
  { needed, name, expiresAfterMonths }: ClientPassword,
  reminder: PasswordReminder | null,
  now: number,
  translate: Translate,
): { readonly key: string; readonly values: readonly string[] } | null {
  const ownName = name ?? translate("password_its_own");
  if (reminder !== null) {
    const end = passwordEnd(reminder.madeAt, reminder.months);
    if (end <= now) return { key: "notice_login_failed_ended", values: [ownName, longDay(end, translate)] };
  }
  if (needed === "always") return { key: "notice_login_failed_own", values: [ownName] };
  if (expiresAfterMonths === null) return null;
  return { key: "notice_login_failed_perhaps", values: [ownName, String(expiresAfterMonths)] };
}

function longDay(instant: number, translate: Translate): string {
  return new Intl.DateTimeFormat(translate("locale_tag"), { dateStyle: "long" }).format(instant);
}

/** A password stored after the person spoke of one is a new one. */
function withNewPassword(reminder: PasswordReminder, storedAt: number | null): PasswordReminder {
  const isNew = storedAt !== null && storedAt > reminder.setAt;
  return isNew ? { ...reminder, madeAt: storedAt, setAt: storedAt, told: 0 } : reminder;
}

/** By address, when the latest one was stored. */
async function storedPasswords(
  accounts: PasswordRemindersDependencies["accounts"],
): Promise<ReadonlyMap<string, number>> {
  const stored = new Map<string, number>();
  for (const { identities, passwordChanged, host } of accounts === null ? [] : (await accounts.list()).accounts) {
    const address = identities[0]?.address.toLowerCase() ?? "";
    // Ordinary mail may be written as that address too, with a password of its own.
    if (passwordChanged === null || operatorOfHost(host) === null) continue;
    stored.set(address, Math.max(passwordChanged, stored.get(address) ?? 0));
  }
  return stored;
}

function noticeOf(
  { address, madeAt, months }: PasswordReminder,
  left: number,
  translate: Translate,
): Parameters<Notifier["show"]>[0] {
  const id = `${NOTICE}${address} ${String(madeAt)} ${left > 0 ? "ends" : "ended"}`;
  const end = longDay(passwordEnd(madeAt, months), translate);
  return left > 0
    ? {
        id,
        title: translate("notice_password_ends_title"),
        text: translate("notice_password_ends", [address, end]),
      }
    : {
        id,
        title: translate("notice_password_ended_title"),
        text: translate("notice_password_ended", [address, end]),
      };
}
