// Belongs here: the envelopes that are measured, as files. Does NOT belong here: measuring.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import { largeMessage } from "../provider/oversized-messages.ts";
import { rootPem } from "../provider/test-authority.ts";

export const SIZES = [
  { name: "10 KB", size: 2_700 },
  { name: "1 MB", size: 1_000_000 },
  { name: "30 MB", size: 30_000_000 },
  { name: "100 MB", size: 100_000_000 },
] as const;
export type SizeName = (typeof SIZES)[number]["name"];

export const LINE_ENDS = ["CRLF", "LF"] as const;
export type LineEnd = (typeof LINE_ENDS)[number];

export interface Samples {
  readonly rootFile: string;
  readonly file: (size: SizeName, lineEnd: LineEnd) => string;
  readonly remove: () => Promise<void>;
}

/** Every size with both line ends: an envelope whose original carries one attachment. */
export async function writeSamples(): Promise<Samples> {
  const folder = await makeTemporaryFolder("bench");
  const file = (size: SizeName, lineEnd: LineEnd): string =>
    join(folder.path, `${size.replace(" ", "-")}-${lineEnd.toLowerCase()}.eml`);
  for (const { name, size } of SIZES) {
    const message = largeMessage(size);
    await writeFile(file(name, "CRLF"), message);
    const text = Buffer.from(message).toString("latin1");
    await writeFile(file(name, "LF"), Buffer.from(text.replaceAll("\r\n", "\n"), "latin1"));
  }
  const rootFile = join(folder.path, "root.pem");
  await writeFile(rootFile, rootPem);
  return { rootFile, file, remove: () => folder.remove() };
}
