// Belongs here: everything that is known about a message before anything is judged (design §3, first layer).
// Does NOT belong here: how it is gathered (see gather-facts.ts), what follows from it (see checks.ts).
import type { ChainResult } from "../chain/chain-result.ts";
import type { RevocationReason, UnknownCode } from "../chain/check-revocation.ts";
import type { SignedDataResult, SignerFacts } from "../cms/signed-data.ts";
import type { Daticert, DaticertResult } from "../daticert/daticert.ts";
import type { MessageKind } from "../envelope/envelope.ts";
import type { IssuingAuthority } from "../trust/find-issuing-key.ts";
import type { LocalProof } from "./local-record.ts";

export type RevocationFacts =
  | { readonly status: "NOT_ASKED" }
  /** Times in milliseconds UTC, as in RevocationResult. */
  | { readonly status: "GOOD"; readonly thisUpdate: number; readonly nextUpdate: number }
  | { readonly status: "UNKNOWN"; readonly code: UnknownCode }
  | {
      readonly status: "REVOKED";
      readonly time: number;
      readonly invalidityDate: number | null;
      readonly reason: RevocationReason;
      readonly thisUpdate: number;
    };

export interface AssessedSigner {
  readonly facts: SignerFacts;
  /** `null` when the signer's certificate is not at hand. */
  readonly chain: ChainResult | null;
  /** Whose key issued the certificate; `null` when no path passed. */
  readonly authority: IssuingAuthority | null;
  /** rfc822Names of the certificate. */
  readonly addresses: readonly string[];
  readonly revocation: RevocationFacts;
  /** Since when every issue of the issuing authority is revoked, milliseconds UTC; `null`: it is not, as far as is known. */
  readonly authorityRevokedAt: number | null;
}

/** An address field of the top-level header: how often it occurs and which addresses a reader would take from it. */
export interface AddressFacts {
  readonly occurrences: number;
  readonly addresses: readonly string[];
  /** Display name of the first address. */
  readonly displayName: string;
  /** Why the field cannot be relied on, as a stable code; `null` when well formed. */
  readonly defect: string | null;
}

/** How something that no provider signed passes itself off as a provider's; `found` is what does it. */
export interface Imitation {
  readonly code:
    | "SEALED_MESSAGE_INSIDE" // it carries a PEC message, whose seal does not cover it
    | "NO_SERVICE_DOMAIN" // `posta-certificata@` at a domain where no provider has its service mailbox, such as one of its users'
    | "SERVICE_ADDRESS" // a provider's own address, which anybody can write
    | "DISPLAY_NAME" // a provider's address in the name only
    | "SUBJECT"; // the prefix that providers put before subjects
  readonly found: string;
}

export interface MessageFacts {
  /** The moment taken as now, milliseconds UTC. */
  readonly now: number;
  readonly kind: MessageKind | null;
  readonly claims: boolean;
  /** What makes it look like a provider's message, or adds to its claim, although no signature is there; `null`: nothing, or there is one. */
  readonly imitation: Imitation | null;
  /** The value of an unknown `X-Ricevuta` or `X-Trasporto`. */
  readonly unrecognized: string | null;
  readonly conflictingClaims: boolean;
  /** Limits of the MIME reader met outside the original message, which its writer may make as large as they like. */
  readonly limitsReached: readonly string[];
  /** Why other readers may see another sender or other parts than the ones compared here (see MimeAmbiguity). */
  readonly ambiguities: readonly string[];
  /** The header announces an S/MIME signature. */
  readonly signatureAnnounced: boolean;
  /** `null`: there is no signature to read. */
  readonly cms: SignedDataResult | null;
  /** The signed part is the whole message, nothing before, after or around it. */
  readonly coversWholeMessage: boolean;
  /** The deciding signer first. */
  readonly signers: readonly AssessedSigner[];
  /** t of trust-policy §4.1. */
  readonly validationTime: number;
  readonly validationTimeSource: "SIGNING_TIME" | "DATICERT" | "NOW";
  readonly from: AddressFacts;
  readonly sender: AddressFacts;
  readonly replyTo: AddressFacts;
  /** Addresses of To and Cc together. */
  readonly recipients: readonly string[];
  readonly header: {
    readonly from: string;
    readonly subject: string;
    readonly messageId: string | null;
    readonly referenceMessageId: string | null;
    readonly date: string;
    /** `null`: missing or unreadable. */
    readonly dateInstant: number | null;
    /** All values of those fields that stand there more than once and may not (RFC 5322 §3.6), by lower-case name. */
    readonly repeated: ReadonlyMap<string, readonly string[]>;
    /** Some server has passed it on (RFC 5321 §4.4): whoever reads it received it. */
    readonly wasReceived: boolean;
  };
  readonly daticertCount: number;
  readonly daticertResult: DaticertResult | null;
  readonly daticert: Daticert | null;
  /** Header of `postacert.eml`; `null` when there is none. */
  readonly original: {
    readonly from: AddressFacts;
    readonly messageId: string | null;
    readonly subject: string;
  } | null;
  /** When this very signature was first seen intact on this computer, milliseconds UTC; `null`: no such record. */
  readonly recordedAt: number | null;
  /** The same by an imported file alone (see LocalRecord). */
  readonly toldAt: number | null;
  /** What is known of this very signature on this computer; `null`: it is not intact, or nobody asked. */
  readonly proof: LocalProof | null;
}
