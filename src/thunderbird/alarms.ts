// Belongs here: being woken at a time, also after the background page was stopped. Alarms do not outlive Thunderbird.
import type { AlarmClock } from "../ports/alarm-clock.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

const NAME = "ledger";

export const alarmClock: AlarmClock = {
  async set(at) {
    if (at === null) await messenger.alarms.clear(NAME);
    else await messenger.alarms.create(NAME, { when: at });
  },
};

export function onAlarm(listener: () => Promise<void>): void {
  messenger.alarms.onAlarm.addListener(
    pendingListener(async ({ name }) => {
      if (name === NAME) await listener();
    }),
  );
}
