import { describe, expect, it } from "vitest";
import { numberedName, plainWords } from "../../../src/core/evidence/bundle-names.ts";
import { createZipStream, isBundleName } from "../../../src/core/evidence/zip-stream.ts";

const NOTHING = new Uint8Array();
const anArchive = () =>
  createZipStream(
    () => undefined,
    0,
    () => Promise.resolve(),
  );

describe("names in a bundle", () => {
  it("keep plain letters and digits", () => {
    expect(plainWords("  È così: «fattura» n. 118/2026 ")).toBe("e-cosi-fattura-n-118-2026");
    expect(plainWords("日本語")).toBe("");
    expect(plainWords("x".repeat(1_000_000))).toHaveLength(48);
    expect(numberedName(7, "accettazione", "日本語", "Diffida")).toBe("007-accettazione-diffida");
    expect(numberedName(12)).toBe("012");
  });

  it.each([
    "../x.eml",
    "a/../x.eml",
    "/etc/passwd",
    "a//b",
    "a\\b",
    "C:x",
    "a/b/c",
    ".hidden",
    "a/.hidden",
    "x.",
    "CON",
    "a/nul.eml",
    "com1.txt",
    "",
    "a b",
    "a\u0000b",
    "è.eml",
    "a".repeat(101),
  ])("%s is none", async (name) => {
    expect(isBundleName(name)).toBe(false);
    await expect(anArchive().add(name, NOTHING)).rejects.toThrow(RangeError);
  });

  it("are there once, also where upper and lower case are the same", async () => {
    const zip = anArchive();
    await zip.add("a/B.eml", NOTHING);
    await expect(zip.add("a/b.eml", NOTHING)).rejects.toThrow(RangeError);
  });
});
