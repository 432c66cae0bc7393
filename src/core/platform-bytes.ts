// Belongs here: handing bytes to what the core uses of the platform (see web-platform.d.ts). Does NOT belong here: that use.

/**
 * Its types refuse views of a SharedArrayBuffer. Nothing in the core makes one, and copying a message of 100 MB to prove it
 * to the compiler would double its memory.
 */
export function platformBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
