// Belongs here: what is known of the state of the database, as the options page says it.
import type { StorageTrouble } from "../ports/storage-error.ts";

export interface Trouble {
  /** `null`: the last use went well. */
  readonly current: StorageTrouble | null;
  /** Carries out `work` and remembers how it went. */
  watch<T>(work: Promise<T>): Promise<T>;
}

export function createTrouble(): Trouble {
  let current: StorageTrouble | null = null;
  return {
    get current() {
      return current;
    },
    async watch(work) {
      try {
        const result = await work;
        current = null;
        return result;
      } catch (error) {
        current = troubleOf(error);
        throw error;
      }
    },
  };
}

function troubleOf(error: unknown): StorageTrouble {
  return statedTrouble(error) ?? "unavailable";
}

/** What a `StorageError` says; `null`: it is none. */
export function statedTrouble(error: unknown): StorageTrouble | null {
  if (!(error instanceof Error)) return null;
  // So the add-on's settings say that the disk is full.
  if (error.name === "QuotaExceededError" || error.message.includes("QuotaExceededError")) return "full";
  if (!("trouble" in error)) return null;
  return error.trouble === "full" || error.trouble === "newer" ? error.trouble : "unavailable";
}
