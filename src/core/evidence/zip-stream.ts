// Belongs here: writing a ZIP archive piece by piece, and the only import of fflate, with every option written out.
// Does NOT belong here: compressing (see deflate.ts), which files there are and what they are called (see evidence-bundle.ts,
// bundle-names.ts).
import { Zip, type ZipInputFile } from "fflate";
import { deflate } from "./deflate.ts";

export interface ZipStream {
  /**
   * One file, whole, and one after the other: the next waits for this. Rejects for a name that is not `isBundleName`, or that is there
   * already, and when the archive is full.
   */
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** Writes the list of files. Nothing can be added afterwards. */
  end(): void;
}

/** The list of files counts them with 16 bits, and sizes with 32; the larger form is not written by the library. */
export const MAX_ZIP_FILES = 65_000;
const MAX_ZIP_BYTES = 0xf000_0000;

/** The method "deflate" (APPNOTE.TXT §4.4.5), and that it was used at its ordinary level (§4.4.4). */
const DEFLATED = { compression: 8, flag: 0 } as const;

/**
 * Letters, digits, and little else; `/` only between names; no name begins with a dot. Attack (zip-slip): `../../x` or `C:\x` in an archive
 * is written outside the folder that a person unpacks it into. Other names that some system cannot write, or takes for something else, are
 * ruled out with them.
 */
const NAME = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;
/** Devices of Windows, whatever follows their first dot. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

export function isBundleName(name: string): boolean {
  return NAME.test(name) && name.split("/").every((part) => !RESERVED.test(part) && !part.endsWith("."));
}

/**
 * @param write takes each piece of the archive, in order; it may keep it
 * @param createdAt milliseconds UTC: the time that every file bears, written as UTC (ZIP knows no zone)
 * @param pause lets others have their turn; called between two pieces of a large file
 */
export function createZipStream(
  write: (piece: Uint8Array<ArrayBuffer>) => void,
  createdAt: number,
  pause: () => Promise<void>,
): ZipStream {
  let written = 0;
  const names = new Set<string>();
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    written += piece.length;
    write(piece);
  });
  const modifiedAt = localClock(createdAt);
  return {
    async add(name, bytes) {
      // Some systems do not tell upper from lower case, and the second file would overwrite the first.
      const key = name.toLowerCase();
      if (!isBundleName(name) || names.has(key)) throw new RangeError("Not a name for a file of an archive");
      if (names.size >= MAX_ZIP_FILES || written > MAX_ZIP_BYTES) throw new RangeError("The archive is full");
      names.add(key);
      const file: ZipInputFile = {
        ...{ filename: name, mtime: modifiedAt, size: bytes.length, crc: 0, ...DEFLATED },
        // From Unix, as an ordinary file that everybody may read: unpacked where a person cannot write, it would be of no use to them.
        ...{ os: 3, attrs: 0o100644 << 16 },
      };
      zip.add(file);
      // Called by the library's rules: with what is compressed, and at the end once more, when the checksum is there.
      const { ondata } = file;
      if (ondata === undefined) throw new TypeError("The library takes no data for a file");
      file.crc = await deflate(bytes, (piece) => ondata(null, piece, false), pause);
      ondata(null, new Uint8Array(), true);
    },
    end: () => zip.end(),
  };
}

/** ZIP knows the years from 1980 to 2099; a computer whose clock has stopped is before them. */
const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = Date.UTC(2099, 11, 30);

/** The library writes a time as the clock on the wall shows it here: this one shows there what UTC shows. */
function localClock(instant: number): Date {
  const utc = new Date(Math.min(Math.max(instant, EARLIEST), LATEST));
  const date = new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate());
  date.setHours(utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds(), 0);
  return date;
}
