// Belongs here: _locales as Thunderbird reads them, for tests: `getMessage` over a language's file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Translate } from "../../src/pages/sentence.ts";

export interface LocaleMessage {
  readonly message: string;
  readonly description: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string; readonly example: string }>>;
}
export type LocaleMessages = Readonly<Record<string, LocaleMessage>>;

export function readMessages(language: "it" | "en"): LocaleMessages {
  const file = join(import.meta.dirname, "..", "..", "_locales", language, "messages.json");
  return JSON.parse(readFileSync(file, "utf8")) as LocaleMessages;
}

/** As Thunderbird: named placeholders become `$1` …, then all of them are filled in one pass. Throws for a key that is missing. */
export function translator(language: "it" | "en"): Translate {
  const messages = readMessages(language);
  return (key, substitutions = []) => {
    const entry = messages[key];
    if (entry === undefined) throw new Error(`No message ${key} in ${language}`);
    const numbered = entry.message.replace(/\$([a-z_]+)\$/gi, (_, name: string) => {
      const placeholder = entry.placeholders?.[name.toLowerCase()];
      if (placeholder === undefined) throw new Error(`No placeholder ${name} in ${key}`);
      return placeholder.content;
    });
    return numbered.replace(/\$(\d)/g, (_, digit: string) => {
      const value = substitutions[Number(digit) - 1];
      if (value === undefined) throw new Error(`No value for $${digit} in ${key}`);
      return value;
    });
  };
}
