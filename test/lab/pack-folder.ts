// Belongs here: a folder as one zip file whose bytes depend on the contents alone (fixed order, fixed times).
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { zipSync, type Zippable } from "fflate";

/** The earliest time zip can hold, given in local time because zip knows no zone: the bytes are then the same everywhere. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Writes every file below `folder` into the zip file `file` (an .xpi is a zip). */
export async function packFolder(folder: string, file: string): Promise<void> {
  const zip: Zippable = {};
  for (const name of await listFiles(folder)) zip[name] = [await readFile(join(folder, name)), {}];
  await writeFile(file, zipSync(zip, { level: 9, mtime: FIXED_TIME }));
}

/** Names of all files below `folder`, relative, with `/`, sorted by code unit. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
}
