// Belongs here: which Thunderbird to run, and getting it where we may.
import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { installPackages, mayInstall, offeredVersion, unpackPackages } from "./debian.ts";
import { UserError } from "./user-error.ts";

const execute = promisify(execFile);

/** The series that both packages are made for, and the oldest that they promise to run in. */
export const CURRENT_SERIES = 153;
export const OLDEST_SERIES = 140;

/** Italian words for Thunderbird itself; the add-on speaks the language that Thunderbird speaks. */
const DEBIAN_PACKAGES = ["thunderbird", "thunderbird-l10n-it"] as const;

const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["/Applications/Thunderbird.app/Contents/MacOS/thunderbird"],
  win32: ["C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe"],
};

export interface Installation {
  readonly binary: string;
  /** `153.7.0esr` */
  readonly version: string;
  readonly series: number;
}

/**
 * The Thunderbird to use: the given one, else the installed one, else on Debian as root a newly installed one.
 *
 * @throws UserError that says how to get one
 */
export async function requireThunderbird(given: string | null): Promise<Installation> {
  if (given !== null) {
    const installation = await describe(given);
    if (installation === null) throw new UserError(`Not a Thunderbird that can be started: ${given}`);
    return installation;
  }
  if (mayInstall() && !hasDebianPackages()) await installPackages(DEBIAN_PACKAGES);
  for (const binary of candidates()) {
    const installation = await describe(binary);
    if (installation !== null) return installation;
  }
  throw new UserError(
    "Thunderbird was not found. Install it (Debian: apt install thunderbird thunderbird-l10n-it; otherwise " +
      "https://www.thunderbird.net/), or name it: npm start -- --thunderbird PATH",
  );
}

/**
 * A Thunderbird of one series, for tests: the installed one, or one that Debian offers beside it.
 *
 * @returns `null` when there is none to be had here
 */
export async function findSeries(series: number): Promise<Installation | null> {
  for (const binary of candidates()) {
    const installation = await describe(binary);
    if (installation?.series === series) return installation;
  }
  const version = await offeredVersion("thunderbird", series);
  if (version === null) return null;
  const root = await unpackPackages(DEBIAN_PACKAGES, version);
  return describe(join(root, "usr", "lib", "thunderbird", "thunderbird"));
}

function candidates(): readonly string[] {
  const name = process.platform === "win32" ? "thunderbird.exe" : "thunderbird";
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
  return [...onPath, ...(USUAL_PLACES[process.platform] ?? [])].filter((file) => existsSync(file));
}

/** What the program says of itself; `null` when it is none, or a stub that cannot start. */
async function describe(binary: string): Promise<Installation | null> {
  try {
    const { stdout } = await execute(binary, ["--version"]);
    const version = /Thunderbird (\d+)\.\S+/.exec(stdout);
    if (version === null) return null;
    return { binary, version: version[0].replace("Thunderbird ", ""), series: Number(version[1]) };
  } catch {
    return null;
  }
}

function hasDebianPackages(): boolean {
  const binary = candidates()[0];
  return binary !== undefined && existsSync(join(debianFolder(binary), "extensions", LANGUAGE_PACK));
}

const LANGUAGE_PACK = "langpack-it@thunderbird.mozilla.org.xpi";

/** /usr/bin/thunderbird is a script of Debian's; the program and its language packs are in /usr/lib/thunderbird. */
function debianFolder(binary: string): string {
  const real = realpathSync(binary);
  return real.startsWith("/usr/bin/") || real.startsWith("/bin/") ? "/usr/lib/thunderbird" : dirname(real);
}
