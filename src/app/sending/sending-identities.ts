// Belongs here: the identities that mail is written as, and which of them are PEC: by their server, their domain, their receipts, or because the person says so.
// Does NOT belong here: judging a message (see check-sending.ts).
import {
  type DeliveryReceiptKind,
  knownPecDomain,
  operatorById,
  operatorOfHost,
  type Operator,
  outgoingServerKind,
  parseAddressList,
  type ServerLogin,
} from "../../core/index.ts";
import type { AccountAudit } from "../../messages.ts";
import type { AccountFacts, IdentityFacts, MailAccounts } from "../../ports/mail-accounts.ts";
import type { PlainAccounts } from "../../ports/plain-accounts.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import { isOwnIdentity } from "../accounts/is-own-identity.ts";
import { ordinaryServers } from "../accounts/ordinary-servers.ts";
import { readSettings, type SendingChoice } from "../settings.ts";

export interface SendingIdentity {
  /** Empty: of no account that can be seen. */
  readonly key: string;
  readonly address: string;
  readonly foundBy: AccountAudit["foundBy"] | null;
  readonly isPec: boolean;
  /** Said by the person; `null`: not said. */
  readonly chosen: boolean | null;
  /** `null`: not known. */
  readonly operator: Operator | null;
  /** Host that its mail goes to although it is PEC, and that is known to be no PEC provider's; `null`: none, or not to be seen. */
  readonly ordinaryServer: string | null;
  /** Addresses that the provider takes mail from on this account, the mailbox's own first; empty: not known. */
  readonly mailboxAddresses: readonly string[];
  /** Recipients that it adds to Bcc by itself; empty: none, or not to be seen. */
  readonly automaticBcc: readonly string[];
  readonly defaultKind: DeliveryReceiptKind;
  /** As `SendingChoice.isQuiet`. */
  readonly isQuiet: boolean;
}

export interface SendingIdentitiesDependencies {
  /** `null` in a package without it. */
  readonly accounts: Pick<MailAccounts, "list"> | null;
  readonly plainAccounts: PlainAccounts;
  readonly settings: SettingsStore;
  /** Addresses that verified receipts were addressed to, in lower case. */
  readonly receiptAddresses: () => Promise<readonly string[]>;
  /** A source did not answer; the others are asked all the same. */
  readonly failed: (error: unknown) => void;
}

/** What both kinds of accounts have in common. */
interface SeenIdentity {
  readonly key: string;
  readonly address: string;
  /** The server that its mail goes to; `null`: not to be seen. */
  readonly outgoing: ServerLogin | null;
  readonly automaticBcc: readonly string[];
}

interface SeenAccount {
  /** `null`: not to be seen. */
  readonly host: string | null;
  readonly username: string | null;
  readonly identities: readonly SeenIdentity[];
}

/** What is known besides the accounts. */
interface Knowledge {
  readonly receiptAddresses: readonly string[];
  readonly choices: readonly SendingChoice[];
  /** Servers that ordinary accounts have for their own. */
  readonly ordinary: readonly ServerLogin[];
  /** Those that are not there for PEC. */
  readonly ordinaryAccounts: ReadonlySet<SeenAccount>;
}

/** Never rejects: what cannot be asked is not known. */
export async function sendingIdentities(dependencies: SendingIdentitiesDependencies): Promise<{
  readonly identities: readonly SendingIdentity[];
  readonly ofAddress: (address: string) => SendingIdentity;
}> {
  const { settings, receiptAddresses, failed } = dependencies;
  const orNone = <T>(work: Promise<readonly T[]>): Promise<readonly T[]> =>
    work.catch((error: unknown) => {
      failed(error);
      return [];
    });
  const [accounts, addresses, choices] = await Promise.all([
    orNone(seenAccounts(dependencies)),
    orNone(receiptAddresses()),
    orNone(readSettings(settings).then(({ sendingChoices }) => sendingChoices)),
  ]);
  const known = { receiptAddresses: addresses, choices };
  const isOrdinary = (account: SeenAccount): boolean =>
    !account.identities.some(
      (identity) => isOwnIdentity(identity, account) && recognise(identity, account.host, known).isPec,
    );
  const ordinaryAccounts = new Set(accounts.filter(isOrdinary));
  const knowledge = { ...known, ordinary: ordinaryServers([...ordinaryAccounts]), ordinaryAccounts };
  return {
    identities: accounts.flatMap((account) =>
      account.identities.map((identity) => identityOf(identity, account, knowledge)),
    ),
    ofAddress: (address) => {
      const alone: SeenIdentity = { key: "", address, outgoing: null, automaticBcc: [] };
      return identityOf(alone, { host: null, username: null, identities: [] }, knowledge);
    },
  };
}

async function seenAccounts({
  accounts,
  plainAccounts,
  failed,
}: SendingIdentitiesDependencies): Promise<readonly SeenAccount[]> {
  if (accounts !== null) {
    try {
      return (await accounts.list()).accounts.map(seenAccount);
    } catch (error) {
      failed(error);
    }
  }
  return (await plainAccounts.list()).map(({ identities }) => ({
    host: null,
    username: null,
    identities: identities.map(({ key, address }) => ({ key, address, outgoing: null, automaticBcc: [] })),
  }));
}

function seenAccount({ host, username, identities }: AccountFacts): SeenAccount {
  return { host, username, identities: identities.map(seenIdentity) };
}

function seenIdentity({ key, address, outgoing, settings }: IdentityFacts): SeenIdentity {
  const { automaticBcc, bccList } = settings;
  return {
    key,
    address,
    outgoing,
    automaticBcc: automaticBcc ? parseAddressList(bccList).addresses.map((each) => each.address) : [],
  };
}

function identityOf(identity: SeenIdentity, account: SeenAccount, knowledge: Knowledge): SendingIdentity {
  const { key, address, outgoing, automaticBcc } = identity;
  const { ordinary, ordinaryAccounts, receiptAddresses } = knowledge;
  const incomingHost = ordinaryAccounts.has(account) ? null : account.host;
  const isOrdinaryServer = outgoing !== null && outgoingServerKind(outgoing, { incomingHost, ordinary }) === "ordinary";
  // Beside the mailbox's own address, one that has an ordinary server of its own is ordinary: only its mail is kept together with PEC.
  const isBeside = isOrdinaryServer && !isOwnIdentity(identity, account);
  const { isPec, foundBy, choice, operator } = recognise(identity, isBeside ? null : account.host, knowledge);
  return {
    key,
    address,
    isPec,
    foundBy,
    chosen: choice?.isPec ?? null,
    operator,
    ordinaryServer: isPec && isOrdinaryServer ? outgoing.host : null,
    mailboxAddresses: isPec ? mailboxAddresses(identity, account, receiptAddresses) : [],
    automaticBcc,
    defaultKind: choice?.receiptKind ?? "completa",
    isQuiet: choice?.isQuiet === true,
  };
}

/** @param host that its mail comes from; `null`: not to be seen, or of others */
function recognise(
  { address, outgoing }: SeenIdentity,
  host: string | null,
  { receiptAddresses, choices }: Pick<Knowledge, "receiptAddresses" | "choices">,
): Pick<SendingIdentity, "isPec" | "foundBy" | "operator"> & { readonly choice: SendingChoice | undefined } {
  const choice = choices.find((each) => each.address === address.toLowerCase());
  const hosts = [outgoing?.host ?? null, host].filter((each) => each !== null);
  const byHost = hosts.map(operatorOfHost).find((owner) => owner !== null)?.operator ?? null;
  const domain = knownPecDomain(address.split("@").at(-1) ?? "");
  const hasReceipts = receiptAddresses.includes(address.toLowerCase());
  const found = byHost !== null ? "host" : domain !== null ? "domain" : hasReceipts ? "receipts" : null;
  const isPec = choice?.isPec ?? found !== null;
  return {
    choice,
    isPec,
    foundBy: isPec ? (found ?? "person") : null,
    operator: byHost ?? (domain === null ? null : operatorById(domain.operatorId)),
  };
}

/** User names of most providers are the mailbox's address; those of others are codes, or hold a `*` (account-setup.md). */
const ADDRESS_AS_USERNAME = /^[^\s@*]+@[^\s@*]+\.[^\s@*]+$/;

function mailboxAddresses(
  { outgoing }: SeenIdentity,
  { host, username, identities }: SeenAccount,
  receiptAddresses: readonly string[],
): readonly string[] {
  const isOutgoing = outgoing !== null && operatorOfHost(outgoing.host) !== null;
  const login = isOutgoing ? outgoing.username : username;
  // A provider's server that another account's mail goes to has nothing to do with that account's addresses.
  const isElsewhere = isOutgoing && host !== null && operatorOfHost(host) === null;
  const first = isElsewhere ? null : (identities[0]?.address ?? null);
  const own = login !== null && ADDRESS_AS_USERNAME.test(login) ? login : first;
  if (own === null) return [];
  // Receipts came for what was sent from it: the provider takes it.
  const proven = identities
    .map(({ address }) => address.toLowerCase())
    .filter((each) => receiptAddresses.includes(each));
  return [own, ...proven.filter((each) => each !== own.toLowerCase())];
}
