// Belongs here: whether an identity keeps its mail where the webmail looks for it. Does NOT belong here: changing it.
import { specialFolders, type FolderNames } from "../../core/index.ts";
import type { AccountFinding } from "../../messages.ts";
import type { AccountDetails, AccountFacts, IdentityFacts } from "../../ports/mail-accounts.ts";

const FOLDERS = [
  { use: "sent", setting: "sentFolder", id: "sent-elsewhere", weight: "hinders" },
  { use: "drafts", setting: "draftsFolder", id: "drafts-elsewhere", weight: "note" },
  { use: "archive", setting: "archiveFolder", id: "archive-elsewhere", weight: "note" },
] as const;

/** @param known the operator's names of folders; `null` when they are not known */
export function folderFindings(
  account: AccountFacts,
  identity: IdentityFacts,
  { folders }: AccountDetails,
  known: FolderNames | null,
): readonly AccountFinding[] {
  // POP3 has no folders on the server: there it only matters that the copy stays with the account.
  const found = account.type === "imap" ? specialFolders(folders, known) : null;
  return FOLDERS.flatMap(({ use, setting, id, weight }): AccountFinding[] => {
    const from = identity.settings[setting];
    const target = found?.[use] ?? null;
    const isRight =
      target === null
        ? from === "" || belongsTo(from, account)
        : // While nothing is set Thunderbird takes the declared one by itself, and no other.
          from === target.folder.uri || (from === "" && target.by === "declared");
    if (isRight) return [];
    const values = { folder: folderNameOf(from), target: target?.folder.path.join("/") ?? "" };
    const repair = target && { owner: identity.key, setting, from, to: target.folder.uri };
    return [{ id, weight, values, repair }];
  });
}

/** Drafts and archive elsewhere are a matter of taste; Local Folders are this computer's, as POP3 is. */
function belongsTo(uri: string, { type, host, username }: AccountFacts): boolean {
  const place = URL.canParse(uri) ? new URL(uri) : null;
  if (place === null) return true;
  if (type === "pop3" && decoded(place.host).toLowerCase() === "local folders") return true;
  return place.host.toLowerCase() === host && decoded(place.username) === username;
}

/** The last part of a folder's URI, as people read it. */
export const folderNameOf = (uri: string): string => decoded(uri.slice(uri.lastIndexOf("/") + 1));

/** Names of folders are escaped in their URI, each in the encoding of its store: what cannot be decoded is shown as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
