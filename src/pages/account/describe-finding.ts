// Belongs here: which words are said of a finding, and of a setting before and after. Does NOT belong here: drawing (see draw-audit.ts).
import type { AccountAudit, AccountChange, AccountFinding, ReceiptsSpace } from "../../messages.ts";
import type { Sentence, Value } from "../sentence.ts";
import { foreign, keyOf, own, phrase, sentence } from "../values.ts";
import { kilobytes, longDay } from "./account-drawing.ts";

export interface FindingWords {
  readonly title: Sentence;
  readonly why: Sentence;
  /** What the person can do where no button can. */
  readonly byHand: Sentence | null;
}

export function describeFinding(finding: AccountFinding, locale: string): FindingWords {
  const { id, repair } = finding;
  const values = valuesOf(finding, locale);
  return {
    title: sentence(titleKey(finding), ...values),
    why: sentence(keyOf("finding", id, finding.values["isNew"] === 1 ? "why_new" : "why"), ...values),
    byHand: repair === null ? sentence(keyOf("finding", id, "by_hand"), ...values) : null,
  };
}

function titleKey({ id, values }: AccountFinding): string {
  if (id === "deleted-by-age" && values["days"] === 1) return "finding_deleted_by_age_title_one";
  return keyOf("finding", id, "title");
}

/** In the order of the placeholders. */
function valuesOf({ id, values }: AccountFinding, locale: string): readonly Value[] {
  const text = (name: string): Value => {
    const value = String(values[name] ?? "");
    return value === "" ? phrase("account_nothing") : foreign(value);
  };
  const number = (name: string): number => Number(values[name] ?? 0);
  switch (id) {
    case "outgoing-ordinary":
    case "outgoing-unknown":
      return [text("host")];
    case "deleted-by-age":
      return [own(new Intl.NumberFormat(locale).format(number("days")))];
    case "size-limit":
      return [own(kilobytes(number("kilobytes"), locale))];
    case "retention":
      return [retention(String(values["rule"]), locale)];
    case "folder-retention":
      return [text("folder"), retention(String(values["rule"]), locale)];
    case "filter-deletes":
    case "filter-moves":
      return [text("filter")];
    case "sent-elsewhere":
    case "drafts-elsewhere":
    case "archive-elsewhere":
      return [text("folder")];
    case "automatic-bcc":
      return [text("addresses")];
    case "reply-to-elsewhere":
      return [text("address")];
    case "password-expires":
    case "password-expired":
      return [own(longDay(number("at"), locale))];
    case "quota-nearly-full":
      return [
        own(new Intl.NumberFormat(locale, { style: "percent" }).format(number("percent") / 100)),
        own(kilobytes(number("limit"), locale)),
      ];
    case "not-left-on-server":
    case "deleted-with-local":
    case "headers-only":
    case "sent-not-kept":
    case "junk-control":
    case "scam-warning":
    case "collects-addresses":
      return [];
  }
}

/** What receipts take of a mailbox that is nearly full; `null`: there is nothing to say. */
export function describeSpace(
  space: ReceiptsSpace | null,
  quota: AccountAudit["quota"],
  locale: string,
): Sentence | null {
  if (space === null || quota === null || space.count === 0) return null;
  // Lists may still hold what the server has deleted.
  const share = Math.min(space.bytes / 1024 / quota.used, 1);
  return sentence(
    space.isWhole ? "finding_quota_receipts" : "finding_quota_receipts_at_least",
    own(new Intl.NumberFormat(locale).format(space.count)),
    own(kilobytes(space.bytes / 1024, locale)),
    own(new Intl.NumberFormat(locale, { style: "percent" }).format(share)),
  );
}

export interface ChangeWords {
  readonly setting: Sentence;
  readonly from: Value;
  readonly to: Value;
}

export function describeChange({ setting, from, to }: AccountChange, locale: string): ChangeWords {
  const name = setting.startsWith("filter:") ? "filter" : setting.replace(/[A-Z]/g, (letter) => `_${letter}`);
  return {
    setting: sentence(keyOf("setting", name)),
    from: settingValue(setting, from, locale),
    to: settingValue(setting, to, locale),
  };
}

function settingValue(setting: string, value: AccountChange["from"], locale: string): Value {
  if (setting === "outgoingServer") return value === "" ? phrase("setting_outgoing_default") : foreign(hostOf(value));
  if (setting === "retention") return retention(String(value), locale);
  if (setting.endsWith("Folder"))
    return value === "" ? phrase("setting_folder_by_itself") : foreign(folderOf(String(value)));
  if (typeof value === "boolean") return phrase(value ? "setting_yes" : "setting_no");
  if (typeof value === "number") return phrase(value === 0 ? "setting_no" : "setting_yes");
  return value === "" ? phrase("setting_empty") : foreign(value);
}

function retention(rule: string, locale: string): Value {
  const [kind = "", count = ""] = rule.split(":");
  const number = own(new Intl.NumberFormat(locale).format(Number(count)));
  switch (kind) {
    case "days":
      return count === "1" ? phrase("retention_days_one") : phrase("retention_days", number);
    case "count":
      return phrase("retention_count", number);
    case "server":
      return phrase("retention_server");
    default:
      return phrase("retention_keep");
  }
}

/** Of an outgoing server's address. */
function hostOf(address: AccountChange["from"]): string {
  const text = String(address);
  return URL.canParse(text) ? new URL(text).hostname : text;
}

/** The last part of the folder's URI; what cannot be decoded is shown as it is. */
function folderOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}
