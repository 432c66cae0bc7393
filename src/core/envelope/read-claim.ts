// Belongs here: which kind of PEC or REM message a header claims (pec-messages §1.1, RFC 6109 App. A, EN 319 532-3).
// Does NOT belong here: whether the claim is true; anybody can write these fields.
import { fieldValues } from "../mime/field-value.ts";
import type { MimePart } from "../mime/mime-part.ts";
import type { MessageKind } from "./envelope.ts";

export interface Claim {
  readonly kind: MessageKind | null;
  readonly unrecognized: string | null;
  readonly conflictingClaims: boolean;
}

const RECEIPTS: ReadonlyMap<string, MessageKind> = new Map<string, MessageKind>([
  ["accettazione", "accettazione"],
  ["non-accettazione", "non-accettazione"],
  ["presa-in-carico", "presa-in-carico"],
  ["avvenuta-consegna", "avvenuta-consegna"],
  ["errore-consegna", "errore-consegna"],
  // Not in the rules, but other software knows it (pec-messages §2.1).
  ["mancata-consegna", "errore-consegna"],
  ["preavviso-errore-consegna", "preavviso-errore-consegna"],
  ["rilevazione-virus", "rilevazione-virus"],
]);

const ENVELOPES: ReadonlyMap<string, MessageKind> = new Map<string, MessageKind>([
  ["posta-certificata", "posta-certificata"],
  ["errore", "anomalia"],
]);

/** EN 319 532-3; `serviceInfo` is the name in the generic list of EN 319 522-2. */
const REM_TYPE =
  /^<?http:\/\/uri\.etsi\.org\/19522\/v1#\/ERDMessageType\/(dispatch|receipt|payload|notification|serviceInfo)>?$/i;

/**
 * Reads the header of one message, of that message only; values compare without case. Of several fields the first counts; PEC's go
 * before REM's, which may stand beside them.
 */
export function readClaim(message: MimePart): Claim {
  const receipts = fieldValues(message, "X-Ricevuta");
  const envelopes = fieldValues(message, "X-Trasporto");
  const remTypes = fieldValues(message, "REM-MessageType");
  const claimed = [
    ...receipts.map((value) => `X-Ricevuta ${value.toLowerCase()}`),
    ...envelopes.map((value) => `X-Trasporto ${value.toLowerCase()}`),
  ];
  const conflictingClaims = new Set(claimed).size > 1 || (claimed.length === 0 && new Set(remTypes).size > 1);
  const [receipt] = receipts;
  if (receipt !== undefined) {
    const kind = RECEIPTS.get(receipt.toLowerCase()) ?? null;
    return { kind, unrecognized: kind === null ? receipt : null, conflictingClaims };
  }
  const [envelope] = envelopes;
  const kind = envelope === undefined ? null : (ENVELOPES.get(envelope.toLowerCase()) ?? null);
  if (kind !== null) return { kind, unrecognized: null, conflictingClaims };
  const [remType] = remTypes;
  if (remType !== undefined) {
    return { kind: "rem", unrecognized: REM_TYPE.test(remType) ? null : remType, conflictingClaims };
  }
  return { kind: null, unrecognized: envelope ?? null, conflictingClaims };
}
