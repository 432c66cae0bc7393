// Belongs here: what the application asks about folders and the lists of their messages. Does NOT belong here: how Thunderbird answers.

export interface MailFolder {
  readonly id: string;
  readonly accountId: string;
  /** For people. */
  readonly name: string;
  /**
   * `sent`: holds copies of what was sent. `incoming`: whatever anybody sends to the person lies there first (inbox, junk).
   * Elsewhere the person has put it.
   */
  readonly role: "sent" | "incoming" | "other";
  /** Reading a message of it may mean downloading it. */
  readonly isOnServer: boolean;
}

/** A message as its folder's list has it; nothing was read. */
export interface ListedMessage {
  /** Good for this run of Thunderbird only. */
  readonly id: number;
  /** Without brackets. */
  readonly headerMessageId: string;
  readonly author: string;
  /** Addresses, with names or without, of To and Cc; each text may hold several. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** Milliseconds UTC. */
  readonly date: number | null;
  /** Bytes. */
  readonly size: number;
}

export interface LocatedMessage {
  readonly folder: MailFolder;
  readonly message: ListedMessage;
}

export interface MailFolders {
  /** Every folder of every mail account that may hold receipts or sent mail, parents before children. */
  all(): Promise<readonly MailFolder[]>;
  /** How many messages the folder holds; `null`: not known. */
  count(folderId: string): Promise<number | null>;
  /**
   * Page by page, at most 50 messages each, so that a folder of 100,000 is never held as a whole. Rejects when the folder is gone.
   *
   * @param after a mark: only what came into the folder since then
   */
  list(folderId: string, after?: number): AsyncIterable<readonly ListedMessage[]>;
  /**
   * What comes into the folder from now on, in whatever way, lies above this mark; it falls when the newest messages are deleted or
   * Thunderbird numbers them anew. `null`: not known (no such way to ask in this package, or the folder is gone).
   */
  mark(folderId: string): Promise<number | null>;
  /** Every message under this Message-ID (without brackets, as it was written) in a folder that `all` names. */
  locate(headerMessageId: string): Promise<readonly LocatedMessage[]>;
  /** `null`: it is gone, or lies in no folder that `all` names. */
  at(messageId: number): Promise<LocatedMessage | null>;
}
