import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHECK_IDS } from "../../src/core/verdict/inspection.ts";
import { readMessages, type LocaleMessages } from "./messages.ts";

const it_ = readMessages("it");
const en = readMessages("en");
const source = join(import.meta.dirname, "..", "..", "src");

const placeholdersIn = (text: string) =>
  [...new Set((text.match(/\$[a-z_]+\$/gi) ?? []).map((name) => name.slice(1, -1).toLowerCase()))].sort();

describe("_locales", () => {
  it("say the same things in Italian and English, in the same order", () => {
    expect(Object.keys(en)).toEqual(Object.keys(it_));
    for (const [key, { placeholders, description }] of Object.entries(it_)) {
      expect(en[key]?.placeholders, key).toEqual(placeholders);
      expect(en[key]?.description, key).toBe(description);
    }
  });

  it.each<readonly [string, LocaleMessages]>([
    ["it", it_],
    ["en", en],
  ])("hold whole messages: %s", (_, messages) => {
    for (const [key, { message, description, placeholders = {} }] of Object.entries(messages)) {
      expect(key, "names allowed by every store").toMatch(/^[a-z0-9_]+$/);
      expect(message.trim(), key).toBe(message);
      expect(message, key).not.toBe("");
      expect(description.length, key).toBeGreaterThan(3);
      expect(placeholdersIn(message), key).toEqual(Object.keys(placeholders).sort());
      expect(
        Object.values(placeholders).map(({ content }) => content),
        key,
      ).toEqual(Object.keys(placeholders).map((__, index) => `$${String(index + 1)}`));
      expect((message.match(/\*\*/g) ?? []).length % 2, `bold closed: ${key}`).toBe(0);
    }
  });

  it("have a sentence for every outcome of every check", () => {
    for (const id of CHECK_IDS) {
      for (const outcome of ["passed", "failed", "warning", "not_done"]) {
        expect(Object.keys(it_)).toContain(`check_${id.replaceAll("-", "_")}_${outcome}`);
      }
    }
  });

  it("have every key that the source names outright", () => {
    const named = sourceFiles().flatMap((text) =>
      [...text.matchAll(/\b(?:translate|sentence|phrase|say)\(\s*"([a-z0-9_]+)"/g)].map((match) => match[1] ?? ""),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((key) => it_[key] === undefined)).toEqual([]);
  });

  it("never promise what is not proved", () => {
    for (const [key, { message }] of Object.entries(it_)) {
      expect(message, key).not.toMatch(/\b(letto|letta|sicur[oa]|ricevuto da|notificato)\b/i);
    }
  });
});

function sourceFiles(): readonly string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(source, name), "utf8"));
}
