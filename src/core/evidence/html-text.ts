// Belongs here: writing a self-contained HTML file as text, for reports that leave the add-on: elements, attributes and text, all of it
// escaped, nothing that runs and nothing that refers outside. Does NOT belong here: what a report says, pages of ours (they have a DOM).
//
// There is no way to put raw HTML in: a child is text, or an element made here. Tags and attributes are two short lists, without any that
// loads, links or runs something; they are looked at again when it is written, for types do not exist then.

const INLINE_TAGS = ["span", "code", "strong", "em", "small", "bdi", "br"] as const;
const BLOCK_TAGS = [
  "main",
  "header",
  "section",
  "article",
  "footer",
  "div",
  "h1",
  "h2",
  "h3",
  "h4",
  "p",
  "pre",
  "ul",
  "ol",
  "li",
  "dl",
  "dt",
  "dd",
  "table",
  "caption",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
] as const;
const ATTRIBUTES = ["class", "id", "lang", "dir", "scope", "colspan", "rowspan", "title"] as const;

export type HtmlTag = (typeof INLINE_TAGS)[number] | (typeof BLOCK_TAGS)[number];
export type HtmlAttributes = Readonly<Partial<Record<(typeof ATTRIBUTES)[number], string>>>;

export interface HtmlElement {
  readonly tag: HtmlTag;
  readonly attributes: HtmlAttributes;
  readonly children: Iterable<HtmlContent>;
}

/** Text, an element, or nothing. */
export type HtmlContent = string | HtmlElement | null;

/** @param children may be made one by one while they are written, so that a table of any length is never there as a whole */
export function element(
  tag: HtmlTag,
  attributes: HtmlAttributes,
  children: Iterable<HtmlContent> | string = [],
): HtmlElement {
  return { tag, attributes, children: typeof children === "string" ? [children] : children };
}

export interface HtmlHead {
  /** `it`, `en`, … */
  readonly language: string;
  readonly title: string;
  /** A style sheet of our own; it may not refer to anything outside. */
  readonly style: string;
}

/** The whole file, piece by piece. The body's content is taken from the iterable only as the pieces are. */
export function* htmlDocument(head: HtmlHead, body: Iterable<HtmlContent>): Generator<string, void, undefined> {
  yield* documentStart(head);
  for (const content of body) yield* htmlText(content);
  yield DOCUMENT_END;
}

/** Should anything have got in that runs or loads, the browser refuses it as well. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Everything before the body's content: for a file that is written while its content is still being found. */
export function documentStart({ language, title, style }: HtmlHead): readonly string[] {
  if (/[<\\]|url\s*\(|@import/i.test(style)) throw new TypeError("The style sheet refers outside, or ends itself");
  return [
    `<!doctype html>\n<html lang="${attributeValue(language)}">\n<head>\n<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">\n`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n`,
    `<title>${textContent(title)}</title>\n<style>\n${style}</style>\n</head>\n<body>\n`,
  ];
}

export const DOCUMENT_END = "</body>\n</html>\n";

/** One piece of content, written. */
export function* htmlText(content: HtmlContent): Generator<string, void, undefined> {
  if (content === null) return;
  if (typeof content === "string") {
    yield textContent(content);
    return;
  }
  const { tag, attributes, children } = content;
  const isInline = isOneOf(tag, INLINE_TAGS);
  if (!isInline && !isOneOf(tag, BLOCK_TAGS)) throw new TypeError("Not an element of a report");
  yield `<${tag}${Object.entries(attributes).map(writtenAttribute).join("")}>`;
  // The only one without an end.
  if (tag === "br") return;
  // A line break right after `<pre>` is dropped by the reader (HTML §13.1.2.5), so one of our own is given up for it.
  if (tag === "pre") yield "\n";
  for (const child of children) yield* htmlText(child);
  yield isInline ? `</${tag}>` : `</${tag}>\n`;
}

function writtenAttribute([name, value]: readonly [string, string]): string {
  if (!isOneOf(name, ATTRIBUTES)) throw new TypeError("Not an attribute of a report");
  return ` ${name}="${attributeValue(value)}"`;
}

const isOneOf = (name: string, names: readonly string[]): boolean => names.includes(name);

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Not allowed in HTML text even as a reference (HTML §13.2.3.5): controls, lone surrogates, noncharacters. Attack: readers differ in what
 * they make of them. Whoever wants them seen replaces them before.
 */
const NOT_TEXT = /(?![\t\n])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

function textContent(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    .replace(NOT_TEXT, "\ufffd")
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

/** Line breaks and tabs as references: a parser would leave them, and tools that read the file line by line would not. */
function attributeValue(value: string): string {
  return textContent(value).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
