// Belongs here: finding the very receipt that the ledger has verified, wherever it lies today, and reading it.
// Does NOT belong here: which receipts (core/receipts), what is done with it (see compare-content.ts, restore-original.ts, evidence-items.ts).
import type { Inspection, Receipt } from "../../core/index.ts";
import type { Mailbox } from "../../ports/mailbox.ts";
import type { MessageSource } from "../../ports/message-source.ts";

export interface ReadReceiptDependencies {
  readonly mailbox: Pick<Mailbox, "find">;
  readonly source: MessageSource;
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  readonly receiptOf: (inspection: Inspection) => Receipt | null;
}

export type ReadMessage =
  | { readonly state: "read"; readonly bytes: Uint8Array; readonly inspection: Inspection }
  /** `unreadable`: it may be there, and nothing under its Message-ID can be read now. */
  | { readonly state: "gone" | "unreadable" };

/** Message-IDs are chosen by whoever writes a message. Attack: thousands of messages under one of ours, all to be read. */
export const MAX_CANDIDATES = 10;

/** The very receipt, not another message under its Message-ID: that is neither signed nor unique. */
export async function readReceipt(
  receipt: Receipt,
  { mailbox, source, inspect, receiptOf }: ReadReceiptDependencies,
): Promise<ReadMessage> {
  const found = receipt.messageId === "" ? [] : await mailbox.find(receipt.messageId);
  let state: "gone" | "unreadable" = "gone";
  for (const { id } of found.slice(0, MAX_CANDIDATES)) {
    const bytes = await readable(source, id);
    if (bytes === null) {
      state = "unreadable";
      continue;
    }
    const inspection = await inspect(bytes);
    const read = receiptOf(inspection);
    if (read?.verified === true && read.id === receipt.id) return { state: "read", bytes, inspection };
  }
  return { state };
}

/** `null`: deleted or moved since it was found, or the connection is gone. */
export async function readable(source: MessageSource, id: number, size?: number): Promise<Uint8Array | null> {
  return source.read(id, size).catch((error: unknown) => {
    if (error instanceof Error) return null;
    throw error;
  });
}
