// Belongs here: OCSP responses for tests (RFC 6960 §4.2). Does NOT belong here: which certificate is revoked (see the tests).
import { createHash, type KeyObject } from "node:crypto";
import {
  digestAlgorithmIdentifier,
  encodeName,
  keyIdentifier,
  signatureAlgorithmIdentifier,
  signBytes,
} from "./certificate-builder.ts";
import type { ExtensionInput, NameInput } from "./certificate-builder.ts";
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  enumerated,
  generalizedTime,
  integer,
  objectIdentifier,
  octetString,
  sequence,
} from "./der.ts";

export interface OcspAnswerDescription {
  readonly serial: number | bigint;
  readonly status:
    | "good"
    | "unknown"
    /** `reason`: number of CRLReason; default absent. */
    | { readonly revokedAt: number; readonly reason?: number };
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  readonly extensions?: readonly ExtensionInput[];
  /** Digest of both hashes; default SHA-1, as nearly every responder has it. */
  readonly digest?: "SHA-1" | "SHA-256";
}

export interface OcspResponseDescription {
  /** Who issued the certificates asked about. */
  readonly issuer: { readonly name: NameInput; readonly publicKey: KeyObject };
  readonly answers: readonly OcspAnswerDescription[];
  readonly producedAt: number;
  /** Default: the issuer's name. */
  readonly responder?: { readonly name: NameInput } | { readonly key: KeyObject };
  readonly signerPrivateKey: KeyObject;
  readonly signatureDigest?: "SHA-1" | "SHA-256";
  readonly certificates?: readonly Uint8Array[];
  readonly extensions?: readonly ExtensionInput[];
}

const EXPLICIT_EXTENSIONS = 1;

function explicitExtensions(extensions: readonly ExtensionInput[] = []): readonly Uint8Array[] {
  if (extensions.length === 0) return [];
  const list = extensions.map(({ oid, critical = false, value }) =>
    sequence(objectIdentifier(oid), ...(critical ? [boolean(true)] : []), octetString(value)),
  );
  return [context(EXPLICIT_EXTENSIONS, sequence(...list))];
}

/** The octets of the key without the header around them: what key hashes are made of. */
function publicKeyBits(key: KeyObject): Uint8Array {
  const spki = key.export({ type: "spki", format: "der" });
  // The subject key identifier is the SHA-1 of the same octets, which proves where they begin.
  const wanted = Buffer.from(keyIdentifier(key));
  for (let start = 0; start < spki.length; start++) {
    const candidate = spki.subarray(start);
    if (createHash("sha1").update(candidate).digest().equals(wanted)) return candidate;
  }
  throw new Error("no key in it");
}

function answer(description: OcspAnswerDescription, issuer: OcspResponseDescription["issuer"]): Uint8Array {
  const { status, digest = "SHA-1", nextUpdate } = description;
  const hash = (bytes: Uint8Array): Uint8Array =>
    octetString(createHash(digest.replace("-", "").toLowerCase()).update(bytes).digest());
  const certStatus =
    status === "good"
      ? contextPrimitive(0, new Uint8Array())
      : status === "unknown"
        ? contextPrimitive(2, new Uint8Array())
        : context(
            1,
            generalizedTime(status.revokedAt),
            ...(status.reason === undefined ? [] : [context(0, enumerated(status.reason))]),
          );
  return sequence(
    sequence(
      digestAlgorithmIdentifier(digest),
      hash(encodeName(issuer.name)),
      hash(publicKeyBits(issuer.publicKey)),
      integer(description.serial),
    ),
    certStatus,
    generalizedTime(description.thisUpdate),
    ...(nextUpdate === undefined ? [] : [context(0, generalizedTime(nextUpdate))]),
    ...explicitExtensions(description.extensions),
  );
}

/** DER of a successful response. */
export function buildOcspResponse(description: OcspResponseDescription): Uint8Array {
  const { issuer, signerPrivateKey, certificates = [], signatureDigest = "SHA-256" } = description;
  const responder = description.responder ?? { name: issuer.name };
  const data = sequence(
    "name" in responder
      ? context(1, encodeName(responder.name))
      : context(2, octetString(keyIdentifier(responder.key))),
    generalizedTime(description.producedAt),
    sequence(...description.answers.map((single) => answer(single, issuer))),
    ...explicitExtensions(description.extensions),
  );
  const basic = sequence(
    data,
    signatureAlgorithmIdentifier(signerPrivateKey, signatureDigest),
    bitString(signBytes(signerPrivateKey, signatureDigest, data)),
    ...(certificates.length === 0 ? [] : [context(0, sequence(...certificates))]),
  );
  return sequence(enumerated(0), context(0, sequence(objectIdentifier("1.3.6.1.5.5.7.48.1.1"), octetString(basic))));
}

/** DER of a response without an answer: `tryLater` 3, `unauthorized` 6, … */
export const buildOcspRefusal = (status: number): Uint8Array => sequence(enumerated(status));
