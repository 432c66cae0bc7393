// Belongs here: from an opened message and the trusted authorities to the facts of the message.
// Does NOT belong here: any judgement on the facts (see checks.ts).
import { validateChain } from "../chain/validate-chain.ts";
import type { SignedDataResult, SignerFacts } from "../cms/signed-data.ts";
import { parseDaticert } from "../daticert/parse-daticert.ts";
import type { DaticertResult } from "../daticert/daticert.ts";
import type { OpenedMessage } from "../message/open-message.ts";
import { textOfField } from "../message/original-message.ts";
import { parseAddressList, sameAddress } from "../mime/address-list.ts";
import { decodeBody } from "../mime/decode-body.ts";
import { decodeEncodedWords } from "../mime/encoded-words.ts";
import { fieldValue, fieldValues } from "../mime/field-value.ts";
import { parseMailDate } from "../mime/mail-date.ts";
import type { MimePart } from "../mime/mime-part.ts";
import type { Certificate } from "../pki/certificate.ts";
import { findIssuingKey } from "../trust/find-issuing-key.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import { findImitation } from "./find-imitation.ts";
import { assessRevocation, NOT_ASKED } from "./assess-revocation.ts";
import type { LocalProof, LocalRecords } from "./local-record.ts";
import { findLocalProof } from "./local-proof.ts";
import type { AddressFacts, AssessedSigner, MessageFacts } from "./message-facts.ts";

function addressFacts(part: MimePart, name: string): AddressFacts {
  const values = fieldValues(part, name);
  const lists = values.map(parseAddressList);
  const mailboxes = lists.flatMap((list) => list.addresses);
  return {
    occurrences: values.length,
    // A name without an address is nobody: "Rossi, Mario <a@b>" unquoted is one sender.
    addresses: mailboxes.map((mailbox) => mailbox.address).filter((address) => address !== ""),
    displayName: mailboxes[0]?.displayName ?? "",
    defect: lists.flatMap((list) => list.defects)[0] ?? null,
  };
}

/** rfc822Names of subjectAltName. */
export function emailsOf(certificate: Certificate): readonly string[] {
  const names = certificate.extensions.subjectAltName ?? [];
  return names.flatMap((name) => (name.form === "rfc822Name" ? [name.value] : []));
}

/**
 * PEC knows one signer (RFC 6109 §2.1). Should there be more, the one whose certificate bears the sender's address decides; the
 * others must not fail (see checks.ts), so that nobody can hide a broken signature behind a good one.
 */
function decidingFirst(signers: readonly SignerFacts[], from: AddressFacts): readonly SignerFacts[] {
  const address = from.addresses[0] ?? "";
  const deciding = signers.find(
    ({ certificate }) => certificate !== null && emailsOf(certificate).some((email) => sameAddress(email, address)),
  );
  return deciding === undefined ? signers : [deciding, ...signers.filter((signer) => signer !== deciding)];
}

async function assess(
  facts: SignerFacts,
  embedded: readonly Certificate[],
  options: GatherOptions,
  at: number,
): Promise<AssessedSigner> {
  const { authorities } = options;
  const { certificate } = facts;
  const addresses = certificate === null ? [] : emailsOf(certificate);
  const chain =
    certificate === null ? null : await validateChain(certificate, embedded, authorities, { at, purpose: "email" });
  const authority = chain?.outcome === "PASSED" ? findIssuingKey(authorities, chain, at) : null;
  const revocation =
    chain === null ? NOT_ASKED : await assessRevocation(chain, authorities, { ...options, validationTime: at });
  return { facts, chain, authority, addresses, ...revocation };
}

/** Only the deciding signer's chain is built: the others can only fail, and a thousand of them must cost nothing. */
async function assessSigners(
  cms: SignedDataResult | null,
  from: AddressFacts,
  options: GatherOptions,
  timeOf: (deciding: SignerFacts) => number,
): Promise<readonly AssessedSigner[]> {
  if (cms?.outcome !== "READ") return [];
  const [deciding, ...others] = decidingFirst(cms.signers, from);
  if (deciding === undefined) return [];
  const first = await assess(deciding, cms.certificates, options, timeOf(deciding));
  const rest = others.map((facts): AssessedSigner => ({
    facts,
    chain: null,
    authority: null,
    addresses: [],
    ...NOT_ASKED,
  }));
  return [first, ...rest];
}

/** Fields that are compared with the certified data by their first value: other software may show another one. */
const SINGLE_FIELDS = ["Subject", "Date", "Message-ID", "X-Riferimento-Message-ID"];

function repeatedFields(root: MimePart): ReadonlyMap<string, readonly string[]> {
  return new Map(
    SINGLE_FIELDS.map((name) => [name.toLowerCase(), fieldValues(root, name).map(decodeEncodedWords)] as const).filter(
      ([, values]) => values.length > 1,
    ),
  );
}

/** An earlier answer stands where there is none now: it was found by the same rules, and after the certificate's end none can be had (trust-policy §2). */
function withRecordedAnswer(signer: AssessedSigner, proof: LocalProof | null): AssessedSigner {
  const known = proof?.record?.notRevokedAt ?? null;
  const { status } = signer.revocation;
  if (known === null || (status !== "NOT_ASKED" && status !== "UNKNOWN")) return signer;
  return { ...signer, revocation: { status: "GOOD", thisUpdate: known, nextUpdate: known } };
}

function announcesSignature(root: MimePart): boolean {
  const { value, parameters } = root.contentType;
  if (value !== "multipart/signed") return /^application\/(x-)?pkcs7-mime$/.test(value);
  return !/pgp/i.test(parameters.get("protocol") ?? "");
}

export interface GatherOptions {
  /** The moment taken as now, milliseconds UTC. */
  readonly now: number;
  readonly authorities: TrustedAuthorities;
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  readonly records: LocalRecords | null;
}

export async function gatherFacts(message: OpenedMessage, options: GatherOptions): Promise<MessageFacts> {
  const { now, authorities, records } = options;
  const { envelope, cms, daticert, daticertCount, original } = message;
  const { root, kind, unrecognized, signed } = envelope;
  const from = addressFacts(root, "From");
  const daticertResult: DaticertResult | null = daticert && parseDaticert(decodeBody(daticert.bytes, daticert.part));
  const certified = daticertResult?.outcome === "READ" ? daticertResult.daticert : null;
  // t of trust-policy §4.1: the provider's signed word; without one, the signed content's; without both, the strictest choice.
  const timeOf = (signer: SignerFacts | undefined): number => signer?.signingTime ?? certified?.data.instant ?? now;
  const signers = await assessSigners(cms, from, options, timeOf);
  const deciding = signers[0]?.facts;
  const validationTime = timeOf(deciding);
  const proof = records && (await findLocalProof(cms, deciding, records, { now, at: validationTime }));
  const signatureAnnounced = announcesSignature(root);
  const imitation = cms !== null || signatureAnnounced ? null : findImitation(message, from, authorities);
  return {
    now,
    kind,
    claims: kind !== null || unrecognized !== null || imitation !== null,
    imitation,
    unrecognized,
    conflictingClaims: envelope.conflictingClaims,
    limitsReached: message.limitsReached,
    ambiguities: message.ambiguities,
    signatureAnnounced,
    cms,
    coversWholeMessage:
      signed !== null && signed.coversWholeMessage && !(signed.form === "detached" && signed.extraParts.length > 0),
    signers: signers.map((signer) => withRecordedAnswer(signer, proof)),
    validationTime,
    validationTimeSource:
      typeof deciding?.signingTime === "number" ? "SIGNING_TIME" : certified !== null ? "DATICERT" : "NOW",
    from,
    sender: addressFacts(root, "Sender"),
    replyTo: addressFacts(root, "Reply-To"),
    recipients: ["To", "Cc"].flatMap((name) => addressFacts(root, name).addresses),
    header: {
      from: textOfField(root, "From"),
      subject: textOfField(root, "Subject"),
      messageId: fieldValue(root, "Message-ID"),
      referenceMessageId: fieldValue(root, "X-Riferimento-Message-ID"),
      date: textOfField(root, "Date"),
      dateInstant: parseMailDate(fieldValue(root, "Date") ?? ""),
      repeated: repeatedFields(root),
      wasReceived: fieldValue(root, "Received") !== null,
    },
    daticertCount,
    daticertResult,
    daticert: certified,
    original: original && {
      from: addressFacts(original.part, "From"),
      messageId: fieldValue(original.part, "Message-ID"),
      subject: textOfField(original.part, "Subject"),
    },
    recordedAt: proof?.record?.firstVerifiedAt ?? null,
    toldAt: proof?.record?.toldAt ?? null,
    proof,
  };
}
