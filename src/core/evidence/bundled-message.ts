// Belongs here: what a bundle keeps in mind of each message that is in it, for report and manifest. Does NOT belong here: how it gets there
// (see evidence-bundle.ts).
import type { LedgerEntry } from "../receipts/ledger-entry.ts";
import type { ReceiptKind } from "../receipts/receipt.ts";
import type { SentStatus } from "../receipts/sent-status.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import type { Inspection } from "../verdict/inspection.ts";
import type { OpensslCheck } from "./openssl-check.ts";

/** `sent-copy`: the copy that the sender kept; `receipt`: of a sent message; `message`: any other. */
export type EvidenceRole = "sent-copy" | "receipt" | "message";

export interface BundledMessage {
  /** Counted from 1. */
  readonly number: number;
  readonly role: EvidenceRole;
  /** Paths in the bundle; `null`: there is none. */
  readonly file: string;
  readonly daticertFile: string | null;
  readonly chainFile: string | null;
  readonly anchorFile: string | null;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal, of the file. */
  readonly sha256: string;
  /** Without the text of the certification data, which may have megabytes and stands in a file of its own. */
  readonly inspection: Inspection;
  readonly openssl: OpensslCheck | null;
}

/** A message that should be in the bundle and is not. */
export interface EvidenceGap {
  readonly role: EvidenceRole;
  /**
   * `gone`: in no folder any more; `absent`: never was in one; `unreadable`: not downloaded and the server does not answer, or damaged;
   * `too-large` by itself; `no-room`: beside the others.
   */
  readonly why: "gone" | "absent" | "unreadable" | "too-large" | "no-room" | "internal";
  /** Of a receipt. */
  readonly kind: ReceiptKind | null;
  /** Subject, and whatever else it can be recognised by; nobody vouches for it. */
  readonly subject: string;
  readonly messageId: string;
  /** Milliseconds UTC; `null`: not known. */
  readonly date: number | null;
}

/** A sent message with what its receipts say, at the time of the bundle. */
export interface EvidenceOfSent {
  readonly entry: LedgerEntry;
  readonly status: SentStatus;
}

/** A certificate of the bundle, or revocation data, and where it lies. */
export interface BundledFile {
  readonly file: string;
  readonly sha256: string;
}

/** An authority that a path in the bundle ends at. */
export interface BundledAnchor extends BundledFile {
  /** Lower-case hexadecimal SHA-256 of the certificate itself (DER), as authorities publish it. */
  readonly certificateSha256: string;
}

export interface EvidenceFacts {
  /** Milliseconds UTC. */
  readonly createdAt: number;
  /** Of this program. */
  readonly version: string;
  readonly authorities: TrustedAuthorities;
  /** DER of lists and OCSP answers that were at hand. */
  readonly revocation: { readonly crls: readonly Uint8Array[]; readonly ocspResponses: readonly Uint8Array[] };
}

/** Everything that report and manifest are made of. */
export interface EvidenceContents {
  readonly facts: EvidenceFacts;
  readonly messages: readonly BundledMessage[];
  readonly sent: readonly EvidenceOfSent[];
  readonly gaps: readonly EvidenceGap[];
  readonly anchors: readonly BundledAnchor[];
  readonly revocationFiles: readonly (BundledFile & {
    readonly kind: "list" | "ocsp";
    readonly issuer: string | null;
    /** Milliseconds UTC. */
    readonly thisUpdate: number | null;
  })[];
}
