// Belongs here: the words of _locales outside Thunderbird, as its own reader fills them. Does NOT belong here: any word.
import { readFile } from "node:fs/promises";

export type Language = "it" | "en";

interface LocaleMessage {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** Rejects when the project's own file is not there. */
export async function readWords(language: Language): Promise<(key: string, values?: readonly string[]) => string> {
  const file = new URL(`../../_locales/${language}/messages.json`, import.meta.url);
  const messages = JSON.parse(await readFile(file, "utf8")) as Readonly<Record<string, LocaleMessage>>;
  return (key, values = []) => {
    const entry = messages[key];
    if (entry === undefined) throw new Error(`No message ${key}`);
    // Named placeholders become `$1`, …, and all of them are filled in one pass: a value that looks like one stays what it is.
    const numbered = entry.message.replace(
      /\$(\w+)\$/g,
      (_, name: string) => entry.placeholders?.[name.toLowerCase()]?.content ?? "",
    );
    return numbered.replace(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? "");
  };
}
