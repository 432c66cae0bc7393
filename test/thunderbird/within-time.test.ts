import { afterEach, expect, test, vi } from "vitest";
import { within } from "../../src/thunderbird/within-time.ts";

afterEach(() => void vi.useRealTimers());

test("what never ends is given up at its limit, and what ends before is not", async () => {
  vi.useFakeTimers();
  const never = within(20_000, new Promise(() => undefined));
  const givenUp = expect(never).rejects.toThrow("No answer in time");
  await vi.advanceTimersByTimeAsync(19_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await givenUp;
  await expect(within(20_000, Promise.resolve("answer"))).resolves.toBe("answer");
  expect(vi.getTimerCount()).toBe(0);
});
