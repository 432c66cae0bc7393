// Belongs here: what a bundle takes out of a message besides the message itself: certification data, certificates, what another program
// needs to verify the signature. Does NOT belong here: any verdict (core/verdict), names of files, commands (see openssl-check.ts).
import { canonicalContent } from "../cms/canonical-content.ts";
import { openMessage, type OpenedMessage, signatureBytes, signedForms } from "../message/open-message.ts";
import { decodeBody } from "../mime/decode-body.ts";
import type { Certificate } from "../pki/certificate.ts";
import { sha256Of } from "../pki/digest.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import type { Inspection } from "../verdict/inspection.ts";

/** How the signature is handed to a program that knows S/MIME, and PEC not. */
export type SignatureForm =
  /** The message itself, as it is stored. */
  | { readonly form: "message" }
  /** Signature (DER) and what is signed, apart: the message is written in a way that other programs read otherwise, or not at all. */
  | { readonly form: "apart"; readonly signature: Uint8Array; readonly content: Uint8Array }
  /** Signature with its content inside. */
  | { readonly form: "enclosed"; readonly signature: Uint8Array };

export interface EvidenceParts {
  /** `daticert.xml`, decoded, byte for byte; `null`: there is none. */
  readonly daticert: Uint8Array | null;
  /** The path of the inspection: signer first, anchor last; only the signer when no path was found. */
  readonly chain: readonly Certificate[];
  /** `null`: there is no signature that could be read. */
  readonly signature: SignatureForm | null;
  readonly signers: number;
}

export async function evidenceParts(
  bytes: Uint8Array,
  inspection: Inspection,
  authorities: TrustedAuthorities,
): Promise<EvidenceParts> {
  const message = await openMessage(bytes);
  const { cms, daticert } = message;
  const isReadable = cms?.outcome === "READ";
  return {
    daticert: daticert && decodeBody(daticert.bytes, daticert.part),
    chain: chainOf(inspection, isReadable ? cms.certificates : [], authorities),
    signature: isReadable ? await signatureForm(bytes, message, cms.contentSha256) : null,
    signers: isReadable ? cms.signers.length : 0,
  };
}

/** The inspection names the certificates of the path; here they are found again, in the message or among those known. */
function chainOf(
  { signature }: Inspection,
  embedded: readonly Certificate[],
  { anchors, intermediates }: TrustedAuthorities,
): readonly Certificate[] {
  const known = [...embedded, ...anchors.map(({ certificate }) => certificate), ...intermediates];
  const bySha256 = new Map(known.map((certificate) => [certificate.sha256, certificate]));
  return (signature?.chain ?? []).map(({ sha256 }) => {
    const found = bySha256.get(sha256);
    if (found === undefined) throw new TypeError("A certificate of the path is neither in the message nor known");
    return found;
  });
}

async function signatureForm(
  stored: Uint8Array,
  { bytes, envelope, parse }: OpenedMessage,
  contentSha256: () => Promise<string>,
): Promise<SignatureForm | null> {
  const { signed } = envelope;
  if (signed === null) return null;
  if (signed.form === "opaque") return { form: "enclosed", signature: decodeBody(bytes, signed.container) };
  const { container, content, signature, coversWholeMessage, extraParts } = signed;
  const expected = await contentSha256();
  const isCanonical = (await sha256Of(canonicalContent(bytes, content.range))) === expected;
  const isPlain =
    bytes === stored &&
    coversWholeMessage &&
    extraParts.length === 0 &&
    parse.ambiguities.length === 0 &&
    /^application\/(?:x-)?pkcs7-signature$/.test(signature.contentType.value) &&
    PLAIN_BOUNDARY.test(container.contentType.parameters.get("boundary") ?? "");
  if (isCanonical && isPlain) return { form: "message" };
  const forms = [...signedForms(bytes, content.range)];
  for (const { content: form } of forms) {
    if ((await sha256Of(form)) === expected) return apart(bytes, signature, form);
  }
  return apart(bytes, signature, canonicalContent(bytes, content.range));
}

/** Of RFC 2046 §5.1.1, without what other readers may take for the end of the parameter. */
const PLAIN_BOUNDARY = /^[A-Za-z0-9'()+_,.\/:=?-]{1,70}$/;

const apart = (
  bytes: Uint8Array,
  signature: Parameters<typeof signatureBytes>[1],
  content: Uint8Array,
): SignatureForm => ({ form: "apart", signature: signatureBytes(bytes, signature), content });
