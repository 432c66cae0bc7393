// Belongs here: mail accounts through the API that both packages have. Does NOT belong here: our Experiment (see mail-accounts.ts).
import type { PlainAccount, PlainAccounts } from "../ports/plain-accounts.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

export const plainAccounts: PlainAccounts = {
  async list() {
    const accounts = (await messenger.accounts.list(false)).filter(({ type }) => type === "imap" || type === "pop3");
    return Promise.all(
      accounts.map(async ({ id, type, name, identities }): Promise<PlainAccount> => {
        const [sent] = await messenger.folders.query({ accountId: id, specialUse: ["sent"] });
        return {
          key: id,
          type: type === "imap" ? "imap" : "pop3",
          name,
          identities: identities.map((identity) => ({
            key: identity.id ?? "",
            address: identity.email ?? "",
            name: identity.name ?? "",
            replyTo: identity.replyTo ?? "",
          })),
          sentFolder: sent?.path ?? null,
        };
      }),
    );
  },
};

/** An account was made, changed or removed, by whomever. */
export function onAccountsChanged(listener: () => void): void {
  messenger.accounts.onCreated.addListener(listener);
  messenger.accounts.onDeleted.addListener(listener);
  messenger.accounts.onUpdated.addListener(listener);
}

/** Calls `listener` after an account was removed, by whomever; it is no longer among the accounts then. */
export function onAccountRemoved(listener: () => Promise<void>): void {
  messenger.accounts.onDeleted.addListener(pendingListener(() => listener()));
}
