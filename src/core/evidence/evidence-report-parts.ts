// Belongs here: the small parts that a report on a bundle is made of. Does NOT belong here: any section (see evidence-report.ts).
import type { Words } from "../batch/batch-words.ts";
import { visibleCharacters } from "../text/visible-characters.ts";
import { element, type HtmlContent, type HtmlElement } from "./html-text.ts";

/** Longest text of a stranger's in one place. Attack: a subject of megabytes; the file itself has all of it. */
const MAX_TEXT = 500;

const short = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`);

/** Text that strangers wrote, isolated so that its direction cannot turn ours around. */
export const foreign = (text: string): HtmlElement => element("bdi", { dir: "auto" }, visibleCharacters(short(text)));

export const code = (text: string): HtmlElement => element("code", {}, visibleCharacters(short(text)));

/** A line for a terminal. It is ours: nothing in it comes from a message but what was found to need no quotes. */
export const command = (line: string): HtmlElement => element("pre", { class: "command" }, line);

export function fact(key: string, words: Words, ...content: readonly HtmlContent[]): readonly HtmlElement[] {
  return [element("dt", {}, words(key)), element("dd", {}, content)];
}

export function paragraphs(keys: readonly string[], words: Words, name?: string): readonly HtmlElement[] {
  return keys.map((key) => element("p", name === undefined ? {} : { class: name }, words(key)));
}

export const count = (value: number, words: Words): string => new Intl.NumberFormat(words("locale_tag")).format(value);

/** @param instant milliseconds UTC */
export const utcTime = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace("T", " ")} UTC`;
