import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contrast, READABLE } from "../../src/pages/contrast.ts";

const root = join(import.meta.dirname, "..", "..");
const css = readFileSync(join(root, "src", "pages", "page.css"), "utf8");

/** `[light, dark]` of a custom property. */
function colours(name: string): readonly [string, string] {
  const match = new RegExp(`${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  return [rgb(match?.[1] ?? ""), rgb(match?.[2] ?? "")];
}

function rgb(hex: string): string {
  const channel = (at: number) => String(Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${channel(1)}, ${channel(3)}, ${channel(5)})`;
}

describe("contrast", () => {
  it("follows WCAG", () => {
    expect(contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")).toBeCloseTo(21);
    expect(contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)")).toBeCloseTo(4.48, 2);
    expect(contrast("rgba(1, 2, 3, 0.5)", "rgb(255, 255, 255)")).toBeNull();
    expect(contrast("red", "rgb(255, 255, 255)")).toBeNull();
  });

  it.each(["--text", "--muted", "--green", "--amber", "--red", "--accent"])(
    "of %s is readable, light and dark",
    (name) => {
      for (const ground of name === "--text" ? ["--background", "--control", "--tint"] : ["--background"]) {
        const [light, dark] = colours(name);
        const [lightGround, darkGround] = colours(ground);
        expect(contrast(light, lightGround)).toBeGreaterThanOrEqual(READABLE);
        expect(contrast(dark, darkGround)).toBeGreaterThanOrEqual(READABLE);
      }
    },
  );
});
