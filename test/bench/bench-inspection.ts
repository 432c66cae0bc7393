// Belongs here: the time of a whole inspection (MIME, digest, signature, chain, daticert, verdict) beside the bare digest and OpenSSL.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../lab/project-root.ts";
import { timed } from "./inspection.ts";
import type { MessageCosts } from "./measure-message.ts";
import { opensslStart } from "./openssl.ts";
import { median, row, type Bound, type Row } from "./row.ts";
import { LINE_ENDS, SIZES, type LineEnd, type Samples, type SizeName } from "./samples.ts";

/** By size: small ones vary more. */
const ROUNDS: Readonly<Record<SizeName, number>> = { "10 KB": 31, "1 MB": 21, "30 MB": 11, "100 MB": 5 };

const DIGEST_BOUND: Readonly<Record<LineEnd, Bound>> = { CRLF: { atMost: 2 }, LF: { atMost: 4 } };
const OPENSSL_BOUND: Readonly<Record<LineEnd, Bound>> = { CRLF: { atLeast: 8 }, LF: { atLeast: 5 } };

/**
 * Of the large blocks that a program gives back, glibc keeps those under 32 MB for the next one of their size, or not, as it happened to use
 * them before: the same digest of 30 MB then takes 25 ms or 45 ms, most of the difference being the system's work for fresh memory. So
 * both sides are measured in both states, each the same for both: fresh memory, as for a message just opened (glibc's own initial limit, kept
 * where it is), and memory used before.
 */
const MEMORY = {
  fresh: { MALLOC_MMAP_THRESHOLD_: "131072" },
  "used before": {
    MALLOC_MMAP_THRESHOLD_: "2000000000",
    MALLOC_TRIM_THRESHOLD_: "4000000000",
    MALLOC_TOP_PAD_: "400000000",
  },
} as const;

/**
 * The bare digest is WebCrypto's SHA-256 of the same message in the same process, compared by the processor's time; OpenSSL is the whole
 * process, its start included, by the clock.
 */
async function measure(
  samples: Samples,
  size: SizeName,
  lineEnd: LineEnd,
  memory: keyof typeof MEMORY,
): Promise<MessageCosts> {
  const script = join(projectRoot, "test", "bench", "measure-message.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, samples.file(size, lineEnd), samples.rootFile, String(ROUNDS[size])],
    { cwd: projectRoot, env: { ...process.env, ...MEMORY[memory] } },
  );
  return JSON.parse(stdout) as MessageCosts;
}

export async function benchInspection(samples: Samples): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const inspections = new Map<string, number>();
  for (const lineEnd of LINE_ENDS) {
    for (const { name } of SIZES) {
      const { inspection, inspectionWork, digestWork, openssl } = await measure(samples, name, lineEnd, "fresh");
      inspections.set(`${name} ${lineEnd}`, inspectionWork);
      const isJudged = name === "30 MB";
      rows.push(
        row(`${name}, ${lineEnd}: inspection`, inspection, " ms"),
        row(
          `${name}, ${lineEnd}: inspection / bare SHA-256`,
          inspectionWork / digestWork,
          "×",
          isJudged ? DIGEST_BOUND[lineEnd] : {},
        ),
        row(
          `${name}, ${lineEnd}: openssl cms -verify / inspection`,
          openssl / inspection,
          "×",
          isJudged ? OPENSSL_BOUND[lineEnd] : {},
        ),
      );
      if (!isJudged) continue;
      const again = await measure(samples, name, lineEnd, "used before");
      rows.push(
        row(
          `${name}, ${lineEnd}: inspection / bare SHA-256, both in memory used before`,
          again.inspectionWork / again.digestWork,
          "×",
          DIGEST_BOUND[lineEnd],
        ),
      );
    }
    const ratio = (larger: SizeName, smaller: SizeName): number =>
      (inspections.get(`${larger} ${lineEnd}`) ?? NaN) / (inspections.get(`${smaller} ${lineEnd}`) ?? NaN);
    // Linear is 3.3 and 30; a third more is allowed for memory that is not in caches any longer.
    rows.push(row(`${lineEnd}: inspection of 100 MB / 30 MB`, ratio("100 MB", "30 MB"), "×", { atMost: 4.4 }));
    rows.push(row(`${lineEnd}: inspection of 30 MB / 1 MB`, ratio("30 MB", "1 MB"), "×", { atMost: 40 }));
  }
  const starts: number[] = [];
  for (let round = 0; round < 11; round++) starts.push(await timed(opensslStart));
  rows.push(row("start of openssl, contained in its times", median(starts), " ms"));
  return rows;
}
