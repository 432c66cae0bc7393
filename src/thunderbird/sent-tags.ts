// Belongs here: our tags in Thunderbird's list of tags and on mail. Does NOT belong here: which message gets which (see app/tag-sent.ts).
import type { SentTag, SentTags } from "../ports/sent-tags.ts";
import { translate } from "./i18n.ts";
import { messenger } from "./messenger.ts";

/** Asked for in the click that switches tags on. */
const PERMISSIONS = ["messagesTags", "messagesTagsList", "messagesUpdate"] as const;

const SENT_TAGS: readonly SentTag[] = ["accepted", "delivered", "not-delivered", "late"];

/** On IMAP they become keywords on the server: they never change. */
const keyOf = (tag: SentTag): string => `sigillo-pec-${tag}`;

const KEYS: readonly string[] = SENT_TAGS.map(keyOf);

const COLOURS: Readonly<Record<SentTag, string>> = {
  accepted: "#1F5FBF",
  delivered: "#146C2E",
  "not-delivered": "#B3131B",
  late: "#8A5300",
};

export const sentTags: SentTags = {
  permitted: () => messenger.permissions.contains({ permissions: [...PERMISSIONS] }),

  async make() {
    const known = await messenger.messages.tags.list();
    for (const tag of SENT_TAGS) {
      // Whoever has renamed or recoloured one of them keeps it so.
      if (known.some(({ key }) => key === keyOf(tag))) continue;
      const name = translate(`tag_${tag.replaceAll("-", "_")}`);
      // Thunderbird takes no second tag of one name.
      const isTaken = known.some((other) => other.tag === name);
      await messenger.messages.tags.create(keyOf(tag), isTaken ? `${name} (Sigillo PEC)` : name, COLOURS[tag]);
    }
  },

  async set(id, tag) {
    const { tags = [] } = await messenger.messages.get(id);
    await setTags(id, tags, tag === null ? [] : [keyOf(tag)]);
  },

  async remove() {
    const known = (await messenger.messages.tags.list()).map(({ key }) => key).filter((key) => KEYS.includes(key));
    for (const key of known) {
      for (const { id, tags = [] } of await taggedWith(key)) await setTags(id, tags, []);
      await messenger.messages.tags.delete(key);
    }
  },
};

type Header = Awaited<ReturnType<typeof messenger.messages.get>>;

/** All of them before the first is changed: what is no longer tagged would be missing from the next page. */
async function taggedWith(key: string): Promise<readonly Header[]> {
  const found: Header[] = [];
  let list = await messenger.messages.query({ tags: { mode: "any", tags: { [key]: true } } });
  while (typeof list !== "string") {
    found.push(...list.messages);
    if (typeof list.id !== "string") break;
    list = await messenger.messages.continueList(list.id);
  }
  return found;
}

async function setTags(id: number, present: readonly string[], ours: readonly string[]): Promise<void> {
  const tags = [...present.filter((key) => !KEYS.includes(key)), ...ours];
  if (tags.length === present.length && tags.every((key) => present.includes(key))) return;
  await messenger.messages.update(id, { tags });
}
