// Belongs here: whether the message that a delivery receipt returns is the one in Sent, part by part (pec-messages §§5.3, 6).
// Does NOT belong here: seals. A difference is named, never called a forgery: a client or provider may have encoded a part anew.
import { decodeEncodedWords } from "../mime/encoded-words.ts";
import { fieldValue } from "../mime/field-value.ts";
import type { MimePart } from "../mime/mime-part.ts";
import { parseMime } from "../mime/parse-mime.ts";
import type { DigestAlgorithm } from "../pki/digest.ts";
import { sameText } from "../verdict/comparisons.ts";
import { type BriefHash, type HashedForm, possibleHashes, readHash } from "./brief-hash.ts";
import { contentParts, type ContentPart, fingerprint } from "./content-parts.ts";

export interface ComparedPart {
  /** File name; `null` for the text of the message. */
  readonly name: string | null;
  readonly contentType: string;
  /** Which form of the part a hash was found to be of; `null`: the content itself was compared. */
  readonly hashedForm: HashedForm | null;
}

export type ContentDifference =
  | { readonly what: "field"; readonly name: string; readonly sent: string; readonly returned: string }
  | { readonly what: "part-changed" | "part-missing" | "part-added"; readonly part: ComparedPart };

export type ContentComparison =
  | { readonly outcome: "same"; readonly parts: readonly ComparedPart[] }
  | { readonly outcome: "differs"; readonly differences: readonly ContentDifference[] }
  /**
   * - `HASH_UNMATCHED`: a hash of a brief receipt agrees with no known form of any part; that proves nothing (pec-messages §6).
   * - `ATTACHMENTS_REMOVED`: the person took `parts` out of the copy later; all the rest is the same.
   * - `LIMIT_REACHED`: one of the two was not read whole.
   */
  | {
      readonly outcome: "not-comparable";
      readonly code: "HASH_UNMATCHED" | "ATTACHMENTS_REMOVED" | "TOO_MANY_PARTS" | "LIMIT_REACHED";
      readonly parts: readonly ComparedPart[];
    };

/** Far more than people send; the attack is a receipt of many thousand parts, each to be hashed. */
const MAX_PARTS = 500;

/** What the sender wrote and every reader sees. Message-ID is rewritten and fields are added by the rules (pec-messages §2.7). */
const COMPARED_FIELDS = ["From", "To", "Cc", "Subject", "Date"] as const;

/** `sent`: the copy in Sent; `returned`: `postacert.eml` of a complete or brief delivery receipt. Both as stored. */
export async function compareContent(sent: Uint8Array, returned: Uint8Array): Promise<ContentComparison> {
  const parsed = [parseMime(sent), parseMime(returned)] as const;
  if (parsed.some(({ limitsReached }) => limitsReached.length > 0)) {
    return { outcome: "not-comparable", code: "LIMIT_REACHED", parts: [] };
  }
  const [{ root: sentRoot }, { root: returnedRoot }] = parsed;
  const [open, candidates] = [new Set(contentParts(sentRoot)), contentParts(returnedRoot)];
  if (open.size > MAX_PARTS || candidates.length > MAX_PARTS) {
    return { outcome: "not-comparable", code: "TOO_MANY_PARTS", parts: [] };
  }
  const same: ComparedPart[] = [];
  const unmatched: ComparedPart[] = [];
  const removed: ComparedPart[] = [];
  const differences = [...fieldDifferences(sentRoot, returnedRoot)];
  const hashes = hashesOnce(sent);
  for (const part of await takeEqual(sent, open, returned, candidates, same)) {
    const hash = readHash(returned, part);
    const named = { ...part, name: hash?.name ?? part.name };
    if (hash !== null && (await takeHashed(open, hash, hashes, same))) continue;
    if (takeRemoved(open, named)) removed.push(summary(named));
    else if (hash === null) differences.push(takeChanged(open, part));
    else unmatched.push(summary(named));
  }
  const standIns = new Set(unmatched.map(({ name }) => name));
  for (const part of open) {
    if (!standIns.has(part.name)) differences.push({ what: "part-missing", part: summary(part) });
  }
  if (differences.length > 0) return { outcome: "differs", differences };
  if (unmatched.length > 0) return { outcome: "not-comparable", code: "HASH_UNMATCHED", parts: unmatched };
  if (removed.length > 0) return { outcome: "not-comparable", code: "ATTACHMENTS_REMOVED", parts: removed };
  return { outcome: "same", parts: same };
}

const summary = ({ name, contentType }: ContentPart, hashedForm: HashedForm | null = null): ComparedPart => ({
  name,
  contentType,
  hashedForm,
});

/** Pairs parts of equal content and takes them out of `open`; gives the returned parts that are left. Order is not content. */
async function takeEqual(
  sent: Uint8Array,
  open: Set<ContentPart>,
  returned: Uint8Array,
  candidates: readonly ContentPart[],
  same: ComparedPart[],
): Promise<readonly ContentPart[]> {
  const byFingerprint = new Map<string, ContentPart[]>();
  for (const part of open) {
    const print = await fingerprint(sent, part);
    byFingerprint.set(print, [...(byFingerprint.get(print) ?? []), part]);
  }
  const left: ContentPart[] = [];
  for (const part of candidates) {
    const twin = byFingerprint.get(await fingerprint(returned, part))?.shift();
    if (twin === undefined) {
      left.push(part);
    } else {
      open.delete(twin);
      same.push(summary(twin));
    }
  }
  return left;
}

type Hashes = (part: ContentPart, algorithm: DigestAlgorithm) => Promise<ReadonlyMap<string, HashedForm>>;

/** Each part is hashed once. Attack: a receipt of hundreds of hashes that agree with nothing, and an attachment of 30 MB to try them on. */
function hashesOnce(sent: Uint8Array): Hashes {
  const known = new Map<ContentPart, Map<DigestAlgorithm, Promise<ReadonlyMap<string, HashedForm>>>>();
  return (part, algorithm) => {
    const ofPart = known.get(part) ?? new Map<DigestAlgorithm, Promise<ReadonlyMap<string, HashedForm>>>();
    known.set(part, ofPart);
    const hashes = ofPart.get(algorithm) ?? possibleHashes(sent, part, algorithm);
    ofPart.set(algorithm, hashes);
    return hashes;
  };
}

/** By value first, names second (file names may have been encoded anew): the value alone is looked for. */
async function takeHashed(
  open: Set<ContentPart>,
  { algorithm, value, name }: BriefHash,
  hashes: Hashes,
  same: ComparedPart[],
): Promise<boolean> {
  const namesakesFirst = [...open].sort((left, right) => Number(right.name === name) - Number(left.name === name));
  for (const part of namesakesFirst) {
    const form = (await hashes(part, algorithm)).get(value);
    if (form === undefined) continue;
    open.delete(part);
    same.push(summary(part, form));
    return true;
  }
  return false;
}

/** Thunderbird names a part whose content it threw away `Deleted: contratto.pdf`, and leaves one that it moved to a file its name. */
function takeRemoved(open: Set<ContentPart>, { name }: ContentPart): boolean {
  if (name === null) return false;
  const removed = [...open].filter(({ part }) => fieldValue(part, "X-Mozilla-Altered") !== null);
  const stub = removed.find((part) => part.name?.endsWith(name)) ?? removed[0];
  return stub !== undefined && open.delete(stub);
}

function takeChanged(open: Set<ContentPart>, returned: ContentPart): ContentDifference {
  const namesake = [...open].find(
    ({ name, contentType }) => name === returned.name && (name !== null || contentType === returned.contentType),
  );
  if (namesake === undefined) return { what: "part-added", part: summary(returned) };
  open.delete(namesake);
  return { what: "part-changed", part: summary(namesake) };
}

function* fieldDifferences(sent: MimePart, returned: MimePart): Generator<ContentDifference> {
  for (const name of COMPARED_FIELDS) {
    const [before, after] = [sent, returned].map((root) => decodeEncodedWords(fieldValue(root, name) ?? ""));
    if (before !== undefined && after !== undefined && !sameText(before, after)) {
      yield { what: "field", name, sent: before, returned: after };
    }
  }
}
