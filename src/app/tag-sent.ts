// Belongs here: tags on the sent copies, kept in step with the ledger. Does NOT belong here: setting tags (see ports/sent-tags.ts).
import type { SentTag, SentTags } from "../ports/sent-tags.ts";
import type { MailWork } from "./follow-entries.ts";
import { sentTag } from "./sent-summary.ts";

export function createTagSent(tags: SentTags): MailWork {
  return {
    name: "tags",
    setting: "tagSent",
    permitted: () => tags.permitted(),
    begin() {
      const wanted = new Map<string, SentTag | null>();
      return {
        add({ entry, status }) {
          for (const { messageId } of entry.copies) wanted.set(messageId, sentTag(status));
        },
        finish: () => (wanted.size === 0 ? Promise.resolve() : tags.apply(wanted)),
      };
    },
    undo: () => tags.remove(),
  };
}
