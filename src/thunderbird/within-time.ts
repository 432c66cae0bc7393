// Belongs here: not waiting for ever.
import type { WithinTime } from "../ports/within-time.ts";

/** Everything asked while a message waits to be sent is on this computer; longer than this something is stuck. */
const LIMIT_MS = 5_000;

export const withinTime: WithinTime = (work) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("No answer in time")), LIMIT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
