// Belongs here: how far the walk over the folders is, in the add-on's own storage of this profile.
import type { WalkMemory, WalkState } from "../ports/walk-memory.ts";
import { messenger } from "./messenger.ts";

const STATE = "walk";
/** Beginning of the key under which each folder's mark is kept: marks are many, and are written one at a time. */
const MARK = "walkMark ";

export const walkMemory: WalkMemory = {
  async load() {
    const value: unknown = (await messenger.storage.local.get(STATE))[STATE];
    return isWalkState(value) ? value : null;
  },

  save: (state) => messenger.storage.local.set({ [STATE]: state }),

  async loadMarks() {
    const values: Readonly<Record<string, unknown>> = await messenger.storage.local.get();
    return Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) =>
        key.startsWith(MARK) && typeof value === "number" ? [[key.slice(MARK.length), value]] : [],
      ),
    );
  },

  saveMark: (folderId, mark) => messenger.storage.local.set({ [MARK + folderId]: mark }),
};

/** Nobody else writes it; what an older version has written begins anew. */
function isWalkState(value: unknown): value is WalkState {
  if (typeof value !== "object" || value === null || !("state" in value)) return false;
  if (!("counts" in value) || typeof value.counts !== "object" || value.counts === null) return false;
  if (!("done" in value) || !Array.isArray(value.done)) return false;
  return value.state === "running" || (value.state === "ended" && "at" in value);
}
