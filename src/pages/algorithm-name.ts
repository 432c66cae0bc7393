// Belongs here: names of signature algorithms in words of the person's language. Does NOT belong here: which are known (core/pki).
import type { Value } from "./sentence.ts";
import { foreign, own, phrase } from "./values.ts";

/** The core names key and digest: `ECDSA with SHA-256`. Anything else is the identifier of an unknown one. */
const KEY_AND_DIGEST = /^(.+) with (\S+)$/;

export function algorithmName(name: string): Value {
  const [, key, digest] = KEY_AND_DIGEST.exec(name) ?? [];
  return key === undefined || digest === undefined
    ? foreign(name)
    : phrase("algorithm_with_digest", own(key), own(digest));
}
