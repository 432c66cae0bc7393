// Belongs here: the original message inside an envelope, and its attachments, as bytes and as files with harmless names.
// Does NOT belong here: what is done with them (see run-action.ts, look-into-attachment.ts).
import { extractAttachment, extractOriginal, type Inspection, type OriginalMessage } from "../../core/index.ts";
import type { MessageTarget } from "../../messages.ts";
import type { NamedFile } from "../../ports/file-saver.ts";
import type { MessageReports } from "./message-reports.ts";
import { safeFileName } from "../safe-file-name.ts";

/** The original message, as bytes and as what its header says. */
export interface Original {
  readonly bytes: Uint8Array;
  readonly summary: OriginalMessage;
}

/** `null`: it has none. */
export async function originalOf(
  target: MessageTarget,
  { look, original: summary }: Inspection,
  reports: Pick<MessageReports, "bytes">,
): Promise<Original | null> {
  // A mail that claims nothing may carry somebody's PEC: that one has actions of its own, at its own path.
  if (look === "none" || summary === null) return null;
  const envelope = await reports.bytes(target);
  const bytes = envelope === null ? null : await extractOriginal(envelope);
  return bytes === null ? null : { bytes, summary };
}

export function messageFile({ bytes, summary }: Original): NamedFile {
  return emlFile(bytes, summary.subject, "postacert");
}

export function emlFile(bytes: Uint8Array, subject: string, withoutSubject: string): NamedFile {
  return {
    name: withExtension(safeFileName(subject, withoutSubject), ".eml"),
    contentType: "message/rfc822",
    bytes,
  };
}

export function attachmentFiles(original: Original): readonly NamedFile[] {
  return original.summary.attachments.map(({ path }) => attachmentFile(original, path)).filter((file) => file !== null);
}

export function attachmentFile({ bytes }: Original, path: readonly number[]): NamedFile | null {
  const found = extractAttachment(bytes, path);
  if (found === null) return null;
  const message = found.contentType === "message/rfc822";
  const name = safeFileName(found.name ?? "", message ? "message.eml" : "attachment");
  return { name: message ? withExtension(name, ".eml") : name, contentType: found.contentType, bytes: found.bytes };
}

function withExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(extension) ? name : name + extension;
}
