// Belongs here: text from strangers for files that leave the add-on: what has no shape is shown as its code point.
// Does NOT belong here: escaping for a format (see evidence/html-text.ts, table-line.ts), text on our pages (see src/pages/visible-text.ts).

/** Attack: characters that turn the direction of what follows, join what should be apart, or cannot be seen at all. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** Attack: dozens of stacked accents paint over the lines above and below. No language needs more than a few. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

export function visibleCharacters(text: string): string {
  return text
    .replace(
      INVISIBLE,
      (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
    )
    .replace(STACKED_MARKS, "$1…");
}
