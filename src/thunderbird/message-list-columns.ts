// Belongs here: columns of the message list, through our Experiment.
import type { ListColumn } from "../ports/list-columns.ts";
import { translate } from "./i18n.ts";
import { messenger } from "./messenger.ts";

/** Adds the columns, or does nothing in a package without the Experiment. Adding one that is there already changes nothing. */
export async function addListColumns(columns: readonly ListColumn[]): Promise<void> {
  const api = messenger.messageListColumns;
  if (api === undefined) return;
  for (const { id, title, value, onlyIf } of columns) await api.add(id, { name: translate(title), value, onlyIf });
}
