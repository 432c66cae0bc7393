// Belongs here: what a delivery receipt proves of the content, by what it returns of the message (pec-messages §§5.3, 9).
// Does NOT belong here: comparing that content with the sent copy (see describe-content.ts).
import type { Daticert } from "../../core/index.ts";
import type { Sentence } from "../sentence.ts";
import { keyOf, sentence } from "../values.ts";

/** @param requested the kind that the sender asked for; somebody in Cc gets a receipt without the message whatever it is */
export function contentMeaning(requested: Daticert["ricevuta"], holdsMessage: boolean): readonly Sentence[] {
  if (requested === null) return [];
  // A synthetic receipt that holds a message all the same is none that the rules know.
  if (holdsMessage && requested === "sintetica") return [];
  const kind = holdsMessage || requested === "sintetica" ? requested : "none";
  const said = sentence(keyOf("meaning_content", kind));
  return kind === "completa" ? [said] : [said, sentence("meaning_content_lawyers")];
}
