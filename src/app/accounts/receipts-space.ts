// Belongs here: how much of a mailbox its receipts take, by the lists of its folders; no message is read.
// Does NOT belong here: what a mailbox may hold (see account-findings.ts).
import { mayBeReceipt } from "../../core/index.ts";
import type { ReceiptsSpace } from "../../messages.ts";
import type { MailFolders } from "../../ports/mail-folders.ts";

/** Thunderbird halts for some 10 ms for each hundred that it lists: no longer than five seconds in all. */
const MOST_LISTED = 50_000;

/** A complete receipt is as large as the message with its attachments. */
export async function receiptsSpace(
  account: string,
  folders: Pick<MailFolders, "all" | "list">,
): Promise<ReceiptsSpace> {
  const own = (await folders.all()).filter(({ accountId }) => accountId === account);
  let [listed, count, bytes, isWhole] = [0, 0, 0, true];
  for (const { id } of own) {
    try {
      for await (const page of folders.list(id)) {
        const receipts = page.filter(mayBeReceipt);
        listed += page.length;
        count += receipts.length;
        bytes += receipts.reduce((sum, { size }) => sum + size, 0);
        if (listed >= MOST_LISTED) return { count, bytes, isWhole: false };
      }
    } catch {
      // The folder is gone, or its list cannot be read: there may be more.
      isWhole = false;
    }
  }
  return { count, bytes, isWhole };
}
