// Belongs here: quoted-printable as mail carries it (RFC 2045 §6.7), and the Q encoding that is derived from it (RFC 2047 §4.2).

const EQUALS = 0x3d;
const UNDERSCORE = 0x5f;
const SPACE = 0x20;
const TAB = 0x09;
const CR = 0x0d;
const LF = 0x0a;

/**
 * Decodes tolerantly: an equals sign that is followed by neither two hexadecimal digits nor a line end stays as it is
 * (RFC 2045 §6.7 note 2), raw 8-bit bytes are kept, blanks at line ends are dropped (rule 3).
 */
export function decodeQuotedPrintable(encoded: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(encoded.length);
  let length = 0;
  /** Length of the output without the blanks at its end that the line end might prove to be padding. */
  let solid = 0;
  for (let index = 0; index < encoded.length; index++) {
    const byte = encoded[index] ?? 0;
    if (byte === EQUALS) {
      const value = hexadecimalByte(encoded, index + 1);
      if (value >= 0) {
        decoded[length++] = value;
        solid = length;
        index += 2;
        continue;
      }
      const next = afterSoftLineBreak(encoded, index + 1);
      if (next > 0) {
        solid = length;
        index = next - 1;
        continue;
      }
    }
    if (byte === LF) {
      const carriageReturn = length > solid && decoded[length - 1] === CR;
      length = solid;
      if (carriageReturn) decoded[length++] = CR;
    }
    decoded[length++] = byte;
    const padding = byte === SPACE || byte === TAB || (byte === CR && encoded[index + 1] === LF);
    if (!padding) solid = length;
  }
  return decoded.subarray(0, length);
}

/** Q encoding: as quoted-printable without line breaks, with `_` for a blank. */
export function decodeQ(encoded: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index++) {
    const byte = encoded[index] ?? 0;
    const value = byte === EQUALS ? hexadecimalByte(encoded, index + 1) : -1;
    if (value >= 0) index += 2;
    decoded[length++] = value >= 0 ? value : byte === UNDERSCORE ? SPACE : byte;
  }
  return decoded.subarray(0, length);
}

/** The byte that two hexadecimal digits at `index` stand for; -1 when they are not there. Lower case is tolerated. */
export function hexadecimalByte(bytes: Uint8Array, index: number): number {
  const high = hexadecimalDigit(bytes[index] ?? 0);
  const low = hexadecimalDigit(bytes[index + 1] ?? 0);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexadecimalDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/** Index after the line break that makes an equals sign before `index` a soft one; 0 when it is not soft. */
function afterSoftLineBreak(bytes: Uint8Array, index: number): number {
  let next = index;
  while (bytes[next] === SPACE || bytes[next] === TAB) next++;
  if (next >= bytes.length) return next;
  if (bytes[next] === CR && bytes[next + 1] === LF) return next + 2;
  return bytes[next] === LF ? next + 1 : 0;
}
