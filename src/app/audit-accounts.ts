// Belongs here: which accounts of this Thunderbird are PEC and what endangers their mail; repairing, and undoing a repair.
// Does NOT belong here: judging the settings (see account-findings.ts), making an account (see account-helper.ts).
import { knownPecDomain, operatorById, operatorOfHost, type Operator } from "../core/index.ts";
import type { AccountAudit, AccountChange } from "../messages.ts";
import type { AccountFacts, MailAccounts, SettingChange } from "../ports/mail-accounts.ts";
import { accountFindings, storageOf } from "./account-findings.ts";
import { folderNameOf } from "./folder-findings.ts";
import { passwordLife } from "./password-reminders.ts";
import type { PasswordReminder } from "./settings.ts";

export interface AuditAccountsDependencies {
  readonly accounts: Pick<MailAccounts, "list" | "details" | "change">;
  /** Addresses that verified receipts were addressed to, in lower case. */
  readonly receiptAddresses: () => Promise<readonly string[]>;
  readonly reminders: () => Promise<readonly PasswordReminder[]>;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

/** @param also an address that is PEC because the person says so */
export async function auditAccounts(
  also: string | null,
  { accounts, receiptAddresses, reminders, now }: AuditAccountsDependencies,
): Promise<readonly AccountAudit[]> {
  const [{ accounts: all, settings: application }, addresses, reminded] = await Promise.all([
    accounts.list(),
    receiptAddresses(),
    reminders(),
  ]);
  const audits: AccountAudit[] = [];
  for (const account of all) {
    const found = recognise(account, addresses, also);
    if (found === null) continue;
    const { operator, foundBy } = found;
    const details = await accounts.details(account.key);
    const address = addressOf(account);
    const reminder = reminded.find((each) => each.address === address.toLowerCase()) ?? null;
    const life = passwordLife(reminder, operator?.id ?? null, account.passwordChanged);
    audits.push({
      account: account.key,
      type: account.type,
      name: account.name,
      address,
      host: account.host,
      operator: operator && { id: operator.id, name: operator.name },
      foundBy,
      passwordLife: life,
      sentFolder: folderNameOf(account.identities[0]?.settings.sentFolder ?? "") || null,
      quota: storageOf(details),
      findings: accountFindings({ account, details, application, operator, passwordLife: life }, now()),
    });
  }
  return audits;
}

/**
 * Changes the setting if it still is what the person was shown. The undoing is the same change the other way round.
 *
 * `gone`: there is no such account, folder or filter any more.
 */
export async function applyChange(
  { owner, setting, from, to }: AccountChange,
  accounts: Pick<MailAccounts, "change">,
): Promise<"done" | "stale" | "gone"> {
  const write = (value: SettingChange["value"]): Promise<SettingChange["value"]> =>
    accounts.change({ owner, setting, value });
  let former: SettingChange["value"];
  try {
    former = await write(to);
  } catch {
    return "gone";
  }
  if (former === from) return "done";
  await write(former);
  return "stale";
}

/** `null`: nothing says that it is PEC. */
function recognise(
  account: AccountFacts,
  receiptAddresses: readonly string[],
  also: string | null,
): { readonly operator: Operator | null; readonly foundBy: AccountAudit["foundBy"] } | null {
  const owner = operatorOfHost(account.host);
  if (owner !== null) return { operator: owner.operator, foundBy: "host" };
  const domain = knownPecDomain(addressOf(account).split("@").at(-1) ?? "");
  if (domain !== null) return { operator: operatorById(domain.operatorId), foundBy: "domain" };
  const isAddressed = account.identities.some(({ address }) => receiptAddresses.includes(address.toLowerCase()));
  if (isAddressed) return { operator: null, foundBy: "receipts" };
  const isNamed = also !== null && addressOf(account).toLowerCase() === also.trim().toLowerCase();
  return isNamed ? { operator: null, foundBy: "person" } : null;
}

const addressOf = ({ identities }: AccountFacts): string => identities[0]?.address ?? "";
