// Belongs here: facts about a CMS SignedData (RFC 5652 §5) over given content. Facts only: no judgement, no trust.
import type { Certificate, SignatureAlgorithm } from "../pki/certificate.ts";

export interface SignerFacts {
  /** `SHA-1`, `SHA-256`, …, or the object identifier when unknown. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** messageDigest attribute against the content. `UNSIGNED_ATTRIBUTES_ABSENT`: no signed attributes, the signature is over the content itself. */
  readonly messageDigest: "MATCH" | "MISMATCH" | "MISSING" | "UNSUPPORTED" | "UNSIGNED_ATTRIBUTES_ABSENT";
  /** The signature value under the signer's key, over the signed attributes (or the content when there are none). */
  readonly signatureValue: "VALID" | "INVALID" | "UNSUPPORTED" | "NO_CERTIFICATE";
  /** Milliseconds since 1970, UTC; `null` when absent. */
  readonly signingTime: number | null;
  readonly certificate: Certificate | null;
  /** The signature value itself: what a local record knows the signature by. */
  readonly signature: Uint8Array;
  /** Types of the unsigned attributes (countersignatures, time-stamps): they prove nothing here, and are named. */
  readonly unsignedAttributes: readonly string[];
  /** Rules of RFC 5652 §5.3 and RFC 5035 broken by the signed attributes: `CONTENT_TYPE_MISSING`, `DUPLICATE_ATTRIBUTE:<oid>`, `SIGNING_CERTIFICATE_MISMATCH`, … */
  readonly defects: readonly string[];
}

export type SignedDataResult =
  | {
      readonly outcome: "READ";
      readonly signers: readonly SignerFacts[];
      /** All certificates carried, decodable ones only, in order. */
      readonly certificates: readonly Certificate[];
      /** The CMS carries its own content beside a detached one: `SAME` or `DIFFERENT` bytes; `ONLY` for an opaque signature. */
      readonly embeddedContent: "ABSENT" | "SAME" | "DIFFERENT" | "ONLY";
      /** The content that was verified, when it came from the CMS itself (opaque form). */
      readonly content: Uint8Array | null;
      /** Lower-case hexadecimal SHA-256 of the content in the form that was signed; computed when asked, where the signature has another digest. */
      readonly contentSha256: () => Promise<string>;
    }
  /** `code`: `NOT_CMS`, `NOT_SIGNED_DATA`, `EMPTY`, `NO_SIGNER`, `TOO_LARGE`, … */
  | { readonly outcome: "MALFORMED"; readonly code: string };
