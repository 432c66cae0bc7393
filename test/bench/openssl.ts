// Belongs here: OpenSSL's command as the yardstick, used as a person would use it. Does NOT belong here: what it is compared with.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { installPackages, mayInstall } from "../lab/debian.ts";
import { UserError } from "../lab/user-error.ts";

const execute = promisify(execFile);

/** Its name and version; installed from the distribution where it is missing and may be. @throws UserError */
export async function requireOpenssl(): Promise<string> {
  const version = await opensslVersion();
  if (version !== null) return version;
  if (!mayInstall())
    throw new UserError("The bench compares with OpenSSL, which was not found (Debian: apt install openssl).");
  await installPackages(["openssl"]);
  return (await opensslVersion()) ?? "OpenSSL";
}

async function opensslVersion(): Promise<string | null> {
  try {
    const { stdout } = await execute("openssl", ["version"]);
    return /^OpenSSL [\d.]+/.exec(stdout)?.[0] ?? stdout.trim();
  } catch {
    return null;
  }
}

/** Verifies signature and chain of a message. @throws when it does not verify */
export async function opensslVerify(file: string, rootFile: string): Promise<void> {
  const trust = ["-CAfile", rootFile, "-purpose", "any", "-no_check_time"];
  await execute("openssl", ["cms", "-verify", "-in", file, ...trust, "-out", "/dev/null"]);
}

/** A start that does nothing. */
export async function opensslStart(): Promise<void> {
  await execute("openssl", ["version"]);
}
