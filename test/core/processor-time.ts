// Belongs here: how much work something is, whatever else the machine does meanwhile. Does NOT belong here: how long people wait (test/bench).
import process from "node:process";

/**
 * The result of `work`, and how many milliseconds the processor worked for us while it went on: what is not to take for ever takes seconds of
 * them. The clock on the wall would count other programs too.
 */
export async function processorTime<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly spent: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, spent: (user + system) / 1_000 };
}
