// Belongs here: running many cases in threads, watched: violations, a case that hangs, one that takes all memory.
// Does NOT belong here: the cases (see run-case.ts), the command line (see fuzz.ts).
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerTask } from "./fuzz-worker.ts";
import { makeCase, type Violation } from "./run-case.ts";
import { makeCorpus } from "./corpus.ts";

/** A case takes milliseconds; on a busy machine a hundred times as many. Nothing takes this long that is not stuck. */
const HANG_LIMIT = 20_000;
const WATCH_INTERVAL = 500;
const MEGABYTE = 1024 * 1024;
const MEMORY_LIMIT = 512 * MEGABYTE;

export interface FuzzOptions {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly workers: number;
  readonly onViolation: (violation: Violation) => void;
  readonly onProgress?: (done: number) => void;
}

/** Runs the cases; resolves when all are done. The answer does not depend on the number of workers. */
export async function runFuzz(options: FuzzOptions): Promise<void> {
  const { count, workers } = options;
  const done = Array.from({ length: workers }, () => 0);
  await Promise.all(
    done.map((_, index) =>
      runWorker(options, index, (cases) => {
        done[index] = cases;
        options.onProgress?.(
          Math.min(
            count,
            done.reduce((sum, each) => sum + each, 0),
          ),
        );
      }),
    ),
  );
}

/** One thread; after a hang or a crash the rest of its cases is run in a new one. */
async function runWorker(options: FuzzOptions, index: number, onProgress: (done: number) => void): Promise<void> {
  const { seed, first, count, workers, onViolation } = options;
  const start = first + index;
  for (let next = start; next < first + count;) {
    const stoppedAt = await runThread({ ...options, first: next }, first + count, (caseNumber) => {
      onProgress((caseNumber - start) / workers);
    });
    if (stoppedAt === null) return;
    const { caseNumber, message } = stoppedAt;
    onViolation({ seed, caseNumber, message, ...(await inputOf(seed, caseNumber)) });
    next = caseNumber + workers;
  }
}

/** The input of a case that stopped its thread; it may be the making of it that did. */
async function inputOf(seed: number, caseNumber: number): Promise<Pick<Violation, "target" | "input">> {
  const corpus = await makeCorpus();
  try {
    const { target, input } = makeCase(seed, caseNumber, corpus);
    return { target, input };
  } catch (error) {
    return { target: `not made: ${String(error)}`, input: new Uint8Array(0) };
  }
}

interface Stop {
  readonly caseNumber: number;
  readonly message: string;
}

/** Resolves with the case at which the thread had to be stopped; `null`: all were run. */
function runThread(
  { seed, first, workers, onViolation }: FuzzOptions,
  end: number,
  onCase: (caseNumber: number) => void,
): Promise<Stop | null> {
  const current = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const progress = new Int32Array(current);
  // Before the first case the thread loads and builds; that is no case that hangs.
  progress[0] = -1;
  const task: WorkerTask = { seed, first, step: workers, end, current, memoryLimit: MEMORY_LIMIT };
  const worker = new Worker(join(import.meta.dirname, "../lab/launch.mjs"), {
    argv: [join(import.meta.dirname, "fuzz-worker.ts")],
    execArgv: [],
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT / MEGABYTE },
  });
  return new Promise((resolve) => {
    let last = -1;
    let since = performance.now();
    let stop: Stop | null = null;
    const watch = setInterval(() => {
      const caseNumber = Atomics.load(progress, 0);
      if (caseNumber !== last) {
        last = caseNumber;
        since = performance.now();
        onCase(caseNumber);
      } else if (caseNumber >= 0 && performance.now() - since > HANG_LIMIT) {
        stop ??= { caseNumber, message: `no answer within ${HANG_LIMIT} ms` };
        void worker.terminate();
      }
    }, WATCH_INTERVAL);
    worker.on("message", onViolation);
    worker.on("error", (error) => {
      stop ??= { caseNumber: Math.max(first, Atomics.load(progress, 0)), message: String(error) };
    });
    worker.on("exit", () => {
      clearInterval(watch);
      onCase(Atomics.load(progress, 0) + workers);
      resolve(stop);
    });
  });
}
