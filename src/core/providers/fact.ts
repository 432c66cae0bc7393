// Belongs here: how well something about a provider is known. Does NOT belong here: the facts (operators/, sources.ts).
import type { SourceId } from "./sources.ts";

/**
 * - `documented`: stated by the provider, a reseller's own guide, a user document or Thunderbird's database of providers;
 * - `third-party`: in public code or other unofficial text; may be proposed, since the login is tested before an account is made;
 * - `inferred`: deduced from documented facts;
 * - `unverified`: general knowledge; never shown as a fact, never proposed by itself.
 */
export type Confidence = "documented" | "third-party" | "inferred" | "unverified";

/** Best first. */
const ORDER: readonly Confidence[] = ["documented", "third-party", "inferred", "unverified"];

export interface Fact {
  readonly confidence: Confidence;
  /** May be empty only when nothing is stated anywhere: inferred or unverified. */
  readonly sources: readonly SourceId[];
}

export const documented = (...sources: readonly [SourceId, ...SourceId[]]): Fact => ({
  confidence: "documented",
  sources,
});

export const thirdParty = (...sources: readonly [SourceId, ...SourceId[]]): Fact => ({
  confidence: "third-party",
  sources,
});

export const inferred = (...sources: readonly SourceId[]): Fact => ({ confidence: "inferred", sources });

export const unverified = (...sources: readonly SourceId[]): Fact => ({ confidence: "unverified", sources });

/** What may be said of a conclusion that needs all of these. */
export function weakest(...confidences: readonly [Confidence, ...Confidence[]]): Confidence {
  return confidences.reduce((a, b) => (ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b));
}

/** What may be said of a conclusion that each of these gives alone. */
export function strongest(...confidences: readonly [Confidence, ...Confidence[]]): Confidence {
  return confidences.reduce((a, b) => (ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b));
}
