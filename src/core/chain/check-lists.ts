// Belongs here: what revocation lists say about one certificate (RFC 5280 §§5, 6.3): complete lists with their deltas, several for different reasons.
// Does NOT belong here: OCSP (see check-ocsp.ts), which answer counts when several differ (see check-revocation.ts).
import type { Certificate } from "../pki/certificate.ts";
import { equalBytes } from "../pki/asn1.ts";
import { equalNames } from "../pki/distinguished-name.ts";
import { EVERY_REASON, type ReasonFlag } from "../pki/distribution-point.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import { parseRevocationList, type RevocationList, type RevokedEntry } from "../pki/parse-revocation-list.ts";
import { verifySignature, type SignatureOutcome } from "../pki/verify-signature.ts";
import { coveredReasons } from "./list-scope.ts";
import {
  CLOCK_TOLERANCE,
  SHA1_ACCEPTED_UNTIL,
  unknown,
  type RevocationAnswer,
  type RevocationData,
  type UnknownCode,
} from "./revocation-result.ts";

/** Keys under which one list is tried beside the issuer's. Authorities have one for lists; the attack is a mail full of certificates of one name. */
const MAX_SIGNERS = 4;

/** A list that is authentic and about the certificate. */
interface UsableList {
  readonly list: RevocationList;
  readonly reasons: readonly ReasonFlag[];
  /** SPKI SHA-256 of the key that signed it. */
  readonly signer: string;
  readonly entries: readonly RevokedEntry[];
}

type Refusal = UnknownCode;
type Revoked = Extract<RevocationAnswer, { status: "revoked" }>;

/** One answer of the lists together, then why each of the others says nothing. `good` may still not reach the moment asked about. */
export async function checkLists(
  certificate: Certificate,
  issuer: Certificate,
  data: RevocationData,
): Promise<readonly RevocationAnswer[]> {
  const usable: UsableList[] = [];
  const answers: RevocationAnswer[] = [];
  for (const der of data.crls) {
    const list = readList(der);
    if (list === null) {
      answers.push(unknown("MALFORMED"));
      continue;
    }
    const reasons = coveredReasons(list, certificate);
    if (typeof reasons === "string") {
      answers.push(unknown(reasons));
      continue;
    }
    const found = await useList(list, reasons, certificate, issuer, data);
    if (typeof found === "string") answers.push(unknown(found));
    else usable.push(found);
  }
  return [...judge(usable, certificate), ...answers];
}

const lists = new WeakMap<Uint8Array, RevocationList | "MALFORMED">();

/** The list, or `null` when it cannot be read. Remembered: the issues of an authority, and the messages of a folder, are asked of the same lists. */
function readList(der: Uint8Array): RevocationList | null {
  let list = lists.get(der);
  if (list === undefined) {
    try {
      list = parseRevocationList(der);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      list = "MALFORMED";
    }
    lists.set(der, list);
  }
  return list === "MALFORMED" ? null : list;
}

async function useList(
  list: RevocationList,
  reasons: readonly ReasonFlag[],
  certificate: Certificate,
  issuer: Certificate,
  data: RevocationData,
): Promise<UsableList | Refusal> {
  if (list.thisUpdate > data.at + CLOCK_TOLERANCE) return "FUTURE";
  if (list.unknownCritical.length > 0) return "UNSUPPORTED";
  if (list.signatureAlgorithm.digest === "SHA-1" && list.thisUpdate > SHA1_ACCEPTED_UNTIL) return "WEAK_ALGORITHM";
  const signer = await findSigner(list, issuer, data);
  if ("refusal" in signer) return signer.refusal;
  try {
    const entries = list.entriesOf(certificate.serial, certificate.issuer);
    // Only a delta may release (RFC 5280 §5.3.1): what such an entry means in a complete list is anybody's guess.
    const releases = list.baseNumber === null && entries?.some(({ reason }) => reason === "removeFromCRL") === true;
    return entries === null || releases ? "UNSUPPORTED" : { list, reasons, signer: signer.spkiSha256, entries };
  } catch (error) {
    if (error instanceof MalformedError) return "MALFORMED";
    throw error;
  }
}

/** Whose key signed the list: the issuer's own (any issue of it), or that of another certificate that may. */
async function findSigner(
  list: RevocationList,
  issuer: Certificate,
  { listSigners }: RevocationData,
): Promise<{ readonly spkiSha256: string } | { readonly refusal: Refusal }> {
  if (!list.signatureAlgorithmsAgree) return { refusal: "MALFORMED" };
  let refusal: Refusal = "SIGNER_NOT_ACCEPTED";
  if (mayBeSigner(issuer, list)) {
    const outcome = await verifyList(list, issuer);
    if (outcome === "VALID") return issuer;
    refusal = outcome === "INVALID" ? "SIGNATURE_INVALID" : "UNSUPPORTED";
  }
  for (const candidate of otherSigners(list, issuer, listSigners?.candidates ?? [])) {
    if ((await verifyList(list, candidate)) !== "VALID") continue;
    if ((await listSigners?.isAcceptable(candidate)) === true) return candidate;
    refusal = "SIGNER_NOT_ACCEPTED";
  }
  return { refusal };
}

function mayBeSigner({ subject, extensions: { keyUsage } }: Certificate, list: RevocationList): boolean {
  return equalNames(subject, list.issuer) && (keyUsage === null || keyUsage.bits.includes("cRLSign"));
}

/** Each key once, the one that the list names first. */
function otherSigners(
  list: RevocationList,
  issuer: Certificate,
  candidates: readonly Certificate[],
): readonly Certificate[] {
  const named = (candidate: Certificate): boolean =>
    list.authorityKeyIdentifier !== null && candidate.extensions.subjectKeyIdentifier === list.authorityKeyIdentifier;
  const isOther = ({ spkiSha256, subject }: Certificate): boolean =>
    spkiSha256 !== issuer.spkiSha256 || !equalNames(subject, issuer.subject);
  const fitting = candidates.filter((candidate) => isOther(candidate) && mayBeSigner(candidate, list));
  return fitting.toSorted((a, b) => Number(named(b)) - Number(named(a))).slice(0, MAX_SIGNERS);
}

const outcomes = new WeakMap<RevocationList, Map<string, SignatureOutcome>>();

async function verifyList(list: RevocationList, signer: Certificate): Promise<SignatureOutcome> {
  const known = outcomes.get(list) ?? new Map<string, SignatureOutcome>();
  outcomes.set(list, known);
  const remembered = known.get(signer.spkiSha256);
  if (remembered !== undefined) return remembered;
  const outcome = await verifySignature({
    algorithm: list.signatureAlgorithm,
    parameters: list.signatureParameters,
    publicKeyInfo: signer.subjectPublicKeyInfo,
    signature: list.signature,
    data: list.tbs,
  });
  known.set(signer.spkiSha256, outcome);
  return outcome;
}

function judge(usable: readonly UsableList[], certificate: Certificate): readonly RevocationAnswer[] {
  const deltas = usable.filter(({ list }) => list.baseNumber !== null);
  const complete = usable.filter(({ list }) => list.baseNumber === null);
  const combined = complete.map((base) => combine(base, deltas));
  const used = new Set(combined.flatMap(({ delta }) => delta ?? []));
  return [
    ...combined.flatMap(({ revoked }) => revoked ?? []),
    // The authority's word, whatever list it changes; a release, though, is one only from the list that held.
    ...deltas.filter((delta) => !used.has(delta)).map((delta) => revocationIn(delta) ?? unknown("DELTA")),
    ...absence(
      combined.filter(({ revoked }) => revoked === null),
      certificate,
    ),
  ];
}

interface Combined {
  readonly reasons: readonly ReasonFlag[];
  readonly revoked: Revoked | null;
  readonly delta: UsableList | null;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly keepsExpiredSince: number;
}

/** A complete list with the newest delta that changes it (RFC 5280 §§5.2.4, 6.3.3 c, h–k). */
function combine(base: UsableList, deltas: readonly UsableList[]): Combined {
  const [delta = null] = deltas
    .filter((candidate) => changes(candidate, base))
    .toSorted((a, b) => b.list.thisUpdate - a.list.thisUpdate);
  // Expired certificates are removed as well as released ones (RFC 5280 §5.3.1): only a hold is undone by it.
  const listed = revocationIn(base);
  const isReleased =
    listed?.reason === "certificateHold" && delta?.entries.some(({ reason }) => reason === "removeFromCRL") === true;
  const parts = delta === null ? [base] : [base, delta];
  return {
    reasons: base.reasons,
    revoked: (delta && revocationIn(delta)) ?? (isReleased ? null : listed),
    delta,
    thisUpdate: Math.max(...parts.map(({ list }) => list.thisUpdate)),
    // Without an end a list answers for its own moment only (RFC 5280 §5.1.2.5 demands one).
    nextUpdate: Math.max(...parts.map(({ list }) => list.nextUpdate ?? list.thisUpdate)),
    keepsExpiredSince: base.list.keepsExpiredSince ?? Infinity,
  };
}

function changes(delta: UsableList, base: UsableList): boolean {
  const { list } = base;
  const { number, baseNumber } = delta.list;
  if (list.number === null || number === null || baseNumber === null) return false;
  return (
    baseNumber <= list.number &&
    list.number < number &&
    delta.signer === base.signer &&
    equalNames(delta.list.issuer, list.issuer) &&
    equalScopes(delta.list.issuingDistributionPointDer, list.issuingDistributionPointDer)
  );
}

function equalScopes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b);
}

/** The first revocation counts. `removeFromCRL` is none (RFC 5280 §5.3.1). */
function revocationIn({ entries, list }: UsableList): Revoked | null {
  const [first] = entries
    .filter(({ reason }) => reason !== "removeFromCRL")
    .toSorted((a, b) => a.revocationDate - b.revocationDate);
  if (first === undefined) return null;
  const { reason, revocationDate, invalidityDate } = first;
  return { status: "revoked", reason, time: revocationDate, invalidityDate, thisUpdate: list.thisUpdate };
}

/** `good` as of the oldest of the newest lists that together cover every reason (the reasons mask of RFC 5280 §6.3.3). */
function absence(lists: readonly Combined[], certificate: Certificate): readonly RevocationAnswer[] {
  if (lists.length === 0) return [];
  // CAs drop expired certificates, unless they say since when they do not (trust-policy §2).
  const speaking = lists.filter(
    ({ thisUpdate, keepsExpiredSince }) =>
      thisUpdate <= certificate.notAfter || keepsExpiredSince <= certificate.notAfter,
  );
  if (speaking.length === 0) return [unknown("EXPIRED_BEFORE")];
  const missing = new Set(EVERY_REASON);
  let thisUpdate = Infinity;
  let nextUpdate = Infinity;
  for (const list of speaking.toSorted((a, b) => b.nextUpdate - a.nextUpdate)) {
    const adds = list.reasons.filter((reason) => missing.delete(reason));
    if (adds.length === 0) continue;
    thisUpdate = Math.min(thisUpdate, list.thisUpdate);
    nextUpdate = Math.min(nextUpdate, list.nextUpdate);
  }
  return missing.size === 0 ? [{ status: "good", thisUpdate, nextUpdate }] : [unknown("SOME_REASONS")];
}
