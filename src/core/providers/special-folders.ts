// Belongs here: which folders of a mailbox are its sent mail, drafts, archive and trash (RFC 6154, else by name), so that the webmail
// shows what the mail program sent. Does NOT belong here: changing where an identity saves.
import type { FolderNames } from "./operator.ts";

export type FolderUse = "sent" | "drafts" | "archive" | "trash";

export interface ServerFolder {
  /** Names from the top, decoded, without separators: `["INBOX", "Inviata"]`. */
  readonly path: readonly string[];
  /** The uses that the *server* declares (`\Sent` is `sent`): a use that the mail program itself gave would confirm itself. */
  readonly declared: readonly FolderUse[];
  /** Whether messages can lie in it (not `\Noselect`). */
  readonly selectable: boolean;
}

export interface FoundFolder<F extends ServerFolder> {
  readonly folder: F;
  readonly by: "declared" | "operator" | "common-name";
}

export type SpecialFolders<F extends ServerFolder> = { readonly [U in FolderUse]: FoundFolder<F> | null };

/**
 * Names as people and operators give them, Italian first: a `Sent` beside `INVIATE` is mostly the one that a mail program made by itself,
 * which the webmail does not show as sent mail. Compared without case; the first that exists is taken.
 */
const COMMON_NAMES: Readonly<Record<FolderUse, readonly string[]>> = {
  sent: [
    "inviate",
    "inviata",
    "inviati",
    "posta inviata",
    "messaggi inviati",
    "elementi inviati",
    "spedite",
    "spedita",
    "spediti",
    "posta spedita",
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
  ],
  drafts: ["bozze", "bozza", "drafts", "draft"],
  archive: ["archivio", "archivi", "archiviati", "archive", "archives"],
  trash: [
    "cestino",
    "posta eliminata",
    "messaggi eliminati",
    "eliminati",
    "trash",
    "deleted items",
    "deleted messages",
  ],
};

/**
 * What the server declares comes first, then the operator's known names, then common names; only at the top or directly below the inbox,
 * where servers keep them: `Clients/Rossi/Inviate` is the person's own. `null`: nothing to point at. No folder gets two uses.
 * @param known the operator's names; `null` when they are not known.
 */
export function specialFolders<F extends ServerFolder>(
  folders: readonly F[],
  known: FolderNames | null,
): SpecialFolders<F> {
  const usable = folders.filter(({ path, selectable }) => selectable && !isInbox(path));
  const find = (use: FolderUse): FoundFolder<F> | null =>
    found("declared", bestDeclared(usable, use, known)) ??
    found("operator", byKnownPath(undeclared(usable), use, known)) ??
    found("common-name", byCommonName(undeclared(usable), use));
  return { sent: find("sent"), drafts: find("drafts"), archive: find("archive"), trash: find("trash") };
}

const found = <F extends ServerFolder>(by: FoundFolder<F>["by"], folder: F | undefined): FoundFolder<F> | null =>
  folder === undefined ? null : { folder, by };

/** A name says nothing against what the server declares: its `\Trash` is not sent mail, whatever it is called. */
const undeclared = <F extends ServerFolder>(folders: readonly F[]): readonly F[] =>
  folders.filter(({ declared }) => declared.length === 0);

/** Of several that are declared alike: the one whose name is known, else the one nearest to the top, else the first. */
function bestDeclared<F extends ServerFolder>(
  folders: readonly F[],
  use: FolderUse,
  known: FolderNames | null,
): F | undefined {
  // A server that declares two uses for one folder is taken at its first.
  const declared = folders.filter((folder) => folder.declared[0] === use);
  return (
    byKnownPath(declared, use, known) ??
    byCommonName(declared, use) ??
    declared.toSorted((a, b) => a.path.length - b.path.length)[0]
  );
}

function byKnownPath<F extends ServerFolder>(
  folders: readonly F[],
  use: FolderUse,
  known: FolderNames | null,
): F | undefined {
  const path = known === null || use === "archive" ? null : known[use];
  if (path === null) return undefined;
  const wanted = path.map(folded);
  const same = (candidate: readonly string[]): boolean =>
    candidate.length === wanted.length && candidate.every((name, index) => folded(name) === wanted[index]);
  return folders.find((folder) => same(folder.path));
}

function byCommonName<F extends ServerFolder>(folders: readonly F[], use: FolderUse): F | undefined {
  const near = folders
    .filter(({ path }) => path.length === 1 || (path.length === 2 && isInbox(path.slice(0, 1))))
    .toSorted((a, b) => a.path.length - b.path.length);
  for (const name of COMMON_NAMES[use]) {
    const folder = near.find(({ path }) => folded(path.at(-1) ?? "") === name);
    if (folder !== undefined) return folder;
  }
  return undefined;
}

const isInbox = (path: readonly string[]): boolean => path.length === 1 && folded(path[0] ?? "") === "inbox";

const folded = (name: string): string => name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
