// Belongs here: where raw messages come from.

export interface MessageSource {
  /** The message exactly as it is stored. Rejects when it is gone or cannot be read. */
  read(messageId: number): Promise<Uint8Array>;
}
