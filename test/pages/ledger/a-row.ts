// Belongs here: rows that the tests of the ledger page share.
import type { LedgerRow, RecipientState } from "../../../src/core/index.ts";

const DAY = 24 * 60 * 60_000;
/** Since when there is a ledger in these tests. */
export const BEGAN = Date.parse("2026-11-01T08:00:00Z");
export const NOW = BEGAN + 20 * DAY;

export function aRow(states: readonly RecipientState[], changes: Partial<LedgerRow> = {}): LedgerRow {
  const at = NOW - DAY;
  return {
    link: "a",
    sender: "studio@pec.test",
    subject: "Diffida",
    sentAt: at - 9_000,
    acceptedAt: at,
    at,
    hasCopy: true,
    acceptanceMissing: false,
    problemSince: null,
    recipients: states.map((state, index) => ({
      address: `destinatario${String(index + 1)}@pec.test`,
      state,
      isContradicted: false,
    })),
    ...changes,
  };
}
