// Belongs here: not waiting for ever.
import type { WithinTime } from "../ports/within-time.ts";

/**
 * Everything asked while a message waits to be sent is on this computer; longer than this something is stuck. Longer than an opening of the
 * database is waited for (database.ts): what can be judged without it is judged, and on a busy computer nothing leaves unlooked at.
 */
const LIMIT_MS = 20_000;

export const withinTime: WithinTime = (work) => within(LIMIT_MS, work);

/** Rejects when `work` takes longer than `limit` milliseconds. */
export function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("No answer in time")), limit);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
