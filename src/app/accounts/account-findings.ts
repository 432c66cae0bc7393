// Belongs here: from what an account is set to, to what endangers PEC mail in it; pure.
// Does NOT belong here: which accounts are PEC, reading them (see audit-accounts.ts), the wording (_locales).
import type { Operator } from "../../core/index.ts";
import type { AccountFinding, AccountFindingId, PasswordLife } from "../../messages.ts";
import type {
  AccountDetails,
  AccountFacts,
  AccountSettings,
  ApplicationSettings,
  FilterFacts,
  IdentityFacts,
} from "../../ports/mail-accounts.ts";
import { folderFindings } from "./folder-findings.ts";
import { outgoingFindings, type SendingFacts } from "./outgoing-findings.ts";
import { SAFE_SETTINGS } from "./safe-settings.ts";

export interface AccountToJudge {
  readonly account: AccountFacts;
  readonly details: AccountDetails;
  readonly application: ApplicationSettings;
  /** `null`: not known. */
  readonly operator: Operator | null;
  readonly passwordLife: PasswordLife | null;
  /** Of its identities, those whose mail is meant to be PEC. */
  readonly pecIdentities: readonly IdentityFacts[];
  /** Whether PEC is what the account is for; else they stand beside ordinary ones. */
  readonly isPecAccount: boolean;
  readonly sending: SendingFacts;
}

/** When to speak of a password that ends: time enough to make a new one. */
const PASSWORD_NOTICE_MS = 14 * 24 * 60 * 60 * 1000;
/** A full mailbox refuses receipts; a complete receipt takes as much as the message. */
const QUOTA_NOTICE = 0.9;

const WEIGHTS = ["loses", "hinders", "note"] as const;

/** @param now milliseconds UTC. Worst first. */
export function accountFindings(judged: AccountToJudge, now: number): readonly AccountFinding[] {
  const { account, details, application, operator, passwordLife, pecIdentities, isPecAccount, sending } = judged;
  const findings = [
    ...pecIdentities.flatMap((identity) => outgoingFindings(account, identity, isPecAccount, sending)),
    ...settingFindings(account),
    ...retentionFindings(account, details),
    ...details.filters.flatMap((filter) => filterFindings(account, filter)),
    ...account.identities.flatMap((identity) => [
      ...identityFindings(identity),
      ...folderFindings(account, identity, details, operator?.folders ?? null),
    ]),
    ...quotaFindings(details),
    ...passwordFindings(passwordLife, operator?.clientPassword?.page ?? "", now),
    ...applicationFindings(application),
  ];
  return findings.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

function settingFindings({ key, type, settings }: AccountFacts): readonly AccountFinding[] {
  const finding = (
    id: AccountFindingId,
    weight: AccountFinding["weight"],
    setting: keyof (typeof SAFE_SETTINGS)["pop3"],
    values: AccountFinding["values"] = {},
  ): AccountFinding => {
    const repair = { owner: key, setting, from: settings[setting], to: SAFE_SETTINGS.pop3[setting] };
    return { id, weight, values, repair };
  };
  const { leaveOnServer, deleteByAge, daysOnServer, deleteWithLocal, headersOnly, limitSize, sizeLimit } = settings;
  const isPop3 = type === "pop3";
  return [
    ...(isPop3 && !leaveOnServer ? [finding("not-left-on-server", "loses", "leaveOnServer")] : []),
    // With 0 days Thunderbird deletes nothing (Pop3Client).
    ...(isPop3 && deleteByAge && daysOnServer > 0
      ? [finding("deleted-by-age", "loses", "deleteByAge", { days: daysOnServer })]
      : []),
    ...(isPop3 && deleteWithLocal ? [finding("deleted-with-local", "loses", "deleteWithLocal")] : []),
    ...(isPop3 && headersOnly ? [finding("headers-only", "hinders", "headersOnly")] : []),
    ...(limitSize ? [finding("size-limit", "hinders", "limitSize", { kilobytes: sizeLimit })] : []),
    ...(settings.junkLevel > 0 ? [finding("junk-control", "hinders", "junkLevel")] : []),
  ];
}

function retentionFindings({ key, settings }: AccountFacts, { folders }: AccountDetails): readonly AccountFinding[] {
  const repair = (owner: string, from: AccountSettings["retention"]): AccountFinding["repair"] => ({
    owner,
    setting: "retention",
    from,
    to: "keep",
  });
  const ofAccount: readonly AccountFinding[] =
    settings.retention === "keep"
      ? []
      : [
          {
            id: "retention",
            weight: "loses",
            values: { rule: settings.retention },
            repair: repair(key, settings.retention),
          },
        ];
  const ofFolders = folders
    .filter((folder) => !["keep", "server"].includes(folder.settings.retention))
    .map(({ uri, path, settings: { retention } }): AccountFinding => ({
      id: "folder-retention",
      weight: "loses",
      values: { folder: path.join("/"), rule: retention },
      repair: repair(uri, retention),
    }));
  return [...ofAccount, ...ofFolders];
}

function filterFindings({ key }: AccountFacts, filter: FilterFacts): readonly AccountFinding[] {
  if (!filter.enabled) return [];
  const isDeleting = filter.actions.some((action) => action === "delete" || action === "delete-from-server");
  if (!isDeleting && !filter.actions.includes("move")) return [];
  const touch = touchesReceipts(filter);
  // What it looks for cannot always be told: then deleting is reported, and moving is not.
  if (touch === "no" || (touch === "perhaps" && !isDeleting)) return [];
  return [
    {
      id: isDeleting ? "filter-deletes" : "filter-moves",
      weight: isDeleting ? "loses" : "hinders",
      values: { filter: filter.name },
      repair: { owner: key, setting: filter.setting, from: true, to: false },
    },
  ];
}

/** Beginnings of the subjects of PEC messages and receipts (pec-messages §3), and their sender. */
const RECEIPT_WORDS = {
  subject: ["posta certificata:", "accettazione:", "consegna:", "avviso di", "presa in carico:", "anomalia messaggio:"],
  from: ["posta-certificata@", "per conto di:"],
} as const;

function touchesReceipts({ matchesAll, terms }: FilterFacts): "yes" | "perhaps" | "no" {
  if (matchesAll || terms.length === 0) return "yes";
  const isAimed = terms.some(({ field, text }) => {
    const sought = text.trim().toLowerCase();
    return (
      field !== "other" &&
      sought !== "" &&
      RECEIPT_WORDS[field].some((word) => word.includes(sought) || sought.includes(word))
    );
  });
  if (isAimed) return "yes";
  return terms.some(({ field }) => field === "other") ? "perhaps" : "no";
}

function identityFindings({ key, address, settings }: IdentityFacts): readonly AccountFinding[] {
  const { automaticBcc, bccList, replyTo, keepSent } = settings;
  const findings: AccountFinding[] = [];
  if (automaticBcc && bccList !== "") {
    const repair = { owner: key, setting: "automaticBcc", from: true, to: false };
    findings.push({ id: "automatic-bcc", weight: "hinders", values: { addresses: bccList }, repair });
  }
  if (replyTo !== "" && !sameAddress(replyTo, address)) {
    const repair = { owner: key, setting: "replyTo", from: replyTo, to: "" };
    findings.push({ id: "reply-to-elsewhere", weight: "hinders", values: { address: replyTo }, repair });
  }
  if (!keepSent) {
    const repair = { owner: key, setting: "keepSent", from: false, to: true };
    findings.push({ id: "sent-not-kept", weight: "loses", values: {}, repair });
  }
  return findings;
}

/** One address, with a name or without. */
export function sameAddress(field: string, address: string): boolean {
  const [, inside = field] = /<([^<>]*)>\s*$/.exec(field) ?? [];
  return inside.trim().toLowerCase() === address.toLowerCase();
}

/** What the mailbox holds and may hold on the server, in KB (RFC 9208: units of 1024 octets). */
export function storageOf({ quota }: AccountDetails): { readonly used: number; readonly limit: number } | null {
  const storage = quota.find(({ name, limit }) => /storage/i.test(name) && limit > 0);
  return storage === undefined ? null : { used: storage.used, limit: storage.limit };
}

function quotaFindings(details: AccountDetails): readonly AccountFinding[] {
  const storage = storageOf(details);
  if (storage === null || storage.used / storage.limit < QUOTA_NOTICE) return [];
  const { used, limit } = storage;
  const values = { percent: Math.floor((used / limit) * 100), used, limit };
  return [{ id: "quota-nearly-full", weight: "hinders", values, repair: null }];
}

/** @param page where a new one is made; may be empty */
export function passwordFindings(life: PasswordLife | null, page: string, now: number): readonly AccountFinding[] {
  const at = life?.endsAt ?? null;
  if (at === null || at - now > PASSWORD_NOTICE_MS) return [];
  const values = { at, page };
  return at > now
    ? [{ id: "password-expires", weight: "note", values, repair: null }]
    : [{ id: "password-expired", weight: "hinders", values, repair: null }];
}

function applicationFindings({ scamWarning, collectAddresses }: ApplicationSettings): readonly AccountFinding[] {
  const repair = (setting: keyof ApplicationSettings): AccountFinding["repair"] => ({
    owner: "",
    setting,
    from: true,
    to: false,
  });
  return [
    ...(scamWarning
      ? [{ id: "scam-warning" as const, weight: "note" as const, values: {}, repair: repair("scamWarning") }]
      : []),
    ...(collectAddresses
      ? [{ id: "collects-addresses" as const, weight: "note" as const, values: {}, repair: repair("collectAddresses") }]
      : []),
  ];
}
