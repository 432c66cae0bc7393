// Belongs here: compressing a file for an archive, and its checksum, by what the platform has for both (Compression Streams).
// Does NOT belong here: the archive (see zip-stream.ts).
//
// Not by a library: where scripts are only interpreted (Debian's Thunderbird) the checksum alone took a quarter of a second for each MB,
// octet by octet. The platform gives it with the compressed data, in the form of a gzip file (RFC 1952).
import { platformBytes } from "../platform-bytes.ts";

/**
 * Handed on in pieces of so many bytes: each is compressed at once, without a pause, and what comes of it is held in memory until it is
 * read.
 */
const PIECE = 512 * 1024;

/** RFC 1952 §2.3: identification, method "deflate", no optional fields. */
const HEADER = [0x1f, 0x8b, 8, 0] as const;
const HEADER_BYTES = 10;
/** Checksum of what was compressed, and its size modulo 2^32; four bytes each, the lowest first. */
const TRAILER_BYTES = 8;

/**
 * @param write takes each piece of the compressed data (RFC 1951), in order; it may keep it
 * @param pause lets others have their turn; called between two pieces of a large file
 * @returns the CRC-32 of `bytes`, unsigned
 */
export async function deflate(
  bytes: Uint8Array,
  write: (piece: Uint8Array<ArrayBuffer>) => void,
  pause: () => Promise<void>,
): Promise<number> {
  const { readable, writable } = new CompressionStream("gzip");
  const reader = readable.getReader();
  const writer = writable.getWriter();
  const [{ crc, size }] = await Promise.all([unwrap(), feed()]);
  if (size !== bytes.length >>> 0) throw new TypeError("The platform compressed something else");
  return crc;

  async function feed(): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (at > 0) await pause();
      await writer.write(platformBytes(bytes.subarray(at, at + PIECE)));
    }
    await writer.close();
  }

  async function unwrap(): Promise<Trailer> {
    let held: Uint8Array<ArrayBuffer> = new Uint8Array();
    let isHeader = true;
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        const piece = next.value;
        // The last octets of all are the trailer: a piece is written once another one has come that can hold it.
        if (isHeader || piece.length < TRAILER_BYTES) held = joined(held, piece);
        else {
          if (held.length > 0) write(held);
          held = piece;
        }
        if (isHeader && held.length >= HEADER_BYTES) {
          held = withoutHeader(held);
          isHeader = false;
        }
      }
      const end = Math.max(0, held.length - TRAILER_BYTES);
      if (end > 0) write(held.subarray(0, end));
      return trailerOf(held.subarray(end));
    } catch (error) {
      // Who writes would wait for ever.
      await reader.cancel(error);
      throw error;
    }
  }
}

interface Trailer {
  readonly crc: number;
  readonly size: number;
}

function withoutHeader(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (HEADER.some((octet, at) => bytes[at] !== octet)) throw new TypeError("Not the gzip header that is expected");
  return bytes.subarray(HEADER_BYTES);
}

function trailerOf(bytes: Uint8Array): Trailer {
  if (bytes.length !== TRAILER_BYTES) throw new TypeError("Not the gzip trailer that is expected");
  const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER_BYTES);
  return { crc: view.getUint32(0, true), size: view.getUint32(4, true) };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
