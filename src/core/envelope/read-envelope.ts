// Belongs here: what a message claims to be and where its parts are, put together (pec-messages §1.1).
// Does NOT belong here: verification of any kind; a forged message has a perfect envelope.
import { fieldValue } from "../mime/field-value.ts";
import type { MimeParse } from "../mime/mime-part.ts";
import type { Envelope, SignedParts } from "./envelope.ts";
import { findAttachedMessages } from "./find-attached-messages.ts";
import { findSignedLayer } from "./find-signed-layer.ts";
import { readClaim } from "./read-claim.ts";
import { readSignedParts } from "./read-signed-parts.ts";

/**
 * Describes a message. Only its own header and the direct children of its signed content count, so that a PEC forwarded or
 * bounced inside never changes what the outer message is. Never fails.
 */
export function readEnvelope(bytes: Uint8Array, parse: MimeParse): Envelope {
  const { root } = parse;
  const claim = readClaim(root);
  const signed = findSignedLayer(root);
  const { parts, daticert, daticertCount, postacert }: SignedParts | OpaqueParts =
    signed?.form === "opaque" ? OPAQUE : readSignedParts(bytes, signed === null ? root : signed.content, claim.kind);
  return {
    root,
    kind: claim.kind,
    unrecognized: claim.unrecognized,
    conflictingClaims: claim.conflictingClaims,
    requestedReceipt: requestedReceiptOf(fieldValue(root, "X-TipoRicevuta")),
    signed,
    parts,
    daticert,
    daticertCount,
    postacert,
    attached: claim.kind === null ? findAttachedMessages(bytes, root) : [],
  };
}

interface OpaqueParts extends Omit<SignedParts, "parts"> {
  readonly parts: null;
}

/** The parts of an opaque signature are not known before its CMS is read. */
const OPAQUE: OpaqueParts = { parts: null, daticert: null, daticertCount: 0, postacert: null };

function requestedReceiptOf(value: string | null): Envelope["requestedReceipt"] {
  const text = value?.toLowerCase();
  return text === "completa" || text === "breve" || text === "sintetica" ? text : null;
}
