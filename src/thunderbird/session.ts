// Belongs here: what has to be done once while the add-on is enabled, although its background page comes and goes.
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

const STARTED = "started";

/** Runs `start` unless it ran already since the add-on was started, installed, enabled or reloaded. */
export async function oncePerSession(start: () => Promise<void>): Promise<void> {
  const { session } = messenger.storage;
  if ((await session.get(STARTED))[STARTED] === true) return;
  await session.set({ [STARTED]: true });
  await start();
}

/** Being listened to is enough to have the background page run when Thunderbird starts. */
export function runAtStartup(): void {
  messenger.runtime.onStartup.addListener(() => undefined);
}

/** Calls `listener` when the add-on was installed; not for an update, nor for a folder that somebody who works on it loads for a session. */
export function onInstalled(listener: () => Promise<void>): void {
  messenger.runtime.onInstalled.addListener(
    pendingListener(async ({ reason, temporary }) => {
      if (reason === "install" && !temporary) await listener();
    }),
  );
}
