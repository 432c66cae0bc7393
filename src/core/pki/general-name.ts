// Belongs here: decoding GeneralName (RFC 5280 §4.2.1.6). Does NOT belong here: comparing with constraints (see core/chain/name-constraints.ts).
import { constructed, primitive, readOnly, type Asn1Element } from "./asn1.ts";
import { latin1 } from "./asn1-values.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";

/** Forms of GeneralName that are decoded (RFC 5280 §4.2.1.6); the rest keep their tag number. */
export type GeneralName =
  | { readonly form: "rfc822Name" | "dNSName" | "uniformResourceIdentifier"; readonly value: string }
  | { readonly form: "directoryName"; readonly value: DistinguishedName }
  /** 4 or 16 bytes; in name constraints 8 or 32 (address and mask). */
  | { readonly form: "iPAddress"; readonly value: Uint8Array }
  | { readonly form: "other"; readonly tag: number };

/** Octets above 127 in the text forms are kept as Latin-1 characters; what compares names refuses them. @throws MalformedError */
export function readGeneralName(element: Asn1Element): GeneralName {
  switch (element.tag) {
    case primitive(1):
      return { form: "rfc822Name", value: latin1(element.content) };
    case primitive(2):
      return { form: "dNSName", value: latin1(element.content) };
    case constructed(4):
      return { form: "directoryName", value: readName(readOnly(element.content, "DER")) };
    case primitive(6):
      return { form: "uniformResourceIdentifier", value: latin1(element.content) };
    case primitive(7):
      return { form: "iPAddress", value: element.content };
    default:
      return { form: "other", tag: element.tag & 0x1f };
  }
}
