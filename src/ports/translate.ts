// Belongs here: words. `key` is a key of _locales; `substitutions` fill its placeholders in order.
export type Translate = (key: string, substitutions?: readonly string[]) => string;
