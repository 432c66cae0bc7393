// Belongs here: words of _locales. Does NOT belong here: choosing which (see pages/), the words themselves.
import { messenger } from "./messenger.ts";

/**
 * The message `key` in the language of the user interface.
 *
 * @param substitutions for `$1`, `$2`, … in this order
 * @returns the key itself when there is no such message, so that a mistake is seen instead of an empty line
 */
export function translate(key: string, substitutions: readonly string[] = []): string {
  const message = messenger.i18n.getMessage(key, [...substitutions]);
  return message === "" ? key : message;
}
