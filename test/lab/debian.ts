// Belongs here: getting programs from Debian. Other systems get a clear message instead: on Ubuntu, for one, the package
// called thunderbird only starts a snap.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "./user-error.ts";

const execute = promisify(execFile);

/** A slow mirror may need this long for 150 MB. */
const DOWNLOAD_LIMIT_MS = 300_000;

/** Seconds: whoever else installs something on this machine just now is waited for. */
const LOCK_LIMIT = 300;

/** Whether this is Debian itself. */
export function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Whether we may install packages. */
export function mayInstall(): boolean {
  return isDebian() && process.getuid?.() === 0;
}

let refreshing: Promise<unknown> | null = null;

/**
 * Fetches the package lists, once. Fresh machines have none, or none of the security updates, where the current Thunderbird is; old ones name
 * files that the mirror no longer has.
 */
async function refreshLists(): Promise<void> {
  refreshing ??= execute("apt-get", ["update"], { timeout: DOWNLOAD_LIMIT_MS }).catch((error: unknown) =>
    // The lists at hand may do; what they lack is said when it cannot be installed.
    console.warn(`apt-get update failed: ${String(error)}`),
  );
  await refreshing;
}

/** Asked by Debian's packages whether they may start their services (invoke-rc.d(8)). */
const SERVICE_POLICY = "/usr/sbin/policy-rc.d";

/**
 * Installs packages with apt; says so first. A package that is a server, as dovecot, is not started: this machine is to
 * offer nothing to the network for our tests.
 *
 * @param services of those packages; not started at the next start of the machine either
 */
export async function installPackages(names: readonly string[], services: readonly string[] = []): Promise<void> {
  console.log(`Installing from Debian: ${names.join(", ")}`);
  await refreshLists();
  const forbid = services.length > 0 && !existsSync(SERVICE_POLICY);
  if (forbid) await writeFile(SERVICE_POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const waiting = ["-o", `DPkg::Lock::Timeout=${LOCK_LIMIT}`];
    await execute("apt-get", [...waiting, "install", "-y", "--no-install-recommends", ...names], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: DOWNLOAD_LIMIT_MS + LOCK_LIMIT * 1_000,
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    throw new UserError(`apt-get could not install ${names.join(", ")}:\n${String(error)}`);
  } finally {
    if (forbid) await rm(SERVICE_POLICY);
  }
  if (services.length > 0 && existsSync("/run/systemd/system")) await execute("systemctl", ["disable", ...services]);
}

/** Newest version of a package that apt offers and whose upstream version starts with `major`, or `null`. */
export async function offeredVersion(name: string, major: number): Promise<string | null> {
  if (!isDebian()) return null;
  const find = async (): Promise<string | null> => {
    const { stdout } = await execute("apt-cache", ["madison", name]);
    const versions = stdout.split("\n").map((line) => line.split("|")[1]?.trim() ?? "");
    return versions.find((version) => new RegExp(`^(\\d+:)?${major}\\.`).test(version)) ?? null;
  };
  const found = await find();
  if (found !== null || !mayInstall()) return found;
  await refreshLists();
  return find();
}

/**
 * Unpacks packages of one version side by side, without installing them; keeps them for the next time.
 *
 * @returns the folder that stands for `/`
 */
export async function unpackPackages(names: readonly string[], version: string): Promise<string> {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sigillo-pec");
  const unpacked = join(cache, `${names[0] ?? ""}-${version.replaceAll(/[^\w.-]/g, "_")}`);
  if (existsSync(unpacked)) return unpacked;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "unpacking-"));
  try {
    console.log(`Downloading from Debian: ${names.join(", ")} ${version}`);
    const packages = names.map((name) => `${name}=${version}`);
    await execute("apt-get", ["download", ...packages], { cwd: work, timeout: DOWNLOAD_LIMIT_MS });
    for (const file of (await readdir(work)).filter((name) => name.endsWith(".deb"))) {
      await execute("dpkg", ["-x", join(work, file), join(work, "root")]);
    }
    // Last, and in one step, so that an interrupted download is never taken for a complete one.
    await rename(join(work, "root"), unpacked).catch((error: unknown) => {
      // Somebody else has unpacked the same meanwhile.
      if (!existsSync(unpacked)) throw error;
    });
    return unpacked;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
