// Belongs here: where raw messages come from.

export interface MessageSource {
  /**
   * The message exactly as it is stored, without what Thunderbird writes before it for itself. Rejects when it is gone or cannot be read.
   *
   * @param listedSize bytes, as the list of its folder says: spares asking for it
   */
  read(messageId: number, listedSize?: number): Promise<Uint8Array>;
}
