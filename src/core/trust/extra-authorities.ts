// Belongs here: authorities that a build brings along besides the shipped ones (the demo's test authority; design §1).
// Does NOT belong here: anchors that a person adds (see with-user-anchors.ts): those are marked in every report.
import { parseCertificate } from "../pki/parse-certificate.ts";
import { parsePem } from "../pki/parse-pem.ts";
import type { PecIssuingKey, TrustedAuthorities } from "./trust-types.ts";
import { withAuthorities } from "./with-user-anchors.ts";

export interface ExtraAuthority {
  readonly rootPem: string;
  readonly issuingKey: PecIssuingKey;
}

/** @throws MalformedError when a root cannot be decoded: the build is broken. */
export async function withExtraAuthorities(
  authorities: TrustedAuthorities,
  extra: readonly ExtraAuthority[],
): Promise<TrustedAuthorities> {
  const roots = await Promise.all(extra.flatMap(({ rootPem }) => parsePem(rootPem)).map(parseCertificate));
  return withAuthorities(authorities, {
    anchors: roots.map((certificate) => ({
      certificate,
      origin: "shipped",
      usableUntil: null,
      onlyIssuingKeys: null,
      onlyDomains: null,
      source: "build",
      date: "",
    })),
    issuingKeys: extra.map(({ issuingKey }) => issuingKey),
  });
}
