// Belongs here: a screen for Thunderbird to draw on where there is none.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { HANG_MS } from "./deadline.ts";
import { installPackages, mayInstall } from "./debian.ts";
import { RunningProcess } from "./running-process.ts";
import { UserError } from "./user-error.ts";

/** Wide enough for the three panes beside each other. */
const SCREEN = "1600x1000x24";

export interface Display {
  /** Value of the environment variable DISPLAY. */
  readonly name: string;
  stop(): Promise<void>;
}

/** Whether the person's own session has a screen. */
export function hasDisplay(): boolean {
  if (process.platform === "darwin" || process.platform === "win32") return true;
  return [process.env["DISPLAY"], process.env["WAYLAND_DISPLAY"]].some((name) => name !== undefined && name !== "");
}

/**
 * Starts an Xvfb on a free display; the server itself finds which are free.
 *
 * @throws UserError when there is no Xvfb and we may not install it
 */
export async function startVirtualDisplay(): Promise<Display> {
  const isInstalled = (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, "Xvfb")));
  if (!isInstalled) {
    if (!mayInstall()) throw new UserError("There is no screen, and Xvfb was not found (Debian: apt install xvfb).");
    await installPackages(["xvfb"]);
  }
  const server = new RunningProcess("Xvfb", ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp"]);
  const number = await server.firstReport(HANG_MS);
  return { name: `:${number}`, stop: () => server.stop() };
}
