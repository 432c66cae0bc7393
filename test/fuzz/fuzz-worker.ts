// Belongs here: the loop over cases, in a thread of its own: a case that hangs or eats all memory must not take the reporter with it.
// Does NOT belong here: watching it (see run-fuzz.ts).
import { parentPort, workerData } from "node:worker_threads";
import { makeCorpus } from "./corpus.ts";
import { runCase } from "./run-case.ts";

export interface WorkerTask {
  readonly seed: number;
  /** Numbers of the cases: `first`, `first + step`, … below `end`. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** One 32-bit number, shared: the case being run. */
  readonly current: SharedArrayBuffer;
  /** Bytes of heap and buffers together that a case may leave behind. */
  readonly memoryLimit: number;
}

/** How many cases are run between two looks at the memory, which cost more than a case. */
const MEMORY_INTERVAL = 256;

const { seed, first, step, end, current, memoryLimit } = workerData as WorkerTask;
const progress = new Int32Array(current);
const corpus = await makeCorpus();
let done = 0;
for (let caseNumber = first; caseNumber < end; caseNumber += step) {
  Atomics.store(progress, 0, caseNumber);
  const violation = await runCase(seed, caseNumber, corpus);
  if (violation !== null) parentPort?.postMessage(violation);
  if (++done % MEMORY_INTERVAL === 0) {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    if (heapUsed + arrayBuffers > memoryLimit)
      throw new Error(`more than ${memoryLimit} bytes in use after case ${caseNumber}`);
  }
}
