// Belongs here: the time of a whole inspection (MIME, digest, signature, chain, daticert, verdict) beside the bare digest and OpenSSL.
import { readFile } from "node:fs/promises";
import { inspectSealed, processorTime, testAuthorities, timed } from "./inspection.ts";
import { opensslStart, opensslVerify } from "./openssl.ts";
import { median, row, type Bound, type Row } from "./row.ts";
import { LINE_ENDS, SIZES, type LineEnd, type Samples, type SizeName } from "./samples.ts";

/** By size: small ones vary more. */
const ROUNDS: Readonly<Record<SizeName, number>> = { "10 KB": 31, "1 MB": 21, "30 MB": 11, "100 MB": 5 };

const DIGEST_BOUND: Readonly<Record<LineEnd, Bound>> = { CRLF: { atMost: 2 }, LF: { atMost: 4 } };
const OPENSSL_BOUND: Readonly<Record<LineEnd, Bound>> = { CRLF: { atLeast: 8 }, LF: { atLeast: 5 } };

interface Times {
  /** Of the clock. */
  readonly inspection: number;
  /** Of the processor: inspection and bare digest. */
  readonly inspectionWork: number;
  readonly digestWork: number;
  readonly openssl: number;
}

/**
 * All in turn, so that a machine that changes its speed changes it for all of them; medians. The bare digest is WebCrypto's SHA-256 of the
 * same message in the same process, compared by the processor's time; OpenSSL is the whole process, its start included, by the clock.
 */
async function measure(samples: Samples, size: SizeName, lineEnd: LineEnd): Promise<Times> {
  const file = samples.file(size, lineEnd);
  const bytes = new Uint8Array(await readFile(file));
  const anchors = await testAuthorities();
  const digestWork: number[] = [];
  const inspectionWork: number[] = [];
  const inspection: number[] = [];
  const openssl: number[] = [];
  await inspectSealed(bytes, anchors);
  for (let round = 0; round < ROUNDS[size]; round++) {
    digestWork.push(await processorTime(() => crypto.subtle.digest("SHA-256", bytes)));
    inspectionWork.push(await processorTime(() => inspectSealed(bytes, anchors)));
    inspection.push(await timed(() => inspectSealed(bytes, anchors)));
    openssl.push(await timed(() => opensslVerify(file, samples.rootFile)));
  }
  return {
    inspection: median(inspection),
    inspectionWork: median(inspectionWork),
    digestWork: median(digestWork),
    openssl: median(openssl),
  };
}

export async function benchInspection(samples: Samples): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const inspections = new Map<string, number>();
  for (const lineEnd of LINE_ENDS) {
    for (const { name } of SIZES) {
      const { inspection, inspectionWork, digestWork, openssl } = await measure(samples, name, lineEnd);
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
