// Belongs here: what can be said of PEC accounts by the API that every add-on has: which there are, and the little that is to be seen.
// Does NOT belong here: the whole audit (see audit-accounts.ts).
import { knownPecDomain, operatorById } from "../../core/index.ts";
import type { AccountAudit, AccountFinding } from "../../messages.ts";
import type { PlainAccount, PlainAccounts } from "../../ports/plain-accounts.ts";
import { sameAddress } from "./account-findings.ts";
import { passwordFindings } from "./account-findings.ts";
import { passwordLife } from "./password-reminders.ts";
import type { PasswordReminder } from "../settings.ts";

export interface AuditPlainAccountsDependencies {
  readonly accounts: PlainAccounts;
  /** Addresses that verified receipts were addressed to, in lower case. */
  readonly receiptAddresses: () => Promise<readonly string[]>;
  readonly reminders: () => Promise<readonly PasswordReminder[]>;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

/** @param also addresses that are PEC because the person says so */
export async function auditPlainAccounts(
  also: readonly string[],
  { accounts, receiptAddresses, reminders, now }: AuditPlainAccountsDependencies,
): Promise<readonly AccountAudit[]> {
  const [all, addresses, reminded] = await Promise.all([accounts.list(), receiptAddresses(), reminders()]);
  return all.flatMap((account): AccountAudit[] => {
    const address = account.identities[0]?.address ?? "";
    const reminder = reminded.find((each) => each.address === address.toLowerCase()) ?? null;
    const domain = knownPecDomain(address.split("@").at(-1) ?? "");
    const operator = domain === null ? null : operatorById(domain.operatorId);
    const foundBy = foundByOf(account, domain !== null, addresses, also);
    if (foundBy === null) return [];
    const life = passwordLife(reminder, operator?.id ?? null, null);
    return [
      {
        account: account.key,
        type: account.type,
        name: account.name,
        address,
        host: null,
        operator: operator && { id: operator.id, name: operator.name },
        foundBy,
        passwordLife: life,
        sentFolder: account.sentFolder,
        quota: null,
        findings: [...plainFindings(account), ...passwordFindings(life, operator?.clientPassword?.page ?? "", now())],
      },
    ];
  });
}

function foundByOf(
  { identities }: PlainAccount,
  isKnownDomain: boolean,
  receiptAddresses: readonly string[],
  also: readonly string[],
): AccountAudit["foundBy"] | null {
  if (isKnownDomain) return "domain";
  const has = (address: string): boolean => identities.some((each) => each.address.toLowerCase() === address);
  if (receiptAddresses.some(has)) return "receipts";
  return also.some((address) => has(address.trim().toLowerCase())) ? "person" : null;
}

function plainFindings({ identities, type, sentFolder }: PlainAccount): readonly AccountFinding[] {
  const elsewhere = identities.flatMap(({ address, replyTo }): AccountFinding[] =>
    replyTo === "" || sameAddress(replyTo, address)
      ? []
      : [{ id: "reply-to-elsewhere", weight: "hinders", values: { address: replyTo }, repair: null }],
  );
  const none: readonly AccountFinding[] =
    type === "imap" && sentFolder === null
      ? [{ id: "sent-elsewhere", weight: "hinders", values: { folder: "", target: "" }, repair: null }]
      : [];
  return [...elsewhere, ...none];
}
