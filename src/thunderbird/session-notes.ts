// Belongs here: small values in the memory of this run of Thunderbird.
import type { SessionNotes } from "../ports/session-notes.ts";
import { messenger } from "./messenger.ts";

export const sessionNotes: SessionNotes = {
  read: async (name) => (await messenger.storage.session.get(name))[name],
  write: (name, value) => messenger.storage.session.set({ [name]: value }),
};
