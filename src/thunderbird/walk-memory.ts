// Belongs here: how far the walk over the folders is, in the add-on's own storage of this profile.
import type { WalkMemory, WalkState } from "../ports/walk-memory.ts";
import { messenger } from "./messenger.ts";

const KEY = "walk";

export const walkMemory: WalkMemory = {
  async load() {
    const value: unknown = (await messenger.storage.local.get(KEY))[KEY];
    return isWalkState(value) ? value : null;
  },
  save: (state) => messenger.storage.local.set({ [KEY]: state }),
};

/** Nobody else writes it; what an older version has written begins anew. */
function isWalkState(value: unknown): value is WalkState {
  if (typeof value !== "object" || value === null || !("state" in value) || !("counts" in value)) return false;
  if (typeof value.counts !== "object" || value.counts === null) return false;
  return value.state === "running"
    ? "done" in value && Array.isArray(value.done)
    : value.state === "ended" && "at" in value;
}
