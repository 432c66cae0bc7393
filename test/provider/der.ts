// Belongs here: writing DER values (X.690), enough for certificates, CMS, CRLs and OCSP answers of the tests.
// Does NOT belong here: reading (see src/core/pki), anything that knows what a certificate is (see certificate-builder.ts).

/** One TLV with a definite length; `tag` is the complete identifier octet. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const header = [tag];
  if (length < 0x80) {
    header.push(length);
  } else {
    const octets: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    header.push(0x80 | octets.length, ...octets);
  }
  return concat(Uint8Array.from(header), ...contents);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

export const sequence = (...items: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...items);

/** SET in the order given. */
export const set = (...items: readonly Uint8Array[]): Uint8Array => tlv(0x31, ...items);

/** SET OF with its elements sorted as DER demands (X.690 §11.6). */
export const setOf = (...items: readonly Uint8Array[]): Uint8Array =>
  tlv(0x31, ...items.toSorted((a, b) => Buffer.compare(a, b)));

/** `[number]` with constructed content: explicit tags, and implicit tags of SEQUENCE and SET. */
export const context = (number: number, ...items: readonly Uint8Array[]): Uint8Array => tlv(0xa0 | number, ...items);

/** `[number]` IMPLICIT over a primitive type. */
export const contextPrimitive = (number: number, content: Uint8Array): Uint8Array => tlv(0x80 | number, content);

export function integer(value: number | bigint): Uint8Array {
  let hex = BigInt(value).toString(16);
  if (hex.startsWith("-")) throw new RangeError("negative integers are not needed by the tests");
  if (hex.length % 2 === 1) hex = `0${hex}`;
  const octets = Buffer.from(hex, "hex");
  return tlv(0x02, (octets[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), octets) : octets);
}

export const enumerated = (value: number): Uint8Array => tlv(0x0a, Uint8Array.of(value));
export const boolean = (value: boolean): Uint8Array => tlv(0x01, Uint8Array.of(value ? 0xff : 0));
export const nullValue = (): Uint8Array => tlv(0x05);
export const octetString = (content: Uint8Array): Uint8Array => tlv(0x04, content);

export const bitString = (content: Uint8Array, unusedBits = 0): Uint8Array =>
  tlv(0x03, Uint8Array.of(unusedBits), content);

/** BIT STRING of named bits, without trailing zero bits (X.690 §11.2.2). */
export function namedBits(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return bitString(new Uint8Array());
  const highest = Math.max(...bits);
  const octets = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitString(octets, 7 - (highest & 7));
}

export function objectIdentifier(dotted: string): Uint8Array {
  const arcs = dotted.split(".").map(BigInt);
  const [first = 0n, second = 0n, ...rest] = arcs;
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)];
    for (let value = arc >> 7n; value > 0n; value >>= 7n) groups.unshift(Number(value & 0x7fn) | 0x80);
    octets.push(...groups);
  }
  return tlv(0x06, Uint8Array.from(octets));
}

export const utf8String = (text: string): Uint8Array => tlv(0x0c, Buffer.from(text, "utf8"));
export const printableString = (text: string): Uint8Array => tlv(0x13, Buffer.from(text, "latin1"));
export const ia5String = (text: string): Uint8Array => tlv(0x16, Buffer.from(text, "latin1"));
export const bmpString = (text: string): Uint8Array => tlv(0x1e, Buffer.from(text, "utf16le").swap16());
export const teletexString = (text: string): Uint8Array => tlv(0x14, Buffer.from(text, "latin1"));

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). `time`: milliseconds since 1970, UTC. */
export function time(time: number): Uint8Array {
  const digits = new Date(time).toISOString().replace(/\.\d+/, "").replace(/[-:T]/g, "");
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? tlv(0x17, Buffer.from(digits.slice(2), "latin1"))
    : tlv(0x18, Buffer.from(digits, "latin1"));
}

/** GeneralizedTime whatever the year (CRL entry extensions, OCSP). */
export function generalizedTime(time: number): Uint8Array {
  const digits = new Date(time).toISOString().replace(/\.\d+/, "").replace(/[-:T]/g, "");
  return tlv(0x18, Buffer.from(digits, "latin1"));
}

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
