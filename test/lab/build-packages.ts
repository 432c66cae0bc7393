// Belongs here: the two files that are released.
import { join } from "node:path";
import { buildFlavour, readVersion } from "./build-flavour.ts";
import { packFolder } from "./pack-folder.ts";

/** The flavours that leave this house. */
export const RELEASED_FLAVOURS = ["full", "store"] as const;

/**
 * Builds both released packages below `folder`, each as a folder and as an .xpi file.
 *
 * @returns absolute paths of the .xpi files, `full` first
 */
export async function buildPackages(folder: string): Promise<readonly string[]> {
  const version = await readVersion();
  const files: string[] = [];
  for (const flavour of RELEASED_FLAVOURS) {
    await buildFlavour(flavour, join(folder, flavour));
    const file = join(folder, `sigillo-pec-${flavour}-${version}.xpi`);
    await packFolder(join(folder, flavour), file);
    files.push(file);
  }
  return files;
}
