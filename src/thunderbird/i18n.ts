// Belongs here: words of _locales in the language of Thunderbird.
import type { Translate } from "../ports/translate.ts";
import { messenger } from "./messenger.ts";

/** A missing key shows as itself: a gap has to be seen, and an empty label would hide it. */
export const translate: Translate = (key, substitutions = []) =>
  messenger.i18n.getMessage(key, [...substitutions]) || key;
