// Belongs here: names that a mail proposes for files, made harmless. Does NOT belong here: where files go (see ports/file-saver.ts).

/** File systems allow 255 bytes; UTF-8 needs up to four for a character, and a number may be added against duplicates. */
const MAX_LENGTH = 60;

/**
 * Characters that no file system of Windows, macOS or Linux should see: path separators and drive letters (writing elsewhere),
 * wildcards, quotes, and `%` (variables of the Windows shell).
 */
const FORBIDDEN = /[\\/:*?"<>|%;]/gu;

/**
 * Control, format and line characters, and letters that show as blank. Overrides of the writing direction make `fattura<U+202E>fdp.exe`
 * look like a PDF; fifty fillers push `.exe` out of sight.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;

/** Devices of Windows, whatever follows their first dot, and with blanks before it. */
const RESERVED = /^(?:con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/iu;

/** Extensions that Thunderbird itself refuses, and that Windows runs by a double click on the folder's icon. */
const REFUSED_EXTENSION = /\.(?:lnk|scf|local|url|desktop)$/iu;

/**
 * A file name without path, control, format or reserved characters, at most 60 characters long with its extension kept.
 *
 * @param fallback used when nothing is left; must itself be safe
 */
export function safeFileName(name: string, fallback: string): string {
  const clean = name
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(INVISIBLE, "")
    .replace(FORBIDDEN, "_")
    // A leading dot hides a file; trailing dots and blanks are dropped by Windows, which would change the extension.
    .replace(/^[. ]+|[. ]+$/gu, "");
  if (clean === "") return fallback;
  // Attack: a name that ends in another extension, and in this one once it is shortened.
  const short = shorten(RESERVED.test(clean) ? `_${clean}` : clean, MAX_LENGTH);
  return REFUSED_EXTENSION.test(short) ? `${shorten(short, MAX_LENGTH - HARMLESS.length)}${HARMLESS}` : short;
}

/** As Thunderbird itself adds it. */
const HARMLESS = ".download";

function shorten(name: string, length: number): string {
  const characters = [...name];
  if (characters.length <= length) return name;
  const extension = [...(/\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? "")];
  const stem = characters.slice(0, length - extension.length).join("");
  return `${stem.replace(/[. ]+$/u, "")}${extension.join("")}`;
}
