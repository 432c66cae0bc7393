// Belongs here: the short way of a report from the background to the page in the pane. Runtime messages go through Thunderbird's
// main thread, which is busy displaying the message just then: asking and being answered takes 30 to 90 ms.
// Does NOT belong here: any question. A page that was not there when a report was handed out asks for it (see messages.ts).
import type { MessageReport } from "../messages.ts";

const channel = new BroadcastChannel("report");

/** Hands a report to all pages of ours that are open by now. */
export function handReport(report: MessageReport): void {
  channel.postMessage(report);
}

/** Calls `listener` for every report handed out. Only this add-on can write to the channel: it belongs to its origin. */
export function onReportHanded(listener: (report: MessageReport) => void): void {
  channel.addEventListener("message", ({ data }: MessageEvent<MessageReport>) => listener(data));
}
