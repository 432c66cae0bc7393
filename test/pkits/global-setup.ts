// Belongs here: what must be there before the tests of this folder start.
import { requirePkits } from "./pkits-folder.ts";

export default async function setup(): Promise<void> {
  await requirePkits();
}
