import { describe, expect, it } from "vitest";
import { printable, printableJson } from "../../src/cli/printable.ts";

const HOSTILE = "a\u001b[2Jb\u009b1A\u202ec\u2028d\u{e0041}";

describe("what a terminal is told", () => {
  it("has nothing in it that it would obey", () => {
    expect(printable(HOSTILE)).toBe("a\\u{1b}[2Jb\\u{9b}1A\\u{202e}c\\u{2028}d\\u{e0041}");
  });

  it("as JSON too, which stays the same value", () => {
    const json = printableJson(JSON.stringify({ [HOSTILE]: HOSTILE }));
    expect(json).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(json)).toEqual({ [HOSTILE]: HOSTILE });
  });
});
