// Belongs here: the hashes that stand for attachments in a brief receipt (RFC 6109 §3.3.2.2, pec-messages §6).
// Does NOT belong here: what agreement or disagreement means (see compare-content.ts).
//
// The rules contradict themselves on which bytes are hashed, so every documented form is tried, and the one that agrees is told.
import { canonicalContent } from "../cms/canonical-content.ts";
import { decodeBody, decodeBodyStart } from "../mime/decode-body.ts";
import { hexadecimal } from "../pki/asn1-values.ts";
import { digest, type DigestAlgorithm } from "../pki/digest.ts";
import type { ContentPart } from "./content-parts.ts";

/** Which bytes of the sent part the provider had hashed. */
export type HashedForm =
  "decoded" | "encoded-crlf" | "encoded-crlf-final" | "encoded-lf" | "encoded-lf-final" | "encoded-one-line";

const HASH_SUFFIX = ".hash";
/** Hexadecimal digits of SHA-1; of SHA-256 should a provider have moved (not documented). */
const ALGORITHM_OF_LENGTH: ReadonlyMap<number, DigestAlgorithm> = new Map([
  [40, "SHA-1"],
  [64, "SHA-256"],
]);
/** Room for one hash and white space around it. */
const HASH_PART_BYTES = 200;

export interface BriefHash {
  readonly algorithm: DigestAlgorithm;
  /** Lower-case hexadecimal. */
  readonly value: string;
  /** Name of the part it stands for. */
  readonly name: string;
}

/** The hash that a part of a brief receipt is; `null`: the part is content of its own. */
export function readHash(bytes: Uint8Array, { part, contentType, name }: ContentPart): BriefHash | null {
  if (contentType !== "text/plain" || name?.toLowerCase().endsWith(HASH_SUFFIX) !== true) return null;
  const text = String.fromCharCode(...decodeBodyStart(bytes, part, HASH_PART_BYTES).subarray(0, HASH_PART_BYTES));
  const value = text.trim().toLowerCase();
  const algorithm = ALGORITHM_OF_LENGTH.get(value.length);
  if (algorithm === undefined || !/^[0-9a-f]+$/.test(value)) return null;
  return { algorithm, value, name: name.slice(0, -HASH_SUFFIX.length) };
}

/** Every hash that a part of the sent copy may have been given, by its value. The form that is tried first wins where two agree. */
export async function possibleHashes(
  bytes: Uint8Array,
  part: ContentPart,
  algorithm: DigestAlgorithm,
): Promise<ReadonlyMap<string, HashedForm>> {
  const hashes = new Map<string, HashedForm>();
  for (const [form, content] of hashedForms(bytes, part)) {
    const value = hexadecimal(await digest(algorithm, content));
    if (!hashes.has(value)) hashes.set(value, form);
  }
  return hashes;
}

/**
 * In the order of pec-messages §6. An attached message is not encoded: its decoded form is its bytes. The provider had hashed what came
 * over the wire, with CRLF; a mailbox file may keep LF, which decoding takes over from all but base64.
 */
function* hashedForms(bytes: Uint8Array, { part }: ContentPart): Generator<readonly [HashedForm, Uint8Array]> {
  const content = canonicalContent(bytes, part.body);
  yield ["decoded", decodeBody(bytes, part)];
  yield ["decoded", decodeBody(content, { ...part, body: { start: 0, end: content.length } })];
  const bare = withoutFinalLineEnds(content);
  // Lines that were empty at the end of a text belong to it; those after the last line of base64 do not.
  for (const encoded of bare.length === content.length ? [content] : [bare, content]) {
    yield ["encoded-crlf", encoded];
    yield ["encoded-crlf-final", joined(encoded, [0x0d, 0x0a])];
    const withLf = encoded.filter((byte, index) => byte !== 0x0d || encoded[index + 1] !== 0x0a);
    yield ["encoded-lf", withLf];
    yield ["encoded-lf-final", joined(withLf, [0x0a])];
  }
  yield ["encoded-one-line", content.filter((byte) => byte !== 0x0d && byte !== 0x0a)];
}

function withoutFinalLineEnds(content: Uint8Array): Uint8Array {
  let end = content.length;
  while (end > 0 && (content[end - 1] === 0x0a || content[end - 1] === 0x0d)) end--;
  return content.subarray(0, end);
}

function joined(content: Uint8Array, end: readonly number[]): Uint8Array {
  const result = new Uint8Array(content.length + end.length);
  result.set(content);
  result.set(end, content.length);
  return result;
}
