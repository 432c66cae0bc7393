// Belongs here: addresses of our pages. The hash says which message is meant (read back by pages/message-location.ts).
import type { MessageTarget } from "../messages.ts";

/** @param page path inside the add-on */
export function pageAddress(page: string, { tabId, messageId, path }: MessageTarget, view?: string): string {
  const hash = new URLSearchParams({ tab: String(tabId), message: String(messageId) });
  if (path.length > 0) hash.set("path", path.join("."));
  if (view !== undefined) hash.set("view", view);
  return `${page}#${hash.toString()}`;
}
