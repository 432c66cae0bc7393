export interface MailFolder {
  readonly id: string;
  readonly accountId: string;
  /** For people. */
  readonly name: string;
  /** Holds copies of what was sent. */
  readonly holdsSent: boolean;
  /** Messages in it, when known. */
  readonly messageCount: number | null;
}

/** A message as its folder's list has it; nothing was read. */
export interface ListedMessage {
  /** Good for this run of Thunderbird only. */
  readonly id: number;
  /** Without brackets. */
  readonly headerMessageId: string;
  readonly author: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  /** Milliseconds UTC. */
  readonly date: number | null;
  /** Bytes. */
  readonly size: number;
}

export interface MailFolders {
  /** Every folder of every account, parents before children. */
  all(): Promise<readonly MailFolder[]>;
  /** Page by page, so that a folder of 100,000 messages is never held as a whole. */
  list(folderId: string): AsyncIterable<readonly ListedMessage[]>;
}
