// Belongs here: what the ledger knows of one sent message, found from the message that is shown or from a link.
// Does NOT belong here: how receipts come into the ledger (see collect-receipts.ts), what they mean (core/receipts).
import { claimedLinks, type Inspection, linksOf, receiptOf, sentStatus } from "../../core/index.ts";
import type { SentReport } from "../../messages.ts";
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { MailFolders } from "../../ports/mail-folders.ts";

/** Where an inspected message stands: its number, and child indexes of an attached message inside it. */
export interface InspectedPlace {
  readonly messageId: number;
  readonly path: readonly number[];
}

export interface SentReports {
  /** Of the sent message that was inspected, or that the inspected receipt speaks of; `null`: neither, or nothing is known. */
  ofInspected(inspection: Inspection, place: InspectedPlace): Promise<SentReport | null>;
  /** `null`: there is no such entry. */
  underLink(link: string): Promise<SentReport | null>;
}

/** Shown at most. Attack: thousands of forged receipts of one message, half a megabyte each, all handed to the pane. */
const MAX_UNVERIFIED = 200;

export interface SentReportsDependencies {
  readonly ledger: Pick<LedgerStore, "find" | "unverifiedFor">;
  readonly folders: Pick<MailFolders, "at">;
  /** Whether folders are still being walked: what has not been found may be there. */
  readonly isCollecting?: () => Promise<boolean>;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export function createSentReports({ ledger, folders, isCollecting, now }: SentReportsDependencies): SentReports {
  async function under(links: readonly string[], role: SentReport["role"]): Promise<SentReport | null> {
    const [entry] = await ledger.find(links);
    if (entry === undefined) return null;
    const unverified = (await ledger.unverifiedFor(entry.links)).slice(0, MAX_UNVERIFIED);
    // What is missing while the rest is being collected is not late: no deadline has passed at the beginning of time.
    if ((await isCollecting?.()) === true) {
      return { role, entry, status: sentStatus(entry, 0), unverified, collecting: true };
    }
    return { role, entry, status: sentStatus(entry, now()), unverified };
  }

  /**
   * Attack: every recipient learns the Message-ID, and can send back a mail that bears it under the sender's name: other words than were
   * sent would stand under «consegnata». Where nobody else's mail comes a copy is what was sent; where the person files mail, what no
   * server has passed on. An attached message is whoever's.
   */
  async function isOwnCopy({ messageId, path }: InspectedPlace, { header }: Inspection): Promise<boolean> {
    const role = path.length === 0 ? (await folders.at(messageId))?.folder.role : undefined;
    return role === "sent" || (role === "other" && !header.wasReceived);
  }

  return {
    async ofInspected(inspection, place) {
      const receipt = receiptOf(inspection);
      // A receipt that is not verified shows nothing of what it claims to speak of.
      if (receipt !== null) return receipt.verified ? under(claimedLinks(receipt), "receipt") : null;
      const { messageId, fromAddress, subject } = inspection.header;
      if (inspection.kind !== null || messageId === "") return null;
      const copy = { messageId, from: fromAddress, recipients: [], subject, sentAt: null };
      const links = linksOf({ type: "sent", copy });
      // Asked first: of most mail nothing is known. What only an unsigned notice speaks of is nothing either.
      const isKnown = (await ledger.find(links)).some(({ copies, receipts }) => copies.length + receipts.length > 0);
      return isKnown && (await isOwnCopy(place, inspection)) ? under(links, "sent-copy") : null;
    },

    underLink: (link) => under([link], "listed"),
  };
}
