// Belongs here: the command line of `npm test` and its siblings.
import { statSync } from "node:fs";
import { UserError } from "./user-error.ts";

const MODES = ["all", "unit", "e2e", "long", "samples"] as const;
export type Mode = (typeof MODES)[number];

const USAGE = `Usage: npm test | npm run test:unit | npm run test:e2e | npm run test:long | SIGILLO_SAMPLES=DIR npm run test:samples`;

/** @throws UserError with status 2 when the command line, or what a mode needs around it, cannot be understood */
export function parseMode(parameters: readonly string[]): Mode {
  const [name = "all", ...rest] = parameters;
  const mode = MODES.find((each) => each === name);
  if (mode === undefined || rest.length > 0) throw new UserError(USAGE, 2);
  if (mode === "samples") requireSamples(process.env["SIGILLO_SAMPLES"]);
  return mode;
}

function requireSamples(folder: string | undefined): void {
  if (folder === undefined || folder === "") {
    throw new UserError(`SIGILLO_SAMPLES must name the folder of the real messages.\n${USAGE}`, 2);
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError(`SIGILLO_SAMPLES names no folder: ${folder}`, 2);
  }
}
