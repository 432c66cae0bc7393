// Belongs here: whether one certificate's signature holds under another's key, remembered for the life of the certificate.
// Does NOT belong here: whether that key may sign certificates (see certificate-rules.ts).
import type { Certificate } from "../pki/certificate.ts";
import { verifySignature, type SignatureOutcome } from "../pki/verify-signature.ts";

const outcomes = new WeakMap<Certificate, Map<string, SignatureOutcome>>();

/** The remembered outcome, or `null`. AgID CA1 is one key with 15 issues: without this each of them would cost the same operation again. */
export function knownLink(certificate: Certificate, issuer: Certificate): SignatureOutcome | null {
  return outcomes.get(certificate)?.get(issuer.spkiSha256) ?? null;
}

export async function checkLink(certificate: Certificate, issuer: Certificate): Promise<SignatureOutcome> {
  const outcome = await verifySignature({
    algorithm: certificate.signatureAlgorithm,
    parameters: certificate.signatureParameters,
    publicKeyInfo: issuer.subjectPublicKeyInfo,
    signature: certificate.signature,
    data: certificate.tbs,
  });
  const known = outcomes.get(certificate) ?? new Map<string, SignatureOutcome>();
  outcomes.set(certificate, known.set(issuer.spkiSha256, outcome));
  return outcome;
}
