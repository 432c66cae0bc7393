// Belongs here: what a click on a notice opens: the sent message, or the ledger page where there is no copy of it; the page on accounts.
import type { LedgerButton } from "../ports/ledger-button.ts";
import type { LedgerStore } from "../ports/ledger-store.ts";
import type { Mailbox } from "../ports/mailbox.ts";
import type { Opener } from "../ports/opener.ts";
import { copyIds } from "./copy-ids.ts";
import { isPasswordNotice } from "./accounts/password-reminders.ts";
import { linkOfNotice } from "./receipts/problem-notices.ts";

export interface OpenNoticeDependencies {
  readonly ledger: Pick<LedgerStore, "find">;
  readonly mailbox: Pick<Mailbox, "find" | "open">;
  readonly button: Pick<LedgerButton, "open">;
  readonly opener: Pick<Opener, "openAccountPage">;
}

export async function openNotice(
  id: string,
  { ledger, mailbox, button, opener }: OpenNoticeDependencies,
): Promise<void> {
  if (isPasswordNotice(id)) return opener.openAccountPage("accounts");
  const link = linkOfNotice(id);
  const [entry] = link === null ? [] : await ledger.find([link]);
  for (const messageId of entry === undefined ? [] : copyIds(entry)) {
    // Only a copy of ours: whoever knows the Message-ID can send a mail that bears it.
    const copy = (await mailbox.find(messageId)).find(({ isSentCopy }) => isSentCopy);
    if (copy !== undefined) return mailbox.open(copy.id);
  }
  return button.open();
}
