// Belongs here: making the folder that a person named.
import { existsSync } from "node:fs";
import { access, constants, mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UserError } from "./user-error.ts";

/**
 * Makes a folder and those above it.
 *
 * @returns its absolute path
 * @throws UserError when it cannot be made or written
 */
export async function makeFolder(path: string): Promise<string> {
  const folder = resolve(path);
  try {
    await makeWithParents(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`The folder cannot be made or written: ${folder}\n${reason}`);
  }
  return folder;
}

/** Not `recursive: true`: below /proc, where nothing can be made, Node 20 then tries for ever. */
async function makeWithParents(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeWithParents(dirname(folder));
  await mkdir(folder);
}
