// Belongs here: remembering what was moved on the person's order, so that it can be taken back. Does NOT belong here: moving (see mail-mover.ts).

export interface MovedMail {
  readonly accountId: string;
  /** Message-ID without brackets. */
  readonly messageId: string;
  /** The folder it came from. */
  readonly from: string;
}

/** Every call rejects with a `StorageError` when it cannot be done. */
export interface MoveMemory {
  remember(mails: readonly MovedMail[]): Promise<void>;
  /** At most `limit` of them. */
  some(limit: number): Promise<readonly MovedMail[]>;
  forget(mails: readonly MovedMail[]): Promise<void>;
}
