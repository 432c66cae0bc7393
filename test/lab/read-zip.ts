// Belongs here: a ZIP archive read back by other means than those that wrote it: its list of files, each file's own header, size and
// checksum. Does NOT belong here: writing one (see pack-folder.ts, src/core/evidence).
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
  /** As the archive has it: date and time of DOS. */
  readonly modified: number;
}

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const DEFLATED = 8;

/** In the order of the list. Throws for anything that does not agree. */
export function readZip(archive: Buffer): readonly ZipEntry[] {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== END) throw new Error("The archive has no end");
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== LISTED) throw new Error("The list of files is broken");
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const isSame = archive.toString("utf8", local + 30, local + 30 + archive.readUInt16LE(local + 26)) === name;
    if (archive.readUInt32LE(local) !== LOCAL || !isSame) throw new Error(`${name}: two headers that differ`);
    if (archive.readUInt16LE(at + 10) !== DEFLATED) throw new Error(`${name}: unexpected method`);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)));
    const isWhole = bytes.length === archive.readUInt32LE(at + 24) && crc32(bytes) === archive.readUInt32LE(at + 16);
    if (!isWhole) throw new Error(`${name}: size or checksum is wrong`);
    entries.push({ name, bytes, modified: archive.readUInt32LE(at + 12) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** Throws for a name that leads out of `folder`. */
export async function unpackZip(archive: Buffer, folder: string): Promise<void> {
  for (const { name, bytes } of readZip(archive)) {
    const file = resolve(folder, name);
    if (!file.startsWith(folder + sep)) throw new Error(`${name} leads out of the folder`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(join(file), bytes, { flag: "wx" });
  }
}
