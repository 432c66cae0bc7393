import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../lab/project-root.ts";
import { collectKeys } from "./collect-keys.ts";
import { parse, sourceFiles } from "./source-files.ts";

interface Message {
  readonly message: string;
  readonly description?: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}
type Messages = Readonly<Record<string, Message>>;

const read = async (locale: string) =>
  JSON.parse(await readFile(join(projectRoot, "_locales", locale, "messages.json"), "utf8")) as Messages;
const italian = await read("it");
const english = await read("en");
const both: readonly (readonly [string, Messages])[] = [
  ["it", italian],
  ["en", english],
];

/** `$NAME$` in the text; Thunderbird does not tell upper from lower case. `$$` is a dollar sign. */
const usedPlaceholders = ({ message }: Message): readonly string[] =>
  [...message.replaceAll("$$", "").matchAll(/\$(\w+)\$/g)].map(([, name = ""]) => name.toLowerCase());

describe("both languages", () => {
  test("have the same messages", () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(italian).sort());
  });

  test("have the same placeholders, with the same contents", () => {
    for (const [key, { placeholders }] of Object.entries(italian)) {
      expect([key, english[key]?.placeholders]).toEqual([key, placeholders]);
    }
  });

  test.each(both)("%s: every message has words, and uses exactly the placeholders it declares", (_, messages) => {
    for (const [key, message] of Object.entries(messages)) {
      expect([key, message.message.trim() === ""]).toEqual([key, false]);
      const declared = Object.keys(message.placeholders ?? {}).map((name) => name.toLowerCase());
      expect([key, [...new Set(usedPlaceholders(message))].sort()]).toEqual([key, declared.sort()]);
    }
  });

  test("never say that a message was read, or that it is safe", () => {
    const wrong = /\b(letto|letti|sicur[oaie])\b/i;
    expect(Object.entries(italian).filter(([, { message }]) => wrong.test(message))).toEqual([]);
  });
});

describe("the words and the code", () => {
  const keys = collectKeys(sourceFiles().map(({ tree }) => tree));

  test("every message that the code or the manifest names is there", async () => {
    const manifest = await readFile(join(projectRoot, "manifest.json"), "utf8");
    const named = [...keys.named, ...[...manifest.matchAll(/__MSG_(\w+)__/g)].map(([, key = ""]) => key)];
    expect(named.filter((key) => !(key in italian))).toEqual([]);
    expect(keys.prefixes.filter((prefix) => !Object.keys(italian).some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  test("every message is used", async () => {
    const manifest = await readFile(join(projectRoot, "manifest.json"), "utf8");
    const isUsed = (key: string): boolean =>
      keys.literals.has(key) ||
      manifest.includes(`__MSG_${key}__`) ||
      keys.prefixes.some((prefix) => key.startsWith(prefix)) ||
      keys.suffixes.some((suffix) => key.endsWith(suffix) && keys.literals.has(key.slice(0, -suffix.length)));
    expect(Object.keys(italian).filter((key) => !isUsed(key))).toEqual([]);
  });

  test("keys are found in the forms that the code uses", () => {
    const text =
      'translate("a"); sentence("b", []); const x = { labelKey: ok ? "c" : "d" }; keyOf("e", kind); translate(`f_${name}`); `${key}_named`;';
    const found = collectKeys([parse("x.ts", text)]);
    expect([...found.named].sort()).toEqual(["a", "b", "c", "d"]);
    expect([...found.prefixes].sort()).toEqual(["e_", "f_"]);
    expect(found.suffixes).toEqual(["_named"]);
  });
});
