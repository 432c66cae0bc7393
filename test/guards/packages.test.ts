import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extraAuthorities } from "../provider/demo-authorities.ts";
import { buildFlavour } from "../lab/build-flavour.ts";
import { buildPackages, RELEASED_FLAVOURS } from "../lab/build-packages.ts";
import { listFiles } from "../lab/pack-folder.ts";

/** Everything that a package may hold. */
const EXPECTED_FILES = [
  /^manifest\.json$/,
  /^LICENSE$/,
  /^third-party-licenses\.md$/,
  /^background\.js$/,
  /^icons\/[a-z-]+\.svg$/,
  /^_locales\/(it|en)\/messages\.json$/,
  /^pages\/([a-z]+)\/\1\.(html|css|js)$/,
  /^shared\/[\w-]+\.(css|js)$/,
];
const EXPERIMENT_FILE = /^experiments\/\w+\/(schema\.json|implementation\.js)$/;

/** Code that a person can review has lines that a person can read. */
const LONGEST_LINE = 1_000;

let folder = "";
let packages: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sigillo-pec-packages-"));
  packages = await buildPackages(join(folder, "once"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function texts(flavour: string): Promise<ReadonlyMap<string, string>> {
  const top = join(folder, "once", flavour);
  const names = await listFiles(top);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(top, name), "utf8")] as const)),
  );
}

/** What gives the test root away: every line of its certificate, its name, its issuing keys. */
function tracesOfTestRoot(text: string): readonly string[] {
  const lines = extraAuthorities.flatMap(({ rootPem }) =>
    rootPem.split("\n").filter((line) => /^[\w+/=]{16,}$/.test(line)),
  );
  const keys = extraAuthorities.flatMap(({ issuingKey }) => [issuingKey.spkiSha256, issuingKey.name]);
  return [...new Set([...lines, ...keys, "test only", "Test Root"])].filter((trace) => text.includes(trace));
}

describe.each(RELEASED_FLAVOURS)("the %s package", (flavour) => {
  test("holds only files that are expected", async () => {
    const patterns = flavour === "full" ? [...EXPECTED_FILES, EXPERIMENT_FILE] : EXPECTED_FILES;
    const names = [...(await texts(flavour)).keys()];
    expect(names.filter((name) => !patterns.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["manifest.json", "background.js", "LICENSE"]));
  });

  test("does not hold the test provider's root", async () => {
    for (const [name, text] of await texts(flavour)) expect([name, tracesOfTestRoot(text)]).toEqual([name, []]);
  });

  test("can be read: nothing is minified", async () => {
    for (const [name, text] of await texts(flavour)) {
      if (!/\.(js|css|html)$/.test(name)) continue;
      expect([name, Math.max(...text.split("\n").map(({ length }) => length)) <= LONGEST_LINE]).toEqual([name, true]);
    }
  });

  test("makes neither markup nor code out of strings", async () => {
    const forbidden = /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function)/g;
    for (const [name, text] of await texts(flavour)) {
      if (/\.(js|html)$/.test(name)) expect([name, text.match(forbidden)]).toEqual([name, null]);
    }
  });
});

test("the demo flavour does hold the test provider's root, so that its absence above means something", async () => {
  const demo = join(folder, "demo");
  await buildFlavour("demo", demo);
  const scripts = (await listFiles(demo)).filter((name) => name.endsWith(".js"));
  const found = await Promise.all(
    scripts.map(async (name) => tracesOfTestRoot(await readFile(join(demo, name), "utf8"))),
  );
  const everyTrace = tracesOfTestRoot(JSON.stringify(extraAuthorities).replaceAll("\\n", "\n"));
  expect(everyTrace.length).toBeGreaterThan(10);
  expect(new Set(found.flat())).toEqual(new Set(everyTrace));
});

test("two builds are equal byte for byte", async () => {
  const again = await buildPackages(join(folder, "again"));
  const digest = async (file: string) =>
    createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  expect(packages.map((file) => basename(file))).toEqual(again.map((file) => basename(file)));
  expect(await Promise.all(packages.map(digest))).toEqual(await Promise.all(again.map(digest)));
});
