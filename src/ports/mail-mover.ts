// Belongs here: moving mail between the inbox and a folder for receipts. Does NOT belong here: which mail (see app/order-receipts.ts).

export interface InboxAccount {
  readonly accountId: string;
  /** Folders for what comes in. */
  readonly inboxes: readonly string[];
  /** The folder for receipts; `null`: there is none yet. */
  readonly receipts: string | null;
}

export interface MailMover {
  /** Whether the person has allowed it in Thunderbird. */
  permitted(): Promise<boolean>;
  /** Every account that has an inbox of its own: IMAP, POP3, and the local folders. */
  accounts(): Promise<readonly InboxAccount[]>;
  /** Makes the folder for receipts in the account; on IMAP on the server too. */
  makeReceiptsFolder(accountId: string): Promise<string>;
  /** Moves; never deletes. Rejects when the folder is gone, or Thunderbird cannot. */
  move(ids: readonly number[], folderId: string): Promise<void>;
}
