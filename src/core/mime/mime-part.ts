// Belongs here: the shape of a parsed MIME message. Ranges point into the bytes that were given; nothing is copied.
// Does NOT belong here: what the parts mean for PEC (see core/envelope).

/** Half-open range `[start, end)` of byte offsets into the bytes of the message. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One header field. `name` is lower-cased; `value` is unfolded, with its raw bytes read as UTF-8 when valid, else as windows-1252 (a superset of ISO-8859-1). */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
  readonly range: ByteRange;
}

/** A structured field such as `Content-Type`: value in lower case, parameters by lower-cased name, RFC 2231 decoded, and RFC 2047 for file names. */
export interface ParameterizedValue {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A limit of mime-limits.ts that was met: what lies beyond it was left opaque, so the tree is not all there is. */
export type MimeLimit = "DEPTH" | "PARTS" | "HEADER_SIZE" | "FIELDS" | "PARAMETERS" | "BOUNDARY_LENGTH";

/**
 * Where other readers, Thunderbird's libmime among them, may see other parts or fields than this parser does. No real message has
 * any; a forger uses one to have a genuine part verified and another one shown.
 * - `CONTROL_CHARACTER_IN_HEADER`: libmime strips VT and FF and stops at NUL.
 * - `STRAY_CARRIAGE_RETURN`: in a header; libmime ends a line there.
 * - `CONTENT_TYPE_AMBIGUOUS`: several fields, or one that is not plain `type/subtype; name=value` (see plain-content-type.ts).
 * - `TRANSFER_ENCODING_AMBIGUOUS`: several fields, or a multipart in an encoding that hides its delimiters from those who decode it
 *   (forbidden by RFC 2045 §6.4; JavaMail and others decode or not by configuration).
 * - `STRAY_DELIMITER`: a line that libmime takes for a delimiter: blanks beyond space and tab after it, or a CR alone around it.
 */
export type MimeAmbiguity =
  | "CONTROL_CHARACTER_IN_HEADER"
  | "STRAY_CARRIAGE_RETURN"
  | "CONTENT_TYPE_AMBIGUOUS"
  | "TRANSFER_ENCODING_AMBIGUOUS"
  | "STRAY_DELIMITER";

export interface MimeParse {
  readonly root: MimePart;
  /** Each limit once, in the order in which it was first met; empty for every real message. */
  readonly limitsReached: readonly MimeLimit[];
  /** Those met down to `OUTER_DEPTH`: what an embedded message holds does not count. */
  readonly outerLimitsReached: readonly MimeLimit[];
  /** Each once. Headers of the root and its children count, and delimiters down to `OUTER_DEPTH`: what is deeper is the original's. */
  readonly ambiguities: readonly MimeAmbiguity[];
}

export interface MimePart {
  /** From the first header byte to the end of the body, without the line break that belongs to the next delimiter (RFC 2046 §5.1.1). */
  readonly range: ByteRange;
  /** The header lines with their line breaks, without the empty line that ends them. */
  readonly header: ByteRange;
  readonly body: ByteRange;
  /** In order of appearance; duplicates are kept. */
  readonly fields: readonly HeaderField[];
  /** `text/plain` when absent or malformed (RFC 2045 §5.2). */
  readonly contentType: ParameterizedValue;
  readonly disposition: ParameterizedValue | null;
  /** Lower case; `7bit` when absent. */
  readonly transferEncoding: string;
  /** `filename` of the disposition, else `name` of the content type, decoded; `null` when neither is there. */
  readonly fileName: string | null;
  /** Parts of a `multipart/*`; the message of a `message/rfc822` in an identity encoding; else empty. */
  readonly children: readonly MimePart[];
  /** Only for `multipart/*`: the bytes before the first and after the closing delimiter, and whether that delimiter was found. */
  readonly multipart: { readonly preamble: ByteRange; readonly epilogue: ByteRange; readonly closed: boolean } | null;
}
