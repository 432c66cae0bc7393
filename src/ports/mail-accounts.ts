// Belongs here: mail accounts of Thunderbird: reading what they are set to, making one, changing one setting. Only the full package has it.
// Does NOT belong here: which settings are good ones (see app/audit-accounts.ts), trying a login (see secure-connections.ts).
import type { FolderUse, MxRecord } from "../core/index.ts";

export type SettingValue = boolean | number | string;

/** Settings of an account, an identity, a folder and of Thunderbird as a whole, by the Experiment's names. */
export interface AccountSettings {
  /** POP3. */
  readonly leaveOnServer: boolean;
  readonly deleteByAge: boolean;
  /** Days; counts with `deleteByAge` only. */
  readonly daysOnServer: number;
  /** What is deleted here is deleted on the server. */
  readonly deleteWithLocal: boolean;
  readonly headersOnly: boolean;
  readonly limitSize: boolean;
  /** In KB; counts with `limitSize` only. */
  readonly sizeLimit: number;
  /** 0: no junk control; Thunderbird's own: 100. */
  readonly junkLevel: number;
  readonly retention: Retention;
}

/** What goes by itself: `keep` nothing; `days:30`, `count:2000`. */
export type Retention = string;

export interface IdentitySettings {
  readonly keepSent: boolean;
  /** URIs; empty: Thunderbird decides. */
  readonly sentFolder: string;
  readonly draftsFolder: string;
  readonly archiveFolder: string;
  readonly automaticBcc: boolean;
  readonly bccList: string;
  readonly replyTo: string;
  /** `OutgoingServer.address`; empty: Thunderbird's default one. */
  readonly outgoingServer: string;
}

export interface ApplicationSettings {
  readonly scamWarning: boolean;
  /** Addresses written to go into the address book. */
  readonly collectAddresses: boolean;
}

/** Of the mail servers: `isTls`: inside TLS from the beginning. */
interface ServerFacts {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly isTls: boolean;
}

/** A server that mail is sent by. */
export interface OutgoingServer extends ServerFacts {
  /**
   * `smtps://user@host:port` of those inside TLS that take a password, the user name encoded as in a URI. One that is not there is made
   * when an identity is given it, without a password, and is gone once no identity has it. Of other servers: a text with their key.
   */
  readonly address: string;
}

export interface IdentityFacts {
  readonly key: string;
  readonly address: string;
  readonly name: string;
  /** `null`: none, or not SMTP. */
  readonly outgoing: ServerFacts | null;
  readonly settings: IdentitySettings;
}

export interface AccountFacts extends ServerFacts {
  /** The id that the WebExtension API knows it by. */
  readonly key: string;
  readonly type: "imap" | "pop3";
  readonly name: string;
  readonly isDefault: boolean;
  /** When the stored password was last another one; milliseconds UTC. `null`: none is stored, or the store is locked. */
  readonly passwordChanged: number | null;
  readonly settings: AccountSettings;
  /** The first is the one that mail is written as. */
  readonly identities: readonly IdentityFacts[];
}

export interface FolderFacts {
  readonly uri: string;
  /** Names from the top. */
  readonly path: readonly string[];
  /** What the IMAP server itself declares it to be. */
  readonly declared: readonly FolderUse[];
  readonly selectable: boolean;
  /** `server`: as the account says. */
  readonly settings: { readonly retention: Retention };
}

export interface FilterFacts {
  /** Name of the account's setting whether it is on. */
  readonly setting: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly matchesAll: boolean;
  readonly actions: readonly ("move" | "delete" | "delete-from-server" | "other")[];
  /** `text` is empty in other fields. */
  readonly terms: readonly { readonly field: "subject" | "from" | "other"; readonly text: string }[];
}

export interface AccountDetails {
  readonly folders: readonly FolderFacts[];
  readonly filters: readonly FilterFacts[];
  /** Of the inbox, as the server last said; `STORAGE` in KB. */
  readonly quota: readonly { readonly name: string; readonly used: number; readonly limit: number }[];
}

export interface NewServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export interface NewAccount {
  readonly type: "imap" | "pop3";
  readonly address: string;
  /** Of the person. */
  readonly name: string;
  readonly incoming: NewServer;
  readonly outgoing: NewServer;
  readonly makeDefault: boolean;
  /** Those that are not to be Thunderbird's own. */
  readonly settings: {
    readonly account: Partial<AccountSettings>;
    readonly identity: Partial<IdentitySettings>;
  };
}

/**
 * - `server-exists`: an account with this server and user name; `address-exists`: one with this address;
 * - `password-not-stored`: Thunderbird's store did not take it, mostly because the primary password was not given;
 * - `failed`: anything else. In every case nothing is left of it.
 */
export type CreationFailure = "server-exists" | "address-exists" | "password-not-stored" | "failed";

export type CreatedAccount =
  | {
      readonly ok: true;
      readonly key: string;
      readonly identity: string;
      /** Also without having been asked for: when it is the only one. */
      readonly isDefault: boolean;
    }
  | { readonly ok: false; readonly failure: CreationFailure };

/** One setting of one thing. */
export interface SettingChange {
  /** Key of an account or identity, URI of a folder; empty: Thunderbird as a whole. */
  readonly owner: string;
  readonly setting: string;
  readonly value: SettingValue;
}

export interface MailAccounts {
  list(): Promise<{ readonly accounts: readonly AccountFacts[]; readonly settings: ApplicationSettings }>;
  outgoingServers(): Promise<readonly OutgoingServer[]>;
  details(account: string): Promise<AccountDetails>;
  /** Asks the IMAP server for its folders; resolves to whether it answered. */
  refreshFolders(account: string): Promise<boolean>;
  create(account: NewAccount): Promise<CreatedAccount>;
  /** Resolves to the former value; rejects when there is no such setting any more. */
  change(change: SettingChange): Promise<SettingValue>;
}

/** One question to the name server, which learns the domain and nothing else. `null`: no answer came, or there are none. */
export type ResolveMx = (domain: string) => Promise<readonly MxRecord[] | null>;
