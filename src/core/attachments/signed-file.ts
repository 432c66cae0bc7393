// Belongs here: what is known of a signed file (CAdES, `.p7m`), as plain values. Does NOT belong here: reading it (see
// read-signed-file.ts). Nothing here says whom to trust: that is asked of a PEC seal alone (see core/verdict).

/**
 * `intact`: what was signed is this content, by the key of this certificate. `altered`: the content is another one. `not-authentic`: the
 * signature is not of that key. `irregular`: it is, and breaks a rule that signatures have to keep (see `code`). `unverifiable`: it cannot
 * be computed, or the certificate is missing.
 */
export type FileIntegrity = "intact" | "altered" | "not-authentic" | "irregular" | "unverifiable";

export interface FileSigner {
  readonly integrity: FileIntegrity;
  /** Why it is irregular or cannot be verified; for the technically minded. */
  readonly code: string | null;
  /** `null`: the certificate is not in the file. */
  readonly certificate: {
    /** The name of the person or office; the whole subject where it has none. */
    readonly name: string;
    /** The person's number, as Italian certificates have it: `TINIT-` and the fiscal code. */
    readonly number: string | null;
    readonly organization: string | null;
    /** Name of the authority that issued it. */
    readonly issuer: string;
    readonly subject: string;
    readonly serial: string;
    /** Milliseconds UTC. */
    readonly notBefore: number;
    readonly notAfter: number;
    readonly sha256: string;
  } | null;
  /** As the signer's own computer stated it, milliseconds UTC; `null`: it did not. */
  readonly signingTime: number | null;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** There are countersignatures, or time-stamps, beside it: they are named, not verified. */
  readonly hasCountersignatures: boolean;
  readonly hasTimeStamp: boolean;
}

/** One signed file within another, outermost first: who signs a signed file signs all of it. */
export interface SignedLayer {
  readonly signers: readonly FileSigner[];
}

/** Why nothing, or nothing more, could be read. */
export type SignedFileTrouble =
  /** No signed file: something else, an encrypted one, or damaged. */
  | "not-signed"
  | "encrypted"
  /** Only the signature; the document is elsewhere. */
  | "detached"
  | "too-large"
  | "too-many-signers"
  | "damaged"
  /** Signed again and again, more often than anybody does: what is inside is handed out as it is. */
  | "too-deep";

export interface SignedFile {
  readonly layers: readonly SignedLayer[];
  /** Of the document inside all layers; `null`: there is none. */
  readonly content: { readonly bytes: Uint8Array; readonly sha256: string } | null;
  readonly trouble: SignedFileTrouble | null;
  /** What exactly was wrong; for the technically minded. */
  readonly code: string | null;
}
