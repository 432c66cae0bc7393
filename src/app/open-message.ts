// Belongs here: showing the message under a Message-ID, wherever it lies today. Does NOT belong here: which message (core/receipts).
import type { ActionResult } from "../messages.ts";
import type { Mailbox } from "../ports/mailbox.ts";

/** @param messageId without brackets, as it was written */
export async function openMessage(messageId: string, mailbox: Pick<Mailbox, "find" | "open">): Promise<ActionResult> {
  try {
    const found = await mailbox.find(messageId);
    // Of what was sent, the copy in Sent before one that was filed or thrown away.
    const message = found.find(({ isSentCopy }) => isSentCopy) ?? found[0];
    if (message === undefined) return { state: "failed", code: "gone" };
    await mailbox.open(message.id);
    return { state: "done" };
  } catch {
    return { state: "failed", code: "open-failed" };
  }
}
