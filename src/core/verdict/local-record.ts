// Belongs here: what is kept of a verification, so that a later one may rest on it (trust-policy §4.2): a proof of existence for the person, not for a court.
// Does NOT belong here: where records are kept (ports/), what follows from one (see checks.ts).
import type { Indication } from "./indication.ts";

/** Hashes and times only: no address, no subject, nothing of the mail. About 200 bytes. */
export interface LocalRecord {
  /** Key: lower-case hexadecimal SHA-256 of the SignerInfo's signature value. */
  readonly signatureSha256: string;
  /** Lower-case hexadecimal SHA-256 of the signed bytes in the form that was signed (CRLF). */
  readonly signedSha256: string;
  /** Lower-case hexadecimal SHA-256 of the certificates' DER; `null`: no path was found. */
  readonly signerSha256: string;
  readonly issuerSha256: string | null;
  /** t of trust-policy §4.1, milliseconds UTC. */
  readonly validationTime: number;
  /** When this computer first found the signature intact, or got the record in a file, milliseconds UTC, by its own clock: since then it was there. */
  readonly firstVerifiedAt: number;
  /**
   * An earlier verification that only a file tells of which the person imported, milliseconds UTC; missing: none. It makes up for age, and
   * for nothing that a thief could gain by who made the file.
   */
  readonly toldAt?: number;
  /** The strict verdict then. */
  readonly indication: Indication;
  /** Latest revocation data that called the signer's certificate good, milliseconds UTC (thisUpdate); `null`: none was asked. */
  readonly notRevokedAt: number | null;
}

/** Looked up by the signature, which is known only once the message is read. */
export interface LocalRecords {
  find(signatureSha256: string): Promise<LocalRecord | null>;
}

/** All lower-case hexadecimal. */
export type SignatureIdentity = Pick<LocalRecord, "signatureSha256" | "signedSha256" | "signerSha256">;

export interface LocalProof {
  readonly identity: SignatureIdentity;
  /** `null`: there is none that can be believed. */
  readonly record: LocalRecord | null;
}
