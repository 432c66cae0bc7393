// Belongs here: what is said of one attachment of the original message when somebody asks: its fingerprint, or who signed it.
// Does NOT belong here: saving it (see run-action.ts), taking a signed file apart (see core/attachments).
import { readSignedFile, sha256Of } from "../../core/index.ts";
import type { AttachmentAnswer, AttachmentQuestion, MessageTarget } from "../../messages.ts";
import type { MessageReports } from "./message-reports.ts";
import { attachmentFile, originalOf } from "./original-files.ts";
import { signedContentFile } from "./signed-content-file.ts";

export interface LookIntoAttachmentDependencies {
  readonly reports: Pick<MessageReports, "report" | "bytes">;
}

/** Never rejects: what goes wrong is an answer too. */
export async function lookIntoAttachment(
  target: MessageTarget,
  attachment: readonly number[],
  question: AttachmentQuestion,
  { reports }: LookIntoAttachmentDependencies,
): Promise<AttachmentAnswer> {
  try {
    const report = await reports.report(target);
    if (report.state !== "inspected") return { state: "failed", code: report.state === "gone" ? "gone" : "internal" };
    const original = await originalOf(target, report.inspection, reports);
    const file = original && attachmentFile(original, attachment);
    if (file === null) return { state: "failed", code: "no-original" };
    if (question === "sha256") return { state: "hashed", sha256: await sha256Of(file.bytes) };
    const signed = await readSignedFile(file.bytes);
    const content = signedContentFile(file, signed);
    const { layers, trouble, code } = signed;
    return {
      state: "signed",
      layers,
      trouble,
      code,
      content: content && { name: content.name, size: content.bytes.length, sha256: signed.content?.sha256 ?? "" },
    };
  } catch {
    return { state: "failed", code: "internal" };
  }
}
