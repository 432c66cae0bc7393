// Belongs here: settings in the add-on's own storage of this profile. Nobody but the background page writes them.
import type { SettingsStore } from "../ports/settings-store.ts";
import { messenger } from "./messenger.ts";

/** Kept until something is written: every inspection asks, and each answer of Thunderbird takes as long as reading a mail. */
let kept: Promise<Readonly<Record<string, unknown>>> | null = null;

export const settingsStore: SettingsStore = {
  read() {
    const reading = kept ?? messenger.storage.local.get();
    kept = reading;
    reading.catch(() => {
      if (kept === reading) kept = null;
    });
    return reading;
  },

  async write(changes) {
    try {
      await messenger.storage.local.set({ ...changes });
    } finally {
      // Afterwards, as what was read meanwhile may be from before.
      kept = null;
    }
  },
};
