// Belongs here: a subject that still bears a provider's prefix below a reply's own. Does NOT belong here: what providers write (see core/verdict/comparisons.ts).
import { hasTellingPrefix, sameText } from "../verdict/comparisons.ts";

/** What mail programs put before the subject of an answer or a forward. Bounded: subjects are anybody's. */
const REPLY_PREFIXES = /^(?:\s*(?:re|r|rif|aw|i|fw|fwd)\s*:\s*){1,10}/i;

const bare = (subject: string): string => subject.replace(REPLY_PREFIXES, "");

/**
 * `Re: POSTA CERTIFICATA: …`, as Thunderbird answers an envelope; not where the person's own subject begins so (pec-messages §2.5).
 *
 * @param original subject of the message that is answered
 */
export function hasProviderPrefix(subject: string, original: string): boolean {
  return hasTellingPrefix(bare(subject)) && !sameText(bare(subject), bare(original));
}
