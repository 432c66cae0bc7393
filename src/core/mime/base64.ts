// Belongs here: base64 as mail carries it (RFC 2045 §6.8). Does NOT belong here: which part is encoded so.

const INVALID = 255;
const values = new Uint8Array(256).fill(INVALID);
for (const [index, character] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries()) {
  values[character.charCodeAt(0)] = index;
}
const PADDING = 0x3d;

/**
 * Decodes tolerantly: characters outside the alphabet are passed over (RFC 2045 §6.8), missing padding is supplied, and text
 * after padding goes on as a new quantum, as concatenated encodings have it.
 */
export function decodeBase64(encoded: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(Math.ceil(encoded.length / 4) * 3);
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let index = 0; index < encoded.length; index++) {
    // Four characters of the alphabet in a row, as nearly all are: three bytes at once.
    if (held === 0) {
      const first = values[encoded[index] ?? 0] ?? INVALID;
      const second = values[encoded[index + 1] ?? 0] ?? INVALID;
      const third = values[encoded[index + 2] ?? 0] ?? INVALID;
      const fourth = values[encoded[index + 3] ?? 0] ?? INVALID;
      if ((first | second | third | fourth) < 64) {
        decoded[length++] = (first << 2) | (second >> 4);
        decoded[length++] = ((second & 15) << 4) | (third >> 2);
        decoded[length++] = ((third & 3) << 6) | fourth;
        index += 3;
        continue;
      }
    }
    const character = encoded[index] ?? 0;
    const value = values[character] ?? INVALID;
    if (value === INVALID) {
      if (character === PADDING) {
        // What is left of the quantum is padding bits, never a byte.
        held = 0;
        bits = 0;
      }
      continue;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      decoded[length++] = (bits >> held) & 0xff;
    }
  }
  return decoded.subarray(0, length);
}
