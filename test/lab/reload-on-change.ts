// Belongs here: building the add-on again whenever its source changes.
import { watch } from "node:fs";
import { join } from "node:path";
import { buildFlavour } from "./build-flavour.ts";
import type { Flavour } from "./flavours.ts";
import { projectRoot } from "./project-root.ts";

/** Editors write a file in several steps. */
const QUIET_MS = 200;

/** Watches for as long as the process lives. A source that does not compile is reported; the next change tries again. */
export function rebuildOnChange(flavour: Flavour, folder: string): void {
  let timer: NodeJS.Timeout | undefined;
  let building: Promise<void> = Promise.resolve();
  const rebuild = async (): Promise<void> => {
    try {
      await buildFlavour(flavour, folder);
      console.log("Built again.");
    } catch (error) {
      console.error(error);
    }
  };
  const onChange = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(rebuild);
    }, QUIET_MS);
  };
  for (const name of ["src", "icons", "_locales"]) watch(join(projectRoot, name), { recursive: true }, onChange);
  watch(join(projectRoot, "manifest.json"), onChange);
}
