// Belongs here: revocation lists and OCSP answers in the database of this profile.
import type { RevocationStore } from "../ports/revocation-store.ts";
import { inDatabase } from "./database.ts";

export const revocationStore: RevocationStore = {
  all: () => inDatabase((database) => database.getAll("revocation")),
  put: (data) => inDatabase(async (database) => void (await database.put("revocation", data))),
  remove: (id) => inDatabase((database) => database.delete("revocation", id)),
};
