// Belongs here: folders, and the lists of their messages page by page.
import type { ListedMessage, LocatedMessage, MailFolder, MailFolders } from "../ports/mail-folders.ts";
import { messenger } from "./messenger.ts";

const PAGE = 50;

/** Our Experiment looks through the numbers of the whole folder for each answer, and halts Thunderbird 10 ms for so many messages. */
const LISTED_AT_ONCE = 100;

/** Mail of other kinds of accounts (news, feeds) is no mail of a person. */
export const OTHER_ACCOUNTS: readonly string[] = ["nntp", "rss"];

/** Nothing in them was sent or received. */
const UNSENT: readonly string[] = ["drafts", "templates", "outbox"];

const INCOMING: readonly string[] = ["inbox", "junk"];

export const mailFolders: MailFolders = {
  async all() {
    const accounts = await messenger.accounts.list(true);
    return accounts
      .filter(({ type }) => !OTHER_ACCOUNTS.includes(type))
      .flatMap(({ type, rootFolder }) => (rootFolder === undefined ? [] : foldersBelow(rootFolder, "other", type)));
  },

  async count(folderId) {
    // Rejects for a folder whose file nobody has looked into yet.
    const info = await messenger.folders.getFolderInfo(folderId).catch(() => null);
    const count = info?.totalMessageCount ?? -1;
    return count >= 0 ? count : null;
  },

  async *list(folderId, after = -1) {
    // Halts Thunderbird for less time, and takes less (see src/experiments/messageIndex).
    if (messenger.messageIndex !== undefined) yield* indexedPages(messenger.messageIndex, folderId, after);
    else {
      // An empty list is also what there is of a folder whose file nobody has looked into yet; this tells them apart by rejecting.
      await messenger.folders.getFolderInfo(folderId);
      yield* pagesOf(await messenger.messages.list(folderId));
    }
  },

  async mark(folderId) {
    return (await messenger.messageIndex?.newestKey(folderId).catch(() => null)) ?? null;
  },

  async locate(headerMessageId) {
    const [headers, folders] = await Promise.all([headersUnder(headerMessageId), mailFolders.all()]);
    return headers.map((header) => located(header, folders)).filter((message) => message !== null);
  },

  async at(messageId) {
    const header = await messenger.messages.get(messageId).catch(() => null);
    return header === null ? null : located(header, await mailFolders.all());
  },
};

function located(header: Header, folders: readonly MailFolder[]): LocatedMessage | null {
  const folder = folders.find(({ id }) => id === header.folder?.id);
  return folder === undefined ? null : { folder, message: listed(header) };
}

/** Every message under this Message-ID (without brackets) in whatever folder. */
export async function headersUnder(headerMessageId: string): Promise<readonly Header[]> {
  if (headerMessageId === "") return [];
  if (messenger.messageIndex !== undefined) {
    const ids = await messenger.messageIndex.find(headerMessageId);
    // Gone since it was found: not found.
    const headers = await Promise.all(ids.map((id) => messenger.messages.get(id).catch(() => null)));
    return headers.filter((header) => header !== null);
  }
  const found: Header[] = [];
  let list = await messenger.messages.query({ headerMessageId });
  while (typeof list !== "string") {
    found.push(...list.messages);
    if (typeof list.id !== "string") break;
    list = await messenger.messages.continueList(list.id);
  }
  return found;
}

async function* indexedPages(
  index: NonNullable<typeof messenger.messageIndex>,
  folderId: string,
  after: number,
): AsyncGenerator<readonly ListedMessage[]> {
  for (let key: number | null = after; key !== null;) {
    const { messages, last } = await index.list(folderId, key, LISTED_AT_ONCE);
    for (let start = 0; start < messages.length; start += PAGE) yield messages.slice(start, start + PAGE);
    key = last;
  }
}

type Folder = Awaited<ReturnType<typeof messenger.folders.get>>;

interface List {
  /** `null` (in the types at hand also missing): there is no other page. */
  readonly id?: string | null | undefined;
  readonly messages: readonly Header[];
}

export type Header = Awaited<ReturnType<typeof messenger.messages.get>>;

function foldersBelow(folder: Folder, role: MailFolder["role"], accountType: string): readonly MailFolder[] {
  return (folder.subFolders ?? []).flatMap((child) => {
    const use: readonly string[] = child.specialUse ?? [];
    if (child.isVirtual === true || use.some((each) => UNSENT.includes(each))) return [];
    // What lies below Sent was sent as well; what the person sorted below the inbox need not be what came in.
    const below = use.includes("sent") ? "sent" : role;
    const own = use.some((each) => INCOMING.includes(each)) ? "incoming" : below;
    const found = mailFolder(child, own, accountType);
    return [...(found === null ? [] : [found]), ...foldersBelow(child, below, accountType)];
  });
}

function mailFolder(folder: Folder, role: MailFolder["role"], accountType: string): MailFolder | null {
  const { id, accountId, name } = folder;
  if (id === undefined || accountId === undefined) return null;
  // A POP3 account keeps its mail on this computer.
  const isOnServer = accountType !== "none" && accountType !== "pop3";
  return { id, accountId, name: name ?? "", role, isOnServer };
}

/** The folder of messages that an event speaks of. `null`: it holds nothing that was sent or received. */
export async function mailFolderOf(folderId: string): Promise<MailFolder | null> {
  return (await mailFolders.all()).find(({ id }) => id === folderId) ?? null;
}

/** Every page of a list that Thunderbird has begun to hand out; aborts it when the reader stops before its end. */
export async function* pagesOf(first: List): AsyncGenerator<readonly ListedMessage[]> {
  let list = first;
  let isOpen = true;
  try {
    for (;;) {
      const messages = list.messages.map(listed);
      const { id } = list;
      isOpen = typeof id === "string";
      for (let start = 0; start < messages.length; start += PAGE) yield messages.slice(start, start + PAGE);
      if (typeof id !== "string") return;
      list = await messenger.messages.continueList(id);
    }
  } finally {
    if (isOpen && typeof list.id === "string") await messenger.messages.abortList(list.id);
  }
}

/** What the list of a folder says of one message. */
export function listed(message: Header): ListedMessage {
  const { id, headerMessageId, author, recipients, ccList, subject, date, size } = message;
  const time = new Date(date).getTime();
  return {
    id,
    headerMessageId,
    author,
    recipients: [...recipients, ...ccList],
    subject,
    date: Number.isNaN(time) ? null : time,
    size: size ?? 0,
  };
}
