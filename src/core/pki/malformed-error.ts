// Belongs here: the one exception of the core's decoders of certificates, CMS, CRLs. Does NOT belong here: what a verdict makes of it.

/** Input that cannot be decoded. Thrown inside `pki`, turned into a value by the module that called it (cms, trust, chain). */
export class MalformedError extends Error {
  override readonly name = "MalformedError";
  /** Stable, upper case: `TRUNCATED`, `NOT_DER`, `CERTIFICATE_FIELD`, … */
  readonly code: string;

  constructor(code: string, detail = "") {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.code = code;
  }
}
