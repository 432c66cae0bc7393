// Belongs here: whether what is written as a PEC identity leaves by its provider's server; and which server would be the right one.
// Does NOT belong here: whose a server is (core/providers), changing it.
import {
  knownPecDomain,
  operatorOfHost,
  outgoingServerBeside,
  outgoingServerKind,
  type ServerLogin,
} from "../../core/index.ts";
import type { AccountFinding } from "../../messages.ts";
import type { AccountFacts, IdentityFacts, OutgoingServer } from "../../ports/mail-accounts.ts";
import { isOwnIdentity } from "./is-own-identity.ts";

/** How mail leaves this Thunderbird. */
export interface SendingFacts {
  readonly servers: readonly OutgoingServer[];
  /** Servers that ordinary accounts have for their own. */
  readonly ordinary: readonly ServerLogin[];
  /** Addresses that verified receipts were addressed to, in lower case. */
  readonly receiptAddresses: readonly string[];
}

/**
 * Known to be no PEC server: nothing loses more than that. Of one that nobody knows it is only said that it should be looked at, and only
 * until the first receipt shows that it is PEC: most PEC servers are in no directory, and what is wrong for good nobody reads.
 *
 * @param isPecAccount whether PEC is what the account is for; else the identity stands beside ordinary ones
 */
export function outgoingFindings(
  account: AccountFacts,
  identity: IdentityFacts,
  isPecAccount: boolean,
  sending: SendingFacts,
): readonly AccountFinding[] {
  const { outgoing, address } = identity;
  if (outgoing === null) return [];
  const incomingHost = isPecAccount ? account.host : null;
  const values = { host: outgoing.host, address };
  switch (outgoingServerKind(outgoing, { incomingHost, ordinary: sending.ordinary })) {
    case "pec":
      return [];
    case "ordinary": {
      const right = rightServer(account, identity, isPecAccount, sending.servers);
      const from = identity.settings.outgoingServer;
      const repair = right && { owner: identity.key, setting: "outgoingServer", from, to: right.address };
      // A new one has no password yet, and none is put in by guess: Thunderbird asks.
      return [
        {
          id: "outgoing-ordinary",
          weight: "loses",
          values: { ...values, isNew: Number(right?.isNew ?? false) },
          repair,
        },
      ];
    }
    case "unknown":
      return sending.receiptAddresses.includes(address.toLowerCase())
        ? []
        : [{ id: "outgoing-unknown", weight: "note", values, repair: null }];
  }
}

/**
 * A server of the same provider that is there already and has this mailbox's login, else a new one beside the incoming server, since both
 * take the same login (core/providers). `null`: the login is not known, or the server.
 */
function rightServer(
  account: AccountFacts,
  identity: IdentityFacts,
  isPecAccount: boolean,
  servers: readonly OutgoingServer[],
): { readonly address: string; readonly isNew: boolean } | null {
  const { host, username } = account;
  const { address } = identity;
  const domain = address.split("@").at(-1) ?? "";
  const isOwn = isPecAccount && isOwnIdentity(identity, account);
  const beside = isOwn ? outgoingServerBeside(host, domain) : null;
  const byHost = isPecAccount ? (operatorOfHost(host)?.operator.id ?? null) : null;
  const operatorId = byHost ?? knownPecDomain(domain)?.operatorId ?? null;
  if (operatorId === null) return null;
  const logins = [address, ...(isOwn ? [username] : [])].map((each) => each.toLowerCase());
  const existing = servers
    .filter((each) => operatorOfHost(each.host)?.operator.id === operatorId)
    .filter((each) => logins.includes(each.username.toLowerCase()))
    // Of several the usual one: there are others, for sending in bulk.
    .toSorted((a, b) => Number(b.host === beside?.host) - Number(a.host === beside?.host))[0];
  if (existing !== undefined) return { address: existing.address, isNew: false };
  if (beside === null) return null;
  const place = `${encodeURIComponent(username)}@${beside.host}:${String(beside.port)}`;
  return { address: `smtps://${place}`, isNew: true };
}
