// Belongs here: being woken at a time, also after the background page was stopped. Alarms do not outlive Thunderbird.
import type { AlarmClock } from "../ports/alarm-clock.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

type AlarmName = "ledger" | "passwords";

/** Each name is one alarm. */
export function alarmClock(name: AlarmName): AlarmClock {
  return {
    async set(at) {
      if (at === null) await messenger.alarms.clear(name);
      else await messenger.alarms.create(name, { when: at });
    },
  };
}

export function onAlarm(wanted: AlarmName, listener: () => Promise<void>): void {
  messenger.alarms.onAlarm.addListener(
    pendingListener(async ({ name }) => {
      if (name === wanted) await listener();
    }),
  );
}
