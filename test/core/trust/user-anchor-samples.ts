// Belongs here: a certificate as an anchor that the person added, without limits unless given.
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import { encodeBase64 } from "../../../src/core/pki/parse-pem.ts";
import type { UserAnchor } from "../../../src/core/trust/user-anchor.ts";

export function added(
  { certificate }: { readonly certificate: Certificate },
  scope: Partial<UserAnchor> = {},
): UserAnchor {
  return {
    base64: encodeBase64(certificate.der),
    sha256: certificate.sha256,
    source: "archive.pem",
    addedAt: Date.UTC(2024, 5, 1, 12),
    system: "PEC",
    domains: [],
    notAfter: null,
    ...scope,
  };
}
