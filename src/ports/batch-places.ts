// Belongs here: where messages can be chosen for a batch. Does NOT belong here: reading them (see message-source.ts, mail-folders.ts).
import type { ListedMessage } from "./mail-folders.ts";

/** A folder as a person chooses it. */
export interface FolderChoice {
  readonly id: string;
  /** Name of its account. */
  readonly account: string;
  /** Names from the account down. */
  readonly path: readonly string[];
}

/** A message of the selection; what its list says of it is asked for when it is needed. */
export interface SelectedMail {
  readonly message: ListedMessage;
  readonly folder: string;
}

export interface BatchPlaces {
  /** Every folder that holds messages, account by account, parents before children. */
  folders(): Promise<readonly FolderChoice[]>;
  /** How many messages are selected in the message list of the window that was used last; `isMore`: at least so many. */
  selectedCount(): Promise<{ readonly count: number; readonly isMore: boolean }>;
  /** Those messages, page by page. */
  selected(): AsyncIterable<readonly SelectedMail[]>;
}
