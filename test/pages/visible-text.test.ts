import { describe, expect, it } from "vitest";
import { FULL_LENGTH, SHOWN_LENGTH, visibleAddress, visibleBlock, visibleText } from "../../src/pages/visible-text.ts";

describe("text from strangers", () => {
  it("leaves ordinary text of any script alone", () => {
    for (const text of ["Città di Forlì – n. 1/2025", "Ελλάδα", "العربية", "日本語", "è e\u0301", "👨‍👩‍👧 famiglia"]) {
      expect(visibleText(text)).toEqual({ shown: text, full: null });
    }
  });

  it.each([
    ["direction override", "\u202efdp.exe", "⟨U+202E⟩fdp.exe"],
    ["direction isolate", "\u2067a\u2069", "⟨U+2067⟩a⟨U+2069⟩"],
    ["zero-width space in an address", "a\u200b@pec.test", "a⟨U+200B⟩@pec.test"],
    ["zero-width joiner outside emoji", "a\u200db", "a⟨U+200D⟩b"],
    ["line break", "a\r\nb", "a⟨U+000D⟩⟨U+000A⟩b"],
    ["line separator", "a\u2028b", "a⟨U+2028⟩b"],
    ["null", "a\u0000b", "a⟨U+0000⟩b"],
    ["C1 control", "a\u0085b", "a⟨U+0085⟩b"],
    ["soft hyphen", "a\u00adb", "a⟨U+00AD⟩b"],
    ["tag character", "a\u{e0041}b", "a⟨U+E0041⟩b"],
    ["Hangul filler", "a\u3164b", "a⟨U+3164⟩b"],
    ["lone surrogate", "a\ud800b", "a⟨U+D800⟩b"],
    ["our own mark for values", "a\ue000b", "a⟨U+E000⟩b"],
  ])("makes a %s visible", (_, text, shown) => {
    expect(visibleText(text).shown).toBe(shown);
  });

  it.each([
    ["mario.rossi@pec.it", "mario.rossi@pec.it"],
    ["Niccolò Città <nicco@pec.it>", "Niccolò Città <nicco@pec.it>"],
    ["protocollo@comun\u0435.it", "protocollo@comun⟨U+0435⟩.it"],
    ["Niccolò <\u0430nna@pec.it>, Bruno <b@p\u0435c.it>", "Niccolò <⟨U+0430⟩nna@pec.it>, Bruno <b@p⟨U+0435⟩c.it>"],
    ["nessun indirizzo è qui", "nessun indirizzo è qui"],
  ])("tells letters of other alphabets in an address: %j", (text, shown) => {
    expect(visibleAddress(text)).toBe(shown);
  });

  it("cuts stacked accents, which would paint over other lines", () => {
    expect(visibleText(`e${"\u0301".repeat(50)}`).shown).toBe("e\u0301\u0301\u0301\u0301…");
  });

  it("caps what is shown and keeps the whole for the tooltip", () => {
    const long = "x".repeat(SHOWN_LENGTH + 1);
    expect(visibleText(long)).toEqual({ shown: `${"x".repeat(SHOWN_LENGTH)}…`, full: long });
  });

  it("caps the tooltip too, and works on no more than that", () => {
    const { full } = visibleText("x".repeat(5_000_000));
    expect(full).toBe(`${"x".repeat(FULL_LENGTH)}…`);
  });

  it("never cuts through a pair of surrogates", () => {
    expect(visibleText("ab😀cd", 3).shown).toBe("ab…");
  });

  it("keeps lines and tabs of a block, of any length", () => {
    expect(visibleBlock("a\r\n\tb\u202e\n")).toBe("a\n\tb⟨U+202E⟩\n");
    expect(visibleBlock("y".repeat(10_000))).toHaveLength(10_000);
  });
});
