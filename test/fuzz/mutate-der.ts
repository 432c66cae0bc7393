// Belongs here: damage to ASN.1 that keeps most of it readable: elements changed, moved, repeated, with lengths that still fit, or lie.
// Does NOT belong here: what the elements are.
import { mutateBytes } from "./mutate-bytes.ts";
import type { Random } from "./random.ts";

interface Element {
  tag: number;
  /** `null`: `content` is all that is known. */
  children: Element[] | null;
  content: Uint8Array;
  /** Written as it is in place of everything else. */
  verbatim: Uint8Array | null;
}

const CONSTRUCTED = 0x20;
const OCTET_STRING = 0x04;
const TAGS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1f, 0x24, 0x30, 0x31, 0x80, 0x81, 0x82,
  0xa0, 0xa1, 0xa3,
] as const;
const CONTENTS: readonly [string, ...string[]] = [
  "",
  "00",
  "ff",
  "80",
  "7fffffffffffffff",
  "00".repeat(300),
  "ff".repeat(40),
  "8080808080808001",
  "2a8648",
  "550415",
  Buffer.from("991231235959Z").toString("hex"),
  Buffer.from("20261131250000Z").toString("hex"),
  Buffer.from("00000101000000Z").toString("hex"),
  Buffer.from("99991231235959Z").toString("hex"),
  Buffer.from("posta-certificata@pec.gestore-uno.test").toString("hex"),
  Buffer.from("a@b\0.gestore-uno.test").toString("hex"),
];

/** The elements in `bytes`; `null` when they are none. Looks into octet strings too, where extensions have their values. */
function read(bytes: Uint8Array, depth = 0): Element[] | null {
  const elements: Element[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const tag = bytes[offset] ?? 0;
    const first = bytes[offset + 1];
    if (first === undefined || depth > 20) return null;
    const octets = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || octets > 4) return null;
    const length =
      octets === 0
        ? first
        : bytes.subarray(offset + 2, offset + 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
    const start = offset + 2 + octets;
    if (start + length > bytes.length) return null;
    const content = bytes.subarray(start, start + length);
    const inside = (tag & CONSTRUCTED) !== 0 || (tag === OCTET_STRING && length > 2) ? read(content, depth + 1) : null;
    elements.push({ tag, children: inside, content, verbatim: null });
    offset = start + length;
  }
  return elements;
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

function write(element: Element): Uint8Array {
  if (element.verbatim !== null) return element.verbatim;
  const content = element.children === null ? element.content : Buffer.concat(element.children.map(write));
  return Buffer.concat([Uint8Array.of(element.tag), lengthOctets(content.length), content]);
}

/** Every list of elements in the tree, the outermost one first. */
function lists(elements: Element[]): Element[][] {
  return [elements, ...elements.flatMap(({ children }) => (children === null ? [] : lists(children)))];
}

/** A length that is not that of the content. */
function lying(element: Element, random: Random): Uint8Array {
  const content = element.children === null ? element.content : Buffer.concat(element.children.map(write));
  const length = random.pick([
    [0x80],
    [0x81, content.length & 0x7f],
    [0x84, 0xff, 0xff, 0xff, 0xff],
    [0x84, 0, 0, 0, content.length & 0xff],
    [0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    [0x7f],
    [0],
  ]);
  return Buffer.concat([Uint8Array.of(element.tag), Uint8Array.from(length), content, Uint8Array.of(0, 0)]);
}

function nested(element: Element, depth: number): Element {
  let inner = element;
  for (let level = 0; level < depth; level++) {
    inner = { tag: 0x30, children: [inner], content: new Uint8Array(0), verbatim: null };
  }
  return inner;
}

function mutateOnce(elements: Element[], random: Random, donors: Element[]): void {
  const list = random.pick(lists(elements).filter(({ length }) => length > 0));
  if (list === undefined) return;
  const index = random.below(list.length);
  const element = list[index];
  if (element === undefined) return;
  switch (random.below(11)) {
    case 0:
      element.tag = random.chance(0.5) ? random.pick(TAGS) : element.tag ^ (1 << random.below(8));
      return;
    case 1:
      element.content = Buffer.from(random.pick(CONTENTS), "hex");
      element.children = null;
      return;
    case 2:
      element.content = mutateBytes(element.content, random, element.content);
      element.children = null;
      return;
    case 3:
      list.splice(index, 1);
      return;
    case 4:
      list.splice(index, 0, ...Array.from({ length: random.count(random.pick([2, 12])) }, () => element));
      return;
    case 5:
      list.splice(random.below(list.length), 0, ...list.splice(index, 1));
      return;
    case 6:
    case 7: {
      const other = random.pick(random.pick(lists(donors)) ?? []);
      // A copy: an element that came into itself could not be written.
      if (other !== undefined) list.splice(index, random.below(2), structuredClone(other));
      return;
    }
    case 8:
      element.verbatim = lying(element, random);
      return;
    case 9:
      list[index] = nested(element, random.count(60));
      return;
    default:
      // One bit deep inside, everything around it as it was.
      if (element.children === null && element.content.length > 0) {
        const copy = Uint8Array.from(element.content);
        const position = random.below(copy.length);
        copy[position] = (copy[position] ?? 0) ^ (1 << random.below(8));
        element.content = copy;
      }
  }
}

/** DER with one to a few damages; bytes that are no ASN.1 are damaged as bytes. */
export function mutateDer(der: Uint8Array, random: Random, donor: Uint8Array): Uint8Array {
  const elements = random.chance(0.15) ? null : read(der);
  if (elements === null) return mutateBytes(der, random, donor);
  const donors = read(donor) ?? [];
  for (let rounds = random.count(3); rounds > 0; rounds--) mutateOnce(elements, random, donors);
  return Buffer.concat(elements.map(write));
}
