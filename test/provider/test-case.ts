// Belongs here: the shape of a test case and the usual expectations (trust-policy §4.3). Does NOT belong here: the cases.
import type { MessageKind } from "../../src/core/envelope/envelope.ts";
import type { Indication, SubIndication } from "../../src/core/verdict/indication.ts";
import type { Look, Remark } from "../../src/core/verdict/inspection.ts";
import { at } from "./local-time.ts";

export interface Expected {
  readonly kind: MessageKind | null;
  /** Remarks compare as sets. */
  readonly seal: {
    readonly indication: Indication | "NONE";
    readonly subIndication: SubIndication | null;
    readonly remarks: readonly Remark[];
  };
  readonly signature: { readonly indication: Indication; readonly subIndication: SubIndication | null } | null;
  readonly look: Look;
}

/** What can be said of the signed bytes without any trust: `broken` digest or signature, `unreadable` CMS or MIME, `unsigned`. */
export type Integrity = "intact" | "broken" | "unreadable" | "unsigned";

/** Expectations hold with the test authorities (demo-authorities.ts) treated as shipped, and revocation not asked. */
export interface TestCase {
  /** Unique; says what is special or wrong. */
  readonly name: string;
  readonly description: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  readonly integrity: Integrity;
  readonly expected: Expected;
}

/** The moment taken as now, unless a case needs another. */
export const DEMO_NOW = at("2026-11-20T10:00:00+01:00");

const LOOKS_OF_FAILURE = { "TOTAL-FAILED": "not-valid", INDETERMINATE: "cannot-be-verified" } as const;

const REVOCATION_NOT_ASKED = { indication: "INDETERMINATE", subIndication: "TRY_LATER" } as const;

/** A seal that passes; `strict` is the strict sub-indication when something stronger than "revocation not asked" holds. */
export function passes(
  kind: MessageKind,
  remarks: readonly Remark[] = [],
  strict: SubIndication = "TRY_LATER",
): Expected {
  const look = kind === "anomalia" ? "neutral" : remarks.length === 0 ? "sealed" : "sealed-with-remarks";
  return {
    kind,
    seal: { indication: "TOTAL-PASSED", subIndication: null, remarks: ["REVOCATION_NOT_CHECKED", ...remarks] },
    signature: { indication: "INDETERMINATE", subIndication: strict },
    look,
  };
}

/** Both verdicts end alike. */
export function fallsBoth(
  kind: MessageKind,
  indication: "TOTAL-FAILED" | "INDETERMINATE",
  subIndication: SubIndication,
): Expected {
  return {
    kind,
    seal: { indication, subIndication, remarks: [] },
    signature: { indication, subIndication },
    look: LOOKS_OF_FAILURE[indication],
  };
}

/** Only the seal falls: the signature is technically what it would be (default: revocation not asked). */
export function sealFalls(
  kind: MessageKind,
  subIndication: SubIndication,
  signature: Expected["signature"] = REVOCATION_NOT_ASKED,
): Expected {
  return {
    kind,
    seal: { indication: "TOTAL-FAILED", subIndication, remarks: [] },
    signature,
    look: "not-valid",
  };
}

/** A message that claims nothing. */
export function claimsNothing(signature: Expected["signature"] = null): Expected {
  return { kind: null, seal: { indication: "NONE", subIndication: null, remarks: [] }, signature, look: "none" };
}
