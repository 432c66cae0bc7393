// Belongs here: waiting for a condition, never for a time.

/**
 * After this long something hangs, in milliseconds: on a machine three times slower than ours, with two Thunderbirds at once and much else,
 * nothing that goes well takes it. It says nothing of how fast anything must be.
 */
export const HANG_MS = 120_000;

/** Enough of an answer to see what was there instead. */
const TOLD_LENGTH = 2_000;

/** How often a condition is looked at. */
const INTERVAL_MS = 50;

/** Lets `milliseconds` pass; only for looking again at a condition. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Looks again and again until `probe` gives something other than `null`.
 *
 * @param what completes the sentence "Waited N ms for …"
 * @param limit milliseconds after which waiting is an error
 * @param interval milliseconds between two looks
 */
export async function waitFor<T>(
  what: string,
  limit: number,
  probe: () => Promise<T | null> | T | null,
  interval = INTERVAL_MS,
): Promise<T> {
  const end = performance.now() + limit;
  for (;;) {
    const value = await probe();
    if (value !== null) return value;
    if (performance.now() > end) throw new Error(`Waited ${limit} ms for ${what}`);
    await pause(interval);
  }
}

/** Asks again and again until the answer is as wanted; the error says what the last one was. */
export async function waitForAnswer<T>(
  what: string,
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  limit = HANG_MS,
): Promise<T> {
  let last: T | undefined;
  try {
    const { answer } = await waitFor(what, limit, async () => {
      last = await ask();
      return holds(last) ? { answer: last } : null;
    });
    return answer;
  } catch (error) {
    const told = (JSON.stringify(last) ?? "nothing").slice(0, TOLD_LENGTH);
    throw new Error(`${what}: the last answer was ${told}`, { cause: error });
  }
}

/** Rejects when `promise` takes longer than `limit` milliseconds. */
export async function withDeadline<T>(what: string, limit: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${limit} ms for ${what}`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
