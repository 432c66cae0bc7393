// Belongs here: going to a part by its place in the tree.
import type { MimePart } from "./mime-part.ts";

/** The part at a path of child indexes from `root`; the empty path is `root` itself; `null` when there is none. */
export function partAt(root: MimePart, path: readonly number[]): MimePart | null {
  let part: MimePart | undefined = root;
  for (const index of path) part = part?.children[index];
  return part ?? null;
}
