// Belongs here: asking the person, in the very handler of a click, whether mail may be touched. Does NOT belong here: touching it (see background/).
import { messenger } from "../thunderbird/messenger.ts";

/** What the person may order to be done to mail, and what Thunderbird wants to be asked for it. */
const PERMISSIONS = {
  tags: ["messagesTags", "messagesTagsList", "messagesUpdate"],
  order: ["accountsFolders", "messagesMove"],
  "mark-read": ["messagesUpdate"],
} as const;

/** Asks, unless it is granted already. Thunderbird refuses the question at any other moment than a click. */
export function requestMailPermission(work: keyof typeof PERMISSIONS): Promise<boolean> {
  return messenger.permissions.request({ permissions: [...PERMISSIONS[work]] });
}
