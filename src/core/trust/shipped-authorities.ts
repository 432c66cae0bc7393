// Belongs here: what is trusted without anybody's doing: anchors, issuing keys, known intermediates, denied list (trust-policy §7, tier 1).
// Does NOT belong here: anchors the person added (see with-user-anchors.ts).
import type { Certificate } from "../pki/certificate.ts";
import { MalformedError } from "../pki/malformed-error.ts";
import { parseCertificate } from "../pki/parse-certificate.ts";
import { decodeBase64 } from "../pki/parse-pem.ts";
import { ANCHOR_CERTIFICATES } from "./certificates/anchors.ts";
import { ISSUING_CERTIFICATES } from "./certificates/issuing-authorities.ts";
import { DIGITPA_CA1_KEY, PEC_ISSUING_KEYS } from "./pec-issuing-keys.ts";
import type { ShippedCertificate } from "./shipped-certificate.ts";
import type { TrustAnchor, TrustedAuthorities } from "./trust-types.ts";

/** Anchors with limits of ours beside their own validity, by name. */
const ANCHOR_LIMITS: ReadonlyMap<string, Pick<TrustAnchor, "usableUntil" | "onlyIssuingKeys">> = new Map([
  // Trusted only for the archive of the DigitPA time: the root has thousands of other CAs below it and has ended since.
  ["baltimore-cybertrust-root", { usableUntil: Date.UTC(2018, 0, 14), onlyIssuingKeys: [DIGITPA_CA1_KEY] }],
]);

/** Refused whatever else holds, additions of the person included. Empty: no key of a PEC authority has been compromised. */
const DENIED: TrustedAuthorities["denied"] = [];

/** Where each shipped certificate was published, by its lower-case hexadecimal SHA-256, and the ISO date on which it was compared. */
export function shippedSources(): ReadonlyMap<string, Pick<ShippedCertificate, "source" | "date">> {
  return new Map([...ANCHOR_CERTIFICATES, ...ISSUING_CERTIFICATES].map((shipped) => [shipped.sha256, shipped]));
}

let authorities: Promise<TrustedAuthorities> | null = null;

/** The authorities shipped with this release; decoded once. */
export function shippedAuthorities(): Promise<TrustedAuthorities> {
  authorities ??= decodeAll();
  return authorities;
}

async function decodeAll(): Promise<TrustedAuthorities> {
  const anchors = await Promise.all(
    ANCHOR_CERTIFICATES.map(async (shipped): Promise<TrustAnchor> => ({
      certificate: await decodeShipped(shipped),
      origin: "shipped",
      usableUntil: ANCHOR_LIMITS.get(shipped.name)?.usableUntil ?? null,
      onlyIssuingKeys: ANCHOR_LIMITS.get(shipped.name)?.onlyIssuingKeys ?? null,
      onlyDomains: null,
      source: shipped.source,
      date: shipped.date,
    })),
  );
  const intermediates = await Promise.all(ISSUING_CERTIFICATES.map(decodeShipped));
  return { anchors, issuingKeys: PEC_ISSUING_KEYS, intermediates, denied: DENIED };
}

/** @throws MalformedError when the data does not match its hash: a damaged build must not verify anything. */
async function decodeShipped({ name, base64, sha256 }: ShippedCertificate): Promise<Certificate> {
  const der = decodeBase64(base64.replace(/\s+/g, ""));
  if (der === null) throw new MalformedError("SHIPPED_CERTIFICATE", name);
  const certificate = await parseCertificate(der);
  if (certificate.sha256 !== sha256) throw new MalformedError("SHIPPED_CERTIFICATE", name);
  return certificate;
}
