// Belongs here: whether the message in a receipt is the one that was sent, in words: same, differs, cannot be compared (pec-messages §6).
// Does NOT belong here: comparing (core/receipts), drawing. A difference is never called a forgery.
import type { ComparedPart, ContentDifference } from "../../core/index.ts";
import type { ContentReport } from "../../messages.ts";
import type { Sentence, Value } from "../sentence.ts";
import { joined } from "../sent/sent-values.ts";
import { foreign, keyOf, phrase, sentence } from "../values.ts";

export interface ContentView {
  readonly outcome: "same" | "differs" | "not-comparable";
  readonly sentence: Sentence;
  readonly differences: readonly Sentence[];
  readonly hint: Sentence | null;
}

/** A message of many parts is not listed whole in one sentence. */
const PARTS_NAMED = 6;

export function describeContent(report: ContentReport): ContentView {
  if (report.state === "not-comparable") return notComparable(report.code);
  const { comparison } = report;
  switch (comparison.outcome) {
    case "same":
      return {
        outcome: "same",
        sentence: sentence("content_same", partsOf(comparison.parts)),
        differences: [],
        hint: null,
      };
    case "differs":
      return {
        outcome: "differs",
        sentence: sentence("content_differs"),
        differences: comparison.differences.map(differenceOf),
        hint: sentence("content_differs_hint"),
      };
    case "not-comparable":
      return notComparable(comparison.code, ...(comparison.parts.length === 0 ? [] : [partsOf(comparison.parts)]));
  }
}

function notComparable(code: string, ...values: readonly Value[]): ContentView {
  const said = sentence(keyOf("content_not_comparable", code), ...values);
  return { outcome: "not-comparable", sentence: said, differences: [], hint: null };
}

function partsOf(parts: readonly ComparedPart[]): Value {
  const named = parts.slice(0, PARTS_NAMED).map(partOf);
  return joined(parts.length > PARTS_NAMED ? [...named, foreign("…")] : named, "sent_list_pair");
}

function partOf({ name, contentType, hashedForm }: ComparedPart): Value {
  const named = name !== null ? foreign(name) : isText(contentType) ? phrase("content_text") : foreign(contentType);
  return hashedForm === null ? named : phrase("content_hashed", named);
}

const isText = (contentType: string): boolean => contentType.startsWith("text/");

function differenceOf(difference: ContentDifference): Sentence {
  if (difference.what === "field") {
    const { name, sent, returned } = difference;
    return sentence("content_field", foreign(name), foreign(sent), foreign(returned));
  }
  return sentence(keyOf("content", difference.what), partOf(difference.part));
}
