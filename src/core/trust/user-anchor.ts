// Belongs here: an authority that the person added, in the form that is stored, and its fingerprint (trust-policy §7, tier 2).
// Does NOT belong here: reading a file (see read-anchor-file.ts), what it makes trusted (see with-user-anchors.ts), asking and storing (see app and pages).

/** Plain JSON. Kept apart from the shipped authorities, wherever it is stored. */
export interface UserAnchor {
  /** DER of the certificate in base64. */
  readonly base64: string;
  /** Lower-case hexadecimal SHA-256 of the DER: what the person compared. Checked whenever the anchor is used. */
  readonly sha256: string;
  /** File or other origin, for the report. */
  readonly source: string;
  /** Milliseconds since 1970, UTC. */
  readonly addedAt: number;
  /** What it may vouch for. REM is kept for later: no REM seal is verified yet. */
  readonly system: "PEC" | "REM";
  /** Mail domains of the providers it may vouch for, those below them included; empty: every domain. */
  readonly domains: readonly string[];
  /** Last certified time for which it may be used, milliseconds UTC; `null`: its own validity decides. */
  readonly notAfter: number | null;
}

/** Whether what a person typed or pasted is this fingerprint; colons, blanks and case do not count. */
export function isSameFingerprint(typed: string, sha256: string): boolean {
  return typed.replace(/[\s:]/g, "").toLowerCase() === sha256;
}
