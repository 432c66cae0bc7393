// Belongs here: what of a walk over the folders outlives the end of Thunderbird in the middle of it. Does NOT belong here: walking (see app/receipts-walk.ts).

import type { StorageTrouble } from "./storage-error.ts";

export interface WalkCounts {
  readonly receipts: number;
  readonly unverified: number;
  /** Left for later because of their size. */
  readonly tooLarge: number;
  /** Gone, or not readable; tried again at the next walk. */
  readonly unreadable: number;
}

export type WalkState =
  | {
      readonly state: "running";
      /** Which ledger it fills: `Rebuilt.at` of one that was made anew; `null` or missing: the first. */
      readonly fills?: number | null;
      /** How many walks before it, in a row, were begun because messages could not be read; missing: none. */
      readonly retries?: number;
      /** Identifiers of the folders that are done. */
      readonly done: readonly string[];
      /** Those of them that could not be listed: Thunderbird lists a mailbox file only after it was opened once. */
      readonly unlisted?: readonly string[];
      /** Of those folders. */
      readonly counts: WalkCounts;
    }
  | {
      readonly state: "ended";
      readonly how: "finished" | "cancelled" | "failed";
      /** Milliseconds UTC. */
      readonly at: number;
      /** These as while it was running, for a walk that is taken up again. */
      readonly fills?: number | null;
      readonly retries?: number;
      /** Why it failed, when it was for want of storage. */
      readonly trouble?: StorageTrouble;
      readonly done: readonly string[];
      readonly unlisted?: readonly string[];
      readonly counts: WalkCounts;
    };

export interface WalkMemory {
  /** `null`: there never was a walk. */
  load(): Promise<WalkState | null>;
  save(state: WalkState): Promise<void>;
  /** Of each folder the mark up to which its messages were looked at (see `MailFolders.mark`). */
  loadMarks(): Promise<Readonly<Record<string, number>>>;
  saveMark(folderId: string, mark: number): Promise<void>;
}
