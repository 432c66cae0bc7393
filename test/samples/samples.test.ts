// Real messages, never part of the project: read from the directory in SIGILLO_SAMPLES (pec/*.eml, rem/*.eml).
// A file name that begins with "altered-" says that its signed bytes were changed; every other PEC message is intact.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspect, shippedAuthorities } from "../../src/core/index.ts";

const directory = process.env["SIGILLO_SAMPLES"];
if (directory === undefined) throw new Error("SIGILLO_SAMPLES names no directory of samples");

const NOW = Date.UTC(2026, 10, 22);
const messages = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(directory, folder)).filter((file) => pattern.test(file));
const inspectFile = async (folder: string, file: string) =>
  inspect(new Uint8Array(readFileSync(join(directory, folder, file))), {
    now: NOW,
    anchors: await shippedAuthorities(),
  });

const KINDS = ["posta-certificata", "accettazione", "avvenuta-consegna"] as const;

describe("PEC messages", () => {
  const files = messages("pec", /\.eml$/);
  const intact = files.filter((file) => !file.startsWith("altered-"));
  const altered = files.filter((file) => file.startsWith("altered-"));

  it("are there", () => {
    expect(intact.length).toBeGreaterThan(0);
    expect(altered.length).toBeGreaterThan(0);
  });

  it.each(intact)("%s: sealed, with remarks", async (file) => {
    const { kind, seal, look, daticert, checks } = await inspectFile("pec", file);
    expect(kind).toBe(KINDS.find((name) => file.includes(name)));
    expect(checks.filter((check) => check.outcome === "FAILED")).toEqual([]);
    expect(seal.indication).toBe("TOTAL-PASSED");
    expect(seal.subIndication).toBeNull();
    expect(seal.remarks).toEqual(
      expect.arrayContaining(["SHA1_DIGEST", "CERTIFICATE_EXPIRED_SINCE", "REVOCATION_NOT_CHECKED"]),
    );
    expect(seal.remarks).not.toContain("USER_ADDED_ANCHOR");
    expect(look).toBe("sealed-with-remarks");
    expect(daticert?.tipo).toBe(kind);
  });

  it.each(altered)("%s: the content does not match the seal", async (file) => {
    const { seal, signature, look } = await inspectFile("pec", file);
    expect(seal).toEqual({ indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] });
    expect(signature).toMatchObject({ indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE" });
    expect(look).toBe("not-valid");
  });
});

describe("REM messages", () => {
  const files = messages("rem", /^REM_.*\.eml$/);

  it.each(files)("%s: recognised, not yet verifiable", async (file) => {
    const { kind, seal, signature, look } = await inspectFile("rem", file);
    expect(kind).toBe("rem");
    expect(seal).toMatchObject({ indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" });
    expect(signature).toMatchObject({ indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" });
    expect(look).toBe("cannot-be-verified");
  });
});
