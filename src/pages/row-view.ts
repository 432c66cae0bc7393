// Belongs here: what a message comes to in one line, as data: a shape, its tone, a sentence.
// Does NOT belong here: which line a message has (see message/describe-row.ts, sent/describe-sent-row.ts), the shapes (see glyph.ts).
import type { Sentence } from "./sentence.ts";

/** The drawing at the head of the row: what happened, as a shape; and of a signed document, whether it is intact. */
export type Glyph =
  | "envelope"
  | "accepted"
  | "delivered"
  | "waiting"
  | "refused"
  | "relayed"
  | "virus"
  | "plain"
  | "document-intact"
  | "document-broken"
  | "fault"
  | "unknown";

/** `bad`: it did not arrive; `late`: it may still arrive. Colour only repeats what glyph and words say. */
export type Tone = "plain" | "late" | "bad";

export interface RowView {
  readonly glyph: Glyph;
  readonly tone: Tone;
  readonly sentence: Sentence;
}
