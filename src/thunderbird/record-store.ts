// Belongs here: local records in the database of this profile.
import type { RecordStore } from "../ports/record-store.ts";
import { inDatabase } from "./database.ts";

export const recordStore: RecordStore = {
  find: (signatureSha256) => inDatabase(async (database) => (await database.get("records", signatureSha256)) ?? null),

  merge: (records, merge) =>
    inDatabase(async (database) => {
      const transaction = database.transaction("records", "readwrite");
      const { store } = transaction;
      const stored = await Promise.all(records.map(({ signatureSha256 }) => store.get(signatureSha256)));
      // Nothing is written before all is merged: an error there leaves everything as it was.
      const changed = records.flatMap((record, index) => {
        const merged = merge(stored[index] ?? null, record);
        return merged === stored[index] ? [] : [merged];
      });
      await Promise.all([...changed.map((record) => store.put(record)), transaction.done]);
    }),

  summary: () =>
    inDatabase(async (database) => {
      const { store } = database.transaction("records");
      const [count, first] = await Promise.all([store.count(), store.index("firstVerifiedAt").openKeyCursor()]);
      return { count, since: first?.key ?? null };
    }),

  all: () => inDatabase((database) => database.getAll("records")),

  clear: () => inDatabase((database) => database.clear("records")),
};
