// Belongs here: what must happen before TypeScript can run: the check of Node's version and the installing of the locked
// dependencies. Plain JavaScript without dependencies, because it runs on a fresh clone: node launch.mjs <script.ts> [arguments].
// Does NOT belong here: anything a particular command does (see the script it starts).
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const OLDEST_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

function fail(message, status) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}

/** Whether what npm last installed (its own record inside node_modules) is what the lock file asks for. */
function dependenciesAreInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const isSame = (path) => wanted[path]?.version === installed[path]?.version;
  // Optional packages are for other platforms too, so only those that are here are compared.
  const isNeeded = (path) => path !== "" && wanted[path].optional !== true;
  return Object.keys(wanted).filter(isNeeded).every(isSame) && Object.keys(installed).every(isSame);
}

function installDependencies() {
  process.stderr.write("Installing the locked dependencies (npm ci) ...\n");
  // npm's standard output goes to our standard error: the output of `npm run inspect -- --json` is read by programs.
  const { status, error } = spawnSync("npm", ["ci"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error !== undefined) fail(`npm could not be started: ${error.message}`, 1);
  if (status !== 0) fail("npm ci failed; its own messages are above.", 1);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(
    `Node ${OLDEST_NODE.join(".")} or newer is needed; this is ${process.versions.node}. See https://nodejs.org/`,
    1,
  );
}
const script = process.argv[2];
if (script === undefined) fail("Usage: node test/lab/launch.mjs <script.ts> [arguments]", 2);
if (!dependenciesAreInstalled()) installDependencies();

// In this very process, so that exit status and signals need no forwarding. The script finds its arguments at the usual place.
process.argv.splice(1, 1);
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(resolve(script)).href);
