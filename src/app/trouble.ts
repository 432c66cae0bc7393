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
  const trouble = error instanceof Error && "trouble" in error ? error.trouble : null;
  return trouble === "full" || trouble === "newer" ? trouble : "unavailable";
}
