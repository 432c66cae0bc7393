// Belongs here: writing local records and reading them back, so that a verdict never depends on whether that works.
// Does NOT belong here: what a record proves (see core/verdict), where it is kept (see ports/record-store.ts).
import type { Inspection, LocalRecord, LocalRecords } from "../../core/index.ts";
import type { RecordStore } from "../../ports/record-store.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import { parseRecordsFile, writeRecordsFile } from "./records-file.ts";
import { readSettings } from "../settings.ts";
import type { Trouble } from "../trouble.ts";

export interface LocalRecordBook {
  /** For one inspection: a store that fails is one that knows nothing. */
  readonly records: LocalRecords;
  /** Writes what an inspection has to say, unless it stands there already. Never rejects: the verdict is shown whatever becomes of its record. */
  keep(inspection: Inspection): Promise<void>;
  /** The same for many at once. */
  keepAll(records: readonly LocalRecord[]): Promise<void>;
  /** Zero when they cannot be read. */
  summary(): Promise<{ readonly count: number; readonly since: number | null }>;
  deleteAll(): Promise<void>;
  /** Text of a file. */
  exportAll(): Promise<string>;
  /** How many the file held; `null`: it is none of ours. Whoever made the file gains little by it (see LocalRecord). */
  importAll(text: string): Promise<number | null>;
}

export interface LocalRecordBookDependencies {
  readonly store: RecordStore;
  readonly settings: SettingsStore;
  readonly trouble: Trouble;
  readonly now: () => number;
}

export function createLocalRecordBook({ store, settings, trouble, now }: LocalRecordBookDependencies): LocalRecordBook {
  const find = (signatureSha256: string): Promise<LocalRecord | null> =>
    trouble.watch(store.find(signatureSha256)).catch(() => null);

  async function keepAll(records: readonly LocalRecord[]): Promise<void> {
    try {
      if (records.length === 0 || !(await readSettings(settings)).keepRecords) return;
      await trouble.watch(
        store.merge(records, (stored, added) => (stored !== null && isSameRecord(stored, added) ? stored : added)),
      );
    } catch {
      // Remembered as trouble, which the options page shows; the next inspection of this message tries again.
    }
  }

  return {
    records: { find },
    keep: ({ record }) => keepAll(record === null ? [] : [record]),
    keepAll,

    summary: () => trouble.watch(store.summary()).catch(() => ({ count: 0, since: null })),
    deleteAll: () => trouble.watch(store.clear()),
    exportAll: async () => writeRecordsFile(await trouble.watch(store.all())),

    async importAll(text) {
      const records = parseRecordsFile(text, now());
      if (records === null) return null;
      await trouble.watch(store.merge(records, withImported));
      return records.length;
    },
  };
}

/** Field by field, whatever fields a record has. */
function isSameRecord(one: LocalRecord, other: LocalRecord): boolean {
  return comparable(one) === comparable(other);
}

function comparable(record: LocalRecord): string {
  return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What this computer saw stays; beside it stands the earliest verification that a file tells of, where that is earlier. What a file says of
 * other bytes or another signer under the same signature is false.
 */
function withImported(stored: LocalRecord | null, added: LocalRecord): LocalRecord {
  if (stored === null) return added;
  if (stored.signedSha256 !== added.signedSha256 || stored.signerSha256 !== added.signerSha256) return stored;
  const known = stored.toldAt ?? stored.firstVerifiedAt;
  const { toldAt } = added;
  return toldAt === undefined || toldAt >= known ? stored : { ...stored, toldAt };
}
