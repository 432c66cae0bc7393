// Belongs here: certificates of messages decoded before: a person's mail comes from a few providers, and what one certificate says, and
// whose signature it bears, never changes. Does NOT belong here: trust; a certificate known here is one that was seen, no more.
import { latin1 } from "./asn1-values.ts";
import type { Certificate } from "./certificate.ts";
import { parseCertificate } from "./parse-certificate.ts";

/** Some twenty providers with two certificates each. The attack is mails full of new ones: they push out the others, which then are decoded again. */
const MAX_KNOWN = 64;
/** Larger ones are not kept; the largest of AgID has 5 KB. */
const MAX_OCTETS = 8 * 1024;

/** By the whole encoding, so that no two certificates can be taken for each other. Oldest use first. */
const known = new Map<string, Certificate>();

/** As `parseCertificate`, which is asked only for certificates that were not decoded lately: those give the same object again. */
export async function knownCertificate(der: Uint8Array): Promise<Certificate> {
  if (der.length > MAX_OCTETS) return parseCertificate(der);
  const key = latin1(der);
  // A copy: a decoded certificate is made of views, and must not keep a message of 100 MB in memory.
  const certificate = known.get(key) ?? (await parseCertificate(der.slice()));
  known.delete(key);
  known.set(key, certificate);
  const oldest = known.keys().next();
  if (known.size > MAX_KNOWN && oldest.done !== true) known.delete(oldest.value);
  return certificate;
}
