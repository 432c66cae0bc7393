// Belongs here: which accounts of this Thunderbird are PEC and what endangers their mail; repairing, and undoing a repair.
// Does NOT belong here: judging the settings (see account-findings.ts), making an account (see account-helper.ts).
import { type KnownPecDomain, knownPecDomain, operatorById, operatorOfHost, type Operator } from "../../core/index.ts";
import type { AccountAudit, AccountChange } from "../../messages.ts";
import type { AccountFacts, IdentityFacts, MailAccounts, SettingChange } from "../../ports/mail-accounts.ts";
import { accountFindings, storageOf } from "./account-findings.ts";
import { folderNameOf } from "./folder-findings.ts";
import { isOwnIdentity } from "./is-own-identity.ts";
import { ordinaryServers } from "./ordinary-servers.ts";
import { outgoingFindings, type SendingFacts } from "./outgoing-findings.ts";
import { passwordLife } from "./password-reminders.ts";
import type { PasswordReminder } from "../settings.ts";

export interface AuditAccountsDependencies {
  readonly accounts: Pick<MailAccounts, "list" | "outgoingServers" | "details" | "change">;
  /** Addresses that verified receipts were addressed to, in lower case. */
  readonly receiptAddresses: () => Promise<readonly string[]>;
  readonly reminders: () => Promise<readonly PasswordReminder[]>;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

/** @param also addresses that are PEC because the person says so */
export async function auditAccounts(
  also: readonly string[],
  { accounts, receiptAddresses, reminders, now }: AuditAccountsDependencies,
): Promise<readonly AccountAudit[]> {
  const [{ accounts: all, settings: application }, servers, addresses, reminded] = await Promise.all([
    accounts.list(),
    accounts.outgoingServers(),
    receiptAddresses(),
    reminders(),
  ]);
  const looked = all.map((account) => {
    const found = recognise(account, addresses, also);
    const identities = found === null ? [] : pecIdentities(account, found.foundBy, addresses);
    const isPecAccount = identities.some((identity) => isOwnIdentity(identity, account));
    return { account, found, pecIdentities: identities, isPecAccount };
  });
  const ordinary = ordinaryServers(looked.filter(({ isPecAccount }) => !isPecAccount).map(({ account }) => account));
  const sending: SendingFacts = { servers, ordinary, receiptAddresses: addresses };
  const audits: AccountAudit[] = [];
  for (const { account, found, ...identities } of looked) {
    if (found === null) {
      audits.push(...auditOfIdentity(account, sending));
      continue;
    }
    const { operator, foundBy } = found;
    const details = await accounts.details(account.key);
    const address = addressOf(account);
    const reminder = reminded.find((each) => each.address === address.toLowerCase()) ?? null;
    const life = passwordLife(reminder, operator?.id ?? null, account.passwordChanged);
    const judged = { account, details, application, operator, passwordLife: life, sending, ...identities };
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
      findings: accountFindings(judged, now()),
    });
  }
  return audits;
}

/** Beside the mailbox's own address there may be ordinary ones that are only kept together with it. */
function pecIdentities(
  account: AccountFacts,
  foundBy: AccountAudit["foundBy"],
  receiptAddresses: readonly string[],
): readonly IdentityFacts[] {
  return account.identities.filter(
    (identity) =>
      domainOf(identity) !== null ||
      receiptAddresses.includes(identity.address.toLowerCase()) ||
      (foundBy !== "receipts" && isOwnIdentity(identity, account)),
  );
}

/** A PEC address that was added to an ordinary account, and sends as that does. Nothing else of the account is of interest. */
function auditOfIdentity(account: AccountFacts, sending: SendingFacts): readonly AccountAudit[] {
  const found = account.identities.flatMap((identity) => {
    const domain = domainOf(identity);
    const findings = domain === null ? [] : outgoingFindings(account, identity, false, sending);
    return domain === null || findings.length === 0 ? [] : [{ identity, domain, findings }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const operator = operatorById(first.domain.operatorId);
  return [
    {
      account: account.key,
      type: account.type,
      name: account.name,
      address: first.identity.address,
      host: account.host,
      operator: operator && { id: operator.id, name: operator.name },
      foundBy: "domain",
      passwordLife: null,
      sentFolder: null,
      quota: null,
      findings: found.flatMap(({ findings }) => findings),
    },
  ];
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
  also: readonly string[],
): { readonly operator: Operator | null; readonly foundBy: AccountAudit["foundBy"] } | null {
  const owner = operatorOfHost(account.host);
  if (owner !== null) return { operator: owner.operator, foundBy: "host" };
  const domain = account.identities[0] === undefined ? null : domainOf(account.identities[0]);
  if (domain !== null) return { operator: operatorById(domain.operatorId), foundBy: "domain" };
  const isAddressed = account.identities.some(({ address }) => receiptAddresses.includes(address.toLowerCase()));
  if (isAddressed) return { operator: null, foundBy: "receipts" };
  const isNamed = also.some((address) => address.trim().toLowerCase() === addressOf(account).toLowerCase());
  return isNamed ? { operator: null, foundBy: "person" } : null;
}

const domainOf = ({ address }: IdentityFacts): KnownPecDomain | null => knownPecDomain(address.split("@").at(-1) ?? "");

const addressOf = ({ identities }: AccountFacts): string => identities[0]?.address ?? "";
