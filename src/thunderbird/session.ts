// Belongs here: what has to be done once while the add-on is enabled, although its background page comes and goes.
import { messenger } from "./messenger.ts";

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
