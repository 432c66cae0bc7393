// Belongs here: which words are said of what is found in a message being written. Does NOT belong here: drawing (see draw-compose.ts).
import type { SendingFinding } from "../../core/index.ts";
import type { Sentence } from "../sentence.ts";
import { sizeText } from "../size-text.ts";
import { foreign, keyOf, own, sentence } from "../values.ts";

export interface SendingWords {
  readonly title: Sentence;
  readonly why: Sentence;
}

export function describeSending({ id, about, values }: SendingFinding, locale: string): SendingWords {
  const named = foreign(about.join(", "));
  const number = (index: number) => own(new Intl.NumberFormat(locale).format(Number(values[index] ?? 0)));
  const bytes = (index: number) => own(sizeText(Number(values[index] ?? 0), locale));
  const text = (index: number): string => String(values[index] ?? "");
  const title = keyOf("sending", id, "title");
  const why = keyOf("sending", id, "why");
  switch (id) {
    case "no-to":
    case "no-subject":
    case "provider-subject":
      return { title: sentence(title), why: sentence(why) };
    case "ordinary-server":
      return { title: sentence(title, foreign(text(0))), why: sentence(why) };
    case "from-differs":
      return { title: sentence(title, named), why: sentence(why, foreign(text(0))) };
    case "too-many-recipients":
      return {
        title: sentence(title, number(0)),
        why: text(2) === "" ? sentence(why, number(1)) : sentence(`${why}_of`, own(text(2)), number(1)),
      };
    case "too-large":
      return {
        title:
          Number(values[1]) > 1 ? sentence(`${title}_times`, bytes(0), number(1), bytes(2)) : sentence(title, bytes(0)),
        why: text(4) === "" ? sentence(why, bytes(3)) : sentence(`${why}_of`, own(text(4)), bytes(3)),
      };
    case "bcc":
    case "answers-provider":
    case "ordinary-recipients":
    case "copies":
    case "brief-names":
    case "lists":
      return { title: sentence(title, named), why: sentence(why) };
  }
}
