// Belongs here: columns of the message list, through our Experiment.
import type { ListColumn, ValueColumn } from "../ports/list-columns.ts";
import { translate } from "./i18n.ts";
import { messenger } from "./messenger.ts";
import { sessionNotes } from "./session-notes.ts";

/** Adds the columns, or does nothing in a package without the Experiment. Adding one that is there already changes nothing. */
export async function addListColumns(columns: readonly ListColumn[]): Promise<void> {
  const api = messenger.messageListColumns;
  if (api === undefined) return;
  for (const { id, title, value, onlyIf } of columns) await api.add(id, { name: translate(title), value, onlyIf });
}

const FILLED = "columnFilled";

/** The column whose texts are handed over. `null` in a package without the Experiment. */
export function valueColumn(id: string, title: string): ValueColumn | null {
  const api = messenger.messageListColumns;
  if (api === undefined) return null;
  // Attack: every recipient learns the Message-ID, and can send back a mail that bears it: other words would stand beside «consegnata».
  const add = (): Promise<void> => api.add(id, { name: translate(title), exceptIn: ["inbox", "junk"] });
  return {
    async isFilled() {
      await add();
      return (await sessionNotes.read(FILLED)) === true;
    },
    markFilled: () => sessionNotes.write(FILLED, true),
    async setValues(values) {
      await add();
      await api.setValues(id, [...values]);
    },
  };
}
