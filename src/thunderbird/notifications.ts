// Belongs here: notifications of the desktop.
import type { Notifier } from "../ports/notifier.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

export const notifier: Notifier = {
  async show({ id, title, text }) {
    const iconUrl = messenger.runtime.getURL("icons/icon.svg");
    await messenger.notifications.create(id, { type: "basic", iconUrl, title, message: text });
  },
};

/** The notice is closed; `id` is its own. */
export function onNoticeClicked(listener: (id: string) => Promise<void>): void {
  messenger.notifications.onClicked.addListener(
    pendingListener(async (id) => {
      void messenger.notifications.clear(id);
      await listener(id);
    }),
  );
}
