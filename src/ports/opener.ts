// Belongs here: showing things in Thunderbird itself.
import type { MessageTarget } from "../messages.ts";
import type { NamedFile } from "./file-saver.ts";

export interface Opener {
  /** Opens a message (RFC 5322 bytes) in a tab or window of its own. */
  openMessage(file: NamedFile): Promise<void>;
  /**
   * Opens an attachment of a message as Thunderbird opens any attachment, asking what to do with it.
   *
   * @param message the message that has the attachment
   * @param path child indexes from its root
   * @param tabId tab that the person is in
   */
  openAttachment(message: NamedFile, path: readonly number[], tabId: number): Promise<void>;
  /** Opens our page for paper in a tab. */
  openPrintPage(target: MessageTarget): Promise<void>;
  /** Opens our page that makes a bundle of evidence, in a tab. */
  openEvidencePage(job: number): Promise<void>;
  /** Shows our options page. */
  openOptionsPage(): Promise<void>;
  /** Shows our page on PEC accounts; `welcome`: with a greeting. */
  openAccountPage(part: "welcome" | "accounts" | "add"): Promise<void>;
  /** Shows our page with all sent messages, where it is open or in its own space. */
  openLedgerPage(): Promise<void>;
}
