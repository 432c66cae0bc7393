// Belongs here: moving mail between inboxes and our folders for receipts. Does NOT belong here: which mail (see app/order-receipts.ts).
import type { MailMover } from "../ports/mail-mover.ts";
import { messenger } from "./messenger.ts";

/** Asked for in the click that switches the order on. */
const PERMISSIONS = ["accountsFolders", "messagesMove"] as const;

/** The same in every language: another name would make another folder. */
const FOLDER = "Ricevute PEC";
/** Not one that the person has put into the bin, or somewhere else. On some servers every folder lies below the inbox. */
const PLACE = /^\/(?:INBOX\/)?Ricevute PEC$/i;

/** A server that does not answer must not keep everything else waiting for ever. */
const LIMIT_MS = 60_000;

export const mailMover: MailMover = {
  permitted: () => messenger.permissions.contains({ permissions: [...PERMISSIONS] }),

  async accounts() {
    const inboxes = await messenger.folders.query({ specialUse: ["inbox"], isVirtual: false });
    const named = await messenger.folders.query({ name: FOLDER, isVirtual: false });
    const idsOf = (folders: typeof inboxes, accountId: string): readonly string[] =>
      folders.flatMap(({ id, accountId: owner }) => (owner === accountId && id !== undefined ? [id] : []));
    const accountIds = new Set(inboxes.map(({ accountId }) => accountId).filter((id) => id !== undefined));
    return [...accountIds].map((accountId) => ({
      accountId,
      inboxes: idsOf(inboxes, accountId),
      receipts:
        idsOf(
          named.filter(({ path }) => PLACE.test(path ?? "")),
          accountId,
        )[0] ?? null,
    }));
  },

  async makeReceiptsFolder(accountId) {
    const rootId = (await messenger.accounts.get(accountId, false))?.rootFolder?.id;
    if (rootId === undefined) throw new Error("The account is gone");
    const { id } = await limited(messenger.folders.create(rootId, FOLDER));
    if (id === undefined) throw new Error("The folder was not made");
    return id;
  },

  move: (ids, folderId) => limited(messenger.messages.move([...ids], folderId)),
};

async function limited<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Thunderbird did not answer")), LIMIT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
