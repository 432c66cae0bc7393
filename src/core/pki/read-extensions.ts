// Belongs here: the Extensions of revocation lists, their entries and OCSP responses (RFC 5280 §4.1), each at most once.
// Does NOT belong here: those of certificates, whose defects are listed one by one (see parse-certificate.ts).
import { children, ElementReader, TAG, type Asn1Element } from "./asn1.ts";
import { readBoolean, readObjectIdentifier } from "./asn1-values.ts";
import { MalformedError } from "./malformed-error.ts";

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** @throws MalformedError also for an extension that occurs twice: two readers that each take another one of the two would disagree. */
export function readExtensions(list: Asn1Element): readonly Extension[] {
  const extensions = children(list, "DER").map((element): Extension => {
    const reader = ElementReader.of(element, TAG.sequence, "DER");
    const oid = readObjectIdentifier(reader.required(TAG.objectIdentifier));
    const critical = reader.optional(TAG.boolean);
    const { content: value } = reader.required(TAG.octetString);
    reader.end();
    return { oid, critical: critical !== null && readBoolean(critical), value };
  });
  if (new Set(extensions.map(({ oid }) => oid)).size !== extensions.length) {
    throw new MalformedError("DUPLICATE_EXTENSION");
  }
  return extensions;
}

/** Object identifiers of critical extensions that are not among the processed ones. */
export function unknownCritical(extensions: readonly Extension[], processed: ReadonlySet<string>): readonly string[] {
  return extensions.filter(({ oid, critical }) => critical && !processed.has(oid)).map(({ oid }) => oid);
}
