import { describe, expect, it } from "vitest";
import { safeFileName } from "../../src/app/safe-file-name.ts";

describe("safeFileName", () => {
  it.each([
    ["relazione tecnica - città.pdf", "relazione tecnica - città.pdf", "an ordinary name stays"],
    ["../../etc/passwd", "_.._etc_passwd", "no way out of the folder"],
    ["C:\\Windows\\system32\\a.dll", "C__Windows_system32_a.dll", "no drive, no path"],
    ["fattura\u202Efdp.exe", "fatturafdp.exe", "a direction override hides the extension"],
    ["a\u0000b\u0007c\u200Bd.txt", "abcd.txt", "control and zero-width characters"],
    ["  due\n\trighe  .txt", "due righe .txt", "line breaks become blanks"],
    ["CON", "_CON", "a device of Windows"],
    ["com1.pdf", "_com1.pdf", "a device of Windows with an extension"],
    ["console.pdf", "console.pdf", "not a device"],
    [".bashrc", "bashrc", "no hidden file"],
    ["file.pdf. . .", "file.pdf", "Windows drops trailing dots, and the extension would change"],
    ["%APPDATA%", "_APPDATA_", "no shell variable"],
    ["setup.lnk", "setup.lnk.download", "a link that Windows follows"],
    ["CON .txt", "_CON .txt", "a device of Windows, with a blank that it drops"],
    ["fattura.pdf\u2800\u3164\u2800.exe", "fattura.pdf.exe", "letters that show as blank"],
  ])("%j becomes %j: %s", (name, expected) => {
    expect(safeFileName(name, "allegato")).toBe(expected);
  });

  it.each(["", "   ", "...", "\u202E\u200B", ". ."])("%j leaves nothing, so the fallback is taken", (name) => {
    expect(safeFileName(name, "allegato")).toBe("allegato");
  });

  it("keeps the extension of a long name, whole characters, and a length that file systems take", () => {
    const name = safeFileName(`${"à€😀".repeat(200)}.pdf`, "allegato");
    expect(name.endsWith(".pdf")).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
    expect(name).not.toMatch(/\p{Cs}/u);
  });

  it("is no link that Windows follows once it is shortened", () => {
    for (const stem of [54, 55, 56, 57]) {
      const name = safeFileName(`${"a".repeat(stem)}.lnk.${"b".repeat(20)}`, "allegato");
      expect(name).not.toMatch(/\.lnk$/);
      expect([...name].length).toBeLessThanOrEqual(60);
    }
  });

  it("gives the same name when asked again", () => {
    for (const name of ["../x", "CON.", "a".repeat(300), "x.lnk", `${"a".repeat(90)}.lnk`, ".\u202E.pdf"]) {
      const once = safeFileName(name, "allegato");
      expect(safeFileName(once, "allegato")).toBe(once);
    }
  });
});
