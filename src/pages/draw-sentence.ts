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

/** A long address may break before its domain, so that it does not break in the middle of a word. */
function breakable(text: string): (VNode | string)[] {
  const at = text.lastIndexOf("@");
  if (at <= 0 || text.length <= LONG_ADDRESS || /\s/.test(text)) return [text];
  return [text.slice(0, at), h("wbr"), text.slice(at)];
}
