// Belongs here: sentences and values as nodes. Does NOT belong here: which sentence is said (see message/describe-report.ts).
import { piecesOf, type Sentence, type Translate, type Value } from "./sentence.ts";
import { h, type VNode } from "./view.ts";

/** A sentence with its values in place; text of the mail is isolated, so that its direction cannot reorder ours. */
export function drawSentence(sentence: Sentence, translate: Translate): (VNode | string)[] {
  return piecesOf(sentence, translate).map(({ content, strong }) => {
    const nodes = typeof content === "string" ? [content] : drawValue(content, translate);
    return strong ? h("strong", nodes) : h("span", nodes);
  });
}

export function drawValue(value: Value, translate: Translate): (VNode | string)[] {
  switch (value.type) {
    case "foreign":
      return [
        h(
          "bdi",
          { attrs: { dir: "auto", ...(value.full === null ? {} : { title: value.full }) } },
          breakable(value.text),
        ),
      ];
    case "own":
      return [value.text];
    case "sentence":
      // Named by its key, so that a time can be kept on one line.
      return [h(`span.${value.sentence.key}`, drawSentence(value.sentence, translate))];
  }
}

/** Longer addresses rarely fit in the rest of a line. */
const LONG_ADDRESS = 24;

/** A long address may break before its domain; no address breaks after a hyphen, unless it is longer than the line (see `.unbroken` in page.css). */
function breakable(text: string): (VNode | string)[] {
  if (!text.includes("@")) return [text];
  return text.split(/(\s+)/).flatMap((word) => {
    const at = word.lastIndexOf("@");
    if (at <= 0) return [word];
    if (word.length <= LONG_ADDRESS) return [unbroken(word)];
    return [unbroken(word.slice(0, at)), h("wbr"), unbroken(word.slice(at))];
  });
}

function unbroken(word: string): VNode | string {
  return word.includes("-") ? h("span.unbroken", word) : word;
}
