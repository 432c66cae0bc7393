// Belongs here: comparing the message that a delivery receipt returns with the copy in Sent, on demand: finding both, reading both.
// Does NOT belong here: the comparison itself (core/receipts), its wording (see pages/message/describe-content.ts).
import type { ContentComparison, Inspection, LedgerEntry, Receipt } from "../../core/index.ts";
import type { ContentReport } from "../../messages.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { Mailbox } from "../../ports/mailbox.ts";
import type { MessageSource } from "../../ports/message-source.ts";
import { MAX_CANDIDATES, readable, readReceipt } from "./read-receipt.ts";

export interface CompareContentDependencies {
  readonly ledger: Pick<LedgerStore, "find">;
  readonly mailbox: Pick<Mailbox, "find">;
  readonly source: MessageSource;
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  readonly receiptOf: (inspection: Inspection) => Receipt | null;
  /** The message inside an envelope or receipt; `null`: there is none. */
  readonly extractOriginal: (bytes: Uint8Array) => Promise<Uint8Array | null>;
  readonly compare: (sent: Uint8Array, returned: Uint8Array) => Promise<ContentComparison>;
}

/**
 * @param link finds the entry
 * @param receiptId of a delivery receipt of that entry
 * @returns never rejects
 */
export async function compareContent(
  { link, receipt: receiptId }: { readonly link: string; readonly receipt: string },
  dependencies: CompareContentDependencies,
): Promise<ContentReport> {
  try {
    const [entry] = await dependencies.ledger.find([link]);
    const receipt = entry?.receipts.find(({ id }) => id === receiptId);
    if (entry === undefined || receipt === undefined) return notComparable("no-receipt");
    const read = await readReceipt(receipt, dependencies);
    if (read.state !== "read") return notComparable("no-receipt");
    const returned = await dependencies.extractOriginal(read.bytes);
    if (returned === null) return notComparable("no-content");
    return await compareWithCopies(entry, returned, dependencies);
  } catch {
    return notComparable("internal");
  }
}

const notComparable = (code: Extract<ContentReport, { state: "not-comparable" }>["code"]): ContentReport => ({
  state: "not-comparable",
  code,
});

/** There may be several copies, such as the client's and the provider's; that one is the same is what was asked. */
async function compareWithCopies(
  { copies }: LedgerEntry,
  returned: Uint8Array,
  { mailbox, source, compare, inspect }: CompareContentDependencies,
): Promise<ContentReport> {
  const found = (await Promise.all(copies.map(({ messageId }) => mailbox.find(messageId)))).flat();
  const inSent = found.filter(({ isSentCopy }) => isSentCopy);
  // Filed by the person, who moved it out of Sent.
  const candidates = inSent.length > 0 ? inSent : found;
  let first: ContentReport | null = null;
  for (const { id } of candidates.slice(0, MAX_CANDIDATES)) {
    const sent = await readable(source, id);
    if (sent === null) continue;
    // Attack: a mail that bears the Message-ID of what was sent, and other words.
    if (inSent.length === 0 && (await inspect(sent)).header.wasReceived) continue;
    const report: ContentReport = { state: "compared", comparison: await compare(sent, returned) };
    if (report.comparison.outcome === "same") return report;
    first ??= report;
  }
  return first ?? notComparable("no-copy");
}
