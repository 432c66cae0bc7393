// Belongs here: what is put on paper: the report and the original's text.
import { extractOriginal, plainTextBody } from "../../core/index.ts";
import type { MessageTarget, PrintableMessage } from "../../messages.ts";
import type { MessageReports } from "./message-reports.ts";

/** The page for paper is about one message, whatever its tab shows by now. Without an original, the message's own text is printed. */
export async function printableMessage(
  target: MessageTarget,
  reports: MessageReports,
): Promise<PrintableMessage | null> {
  const report = await reports.reportAnywhere(target);
  if (report.state !== "inspected") return { report, bodyText: "" };
  const bytes = await reports.bytes(target);
  if (bytes === null) return null;
  const original = report.inspection.look === "none" ? null : await extractOriginal(bytes);
  return { report, bodyText: plainTextBody(original ?? bytes) };
}
