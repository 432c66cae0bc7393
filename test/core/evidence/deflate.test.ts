// Files compressed by the platform, read back by another program's rules: whole, with their checksum, and never much of them at once.
import { randomBytes } from "node:crypto";
import { crc32, inflateRawSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deflate } from "../../../src/core/evidence/deflate.ts";

const MEGABYTE = 1024 * 1024;
const noPause = (): Promise<void> => Promise.resolve();

async function deflated(bytes: Uint8Array): Promise<{ readonly crc: number; readonly inflated: Buffer }> {
  const pieces: Uint8Array[] = [];
  const crc = await deflate(bytes, (piece) => pieces.push(piece), noPause);
  return { crc, inflated: inflateRawSync(Buffer.concat(pieces)) };
}

/** What the platform answers, changed. */
function platformWith(change: (pieces: readonly Uint8Array[]) => readonly Uint8Array[]): void {
  const Real = CompressionStream;
  class Changed {
    readonly writable: WritableStream;
    readonly readable: ReadableStream;
    constructor() {
      const { readable, writable } = new Real("gzip");
      const pieces: Uint8Array[] = [];
      const all = new TransformStream<Uint8Array, Uint8Array>({
        transform: (piece) => void pieces.push(piece),
        flush: (controller) => change(pieces).forEach((piece) => controller.enqueue(piece)),
      });
      this.writable = writable;
      this.readable = readable.pipeThrough(all);
    }
  }
  vi.stubGlobal("CompressionStream", Changed);
}

afterEach(() => vi.unstubAllGlobals());

describe("a file that is compressed", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["one octet", Uint8Array.of(7)],
    ["what can be made small", new Uint8Array(3 * MEGABYTE + 5)],
    ["what cannot", randomBytes(3 * MEGABYTE + 5)],
    ["a view of something larger", randomBytes(5_000).subarray(1_000, 3_000)],
  ])("%s: is whole again, and its checksum is right", async (_what, bytes) => {
    const { crc, inflated } = await deflated(bytes);
    expect(inflated.equals(bytes)).toBe(true);
    expect(crc).toBe(crc32(bytes));
  });

  it("is never held whole", async () => {
    let [written, pauses] = [0, 0];
    const behind: number[] = [];
    const bytes = randomBytes(16 * MEGABYTE);
    const pause = (): Promise<void> => {
      pauses += 1;
      behind.push(pauses - (written / bytes.length) * 32);
      return Promise.resolve();
    };
    await deflate(bytes, (piece) => (written += piece.length), pause);
    // In pieces of half a megabyte.
    expect(pauses).toBe(31);
    expect(Math.max(...behind)).toBeLessThan(3);
  });

  it("is given up when it cannot be written", async () => {
    const full = new RangeError("full");
    const write = (): void => {
      throw full;
    };
    await expect(deflate(randomBytes(4 * MEGABYTE), write, noPause)).rejects.toBe(full);
  });
});

describe("what the platform answers", () => {
  it("may be cut anywhere", async () => {
    platformWith((pieces) => [...Buffer.concat(pieces)].map((octet) => Uint8Array.of(octet)));
    const bytes = randomBytes(300);
    const { crc, inflated } = await deflated(bytes);
    expect(inflated.equals(bytes)).toBe(true);
    expect(crc).toBe(crc32(bytes));
  });

  it.each<[string, (whole: Buffer) => Uint8Array]>([
    [
      "with optional fields in its header",
      (whole) => Buffer.concat([whole.subarray(0, 3), Buffer.of(8), whole.subarray(4)]),
    ],
    ["of another form", (whole) => whole.subarray(2)],
    ["without its end", (whole) => whole.subarray(0, -4)],
    ["for a file of another size", (whole) => Buffer.concat([whole.subarray(0, -1), Buffer.of(9)])],
    ["that is empty", () => new Uint8Array()],
  ])("%s is refused", async (_what, change) => {
    platformWith((pieces) => [change(Buffer.concat(pieces))]);
    await expect(deflated(randomBytes(300))).rejects.toThrow(TypeError);
  });
});
