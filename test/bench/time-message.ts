// Belongs here: how long a message takes in a running Thunderbird, from the person's choice to what they see.
// Does NOT belong here: starting Thunderbird, and which messages are timed (see bench-thunderbird.ts, test/long).
import type { Thunderbird } from "../lab/thunderbird.ts";

/** Milliseconds. */
export interface MessageTimes {
  /** From the choice of the message to Thunderbird's word that it is displayed: Thunderbird's own time. */
  readonly displayed: number;
  /** From that word to the verdict in the visible pane; `null` without an add-on. Negative when the verdict came first. */
  readonly verdict: number | null;
  /** From the choice to whichever came last. */
  readonly total: number;
}

/** Waits in the page for its verdict on the message with this id, and gives the time of day. */
const VERDICT = `
  const isThere = () => {
    const { state, messageId } = document.querySelector("main")?.dataset ?? {};
    return state !== undefined && state !== "checking" && messageId === args[0];
  };
  if (!isThere()) {
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
  }
  return Date.now();`;

/**
 * Selects a message of the folder that the main window shows, where another one must be shown already.
 *
 * @param addonId whose pane to wait for; `null` to time Thunderbird alone
 */
export function timeMessage(
  thunderbird: Thunderbird,
  addonId: string | null,
  folder: string,
  position: number,
): Promise<MessageTimes> {
  return thunderbird.run(
    `const [id, folder, position, verdictScript] = args;
     const frame = () => new Promise((resolve) => window.requestAnimationFrame(resolve));
     const header = (await messagesOf(folder))[position];
     const displayed = new Promise((resolve) => {
       const view = aboutMessage("tab");
       view.addEventListener("MsgLoaded", function loaded() {
         if (view.gMessage?.messageKey !== header.messageKey) return;
         view.removeEventListener("MsgLoaded", loaded);
         resolve(Date.now());
       });
     });
     const verdict = async () => {
       const messageId = String(extensionWith(id).messageManager.convert(header).id);
       for (const end = Date.now() + 60000; Date.now() < end; await frame()) {
         const browser = paneBrowser(id, "tab");
         if (!browser) continue;
         // The page may still be loading.
         const time = await runInBrowser(browser, verdictScript, [messageId]).catch(() => null);
         if (time === null) continue;
         if (isVisible(browser)) return time;
         while (!isVisible(browser) && Date.now() < end) await frame();
         return Date.now();
       }
       throw new Error("No verdict within a minute");
     };
     const start = Date.now();
     select(header);
     const [displayedAt, verdictAt] = await Promise.all([displayed, id === null ? null : verdict()]);
     return {
       displayed: displayedAt - start,
       verdict: verdictAt === null ? null : verdictAt - displayedAt,
       total: Math.max(displayedAt, verdictAt ?? 0) - start,
     };`,
    addonId,
    folder,
    position,
    VERDICT,
  );
}
