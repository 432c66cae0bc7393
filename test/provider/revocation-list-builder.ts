// Belongs here: certificate revocation lists for tests (RFC 5280 §5). Does NOT belong here: which certificate is revoked (see test-authority.ts).
import { createPublicKey, type KeyObject } from "node:crypto";
import {
  encodeName,
  keyIdentifier,
  signatureAlgorithmIdentifier,
  signBytes,
  type NameInput,
} from "./certificate-builder.ts";
import {
  bitString,
  context,
  contextPrimitive,
  enumerated,
  generalizedTime,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  time,
} from "./der.ts";

const REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  certificateHold: 6,
} as const;

export interface RevokedEntry {
  readonly serial: number | bigint;
  /** Milliseconds since 1970, UTC. */
  readonly revocationDate: number;
  readonly reason?: keyof typeof REASONS;
  readonly invalidityDate?: number;
}

export interface RevocationListDescription {
  readonly issuer: NameInput;
  readonly issuerPrivateKey: KeyObject;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly number: number;
  readonly revoked: readonly RevokedEntry[];
}

const extension = (oid: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(oid), octetString(value));

/** DER of a complete list, signed with SHA-256. */
export function buildRevocationList(description: RevocationListDescription): Uint8Array {
  const { issuerPrivateKey } = description;
  const algorithm = signatureAlgorithmIdentifier(issuerPrivateKey, "SHA-256");
  const entries = description.revoked.map(({ serial, revocationDate, reason, invalidityDate }) => {
    const extensions = [
      ...(reason === undefined ? [] : [extension("2.5.29.21", enumerated(REASONS[reason]))]),
      ...(invalidityDate === undefined ? [] : [extension("2.5.29.24", generalizedTime(invalidityDate))]),
    ];
    return sequence(
      integer(serial),
      time(revocationDate),
      ...(extensions.length === 0 ? [] : [sequence(...extensions)]),
    );
  });
  const list = sequence(
    integer(1),
    algorithm,
    encodeName(description.issuer),
    time(description.thisUpdate),
    time(description.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    context(
      0,
      sequence(
        extension("2.5.29.35", sequence(contextPrimitive(0, keyIdentifier(createPublicKey(issuerPrivateKey))))),
        extension("2.5.29.20", integer(description.number)),
      ),
    ),
  );
  return sequence(list, algorithm, bitString(signBytes(issuerPrivateKey, "SHA-256", list)));
}
