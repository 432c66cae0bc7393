import { describe, expect, it } from "vitest";
import { canonicalContent } from "../../../src/core/cms/canonical-content.ts";

const whole = (bytes: Uint8Array): { start: number; end: number } => ({ start: 0, end: bytes.length });
const canonical = (text: string): string => {
  const bytes = Buffer.from(text, "latin1");
  return Buffer.from(canonicalContent(bytes, whole(bytes))).toString("latin1");
};

describe("canonicalContent", () => {
  it.each([
    ["", ""],
    ["a", "a"],
    ["\n", "\r\n"],
    ["\r\n", "\r\n"],
    ["a\nb\n", "a\r\nb\r\n"],
    ["a\r\nb\nc\r\n\n", "a\r\nb\r\nc\r\n\r\n"],
    ["a\rb\r\rc\r\r\n", "a\rb\r\rc\r\r\n"],
    ["\n\n", "\r\n\r\n"],
    ["\u00e0\n\u00ff", "\u00e0\r\n\u00ff"],
  ])("%j becomes %j", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it("agrees with the definition on random mixes of line ends", () => {
    let state = 12_345;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: random(40) }, () => ["\r", "\n", "\r\n", "a", "b"][random(5)]).join("");
      expect(canonical(text)).toBe(text.replace(/(?<!\r)\n/g, "\r\n"));
    }
  });

  it("agrees with the definition on long content, whatever its bytes, its line lengths and where they change", () => {
    let state = 4_242;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (state >> 8) % below;
    };
    const pieces = ["\r", "\n", "\r\n", "a".repeat(76) + "\n", "b".repeat(900), "\u00e0", "\u00c3\u00a8\n", "\r\r\n"];
    for (let round = 0; round < 40; round++) {
      // Each stretch draws from a few of the pieces, so that chunks differ in line ends, in density, and in being UTF-8.
      const stretch = (): string => {
        const few = [pieces[random(pieces.length)], pieces[random(pieces.length)]];
        return Array.from({ length: random(2_000) }, () => few[random(2)]).join("");
      };
      const text = Array.from({ length: 6 }, stretch).join("");
      expect(canonical(text) === text.replace(/(?<!\r)\n/g, "\r\n")).toBe(true);
    }
  });

  it("makes room when short lines come after long ones", () => {
    const text = "a".repeat(200_000) + "\n".repeat(400_000) + "\u00e0\n";
    expect(canonical(text) === text.replaceAll("\n", "\r\n")).toBe(true);
  });

  it("is a view of the message when nothing changes, of the range alone", () => {
    const bytes = Buffer.from("head\na\r\nb\r\ntail\n", "latin1");
    const content = canonicalContent(bytes, { start: 5, end: 11 });
    expect(Buffer.from(content).toString("latin1")).toBe("a\r\nb\r\n");
    expect(content.buffer).toBe(bytes.buffer);
  });

  it("does not look before the range: a line feed that starts it is bare", () => {
    const bytes = Buffer.from("\r\na", "latin1");
    expect([...canonicalContent(bytes, { start: 1, end: 3 })]).toEqual([13, 10, 97]);
  });
});
