// Belongs here: tags on the sent copies, kept in step with the ledger. Does NOT belong here: setting tags (see ports/sent-tags.ts).
import type { MailFolders } from "../../ports/mail-folders.ts";
import type { SentTag, SentTags } from "../../ports/sent-tags.ts";
import { copyIds } from "../copy-ids.ts";
import { findMails, type FindMailsDependencies } from "../find-mails.ts";
import type { MailWork } from "./follow-entries.ts";
import { sentTag } from "./sent-summary.ts";

export interface TagSentDependencies extends FindMailsDependencies {
  readonly folders: Pick<MailFolders, "all" | "list">;
  readonly tags: SentTags;
}

export function createTagSent(dependencies: TagSentDependencies): MailWork {
  const { folders, tags } = dependencies;

  async function apply(wanted: ReadonlyMap<string, SentTag | null>): Promise<void> {
    await tags.make();
    const sent = (await folders.all()).filter(({ role }) => role === "sent").map(({ id }) => id);
    for (const { id, messageId } of await findMails(sent, new Set(wanted.keys()), dependencies)) {
      await tags.set(id, wanted.get(messageId) ?? null);
    }
  }

  return {
    name: "tags",
    setting: "tagSent",
    permitted: () => tags.permitted(),
    begin() {
      const wanted = new Map<string, SentTag | null>();
      return {
        add({ entry, status }) {
          for (const messageId of copyIds(entry)) wanted.set(messageId, sentTag(status));
        },
        finish: () => (wanted.size === 0 ? Promise.resolve() : apply(wanted)),
      };
    },
    undo: () => tags.remove(),
  };
}
