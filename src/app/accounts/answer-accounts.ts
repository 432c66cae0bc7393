// Belongs here: what the account page asks for: each request carried out and answered.
// Does NOT belong here: the work itself (see account-helper.ts, audit-accounts.ts).
import { knownPecDomain, operatorOfHost, searchOperators, serversFromTemplate } from "../../core/index.ts";
import type { AccountAnswer, AccountForm, AccountRequest } from "../../messages.ts";
import type { MailAccounts } from "../../ports/mail-accounts.ts";
import type { MailFolders } from "../../ports/mail-folders.ts";
import type { PlainAccounts } from "../../ports/plain-accounts.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import type { AccountHelper } from "./account-helper.ts";
import { applyChange, auditAccounts, type AuditAccountsDependencies } from "./audit-accounts.ts";
import { auditPlainAccounts } from "./audit-plain-accounts.ts";
import type { PasswordReminders } from "./password-reminders.ts";
import { receiptsSpace } from "./receipts-space.ts";
import { keepRepair, keepSendingChoice, readSettings } from "../settings.ts";

export interface AnswerAccountsDependencies extends Omit<AuditAccountsDependencies, "accounts" | "reminders"> {
  readonly helper: AccountHelper;
  readonly plainAccounts: PlainAccounts;
  readonly reminders: Pick<PasswordReminders, "all" | "set">;
  readonly settings: SettingsStore;
  readonly folders: Pick<MailFolders, "all" | "list">;
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
  { helper, accounts, plainAccounts, reminders, settings, folders, receiptAddresses, now }: AnswerAccountsDependencies,
): Promise<AccountAnswer> {
  const judging = { receiptAddresses, now, reminders: () => reminders.all() };
  switch (request.name) {
    case "suggest":
      return { state: "suggestion", ...(await helper.suggest(request.address, request.askMx)) };
    case "search":
      return { state: "choices", choices: searchOperators(request.text) };
    case "propose":
      return { state: "proposal", proposal: helper.propose(request.address, request.operator, request.service) };
    case "template":
      return { state: "servers", servers: serversFromTemplate(request.template, request.domain) };
    case "prepare":
      return { state: "prepared", ...helper.prepare(request.form) };
    case "create": {
      if (accounts === null) return { state: "unavailable" };
      const { form } = request;
      const outcome = await helper.create(form);
      if (outcome.state === "created" && form.remind && form.operator !== null)
        await reminders.set(form.address, form.operator, now());
      if (outcome.state === "created" && !isKnownPec(form))
        await keepSendingChoice(settings, form.address, { isPec: true });
      return { state: "creation", outcome };
    }
    case "cancel":
      helper.cancel();
      return { state: "done" };
    case "audit": {
      const { sendingChoices, accountRepairs } = await readSettings(settings);
      const chosen = sendingChoices.filter(({ isPec }) => isPec === true).map(({ address }) => address);
      const also = request.also === null ? chosen : [request.also, ...chosen];
      return accounts === null
        ? {
            state: "audit",
            depth: "plain",
            accounts: await auditPlainAccounts(also, { ...judging, accounts: plainAccounts }),
            repaired: [],
          }
        : {
            state: "audit",
            depth: "full",
            accounts: await auditAccounts(also, { ...judging, accounts }),
            repaired: accountRepairs,
          };
    }
    case "receipts-space":
      return { state: "receipts-space", space: await receiptsSpace(request.account, folders) };
    case "change": {
      if (accounts === null) return { state: "unavailable" };
      const outcome = await applyChange(request.change, accounts);
      // What is gone cannot be put back: it is not offered again.
      if (outcome === "done" || (outcome === "gone" && request.undo)) await keepRepair(request, settings);
      return { state: "change", outcome };
    }
    case "remind":
      await reminders.set(request.address, request.operator, request.madeAt);
      return { state: "done" };
  }
}

/** Of others nothing tells but the person, who made it on the page of PEC accounts. */
function isKnownPec({ address, outgoing }: AccountForm): boolean {
  return operatorOfHost(outgoing.host) !== null || knownPecDomain(address.split("@").at(-1) ?? "") !== null;
}
