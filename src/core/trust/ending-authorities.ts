// Belongs here: which shipped authorities are about to end, so that a release with their successors comes in time (trust-policy §7, "keeping it
// fresh"). Does NOT belong here: asking anybody for the successors.
import type { TrustedAuthorities } from "./trust-types.ts";

export interface EndingAuthority {
  readonly kind: "anchor" | "issuing key";
  readonly name: string;
  /** Last moment at which new mail can be verified with it, milliseconds UTC: of a key, the end of its newest issue. */
  readonly end: number;
}

/**
 * Every authority that verifies mail of today, the one that ends first first. Those kept for the archive alone (their use ended by our own
 * data) are left out: nothing succeeds them. Old mail goes on being verified after these ends, since the certified time decides.
 */
export function currentAuthorities({
  anchors,
  issuingKeys,
  intermediates,
}: TrustedAuthorities): readonly EndingAuthority[] {
  const currentAnchors = anchors
    .filter(({ usableUntil }) => usableUntil === null)
    .map(({ certificate }): EndingAuthority => ({
      kind: "anchor",
      name: certificate.subject.text,
      end: certificate.notAfter,
    }));
  const currentKeys = issuingKeys
    .filter(({ until }) => until === null)
    .map(({ name, spkiSha256 }): EndingAuthority => ({
      kind: "issuing key",
      name,
      // A key without any issue cannot be used at all: that is an end as well.
      end: Math.max(
        0,
        ...intermediates.filter((issue) => issue.spkiSha256 === spkiSha256).map(({ notAfter }) => notAfter),
      ),
    }));
  return [...currentAnchors, ...currentKeys].toSorted((a, b) => a.end - b.end);
}

/** Those that end within `months` of `now` (milliseconds UTC), or have ended. */
export function endingAuthorities(
  authorities: TrustedAuthorities,
  now: number,
  months: number,
): readonly EndingAuthority[] {
  const limit = new Date(now);
  limit.setUTCMonth(limit.getUTCMonth() + months);
  return currentAuthorities(authorities).filter(({ end }) => end <= limit.getTime());
}
