// Belongs here: CMS SignedData in code (RFC 5652 §5), right and deliberately wrong. Does NOT belong here: MIME (see sign-message.ts).
import { createPublicKey } from "node:crypto";
import {
  digestAlgorithmIdentifier,
  encodeName,
  keyIdentifier,
  signatureAlgorithmIdentifier,
} from "./certificate-builder.ts";
import {
  concat,
  context,
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
} from "./der.ts";
import { deterministicSignature, digestOf, type DigestName } from "./deterministic-signature.ts";
import type { Signer } from "./test-authority.ts";

const OID_DATA = "1.2.840.113549.1.7.1";
const OID_SIGNED_DATA = "1.2.840.113549.1.7.2";
const OID_CONTENT_TYPE = "1.2.840.113549.1.9.3";
const OID_MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const OID_SIGNING_TIME = "1.2.840.113549.1.9.5";
const OID_RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

export interface SigningOptions {
  readonly signers: readonly Signer[];
  /** Milliseconds since 1970, UTC; `null`: no such attribute. */
  readonly signingTime: number | null;
  /** Default SHA-256. */
  readonly digest?: DigestName;
  /** Default true; without, the signature is over the content itself (RFC 5652 §5.4). */
  readonly signedAttributes?: boolean;
  /** Content inside the CMS; default none (detached). */
  readonly embeddedContent?: Uint8Array;
  /** Default issuer and serial number. */
  readonly identifyBy?: "issuer-and-serial" | "key-identifier";
  /** RSA-PSS; default PKCS#1 v1.5. */
  readonly pss?: boolean;
  /** Default: each signer's certificate and what goes with it. */
  readonly certificates?: readonly Uint8Array[];
  /** A signing time written after signing: the attributes no longer are what was signed. */
  readonly signingTimeTamperedTo?: number;
}

const attribute = (oid: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(oid), setOf(value));

/** Elements of the SET OF signed attributes, sorted as DER demands. */
function signedAttributes(digest: Uint8Array, signingTime: number | null): Uint8Array {
  const set = setOf(
    attribute(OID_CONTENT_TYPE, objectIdentifier(OID_DATA)),
    attribute(OID_MESSAGE_DIGEST, octetString(digest)),
    ...(signingTime === null ? [] : [attribute(OID_SIGNING_TIME, time(signingTime))]),
  );
  return set;
}

/** The same SET under the implicit tag [0] that it has inside SignerInfo. */
const retagged = (set: Uint8Array): Uint8Array => concat(Uint8Array.of(0xa0), set.subarray(1));

function signerInfo(content: Uint8Array, signer: Signer, options: SigningOptions): Uint8Array {
  const { digest = "SHA-256", signingTime, pss = false, identifyBy = "issuer-and-serial" } = options;
  const hashed = digestOf(digest, content);
  const withAttributes = options.signedAttributes ?? true;
  const attributes = signedAttributes(hashed, signingTime);
  const written = signedAttributes(hashed, options.signingTimeTamperedTo ?? signingTime);
  const signature = deterministicSignature(signer.key, digest, withAttributes ? attributes : content, pss);
  const identifier =
    identifyBy === "key-identifier"
      ? contextPrimitive(0, keyIdentifier(createPublicKey(signer.key)))
      : sequence(encodeName(signer.issuer), integer(signer.serial));
  // Providers write plain rsaEncryption here, not the algorithm with its digest (pec-messages §4.2).
  const algorithm =
    signer.key.asymmetricKeyType === "rsa" && !pss
      ? sequence(objectIdentifier(OID_RSA_ENCRYPTION), nullValue())
      : signatureAlgorithmIdentifier(signer.key, digest, pss);
  return sequence(
    integer(identifyBy === "key-identifier" ? 3 : 1),
    identifier,
    digestAlgorithmIdentifier(digest),
    ...(withAttributes ? [retagged(written)] : []),
    algorithm,
    octetString(signature),
  );
}

/** DER of a ContentInfo with SignedData over `content`. */
export function buildSignedData(content: Uint8Array, options: SigningOptions): Uint8Array {
  const { digest = "SHA-256", signers, embeddedContent } = options;
  const certificates = options.certificates ?? signers.flatMap((signer) => [signer.certificate, ...signer.embedded]);
  return sequence(
    objectIdentifier(OID_SIGNED_DATA),
    context(
      0,
      sequence(
        integer(options.identifyBy === "key-identifier" ? 3 : 1),
        setOf(digestAlgorithmIdentifier(digest)),
        sequence(
          objectIdentifier(OID_DATA),
          ...(embeddedContent === undefined ? [] : [context(0, octetString(embeddedContent))]),
        ),
        ...(certificates.length === 0 ? [] : [context(0, ...certificates)]),
        setOf(...signers.map((signer) => signerInfo(content, signer, options))),
      ),
    ),
  );
}
