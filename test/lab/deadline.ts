// Belongs here: waiting for a condition, never for a time.

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
