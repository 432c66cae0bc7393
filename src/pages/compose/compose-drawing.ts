// Belongs here: what all parts of the page of a window to write in are drawn with.
import { drawOutcome as outcomeOf } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import type { Sentence, Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { ComposeDeeds, ComposeState } from "./compose-state.ts";

export interface ComposeDrawing {
  readonly translate: Translate;
  readonly locale: string;
  readonly deeds: ComposeDeeds;
}

export function drawParagraph(selector: string, said: Sentence, { translate }: ComposeDrawing): VNode {
  return h(selector, drawSentence(said, translate));
}

/** What came of using the control named `at`. */
export function drawOutcome(at: string, state: ComposeState, { translate }: ComposeDrawing): VNode | null {
  return outcomeOf(at, state, translate, "compose_loading");
}
