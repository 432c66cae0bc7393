// Belongs here: small values in the memory of this run of Thunderbird.
import type { SessionNotes } from "../ports/session-notes.ts";
import { messenger } from "./messenger.ts";

export const sessionNotes: SessionNotes = {
  async read(name) {
    const stored: Readonly<Record<string, unknown>> = await messenger.storage.session.get(name);
    return stored[name];
  },
  write: (name, value) => messenger.storage.session.set({ [name]: value }),
};
