// Belongs here: showing the message under a Message-ID, wherever it lies today. Does NOT belong here: which message (core/receipts).
//
// A Message-ID is neither signed nor unique: whoever knows one can send a mail that bears it. Of several the copy in Sent is opened, for
// nobody else's mail comes there; or else the very receipt that the ledger has verified; or else one whose pane says what it is.
import { claimedLinks, type Inspection, type Receipt } from "../../core/index.ts";
import type { ActionResult } from "../../messages.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { FoundMessage, Mailbox } from "../../ports/mailbox.ts";
import type { MessageSource } from "../../ports/message-source.ts";

export interface OpenMessageDependencies {
  readonly mailbox: Pick<Mailbox, "find" | "open">;
  readonly ledger: Pick<LedgerStore, "find">;
  readonly source: MessageSource;
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  readonly receiptOf: (inspection: Inspection) => Receipt | null;
}

/** Attack: thousands of messages under one Message-ID, all to be read before one is opened. */
const MAX_CANDIDATES = 10;

/** @param messageId without brackets, as it was written */
export async function openMessage(messageId: string, dependencies: OpenMessageDependencies): Promise<ActionResult> {
  const { mailbox } = dependencies;
  try {
    const found = await mailbox.find(messageId);
    // Of what was sent, the copy in Sent before one that was filed or thrown away.
    const message = found.find(({ isSentCopy }) => isSentCopy) ?? (await chosenOf(found, dependencies));
    if (message === undefined) return { state: "failed", code: "gone" };
    await mailbox.open(message.id);
    return { state: "done" };
  } catch {
    return { state: "failed", code: "open-failed" };
  }
}

async function chosenOf(
  found: readonly FoundMessage[],
  dependencies: OpenMessageDependencies,
): Promise<FoundMessage | undefined> {
  const [first] = found;
  if (found.length < 2) return first;
  let claiming: FoundMessage | undefined;
  for (const message of found.slice(0, MAX_CANDIDATES)) {
    const receipt = await receiptIn(message, dependencies);
    if (receipt === null) continue;
    if (await isKept(receipt, dependencies)) return message;
    // It claims to be a receipt, so its pane says whether it is one.
    claiming ??= message;
  }
  return claiming ?? first;
}

async function isKept(receipt: Receipt, { ledger }: OpenMessageDependencies): Promise<boolean> {
  if (!receipt.verified) return false;
  const entries = await ledger.find(claimedLinks(receipt));
  return entries.some(({ receipts }) => receipts.some(({ id }) => id === receipt.id));
}

/** `null`: none, or it cannot be read now. */
async function receiptIn(
  { id }: FoundMessage,
  { source, inspect, receiptOf }: OpenMessageDependencies,
): Promise<Receipt | null> {
  const bytes = await source.read(id).catch((error: unknown) => {
    if (error instanceof Error) return null;
    throw error;
  });
  return bytes === null ? null : receiptOf(await inspect(bytes));
}
