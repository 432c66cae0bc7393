import { describe, expect, it } from "vitest";
import { tableLine } from "../../../src/core/text/table-line.ts";

describe("a cell of a table", () => {
  it.each([
    ["=1+1", "'=1+1", "a formula"],
    [" \u00a0@SUM(1)", "' \u00a0@SUM(1)", "a formula after blanks"],
    ["\uff1d1", "'\uff1d1", "in a wide form"],
    ["Ordine,=cmd|' /C calc'!A0", "Ordine,'=cmd|' /C calc'!A0", "a formula where commas separate cells"],
    ["10, -5", "10,' -5", "the same after a blank"],
    ["a\t=1\r\nb", "a =1 b", "tabs and line breaks are blanks"],
    ["Rossi, Mario - Studio", "Rossi, Mario - Studio", "an ordinary text stays"],
    ["fdp.exe\u202e", "fdp.exe⟨U+202E⟩", "an override of the writing direction is seen"],
    ['"detto"', '""detto""', "quotes are doubled"],
  ])("%j becomes %j: %s", (text, expected) => {
    expect(tableLine([text])).toBe(`"${expected}"\r\n`);
  });
});
