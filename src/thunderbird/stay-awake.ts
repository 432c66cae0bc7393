// Belongs here: keeping the background page while somebody waits for its answer.
// Does NOT belong here: listeners of Thunderbird's own events, whose pending promise does the same (see pending-listener.ts).
import { messenger } from "./messenger.ts";

/** Thunderbird stops a background page that has called nothing of it for 30 s, whoever waits for its answer. */
const CALL_EVERY_MS = 10_000;

/** A person may take minutes to give the primary password, and a server half a minute to answer: the work goes on meanwhile. */
export async function stayingAwake<T>(work: Promise<T>): Promise<T> {
  // Any call that goes to Thunderbird counts; what it answers does not matter.
  const timer = setInterval(() => void messenger.runtime.getPlatformInfo(), CALL_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
