// Belongs here: the kind of receipt that was chosen for a message before it was kept as a draft. Thunderbird writes it into the draft, and
// does not take it over when the draft is opened again.
import type { DeliveryReceiptKind } from "../../core/index.ts";
import type { MessageSource } from "../../ports/message-source.ts";
import type { OutgoingMessages } from "../../ports/outgoing-messages.ts";
import { askedKind, fieldsAsking } from "./check-sending.ts";

export interface RestoreReceiptKindDependencies {
  readonly messages: Pick<OutgoingMessages, "read" | "restoreFields">;
  readonly source: MessageSource;
  readonly readKind: (message: Uint8Array) => DeliveryReceiptKind | null;
}

/** @returns does it for one window, once */
export function createRestoreReceiptKind({
  messages,
  source,
  readKind,
}: RestoreReceiptKindDependencies): (tabId: number) => Promise<void> {
  const done = new Set<number>();
  return async (tabId) => {
    if (done.has(tabId)) return;
    done.add(tabId);
    const message = await messages.read(tabId);
    if (message === null || message.draft === null || askedKind(message) !== null) return;
    const kind = readKind(await source.read(message.draft));
    // The person may have chosen meanwhile.
    const now = kind === null ? null : await messages.read(tabId);
    if (kind === null || now === null || askedKind(now) !== null) return;
    await messages.restoreFields(tabId, fieldsAsking(kind, now));
  };
}
