// Belongs here: under which Message-IDs the copies of a sent message are looked for.
import type { LedgerEntry } from "../core/index.ts";

/** Without brackets, as they were written. */
export function copyIds({ copies }: LedgerEntry): readonly string[] {
  const ids = copies.map(({ messageId }) => messageId.replace(/^<|>$/g, ""));
  return [...new Set(ids)].filter((id) => id !== "");
}
