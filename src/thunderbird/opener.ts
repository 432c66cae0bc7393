// Belongs here: showing messages, attachments and our own pages in tabs and windows.
import type { Opener } from "../ports/opener.ts";
import { fileOf } from "./file-of.ts";
import { messenger } from "./messenger.ts";
import { shownMessages } from "./message-display.ts";
import { pageAddress } from "./page-address.ts";
import { ledgerButton } from "./spaces.ts";

export const opener: Opener = {
  async openMessage(file) {
    await messenger.messageDisplay.open({ file: fileOf(file) });
  },

  async openAttachment(message, path, tabId) {
    // Thunderbird opens only attachments of messages that it knows, and sees none inside an enclosed message. So it gets to know
    // the enclosed one in a tab in the background, for as long as it takes to hand the attachment over.
    const tab = await messenger.messageDisplay.open({ file: fileOf(message), location: "tab", active: false });
    if (tab.id === undefined) throw new Error("The message has no tab");
    try {
      const messageId = await shownMessages.current(tab.id);
      if (messageId === null) throw new Error("The message is not shown");
      await messenger.messages.openAttachment(messageId, partName(path), tabId);
    } finally {
      await messenger.tabs.remove(tab.id);
    }
  },

  async openPrintPage(target) {
    await messenger.tabs.create({ url: `/${pageAddress("pages/print/print.html", target)}` });
  },

  async openEvidencePage(job) {
    await messenger.tabs.create({ url: `/pages/evidence/evidence.html#${String(job)}` });
  },

  async openOptionsPage() {
    await messenger.runtime.openOptionsPage();
  },

  async openAccountPage(part) {
    await messenger.tabs.create({ url: `/pages/account/account.html#${part}` });
  },

  openLedgerPage: () => ledgerButton.open(),
};

/** Thunderbird numbers parts from one, and calls the root `1`. */
function partName(path: readonly number[]): string {
  return ["1", ...path.map((index) => String(index + 1))].join(".");
}
