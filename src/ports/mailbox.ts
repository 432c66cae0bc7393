// Belongs here: finding a message again by its Message-ID wherever it lies today, and doing to it what the person ordered.
// Does NOT belong here: which messages (core/receipts), whether the person ordered it (app/).

export interface FoundMessage {
  /** Good for this run of Thunderbird only. */
  readonly id: number;
  readonly folderId: string;
  readonly accountId: string;
  readonly read: boolean;
  /** Keys of its tags. */
  readonly tags: readonly string[];
  /** In a folder for what was sent. */
  readonly isSentCopy: boolean;
}

export interface Mailbox {
  /** Every message under this Message-ID (without brackets, as it was written), in whatever folder. */
  find(headerMessageId: string): Promise<readonly FoundMessage[]>;
  /** Shows it as Thunderbird shows any message. Rejects when it is gone. */
  open(id: number): Promise<void>;
  markRead(ids: readonly number[]): Promise<void>;
}
