// Belongs here: hashing through WebCrypto. Does NOT belong here: which hash is acceptable when (see core/chain, core/verdict).
import { hexadecimal } from "./asn1-values.ts";
import { platformBytes } from "../platform-bytes.ts";

export type DigestAlgorithm = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

const DIGESTS: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ["1.3.14.3.2.26", "SHA-1"],
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
]);

/** Names of digests that are recognised only to be named in a report. */
const UNSUPPORTED_DIGESTS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.2", "MD2"],
  ["1.2.840.113549.2.5", "MD5"],
  ["2.16.840.1.101.3.4.2.4", "SHA-224"],
  ["2.16.840.1.101.3.4.2.7", "SHA3-224"],
  ["2.16.840.1.101.3.4.2.8", "SHA3-256"],
  ["2.16.840.1.101.3.4.2.9", "SHA3-384"],
  ["2.16.840.1.101.3.4.2.10", "SHA3-512"],
]);

/** The digest of an object identifier; `null` when it cannot be computed here. */
export function digestAlgorithm(oid: string): DigestAlgorithm | null {
  return DIGESTS.get(oid) ?? null;
}

/** The object identifier of a digest. */
export function digestIdentifier(algorithm: DigestAlgorithm): string {
  for (const [oid, name] of DIGESTS) if (name === algorithm) return oid;
  throw new Error(`no identifier of ${algorithm}`);
}

/** For people: `SHA-256`, `MD5`, …; the object identifier when unknown. */
export function digestName(oid: string): string {
  return DIGESTS.get(oid) ?? UNSUPPORTED_DIGESTS.get(oid) ?? oid;
}

export async function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(algorithm, platformBytes(bytes)));
}

/** Lower-case hexadecimal. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  return hexadecimal(await digest("SHA-256", bytes));
}
