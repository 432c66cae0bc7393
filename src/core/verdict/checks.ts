// Belongs here: the questions asked of a message, each answered from facts alone (design §3, second layer).
// Does NOT belong here: severity (see findings.ts), the verdicts (see decide.ts), wording (see _locales).
import type { ChainProblem } from "../chain/chain-result.ts";
import { isCompromise } from "../chain/check-revocation.ts";
import { parseAddressList, sameAddress } from "../mime/address-list.ts";
import { asciiAddress, isAscii } from "../mime/ascii-address.ts";
import { sameIdentifier, sameText, stripSubjectPrefix } from "./comparisons.ts";
import type { FindingCode } from "./findings.ts";
import { CHECK_IDS, type Check, type CheckId, type CheckOutcome } from "./inspection.ts";
import { revocationStart } from "./assess-revocation.ts";
import type { AssessedSigner, MessageFacts, RevocationFacts } from "./message-facts.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Up to here signing time and certified time agree silently, above it is a remark, above the second limit a failure (trust-policy §4.1). */
export const TIMES_AGREE_WITHIN = HOUR;
export const TIMES_CONTRADICT_BEYOND = 24 * HOUR;
/** The Date field is written by the provider's clock at the same event; servers in another zone or a slow queue stay below this. */
export const DATE_FIELD_AGREES_WITHIN = HOUR;
/** A computer's clock may be this wrong before a time counts as future (trust-policy §4.1). */
export const CLOCK_TOLERANCE = HOUR;

/** Verdict policy that may change without a change of code (trust-policy §5). */
export interface VerdictPolicy {
  /** SHA-1 digests are refused for t from this moment on, milliseconds UTC; `null`: never, while providers still use it. */
  readonly refuseSha1From: number | null;
}
export const DEFAULT_POLICY: VerdictPolicy = { refuseSha1From: null };

interface Answer {
  readonly outcome: CheckOutcome;
  readonly findings: readonly FindingCode[];
  readonly detail: Readonly<Record<string, string>>;
}

const passed = (detail: Answer["detail"] = {}): Answer => ({ outcome: "PASSED", findings: [], detail });
const notDone = (detail: Answer["detail"] = {}): Answer => ({ outcome: "NOT_DONE", findings: [], detail });
const warning = (finding: FindingCode, detail: Answer["detail"] = {}): Answer => ({
  outcome: "WARNING",
  findings: [finding],
  detail,
});
const failure = (finding: FindingCode, detail: Answer["detail"] = {}): Answer => ({
  outcome: "FAILED",
  findings: [finding],
  detail,
});
/** The question cannot be answered from what is known: nothing is proved wrong. */
const unknown = (finding: FindingCode, detail: Answer["detail"] = {}): Answer => ({
  outcome: "NOT_DONE",
  findings: [finding],
  detail,
});

/** `null`: the question does not arise for this message. */
type Question = (facts: MessageFacts, policy: VerdictPolicy) => Answer | null;

const isoTime = (instant: number): string => new Date(instant).toISOString();
const decidingSigner = (facts: MessageFacts): AssessedSigner | null => facts.signers[0] ?? null;
/** The kinds that RFC 6109 defines: everything but REM. */
const claimsPec = (facts: MessageFacts): boolean => facts.claims && facts.kind !== "rem";
const daticertDemanded = (facts: MessageFacts): boolean => claimsPec(facts) && facts.kind !== "anomalia";

function structure(facts: MessageFacts): Answer | null {
  // Of a message that only looks like PEC nobody can say which parts it should have.
  if (facts.kind === null && facts.unrecognized === null && !facts.signatureAnnounced) return null;
  const limit = facts.limitsReached[0];
  if (limit !== undefined) return failure("UNREADABLE", { code: limit });
  const ambiguity = facts.ambiguities[0];
  if (facts.claims && ambiguity !== undefined) return failure("NOT_COVERED", { code: "AMBIGUOUS", found: ambiguity });
  if (facts.conflictingClaims) return failure("DATICERT_DISAGREES", { code: "CONFLICTING_CLAIMS" });
  if (facts.unrecognized !== null && facts.kind === null) {
    return failure("DATICERT_DISAGREES", { code: "UNRECOGNIZED_KIND", found: facts.unrecognized });
  }
  // The two kinds of envelope exist to carry a message (RFC 6109 §§3.1.3, 3.2.2).
  if (
    (facts.kind === "posta-certificata" || facts.kind === "anomalia") &&
    facts.original === null &&
    facts.cms !== null
  ) {
    return failure("DATICERT_DISAGREES", { code: "ORIGINAL_MISSING" });
  }
  return passed();
}

function signaturePresent(facts: MessageFacts): Answer | null {
  if (facts.cms !== null) return passed();
  if (facts.signatureAnnounced) return failure("UNREADABLE", { code: "SIGNATURE_PART_MISSING" });
  return facts.claims ? failure("SIGNATURE_MISSING") : null;
}

/** A counterfeit is named by what makes it look genuine; that it is not signed is said above. */
function imitation(facts: MessageFacts): Answer | null {
  if (facts.imitation === null) return null;
  const { code, found } = facts.imitation;
  return failure("SIGNATURE_MISSING", { code, found });
}

function coverage(facts: MessageFacts): Answer | null {
  if (facts.cms === null) return null;
  return facts.coversWholeMessage ? passed() : failure("NOT_COVERED");
}

/** signingCertificate names the signer's certificate by a digest that is not known here (RFC 5035 §4). */
const UNSUPPORTED_REFERENCE = "SIGNING_CERTIFICATE_UNSUPPORTED";

/**
 * RFC 6109 §2.1 knows one signer. The one whose certificate bears the sender's address decides; no other may fail, and none adds anything: whoever
 * signs beside the provider vouches for nothing that is shown. Said, without weight.
 */
function severalSigners({ signers }: MessageFacts): Answer {
  const names = signers.map(({ facts: { certificate } }) => certificate?.subject.text ?? "");
  return { outcome: "WARNING", findings: [], detail: { code: "SEVERAL_SIGNERS", found: names.join(" · ") } };
}

function cmsFormat(facts: MessageFacts): Answer | null {
  if (facts.cms === null) return null;
  if (facts.cms.outcome === "MALFORMED") return failure("UNREADABLE", { code: facts.cms.code });
  // A CMS that carries other content than the text that is shown proves nothing about that text.
  if (facts.cms.embeddedContent === "DIFFERENT") return failure("UNREADABLE", { code: "EMBEDDED_CONTENT_DIFFERS" });
  const defects = facts.signers.flatMap((signer) => signer.facts.defects);
  // What cannot be compared proves nothing wrong: another defect goes before it.
  const defect = defects.find((code) => code !== UNSUPPORTED_REFERENCE) ?? defects[0];
  if (defect === undefined) return facts.signers.length < 2 ? passed() : severalSigners(facts);
  if (defect === UNSUPPORTED_REFERENCE) return unknown("ALGORITHM_NOT_ACCEPTED", { code: defect });
  // RFC 5035 defects leave the signature readable; those of RFC 5652 §5.3 do not.
  return failure(defect.startsWith("SIGNING_CERTIFICATE") ? "SIGNED_ATTRIBUTES" : "UNREADABLE", { code: defect });
}

/** Of several signers the one that fails, by name; of one signer nothing need be said. */
function failingSigner({ signers }: MessageFacts, index: number): Answer["detail"] {
  return signers.length < 2 ? {} : { name: signers[index]?.facts.certificate?.subject.text ?? "" };
}

function messageDigest(facts: MessageFacts): Answer | null {
  if (facts.signers.length === 0) return null;
  const found = facts.signers.map((signer) => signer.facts.messageDigest);
  if (found.includes("MISMATCH")) return failure("HASH_DIFFERS", failingSigner(facts, found.indexOf("MISMATCH")));
  if (found.includes("MISSING")) return failure("UNREADABLE", { code: "MESSAGE_DIGEST_MISSING" });
  if (found.includes("UNSUPPORTED")) return unknown("ALGORITHM_NOT_ACCEPTED", algorithmDetail(facts));
  return passed();
}

function signatureValue(facts: MessageFacts): Answer | null {
  if (facts.signers.length === 0) return null;
  const found = facts.signers.map((signer) => signer.facts.signatureValue);
  if (found.includes("INVALID"))
    return failure("SIGNATURE_VALUE_WRONG", failingSigner(facts, found.indexOf("INVALID")));
  if (found.includes("UNSUPPORTED")) return unknown("ALGORITHM_NOT_ACCEPTED", algorithmDetail(facts));
  if (found.includes("NO_CERTIFICATE")) return notDone();
  return passed();
}

function algorithmDetail(facts: MessageFacts): Answer["detail"] {
  const signer = decidingSigner(facts);
  return signer === null ? {} : { digest: signer.facts.digestAlgorithm, name: signer.facts.signatureAlgorithm.name };
}

function signingCertificate(facts: MessageFacts): Answer | null {
  if (facts.signers.length === 0) return null;
  return facts.signers.some((signer) => signer.facts.certificate === null)
    ? unknown("SIGNING_CERTIFICATE_MISSING")
    : passed();
}

function signatureAlgorithms(facts: MessageFacts, policy: VerdictPolicy): Answer | null {
  const signer = decidingSigner(facts);
  if (signer === null) return null;
  const detail = algorithmDetail(facts);
  // The weaker of the two counts: the signature may use another digest than the message.
  const usesSha1 = [signer.facts.digestAlgorithm, signer.facts.signatureAlgorithm.digest].includes("SHA-1");
  if (!usesSha1) return passed(detail);
  const refused = policy.refuseSha1From !== null && facts.validationTime >= policy.refuseSha1From;
  return refused ? unknown("ALGORITHM_NOT_ACCEPTED", detail) : warning("SHA1_DIGEST", detail);
}

/** What each problem of a path means; the rest are constraints of RFC 5280 §6. */
function findingOfProblem(problem: ChainProblem): FindingCode {
  switch (problem.code) {
    case "NO_PATH":
    // Without the true issuer's key a wrong signature proves only that this is not the issuer.
    case "SIGNATURE_INVALID":
    case "BUDGET_EXHAUSTED":
    case "REVOCATION_UNKNOWN":
      return "NO_PATH";
    case "REVOKED":
      return problem.certificate === 0 ? "REVOKED_THEN" : "AUTHORITY_REVOKED";
    case "ANCHOR_USE_ENDED":
      return "ANCHOR_USE_ENDED";
    case "EXPIRED":
      return problem.certificate === 0 ? "EXPIRED_THEN" : "CHAIN_CONSTRAINTS";
    case "NOT_YET_VALID":
      return problem.certificate === 0 ? "NOT_YET_VALID_THEN" : "CHAIN_CONSTRAINTS";
    case "ALGORITHM_UNSUPPORTED":
    case "ALGORITHM_REFUSED":
      return "ALGORITHM_NOT_ACCEPTED";
    case "BASIC_CONSTRAINTS":
    case "PATH_LENGTH":
    case "KEY_USAGE":
    case "EXTENDED_KEY_USAGE":
    case "NAME_CONSTRAINTS":
    case "UNKNOWN_CRITICAL_EXTENSION":
    case "DEFECTIVE_CERTIFICATE":
    case "POLICY":
    case "EMAIL_ADDRESS":
    case "DENIED":
      return "CHAIN_CONSTRAINTS";
  }
}

const VALIDITY_FINDINGS: readonly FindingCode[] = ["EXPIRED_THEN", "NOT_YET_VALID_THEN"];

function certificatePath(facts: MessageFacts): Answer | null {
  const chain = decidingSigner(facts)?.chain ?? null;
  if (chain === null) return null;
  if (chain.outcome === "PASSED") return passed();
  // Validity of the signer's own certificate is a question of its own.
  const problems = chain.problems.filter((problem) => !VALIDITY_FINDINGS.includes(findingOfProblem(problem)));
  const first = problems[0];
  if (first === undefined) return passed();
  const findings = problems.map(findingOfProblem);
  const proved = findings.includes("CHAIN_CONSTRAINTS");
  return { outcome: proved ? "FAILED" : "NOT_DONE", findings, detail: { code: first.code, found: first.detail } };
}

function certificateAlgorithms(facts: MessageFacts): Answer | null {
  const weaknesses = decidingSigner(facts)?.chain?.weaknesses ?? null;
  if (weaknesses === null) return null;
  return weaknesses.length === 0
    ? passed()
    : { outcome: "WARNING", findings: weaknesses, detail: { code: weaknesses.join(" ") } };
}

function pecAuthority(facts: MessageFacts): Answer | null {
  const signer = decidingSigner(facts);
  const authority = signer?.authority ?? null;
  if (signer === null || authority === null || !claimsPec(facts)) return null;
  const detail = { name: signer.facts.certificate?.issuer.text ?? "" };
  switch (authority.standing) {
    case "PEC_AUTHORITY":
    case "USER_ADDED":
      return passed(detail);
    case "NEWER_PEC_AUTHORITY":
      return unknown("NEWER_PEC_AUTHORITY", { ...detail, code: authority.standing });
    case "REQUIREMENTS_MISSING":
      return failure("NOT_A_PEC_AUTHORITY", {
        ...detail,
        code: authority.missing.includes("POLICY") ? "NO_POLICY" : authority.missing.join(" "),
      });
    case "NOT_A_PEC_AUTHORITY":
      return failure("NOT_A_PEC_AUTHORITY", { ...detail, code: "UNKNOWN_ISSUING_KEY" });
  }
}

function trustOrigin(facts: MessageFacts): Answer | null {
  const anchor = decidingSigner(facts)?.chain?.anchor ?? null;
  if (anchor === null) return null;
  const detail = { name: anchor.certificate.subject.text, date: anchor.date };
  return anchor.origin === "user" ? warning("USER_ADDED_ANCHOR", detail) : passed(detail);
}

function certificateValidity(facts: MessageFacts): Answer | null {
  const signer = decidingSigner(facts);
  const certificate = signer?.facts.certificate ?? null;
  if (signer === null || certificate === null) return null;
  const detail = { notBefore: isoTime(certificate.notBefore), notAfter: isoTime(certificate.notAfter) };
  if (facts.validationTime < certificate.notBefore) return failure("NOT_YET_VALID_THEN", detail);
  if (facts.validationTime > certificate.notAfter) return failure("EXPIRED_THEN", detail);
  if (facts.now <= certificate.notAfter) return passed(detail);
  if (wasSeenBy(facts, certificate.notAfter)) return warning("EXPIRED_SINCE_RECORDED", detail);
  return warning(signer.revocation.status === "GOOD" ? "EXPIRED_SINCE_NOT_REVOKED" : "EXPIRED_SINCE", detail);
}

function revocation(facts: MessageFacts): Answer | null {
  const signer = decidingSigner(facts);
  // Of a certificate without a path nobody could say anything.
  if (signer?.chain?.outcome !== "PASSED") return null;
  const own = ownRevocation(facts, signer.revocation);
  const { authorityRevokedAt } = signer;
  if (own.outcome === "FAILED" || authorityRevokedAt === null || existedBefore(facts, authorityRevokedAt)) return own;
  return unknown("AUTHORITY_REVOKED", { code: "AUTHORITY_REVOKED", date: isoTime(authorityRevokedAt) });
}

function ownRevocation(facts: MessageFacts, found: RevocationFacts): Answer {
  switch (found.status) {
    case "GOOD":
      return knownGood(facts, found);
    case "NOT_ASKED":
      return unknown(notAskedFinding(facts), { status: "not-asked", code: found.status });
    case "UNKNOWN":
      return unknown(notAskedFinding(facts), { status: "unknown", code: found.code });
    case "REVOKED":
      return revoked(facts, found);
  }
}

/** By a record, or by what a file says of one: enough against age, from which nobody gains. */
function wasSeenBy({ recordedAt, toldAt }: MessageFacts, moment: number): boolean {
  return [recordedAt, toldAt].some((time) => time !== null && time <= moment);
}

/** The signer's certificate has ended, and the signature was seen intact before. */
function isRecordedBeforeEnd(facts: MessageFacts): boolean {
  const notAfter = facts.signers[0]?.facts.certificate?.notAfter ?? Infinity;
  return facts.now > notAfter && wasSeenBy(facts, notAfter);
}

const notAskedFinding = (facts: MessageFacts): FindingCode =>
  isRecordedBeforeEnd(facts) ? "REVOCATION_NOT_ASKED_RECORDED" : "REVOCATION_NOT_ASKED";

/**
 * The seal rests on the certified time, for which the answer was found. The strict verdict wants one that is current, unless a record proves
 * that the signature was there when the certificate was still good (EN 319 102-1 §5.6.2.2, past certificate validation).
 */
function knownGood(facts: MessageFacts, found: Extract<RevocationFacts, { status: "GOOD" }>): Answer {
  const detail = { status: "good", thisUpdate: isoTime(found.thisUpdate) };
  const suffices = facts.now <= found.nextUpdate || wasSeenBy(facts, found.thisUpdate) || isRecordedBeforeEnd(facts);
  return suffices ? passed(detail) : { outcome: "PASSED", findings: ["REVOCATION_OLDER"], detail };
}

/**
 * Proved by a record of this computer's own, and claimed by the signature itself. Attack: whoever has stolen a key makes a file of records
 * for what they seal with it.
 */
function existedBefore({ recordedAt, validationTime }: MessageFacts, moment: number): boolean {
  return recordedAt !== null && recordedAt < moment && validationTime < moment;
}

function revoked(facts: MessageFacts, found: Extract<RevocationFacts, { status: "REVOKED" }>): Answer {
  const { time, invalidityDate, reason, thisUpdate } = found;
  const detail = {
    status: "revoked",
    reason,
    date: isoTime(time),
    time: isoTime(time),
    ...(invalidityDate === null ? {} : { invalidity: isoTime(invalidityDate) }),
    thisUpdate: isoTime(thisUpdate),
  };
  const start = revocationStart(found);
  if (start > facts.validationTime || (isCompromise(reason) && time > facts.validationTime)) {
    const isRecorded = existedBefore(facts, start);
    // The thief of a key chooses the time: only a record from before the theft counts (trust-policy §2).
    if (isCompromise(reason) && !isRecorded) return unknown("KEY_COMPROMISED", detail);
    return warning(isRecorded ? "REVOKED_LATER_RECORDED" : "REVOKED_LATER", detail);
  }
  // By the provider's own word the seal was made after the revocation: no theft explains that, and no record either.
  return reason === "certificateHold" ? unknown("ON_HOLD", detail) : failure("REVOKED_THEN", detail);
}

function signerAddress(facts: MessageFacts): Answer | null {
  const signer = decidingSigner(facts);
  if (!facts.claims || signer === null || signer.facts.certificate === null) return null;
  const from = facts.from.addresses[0] ?? "";
  const detail = { expected: asciiAddress(from), found: signer.addresses.map(asciiAddress).join(", ") };
  return signer.addresses.some((address) => sameAddress(address, from))
    ? passed(detail)
    : failure("SENDER_DIFFERS", detail);
}

function fromField(facts: MessageFacts): Answer | null {
  if (!facts.claims) return null;
  const { occurrences, addresses, defect } = facts.from;
  const detail = { found: addresses.map(asciiAddress).join(", ") };
  // Providers' addresses are ASCII (RFC 6109 §2.1); letters of other alphabets are there to be taken for Latin ones.
  if (!addresses.every(isAscii)) return failure("SENDER_DIFFERS", { ...detail, code: "FOREIGN_LETTERS" });
  if (defect !== null) return failure("SENDER_DIFFERS", { ...detail, code: defect });
  if (occurrences !== 1)
    return failure("SENDER_DIFFERS", { ...detail, code: occurrences === 0 ? "MISSING" : "SEVERAL_FIELDS" });
  if (addresses.length !== 1) return failure("SENDER_DIFFERS", { ...detail, code: "SEVERAL_ADDRESSES" });
  return passed(detail);
}

function senderField(facts: MessageFacts): Answer | null {
  if (!claimsPec(facts) || facts.sender.occurrences === 0) return null;
  const { occurrences, addresses, defect } = facts.sender;
  const expected = facts.from.addresses[0] ?? "";
  const found = addresses[0] ?? "";
  const agrees = occurrences === 1 && addresses.length === 1 && defect === null && sameAddress(expected, found);
  return agrees ? passed() : failure("SENDER_DIFFERS", { expected, found: addresses.join(", ") });
}

function daticertPresent(facts: MessageFacts): Answer | null {
  if (facts.cms === null || !claimsPec(facts)) return null;
  if (facts.daticertCount > 1)
    return failure("DATICERT_DISAGREES", { code: "SEVERAL", found: String(facts.daticertCount) });
  if (facts.daticertCount === 1) return passed();
  return daticertDemanded(facts) ? failure("DATICERT_DISAGREES", { code: "MISSING" }) : null;
}

function daticertFormat(facts: MessageFacts): Answer | null {
  const result = facts.daticertResult;
  if (result === null || !claimsPec(facts)) return null;
  if (result.outcome === "MALFORMED") {
    return failure("DATICERT_DISAGREES", { code: result.code, found: result.detail });
  }
  if (result.daticert.data.offset === null) {
    return warning("TIME_ZONE_MISSING", { code: "OFFSET_MISSING" });
  }
  return passed({ found: result.daticert.deviations.join(" ") });
}

function daticertKind(facts: MessageFacts): Answer | null {
  if (facts.daticert === null || !claimsPec(facts)) return null;
  const detail = { expected: facts.daticert.tipo, found: facts.kind ?? facts.unrecognized ?? "" };
  return facts.daticert.tipo === facts.kind ? passed(detail) : failure("DATICERT_DISAGREES", detail);
}

/** Compares a certified value with one of an unsigned header; a missing header field is no contradiction. */
function againstHeader(
  certified: string | null,
  header: string | null,
  same: (a: string, b: string) => boolean,
): Answer | null {
  if (certified === null || header === null) return null;
  const detail = { expected: certified, found: header };
  return same(certified, header) ? passed(detail) : warning("HEADERS_DIFFER", detail);
}

/** A field that may stand once and stands there more often, alike or not: which of them is shown depends on the reader. */
function againstRepeated({ header }: MessageFacts, name: string, certified: string | null): Answer | null {
  const values = header.repeated.get(name);
  if (values === undefined || certified === null) return null;
  return warning("HEADERS_DIFFER", { code: "REPEATED_FIELD", expected: certified, found: values.join(" · ") });
}

const ON_BEHALF_OF = /^\s*(?:per\s+conto\s+di|on\s+behalf\s+of)\s*:?\s*(.*?)\s*$/is;

/** The one address in a piece of a display name, with or without a name of its own, quotes or brackets; `null` when there is not just one. */
function addressIn(text: string): string | null {
  const { addresses } = parseAddressList(text.replace(/^['"]|['"]$/g, ""));
  const [only, ...others] = addresses;
  return only === undefined || others.length > 0 ? null : only.address;
}

/**
 * The display name is what a message list shows as the sender, and it is not sealed: on an envelope it may name the certified sender
 * or the service mailbox, on a receipt nobody else's address (RFC 6109 §§2.1, 3.1.3).
 */
function daticertSenderDisplay(facts: MessageFacts): Answer | null {
  const name = facts.from.displayName.trim();
  if (facts.daticert === null || !claimsPec(facts)) return null;
  const service = facts.from.addresses[0] ?? "";
  if (name === "" || sameAddress(addressIn(name) ?? "", service)) return passed();
  const onBehalfOf = ON_BEHALF_OF.exec(name)?.[1] ?? null;
  if (facts.kind === "posta-certificata") {
    const { mittente } = facts.daticert;
    const agrees = onBehalfOf !== null && sameAddress(addressIn(onBehalfOf) ?? "", mittente);
    return agrees ? passed() : warning("HEADERS_DIFFER", { expected: mittente, found: name });
  }
  const namesSomebodyElse = onBehalfOf !== null || name.includes("@");
  return namesSomebodyElse ? warning("HEADERS_DIFFER", { expected: service, found: name }) : passed();
}

function daticertSenderOriginal(facts: MessageFacts): Answer | null {
  if (facts.daticert === null || facts.original === null || !claimsPec(facts)) return null;
  const { mittente } = facts.daticert;
  const { occurrences, addresses } = facts.original.from;
  const detail = { expected: mittente, found: addresses.join(", ") };
  // Nothing to compare proves nothing; another sender, or several, would show somebody else as the writer (RFC 6109 §3.1.1).
  if (addresses.length === 0) return warning("HEADERS_DIFFER", detail);
  const agrees =
    occurrences === 1 && addresses.length === 1 && sameAddress(addresses[0] ?? "", addressIn(mittente) ?? mittente);
  return agrees ? passed(detail) : failure("DATICERT_DISAGREES", detail);
}

/** Where an answer would go: certified as `risposte`, the header field itself is not sealed. */
function daticertReplyTo(facts: MessageFacts): Answer | null {
  if (facts.daticert === null || facts.kind !== "posta-certificata" || facts.replyTo.occurrences === 0) return null;
  const { risposte, mittente } = facts.daticert;
  const certified = parseAddressList(risposte ?? mittente).addresses.map(({ address }) => address);
  const detail = { expected: certified.join(", "), found: facts.replyTo.addresses.join(", ") };
  const agrees = facts.replyTo.addresses.every((found) => certified.some((address) => sameAddress(address, found)));
  return agrees ? passed(detail) : warning("HEADERS_DIFFER", detail);
}

/** Addresses in To and Cc that the certified list does not know. */
function daticertRecipients(facts: MessageFacts): Answer | null {
  if (facts.daticert === null || facts.kind !== "posta-certificata") return null;
  const certified = facts.daticert.destinatari.map(({ indirizzo }) => addressIn(indirizzo) ?? indirizzo);
  const foreign = facts.recipients.filter((found) => !certified.some((address) => sameAddress(address, found)));
  const detail = { expected: certified.join(", "), found: foreign.join(", ") };
  return foreign.length === 0 ? passed() : warning("HEADERS_DIFFER", detail);
}

function daticertMessageId(facts: MessageFacts): Answer | null {
  if (!claimsPec(facts)) return null;
  const certified = facts.daticert?.msgid ?? null;
  return (
    againstRepeated(facts, "x-riferimento-message-id", certified) ??
    againstHeader(certified, facts.header.referenceMessageId, sameIdentifier)
  );
}

function daticertIdentifier(facts: MessageFacts): Answer | null {
  // Receipts have a Message-ID of their own (pec-messages §2.7).
  if (facts.kind !== "posta-certificata") return null;
  const certified = facts.daticert?.identificativo ?? null;
  return (
    againstRepeated(facts, "message-id", certified) ?? againstHeader(certified, facts.header.messageId, sameIdentifier)
  );
}

function daticertIdentifierOriginal(facts: MessageFacts): Answer | null {
  if (!claimsPec(facts)) return null;
  return againstHeader(facts.daticert?.identificativo ?? null, facts.original?.messageId ?? null, sameIdentifier);
}

function daticertSubject(facts: MessageFacts): Answer | null {
  if (!claimsPec(facts) || facts.daticert === null) return null;
  const certified = facts.daticert.oggetto ?? facts.original?.subject ?? "";
  return (
    againstRepeated(facts, "subject", certified) ??
    againstHeader(certified, stripSubjectPrefix(facts.header.subject, facts.kind), sameText)
  );
}

function daticertTime(facts: MessageFacts): Answer | null {
  const signer = decidingSigner(facts);
  if (!claimsPec(facts) || signer === null) return null;
  const { signingTime } = signer.facts;
  if (signingTime === null) return warning("NO_SIGNING_TIME");
  if (facts.daticert === null) return null;
  const apart = Math.abs(signingTime - facts.daticert.data.instant);
  const detail = {
    expected: isoTime(facts.daticert.data.instant),
    found: isoTime(signingTime),
    minutes: String(Math.round(apart / MINUTE)),
  };
  if (apart <= TIMES_AGREE_WITHIN) return passed(detail);
  return apart <= TIMES_CONTRADICT_BEYOND ? warning("TIMES_APART", detail) : failure("DATICERT_DISAGREES", detail);
}

function dateField(facts: MessageFacts): Answer | null {
  if (!claimsPec(facts) || facts.daticert === null) return null;
  const { date, dateInstant } = facts.header;
  if (date === "") return null;
  const repeated = againstRepeated(facts, "date", isoTime(facts.daticert.data.instant));
  if (repeated !== null) return repeated;
  const detail = { expected: isoTime(facts.daticert.data.instant), found: date };
  // Other software may read a date where this one cannot.
  if (dateInstant === null) return warning("HEADERS_DIFFER", detail);
  const apart = Math.abs(dateInstant - facts.daticert.data.instant);
  return apart <= DATE_FIELD_AGREES_WITHIN ? passed(detail) : warning("HEADERS_DIFFER", detail);
}

function futureTime(facts: MessageFacts): Answer | null {
  if (facts.signers.length === 0) return null;
  return facts.validationTime > facts.now + CLOCK_TOLERANCE
    ? unknown("FUTURE_TIME", { found: isoTime(facts.validationTime), expected: isoTime(facts.now) })
    : passed();
}

const QUESTIONS: Readonly<Record<CheckId, Question>> = {
  structure,
  "signature-present": signaturePresent,
  imitation,
  coverage,
  "cms-format": cmsFormat,
  "message-digest": messageDigest,
  "signature-value": signatureValue,
  "signing-certificate": signingCertificate,
  "signature-algorithms": signatureAlgorithms,
  "certificate-path": certificatePath,
  "certificate-algorithms": certificateAlgorithms,
  "pec-authority": pecAuthority,
  "trust-origin": trustOrigin,
  "certificate-validity": certificateValidity,
  revocation,
  "signer-address": signerAddress,
  "from-field": fromField,
  "sender-field": senderField,
  "daticert-present": daticertPresent,
  "daticert-format": daticertFormat,
  "daticert-kind": daticertKind,
  "daticert-sender-display": daticertSenderDisplay,
  "daticert-sender-original": daticertSenderOriginal,
  "daticert-reply-to": daticertReplyTo,
  "daticert-recipients": daticertRecipients,
  "daticert-message-id": daticertMessageId,
  "daticert-identifier": daticertIdentifier,
  "daticert-identifier-original": daticertIdentifierOriginal,
  "daticert-subject": daticertSubject,
  "daticert-time": daticertTime,
  "date-field": dateField,
  "future-time": futureTime,
};

/** Asks every question; the ones that do not arise are left out. Order as in `CHECK_IDS`. */
export function runChecks(
  facts: MessageFacts,
  policy: VerdictPolicy,
): { readonly checks: readonly Check[]; readonly findings: readonly FindingCode[] } {
  const answers = CHECK_IDS.flatMap((id) => {
    const answer = QUESTIONS[id](facts, policy);
    return answer === null ? [] : [{ id, ...answer }];
  });
  return {
    checks: answers.map(({ id, outcome, detail }) => ({ id, outcome, detail })),
    findings: [
      ...answers.flatMap((answer) => answer.findings),
      ...(facts.kind === "rem" ? (["REM_NOT_VERIFIABLE_YET"] as const) : []),
    ],
  };
}
