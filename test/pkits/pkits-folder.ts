// Belongs here: where NIST's Public Key Interoperability Test Suite is on this machine, and getting it where we may.
// Does NOT belong here: what is in it (see pkits-suite.ts).
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installPackages, mayInstall } from "../lab/debian.ts";
import { UserError } from "../lab/user-error.ts";

/** NIST's data as Debian and its descendants carry them for other software's tests. */
const PACKAGE = "python3-cryptography-vectors";
const DEBIAN_FOLDER = "/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data";

/**
 * The folder with `certs`, `crls` and `smime`: the one that SIGILLO_PKITS names, else Debian's, newly installed where we may.
 *
 * @throws UserError that says how to get it: the suite is never left out in silence
 */
export async function requirePkits(): Promise<string> {
  const named = process.env["SIGILLO_PKITS"];
  const folder = named ?? DEBIAN_FOLDER;
  if (named === undefined && !isComplete(folder) && mayInstall()) await installPackages([PACKAGE]);
  if (isComplete(folder)) return folder;
  throw new UserError(
    named === undefined
      ? `The NIST PKITS data were not found. Install them (Debian, Ubuntu: apt install ${PACKAGE}), or name a folder that ` +
          "holds NIST's certs, crls and smime: SIGILLO_PKITS=DIR"
      : `SIGILLO_PKITS names no folder with NIST's certs, crls and smime: ${named}`,
  );
}

function isComplete(folder: string): boolean {
  return ["certs", "crls", "smime"].every((name) => existsSync(join(folder, name)));
}
