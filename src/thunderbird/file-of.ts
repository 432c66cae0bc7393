// Belongs here: our files as the platform's.
import type { NamedFile } from "../ports/file-saver.ts";

export function fileOf({ name, contentType, bytes }: NamedFile): File {
  // Copied: the bytes may be a part of a larger buffer, and a File of all of it would carry the rest along.
  return new File([bytes.slice()], name, { type: contentType });
}
