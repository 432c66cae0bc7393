// Belongs here: settings in the add-on's own storage of this profile.
import type { SettingsStore } from "../ports/settings-store.ts";
import { messenger } from "./messenger.ts";

export const settingsStore: SettingsStore = {
  read: () => messenger.storage.local.get(),
  write: (changes) => messenger.storage.local.set({ ...changes }),
};
