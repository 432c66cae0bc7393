// Belongs here: what a message claims to be, and where its parts are. Claims only: nothing here is verified.
// Does NOT belong here: the verdict (see core/verdict).
import type { MimePart } from "../mime/mime-part.ts";

export type PecKind =
  | "posta-certificata"
  | "anomalia"
  | "accettazione"
  | "non-accettazione"
  | "presa-in-carico"
  | "avvenuta-consegna"
  | "errore-consegna"
  | "preavviso-errore-consegna"
  | "rilevazione-virus";

export type MessageKind = PecKind | "rem";

/** How a message is signed, if it is. */
export type SignedLayer =
  | {
      readonly form: "detached";
      /** The first child of `multipart/signed`: exactly what is signed. */
      readonly content: MimePart;
      readonly signature: MimePart;
      readonly container: MimePart;
      /** Where the container stands: `true` only when it is the whole top-level message. */
      readonly coversWholeMessage: boolean;
      /** Children of `multipart/signed` beyond the two that RFC 1847 §2.1 allows. */
      readonly extraParts: readonly MimePart[];
    }
  /** `application/pkcs7-mime; smime-type=signed-data`: the content is inside the CMS (RFC 8551 §3.5.2). */
  | { readonly form: "opaque"; readonly container: MimePart; readonly coversWholeMessage: boolean };

export interface AttachedMessage {
  /** Where it stands: child indexes from the root, such as `[1, 0]`; of the part that carries the message, not of the message. */
  readonly path: readonly number[];
  readonly part: MimePart;
  readonly fileName: string | null;
  readonly kind: MessageKind;
  /** Subject of the attached message, decoded. */
  readonly subject: string;
}

/** Where the parts of PEC stand among the direct children of the (signed) content. */
export interface SignedParts {
  /** Direct children of the content; empty when it is no `multipart/mixed`. */
  readonly parts: readonly MimePart[];
  readonly daticert: MimePart | null;
  /** How many children could be a daticert; more than one is a forgery or a defect. */
  readonly daticertCount: number;
  readonly postacert: MimePart | null;
}

/** What the top-level header claims (RFC 6109 §§2.1, 3; pec-messages §1.1). */
export interface Envelope {
  readonly root: MimePart;
  /** `null`: the message claims nothing. */
  readonly kind: MessageKind | null;
  /** Value of an `X-Ricevuta`, `X-Trasporto` or `REM-MessageType` that is none of the known ones, verbatim. */
  readonly unrecognized: string | null;
  /** Fields of PEC that claim different kinds: they cannot all be true, and other software may follow another one. */
  readonly conflictingClaims: boolean;
  /** `X-TipoRicevuta`: the delivery receipt that the sender asked for; unsigned. */
  readonly requestedReceipt: "completa" | "breve" | "sintetica" | null;
  readonly signed: SignedLayer | null;
  /**
   * The parts of the signed content, or of the message itself when nothing is signed; direct children only. `null` for an
   * opaque signature: they are inside the CMS, and come from `readSignedParts` over its content.
   */
  readonly parts: readonly MimePart[] | null;
  readonly daticert: MimePart | null;
  /** How many children could be a daticert; more than one is a forgery or a defect. */
  readonly daticertCount: number;
  readonly postacert: MimePart | null;
  /** Messages attached to a message that claims nothing and that themselves claim to be PEC or REM. */
  readonly attached: readonly AttachedMessage[];
}
