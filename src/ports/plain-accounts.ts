// Belongs here: mail accounts as every add-on may see them: no servers, no settings. Does NOT belong here: the rest (see mail-accounts.ts).

export interface PlainAccount {
  readonly key: string;
  readonly type: "imap" | "pop3";
  readonly name: string;
  /** The first is the one that mail is written as. */
  readonly identities: readonly {
    readonly key: string;
    readonly address: string;
    readonly name: string;
    readonly replyTo: string;
  }[];
  /** Path of the folder that Thunderbird takes for sent mail; `null`: the account has none. */
  readonly sentFolder: string | null;
}

export interface PlainAccounts {
  list(): Promise<readonly PlainAccount[]>;
}
