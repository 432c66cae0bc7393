// Belongs here: what was moved on the person's order, in the database of this profile.
import type { MoveMemory } from "../ports/move-memory.ts";
import { inDatabase } from "./database.ts";

export const moveMemory: MoveMemory = {
  remember: (mails) =>
    inDatabase(async (database) => {
      const transaction = database.transaction("moved", "readwrite");
      for (const mail of mails) await transaction.store.put(mail);
      await transaction.done;
    }),

  some: (limit) => inDatabase((database) => database.getAll("moved", undefined, limit)),

  forget: (mails) =>
    inDatabase(async (database) => {
      const transaction = database.transaction("moved", "readwrite");
      for (const { accountId, messageId } of mails) await transaction.store.delete([accountId, messageId]);
      await transaction.done;
    }),
};
