// Belongs here: names of the files in a bundle, made from what strangers wrote and from words of ours, so that any system can write them.
// Does NOT belong here: names of files that are saved one by one (see app/safe-file-name.ts), the archive (see zip-stream.ts).
//
// A name is a number of ours, then what is left of the words in plain letters: nothing else needs to be thought of. Two names are never
// the same, none is reserved, none leads out of its folder, and none has to be quoted in a command.

/** Characters of the words in a name: the file is recognised by them, and Windows allows 260 for the whole path. */
const MAX_WORDS = 48;

/** Lower-case letters and digits, joined with `-`; empty when nothing is left. */
export function plainWords(text: string, length = MAX_WORDS): string {
  // A subject may have megabytes: what comes after has no room in a name anyway.
  const plain = [...text.slice(0, 20 * length)]
    .join("")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, length).replace(/-+$/, "");
}

/** `001-accettazione-diffida`: counted from 1, so that files stand in their order wherever they are listed by name. */
export function numberedName(number: number, ...words: readonly string[]): string {
  const parts = words.map((word) => plainWords(word)).filter((part) => part !== "");
  const joined = parts.join("-").slice(0, MAX_WORDS).replace(/-+$/, "");
  return [String(number).padStart(3, "0"), joined].filter((part) => part !== "").join("-");
}
