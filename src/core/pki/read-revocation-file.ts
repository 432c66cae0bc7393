// Belongs here: which kind of revocation data some bytes are, and what a list says of itself, so that a person can tell stored ones apart.
// Does NOT belong here: whether they may be used (see core/chain).
import { children, readOnly, TAG } from "./asn1.ts";
import { hexadecimal } from "./asn1-values.ts";
import { digest } from "./digest.ts";
import { MalformedError } from "./malformed-error.ts";
import { parseRevocationList } from "./parse-revocation-list.ts";
import { decodeBase64 } from "./parse-pem.ts";

const PEM_START = "-----BEGIN X509 CRL-----";
const PEM = /^-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]*)-----END X509 CRL-----\s*$/;

export interface RevocationListSummary {
  /** For people. */
  readonly issuer: string;
  /** Milliseconds since 1970, UTC. */
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  /** crlNumber (RFC 5280 §5.2.3), decimal. */
  readonly number: string | null;
}

export interface RevocationFile {
  readonly kind: "list" | "ocsp";
  readonly der: Uint8Array;
  /** Lower-case hexadecimal, of the DER. */
  readonly sha256: string;
}

/** A list (RFC 5280 §5), in DER or PEM, or an OCSP response (RFC 6960 §4.2.1), as DER. `null`: neither. */
export async function readRevocationFile(bytes: Uint8Array): Promise<RevocationFile | null> {
  const der = fromPem(bytes) ?? bytes;
  const kind = revocationListSummary(der) !== null ? "list" : isOcspResponse(der) ? "ocsp" : null;
  return kind === null ? null : { kind, der, sha256: hexadecimal(await digest("SHA-256", der)) };
}

/** `null`: no list. */
export function revocationListSummary(der: Uint8Array): RevocationListSummary | null {
  try {
    const { issuer, thisUpdate, nextUpdate, number } = parseRevocationList(der);
    return { issuer: issuer.text, thisUpdate, nextUpdate, number: number === null ? null : String(number) };
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function fromPem(bytes: Uint8Array): Uint8Array | null {
  const start = new TextDecoder().decode(bytes.subarray(0, PEM_START.length));
  const body = start === PEM_START ? PEM.exec(new TextDecoder().decode(bytes))?.[1] : undefined;
  return body === undefined ? null : decodeBase64(body.replace(/\s+/g, ""));
}

/** By its shape: a status and an answer. What it says is looked at when it is used. */
function isOcspResponse(der: Uint8Array): boolean {
  try {
    const outer = readOnly(der, "DER");
    const [status, answer, ...others] = outer.tag === TAG.sequence ? children(outer, "DER") : [];
    return status?.tag === TAG.enumerated && answer !== undefined && others.length === 0;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}
