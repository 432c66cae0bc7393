// Belongs here: which revocations of a certificate a list would show: its issuer and issuing distribution point against the points of the
// certificate (RFC 5280 §6.3.3 b, d). Does NOT belong here: signatures and entries (see check-lists.ts).
import type { Certificate } from "../pki/certificate.ts";
import type { GeneralName } from "../pki/general-name.ts";
import { type DistinguishedName, equalNames, nameKey } from "../pki/distinguished-name.ts";
import {
  EVERY_REASON,
  type DistributionPoint,
  type DistributionPointName,
  type IssuingDistributionPoint,
  type ReasonFlag,
} from "../pki/distribution-point.ts";
import type { RevocationList } from "../pki/parse-revocation-list.ts";
import type { UnknownCode } from "./revocation-result.ts";

/** RFC 5280 §6.3.3: lists of the certificate's own issuer count even where the certificate names no point. */
const DEFAULT_POINT: DistributionPoint = { name: null, reasons: null, issuers: null };

/** The reasons for which the list would name the certificate, or why it is about others. */
export function coveredReasons(
  list: Pick<RevocationList, "issuer" | "issuingDistributionPoint">,
  certificate: Certificate,
): readonly ReasonFlag[] | Extract<UnknownCode, "OTHER_ISSUER" | "OTHER_SCOPE"> {
  const points = [...certificate.extensions.distributionPoints, DEFAULT_POINT];
  const ofIssuer = points.filter((point) => isSignedFor(point, list, certificate));
  if (ofIssuer.length === 0) return "OTHER_ISSUER";
  const scope = list.issuingDistributionPoint;
  if (scope !== null && !isAboutKind(scope, certificate)) return "OTHER_SCOPE";
  const matching = ofIssuer.filter((point) => isNamedBy(point, list, certificate));
  if (matching.length === 0) return "OTHER_SCOPE";
  return EVERY_REASON.filter(
    (reason) =>
      (scope?.onlySomeReasons?.includes(reason) ?? true) &&
      matching.some(({ reasons }) => reasons?.includes(reason) ?? true),
  );
}

/** Step b 1: the point's own list issuer with an indirect list, or the certificate's issuer. */
function isSignedFor(
  { issuers }: DistributionPoint,
  { issuer, issuingDistributionPoint }: Pick<RevocationList, "issuer" | "issuingDistributionPoint">,
  certificate: Certificate,
): boolean {
  if (issuers === null) return equalNames(issuer, certificate.issuer);
  return issuingDistributionPoint?.indirect === true && issuers.some((name) => equalNames(name, issuer));
}

/** Steps b 2 ii–iv. */
function isAboutKind(scope: IssuingDistributionPoint, { extensions }: Certificate): boolean {
  if (scope.onlyAttributeCertificates) return false;
  const isAuthority = extensions.basicConstraints?.ca === true;
  return isAuthority ? !scope.onlyUserCertificates : !scope.onlyAuthorityCertificates;
}

/** Step b 2 i: one of the names of the list's point is one of the names of the certificate's. */
function isNamedBy(
  point: DistributionPoint,
  list: Pick<RevocationList, "issuer" | "issuingDistributionPoint">,
  certificate: Certificate,
): boolean {
  const listName = list.issuingDistributionPoint?.name ?? null;
  if (listName === null) return true;
  const issuers = point.issuers ?? [certificate.issuer];
  const pointNames = point.name === null ? issuers.map(directoryKey) : keysOf(point.name, issuers[0] ?? list.issuer);
  return keysOf(listName, list.issuer).some((key) => pointNames.includes(key));
}

/** Comparable forms of the names; a relative one is put below `issuer`. */
function keysOf(name: DistributionPointName, issuer: DistinguishedName): readonly string[] {
  if (name.form === "full") return name.names.flatMap(generalNameKeys);
  const relativeNames = [...issuer.relativeNames, name.attributes];
  return [directoryKey({ ...issuer, relativeNames })];
}

const directoryKey = (name: DistinguishedName): string => `directory ${nameKey(name)}`;

/** Forms that are not decoded equal nothing. */
function generalNameKeys(name: GeneralName): readonly string[] {
  switch (name.form) {
    case "directoryName":
      return [directoryKey(name.value)];
    case "uniformResourceIdentifier":
    case "rfc822Name":
    case "dNSName":
      return [`${name.form} ${name.value}`];
    case "iPAddress":
      return [`iPAddress ${name.value.join(".")}`];
    case "other":
      return [];
  }
}
