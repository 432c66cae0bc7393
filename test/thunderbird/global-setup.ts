// Belongs here: what all end-to-end tests share: the Thunderbirds, a screen for each worker, and every flavour of the add-on.
// Does NOT belong here: anything that one test could leave changed for another (see in-thunderbird.ts).
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildFlavour } from "../lab/build-flavour.ts";
import { mayInstall } from "../lab/debian.ts";
import { type Display, startVirtualDisplay } from "../lab/display.ts";
import {
  CURRENT_SERIES,
  findSeries,
  OLDEST_SERIES,
  requireThunderbird,
  type Installation,
} from "../lab/find-thunderbird.ts";
import { requireDovecot } from "../lab/mail-server.ts";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import { FLAVOURS } from "../lab/flavours.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The current series first; the oldest one where it is to be had. */
    readonly installations: readonly Installation[];
    /** Values of DISPLAY, one for each worker: two Thunderbirds on one screen would take the focus from each other. */
    readonly displays: readonly string[];
    /** Folder with one folder of each flavour. */
    readonly addons: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const installations = await findInstallations();
  // Once, and not by two workers at the same moment, of whom one would find the other's lock. Where we may not, the tests that need it say so.
  if (mayInstall()) await requireDovecot();
  const addons = await makeTemporaryFolder("addons");
  for (const flavour of FLAVOURS) await buildFlavour(flavour, join(addons.path, flavour));
  const displays: Display[] = [];
  for (let worker = 0; worker < (project.config.maxWorkers ?? 1); worker += 1)
    displays.push(await startVirtualDisplay());
  project.provide("installations", installations);
  project.provide(
    "displays",
    displays.map(({ name }) => name),
  );
  project.provide("addons", addons.path);
  return async () => {
    for (const display of displays) await display.stop();
    await addons.remove();
  };
}

async function findInstallations(): Promise<readonly Installation[]> {
  // Installs one, with all that it needs to run, where there is none and we may.
  const installed = await requireThunderbird(null);
  const current = await findSeries(CURRENT_SERIES);
  if (current === null) {
    throw new Error(`These tests need Thunderbird ${CURRENT_SERIES}; here is ${installed.version}.`);
  }
  const oldest = await findSeries(OLDEST_SERIES);
  if (oldest !== null) return [current, oldest];
  console.log(`Thunderbird ${OLDEST_SERIES} is not offered here; the tests run in ${current.version} alone.`);
  return [current];
}
