// Scale: an mbox file larger than any memory it may take, and one that is nothing but one endless message.
import { describe, expect, test } from "vitest";
import { splitMbox } from "../../src/core/index.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { caseNamed } from "../provider/all-cases.ts";

const MEGABYTE = 1024 * 1024;
const PIECE = MEGABYTE;
const TOTAL = 2_048 * MEGABYTE;

/** The same messages again and again, in pieces that end anywhere. */
async function* endless(unit: Uint8Array): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(Math.ceil(PIECE / unit.length + 1) * unit.length);
  for (let at = 0; at < block.length; at += unit.length) block.set(unit, at);
  for (let sent = 0; sent < TOTAL; sent += PIECE) {
    const from = sent % unit.length;
    yield await Promise.resolve(block.subarray(from, from + PIECE));
  }
}

interface Taken {
  readonly messages: number;
  readonly withBytes: number;
  readonly doubtful: number;
  /** The most that buffers held beyond what they held before, in bytes. */
  readonly most: number;
}

async function take(pieces: AsyncIterable<Uint8Array>): Promise<Taken> {
  const before = process.memoryUsage().arrayBuffers;
  let [messages, withBytes, doubtful, most] = [0, 0, 0, 0];
  for await (const { bytes, isDoubtful } of splitMbox(pieces)) {
    messages += 1;
    if (bytes !== null) withBytes += 1;
    if (isDoubtful) doubtful += 1;
    if (messages % 1_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  return { messages, withBytes, doubtful, most };
}

describe("an mbox file of 2 GB", () => {
  test("gives every message, and holds a fraction of it", async () => {
    const unit = toMbox([caseNamed("envelope").bytes, caseNamed("ordinary-mail").bytes]);
    const { messages, withBytes, doubtful, most } = await take(endless(unit));
    // The file ends within one of them.
    expect(messages).toBeGreaterThanOrEqual(Math.floor(TOTAL / unit.length) * 2);
    expect(messages).toBeLessThanOrEqual(Math.ceil(TOTAL / unit.length) * 2);
    expect(withBytes).toBe(messages);
    expect(doubtful).toBeLessThanOrEqual(1);
    expect(most).toBeLessThan(256 * MEGABYTE);
  });

  test("without any separator is told as too large, and not held", async () => {
    const unit = Buffer.from(`${"x".repeat(76)}\r\n`);
    const { messages, withBytes, most } = await take(endless(unit));
    expect({ messages, withBytes }).toEqual({ messages: 1, withBytes: 0 });
    expect(most).toBeLessThan(1_024 * MEGABYTE);
  });
});
