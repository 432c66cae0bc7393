// Belongs here: the files of a report, in a folder that has none yet. Does NOT belong here: what they say (core/batch).
import { access, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { batchReport, type BatchReportFacts, type BatchRow, batchTable } from "../core/index.ts";

const TABLE = "report.csv";
const REPORT = "report.html";

/** Makes the folder where it is missing. @returns the first file that is there already, or `null` */
export async function prepareReportFolder(folder: string): Promise<string | null> {
  await mkdir(folder, { recursive: true });
  for (const name of [TABLE, REPORT]) {
    const file = join(folder, name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

/** Never overwrites: rejects with `EEXIST` for a file that has come there meanwhile. */
export async function writeReport(
  folder: string,
  rows: readonly BatchRow[],
  facts: BatchReportFacts,
  words: (key: string, values?: readonly string[]) => string,
): Promise<void> {
  await write(join(folder, TABLE), batchTable(rows, words));
  await write(join(folder, REPORT), batchReport(rows, facts, words));
}

async function write(file: string, pieces: Iterable<string>): Promise<void> {
  const handle = await open(file, "wx");
  try {
    for (const piece of pieces) await handle.write(piece);
  } finally {
    await handle.close();
  }
}
