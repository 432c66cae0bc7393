import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../lab/project-root.ts";

const FOLDER = join(projectRoot, "src", "experiments");

/** Names that a script declares outside of everything: those lines begin at the margin. */
function topLevelNames(script: string): readonly string[] {
  const plain = [...script.matchAll(/^(?:const|let|var|class|function|async function)\s+([\w$]+)/gm)];
  const unpacked = [...script.matchAll(/^(?:const|let|var)\s+\{([^}]*)\}/gm)].flatMap(([, inside = ""]) =>
    inside.split(",").map((each) => each.split(":").at(-1)?.trim() ?? ""),
  );
  return [...plain.map(([, name = ""]) => name), ...unpacked].filter((name) => name !== "");
}

describe("experiments", () => {
  it("declare no name twice: Thunderbird loads all of an add-on into one scope, where the second does not load at all", () => {
    const owners = new Map<string, string[]>();
    for (const api of readdirSync(FOLDER)) {
      const script = readFileSync(join(FOLDER, api, "implementation.js"), "utf8");
      for (const name of topLevelNames(script)) owners.set(name, [...(owners.get(name) ?? []), api]);
    }
    expect(owners.size).toBeGreaterThan(10);
    expect([...owners].filter(([, apis]) => apis.length > 1)).toEqual([]);
  });
});
