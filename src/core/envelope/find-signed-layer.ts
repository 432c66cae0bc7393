// Belongs here: whether and where a message is signed with S/MIME (RFC 8551 §3.5, RFC 1847 §2.1). Claims only.
// Does NOT belong here: the signature itself (see core/cms).
import type { MimePart } from "../mime/mime-part.ts";
import type { SignedLayer } from "./envelope.ts";

const SIGNATURE_TYPES: ReadonlySet<string> = new Set(["application/pkcs7-signature", "application/x-pkcs7-signature"]);
/** Types under which the signature itself is found; anything else is shown by some reader as a part like any other. */
const SIGNATURE_PART_TYPES: ReadonlySet<string> = new Set([...SIGNATURE_TYPES, "application/octet-stream"]);
const CMS_TYPES: ReadonlySet<string> = new Set(["application/pkcs7-mime", "application/x-pkcs7-mime"]);

/**
 * The signed layer at the top of a message, else the first among the root's direct children. The latter never covers the
 * whole message: somebody wrapped other parts around it (a mailing list, or a forger who shows unsigned text as sealed).
 */
export function findSignedLayer(root: MimePart): SignedLayer | null {
  const whole = signedLayerAt(root, true);
  if (whole !== null || !root.contentType.value.startsWith("multipart/")) return whole;
  for (const child of root.children) {
    const layer = signedLayerAt(child, false);
    if (layer !== null) return layer;
  }
  return null;
}

function signedLayerAt(part: MimePart, coversWholeMessage: boolean): SignedLayer | null {
  const { value, parameters } = part.contentType;
  if (CMS_TYPES.has(value) && parameters.get("smime-type")?.toLowerCase() === "signed-data") {
    return { form: "opaque", container: part, coversWholeMessage };
  }
  const [content, signature, ...extraParts] = part.children;
  if (value !== "multipart/signed" || content === undefined || signature === undefined) return null;
  if (!announces(parameters.get("protocol"), signature.contentType.value)) return null;
  return { form: "detached", content, signature, container: part, coversWholeMessage, extraParts };
}

/**
 * Whether protocol and type of the second part say S/MIME with one voice: under another protocol readers hand the message to another
 * verifier, which divides it in its own way. RFC 1847 §2.1 demands the parameter; a relay that dropped it leaves no doubt as long as
 * the part itself says what it is.
 */
function announces(protocol: string | undefined, signatureType: string): boolean {
  if (protocol === undefined) return SIGNATURE_TYPES.has(signatureType);
  return SIGNATURE_TYPES.has(protocol.toLowerCase()) && SIGNATURE_PART_TYPES.has(signatureType);
}
