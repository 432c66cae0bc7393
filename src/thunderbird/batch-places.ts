// Belongs here: folders to choose from, and what is selected in the message list.
import type { BatchPlaces, FolderChoice } from "../ports/batch-places.ts";
import { type Header, listed, OTHER_ACCOUNTS } from "./mail-folders.ts";
import { messenger } from "./messenger.ts";

type Folder = Awaited<ReturnType<typeof messenger.folders.get>>;

interface List {
  readonly id?: string | null | undefined;
  readonly messages: readonly Header[];
}

export const batchPlaces: BatchPlaces = {
  async folders() {
    const accounts = await messenger.accounts.list(true);
    return accounts
      .filter(({ type }) => !OTHER_ACCOUNTS.includes(type))
      .flatMap(({ name, rootFolder }) => (rootFolder === undefined ? [] : choicesBelow(rootFolder, name ?? "", [])));
  },

  async selectedCount() {
    const list = await selection();
    if (typeof list?.id !== "string") return { count: list?.messages.length ?? 0, isMore: false };
    await messenger.messages.abortList(list.id);
    return { count: list.messages.length, isMore: true };
  },

  async *selected() {
    for (let list = await selection(); list !== null;) {
      yield list.messages.map((header) => ({ message: listed(header), folder: header.folder?.name ?? "" }));
      list = typeof list.id === "string" ? await messenger.messages.continueList(list.id) : null;
    }
  },
};

function choicesBelow(folder: Folder, account: string, above: readonly string[]): readonly FolderChoice[] {
  return (folder.subFolders ?? []).flatMap((child) => {
    const path = [...above, child.name ?? ""];
    const below = choicesBelow(child, account, path);
    if (child.id === undefined || child.isVirtual === true) return below;
    return [{ id: child.id, account, path }, ...below];
  });
}

/** `null`: no window with a message list. Our own page is a tab too: the list is in another one of the same window. */
async function selection(): Promise<List | null> {
  const here = await messenger.tabs.query({ type: "mail", lastFocusedWindow: true });
  const all = here.length > 0 ? here : await messenger.tabs.query({ type: "mail" });
  for (const { id } of all) {
    if (id === undefined) continue;
    const list: List = await messenger.mailTabs.getSelectedMessages(id);
    if (list.messages.length > 0) return list;
  }
  return null;
}
