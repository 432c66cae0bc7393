// A message of 100 MB: a verdict within the limit of the specification, and the memory it takes, the message included.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { largeMessage } from "../provider/oversized-messages.ts";

const SIZE = 100_000_000;
/** Milliseconds for one message of 100 MB; the process that takes longer is killed. */
const HANG_LIMIT = 5_000;
const PROJECT = join(import.meta.dirname, "../..");
const toLf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sigillo-large-"));
  const message = largeMessage(SIZE);
  await writeFile(join(folder, "crlf.eml"), message);
  await writeFile(join(folder, "lf.eml"), toLf(message), "latin1");
  await writeFile(join(folder, "small.eml"), largeMessage(1_000));
});
afterAll(() => rm(folder, { recursive: true }));

interface Measured {
  readonly integrity: string;
  /** Kibibytes, the largest the process ever was. */
  readonly largestMemory: number;
  readonly milliseconds: number;
}

const measure = async (file: string): Promise<Measured> => {
  const command = ["--import", "tsx", "test/long/measure-inspection.ts", join(folder, file)];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: PROJECT });
  return JSON.parse(stdout) as Measured;
};

describe("a message of 100 MB", () => {
  // With LF the message is held three times: as stored, in its CRLF form, and as copied by WebCrypto; the last two are a little longer.
  it.each([
    ["crlf.eml", 2.1],
    ["lf.eml", 3.1],
  ])("%s: at most %d times its size", async (file, times) => {
    const small = await measure("small.eml");
    const large = await measure(file);
    expect(large.integrity).toBe("PASSED PASSED");
    expect(large.milliseconds).toBeLessThan(HANG_LIMIT);
    expect((large.largestMemory - small.largestMemory) * 1024).toBeLessThan(times * SIZE);
  });
});
