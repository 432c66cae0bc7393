// Belongs here: handing bytes to WebCrypto, and to what else of the platform takes bytes.
// Does NOT belong here: any use of it (see digest.ts, verify-signature.ts, core/evidence/deflate.ts).

/**
 * WebCrypto's types refuse views of a SharedArrayBuffer. Nothing in the core makes one, and copying a message of 100 MB to prove it
 * to the compiler would double its memory.
 */
export function webCryptoBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
