// Belongs here: the memory of one inspection beyond the message itself, each in a process of its own.
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../lab/project-root.ts";
import { row, type Bound, type Row } from "./row.ts";
import { LINE_ENDS, type LineEnd, type Samples } from "./samples.ts";

const BOUND: Readonly<Record<LineEnd, Bound>> = { CRLF: { atMost: 1.2 }, LF: { atMost: 2.2 } };

/** The largest that the process ever was, in octets, as the system tells. */
async function largestMemory(file: string): Promise<number> {
  const script = join(projectRoot, "test", "long", "measure-inspection.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, file], {
    cwd: projectRoot,
  });
  const { integrity, largestMemory: kibibytes } = JSON.parse(stdout) as { integrity: string; largestMemory: number };
  if (integrity !== "PASSED PASSED") throw new Error(`The sample is not intact: ${integrity}`);
  return kibibytes * 1024;
}

/** Beyond the message, and beyond what the same process takes for a small one. */
export async function benchMemory(samples: Samples): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const lineEnd of LINE_ENDS) {
    const base = await largestMemory(samples.file("10 KB", lineEnd));
    for (const name of ["30 MB", "100 MB"] as const) {
      const file = samples.file(name, lineEnd);
      const { size } = await stat(file);
      const beyond = (await largestMemory(file)) - base - size;
      rows.push(row(`${name}, ${lineEnd}: memory beyond the message / message`, beyond / size, "×", BOUND[lineEnd]));
    }
  }
  return rows;
}
