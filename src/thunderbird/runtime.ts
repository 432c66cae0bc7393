// Belongs here: messages between the parts of this add-on, and the question whether its other package is active.
// Does NOT belong here: what is answered (see app/answer-page.ts).
import type { BackgroundMessage } from "../messages.ts";
import { messenger } from "./messenger.ts";
import { stayingAwake } from "./stay-awake.ts";

/** The two packages have ids of their own (design.md §1). They never change. */
const FULL_PACKAGE = "full@sigillo-pec.org";
const STORE_PACKAGE = "store@sigillo-pec.org";

const PRESENCE_QUESTION = "are-you-active";

/**
 * Answers messages of our own pages; anything else is refused.
 *
 * @param parse gives `null` for what is none of ours
 */
export function onPageMessage<Message>(
  parse: (value: unknown) => Message | null,
  answer: (message: Message) => Promise<unknown>,
): void {
  messenger.runtime.onMessage.addListener((value: unknown, sender) => {
    const ownPage = sender.id === messenger.runtime.id && sender.url?.startsWith(messenger.runtime.getURL("")) === true;
    const message = ownPage ? parse(value) : null;
    if (message === null) return Promise.reject(new Error("Unknown message"));
    return stayingAwake(answer(message));
  });
}

/** Of this add-on, as its manifest says. */
export function addOnVersion(): string {
  const manifest: { readonly version: string } = messenger.runtime.getManifest();
  return manifest.version;
}

/** Tells every open page of ours. Having none is no error. */
export async function tellPages(message: BackgroundMessage): Promise<void> {
  await messenger.runtime.sendMessage(message).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes("Receiving end does not exist"))) throw error;
  });
}

/** Answers the other package that this one is here. */
export function onPresenceQuestion(): void {
  messenger.runtime.onMessageExternal.addListener((value: unknown, sender) => {
    const other = sender.id === FULL_PACKAGE || sender.id === STORE_PACKAGE;
    return other && value === PRESENCE_QUESTION ? Promise.resolve(true) : undefined;
  });
}

/** Whether the store package, which this is, has to step back before the full one. The full package never does. */
export async function otherPackageIsActive(): Promise<boolean> {
  if (messenger.runtime.id === FULL_PACKAGE) return false;
  // Rejects when there is no such add-on, which is the normal case.
  return messenger.runtime.sendMessage(FULL_PACKAGE, PRESENCE_QUESTION, {}).then(
    (answer: unknown) => answer === true,
    () => false,
  );
}
