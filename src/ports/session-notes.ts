// Belongs here: small values that last until Thunderbird ends, although the background page comes and goes.

export interface SessionNotes {
  /** `undefined`: never written in this session. */
  read(name: string): Promise<unknown>;
  /** Values are plain JSON. */
  write(name: string, value: unknown): Promise<void>;
}
