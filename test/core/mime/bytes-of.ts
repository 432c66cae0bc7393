// Belongs here: what the tests of core/mime and core/envelope write messages with. A whole PEC provider is in test/provider.

/** Bytes of a text whose characters are all below U+0100: one byte each, so that any byte can be written. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The characters of a range, one per byte. */
export function textOf(bytes: Uint8Array, range: { readonly start: number; readonly end: number }): string {
  return Array.from(bytes.subarray(range.start, range.end), (byte) => String.fromCharCode(byte)).join("");
}

/** Lines joined and ended by CRLF. */
export function crlf(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join("");
}

export function base64(text: string): string {
  return btoa(text).replace(/.{76}/g, "$&\r\n");
}

/** Numbers below 1 from a fixed seed (mulberry32), so that a failure can be repeated. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy with up to 20 bytes replaced, removed or doubled. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const mutated = Array.from(bytes);
  for (let count = Math.floor(random() * 20) + 1; count > 0 && mutated.length > 0; count--) {
    const index = Math.floor(random() * mutated.length);
    const choice = random();
    if (choice < 0.5) mutated[index] = Math.floor(random() * 256);
    else if (choice < 0.75) mutated.splice(index, Math.floor(random() * 30));
    else mutated.splice(index, 0, ...mutated.slice(index, index + 30));
  }
  return Uint8Array.from(mutated);
}
