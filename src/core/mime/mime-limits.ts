// Belongs here: every limit of the MIME parser, with its reason and the attack it stops.
// Does NOT belong here: what happens at a limit (see the file that uses it).

/**
 * Levels of parts below the root. A PEC forwarded ten times has about forty. Attack: 10,000 nested parts, which would
 * exhaust the stack of everything that walks the tree recursively.
 */
export const MAX_DEPTH = 100;

/** Parts of one message. Attack: millions of empty parts in a small message, each of which costs an object. */
export const MAX_PARTS = 10_000;

/**
 * Parts down to `OUTER_DEPTH` have a reserve of their own. Attack: an original message with more than `MAX_PARTS` parts
 * would otherwise hide the provider's signature, which comes after it, and so turn a sealed message into an unsigned one.
 */
export const OUTER_DEPTH = 2;
export const MAX_OUTER_PARTS = MAX_PARTS + 100;

/**
 * Bytes of one header block whose fields are kept. Thousands of recipients need a few hundred KiB. Attack: a header line of
 * 10 MB, copied and decoded once per reader. A field beyond the limit is left out whole: a cut value would be a false one.
 */
export const MAX_HEADER_BYTES = 1024 * 1024;

/** Fields of one header block. Real mail has under 200. Attack: 100,000 fields. */
export const MAX_FIELDS = 2_000;

/** Parameters of one structured field, RFC 2231 sections included. Attack: a field made of a million parameters. */
export const MAX_PARAMETERS = 500;

/**
 * RFC 2046 §5.1.1 allows 70 characters; as many as fit a line (RFC 5322 §2.1.1) are accepted. Attack: a boundary of
 * megabytes that every line beginning with two hyphens must be compared with.
 */
export const MAX_BOUNDARY_LENGTH = 998;

/** Mailboxes of one address field. PEC providers allow hundreds. Attack: a `To` of a million commas. */
export const MAX_ADDRESSES = 5_000;

/** Characters of text taken from a body for quoting and printing. Attack: a text part of 100 MB sent to a page. */
export const MAX_TEXT_LENGTH = 2_000_000;
