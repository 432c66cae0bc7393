// Belongs here: the servers that ordinary accounts of this Thunderbird send by, when they are those accounts' own.
// Does NOT belong here: which accounts are ordinary (see sending-identities.ts, audit-accounts.ts), the judgement (core/providers).
import { areOfOneDomain, type ServerLogin } from "../../core/index.ts";

export interface OrdinaryAccount {
  /** `null`: not to be seen. */
  readonly host: string | null;
  readonly username: string | null;
  readonly identities: readonly { readonly address: string; readonly outgoing: ServerLogin | null }[];
}

/** An ordinary account may send by a PEC provider's server in its turn, by mistake: such a one is not its own. */
export function ordinaryServers(accounts: readonly OrdinaryAccount[]): readonly ServerLogin[] {
  return accounts.flatMap(({ host, username, identities }) =>
    identities.flatMap(({ address, outgoing }): ServerLogin[] => {
      if (outgoing === null) return [];
      const logins = [username, address].map((each) => each?.toLowerCase());
      // No PEC provider takes mail without a login.
      const isOwn =
        outgoing.username === "" ||
        logins.includes(outgoing.username.toLowerCase()) ||
        areOfOneDomain(outgoing.host, host);
      return isOwn ? [{ host: outgoing.host, username: outgoing.username }] : [];
    }),
  );
}
