// Belongs here: the document inside a signed file, as a file. Does NOT belong here: taking the signed file apart (see core/attachments).
import type { SignedFile } from "../../core/index.ts";
import type { NamedFile } from "../../ports/file-saver.ts";
import { safeFileName } from "../safe-file-name.ts";

/** `null`: there is none. Its name is that of the signed file without as many `.p7m` as there are signatures around it. */
export function signedContentFile({ name }: NamedFile, { content, layers }: SignedFile): NamedFile | null {
  if (content === null) return null;
  const inner = layers.reduce((outer) => outer.replace(/\.p7m$/i, ""), name);
  return { name: safeFileName(inner, "contenuto"), contentType: "application/octet-stream", bytes: content.bytes };
}
