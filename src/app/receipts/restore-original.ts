// Belongs here: the message that was sent, given back from a complete delivery receipt: opened or saved, byte for byte as it was delivered.
// Does NOT belong here: whether it is the same as the copy in Sent (see compare-content.ts).
import type { Receipt } from "../../core/index.ts";
import type { ActionResult } from "../../messages.ts";
import type { FileSaver } from "../../ports/file-saver.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { Opener } from "../../ports/opener.ts";
import { emlFile } from "../message/original-files.ts";
import { readReceipt, type ReadReceiptDependencies } from "./read-receipt.ts";

export interface RestoreOriginalDependencies extends ReadReceiptDependencies {
  readonly ledger: Pick<LedgerStore, "find">;
  /** The message inside an envelope or receipt; `null`: there is none. */
  readonly extractOriginal: (bytes: Uint8Array) => Promise<Uint8Array | null>;
  readonly opener: Pick<Opener, "openMessage">;
  readonly saver: Pick<FileSaver, "saveAs">;
}

/** All of them return the same message, but those for Cc, which return none. Attack: hundreds to be read for nothing. */
const MAX_TRIED = 20;

/**
 * @param link finds the entry
 * @returns never rejects. `gone`: no complete receipt of it can be found and read; `no-original`: none of them holds the message
 */
export async function restoreOriginal(
  link: string,
  how: "open" | "save",
  dependencies: RestoreOriginalDependencies,
): Promise<ActionResult> {
  try {
    const [entry] = await dependencies.ledger.find([link]);
    const receipts = (entry?.receipts ?? []).filter(isComplete).slice(0, MAX_TRIED);
    let code: "gone" | "no-original" = "gone";
    for (const receipt of receipts) {
      const read = await readReceipt(receipt, dependencies);
      if (read.state !== "read") continue;
      const bytes = await dependencies.extractOriginal(read.bytes);
      if (bytes === null) {
        code = "no-original";
        continue;
      }
      return await handOver(bytes, receipt.subject ?? "", how, dependencies);
    }
    return { state: "failed", code };
  } catch {
    return { state: "failed", code: how === "open" ? "open-failed" : "save-failed" };
  }
}

const isComplete = ({ kind, requested }: Receipt): boolean => kind === "avvenuta-consegna" && requested === "completa";

async function handOver(
  bytes: Uint8Array,
  subject: string,
  how: "open" | "save",
  { opener, saver }: RestoreOriginalDependencies,
): Promise<ActionResult> {
  const file = emlFile(bytes, subject, "postacert");
  if (how === "open") {
    await opener.openMessage(file);
    return { state: "done" };
  }
  return { state: (await saver.saveAs(file)) === "saved" ? "done" : "cancelled" };
}
