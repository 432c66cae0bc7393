// Belongs here: from findings to `signature`, `seal` and look (trust-policy §4.3, design §3).
// Does NOT belong here: what a finding means (see findings.ts).
import type { MessageKind } from "../envelope/envelope.ts";
import { FINDINGS, type FindingCode, type Meaning } from "./findings.ts";
import type { Indication, SubIndication } from "./indication.ts";
import type { Look, Seal } from "./inspection.ts";

export interface Decision {
  /** `null` for a message without a signature. */
  readonly signature: { readonly indication: Indication; readonly subIndication: SubIndication | null } | null;
  readonly seal: Seal;
  readonly look: Look;
}

/** Which sub-indication is told when several hold: proved alteration first, then in the order of EN 319 102-1 §5.3 (format, certificate, constraints). */
const SUB_INDICATIONS_BY_WEIGHT: readonly SubIndication[] = [
  "HASH_FAILURE",
  "SIG_CRYPTO_FAILURE",
  "FORMAT_FAILURE",
  "REVOKED",
  "NOT_YET_VALID",
  "EXPIRED",
  "CHAIN_CONSTRAINTS_FAILURE",
  "SIG_CONSTRAINTS_FAILURE",
  "NO_SIGNING_CERTIFICATE_FOUND",
  "NO_CERTIFICATE_CHAIN_FOUND",
  "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
  "CERTIFICATE_CHAIN_GENERAL_FAILURE",
  "REVOKED_CA_NO_POE",
  "REVOKED_NO_POE",
  "OUT_OF_BOUNDS_NO_POE",
  "OUT_OF_BOUNDS_NOT_REVOKED",
  "CRYPTO_CONSTRAINTS_FAILURE",
  "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
  "TRY_LATER",
];

interface Judgement {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
}

/** Worst finding wins: failed > indeterminate > passed. */
function worst(effects: readonly Meaning["seal"][]): Judgement {
  const present = effects.filter((effect) => effect !== null);
  const failures = present.filter((effect) => effect.indication === "TOTAL-FAILED");
  const decisive = failures.length > 0 ? failures : present;
  const heaviest = SUB_INDICATIONS_BY_WEIGHT.find((sub) => decisive.some((effect) => effect.subIndication === sub));
  const effect = decisive.find((candidate) => candidate.subIndication === heaviest);
  return effect ?? { indication: "TOTAL-PASSED", subIndication: null };
}

function lookOf(seal: Seal, kind: MessageKind | null, isQuiet: boolean): Look {
  switch (seal.indication) {
    case "NONE":
      return "none";
    case "TOTAL-FAILED":
      return "not-valid";
    case "INDETERMINATE":
      return "cannot-be-verified";
    case "TOTAL-PASSED":
      // The provider sealed only the wrapper; what is inside is ordinary mail (RFC 6109 §3.2.2).
      if (kind === "anomalia") return "neutral";
      return isQuiet ? "sealed" : "sealed-with-remarks";
  }
}

/**
 * Both verdicts from the same findings; neither changes the other.
 * `claims` is whether the message presents itself as PEC or REM at all; `signed` whether it carries any signature.
 * Remarks accompany only a seal that passes: a remark never stands beside a failure as if it softened it.
 */
export function decide(
  findings: readonly FindingCode[],
  { claims, signed, kind }: { readonly claims: boolean; readonly signed: boolean; readonly kind: MessageKind | null },
): Decision {
  const meanings = findings.map((code) => FINDINGS[code]);
  const signature = signed ? worst(meanings.map((meaning) => meaning.signature)) : null;
  const judged = worst(meanings.map((meaning) => meaning.seal));
  const remarks = meanings.map((meaning) => meaning.remark).filter((code) => code !== null);
  const seal: Seal = claims
    ? { ...judged, remarks: judged.indication === "TOTAL-PASSED" ? [...new Set(remarks)] : [] }
    : { indication: "NONE", subIndication: null, remarks: [] };
  const isQuiet = meanings.every((meaning) => meaning.remark === null || meaning.isQuiet);
  return { signature, seal, look: lookOf(seal, kind, isQuiet) };
}
