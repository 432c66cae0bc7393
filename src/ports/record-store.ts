// Belongs here: where local records are kept. Does NOT belong here: when one is written, and what if that fails (see app/local-record-book.ts).
import type { LocalRecord } from "../core/index.ts";

/** Every call rejects with a `StorageError` when the store cannot do it. */
export interface RecordStore {
  find(signatureSha256: string): Promise<LocalRecord | null>;
  /** Puts what `merge` makes of the stored one and each of these, all or nothing; the stored one itself is left as it is. */
  merge(
    records: readonly LocalRecord[],
    merge: (stored: LocalRecord | null, added: LocalRecord) => LocalRecord,
  ): Promise<void>;
  /** How many there are, and the first of all `firstVerifiedAt`; `null`: there is none. */
  summary(): Promise<{ readonly count: number; readonly since: number | null }>;
  all(): Promise<readonly LocalRecord[]>;
  clear(): Promise<void>;
}
