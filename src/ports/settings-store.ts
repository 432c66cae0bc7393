// Belongs here: small values that outlive the session. Does NOT belong here: what they mean (see app/settings.ts).

export interface SettingsStore {
  /** Everything stored, unchecked. Rejects when it cannot be read. */
  read(): Promise<Readonly<Record<string, unknown>>>;
  /** Values are plain JSON. */
  write(changes: Readonly<Record<string, unknown>>): Promise<void>;
}
