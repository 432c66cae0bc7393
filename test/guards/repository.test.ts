import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../lab/project-root.ts";

const read = (name: string) => readFile(join(projectRoot, name), "utf8");
const readPackage = async () =>
  JSON.parse(await read("package.json")) as Readonly<Record<string, Readonly<Record<string, string>>>>;

describe("what npm installs", () => {
  test("is locked without naming the host it came from", async () => {
    const lock = JSON.parse(await read("package-lock.json")) as {
      readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>>;
    };
    const entries = Object.entries(lock.packages).filter(([path]) => path !== "");
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(entries.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  test("has exact versions", async () => {
    const { dependencies, devDependencies } = await readPackage();
    const versions = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("runs no program while it is installed", async () => {
    const { scripts } = await readPackage();
    expect(Object.keys(scripts ?? {}).filter((name) => /^(pre|post)|install|^prepare/.test(name))).toEqual([]);
    expect((await read(".npmrc")).split("\n")).toEqual(
      expect.arrayContaining(["ignore-scripts=true", "save-exact=true", "omit-lockfile-registry-resolved=true"]),
    );
  });
});
