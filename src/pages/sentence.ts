// Belongs here: sentences as data: a key into _locales and the values that fill it; taking a translation apart into pieces.
// Does NOT belong here: drawing (see draw-sentence.ts), wording (see _locales), which sentence is said when (see describe-report.ts).

/** What fills a placeholder. */
export type Value =
  /** Text of the mail: isolated for direction, its invisible characters already made visible. */
  | { readonly type: "foreign"; readonly text: string; readonly full: string | null }
  /** Text of our own, such as a formatted time or a number. */
  | { readonly type: "own"; readonly text: string }
  | { readonly type: "sentence"; readonly sentence: Sentence };

export interface Sentence {
  /** Key into _locales. */
  readonly key: string;
  /** In the order of `$1`, `$2`, … of the key's placeholders. */
  readonly values: readonly Value[];
}

export type Translate = (key: string, substitutions?: readonly string[]) => string;

/** A piece of a translated sentence: text of the translation, or one of the values. */
export interface Piece {
  readonly content: string | Value;
  /** Stands between two `**` in the translation. */
  readonly strong: boolean;
}

/** Private-use characters around the number of a placeholder; translations never contain them. */
const MARK_START = "\ue000";
const MARK_END = "\ue001";
const PIECES = /\ue000(\d+)\ue001|(\*\*)/u;

/**
 * Translates with marks in place of the values and takes the result apart, so that a value can neither be read as markup nor as a
 * placeholder of the translation (attack: a subject that contains `$1` or `**`).
 */
export function piecesOf(sentence: Sentence, translate: Translate): readonly Piece[] {
  const marks = sentence.values.map((_, index) => `${MARK_START}${String(index)}${MARK_END}`);
  const tokens = translate(sentence.key, marks).split(PIECES);
  const pieces: Piece[] = [];
  let strong = false;
  // `split` with two groups yields text, mark number, strong sign, text, …
  for (let at = 0; at < tokens.length; at += 3) {
    const text = tokens[at] ?? "";
    if (text !== "") pieces.push({ content: text, strong });
    const value = sentence.values[Number(tokens[at + 1] ?? -1)];
    if (value !== undefined) pieces.push({ content: value, strong });
    if (tokens[at + 2] !== undefined) strong = !strong;
  }
  return pieces;
}

/** The whole sentence as one string, for tooltips and for reading aloud; values in full. */
export function plainText(sentence: Sentence, translate: Translate): string {
  return piecesOf(sentence, translate)
    .map(({ content }) => (typeof content === "string" ? content : plainValue(content, translate)))
    .join("");
}

export function plainValue(value: Value, translate: Translate): string {
  switch (value.type) {
    case "foreign":
      return value.full ?? value.text;
    case "own":
      return value.text;
    case "sentence":
      return plainText(value.sentence, translate);
  }
}
