// Belongs here: what one OCSP response says about one certificate, and whether its signer may say it (RFC 6960 §§3.2, 4.2.2).
// Does NOT belong here: decoding (core/pki/parse-ocsp-response.ts), lists (see check-lists.ts).
import type { Certificate } from "../pki/certificate.ts";
import { hexadecimal } from "../pki/asn1-values.ts";
import { digest, digestAlgorithm } from "../pki/digest.ts";
import { equalNames } from "../pki/distinguished-name.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import { parseCertificate } from "../pki/parse-certificate.ts";
import { parseOcspResponse, type OcspAnswer, type OcspResponse } from "../pki/parse-ocsp-response.ts";
import { splitPublicKeyInfo } from "../pki/public-key.ts";
import { verifySignature } from "../pki/verify-signature.ts";
import { judgeKey, judgeSignatureAlgorithm } from "./algorithm-policy.ts";
import {
  CLOCK_TOLERANCE,
  SHA1_ACCEPTED_UNTIL,
  unknown,
  type RevocationAnswer,
  type RevocationData,
  type UnknownCode,
} from "./revocation-result.ts";
import { checkLink } from "./signature-cache.ts";

/** `id-kp-OCSPSigning`; `anyExtendedKeyUsage` does not do (RFC 6960 §4.2.2.2). */
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

/** Whether lists know a responder's own certificate to be good as of a moment; asked when its issuer does not waive that. */
export type IsGood = (responder: Certificate, asOf: number) => Promise<boolean>;

/** `good` may still not reach the moment asked about. */
export async function checkOcsp(
  der: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  { at }: Pick<RevocationData, "at">,
  isGood: IsGood,
): Promise<readonly RevocationAnswer[]> {
  try {
    const response = parseOcspResponse(der);
    if (response === null) return [unknown("NO_ANSWER")];
    const answers: OcspAnswer[] = [];
    for (const answer of response.answers) if (await isAbout(answer, certificate, issuer)) answers.push(answer);
    if (answers.length === 0) return [unknown("OTHER_ISSUER")];
    const refusal = await refusalOf(response, issuer, at, isGood);
    if (refusal !== null) return [unknown(refusal)];
    return answers.map((answer) => judge(answer, certificate, at));
  } catch (error) {
    if (error instanceof MalformedError) return [unknown("MALFORMED")];
    throw error;
  }
}

/** CertID: the serial number under the issuer's name and key (RFC 6960 §4.1.1). Its digest need not resist collisions. */
async function isAbout(answer: OcspAnswer, certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const algorithm = digestAlgorithm(answer.hashAlgorithm);
  if (algorithm === null || answer.serial !== certificate.serial) return false;
  const name = await digest(algorithm, certificate.issuer.der);
  const key = await digest(algorithm, splitPublicKeyInfo(issuer.subjectPublicKeyInfo).key);
  return answer.issuerNameHash === hexadecimal(name) && answer.issuerKeyHash === hexadecimal(key);
}

function judge(answer: OcspAnswer, certificate: Certificate, at: number): RevocationAnswer {
  if (answer.unknownCritical.length > 0) return unknown("UNSUPPORTED");
  const { status, thisUpdate, nextUpdate, archiveCutoff } = answer;
  if (thisUpdate > at + CLOCK_TOLERANCE) return unknown("FUTURE");
  switch (status.kind) {
    case "unknown":
      return unknown("NO_ANSWER");
    case "revoked":
      return { status: "revoked", reason: status.reason, time: status.time, invalidityDate: null, thisUpdate };
    case "good":
      // A responder forgets expired certificates as lists do, unless it says since when it does not (RFC 6960 §4.4.4).
      return thisUpdate > certificate.notAfter && (archiveCutoff ?? Infinity) > certificate.notAfter
        ? unknown("EXPIRED_BEFORE")
        : // Without an end it answers for its own moment only.
          { status: "good", thisUpdate, nextUpdate: nextUpdate ?? thisUpdate };
  }
}

async function refusalOf(
  response: OcspResponse,
  issuer: Certificate,
  at: number,
  isGood: IsGood,
): Promise<UnknownCode | null> {
  if (response.unknownCritical.length > 0) return "UNSUPPORTED";
  if (response.producedAt > at + CLOCK_TOLERANCE) return "FUTURE";
  // A nonce lets whoever asks choose part of what is signed: the case in which collisions are of use.
  if (response.signatureAlgorithm.digest === "SHA-1" && response.producedAt > SHA1_ACCEPTED_UNTIL) {
    return "WEAK_ALGORITHM";
  }
  const responder = await findResponder(response, issuer, isGood);
  if (responder === null) return "SIGNER_NOT_ACCEPTED";
  const outcome = await verifySignature({
    algorithm: response.signatureAlgorithm,
    parameters: response.signatureParameters,
    publicKeyInfo: responder.subjectPublicKeyInfo,
    signature: response.signature,
    data: response.tbs,
  });
  if (outcome === "VALID") return null;
  return outcome === "INVALID" ? "SIGNATURE_INVALID" : "UNSUPPORTED";
}

/** The issuer itself, or a certificate that it made for this (RFC 6960 §4.2.2.2); nobody is configured by hand. */
async function findResponder(response: OcspResponse, issuer: Certificate, isGood: IsGood): Promise<Certificate | null> {
  if (await isNamed(response, issuer)) return issuer;
  for (const der of response.certificates) {
    const candidate = await decodeCertificate(der);
    if (candidate === null || !(await isNamed(response, candidate))) continue;
    if (await isDelegate(candidate, issuer, response.producedAt, isGood)) return candidate;
  }
  return null;
}

async function decodeCertificate(der: Uint8Array): Promise<Certificate | null> {
  try {
    return await parseCertificate(der);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

async function isNamed({ responder }: OcspResponse, certificate: Certificate): Promise<boolean> {
  if (responder.form === "name") return equalNames(responder.name, certificate.subject);
  const { key } = splitPublicKeyInfo(certificate.subjectPublicKeyInfo);
  return hexadecimal(await digest("SHA-1", key)) === responder.sha1;
}

async function isDelegate(
  candidate: Certificate,
  issuer: Certificate,
  producedAt: number,
  isGood: IsGood,
): Promise<boolean> {
  const { extendedKeyUsage, keyUsage, unknownCritical, ocspNoCheck } = candidate.extensions;
  const acceptsWeak = producedAt <= SHA1_ACCEPTED_UNTIL;
  const isRight =
    extendedKeyUsage?.includes(OCSP_SIGNING) === true &&
    (keyUsage === null || keyUsage.bits.some((bit) => bit === "digitalSignature" || bit === "nonRepudiation")) &&
    unknownCritical.length === 0 &&
    candidate.defects.length === 0 &&
    candidate.signatureAlgorithmsAgree &&
    candidate.notBefore <= producedAt &&
    producedAt <= candidate.notAfter &&
    equalNames(candidate.issuer, issuer.subject) &&
    judgeKey(candidate, acceptsWeak).outcome === "accepted" &&
    judgeSignatureAlgorithm(candidate, acceptsWeak).outcome === "accepted";
  if (!isRight || (await checkLink(candidate, issuer)) !== "VALID") return false;
  // Its authority vouches for it without recall (short-lived), or lists must: a stolen responder's key could call anything good.
  return ocspNoCheck || isGood(candidate, producedAt);
}
