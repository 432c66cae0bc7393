// Belongs here: the form in which public certificates are kept in the source. Does NOT belong here: the certificates (see certificates/).

export interface ShippedCertificate {
  /** Subject in short and first day of validity. */
  readonly name: string;
  /** Lower-case hexadecimal SHA-256 of the DER, asserted by a test and whenever it is loaded. */
  readonly sha256: string;
  /** Where it was published. */
  readonly source: string;
  /** ISO date on which it was compared with the source. */
  readonly date: string;
  /** DER in base64, with line breaks. */
  readonly base64: string;
}
