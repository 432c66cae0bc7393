// Run as a process of its own, so that the measuring of one message is not that of what came before it: prints a line of JSON.
import { readFile } from "node:fs/promises";
import { inspectSealed, processorTime, testAuthorities, timed } from "./inspection.ts";
import { opensslVerify } from "./openssl.ts";
import { median } from "./row.ts";

/** Milliseconds, medians. */
export interface MessageCosts {
  /** Of the clock. */
  readonly inspection: number;
  /** Of the processor: inspection and bare digest. */
  readonly inspectionWork: number;
  readonly digestWork: number;
  readonly openssl: number;
}

/** All in turn, so that a machine that changes its speed changes it for all of them. */
async function measure(file: string, rootFile: string, rounds: number): Promise<MessageCosts> {
  const bytes = new Uint8Array(await readFile(file));
  const anchors = await testAuthorities();
  const digestWork: number[] = [];
  const inspectionWork: number[] = [];
  const inspection: number[] = [];
  const openssl: number[] = [];
  await inspectSealed(bytes, anchors);
  for (let round = 0; round < rounds; round++) {
    digestWork.push(await processorTime(() => crypto.subtle.digest("SHA-256", bytes)));
    inspectionWork.push(await processorTime(() => inspectSealed(bytes, anchors)));
    inspection.push(await timed(() => inspectSealed(bytes, anchors)));
    openssl.push(await timed(() => opensslVerify(file, rootFile)));
  }
  return {
    inspection: median(inspection),
    inspectionWork: median(inspectionWork),
    digestWork: median(digestWork),
    openssl: median(openssl),
  };
}

const [file, rootFile, rounds] = process.argv.slice(2);
if (file === undefined || rootFile === undefined)
  throw new Error("file, root certificate and number of rounds expected");
console.log(JSON.stringify(await measure(file, rootFile, Number(rounds))));
