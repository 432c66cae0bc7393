// Belongs here: what only the page in the pane has to do with the rest of the add-on, by short ways: a verdict should be there
// together with its message, and Thunderbird's main thread, through which all runtime messages go, is busy just then.
// Does NOT belong here: questions to the background (see background-client.ts).
import type { MessageTarget } from "../messages.ts";
import { messenger } from "../thunderbird/messenger.ts";

export { onReportHanded } from "../thunderbird/report-channel.ts";

/**
 * Lets the pane be seen, `height` CSS pixels high.
 *
 * @returns `false` when the tab or the pane is about another message by now
 */
export async function setPaneHeight({ tabId, messageId }: MessageTarget, height: number): Promise<boolean> {
  const api = messenger.messageHeaderPane;
  return api !== undefined && api.setHeight(tabId, messageId, height);
}
