// Belongs here: which signature a local record is about, when a record is believed, and what is recorded of an inspection (trust-policy §4.2).
// Does NOT belong here: where records are kept (ports/), what follows from one (see checks.ts).
//
// A record proves that a signature existed at a moment, nothing else: it can answer what the lack of such a proof leaves open, and never makes
// a failure good.
import type { SignedDataResult, SignerFacts } from "../cms/signed-data.ts";
import { hexadecimal } from "../pki/asn1-values.ts";
import { digest } from "../pki/digest.ts";
import { CLOCK_TOLERANCE } from "./checks.ts";
import type { Indication } from "./indication.ts";
import type { LocalProof, LocalRecord, LocalRecords, SignatureIdentity } from "./local-record.ts";
import type { MessageFacts } from "./message-facts.ts";

/** `null` unless digest and signature value were found right. `at`: t of trust-policy §4.1, milliseconds UTC. */
export async function findLocalProof(
  cms: SignedDataResult | null,
  signer: SignerFacts | undefined,
  records: LocalRecords,
  { now, at }: { readonly now: number; readonly at: number },
): Promise<LocalProof | null> {
  if (cms?.outcome !== "READ" || signer === undefined || signer.certificate === null || !isIntact(signer)) return null;
  const identity: SignatureIdentity = {
    signatureSha256: hexadecimal(await digest("SHA-256", signer.signature)),
    signedSha256: await cms.contentSha256(),
    signerSha256: signer.certificate.sha256,
  };
  const found = await records.find(identity.signatureSha256);
  if (found === null || !isBelievable(found, identity, { now, at })) return { identity, record: null };
  const { toldAt, ...own } = found;
  const isToldOfThis = toldAt !== undefined && toldAt >= at - CLOCK_TOLERANCE && toldAt <= now + CLOCK_TOLERANCE;
  return { identity, record: toldAt === undefined || isToldOfThis ? found : own };
}

function isIntact({ messageDigest, signatureValue }: SignerFacts): boolean {
  return signatureValue === "VALID" && (messageDigest === "MATCH" || messageDigest === "UNSIGNED_ATTRIBUTES_ABSENT");
}

/**
 * A record of other bytes or another signer is of another message; one from the future, or from before the signature was made, was written by
 * a clock that was wrong. An hour either way is forgiven: the provider's clock and this one differ.
 */
function isBelievable(
  record: LocalRecord,
  identity: SignatureIdentity,
  { now, at }: { readonly now: number; readonly at: number },
): boolean {
  return (
    record.signatureSha256 === identity.signatureSha256 &&
    record.signedSha256 === identity.signedSha256 &&
    record.signerSha256 === identity.signerSha256 &&
    record.firstVerifiedAt >= at - CLOCK_TOLERANCE &&
    record.firstVerifiedAt <= now + CLOCK_TOLERANCE &&
    (record.notRevokedAt === null || record.notRevokedAt <= now + CLOCK_TOLERANCE)
  );
}

/**
 * What to keep: worth it only of a message that claims to be PEC, with an intact signature and a path valid at a time that is not still to
 * come, and when nothing is proved against it. The first moment stays; only a later answer on revocation is added. The record that
 * was found is given back as it is when there is nothing new.
 */
export function recordOf(facts: MessageFacts, indication: Indication): LocalRecord | null {
  const signer = facts.signers[0];
  const isWorthKeeping =
    facts.claims &&
    indication !== "TOTAL-FAILED" &&
    signer?.chain?.outcome === "PASSED" &&
    facts.validationTime <= facts.now + CLOCK_TOLERANCE;
  if (facts.proof === null || !isWorthKeeping) return null;
  const { identity, record } = facts.proof;
  const notRevokedAt = signer.revocation.status === "GOOD" ? signer.revocation.thisUpdate : null;
  if (record !== null) {
    return (notRevokedAt ?? -Infinity) > (record.notRevokedAt ?? -Infinity) ? { ...record, notRevokedAt } : record;
  }
  return {
    ...identity,
    issuerSha256: signer.chain.path[1]?.sha256 ?? null,
    validationTime: facts.validationTime,
    firstVerifiedAt: facts.now,
    indication,
    notRevokedAt,
  };
}
