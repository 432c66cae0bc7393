// Belongs here: what the add-on's ledger answers in a running Thunderbird, asked as its own pages ask.
// Does NOT belong here: what the ledger page shows.
import type { LedgerRow } from "../../src/core/index.ts";
import type { LedgerAnswer, LedgerOverview, LedgerRequest, WalkReport } from "../../src/messages.ts";
import { HANG_MS, waitFor } from "./deadline.ts";
import type { Thunderbird } from "./thunderbird.ts";

/** Asks from the options page, which has to be open (`Thunderbird.openOptions`). */
export function askLedger(thunderbird: Thunderbird, addonId: string, request: LedgerRequest): Promise<LedgerAnswer> {
  return thunderbird.runInPage(
    addonId,
    "options",
    `return messenger.runtime.sendMessage({ type: "ledger", request: args[0] });`,
    [request],
  );
}

export async function ledgerOverview(thunderbird: Thunderbird, addonId: string): Promise<LedgerOverview> {
  const answer = await askLedger(thunderbird, addonId, { name: "overview" });
  if (answer.state !== "overview") throw new Error(`The ledger answered ${JSON.stringify(answer)}`);
  return answer.overview;
}

export async function ledgerRows(thunderbird: Thunderbird, addonId: string): Promise<readonly LedgerRow[]> {
  const answer = await askLedger(thunderbird, addonId, { name: "rows", after: null });
  if (answer.state !== "rows") throw new Error(`The ledger answered ${JSON.stringify(answer)}`);
  return answer.rows;
}

/** Waits for the end of the walk that is under way, or begins by itself. */
export async function walkEnded(thunderbird: Thunderbird, addonId: string): Promise<WalkReport> {
  return waitFor("the walk to end", HANG_MS, async () => {
    const { walk } = await ledgerOverview(thunderbird, addonId);
    return walk.state === "ended" ? walk : null;
  });
}

/** What a row says of its recipients: address → state. */
export function statesOf({ recipients }: LedgerRow): Readonly<Record<string, string>> {
  return Object.fromEntries(recipients.map(({ address, state }) => [address, state]));
}
