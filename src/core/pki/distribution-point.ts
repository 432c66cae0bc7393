// Belongs here: where revocation lists are found and what they are about, as certificates (RFC 5280 §4.2.1.13) and lists (§5.2.5) write it.
// Does NOT belong here: whether a list is about a certificate (see core/chain/list-scope.ts).
import { children, constructed, ElementReader, primitive, TAG, type Asn1Element } from "./asn1.ts";
import { readNamedBits } from "./asn1-values.ts";
import { type DistinguishedName, type NameAttribute, readRelativeName } from "./distinguished-name.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";
import { MalformedError } from "./malformed-error.ts";

/** Values of CRLReason (RFC 5280 §5.3.1) by number; 7 is not used. */
export const REVOCATION_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  null,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;
export type RevocationReason = NonNullable<(typeof REVOCATION_REASONS)[number]>;

/** Bits of ReasonFlags (RFC 5280 §4.2.1.13) by position; together they are every reason. */
const REASON_FLAGS = [
  null,
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
] as const;
export type ReasonFlag = NonNullable<(typeof REASON_FLAGS)[number]>;
export const EVERY_REASON: readonly ReasonFlag[] = REASON_FLAGS.filter((flag) => flag !== null);

export type DistributionPointName =
  | { readonly form: "full"; readonly names: readonly GeneralName[] }
  /** To be put below the name of the list's issuer. */
  | { readonly form: "relative"; readonly attributes: readonly NameAttribute[] };

export interface DistributionPoint {
  readonly name: DistributionPointName | null;
  /** Reasons that its list covers; `null`: every reason. */
  readonly reasons: readonly ReasonFlag[] | null;
  /** Who signs its list; `null`: the certificate's own issuer. */
  readonly issuers: readonly DistinguishedName[] | null;
}

/** Which certificates a list is about (RFC 5280 §5.2.5). */
export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | null;
  readonly onlyUserCertificates: boolean;
  readonly onlyAuthorityCertificates: boolean;
  readonly onlySomeReasons: readonly ReasonFlag[] | null;
  /** Entries may be of certificates of other issuers, each named in an extension of the entry (§5.3.3). */
  readonly indirect: boolean;
  readonly onlyAttributeCertificates: boolean;
}

/** One DistributionPoint. @throws MalformedError */
export function readDistributionPoint(element: Asn1Element): DistributionPoint {
  const reader = ElementReader.of(element, TAG.sequence, "DER");
  const name = reader.optional(constructed(0));
  const reasons = reader.optional(primitive(1));
  const issuers = reader.optional(constructed(2));
  reader.end();
  return {
    name: name === null ? null : readPointName(name),
    reasons: reasons === null ? null : readReasons(reasons),
    issuers: issuers === null ? null : readDirectoryNames(issuers),
  };
}

/** @throws MalformedError */
export function readIssuingDistributionPoint(element: Asn1Element): IssuingDistributionPoint {
  const reader = ElementReader.of(element, TAG.sequence, "DER");
  const name = reader.optional(constructed(0));
  const onlyUserCertificates = readFlag(reader.optional(primitive(1)));
  const onlyAuthorityCertificates = readFlag(reader.optional(primitive(2)));
  const reasons = reader.optional(primitive(3));
  const indirect = readFlag(reader.optional(primitive(4)));
  const onlyAttributeCertificates = readFlag(reader.optional(primitive(5)));
  reader.end();
  return {
    name: name === null ? null : readPointName(name),
    onlyUserCertificates,
    onlyAuthorityCertificates,
    onlySomeReasons: reasons === null ? null : readReasons(reasons),
    indirect,
    onlyAttributeCertificates,
  };
}

function readPointName(field: Asn1Element): DistributionPointName {
  const [choice, ...rest] = children(field, "DER");
  if (choice === undefined || rest.length > 0) throw new MalformedError("DISTRIBUTION_POINT");
  if (choice.tag === constructed(0)) return { form: "full", names: children(choice, "DER").map(readGeneralName) };
  if (choice.tag === constructed(1)) return { form: "relative", attributes: readRelativeName(choice) };
  throw new MalformedError("DISTRIBUTION_POINT");
}

function readReasons(element: Asn1Element): readonly ReasonFlag[] {
  return readNamedBits(element.content).flatMap((bit) => REASON_FLAGS[bit] ?? []);
}

/** A list is signed in a directory's name (RFC 5280 §4.2.1.13); names of other forms match no list. */
function readDirectoryNames(field: Asn1Element): readonly DistinguishedName[] {
  return children(field, "DER")
    .map(readGeneralName)
    .flatMap((name) => (name.form === "directoryName" ? [name.value] : []));
}

function readFlag(element: Asn1Element | null): boolean {
  if (element === null) return false;
  const [octet] = element.content;
  if (octet === undefined || element.content.length !== 1) throw new MalformedError("BOOLEAN");
  return octet !== 0;
}
