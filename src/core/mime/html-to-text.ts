// Belongs here: HTML reduced to plain text. The output is text and must be treated as such: it may well contain `<`.
// Does NOT belong here: showing HTML, which this project never does.

const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["agrave", "à"],
  ["egrave", "è"],
  ["eacute", "é"],
  ["igrave", "ì"],
  ["ograve", "ò"],
  ["ugrave", "ù"],
  ["Agrave", "À"],
  ["Egrave", "È"],
  ["Eacute", "É"],
  ["Igrave", "Ì"],
  ["Ograve", "Ò"],
  ["Ugrave", "Ù"],
  ["euro", "€"],
  ["deg", "°"],
  ["ordm", "º"],
  ["ordf", "ª"],
  ["laquo", "«"],
  ["raquo", "»"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["bull", "•"],
  ["sect", "§"],
  ["copy", "©"],
]);

/** Elements whose text nobody sees. */
const HIDDEN: ReadonlySet<string> = new Set(["head", "script", "style", "title", "template", "noscript"]);
/** Elements that begin or end a line. */
const LINES: ReadonlySet<string> = new Set(
  "address article blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul".split(
    " ",
  ),
);

/** Visible text with LF line ends. One pass; no regular expression sees more than one run of text. */
export function htmlToText(html: string): string {
  // Pieces are joined at the end: to look at the end of a growing string is to copy it each time.
  const pieces: string[] = [];
  let lineEmpty = true;
  let afterBlank = true;
  const append = (raw: string): void => {
    const text = decodeReferences(raw.replace(/\s+/g, " "));
    const visible = afterBlank && text.startsWith(" ") ? text.slice(1) : text;
    if (visible === "") return;
    pieces.push(visible);
    lineEmpty = false;
    afterBlank = visible.endsWith(" ");
  };
  const breakLine = (always: boolean): void => {
    if (always || !lineEmpty) pieces.push("\n");
    lineEmpty = true;
    afterBlank = true;
  };

  let hidden: string | null = null;
  let index = 0;
  while (index < html.length) {
    const open = html.indexOf("<", index);
    const textEnd = open < 0 ? html.length : open;
    if (hidden === null && textEnd > index) append(html.slice(index, textEnd));
    if (open < 0) break;
    if (html.startsWith("<!--", open)) {
      const end = html.indexOf("-->", open + 4);
      if (end < 0) break;
      index = end + 3;
      continue;
    }
    const name = tagName(html, open + 1);
    if (name === "") {
      // A `<` that opens no tag is text, unless it opens a declaration.
      const declaration = html[open + 1] === "!" || html[open + 1] === "?" || html[open + 1] === "/";
      if (!declaration && hidden === null) append("<");
      index = declaration ? endOfTag(html, open) : open + 1;
      continue;
    }
    index = endOfTag(html, open);
    const closing = name.startsWith("/");
    const element = closing ? name.slice(1) : name;
    if (hidden !== null) {
      // `body` shows again what a `head` that is never closed would hide.
      if ((closing && element === hidden) || (element === "body" && hidden === "head")) hidden = null;
    } else if (!closing && HIDDEN.has(element)) {
      hidden = element;
    } else if (LINES.has(element)) {
      breakLine(element === "br");
    } else if (element === "td" || element === "th") {
      append(" ");
    }
  }
  return pieces
    .join("")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (typeof name === "string") return NAMED.get(name) ?? whole;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : " ";
  });
}

/** Lower-case name of the tag at `start`, with its slash; empty when no tag begins there. */
function tagName(html: string, start: number): string {
  let end = html[start] === "/" ? start + 1 : start;
  const nameStart = end;
  while (end < html.length && end - nameStart < 20 && /[A-Za-z0-9]/.test(html.charAt(end))) end++;
  return end === nameStart ? "" : html.slice(start, end).toLowerCase();
}

/** Index after the `>` that ends the tag; a `>` inside quotes does not. One that is never closed hides the rest. */
function endOfTag(html: string, open: number): number {
  let quote = "";
  for (let index = open + 1; index < html.length; index++) {
    const character = html.charAt(index);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if ((character === '"' || character === "'") && html[index - 1] === "=") {
      quote = character;
    } else if (character === ">") {
      return index + 1;
    }
  }
  return html.length;
}
