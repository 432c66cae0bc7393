// Belongs here: making text from strangers safe to look at: control and direction characters become visible, length is capped.
// Does NOT belong here: isolation in the page (`<bdi>`, see draw-sentence.ts). Text never becomes HTML anywhere, so nothing is escaped here.

/** Longest text shown in a line; the rest stands in the tooltip. Longer ones push the facts that matter out of sight. */
export const SHOWN_LENGTH = 300;
/** Longest tooltip. A header field may hold megabytes, and a tooltip of that size freezes the window. */
export const FULL_LENGTH = 4_000;

/**
 * Attack: characters without a shape of their own change what a person reads without changing what is there: direction overrides
 * turn `fdp.exe` around, zero-width characters make two addresses look the same, line breaks forge a second line.
 * Cc, Cf, Zl, Zp, lone surrogates, private use, fillers that show as blank, and every space but the plain and the no-break one.
 * The zero-width joiner is left alone where it holds an emoji together (a family), and only there.
 */
const INVISIBLE =
  /(?!(?<=[\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}])\u200d\p{Extended_Pictographic})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u2000-\u200a\u202f\u205f\u3000]/gu;

/** Attack: dozens of stacked accents paint over the lines above and below. No language needs more than a few. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

export interface VisibleText {
  readonly shown: string;
  /** The whole text when `shown` is cut, itself cut at `FULL_LENGTH`; otherwise `null`. */
  readonly full: string | null;
}

/** Replaces what has no shape by its code point, such as `⟨U+202E⟩`. Work is bounded by `FULL_LENGTH`. */
export function visibleText(text: string, shownLength: number = SHOWN_LENGTH): VisibleText {
  const visible = showInvisible(text.slice(0, FULL_LENGTH));
  const full = text.length > FULL_LENGTH ? `${visible}…` : visible;
  const shown = cut(full, shownLength);
  return { shown, full: shown === full ? null : full };
}

/** What stands around an `@`, without the marks that part addresses. */
const ADDRESS = /[^\s<>"(),;:]+@[^\s<>"(),;:]+/gu;

/**
 * An address, or text with addresses in it, whose letters of other alphabets are told by their code point: no address of PEC has any, and
 * no eye tells `pec.аruba.it` with a Cyrillic letter from the real one. Attack: a sealed message whose answers go to such a look-alike.
 */
export function visibleAddress(text: string): string {
  // One more than is shown, so that it is seen that there is more.
  return text
    .slice(0, FULL_LENGTH + 1)
    .replace(ADDRESS, (address) => address.replace(/[^\x00-\x7f]/gu, (character) => `⟨U+${codePoint(character)}⟩`));
}

/** As `visibleText` but of any length and with line breaks and tabs kept: for text shown as a block. */
export function visibleBlock(text: string): string {
  return text
    .split(/(\r\n|\n|\t)/)
    .map((piece) => (/^(?:\r\n|\n|\t)$/.test(piece) ? piece.replace("\r\n", "\n") : showInvisible(piece)))
    .join("");
}

function showInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) => `⟨U+${codePoint(character)}⟩`).replace(STACKED_MARKS, "$1…");
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** Cuts between code points, never through a pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const points = Array.from(text.slice(0, length + 1));
  while (points.join("").length > length) points.pop();
  return `${points.join("")}…`;
}
