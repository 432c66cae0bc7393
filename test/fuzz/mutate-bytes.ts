// Belongs here: damage to any bytes, whatever they mean. Does NOT belong here: damage that knows a format (see mutate-der.ts, mutate-message.ts).
import type { Random } from "./random.ts";

/** Octets that some reader somewhere takes for something: line ends, ends of text, delimiters, tags, lengths, signs. */
const TELLING = [
  0x00, 0x01, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x22, 0x28, 0x2d, 0x30, 0x3a, 0x3c, 0x3e, 0x7f, 0x80, 0x84, 0xff,
] as const;

function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(pieces);
}

function withOctet(bytes: Uint8Array, index: number, octet: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (index < copy.length) copy[index] = octet;
  return copy;
}

/** One damage: an octet or a bit changed, a piece cut, repeated, moved, put in, taken from `donor`. May give the same bytes. */
function mutateOnce(bytes: Uint8Array, random: Random, donor: Uint8Array): Uint8Array {
  const from = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + random.count(random.pick([4, 64, 1024])));
  const before = bytes.subarray(0, from);
  switch (random.below(10)) {
    case 0:
    case 1:
      return withOctet(bytes, from, (bytes[from] ?? 0) ^ (1 << random.below(8)));
    case 2:
      return withOctet(bytes, from, random.below(256));
    case 3:
      return withOctet(bytes, from, random.pick(TELLING));
    case 4:
      return concat(before, bytes.subarray(to));
    case 5:
      return concat(
        before,
        Uint8Array.from({ length: random.count(16) }, () => random.pick(TELLING)),
        bytes.subarray(from),
      );
    case 6:
      return concat(
        before,
        ...Array.from({ length: random.count(8) }, () => bytes.subarray(from, to)),
        bytes.subarray(to),
      );
    case 7:
      return before;
    case 8: {
      const start = random.below(donor.length);
      return concat(before, donor.subarray(start, start + (to - from)), bytes.subarray(random.chance(0.5) ? to : from));
    }
    default:
      return concat(before, donor.subarray(random.below(donor.length)));
  }
}

/** Bytes with one to a few damages. */
export function mutateBytes(bytes: Uint8Array, random: Random, donor: Uint8Array): Uint8Array {
  let mutated = bytes;
  for (let rounds = random.count(4); rounds > 0; rounds--) mutated = mutateOnce(mutated, random, donor);
  return mutated;
}
