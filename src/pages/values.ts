// Belongs here: making values and keys for the view model. Does NOT belong here: choosing sentences (see describe-*.ts).
import type { Sentence, Value } from "./sentence.ts";
import { visibleAddress, visibleText } from "./visible-text.ts";

/** Text from the mail: made visible, capped, isolated when drawn. */
export function foreign(text: string, shownLength?: number): Value {
  const { shown, full } = visibleText(text, shownLength);
  return { type: "foreign", text: shown, full };
}

/** An address from the mail, or text with one in it (see `visibleAddress`). */
export function foreignAddress(text: string): Value {
  return foreign(visibleAddress(text));
}

export function own(text: string): Value {
  return { type: "own", text };
}

export function phrase(key: string, ...values: readonly Value[]): Value {
  return { type: "sentence", sentence: sentence(key, ...values) };
}

export function sentence(key: string, ...values: readonly Value[]): Sentence {
  return { key, values };
}

/** Keys of _locales may hold letters, digits and `_` only, without case. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join("_").toLowerCase().replaceAll("-", "_");
}
