// Belongs here: what the account page asks for: each request carried out and answered.
// Does NOT belong here: the work itself (see account-helper.ts, audit-accounts.ts).
import { searchOperators } from "../core/index.ts";
import type { AccountAnswer, AccountRequest } from "../messages.ts";
import type { MailAccounts } from "../ports/mail-accounts.ts";
import type { AccountHelper } from "./account-helper.ts";
import { applyChange, auditAccounts, type AuditAccountsDependencies } from "./audit-accounts.ts";

export interface AnswerAccountsDependencies extends Omit<AuditAccountsDependencies, "accounts"> {
  readonly helper: AccountHelper;
  /** `null` in a package that can only show settings. */
  readonly accounts: MailAccounts | null;
}

/** Never rejects: what goes wrong is an answer too. */
export async function answerAccounts(
  request: AccountRequest,
  dependencies: AnswerAccountsDependencies,
): Promise<AccountAnswer> {
  try {
    return await carryOut(request, dependencies);
  } catch {
    // The error may hold what was typed.
    return { state: "failed", code: "internal" };
  }
}

async function carryOut(
  request: AccountRequest,
  { helper, accounts, receiptAddresses, now }: AnswerAccountsDependencies,
): Promise<AccountAnswer> {
  switch (request.name) {
    case "suggest":
      return { state: "suggestion", ...(await helper.suggest(request.address, request.askMx)) };
    case "search":
      return { state: "choices", choices: searchOperators(request.text) };
    case "propose":
      return { state: "proposal", proposal: helper.propose(request.address, request.operator, request.service) };
    case "create":
      if (accounts === null) return { state: "unavailable" };
      return { state: "creation", outcome: await helper.create(request.form) };
    case "cancel":
      helper.cancel();
      return { state: "done" };
    case "audit":
      if (accounts === null) return { state: "unavailable" };
      return { state: "audit", accounts: await auditAccounts({ accounts, receiptAddresses, now }) };
    case "change":
      if (accounts === null) return { state: "unavailable" };
      return { state: "change", outcome: await applyChange(request.change, accounts) };
  }
}
