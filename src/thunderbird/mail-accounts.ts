// Belongs here: mail accounts, and the MX of a domain, through our Experiment.
import type { MailAccounts, ResolveMx } from "../ports/mail-accounts.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

/** `null` in a package without the Experiment. */
export function mailAccounts(): MailAccounts | null {
  const api = messenger.mailAccounts;
  if (api === undefined) return null;
  return {
    list: () => api.list(),
    outgoingServers: () => api.outgoingServers(),
    details: (account) => api.details(account),
    refreshFolders: (account) => api.refreshFolders(account),
    async create(account) {
      const created = await api.create(account);
      return "failure" in created ? { ok: false, failure: created.failure } : { ok: true, ...created };
    },
    change: ({ owner, setting, value }) => api.change(owner, setting, value),
  };
}

/** `null` in a package without the Experiment. */
export function mxResolver(): ResolveMx | null {
  const api = messenger.mailAccounts;
  if (api === undefined) return null;
  return async (domain) => {
    const records = await api.mailExchangers(domain);
    // A domain without any, and a network without answers, look the same.
    return records.length === 0 ? null : records;
  };
}

/** A server of an account did not take the stored password, and Thunderbird asks the person. Never in a package without the Experiment. */
export function onLoginFailed(listener: (host: string, username: string) => Promise<void>): void {
  messenger.mailAccounts?.onLoginFailed.addListener(pendingListener(listener));
}
