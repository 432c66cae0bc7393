// Belongs here: opening a message as far as its signed content: MIME, envelope, CMS, the parts inside (design §2, "A message").
// Does NOT belong here: trust and judgement (see core/chain, core/verdict).
import { canonicalContent } from "../cms/canonical-content.ts";
import { withoutFromQuoting } from "../cms/without-from-quoting.ts";
import { readSignedData } from "../cms/read-signed-data.ts";
import type { SignedDataResult } from "../cms/signed-data.ts";
import type { Envelope, SignedParts } from "../envelope/envelope.ts";
import { originalMessageBytes } from "../envelope/original-message-bytes.ts";
import { readEnvelope } from "../envelope/read-envelope.ts";
import { readSignedParts } from "../envelope/read-signed-parts.ts";
import { decodeBase64 } from "../mime/base64.ts";
import { decodeBody } from "../mime/decode-body.ts";
import { fieldValue } from "../mime/field-value.ts";
import type { ByteRange, MimeAmbiguity, MimeLimit, MimeParse, MimePart } from "../mime/mime-part.ts";
import { parseMime } from "../mime/parse-mime.ts";

/** A part together with the bytes that its ranges point into. */
export interface LocatedPart {
  readonly bytes: Uint8Array;
  readonly part: MimePart;
}

export interface OpenedMessage {
  /** What was opened, as it was signed: without the `>` of mbox files, where that is what the signature is over. Ranges point into it. */
  readonly bytes: Uint8Array;
  readonly parse: MimeParse;
  /** Of the message, and of the content of an opaque signature. */
  readonly ambiguities: readonly MimeAmbiguity[];
  /** Limits met outside the original message, of the message and of the content of an opaque signature. */
  readonly limitsReached: readonly MimeLimit[];
  readonly envelope: Envelope;
  /** `null`: there is no signature to read. */
  readonly cms: SignedDataResult | null;
  readonly daticert: LocatedPart | null;
  readonly daticertCount: number;
  /** The original message: `bytes` are those that the ranges of its root point into. */
  readonly original: LocatedPart | null;
}

const NO_PARTS: SignedParts = { parts: [], daticert: null, daticertCount: 0, postacert: null };

const LF = 0x0a;
const CR = 0x0d;

/**
 * The forms in which the signed bytes may have been signed, likeliest first. A form counts only when its digest matches, which proves that
 * it is what was signed: with CRLF line ends (RFC 8551 §3.1.1); with the `>` taken away that mbox files put before lines beginning with
 * "From ", in both variants (RFC 4155); exactly as stored, for content that was signed with bare LF. Where the first line ends with CRLF,
 * most often all of them do: then the bytes are tried as they are, before anybody looks at every line.
 */
export function* signedForms(bytes: Uint8Array, range: ByteRange): Generator<SignedForm> {
  const stored = bytes.subarray(range.start, range.end);
  const firstLineEnd = stored.indexOf(LF);
  const beginsCanonical = firstLineEnd < 0 || stored[firstLineEnd - 1] === CR;
  if (beginsCanonical) yield { content: stored, isUnquoted: false };
  const canonical = canonicalContent(bytes, range);
  const isChanged = canonical.length !== stored.length;
  if (isChanged || !beginsCanonical) yield { content: canonical, isUnquoted: false };
  const unquoted = withoutFromQuoting(canonical, "mboxrd");
  if (unquoted !== null) yield { content: unquoted, isUnquoted: true };
  const less = unquoted && withoutFromQuoting(canonical, "mboxo");
  if (less !== null && less.length !== unquoted?.length) yield { content: less, isUnquoted: true };
  if (isChanged && !beginsCanonical) yield { content: stored, isUnquoted: false };
}

export interface SignedForm {
  readonly content: Uint8Array;
  /** It lacks characters that the stored message has. */
  readonly isUnquoted: boolean;
}

/** Without signed attributes the signature value is over the content itself, and says what the digest says otherwise. */
const hasMismatch = (result: SignedDataResult): boolean =>
  result.outcome === "READ" &&
  result.signers.some(
    ({ messageDigest, signatureValue }) =>
      messageDigest === "MISMATCH" || (messageDigest === "UNSIGNED_ATTRIBUTES_ABSENT" && signatureValue === "INVALID"),
  );

/** First byte of a DER or BER SEQUENCE, as every CMS begins (RFC 5652 §3). */
const SEQUENCE = 0x30;

/** The CMS in a signature part. Base64 without the field that says so is seen from relays that drop fields; DER is never text. */
export function signatureBytes(bytes: Uint8Array, signature: MimePart): Uint8Array {
  const body = decodeBody(bytes, signature);
  if (fieldValue(signature, "Content-Transfer-Encoding") !== null || body[0] === SEQUENCE) return body;
  const decoded = decodeBase64(body);
  return decoded[0] === SEQUENCE ? decoded : body;
}

/** `unquoted`: the signed bytes, where they lack characters that the stored message has. */
interface ReadCms {
  readonly cms: SignedDataResult | null;
  readonly unquoted: Uint8Array | null;
}

async function readCms(bytes: Uint8Array, { signed }: Envelope): Promise<ReadCms> {
  if (signed === null) return { cms: null, unquoted: null };
  if (signed.form === "opaque") {
    return { cms: await readSignedData(decodeBody(bytes, signed.container), null), unquoted: null };
  }
  const signature = signatureBytes(bytes, signed.signature);
  let first: SignedDataResult | null = null;
  for (const { content, isUnquoted } of signedForms(bytes, signed.content.range)) {
    const cms = await readSignedData(signature, content);
    if (!hasMismatch(cms)) return { cms, unquoted: isUnquoted ? content : null };
    first ??= cms;
  }
  return { cms: first, unquoted: null };
}

function replaced(bytes: Uint8Array, { start, end }: ByteRange, content: Uint8Array): Uint8Array {
  const result = new Uint8Array(start + content.length + bytes.length - end);
  result.set(bytes.subarray(0, start));
  result.set(content, start);
  result.set(bytes.subarray(end), start + content.length);
  return result;
}

/** The message inside `postacert`. In an identity encoding it is already in the tree; otherwise it is decoded and read. */
function openOriginal(bytes: Uint8Array, postacert: MimePart): LocatedPart {
  const inTree = postacert.children[0];
  if (postacert.contentType.value === "message/rfc822" && inTree !== undefined) return { bytes, part: inTree };
  const decoded = originalMessageBytes(bytes, postacert);
  return { bytes: decoded, part: parseMime(decoded).root };
}

/** Reads everything down to the parts inside the signature. Verifies the signature's own facts, judges nothing; never fails. */
export async function openMessage(bytes: Uint8Array): Promise<OpenedMessage> {
  const parse = parseMime(bytes);
  const envelope = readEnvelope(bytes, parse);
  const { cms, unquoted } = await readCms(bytes, envelope);
  // Attack: a `>` before lines of a sealed message makes what its sender wrote look like a quotation, or hides a field. The digest forgives
  // it, so what is shown and handed out is what it was found right for. Only once: there it stands as it was signed.
  if (unquoted !== null && envelope.signed?.form === "detached") {
    return openMessage(replaced(bytes, envelope.signed.content.range, unquoted));
  }
  let holder = bytes;
  let parts: SignedParts = { ...envelope, parts: envelope.parts ?? [] };
  let inside: MimeParse | null = null;
  if (envelope.signed?.form === "opaque") {
    const content = cms?.outcome === "READ" ? cms.content : null;
    holder = content ?? bytes;
    inside = content && parseMime(content);
    parts = content && inside ? readSignedParts(content, inside.root, envelope.kind) : NO_PARTS;
  }
  const { daticert, daticertCount, postacert } = parts;
  return {
    bytes,
    parse,
    ambiguities: [...parse.ambiguities, ...(inside?.ambiguities ?? [])],
    limitsReached: [...parse.outerLimitsReached, ...(inside?.outerLimitsReached ?? [])],
    envelope,
    cms,
    daticert: daticert && { bytes: holder, part: daticert },
    daticertCount,
    original: postacert && openOriginal(holder, postacert),
  };
}
