// Belongs here: which message a page's address names: `#tab=3&message=17&path=1.0&view=pane`. Does NOT belong here: asking for it.
import type { MessageTarget } from "../messages.ts";

export interface MessageLocation {
  readonly view: "pane" | "popup" | "stepped-back";
  /** `null`: the address names none, or not properly. */
  readonly target: MessageTarget | null;
}

/** @param search and hash as `location` has them; what the hash says wins */
export function messageLocation({ search, hash }: { readonly search: string; readonly hash: string }): MessageLocation {
  const asked = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#/, ""));
  const read = (name: string) => fragment.get(name) ?? asked.get(name);
  const view = read("view");
  const tabId = wholeNumber(read("tab"));
  const messageId = wholeNumber(read("message"));
  const steps = (read("path") ?? "")
    .split(".")
    .filter((step) => step !== "")
    .map(wholeNumber);
  const path = steps.filter((step) => step !== null);
  const proper = tabId !== null && messageId !== null && path.length === steps.length;
  return {
    view: view === "pane" || view === "stepped-back" ? view : "popup",
    target: proper ? { tabId, messageId, path } : null,
  };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
